"""Which place names mean whose report it is, before anything else of the report is known: 江苏省·宿迁市·宿城区."""

from __future__ import annotations

from collections.abc import Iterable

from zhitu.lexicon.places import NEW_TOWNS, offices, short_counties, townships, townships_before, zone_called
from zhitu.model import Mention
from zhitu.resolve.places import (
    NATION_PLACE,
    Context,
    Place,
    candidates,
    find_township,
    new_town,
    place_of,
    place_of_code,
    settlement_of,
    zone_of,
)


def named_above(mentions: Iterable[Mention]) -> dict[str, int]:
    """Codes of the divisions that the report names, with how often."""
    out: dict[str, int] = {}
    for mention in mentions:
        if mention.kind == "region" and mention.rule in ("region.full", "region.short"):
            for division in candidates(mention.name, mention.rule.removeprefix("region."), None):
                out[division.code] = out.get(division.code, 0) + 1
    return out


def of_group(group: list[Mention], named: dict[str, int], year: int | None) -> Place | None:
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
        resolved = of_mention(mention, place, named, year)
        if resolved is None:
            if mention.note == "zone":
                return None
            continue
        place = resolved
        at = (mention.sentence, organs.get((mention.sentence, mention.end), mention.end))
    return place


def chain(mentions: list[Mention], start: int) -> list[Mention]:
    """The region names that follow each other from `start` on."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.kind == "region" and mention.start == start:
            out.append(mention)
            start = mention.end
    return out


def of_mention(mention: Mention, behind: Place | None, named: dict[str, int], year: int | None) -> Place | None:
    if mention.name in NEW_TOWNS and (town := new_town(mention.name, behind)) is not None:
        return town
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
    if known := zone_called(name):
        return place_of_code(known.host)
    prefectures = [code for code in named if code.endswith("00") and not code.endswith("0000")]
    return place_of_code(prefectures[0]) if len(prefectures) == 1 else None


def _township(name: str, behind: Place | None, named: dict[str, int]) -> Place | None:
    if behind is not None:
        return find_township(name, behind=behind, context=Context(None, None))
    found = townships().get(name) or townships_before().get(name, ())
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
