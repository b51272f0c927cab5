"""Pushing into real stores, which then answer every question as the build does; and what goes wrong on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from zhitu.cli import app
from zhitu.errors import PushError, UsageError
from zhitu.push import Plan, plan, push
from zhitu.push.client import Client, Credentials
from zhitu.push.load import count
from zhitu.push.stores import STORES, endpoints
from zhitu.query.answers import canonical, from_json
from zhitu.query.engines import Source
from zhitu.query.questions import questions

NOBODY = Credentials()
DBA = Credentials("dba", "dba")


# real stores ---------------------------------------------------------------------------------------------------------


def reaches(url: str, store: str, out: Path, *, credentials: Credentials, chunk: int | None) -> tuple[Client, Plan]:
    where = endpoints(url, store=store, signed=bool(credentials.user))
    client = Client(credentials, sleep=lambda _: None)
    return client, plan(out, endpoints=where, chunk=chunk)


def agrees(client: Client, todo: Plan, source: Source) -> None:
    """Every question, asked of the store and of the build."""
    for asked in questions():
        text = asked.fill({}, base_iri=source.base_iri, find=source.find)
        there = from_json(client.query(todo.endpoints.query, text, graph=todo.graph))
        assert canonical(there) == canonical(source.ask(text)), asked.name


@pytest.mark.parametrize("chunk", [None, 3000], ids=["one request", "chunks"])
def test_oxigraph_answers_as_the_build_does(oxigraph: str, seeds: Path, source: Source, chunk: int | None) -> None:
    """Oxigraph's server, filled at once or in chunks."""
    client, todo = reaches(oxigraph, "oxigraph", seeds, credentials=NOBODY, chunk=chunk)
    done = push(todo, client)
    assert done.requests == (1 if chunk is None else -(-todo.triples // 3000))
    agrees(client, todo, source)


@pytest.mark.parametrize("chunk", [None, 3000], ids=["one request", "chunks"])
def test_virtuoso_answers_as_the_build_does(virtuoso: str, seeds: Path, source: Source, chunk: int | None) -> None:
    """Virtuoso, which wants a digest of the password."""
    client, todo = reaches(virtuoso, "virtuoso", seeds, credentials=DBA, chunk=chunk)
    push(todo, client)
    agrees(client, todo, source)


def test_updates_do_where_there_is_no_graph_store_protocol(oxigraph: str, seeds: Path) -> None:
    """Chunks may go as INSERT DATA."""
    where = endpoints(oxigraph, store="plain", query=f"{oxigraph}/query", update=f"{oxigraph}/update")
    todo = plan(seeds, endpoints=where, graph="http://example.org/by-update", chunk=4000)
    push(todo, Client(NOBODY))
    assert count(Client(NOBODY), where.query, graph=todo.graph) == todo.triples


def test_a_second_push_takes_the_place_of_the_first(oxigraph: str, tmp_path: Path) -> None:
    """What the graph held before is gone, other graphs stand, nothing is left beside."""
    client, sizes = Client(NOBODY), {}
    for name, number, chunk in (("one", 7, 2), ("one", 3, 2), ("two", 2, None)):
        file = tmp_path / f"{name}.ttl"
        file.write_text("".join(f"<http://x/{i}> <http://x/p> {i} .\n" for i in range(number)))
        todo = plan(file, endpoints=endpoints(oxigraph, store="oxigraph"), graph=f"http://x/{name}", chunk=chunk)
        push(todo, client)
    found = client.query(f"{oxigraph}/query", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    for row in found["results"]["bindings"]:
        sizes[row["g"]["value"]] = int(row["n"]["value"])
    assert {k: v for k, v in sizes.items() if k.startswith("http://x/")} == {"http://x/one": 3, "http://x/two": 2}


def test_jena_answers_as_the_build_does(jena: Any, seeds: Path, source: Source, tmp_path: Path) -> None:
    """Apache Jena's TDB2, a third opinion on the questions that people ask first."""
    import json

    place = str(tmp_path / "tdb2")
    assert jena("tdb2.tdbloader", "--loc", place, str(seeds / "graph.ttl")).returncode == 0
    for asked in questions():
        if asked.name not in ("shared-policies", "spread-of-policy", "planned-not-done", "named", "zones-and-places"):
            continue  # a Java machine is started for each
        path = tmp_path / f"{asked.name}.rq"
        path.write_text(asked.text, encoding="utf-8")
        done = jena("tdb2.tdbquery", "--loc", place, "--results=JSON", "--query", str(path))
        assert canonical(from_json(json.loads(done.stdout))) == canonical(source.ask(asked.text)), asked.name


# what goes wrong -----------------------------------------------------------------------------------------------------

Reply = tuple[int, dict[str, str], bytes]
COUNTED = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"%d"}}]}}'


class FakeStore:
    """A server that says what the test wants, and remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer: Callable[[str, str, bytes], Reply] = lambda *_: (200, {}, COUNTED % 2)
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fake.heard.append((self.command, self.path, dict(self.headers), body))
                code, headers, content = fake.answer(self.command, self.path, body)
                self.send_response(code)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = _any

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def fake() -> Iterator[FakeStore]:
    store = FakeStore()
    yield store
    store.server.shutdown()
    store.server.server_close()


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A graph of two triples."""
    path = tmp_path / "graph.ttl"
    path.write_text("<http://x/a> <http://x/p> 1 , 2 .\n")
    return path


