"""Which region a report is about: as given, by the title, the publisher, the opening, the signature; else nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from zhitu.lexicon.places import NEW_AREAS, by_code, matcher, offices, short, short_counties, townships
from zhitu.model import Found, Mention, Report
from zhitu.resolve.places import (
    NATION_PLACE,
    Context,
    Place,
    candidates,
    choose,
    find_township,
    place_of,
    place_of_code,
    settlement_of,
    zone_of,
)

CLAUSE = re.compile(r"[,;:]")
LEAD_IN = re.compile(r"(?:20\d\d年(?:度|以来)?|近年来|一年来|今年以来|过去一年|中共|我们|原)*")
# how a report goes on behind its author's name
SELF_TOLD = re.compile(r"(?:党组)?(?:坚持|认真|深入|以习|紧紧|紧扣|全面|按照|积极|始终|持续|切实|围绕|高度重视|在)")
TOP = ("中共中央", "国务院", "全国人民代表大会", "全国人民代表大会常务委员会")  # whom everybody begins with
SELF_LEVEL = re.compile(r"(?:我|本)(自治区|省|市|区|县|州|盟|旗|镇|乡|街道)(?![级域面])")
ORGAN_LEVEL = re.compile(r"(自治区|省|市|区|县|州|盟|旗|镇|乡|街道)")
MOTTO = re.compile(r"(?:法治|平安|数字|清廉|幸福)([\u4e00-\u9fff]{2,3}?)(?=建设|[、,。])")
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
    named = _named_above(found.mentions)
    if report.header.code in by_code():
        named.setdefault(report.header.code[:4] + "00", 1)  # which 市中区 it is
    groups = (title, header, *openings, signature)
    for group in groups:
        place = _of_group(group, named, report.header.year)
        if place is not None:
            return _spoken_of(place, report, found) if group in openings[1:] else place
    if (town := _of_told_county(report, [m for group in groups for m in group])) is not None:
        return town
    return (
        _of_titles(report, found, named)
        or _of_index(report, found)
        or _by_level(report, found, named)
        or _of_motto(report, found)
        or _of_ministry(found)
    )


def _spoken_of(place: Place, report: Report, found: Found) -> Place | None:
    """A township in the opening words may be an instance only: where all organs are the county's, so is the report."""
    words = _level_words(report, found)
    if place.level != "township" or not words or any(word in words for word in ("镇", "乡", "街道", "街")):
        return place
    word = words.most_common(1)[0][0]
    return next((p for p in place.chain() if _at_level(p, word)), place)


def _of_told_county(report: Report, mentions: list[Mention]) -> Place | None:
    """凤凰山街道, of which there are several: that of the one county which the report calls by its short name (法治云和),
    else the page around it."""
    for mention in mentions:
        if mention.rule not in ("region.township", "region.office"):
            continue
        name = offices().get(mention.name, mention.name)
        counties = {code for _, code in townships().get(name, ())}
        names = {code: short(by_code()[code][0]) for code in counties if code in by_code()}
        for text in ("".join(s.text for s in report.sentences), report.source.text):
            told = [
                code for code, brief in names.items() if len(brief) >= 2 and brief in text.replace(mention.name, "")
            ]
            if len(told) == 1 and (county := place_of_code(told[0])) is not None:
                return settlement_of(name, county, level="township")
    return None


def _of_motto(report: Report, found: Found) -> Place | None:
    """法治武乡建设: the one county of that short name, if the report calls itself by its level."""
    words = _level_words(report, found)
    named = {name for s in report.sentences for name in MOTTO.findall(s.text)} & short_counties().keys()
    year = report.header.year
    places = {d.code: place_of(d) for name in named for d in short_counties()[name] if d.valid(year)}
    at_level = [p for p in places.values() if words and _at_level(p, words.most_common(1)[0][0])]
    return at_level[0] if len(at_level) == 1 else None


def _of_ministry(found: Found) -> Place | None:
    """The nation, where a central organ's name begins a title that is issued and no other place or level is named."""
    if any(m.rule == "organ.level" or (m.kind == "region" and m.note not in ("self", "zone")) for m in found.mentions):
        return None
    issued = {(m.sentence, m.start) for m in found.mentions if m.kind == "document" and "issued" in m.predicates}
    own = (m for m in found.mentions if m.rule == "organ.central" and m.name not in TOP)
    return NATION_PLACE if any((m.sentence, m.start - 1) in issued for m in own) else None


def _of_index(report: Report, found: Found) -> Place | None:
    """The division whose code the page's index number begins with, if the report calls itself by its level."""
    place = place_of_code(report.header.code) if report.header.code else None
    words = _level_words(report, found)
    return place if place is not None and (not words or _at_level(place, words.most_common(1)[0][0])) else None


def _level_words(report: Report, found: Found) -> Counter[str]:
    """The level words by which the report calls itself: 我县, else the 县 of 县委, 县司法局."""
    texts = [s.text for s in report.sentences if s.kind in ("body", "heading", "title")]
    organs = (m.surface for m in found.mentions if m.rule == "organ.level" and m.inside is None)
    own = Counter(m[1] for text in texts for m in SELF_LEVEL.finditer(text))
    return own or Counter(m[1] for m in map(ORGAN_LEVEL.match, organs) if m)


