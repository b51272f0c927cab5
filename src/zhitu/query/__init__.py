"""Reading a finished graph: questions named and new, and the laws that it must keep."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zhitu.errors import UsageError

if TYPE_CHECKING:
    from zhitu.query.answers import Answer

TIMEOUT = 60.0  # seconds a question may take
ROWS = 10_000  # rows an answer may have


def ask(
    out: str | Path,
    what: str,
    *,
    params: Mapping[str, str] | None = None,
    engine: str = "auto",
    timeout: float | None = TIMEOUT,
    rows: int | None = ROWS,
) -> Answer:
    """Answers a named question, or SPARQL, from the graph in a build's folder.

    `what` is a question's name, the path of a file that ends in .rq or .sparql, or the text of a query. `params` sets
    parameters of a named question: {"least": "3"}. `engine` is auto, rdflib or oxigraph. The question is given up
    after `timeout` seconds, and its answer ends after `rows` rows; None is no limit.
    Raises QueryError, UsageError and StoreError.
    """
    from zhitu.query.engines import header, turtle
    from zhitu.query.guard import check
    from zhitu.query.worker import Worker

    path = turtle(Path(out))
    prefixes = header(path)
    with Worker(path, engine=engine) as worker:
        text = _text(what, params or {}, worker=worker, base_iri=prefixes["region"].removesuffix("region/"))
        check(text, prefixes=prefixes)
        return worker.ask(text, timeout=timeout, rows=rows)


def _text(what: str, params: Mapping[str, str], *, worker: object, base_iri: str) -> str:
    from zhitu.query.questions import question, read_question

    if what.endswith((".rq", ".sparql")):
        text = Path(what).read_text(encoding="utf-8")
        if not params:
            return text
        return read_question(Path(what)).fill(params, base_iri=base_iri, find=worker.find)  # type: ignore[attr-defined]
    if not any(mark in what for mark in "{ \n"):
        return question(what).fill(params, base_iri=base_iri, find=worker.find)  # type: ignore[attr-defined]
    if params:
        raise UsageError("only named questions have parameters", remedy="write the value into the query")
    return what
