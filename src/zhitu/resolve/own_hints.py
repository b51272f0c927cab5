"""Whose report it is, by what it only lets be known: titles that it issues, an index number, levels, a motto."""

from __future__ import annotations

import re
from collections import Counter

from zhitu.lexicon.places import offices, short_counties, townships
from zhitu.model import Found, Mention, Report
from zhitu.resolve.own_names import chain, of_group, of_mention
from zhitu.resolve.places import NATION_PLACE, Place, brief, place_of, place_of_code, settlement_of

TOP = ("中共中央", "国务院", "全国人民代表大会", "全国人民代表大会常务委员会")  # whom everybody begins with
SELF_LEVEL = re.compile(r"(?:我|本)(自治区|省|市|区|县|州|盟|旗|镇|乡|街道)(?![级域面])")
ORGAN_LEVEL = re.compile(r"(自治区|省|市|区|县|州|盟|旗|镇|乡|街道)")
MOTTO = re.compile(r"(?:法治|平安|数字|清廉|幸福)([\u4e00-\u9fff]{2,3}?)(?=建设|[、,。])")


def spoken_of(place: Place, report: Report, found: Found) -> Place | None:
    """A township in the opening words may be an instance only: where all organs are the county's, so is the report."""
    words = level_words(report, found)
    if place.level != "township" or not words or any(word in words for word in ("镇", "乡", "街道", "街")):
        return place
    word = words.most_common(1)[0][0]
    return next((p for p in place.chain() if _at_level(p, word)), place)


def of_titles(report: Report, found: Found, named: dict[str, int]) -> Place | None:
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
        place = of_group(chain(inside, first.start), named, report.header.year) if first else None
        if place is not None:
            places[place.key] = place
    return places.popitem()[1] if len(places) == 1 else None


def of_index(report: Report, words: Counter[str]) -> Place | None:
    """The division whose code the page's index number begins with, if the report calls itself by its level."""
    place = place_of_code(report.header.code) if report.header.code else None
    return place if place is not None and (not words or _at_level(place, words.most_common(1)[0][0])) else None


def of_told_county(report: Report, mentions: list[Mention]) -> Place | None:
    """凤凰山街道, of which there are several: that of the one county which the report calls by its short name (法治云和),
    else the page around it."""
    for mention in mentions:
        if mention.rule not in ("region.township", "region.office"):
            continue
        name = offices().get(mention.name, mention.name)
        counties = {code for _, code in townships().get(name, ())}
        places = [county for code in sorted(counties) if (county := place_of_code(code)) is not None]
        for text in ("".join(s.text for s in report.sentences), report.source.text):
            rest = text.replace(mention.name, "")
            told = [county for county in places if (word := brief(county)) and word in rest]
            if len(told) == 1:
                return settlement_of(name, told[0], level="township")
    return None


def of_level(report: Report, found: Found, named: dict[str, int], words: Counter[str]) -> Place | None:
    """The last resort: of the regions at the level by which the report calls itself (我县, 县委), the one that stands out."""
    if not words:
        return None
    word = min(words, key=lambda w: (-words[w], w))
    places: list[Place] = []
    for mention in found.mentions:
        if mention.kind == "region" and mention.rule in ("region.full", "region.township", "region.short"):
            place = of_mention(mention, None, named, report.header.year)
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


def of_motto(report: Report, words: Counter[str]) -> Place | None:
    """法治武乡建设: the one county of that short name, if the report calls itself by its level."""
    named = {name for s in report.sentences for name in MOTTO.findall(s.text)} & short_counties().keys()
    year = report.header.year
    places = {d.code: place_of(d) for name in named for d in short_counties()[name] if d.valid(year)}
    at_level = [p for p in places.values() if words and _at_level(p, words.most_common(1)[0][0])]
    return at_level[0] if len(at_level) == 1 else None


def of_ministry(found: Found) -> Place | None:
    """The nation, where a central organ's name begins a title that is issued and no other place or level is named."""
    if any(m.rule == "organ.level" or (m.kind == "region" and m.note not in ("self", "zone")) for m in found.mentions):
        return None
    issued = {(m.sentence, m.start) for m in found.mentions if m.kind == "document" and "issued" in m.predicates}
    own = (m for m in found.mentions if m.rule == "organ.central" and m.name not in TOP)
    return NATION_PLACE if any((m.sentence, m.start - 1) in issued for m in own) else None


def level_words(report: Report, found: Found) -> Counter[str]:
    """The level words by which the report calls itself: 我县, else the 县 of 县委, 县司法局."""
    texts = [s.text for s in report.sentences if s.kind in ("body", "heading", "title")]
    organs = (m.surface for m in found.mentions if m.rule == "organ.level" and m.inside is None)
    own = Counter(m[1] for text in texts for m in SELF_LEVEL.finditer(text))
    return own or Counter(m[1] for m in map(ORGAN_LEVEL.match, organs) if m)


def _at_level(place: Place, word: str) -> bool:
    if word == "自治区":
        return place.level == "province" and place.name.endswith("自治区")
    return place.name.endswith(word) and not place.name.endswith("自治区")