def _by_level(report: Report, found: Found, named: dict[str, int]) -> Place | None:
    """The last resort: of the regions at the level by which the report calls itself (我县, 县委), the one that stands out."""
    words = _level_words(report, found)
    if not words:
        return None
    word = min(words, key=lambda w: (-words[w], w))
    places: list[Place] = []
    for mention in found.mentions:
        if mention.kind == "region" and mention.rule in ("region.full", "region.township", "region.short"):
            place = _one(mention, None, named, report.header.year)
            if place is not None:
                places.append(place)
    for circle in (
        [p for p in places if _at_level(p, word)],
        [a for p in places for a in p.chain() if _at_level(a, word)],
    ):
        votes = Counter(place.key for place in circle)
        if votes:
            (first, most), *rest = votes.most_common()
            return next(p for p in circle if p.key == first) if not rest or most > 2 * rest[0][1] else None
    return None


def _at_level(place: Place, word: str) -> bool:
    if word == "自治区":
        return place.level == "province" and place.name.endswith("自治区")
    return place.name.endswith(word) and not place.name.endswith("自治区")


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
            chain = [mention] if ministry and SELF_TOLD.match(text, mention.end) else _chain(mentions, mention.start)
            if chain:
                return chain
    return []


def _chain(mentions: list[Mention], start: int) -> list[Mention]:
    """The region names that follow each other from `start` on."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.kind == "region" and mention.start == start:
            out.append(mention)
            start = mention.end
    return out


def _of_titles(report: Report, found: Found, named: dict[str, int]) -> Place | None:
    """The one region whose name the titles begin with that the report says were issued."""
    places: dict[str, Place] = {}
    for document in found.mentions:
        if document.kind != "document" or "issued" not in document.predicates:
            continue
        inside = [
            m
            for m in found.mentions
            if m.kind == "region"
            and m.sentence == document.sentence
            and m.inside == document.start
            and m.note != "self"
        ]
        first = next(
            (
                m
                for m in inside
                if re.fullmatch(r"[《〈]?(?:20\d\d年度?)?(?:关于|中共)?", document.surface[: m.start - document.start])
            ),
            None,
        )
        place = _of_group(_chain(inside, first.start), named, report.header.year) if first else None
        if place is not None:
            places[place.key] = place
    return places.popitem()[1] if len(places) == 1 else None


def _named_above(mentions: Iterable[Mention]) -> dict[str, int]:
    """Codes of the divisions that the report names, with how often."""
    out: dict[str, int] = {}
    for mention in mentions:
        if mention.kind == "region" and mention.rule in ("region.full", "region.short"):
            for division in candidates(mention.name, mention.rule.removeprefix("region."), None):
                out[division.code] = out.get(division.code, 0) + 1
    return out


def _of_group(group: list[Mention], named: dict[str, int], year: int | None) -> Place | None:
    """The place of the first chain of region names in the group (江苏省·宿迁市·宿城区)."""
    if any(m.rule == "organ.central" for m in group[:1]):
        return NATION_PLACE
    # 丰泽区人民政府泉秀街道办事处: the chain goes on behind the organ
    organs = {(m.sentence, m.start + len(m.place)): m.end for m in group if m.kind == "agency" and m.place}
    place: Place | None = None
    at = (-1, -1)
    for mention in (m for m in group if m.kind == "region" and m.note != "self"):
        if place is not None and at != (mention.sentence, mention.start):
            break
        resolved = _one(mention, place, named, year)
        if resolved is None:
            if mention.note == "zone":
                return None
            continue
        place = resolved
        at = (mention.sentence, organs.get((mention.sentence, mention.end), mention.end))
    return place


def _one(mention: Mention, behind: Place | None, named: dict[str, int], year: int | None) -> Place | None:
    if mention.note == "zone":
        host = behind or _zone_named_after(mention, named, year) or _zone_host(mention.name, named)
        return zone_of(mention.name, host) if host is not None else None
    if mention.rule in ("region.township", "region.office"):
        return _township(offices().get(mention.name, mention.name), behind, named)
    if mention.note == "community":
        return None
    places = [place_of(d) for d in candidates(mention.name, mention.rule.removeprefix("region."), year)]
    if len(places) > 1 and behind is not None:
        places = [p for p in places if p.within(behind)] or places
    if len(places) > 1:
        above = [p for p in places if any(a.code in named for a in p.chain() if a.key != p.key)]
        nearer = [p for p in above if p.parent is not None and p.parent.code in named]
        places = nearer if len(nearer) == 1 else above or places
    return places[0] if len(places) == 1 else None


def _zone_named_after(mention: Mention, named: dict[str, int], year: int | None) -> Place | None:
    """The county that a zone's name begins with: 阳高经开区 is 阳高县's."""
    found = short_counties().get(mention.place, ()) if mention.rule == "region.zone" else ()
    places = {d.code: place_of(d) for d in found if d.valid(year)}
    near = (
        [p for p in places.values() if any(a.code in named for a in p.chain() if a.key != p.key)]
        if len(places) > 1
        else list(places.values())
    )
    return near[0] if len(near) == 1 else None


def _zone_host(name: str, named: dict[str, int]) -> Place | None:
    """The host of a zone that the title names alone: known beforehand, or the one prefecture that the report names."""
    if code := next((code for area, code in NEW_AREAS.items() if name.endswith(area)), None):
        return place_of_code(code)
    prefectures = [code for code in named if code.endswith("00") and not code.endswith("0000")]
    return place_of_code(prefectures[0]) if len(prefectures) == 1 else None


def _township(name: str, behind: Place | None, named: dict[str, int]) -> Place | None:
    if behind is not None:
        return find_township(name, behind=behind, context=Context(None, None))
    found = townships().get(name, ())
    near = (
        [item for item in found if item[1] in named]
        or [item for item in found if item[1][:4] + "00" in named]
        or [item for item in found if item[1][:2] + "0000" in named]
        or list(found)
    )
    if len(near) != 1:
        return None
    county = place_of_code(near[0][1])
    return settlement_of(name, county, level="township") if county else None
