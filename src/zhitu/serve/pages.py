"""The two pages of the server's own: where questions are asked, and what the graph says of one thing.

Every text goes through `html.escape`; no page has script within.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from zhitu.query.answers import Answer, Term, shorten

ASSETS = Path(__file__).parent / "assets"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def query_page() -> str:
    """The page to ask questions on."""
    return (ASSETS / "query.html").read_text(encoding="utf-8")


def thing_page(
    iri: str, *, out: Answer, into: Answer, prefixes: Mapping[str, str], base_iri: str, view: str | None
) -> str:
    """What the graph says of a thing: what it points at, and what points at it."""
    label = next((row[1].value for row in out.rows if row[0] and row[1] and row[0].value.endswith("#prefLabel")), iri)
    links = [("Turtle", "?format=ttl"), ("JSON-LD", "?format=jsonld")]
    links += [("页面 page", view)] if view else []
    page = Template((ASSETS / "thing.html").read_text(encoding="utf-8"))
    return page.substitute(
        title=escape(label),
        iri=escape(iri),
        links=" · ".join(f'<a href="{escape(url)}">{escape(text)}</a>' for text, url in links),
        out="".join(_row(row, prefixes, base_iri) for row in out.rows),
        into="".join(_row(row, prefixes, base_iri) for row in into.rows),
        more="" if not (out.truncated or into.truncated) else "<p>… 还有更多 more are left: see Turtle</p>",
    )


def _row(row: tuple[Term | None, ...], prefixes: Mapping[str, str], base_iri: str) -> str:
    cells = "".join(f"<td>{_cell(term, prefixes, base_iri)}</td>" for term in row)
    return f"<tr>{cells}</tr>\n"


def _cell(term: Term | None, prefixes: Mapping[str, str], base_iri: str) -> str:
    if term is None:
        return ""
    if term.kind != "uri":
        return escape(term.value)
    text = escape(shorten(term.value, prefixes))
    if term.value.startswith(base_iri):
        return f'<a href="/id/{escape(quote(term.value.removeprefix(base_iri)))}">{text}</a>'
    return text
