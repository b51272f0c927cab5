"""An answer, whatever store gave it, and the ways to write it down."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from zhitu.errors import UsageError

XSD = "http://www.w3.org/2001/XMLSchema#"
WIDEST = 48  # columns of a terminal that one cell of a table may take


class Term(NamedTuple):
    """An RDF term: kind is uri, literal or bnode, as the SPARQL results format has it."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT (rows of three)."""

    form: str  # select, ask, construct
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    truncated: bool = False

    def records(self) -> list[dict[str, str | None]]:
        """Rows as dicts of plain strings."""
        return [
            {name: term.value if term else None for name, term in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


def canonical(answer: Answer) -> tuple[Any, ...]:
    """What two answers must agree on: neither the order of rows nor how a store spells a datatype or a number."""
    return (answer.form, answer.columns, answer.truth, sorted(tuple(map(_plain, row)) for row in answer.rows))


def _plain(term: Term | None) -> tuple[str, str]:
    if term is None:
        return ("", "")
    if term.datatype in (f"{XSD}integer", f"{XSD}decimal", f"{XSD}int", f"{XSD}long"):
        number = float(term.value)
        return ("number", str(int(number)) if number.is_integer() else repr(number))
    return (term.kind, term.value)


def to_json(answer: Answer) -> dict[str, Any]:
    """SPARQL 1.1 Query Results JSON; triples as rows of subject, predicate, object."""
    if answer.form == "ask":
        return {"head": {}, "boolean": answer.truth}
    bindings = [
        {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, str]:
    record = {"type": term.kind, "value": term.value}
    if term.language:
        record["xml:lang"] = term.language
    elif term.datatype and term.datatype != f"{XSD}string":
        record["datatype"] = term.datatype
    return record


def from_json(content: Mapping[str, Any], *, form: str = "select", truncated: bool = False) -> Answer:
    """The reverse of `to_json`, for what other stores send, too."""
    if "boolean" in content:
        return Answer("ask", truth=bool(content["boolean"]))
    columns = tuple(content["head"].get("vars", ()))
    rows = tuple(
        tuple(_term(binding[name]) if name in binding else None for name in columns)
        for binding in content["results"]["bindings"]
    )
    return Answer(form, columns, rows, truncated=truncated)


def _term(record: Mapping[str, str]) -> Term:
    kind = "literal" if record["type"] == "typed-literal" else record["type"]
    return Term(kind, record["value"], record.get("datatype", ""), record.get("xml:lang", "").lower())


def write(answer: Answer, *, format: str, prefixes: Mapping[str, str]) -> str:
    """The answer as table, csv, json or ttl. Raises UsageError for another format, or ttl of what are no triples."""
    if format not in WRITERS:
        raise UsageError(f"there is no format {format}", remedy=f"choose one of {', '.join(WRITERS)}")
    return WRITERS[format](answer, prefixes)


def _table(answer: Answer, prefixes: Mapping[str, str]) -> str:
    if answer.form == "ask":
        return "yes\n" if answer.truth else "no\n"
    cells = [answer.columns, *([_short(term, prefixes) for term in row] for row in answer.rows)]
    widths = [min(WIDEST, max(map(_width, column))) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def _short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """As people write it: prefix:name, or the plain text on one line."""
    if term is None:
        return ""
    if term.kind == "uri":
        return shorten(term.value, prefixes)
    return " ".join(term.value.split())


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """`prefix:name` by the longest namespace that fits, else the IRI."""
    fits = [(len(space), name) for name, space in prefixes.items() if iri.startswith(space)]
    if not fits:
        return iri
    length, name = max(fits)
    return f"{name}:{iri[length:]}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def _padded(text: str, width: int) -> str:
    if _width(text) > width:
        while _width(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _width(text))


def _csv(answer: Answer, _: Mapping[str, str]) -> str:
    if answer.form == "ask":
        return f"answer\n{str(answer.truth).lower()}\n"
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([term.value if term else "" for term in row] for row in answer.rows)
    return file.getvalue()


def _json(answer: Answer, _: Mapping[str, str]) -> str:
    return json.dumps(to_json(answer), ensure_ascii=False, indent=1) + "\n"


def _ttl(answer: Answer, prefixes: Mapping[str, str]) -> str:
    if answer.form != "construct":
        raise UsageError("only CONSTRUCT and DESCRIBE give triples", remedy="use --format table, csv or json")
    return serialize(answer.rows, format="TURTLE", prefixes=prefixes)


def serialize(rows: Iterable[Sequence[Term | None]], *, format: str, prefixes: Mapping[str, str]) -> str:
    """Triples as text, in a format of pyoxigraph's by name."""
    import pyoxigraph as ox

    rows = list(rows)
    words = {term.value for row in rows for term in row if term and term.kind == "uri"}
    words |= {term.datatype for row in rows for term in row if term and term.datatype}
    used = {name: space for name, space in prefixes.items() if any(word.startswith(space) for word in words)}
    triples = [ox.Triple(*(_ox(term) for term in row if term)) for row in rows]
    return (ox.serialize(triples, format=getattr(ox.RdfFormat, format), prefixes=used) or b"").decode()


def _ox(term: Term) -> Any:
    import pyoxigraph as ox

    if term.kind == "uri":
        return ox.NamedNode(term.value)
    if term.kind == "bnode":
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)) if term.datatype else ox.Literal(term.value)


WRITERS = {"table": _table, "csv": _csv, "json": _json, "ttl": _ttl}
