"""Regions: which place a mention means, by its words, the place before it, and where the report stands."""

from __future__ import annotations

import re

from zhitu.lexicon.places import (
    NEW_TOWNS,
    ORDINARY,
    WEAK,
    by_code,
    counties_below,
    offices,
    short_counties,
    short_named,
    zone_called,
)
from zhitu.model import Mention
from zhitu.resolve.ledger import Ledger
from zhitu.resolve.places import (
    BARE_ZONE,
    Place,
    brief,
    candidates,
    choose,
    find_township,
    in_year,
    new_town,
    place_of,
    place_of_code,
    settlement_of,
    zone_of,
)

# said of zones at large, unless a host stands before them
ZONES_AT_LARGE = ("新区", "开发区", "示范区", "管理区", "产业园区", "工业园区", "保税区", "旅游度假区")
KINDS_OF_TOWNS = ("镇", "乡", "街道")
OF_MANY_COASTS = "滨海新区"  # 天津's, and zones of other cities
NEXT_TOWN = re.compile(r"[、和与及](?P<town>[\u4e00-\u9fff]{1,4}?(?:[镇乡]|街道))")
TOWN_BEFORE = re.compile(r"(?P<town>[\u4e00-\u9fff]{2,3}(?:[镇乡]|街道))[、和与及]$")
LIST_MARKS = ("、", "和", "与", "及")
CLAUSE_HEAD = re.compile(r"[,;。:]|例如|如|其中|指导|推动|支持|督促")


def resolve_regions(ledger: Ledger, mentions: list[Mention]) -> None:
    """Links the mentions of regions, and notes the place of each for the kinds that follow."""
    for mention in mentions:
        place, reason = _place(ledger, mention, place_behind(ledger, mention))
        if place is None:
            if reason:
                ledger.drop(mention, reason)
            continue
        ledger.add_place(place)
        ledger.places[mention.sentence][mention.start] = (mention.end, place)
        ledger.place_named[mention.name] = place
        ledger.link(mention, ledger.entities[place.key])


def clause_region(ledger: Ledger, mention: Mention) -> Place | None:
    """The place below the reporting region that heads the mention's clause: 西夏区打造“…”."""
    places = ledger.places[mention.sentence]
    if not places:
        return None
    text = ledger.text(mention)
    begin = max((m.end() for m in CLAUSE_HEAD.finditer(text[: mention.start])), default=0)
    if begin not in places:
        return None
    end, place = places[begin]
    while end in places and places[end][1].within(place):
        end, place = places[end]  # 敦化市|官地镇
    if ledger.own is None or place.key == ledger.own.key or not place.within(ledger.own):
        return None
    listed = text[end : end + 1] == "、"  # of several places, none is the one
    return None if listed else place


def several(ledger: Ledger, mention: Mention) -> bool:
    """Whether places below the reporting region, more than one, set up what goes by no name of its own: 埠子镇、耿车镇|
    成立综合执法办公室."""
    places, own = ledger.places[mention.sentence], ledger.own
    if mention.verb is None or own is None or "“" in mention.surface or "established" not in mention.predicates:
        return False
    text, at = ledger.text(mention), mention.verb[0]
    ends = {end: (start, place) for start, (end, place) in places.items()}
    listed = False
    while at in ends and ends[at][1].key != own.key and ends[at][1].within(own):
        at = ends[at][0]
        if text[at - 1 : at] in LIST_MARKS:
            at, listed = at - 1, True
    return listed and text[at - 1 : at] != "在"


def place_behind(ledger: Ledger, mention: Mention) -> Place | None:
    """The place whose name ends where this one begins."""
    return next((place for end, place in ledger.places[mention.sentence].values() if end == mention.start), None)


