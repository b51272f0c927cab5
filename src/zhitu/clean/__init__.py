"""Room `clean`: a `Source` becomes a `Report`; every character still knows its place in the source."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter

from zhitu.clean.furniture import body_range, is_furniture
from zhitu.clean.header import (
    PUBLISHER_LABELS,
    SOURCE_LABELS,
    Furnishing,
    furnish,
    last_year,
    names_organ,
    read_header,
    signed,
)
from zhitu.clean.lines import Line, full_width, is_full, lines_of, paragraphs, squeeze
from zhitu.clean.script import fold
from zhitu.clean.sentences import Sections, sentences_of, split
from zhitu.model import Report, Segment, Sentence, Source, Span

__all__ = ["clean", "fold"]

PLACE = itemgetter(0, 1)  # of a segment


def clean(source: Source) -> Report:
    """Folds script and width, takes the site's furniture off, reads the header and cuts sentences."""
    folded = fold(source.text)
    lines = lines_of(folded)
    full = full_width(lines)
    first, last = body_range([line.text for line in lines], full=lambda text: is_full(text, full))
    body = [line for line in lines[first:last] if not is_furniture(line.text)]
    parts = furnish(lines[:first], lines[last:])
    if body and not parts.signature:
        body[-1], signature = signed(body[-1])
        parts = replace(parts, signature=tuple(signature))
    if not parts.title and body and len(lines[first].text) <= 80 and not parts.values:
        parts = _title_in_body(parts, body)
        body = [line for line in body if line not in parts.title]
    groups = list(paragraphs(body, full=full))
    texts = [squeeze(folded, group) for group in groups]
    opening = [text[a:b] for text, _ in texts[:6] for a, b in split(text)][:8]
    header = read_header(
        parts, opening, title=squeeze(folded, list(parts.title))[0] if parts.title else "", file=source.file
    )
    sentences = _header_sentences(folded, parts)
    sections = Sections(header.year)
    for number, (text, at) in enumerate(texts):
        alone = len(groups[number]) == 1
        sentences.extend(
            sentences_of(text, at, sections=sections, index=len(sentences), paragraph=number + 1, alone=alone)
        )
    sentences.extend(_extra(folded, parts.signature, "signature", len(sentences)))
    year = source.given.year or header.year or last_year(sentences)
    return Report(source, replace(header, year=year), tuple(sentences), _segments(lines, sentences))


def _title_in_body(parts: Furnishing, body: list[Line]) -> Furnishing:
    """A page whose first line is its title and long enough to look like prose."""
    inner = furnish(body[:3], [])
    return (
        Furnishing(inner.title, parts.values, parts.signature, parts.addressee, parts.dated) if inner.title else parts
    )


def _header_sentences(folded: str, parts: Furnishing) -> list[Sentence]:
    out: list[Sentence] = []
    if parts.title:
        text, at = squeeze(folded, list(parts.title))
        out.append(Sentence(0, text, at, kind="title"))
    wanted = tuple(line for label, line in parts.values if label in PUBLISHER_LABELS)
    sources = tuple(line for label, line in parts.values if label in SOURCE_LABELS and names_organ(line.text))
    for kind, lines in (("header", (*wanted, *parts.addressee)), ("source", sources)):
        out.extend(_extra(folded, lines, kind, len(out)))
    return out


def _extra(folded: str, lines: tuple[Line, ...], kind: str, index: int) -> list[Sentence]:
    out: list[Sentence] = []
    for line in dict.fromkeys(lines):
        text, at = squeeze(folded, [line])
        out.append(Sentence(index + len(out), text, at, kind=kind))
    return out


def _segments(lines: list[Line], sentences: list[Sentence]) -> tuple[Segment, ...]:
    """What each stretch of the source is, in order, without overlap; blanks between belong to none."""
    out: list[tuple[int, int, str, bool]] = []
    for segment in sorted(((s.at[0], s.at[-1] + 1, s.kind, s.planned) for s in sentences), key=PLACE):
        if not out or segment[0] >= out[-1][1]:
            out.append(segment)
    starts = [segment[0] for segment in out]
    furniture = []
    for line in lines:
        after = bisect_left(starts, line.end)
        if not after or out[after - 1][1] <= line.start:
            furniture.append((line.start, line.end, "furniture", False))
    return tuple(
        Segment(kind, Span(start, end), planned) for start, end, kind, planned in sorted(out + furniture, key=PLACE)
    )