def planned(fake: FakeStore, file: Path, **options: Any) -> Plan:
    return plan(file, endpoints=endpoints(fake.url, store="oxigraph"), graph="http://x/g", **options)


def test_what_passes_is_tried_again_with_longer_pauses(fake: FakeStore, two: Path) -> None:
    """503 three times, then it takes it: pauses double, and Retry-After is obeyed."""
    replies = iter([(503, {}, b""), (503, {}, b""), (503, {"Retry-After": "7"}, b"")])
    fake.answer = lambda method, *_: (
        next(replies, (200, {}, COUNTED % 2)) if method == "PUT" else (200, {}, COUNTED % 2)
    )
    pauses: list[float] = []
    push(planned(fake, two), Client(NOBODY, sleep=pauses.append))
    assert pauses == [0.5, 1.0, 7.0]
    assert len({body for method, _, _, body in fake.heard if method == "PUT"}) == 1  # whole each time


@pytest.mark.parametrize(
    ("code", "remedy"), [(401, "ZHITU_USER"), (404, "--store"), (413, "--chunk"), (302, "redirects"), (400, "log")]
)
def test_what_does_not_pass_ends_at_once(fake: FakeStore, two: Path, code: int, remedy: str) -> None:
    """A refusal is told with its reason and what to do; it is not repeated, and a redirect is not followed."""
    fake.answer = lambda *_: (code, {"Location": "http://127.0.0.1:9/"}, b"because")
    with pytest.raises(PushError, match="because") as caught:
        push(planned(fake, two), Client(NOBODY, sleep=lambda _: None))
    assert remedy in str(caught.value) and len(fake.heard) == 1


def test_a_store_that_is_not_there(two: Path) -> None:
    """After five tries the message asks whether it runs."""
    where = endpoints("http://127.0.0.1:9", store="oxigraph")
    with pytest.raises(PushError, match="5 times"):
        push(plan(two, endpoints=where), Client(NOBODY, sleep=lambda _: None))


def test_a_store_that_lost_some_is_found_out(fake: FakeStore, two: Path) -> None:
    """Counts are compared after the push."""
    fake.answer = lambda *_: (200, {}, COUNTED % 1)
    with pytest.raises(PushError, match="has 1 triples in http://x/g, but 2 were sent"):
        push(planned(fake, two), Client(NOBODY))


def test_a_push_that_fails_midway_leaves_the_old_graph(fake: FakeStore, two: Path) -> None:
    """Chunks go into a graph beside; when one fails that graph is dropped and nothing is moved."""
    fake.answer = lambda method, path, _: (400, {}, b"no") if "/store" in path else (200, {}, COUNTED % 2)
    with pytest.raises(PushError):
        push(planned(fake, two, chunk=1), Client(NOBODY))
    updates = [body.decode() for _, path, _, body in fake.heard if path == "/update"]
    assert updates == ["DROP SILENT GRAPH <http://x/g.incoming>"] * 2


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({}, None),
        ({"ZHITU_USER": "a", "ZHITU_PASSWORD": "b"}, "Basic YTpi"),
        ({"ZHITU_TOKEN": "t", "ZHITU_USER": "a"}, "Bearer t"),
    ],
)
def test_credentials_come_from_the_environment(
    fake: FakeStore, two: Path, environment: dict[str, str], header: str | None
) -> None:
    """Basic or bearer, in a header; never in what is printed of them."""
    credentials = Credentials.of(environment)
    push(planned(fake, two), Client(credentials))
    sent = {headers.get("Authorization") for method, _, headers, _ in fake.heard if method != "GET"}
    assert sent == {header} and "'b'" not in repr(credentials)


@pytest.mark.parametrize(
    ("address", "options", "message"),
    [
        ("localhost:7878", {}, "no address"),
        ("file:///etc/passwd", {}, "no address"),
        ("http://a:b@localhost:7878", {}, "command line"),
        ("http://localhost:1234", {}, "what kind of store"),
        ("http://localhost:7878", {"store": "4store"}, "not known"),
    ],
)
def test_an_address_must_be_one(address: str, options: dict[str, str], message: str) -> None:
    """Only http and https, no password within, and a store that is known or told."""
    with pytest.raises(UsageError, match=message):
        endpoints(address, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "query", "graph"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/store"),
        ("http://h:8890/sparql", "http://h:8890/sparql", "http://h:8890/sparql-graph-crud"),
        ("http://h:3030/ds", "http://h:3030/ds/sparql", "http://h:3030/ds/data"),
        ("http://h/repositories/r", "http://h/repositories/r", "http://h/repositories/r/rdf-graphs/service"),
    ],
)
def test_where_stores_listen(address: str, query: str, graph: str) -> None:
    """The kind is guessed from the address, and with it the rest."""
    found = endpoints(address)
    assert (found.query, found.graph) == (query, graph)
    assert found.store in STORES


def test_dry_run_sends_nothing(fake: FakeStore, two: Path) -> None:
    """It says what would be sent, and where."""
    arguments = ["push", str(two), "--to", fake.url, "--store", "oxigraph", "--dry-run", "--chunk", "1"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0 and "2 triples" in done.stdout and "nothing was sent" in done.stdout
    assert fake.heard == []
