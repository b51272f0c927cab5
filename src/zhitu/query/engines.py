"""A finished graph opened for questions: by rdflib where it is small, by Oxigraph (through oxrdflib) beyond.

Both are rdflib graphs to the caller, and give the same answers. A large graph is loaded into an Oxigraph store once and
kept beside graph.ttl, in `.oxigraph`, until graph.ttl changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zhitu import vocab
from zhitu.errors import QueryError, StoreError, UsageError
from zhitu.query.answers import Answer, Row, Term

if TYPE_CHECKING:
    import rdflib

SMALL = 1 << 20  # bytes of Turtle that rdflib parses in about two seconds, imports included
LARGE = 48 << 20  # beyond it a store on disk opens sooner than the file is parsed, some two seconds
ENGINES = ("auto", "rdflib", "oxigraph")
CACHE = ".oxigraph"


@dataclass
class Source:
    """An open graph and what answers for it."""

    graph: rdflib.Graph
    engine: Literal["rdflib", "oxigraph"]
    prefixes: dict[str, str]
    base_iri: str
    store: Any = field(default=None)  # pyoxigraph's, where that answers

    def ask(self, text: str, *, rows: int | None = None) -> Answer:
        """Answers a query that `guard.check` let pass; at most so many rows. Raises QueryError."""
        if self.store is not None:
            return _ask_oxigraph(self, text, rows=rows)
        return _ask_rdflib(self, text, rows=rows)

    def find(self, name: str, classes: tuple[str, ...]) -> list[str]:
        """IRIs of things of these classes with that name, full name, division code or file name."""
        literal = json.dumps(name, ensure_ascii=False)
        kinds = " ".join(f"zt:{name}" for name in classes)
        query = f"""SELECT DISTINCT ?x WHERE {{
            {{ ?x skos:prefLabel {literal}@zh-Hans }} UNION {{ ?x skos:altLabel {literal}@zh-Hans }}
            UNION {{ ?x zt:fullName {literal} }} UNION {{ ?x zt:divisionCode {literal} }}
            UNION {{ ?x zt:file {literal} }}
            VALUES ?class {{ {kinds} }} ?x a ?class }} ORDER BY ?x"""
        return [row[0].value for row in self.ask(query).rows if row[0]]


def open_source(out: Path, *, engine: str = "auto") -> Source:
    """Opens OUT/graph.ttl, or a Turtle file. Raises StoreError where there is none, UsageError for another engine."""
    if engine not in ENGINES:
        raise UsageError(f"there is no engine {engine}", remedy=f"choose one of {', '.join(ENGINES)}")
    path = turtle(out)
    names = header(path)
    base = names.get("region", vocab.BASE_IRI + "region/").removesuffix("region/")
    if engine == "rdflib" or (engine == "auto" and path.stat().st_size <= SMALL):
        return Source(_open_rdflib(path), "rdflib", names, base)
    store = _open_oxigraph(path)
    return Source(_wrapped(store), "oxigraph", names, base, store)


def turtle(out: Path) -> Path:
    """The Turtle file of a build's folder, or the file itself. Raises StoreError."""
    path = out if out.is_file() else out / "graph.ttl"
    if not path.exists():
        raise StoreError(f"there is no {path}", remedy=f"write it: zhitu build INPUT -o {out}")
    return path


def header(path: Path) -> dict[str, str]:
    """The prefixes that a Turtle file of ours opens with, and those of the vocabularies."""
    with path.open(encoding="utf-8") as file:
        head = takewhile(lambda line: line.startswith(("@prefix", "#")) or not line.strip(), file)
        declared = [line.split() for line in head if line.startswith("@prefix")]
    return {**vocab.PREFIXES, **{words[1].rstrip(":"): words[2].strip("<>") for words in declared}}


def _open_rdflib(path: Path) -> rdflib.Graph:
    import rdflib
    from rdflib.plugins import sparql

    sparql.SPARQL_LOAD_GRAPHS = False  # FROM <…> would fetch what it names
    return rdflib.Graph(bind_namespaces="none").parse(path, format="turtle")


def _open_oxigraph(path: Path) -> Any:
    import pyoxigraph as ox

    if path.stat().st_size <= LARGE:
        store = ox.Store()
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, lenient=True)
        return store
    return ox.Store.read_only(str(cached(path)))


def cached(path: Path) -> Path:
    """The store on disk that holds the file, made if it is not there. Safe against another who makes it meanwhile."""
    import pyoxigraph as ox

    state = path.stat()
    mark = hashlib.sha256(f"{state.st_size} {state.st_mtime_ns} {ox.__version__}".encode()).hexdigest()[:16]
    folder = path.parent / CACHE
    place = folder / mark
    if place.exists():
        return place
    folder.mkdir(exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder, prefix="making-"))
    store = ox.Store(str(making))
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, lenient=True)
    store.flush()
    del store
    _settle(making, place)
    return place


def _settle(making: Path, place: Path) -> None:
    try:
        os.rename(making, place)
    except OSError:  # someone else was first
        shutil.rmtree(making, ignore_errors=True)
    for other in place.parent.iterdir():
        if other != place and not other.name.startswith("making-"):
            shutil.rmtree(other, ignore_errors=True)


def _wrapped(store: Any) -> rdflib.Graph:
    """The store as an rdflib graph."""
    import rdflib
    from oxrdflib import OxigraphStore
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    return rdflib.Graph(OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")


def _ask_oxigraph(source: Source, text: str, *, rows: int | None) -> Answer:
    """Straight to the store: rdflib's terms would be made only to be unmade."""
    import pyoxigraph as ox

    try:
        found = source.store.query(text, prefixes=source.prefixes)
        if isinstance(found, ox.QueryBoolean):
            return Answer("ask", truth=bool(found))
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return _limited("select", columns, (tuple(map(_from_ox, row)) for row in found), rows)
        triples = (tuple(map(_from_ox, (t.subject, t.predicate, t.object))) for t in found)
        return _limited("construct", ("s", "p", "o"), triples, rows)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"the question failed: {error}") from error


def _ask_rdflib(source: Source, text: str, *, rows: int | None) -> Answer:
    try:
        found = source.graph.query(text, initNs=source.prefixes)
        if found.type == "ASK":
            return Answer("ask", truth=bool(found.askAnswer))
        if found.type == "SELECT":
            columns = tuple(str(name) for name in found.vars or ())
            return _limited("select", columns, (tuple(map(_from_rdflib, row)) for row in found), rows)  # type: ignore[arg-type]
        triples = (tuple(map(_from_rdflib, triple)) for triple in found)  # type: ignore[arg-type]
        return _limited("construct", ("s", "p", "o"), triples, rows)
    except QueryError:
        raise
    except Exception as error:  # rdflib raises whatever its parts raise
        raise QueryError(f"the question failed: {error}", remedy="try --engine oxigraph") from error


def _limited(form: str, columns: tuple[str, ...], rows: Iterable[Row], most: int | None) -> Answer:
    stream: Iterator[Row] = iter(rows)
    kept = tuple(stream if most is None else islice(stream, most))
    more = most is not None and len(kept) == most and next(stream, None) is not None
    return Answer(form, columns, kept, truncated=more)


def _from_ox(term: Any) -> Term | None:
    import pyoxigraph as ox

    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    return Term("literal", term.value, term.datatype.value, term.language or "")


def _from_rdflib(term: Any) -> Term | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return Term("uri", str(term))
    if isinstance(term, rdflib.BNode):
        return Term("bnode", str(term))
    return Term("literal", str(term), str(term.datatype or ""), (term.language or "").lower())
