"""Which region a report is about: as given, by the title, the publisher, the opening, the signature; else nothing."""

from __future__ import annotations

import re

from zhitu.lexicon.places import by_code, matcher
from zhitu.model import Found, Mention, Report
from zhitu.resolve.own_hints import (
    TOP,
    level_words,
    of_index,
    of_level,
    of_ministry,
    of_motto,
    of_titles,
    of_told_county,
    spoken_of,
)
from zhitu.resolve.own_names import chain, named_above, of_group
from zhitu.resolve.places import Context, Place, candidates, choose, place_of, place_of_code

CLAUSE = re.compile(r"[,;:]")
LEAD_IN = re.compile(r"(?:20\d\d年(?:度|以来)?|近年来|一年来|今年以来|过去一年|中共|我们|原)*")
# how a report goes on behind its author's name
SELF_TOLD = re.compile(r"(?:党组)?(?:坚持|认真|深入|以习|紧紧|紧扣|全面|按照|积极|始终|持续|切实|围绕|高度重视|在)")
OPENING = 4  # sentences in which a report without title says whose it is


def own_region(report: Report, found: Found) -> Place | None:
    """The one region that remains, or None."""
    if report.source.given.region:
        return given_region(report.source.given.region)
    kinds = {s.index: s.kind for s in report.sentences}
    title = [m for m in found.mentions if kinds[m.sentence] == "title"] or list(found.title)
    to = {s.index for s in report.sentences if s.text.rstrip(":") == report.header.addressee}  # whom it is sent to
    header = [m for m in found.mentions if kinds[m.sentence] == "header" and m.sentence not in to]
    signature = [m for m in found.mentions if kinds[m.sentence] == "signature"]
    body = [s for s in report.sentences if s.kind in ("body", "heading")][:OPENING]
    openings = [_subject(s.text, [m for m in found.mentions if m.sentence == s.index]) for s in body]
    named = named_above(found.mentions)
    if report.header.code in by_code():
        named.setdefault(report.header.code[:4] + "00", 1)  # which 市中区 it is
    groups = (title, header, *openings, signature)
    sure = 3  # title, header and the first sentence
    for number, group in enumerate(groups):
        place = of_group(group, named, report.header.year)
        if place is not None:
            return place if number < sure else spoken_of(place, report, found)
    if (town := of_told_county(report, [m for group in groups for m in group])) is not None:
        return town
    words = level_words(report, found)
    return (
        of_titles(report, found, named)
        or of_index(report, words)
        or of_level(report, found, named, words)
        or of_motto(report, words)
        or of_ministry(found)
    )


def given_region(words: str) -> Place | None:
    """The region that a caller names: a division code, or names from above down (宿迁市宿城区)."""
    if re.fullmatch(r"\d{6}", words):
        return place_of_code(words)
    place: Place | None = None
    for start, end, kinds in matcher().find(words):
        kind = "full" if "full" in kinds else "short"
        chosen, _ = choose(
            [place_of(d) for d in candidates(words[start:end], kind, None)], behind=place, context=Context(place, None)
        )
        place = chosen or place
    return place


def _subject(text: str, mentions: list[Mention]) -> list[Mention]:
    """The region by which an opening sentence says whose report it is: the subject of one of its clauses, or behind 现将."""
    for mention in mentions:
        if mention.kind not in ("region", "agency") or mention.note == "self" or mention.inside is not None:
            continue
        before = text[: mention.start]
        clause = before[max((m.end() for m in CLAUSE.finditer(before)), default=0) :]
        if LEAD_IN.fullmatch(clause) or before.endswith("现将"):
            ministry = mention.rule == "organ.central" and mention.name not in TOP
            places = [mention] if ministry and SELF_TOLD.match(text, mention.end) else chain(mentions, mention.start)
            if places:
                return places
    return []
