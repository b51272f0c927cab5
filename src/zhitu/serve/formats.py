"""What a reader of the endpoint may ask for, and how an answer is written in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from zhitu.query.answers import Answer, Term, serialize, to_json

Writer = Callable[[Answer, Mapping[str, str]], str]


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """What of `offered` an Accept header likes best: the first for an empty one or */*, None if it likes nothing."""
    best: tuple[float, int, str] | None = None
    wishes = [_wish(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    for rank, media in enumerate(offered):
        fits = [(_closeness(kind, media), quality) for kind, quality in wishes if _closeness(kind, media)]
        if not fits:
            continue
        quality = max(fits)[1]  # what the closest wish says
        if quality > 0 and (best is None or (quality, -rank) > best[:2]):
            best = (quality, -rank, media)
    return best[2] if best else None


def _wish(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((p.partition("=")[2] for p in parameters if p.startswith("q=")), "1")
    try:
        return kind.lower(), float(quality)
    except ValueError:
        return kind.lower(), 0.0


def _closeness(wish: str, media: str) -> int:
    if wish == media:
        return 3
    if wish.endswith("/*") and wish != "*/*":
        return 2 if media.startswith(wish[:-1]) else 0
    return 1 if wish == "*/*" else 0


def _json(answer: Answer, _: Mapping[str, str]) -> str:
    return json.dumps(to_json(answer), ensure_ascii=False) + "\n"


def _xml(answer: Answer, _: Mapping[str, str]) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.columns)
    if answer.form == "ask":
        body = f"<boolean>{str(answer.truth).lower()}</boolean>"
    else:
        body = f"<results>{''.join(_xml_row(answer, row) for row in answer.rows)}</results>"
    start = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    return f"{start}<head>{head}</head>{body}</sparql>\n"


def _xml_row(answer: Answer, row: Sequence[Term | None]) -> str:
    cells = (
        f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
        for name, term in zip(answer.columns, row, strict=True)
        if term is not None
    )
    return f"<result>{''.join(cells)}</result>"


def _xml_term(term: Term) -> str:
    # XML has no control characters, not even as references
    text = escape("".join(ch for ch in term.value if ch >= " " or ch in "\t\n\r"))
    if term.kind != "literal":
        return f"<{term.kind}>{text}</{term.kind}>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    return (
        f"<literal datatype={quoteattr(term.datatype)}>{text}</literal>"
        if term.datatype
        else f"<literal>{text}</literal>"
    )


def _csv(answer: Answer, _: Mapping[str, str]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    if answer.form == "ask":
        writer.writerows([["answer"], [str(answer.truth).lower()]])
    else:
        writer.writerow(answer.columns)
        writer.writerows([term.value if term else "" for term in row] for row in answer.rows)
    return file.getvalue()


def _tsv(answer: Answer, _: Mapping[str, str]) -> str:
    if answer.form == "ask":
        return f"?answer\n{str(answer.truth).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    lines += ["\t".join(_n3(term) for term in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def _n3(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    text = json.dumps(term.value, ensure_ascii=False)
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def _rdf(format: str) -> Writer:
    return lambda answer, prefixes: serialize(answer.rows, format=format, prefixes=prefixes)


TABLES: dict[str, Writer] = {
    "application/sparql-results+json": _json,
    "application/json": _json,
    "application/sparql-results+xml": _xml,
    "application/xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _tsv,
}
GRAPHS: dict[str, Writer] = {
    "text/turtle": _rdf("TURTLE"),
    "application/n-triples": _rdf("N_TRIPLES"),
    "application/ld+json": _rdf("JSON_LD"),
    "application/rdf+xml": _rdf("RDF_XML"),
}
