"""Which place a name means, in this report and its year; and the report's own chain of places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.places import (
    Division,
    by_code,
    full_names,
    named,
    short,
    short_named,
    townships,
    townships_before,
    zone_called,
    zones,
)
from zhitu.model import NATION, Entity

ZONE_KINDS = {
    "高新技术产业开发区": "高新区", "高新技术开发区": "高新区", "经济技术开发区": "经开区", "经济开发区": "经开区",
    "自由贸易试验区": "自贸区", "自贸试验区": "自贸区", "综合保税区": "综保区",
}  # fmt: skip
BARE_ZONE = re.compile(
    r"^(?:高新区|经开区|新区|开发区|保税区|综保区|自贸区|自由贸易港|旅游度假区|工业园区|产业园区|示范区|管理区)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A region with its ancestors. `organ_name` is what its organs' names begin with: 宿城区, 聊城高新区."""

    key: str
    name: str
    level: str | None
    code: str | None
    parent: Place | None
    zone: bool = False
    names: tuple[str, ...] = ()
    organ_name: str = ""

    @property
    def slug(self) -> str:
        return self.key.partition(":")[2]

    def chain(self) -> Iterator[Place]:
        """The place itself, then its ancestors, nearest first; without the nation."""
        place: Place | None = self
        while place is not None and place.code != NATION:
            yield place
            place = place.parent

    @property
    def full_name(self) -> str:
        return "".join(place.name for place in reversed(list(self.chain())))

    @property
    def organ_names(self) -> tuple[str, ...]:
        """What the names of a zone's organs begin with besides `organ_name`: 经开区, 荆州经济技术开发区."""
        host = self.parent.name if self.parent is not None else ""
        brief = self.organ_name.removesuffix(self.name)
        longer = (name for name in self.names if brief and name.startswith(brief) and not name.startswith(host))
        return tuple(sorted({self.name, *longer} - {self.organ_name}))

    def within(self, other: Place) -> bool:
        return any(place.key == other.key for place in self.chain())

    def entity(self) -> Entity:
        """The record for the graph."""
        return Entity(
            key=self.key, kind="region", name=self.organ_name or self.name, names=self.names, region=self.parent.key if self.parent else None,
            code=self.code, level=self.level, full_name=self.full_name or self.name, zone=self.zone,
        )  # fmt: skip


NATION_PLACE = Place(
    f"region:{NATION}", "中国", None, NATION, None, names=("全国", "中华人民共和国"), organ_name="中国"
)


def place_of(division: Division) -> Place:
    """The place of a division; its name is the latest that its code bore."""
    return _place_of_code(division.code, _name_if_reused(division))


def _name_if_reused(division: Division) -> str:
    """A code that passed on to a different place needs the name to tell the two apart."""
    latest = by_code()[division.code][0]
    moved = division.successors and division.code not in division.successors
    return division.name if moved and latest.name != division.name else ""


@cache
def _place_of_code(code: str, reused: str = "") -> Place:
    versions = by_code()[code]
    division = next((d for d in versions if d.name == reused), versions[0])
    parent = _place_of_code(division.parent) if division.parent and division.parent in by_code() else NATION_PLACE
    key = f"region:{code}" + (f"-{squash(reused)}" if reused else "")
    names = {d.name for d in versions} if not reused else {reused}
    brief = short(division)
    above = parent.name if parent.code != NATION else ""
    names |= {above + division.name, *full_names(division)} | ({brief} if len(brief) >= 2 else set())
    return Place(
        key,
        division.name,
        division.level,
        code,
        parent,
        names=tuple(sorted(names - {division.name, ""})),
        organ_name=division.name,
    )


def brief(place: Place) -> str:
    """Its name of today without the last word (宿城); empty where it has no code, or one character only is left."""
    return _brief(place.code) if place.code else ""


@cache
def _brief(code: str) -> str:
    name = short(by_code()[code][0])
    return name if len(name) >= 2 else ""


def place_of_code(code: str) -> Place | None:
    return _place_of_code(code) if code in by_code() else None