def _place(ledger: Ledger, mention: Mention, behind: Place | None) -> tuple[Place | None, str]:
    """The place, or why there is none; an empty reason means that the words name no place at all."""
    if mention.note == "self":
        return _self(ledger, mention.name), ""
    if mention.note == "alias":
        return ledger.own, ""
    if mention.note == "zone":
        return _zone(ledger, mention, behind)
    if mention.note in ("community", "village"):
        return _settlement(ledger, mention, behind)
    if mention.rule == "region.office":
        return find_township(offices()[mention.name], behind=behind, context=ledger.context), ""
    if mention.rule == "region.township":
        return _township(ledger, mention, behind)
    if mention.rule == "region.beside":
        return _beside(ledger, mention.name, mention.note), ""
    if mention.rule == "region.shared":
        return _sharing(ledger, mention, behind), ""
    if mention.rule == "region.below":
        options = [place_of(d) for d in in_year(counties_below(mention.name, mention.place), ledger.context.year)]
        place, how = choose(options, behind=behind, context=ledger.context)
        return place, "" if place else f"{how} places of that name"
    kind = mention.rule.removeprefix("region.")
    if (
        behind is not None
        and mention.name in WEAK
        and not any(place_of(d).within(behind) for d in candidates(mention.name, kind, ledger.context.year))
    ):
        return None, ""  # 乌海市|矿区生态环境
    own = ledger.own
    if kind == "short" and own is not None and own.level == "township" and own.name.startswith(mention.name):
        return None, ""  # 玉林, in the report of 玉林街道
    options = [place_of(d) for d in candidates(mention.name, kind, ledger.context.year)]
    place, how = choose(options, behind=behind, context=ledger.context)
    if kind == "short" and place is not None and behind is not None and _elsewhere(place, behind):
        return None, "not a place of the province before it"
    if place is not None and ledger.own is not None and _became(place, ledger.own):
        return ledger.own, ""  # 沙县, in the report of 沙县区
    if place is not None and behind is not None and behind.level == "prefecture" and mention.name.endswith("新区"):
        place = place if place.within(behind) else zone_of(mention.name, behind)  # 阳江|滨海新区 is not 天津's
    if place is not None and behind is None and mention.name == OF_MANY_COASTS and own and own.level == "prefecture":
        place = place if place.within(list(own.chain())[-1]) else zone_of(mention.name, own)
    return place, "" if place else f"{how} places of that name"


def _elsewhere(place: Place, behind: Place) -> bool:
    """Whether a prefecture stands behind a province that it is not in: 内蒙古|大兴安岭重点国有林管理局."""
    twin = behind.name.startswith(("香港", "澳门"))  # 香港、深圳 without the mark
    return behind.level == "province" and place.level == "prefecture" and not twin and not place.within(behind)


def _became(place: Place, own: Place) -> bool:
    """Whether the place is what the reporting region was before it was renamed or raised."""
    return place.key != own.key and any(own.code in d.successors for d in by_code().get(place.code or "", ()))


def _self(ledger: Ledger, words: str) -> Place | None:
    """我区, 全区: the reporting region, if the word names its level; of its ancestors such words name nothing."""
    place = ledger.context.level(words[1:])
    return place if place is not None and ledger.own is not None and place.key == ledger.own.key else None


def _settlement(ledger: Ledger, mention: Mention, behind: Place | None) -> tuple[Place | None, str]:
    """A community or village, of the township before it, else of the report's county; villages count in townships only."""
    own = ledger.own
    host = behind if behind is not None and behind.level in ("township", "county") else None
    if mention.note == "village" and host is None and (own is None or own.level != "township"):
        return None, ""
    if host is None and own is not None:
        host = next((p for p in own.chain() if p.level in ("county", "township")), None)
    return (settlement_of(mention.name, host, level="village"), "") if host else (None, "no county to belong to")


def _township(ledger: Ledger, mention: Mention, behind: Place | None) -> tuple[Place | None, str]:
    own, name = ledger.own, mention.name
    place = find_township(name, behind=behind, context=ledger.context)
    if place is None and own is not None and own.level == "township" and own.name == name:
        place = own
    if place is None and behind is not None and behind.level == "county" and not behind.zone:
        place = settlement_of(name, behind, level="township")  # 渭城区|中山街道, which there was
    if place is None and behind is None:
        place = _beside(ledger, name, _next_town(ledger, mention))
    return place, "" if place else "township not of this report's county"


def _next_town(ledger: Ledger, mention: Mention) -> str:
    """The name of a town that stands beside this one in a list; empty if there is none."""
    text = ledger.text(mention)
    after = NEXT_TOWN.match(text, mention.end)
    before = TOWN_BEFORE.search(text, max(0, mention.start - 6), mention.start)
    return next((m["town"] for m in (after, before) if m), "")


def _beside(ledger: Ledger, name: str, beside: str) -> Place | None:
    """A town of the report's own county that no list holds any more: one that it holds stands beside it."""
    known = find_township(beside, behind=None, context=ledger.context) if beside else None
    county = known.parent if known is not None else None
    if county is None or ledger.own is None or not ledger.own.within(county):
        return None
    return settlement_of(name, county, level="township")


