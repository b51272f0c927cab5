"""Triple stores and where each listens for what. A row here is a new store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from zhitu.errors import UsageError


@dataclass(frozen=True, slots=True)
class Store:
    """How to speak to one kind of store; paths are relative to the address that the user gives."""

    name: str
    guess: str  # a pattern of addresses that are this store's
    query: str
    update: str
    graph: str  # Graph Store Protocol; "" where chunks go as updates
    signed: tuple[str, str, str] = ("", "", "")  # the same three where a user is given
    chunk: int = 50_000  # triples a request
    media: str = "application/n-triples"
    loading: str = ""  # asked for in the address while a graph that nobody reads yet is filled


STORES = (
    # one PUT is one transaction; a MOVE takes longer than the whole upload, so chunks are for the largest only.
    # While a graph is filled that nobody reads yet, doing without transactions halves the time.
    Store("oxigraph", r":7878(/|$)", "query", "update", "store", chunk=2_000_000, loading="no_transaction"),
    # a request of 47 MB hung at 758,623 triples, twice; its readers know N-Triples as Turtle only
    Store("virtuoso", r":8890(/|$)|/sparql$", "sparql", "sparql", "sparql-graph-crud",
          signed=("sparql-auth", "sparql-auth", "sparql-graph-crud-auth"), chunk=10_000, media="text/turtle"),
    Store("fuseki", r":3030/\w+", "sparql", "update", "data"),
    Store("rdf4j", r"/repositories/[^/]+/?$", "", "statements", "rdf-graphs/service"),
    Store("graphdb", r":7200/repositories/", "", "statements", "rdf-graphs/service"),
    Store("qlever", r":7001(/|$)", "", "", ""),
    Store("plain", r"", "", "", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where one store listens."""

    store: Store
    query: str
    update: str
    graph: str


def endpoints(
    address: str,
    *,
    store: str | None = None,
    query: str | None = None,
    update: str | None = None,
    graph: str | None = None,
    signed: bool = False,
) -> Endpoints:
    """Where the store at `address` listens; its kind is guessed from the address unless given.

    `query`, `update` and `graph` overrule single addresses. `signed` says that there is a user.
    Raises UsageError for an address that is none, and for a store that is not known.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{address} is no address of a store", remedy="begin it with http:// or https://")
    if parts.username or parts.password:
        remedy = "set ZHITU_USER and ZHITU_PASSWORD, or ZHITU_TOKEN, in the environment"
        raise UsageError("a password does not belong on the command line", remedy=remedy)
    kind = _named(store) if store else _guessed(address)
    paths = kind.signed if signed and any(kind.signed) else (kind.query, kind.update, kind.graph)
    found = [_joined(address, path) for path in paths]
    given = (query, update, graph)
    asked, changed, filled = (mine or guess for mine, guess in zip(given, found, strict=True))
    filled = "" if not graph and not kind.graph else filled
    return Endpoints(kind, asked, changed, filled)


def _named(name: str) -> Store:
    known = {store.name: store for store in STORES}
    if name not in known:
        raise UsageError(f"the store {name} is not known", remedy=f"one of {', '.join(known)}")
    return known[name]


def _guessed(address: str) -> Store:
    for store in STORES:
        if store.guess and re.search(store.guess, address):
            return store
    names = ", ".join(store.name for store in STORES)
    raise UsageError(f"what kind of store is at {address}?", remedy=f"say --store with one of {names}")


def _joined(address: str, path: str) -> str:
    base = address.rstrip("/")
    if not path:
        return base
    # Virtuoso's address is often given as its endpoint
    return f"{base.removesuffix('/sparql').removesuffix('/query')}/{path}"
