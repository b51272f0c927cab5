"""report/KEY.html: the report as it was read, its entities marked, and beside each paragraph what was read from it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from .evidence import anchor_of
from .facts import Groups, Row, ask
from .site import Site, page_of

LONG = 320  # characters: a paragraph beyond this is cut at sentence ends, so that its margin stays beside its words
_SENTENCE = re.compile(r"[。！？；;!?]+[”’」』)）]*")
_KINDS = ("title", "header", "heading", "body", "signature", "furniture")


@dataclass(slots=True)
class Block:
    """A stretch of the source that is laid out as one paragraph; `words` is its markup, made of escaped text only."""

    start: int
    end: int
    kind: str = "body"
    planned: bool = False
    words: Markup = field(default_factory=Markup)
    notes: list[dict[str, Any]] = field(default_factory=list)


def write_reports(site: Site, connection: Any, *, texts: Callable[[str], str]) -> None:
    """One page a report; `texts(sha256)` gives the decoded source that all offsets refer to."""
    streams = {name: Groups(ask(connection, query), by="report") for name, query in _STREAMS.items()}
    for report in ask(connection, _REPORTS):
        parts = {name: stream.take(report["report"]) for name, stream in streams.items()}
        try:
            text = texts(report["sha256"])
        except OSError:
            continue  # a text that was removed by hand: the other pages still stand
        site.page(
            page_of(report["report"]),
            "report.html",
            scripts=["report.js"],
            report=report,
            blocks=lay_out(text, **parts),
            counts={name: len(parts[name]) for name in ("claims", "figures")},
            unresolved=parts["unresolved"],
        )


def lay_out(
    text: str,
    *,
    segments: Sequence[Row],
    mentions: Sequence[Row],
    claims: Sequence[Row],
    figures: Sequence[Row],
    unresolved: Sequence[Row],
) -> list[Block]:
    """Paragraphs of `text` with their marks and notes."""
    notes = sorted([_claim(r) for r in claims] + [_figure(r) for r in figures], key=lambda n: (n["start"], n["end"]))
    for index, note in enumerate(notes):
        note["index"] = index
    blocks = cut(text, segments)
    starts = [block.start for block in blocks]
    for note in notes:
        if blocks:
            blocks[max(0, bisect_right(starts, note["start"]) - 1)].notes.append(note)
    pieces = Pieces(text, mentions=mentions, notes=notes, unresolved=unresolved)
    for block in blocks:
        block.words = pieces.upto(block.start, block.end)
    return blocks


def _claim(row: Row) -> dict[str, Any]:
    start = row["char_start"]
    return dict(row, start=start, end=start + len(row["quote"]), id=anchor_of(row["claim"]), what="claim")


def _figure(row: Row) -> dict[str, Any]:
    start = row["char_start"]
    return dict(row, start=start, end=start + len(row["quote"]), id=anchor_of(row["observation"]), what="figure")


def cut(text: str, segments: Sequence[Row]) -> list[Block]:
    """The source as paragraphs, each with the kind of the segment that most of it lies in; nothing is left out."""
    starts = [row["char_start"] for row in segments]
    blocks = []
    for start, end in _paragraphs(text):
        place = bisect_right(starts, (start + end) // 2) - 1
        segment = segments[place] if place >= 0 and segments[place]["char_end"] > start else None
        kind = segment["kind"] if segment else "body" if not segments else "furniture"
        planned = bool(segment and segment["planned"])
        blocks.append(Block(start, end, kind if kind in _KINDS else "body", planned))
    return blocks


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    """Ranges of lines that hold anything; long ones cut at sentence ends."""
    for line in re.finditer(r"[^\r\n]+", text):
        if not line.group().strip():
            continue
        start, end = line.span()
        while end - start > LONG:
            stop = next((m.end() for m in _SENTENCE.finditer(text, start + LONG // 2, end)), end)
            if end - stop < LONG // 5:
                break
            yield start, stop
            start = stop
        yield start, end


class Pieces:
    """Cuts the source wherever a mark begins or ends, and dresses each piece in the marks that cover it."""

    def __init__(
        self, text: str, *, mentions: Sequence[Row], notes: Sequence[dict[str, Any]], unresolved: Sequence[Row]
    ) -> None:
        self._text = text
        self._opening = sorted(
            [(m["char_start"], -m["char_end"], "mention", m) for m in mentions]
            + [(n["start"], -n["end"], "note", n) for n in notes]
            + [(u["char_start"], -u["char_end"], "unresolved", u) for u in unresolved],
            key=lambda item: item[:3],
        )
        self._edges = sorted({p for start, end, _, _ in self._opening for p in (start, -end)})
        self._next, self._edge = 0, 0
        self._active: list[tuple[int, str, Any]] = []
        self._named: set[int] = set()

    def upto(self, start: int, end: int) -> Markup:
        """Markup of `text[start:end]`; to be asked for from the beginning to the end."""
        parts: list[str] = []
        position = start
        while position < end:
            while self._edge < len(self._edges) and self._edges[self._edge] <= position:
                self._edge += 1
            stop = min(end, self._edges[self._edge]) if self._edge < len(self._edges) else end
            self._open(position)
            parts.append(self._dress(position, stop))
            position = stop
        return Markup("".join(parts))

    def _open(self, position: int) -> None:
        while self._next < len(self._opening) and self._opening[self._next][0] <= position:
            _, end, kind, row = self._opening[self._next]
            self._active.append((-end, kind, row))
            self._next += 1
        self._active = [item for item in self._active if item[0] > position]

    def _dress(self, start: int, end: int) -> str:
        words = str(escape(self._text[start:end]))
        marks = [(stop - row["char_start"], row) for stop, kind, row in self._active if kind == "mention"]
        notes = " ".join(str(row["index"]) for _, kind, row in self._active if kind == "note")
        told = f' data-n="{notes}"' if notes else ""
        if marks:
            return self._mention(words, told, [row for _, row in sorted(marks, key=lambda pair: pair[0])])
        unsure = next((row for _, kind, row in self._active if kind == "unresolved"), None)
        if unsure is not None:
            return f'<span class="m unsure" title="{escape(unsure["reason"])}"{told}>{words}</span>'
        return f"<span{told}>{words}</span>" if notes else words

    def _mention(self, words: str, told: str, rows: Sequence[Row]) -> str:
        """The shortest mark makes the link, the longest the ground, so that a name in a title shows as both."""
        inner, outer = rows[0], rows[-1]
        nested = f" in-{escape(outer['kind'])}" if outer["kind"] != inner["kind"] else ""
        place = ""
        for row in rows:
            if row["char_start"] not in self._named:
                self._named.add(row["char_start"])
                place += f'<i id="m-{row["char_start"]}"></i>'
        kind, address, label = (
            escape(inner["kind"]),
            page_of(inner["entity"]),
            escape(inner["label"] or inner["surface"]),
        )
        return f'{place}<a class="m {kind}{nested}" href="../{address}" title="{label}"{told}>{words}</a>'


_REPORTS = """
    SELECT r.*, e.label AS region_label, e.full_name AS region_full, p.label AS publisher_label
    FROM reports r LEFT JOIN zt_views.thing e ON e.entity = r.region
    LEFT JOIN zt_views.thing p ON p.entity = r.publisher ORDER BY r.report"""
_STREAMS = {
    "segments": "SELECT * FROM segments ORDER BY report, char_start, char_end",
    "mentions": """
        SELECT m.report, m.entity, m.kind, m.char_start, m.char_end, m.surface, e.label
        FROM mentions m LEFT JOIN zt_views.thing e USING (entity)
        ORDER BY m.report, m.char_start, m.char_end, m.entity""",
    "claims": """
        SELECT s.* FROM zt_views.said s ORDER BY s.report, s.char_start, s.claim""",
    "figures": """
        SELECT o.*, e.label AS region_label FROM observations o LEFT JOIN zt_views.thing e ON e.entity = o.region
        ORDER BY o.report, o.char_start, o.observation""",
    "unresolved": "SELECT * FROM unresolved ORDER BY report, char_start, char_end, surface",
}