FREE_TRADE = re.compile("自由贸易试验区|自贸试验区")  # … and its parts: 江苏自贸试验区|南京片区


def zone_of(name: str, host: Place) -> Place:
    """A functional zone: 高新区 of 聊城市 is 聊城高新区; one that the lexicon knows goes by the name that it has there."""
    written, known = name, zone_called(name)
    if known is not None and known.host == host.code:
        name = known.name
    kind = next((full for full in ZONE_KINDS if name.endswith(full)), "")
    brief_name = name.removesuffix(kind) + ZONE_KINDS[kind] if kind else FREE_TRADE.sub("自贸区", name)
    host_brief = host.name[:-1] if host.name[-1] in "市省" and len(host.name) > 2 else host.name
    free_trade = FREE_TRADE.search(name)
    if free_trade and host.level == "province":
        host_brief = brief(host)  # 广西自贸试验区
    organ = brief_name if brief_name.startswith(host_brief) else host_brief + brief_name
    proper = brief_name.removeprefix(host_brief) or brief_name
    names = {
        brief_name,
        name,
        written,
        host.name + brief_name,
        host_brief + brief_name,
        host_brief + name,
        host.full_name + name,
    }
    if free_trade:
        part = name.removeprefix(host_brief)
        names |= {
            host_brief + FREE_TRADE.sub("自贸试验区", part),
            f"中国({host_brief}){FREE_TRADE.sub('自由贸易试验区', part)}",
        }
    return Place(
        f"region:{host.slug}-{squash(proper)}",
        proper,
        "county",
        None,
        host,
        zone=True,
        names=tuple(sorted(names - {organ})),
        organ_name=organ,
    )


def new_town(name: str, *near: Place | None) -> Place | None:
    """秦汉新城: a zone within the zone 西咸新区, whatever city stands before it; 空港新城, which other cities have too, only
    where 西咸新区 is one of the places that are near, or holds one."""
    around = (place.name for start in near if start is not None for place in start.chain())
    province = place_of_code(zones()["西咸新区"].host)
    if province is None or (name == "空港新城" and "西咸新区" not in around):
        return None
    return zone_of(name, zone_of("西咸新区", province))


def settlement_of(name: str, parent: Place, *, level: str) -> Place:
    """A township, or a village or community: it has no code of its own, and is known by its county's."""
    return Place(
        f"region:{parent.slug}-{squash(name)}", name, level, None, parent, names=(parent.name + name,), organ_name=name
    )


@dataclass(frozen=True, slots=True)
class Context:
    """Where the report stands: its own region, its year, and every place that level words can mean in it."""

    region: Place | None
    year: int | None
    meant: dict[str, Place | None] = field(default_factory=dict, compare=False, repr=False)  # by level word, so far

    def level(self, word: str) -> Place | None:
        """The place that 市, 区, 县 … stand for in this report."""
        if word not in self.meant:
            self.meant[word] = self._level(word)
        return self.meant[word]

    def _level(self, word: str) -> Place | None:
        if self.region is None:
            return None
        if self.region.code == NATION:
            return NATION_PLACE if word in ("国家", "全国") else None
        chain = list(self.region.chain())
        province = chain[-1]
        by_name = {
            p.name[-1]: p for p in reversed(chain) if p.level in ("province", "prefecture", "county") and not p.zone
        }
        if word in ("自治州", "自治县", "自治旗"):
            return next((p for p in chain if p.name.endswith(word)), None)
        if word == "自治区":
            return province if province.name.endswith("自治区") else None
        if word == "区":
            if self.region.zone:
                return self.region
            district = next((p for p in chain if p.level == "county" and p.name.endswith("区")), None)
            if district or chain[0].level in ("county", "township", "village"):
                return district or next((p for p in chain if p.zone), None)
            return province if province.name.endswith("自治区") else None
        if word in ("新区", "园区", "度假区", "新片区", "高新区", "经开区", "开发区"):
            return next((p for p in chain if p.zone or p.name.endswith(word)), None)
        if word == "县":
            return next((p for p in chain if p.level == "county" and p.name.endswith("县")), None)
        if word in ("镇", "乡", "街道", "街"):
            return next((p for p in chain if p.level == "township" and p.name.endswith(("街道", "镇", "乡"))), None)
        if word in ("地区", "林区", "特区", "地"):  # 地委
            return next((p for p in chain if p.name.endswith("地区" if word == "地" else word)), None)
        if word in ("省", "市", "州", "盟", "旗"):
            return self._lowest(chain, word) or by_name.get(word)
        if word == "师市":  # a division of the 兵团 and its city
            return self._lowest(chain, "市")
        return None

    @staticmethod
    def _lowest(chain: list[Place], word: str) -> Place | None:
        return next(
            (
                p
                for p in chain
                if p.name.endswith("自治州" if word == "州" else word) and not p.zone and p.level != "village"
            ),
            None,
        )