def _sharing(ledger: Ledger, mention: Mention, behind: Place | None) -> Place | None:
    """A place named without its last word: in the reporting region or beside it, else with the others of its list below
    the one place that has them all."""
    own, name, year = ledger.own, mention.name, ledger.context.year
    if name.endswith(("镇", "乡", "街道")):
        return find_township(name, behind=behind, context=ledger.context) if own else None
    options = [place_of(d) for d in candidates(name, "full", year)]
    near = [
        p for p in options if own and (p.within(own) or (p.parent and own.parent and p.parent.key == own.parent.key))
    ]
    if len(near) == 1 or "、" not in mention.note:
        return near[0] if len(near) == 1 else None
    listed = [
        {p.parent.key for d in candidates(n, "full", year) if (p := place_of(d)).parent}
        for n in mention.note.split("、")
    ]
    together = set.intersection(*listed)
    beside = [p for p in options if p.parent and p.parent.key in together]
    return beside[0] if len(together) == len(beside) == 1 else None


def _zone(ledger: Ledger, mention: Mention, behind: Place | None) -> tuple[Place | None, str]:
    """A functional zone: the report's own, else that of its host."""
    name = mention.name
    own = next((p for p in ledger.own.chain() if p.zone), None) if ledger.own else None
    if name in NEW_TOWNS:
        town = new_town(name, behind, ledger.own)
        return town, "" if town else "zone without host"
    if behind is None and name.startswith("自贸") and name.endswith("片区") and ledger.own is not None:
        behind = list(ledger.own.chain())[-1]  # 自贸区武汉片区: of the province
    if behind is None and name.startswith("自由贸易"):  # 中国(江苏)自由贸易试验区南京片区
        behind = next((place_of(d) for d in short_named().get(mention.place, ()) if d.level == "province"), None)
    # 对标成都高新区, in a report of another zone, does not mean that one
    if own is not None and (behind is None or own.within(behind)) and _calls(own, name, placed=behind is not None):
        return own, ""
    if known := zone_called(name):
        host = place_of_code(known.host)
        if behind is not None and not (host and (host.within(behind) or behind.within(host))):
            host = behind  # of the same name, elsewhere
    elif not BARE_ZONE.match(name):
        host = _host(ledger, mention, behind)
    elif behind is not None and behind.level in ("prefecture", "county"):
        host = behind
    elif name in ZONES_AT_LARGE:
        return None, ""
    elif name in ("高新区", "经开区") and ledger.own is not None and ledger.own.level == "prefecture":
        host = ledger.own  # 高新区, in its city's report
    else:
        host = None
    return (zone_of(name, host), "") if host is not None else (None, "zone without host")


def _calls(own: Place, name: str, *, placed: bool) -> bool:
    """Whether the name is the own zone's: one of its names, or the end of it where nothing else can be meant."""
    if name in (own.name, own.organ_name, *own.names):
        return True
    bare = BARE_ZONE.match(name) is not None
    return (own.name.endswith(name) and (placed or bare)) or (bare and any(n.endswith(name) for n in own.names))


def _host(ledger: Ledger, mention: Mention, behind: Place | None) -> Place | None:
    """Whose zone it is: of the place before it, of the county in its name, or as known beforehand."""
    if behind is not None and behind.level in ("province", "prefecture", "county"):
        return behind
    if mention.place:
        options = [place_of(d) for d in in_year(short_counties().get(mention.place, ()), ledger.context.year)]
        host, _ = choose(options, behind=None, context=ledger.context)
        own = ledger.own
        if not options and own is not None and brief(own) == mention.place:
            return own  # 昌吉|高新技术产业开发区, in the report of the prefecture
        if not options:  # 腾鳌经济开发区, in the report of 腾鳌镇's county
            towns = [
                find_township(mention.place + kind, behind=None, context=ledger.context) for kind in KINDS_OF_TOWNS
            ]
            hosts = {town.parent.key: town.parent for town in towns if town is not None and town.parent is not None}
            return next(iter(hosts.values())) if len(hosts) == 1 else None
        far = host is not None and own is not None and list(host.chain())[-1].key != list(own.chain())[-1].key
        if far and mention.place in ORDINARY:
            return None  # 桥东工业园区, in a report of another province than any 桥东区's
        if far and mention.name.endswith(
            "新区"
        ):  # 湖滨新区 is not 湖滨区's of another province: any shore may have one
            return own if own is not None and own.level == "prefecture" else None
        return host
    return None
