"""The push itself: fill a graph beside the old one, count it, then put it in the old one's place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import quote, urlencode

from zhitu import vocab
from zhitu.errors import PushError, StoreError, UsageError
from zhitu.push.client import Client
from zhitu.push.stores import Endpoints

SPOOLED = 32 << 20  # bytes of a request that are kept in memory
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push would do."""

    file: Path
    graph: str
    staging: str
    endpoints: Endpoints
    triples: int
    chunk: int

    @property
    def requests(self) -> int:
        """How many chunks there are."""
        return max(1, -(-self.triples // self.chunk))


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    graph: str
    triples: int
    requests: int


def plan(out: str | Path, *, endpoints: Endpoints, graph: str | None = None, chunk: int | None = None) -> Plan:
    """Looks at what there is to send; sends nothing. `graph` is by default named after the build's folder."""
    folder = Path(out)
    file = folder if folder.is_file() else folder / "graph.ttl"
    if not file.exists():
        raise StoreError(f"there is no {file}", remedy=f"write it: zhitu build INPUT -o {out}")
    if chunk is not None and chunk < 1:
        raise UsageError("a chunk has at least one triple")
    name = graph or f"{vocab.BASE_IRI}graph/{quote(folder.resolve().stem)}"
    if not name.startswith(("http://", "https://", "urn:")) or any(ch in name for ch in '<>"{}|^`\\ '):
        raise UsageError(f"{name} cannot name a graph", remedy="give an IRI")
    number = sum(1 for _ in _triples(file))
    return Plan(file, name, f"{name}.incoming", endpoints, number, chunk or endpoints.store.chunk)


def push(plan: Plan, client: Client, *, progress: Progress = lambda *_: None) -> Pushed:
    """Sends the graph in the place of what its name held before. Raises PushError, and then the old graph stands.

    One chunk replaces the graph in one request. More go into a graph beside it, which is counted and then moved over
    the old one by one update; stores that run an update in one transaction thus never show half a graph.
    """
    if plan.requests == 1 and plan.endpoints.graph:
        progress("send", 0, 1)
        for body in _chunks(plan):
            _put(plan, client, body)
    else:
        _stage(plan, client, progress)
        client.update(plan.endpoints.update, f"MOVE GRAPH <{plan.staging}> TO GRAPH <{plan.graph}>")
    progress("check", plan.requests, plan.requests)
    _agree(plan, client, plan.graph)
    return Pushed(plan.graph, plan.triples, plan.requests)


def count(client: Client, url: str, *, graph: str) -> int:
    """How many triples the store has in the graph."""
    found = client.query(url, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(found["results"]["bindings"][0]["n"]["value"])


def _stage(plan: Plan, client: Client, progress: Progress) -> None:
    drop = f"DROP SILENT GRAPH <{plan.staging}>"
    client.update(plan.endpoints.update, drop)
    try:
        for number, body in enumerate(_chunks(plan)):
            progress("send", number, plan.requests)
            _add(plan, client, body)
        _agree(plan, client, plan.staging)
    except PushError:
        _quietly(client, plan.endpoints.update, drop)
        raise


def _quietly(client: Client, url: str, text: str) -> None:
    with suppress(PushError):  # the first failure is the one to tell of
        client.update(url, text)


def _put(plan: Plan, client: Client, body: BinaryIO) -> None:
    client.send("PUT", _addressed(plan, plan.graph), body=body, headers=_headers(plan))


def _add(plan: Plan, client: Client, body: BinaryIO) -> None:
    if plan.endpoints.graph:
        url = _addressed(plan, plan.staging)
        extra = plan.endpoints.store.loading
        client.send("POST", f"{url}&{extra}" if extra else url, body=body, headers=_headers(plan))
        return
    text = f"INSERT DATA {{ GRAPH <{plan.staging}> {{\n{body.read().decode()}}} }}"
    client.update(plan.endpoints.update, text)


def _addressed(plan: Plan, graph: str) -> str:
    name = "graph-uri" if plan.endpoints.store.name == "virtuoso" else "graph"
    return f"{plan.endpoints.graph}?{urlencode({name: graph})}"


def _headers(plan: Plan) -> dict[str, str]:
    return {"Content-Type": plan.endpoints.store.media}


def _agree(plan: Plan, client: Client, graph: str) -> None:
    there = count(client, plan.endpoints.query, graph=graph)
    if there != plan.triples:
        raise PushError(
            f"the store has {there} triples in {graph}, but {plan.triples} were sent",
            remedy="push again with smaller chunks: --chunk 5000",
        )


def _triples(file: Path) -> Iterator[Any]:
    import pyoxigraph as ox

    return (quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


def _chunks(plan: Plan) -> Iterator[BinaryIO]:
    """N-Triples, so many a chunk, as files: large ones on disk."""
    import pyoxigraph as ox

    triples = _triples(plan.file)
    while first := list(islice(triples, 1)):
        with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as file:
            body = cast(BinaryIO, file)
            ox.serialize(chain(first, islice(triples, plan.chunk - 1)), body, ox.RdfFormat.N_TRIPLES)
            body.seek(0)
            yield body