@lru_cache(maxsize=65536)
def candidates(name: str, kind: str, year: int | None) -> tuple[Division, ...]:
    """Divisions that the name can mean in the year; all that ever bore it, if none did then."""
    return in_year((named() if kind == "full" else short_named()).get(name, ()), year)


def in_year(found: tuple[Division, ...], year: int | None) -> tuple[Division, ...]:
    """Those of the divisions that there were in the year; all, if none was."""
    valid = [d for d in found if d.valid(year)]
    if year is not None and len(valid) > 1:  # the same place before and after a change: what it was in that year
        valid = [d for d in valid if d.since <= year] or valid
        changes = [(d, s) for d in valid for s in valid if s is not d and s.code in d.successors]
        gone = [before if year >= after.since else after for before, after in changes]
        valid = [d for d in valid if d not in gone]
    unique: dict[str, Division] = {}
    for division in valid or found:
        unique.setdefault(division.code, division)
    return tuple(unique.values())


def choose(places: list[Place], *, behind: Place | None, context: Context) -> tuple[Place | None, str]:
    """The one place that remains, and how, or none: behind its parent's name, in the report's own chain, or near it."""
    if len(places) == 1:
        return places[0], "only"
    if behind is not None:
        inside = [p for p in places if p.within(behind) and p.key != behind.key]
        if len(inside) == 1:
            return inside[0], "parent"
    if context.region is not None:
        for circle in context.region.chain():
            near = [p for p in places if p.within(circle)]
            own = [p for p in near if p.key == circle.key] or [
                p for p in near if p.parent and p.parent.key == circle.key
            ]
            if len(own or near) == 1:
                return (own or near)[0], "near"
            if near:
                return None, "several"
    return None, "several" if places else "unknown"


OF_MANY_TOWNS = re.compile("城[关郊厢区东西南北中]|[东西南北中老新]城")  # names that many counties use, or used


def find_township(name: str, *, behind: Place | None, context: Context, earlier: bool = True) -> Place | None:
    """The township of that name under the place before it, or in the report's county, prefecture or zone; in the report
    of a province, in all of it; by an `earlier` name where none of today's bears it."""
    found = townships().get(name, ())
    before = townships_before().get(name, ()) if earlier else ()
    of_many = OF_MANY_TOWNS.match(name)
    circles: list[Place] = [behind] if behind is not None else []
    if context.region is not None:
        circles += [
            p
            for p in context.region.chain()
            if p.level in ("county", "prefecture")
            or (
                p.level == "province"
                and ((p.key == context.region.key and not of_many) or (p.code or "")[:2] in ("11", "12", "31", "50"))
            )
        ]
    for circle in circles:
        code = next((p.code for p in circle.chain() if p.code or not p.zone), None)
        if not code or code == NATION:
            continue
        prefix = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        inside = [(c9, county) for c9, county in found if county.startswith(prefix)]
        inside = inside or [(c9, county) for c9, county in before if county.startswith(prefix)]
        if len(inside) == 1:
            county = place_of_code(inside[0][1])
            parent = context.region if context.region is not None and context.region.zone else county
            if parent is not county and behind is not None and behind.zone:
                parent = behind  # 秦汉新城|窑店街道, in the report of 西咸新区
            return settlement_of(name, parent, level="township") if parent else None
        if inside:
            return None
    return None
