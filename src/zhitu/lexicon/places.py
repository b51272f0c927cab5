"""The gazetteer: divisions of 2008–2025 with the years in which they were valid, and townships."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from zhitu.lexicon.matcher import Matcher
from zhitu.lexicon.tsv import rows, values

PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|塔吉克族|怒族|乌孜别克族|俄罗斯族|鄂温克族|"
    "德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族|蒙古|哈萨克|柯尔克孜|回|壮|维吾尔"
)
AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{PEOPLES})*(?:自治区|自治州|自治县|自治旗)$")
SUFFIX = re.compile(r"(?:特别行政区|地区|林区|新区|省|市|盟|区|县|旗)$")
# Short names of provinces and prefectures that are ordinary words, people's or other places' names as well.
WORDS = frozenset(
    "东方 朝阳 大同 太平 安康 永安 和平 长治 吉安 海东 海西 海北 山南 中山 黄山 玉树 阿里 昌都 平凉 白山 白城 新城 松原 通化 保山 文山 红河 昌吉 普洱 中卫 "
    "兴安 怒江 黄南 果洛 甘南 临夏 来宾".split()
)
# Full names that are ordinary words: they count only behind their parent's name.
WEAK = frozenset(
    "城区 郊区 矿区 新区 东区 西区 市中区 新市区 沙市区 海南区 东方市 桥西区 桥东区 中区 南区 北区 山区 老城区 新城区 开发区 特区 城中区 城东区 城西区 城北区".split()
)

# Names of `short_counties` that are ordinary words as well: even behind their province's name they need a mark behind
# them (广西资源、龙胜, but not 广西资源|开发).
ORDINARY = frozenset(
    "资源 合作 南部 解放 前进 港口 公安 友好 通道 城中 平安 中方 安定 延长 光明 新兴 运河 四方 万年 东风 南岸 城北 会同 工农 大名 富裕 清水 "
    "前锋 复兴 长子 清新 宏伟 平定 芙蓉 洞口 石门 振兴 三元 大方 互助 莲花 名山 六合 全州 桃源 三门 大观 台前 丰满 永新 双桥 保康 高台 二道 "
    "民权 小店 同心 平房 太白 灯塔 大兴 天涯 海棠 回民 江岸 安居 黑水 鼓楼 湖里 海盐 麒麟 新民 高密 新野 富民 老城 爱民 新华 友谊 城关 桥东 "
    "桥西 长安 南山 东山 西山 青山 龙山 海港".split()
)

RAISED = {"镇": ("乡",), "街道": ("镇", "乡")}
# zones of their own within 西咸新区
NEW_TOWNS = frozenset("沣东新城 沣西新城 秦汉新城 空港新城 泾河新城".split())


# what everybody calls divisions whose full names are long: general knowledge
ABBREVIATED = {
    "巴州": "652800", "克州": "653000", "博州": "652700", "版纳州": "532800", "锡盟": "152500", "阿盟": "152900", "东乌旗": "152525", "西乌旗": "152526",
    "达茂旗": "150223", "克旗": "150425", "察右前旗": "150926", "察右中旗": "150927", "察右后旗": "150928", "科左中旗": "150521", "科左后旗": "150522",
    "科右前旗": "152221", "科右中旗": "152222", "喀左县": "211324", "阜蒙县": "210921", "前郭县": "220721", "杜蒙县": "230624", "莫旗": "150722",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Division:
    """One division over the years in which it bore one name, code and parent. `until` is exclusive."""

    code: str
    name: str
    level: str
    kind: str
    parent: str
    since: int
    until: int
    successors: tuple[str, ...]

    def valid(self, year: int | None) -> bool:
        """Whether it stood in `year`; a change is approved up to a year before it takes effect."""
        return year is None or self.since - 1 <= year <= self.until


@cache
def divisions() -> tuple[Division, ...]:
    return tuple(
        Division(
            r["code"], r["name"], r["level"], r["kind"], r["parent_code"],
            int(r["valid_from"] or 0), int(r["valid_to"] or 9999), values(r["successors"].replace(";", "|")),
        )
        for r in rows("regions")
    )  # fmt: skip


@cache
def by_code() -> dict[str, tuple[Division, ...]]:
    """Divisions of a code, latest first."""
    out: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        out[division.code].append(division)
    return {code: tuple(sorted(found, key=lambda d: (-d.until, -d.since))) for code, found in out.items()}


@cache
def townships() -> dict[str, tuple[tuple[str, str], ...]]:
    """Township name → (nine-digit code, county code)s."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("townships"):
        out[row["name"]].append((row["code9"], row["county_code"]))
    return {name: tuple(found) for name, found in out.items()}


@cache
def townships_before() -> dict[str, tuple[tuple[str, str], ...]]:
    """Towns and sub-districts of today by what they were called before: 碧玉镇 as 碧玉乡, 临城街道 as 临城镇."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, found in townships().items():
        for kind, before in RAISED.items():
            if name.endswith(kind) and len(name) >= len(kind) + 2:
                for earlier in before:
                    out[name.removesuffix(kind) + earlier].extend(found)
    return {name: tuple(found) for name, found in out.items()}


@cache
def _stems() -> dict[str, frozenset[str]]:
    """The names of towns without 镇, 乡, 街道, by the code of their county and by the first four digits of it."""
    out: dict[str, set[str]] = defaultdict(set)
    for name, found in townships().items():
        kind = next((kind for kind in ("街道", "镇", "乡") if name.endswith(kind)), "")
        if kind and len(stem := name.removesuffix(kind)) >= 2:
            for _, county in found:
                out[county].add(stem)
                out[county[:4]].add(stem)
    return {code: frozenset(stems) for code, stems in out.items()}


@lru_cache(maxsize=4096)
def brief_of(place: str) -> str:
    """The short name of the one prefecture or county of that name; empty where there are more, or none."""
    briefs = {short(d) for d in named().get(place, ()) if d.level != "province"}
    return briefs.pop() if len(briefs) == 1 else ""


@lru_cache(maxsize=4096)
def town_stems(place: str) -> frozenset[str]:
    """The towns of the county or prefecture of that name, without their last word: 海城市 has 腾鳌."""
    codes = [d.code[:4] if d.level == "prefecture" else d.code for d in named().get(place, ()) if d.level != "province"]
    return frozenset().union(*(_stems().get(code, frozenset()) for code in codes))


@dataclass(frozen=True, slots=True)
class Zone:
    """A functional zone with a name of its own, and the code of the division that it belongs to."""

    name: str
    host: str


@cache
def zones() -> dict[str, Zone]:
    """Zones by their names and other names: 洋浦经济开发区, 洋浦经开区."""
    out: dict[str, Zone] = {}
    for row in rows("zones"):
        zone = Zone(row["name"], row["host"])
        out |= dict.fromkeys((zone.name, *values(row["aliases"])), zone)
    return out


def zone_called(name: str) -> Zone | None:
    """The zone that a name, with or without its city before it, ends in: 青岛西海岸新区."""
    return next((zones()[name[at:]] for at in range(len(name) - 2) if name[at:] in zones()), None)


@cache
def short_counties() -> dict[str, tuple[Division, ...]]:
    """Counties without 县, 市, 区: 阳高, 蓟州. They name a place only in front of what surely belongs to one."""
    out: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        name = short(division)
        if division.level == "county" and len(name) >= 2 and name != division.name and name not in WORDS:
            out[name].append(division)
    return {name: tuple(found) for name, found in out.items()}


def is_province(name: str) -> bool:
    return any(d.level == "province" for d in named().get(name, ()))


@cache
def parts_of(place: str) -> dict[str, str]:
    """The counties of a prefecture, or the prefectures of a province, by their names without 县, 市, 区: 长洲 → 长洲区."""
    digits = {"prefecture": 4, "province": 2}
    inside = {"prefecture": "county", "province": "prefecture"}
    above = [d for d in named().get(place, ()) if d.level in inside]
    prefixes = {(d.code[: digits[d.level]], inside[d.level]) for d in above}
    found = [d for d in divisions() if any(d.code.startswith(code) and d.level == level for code, level in prefixes)]
    return {short(d): d.name for d in sorted(found, key=lambda d: d.until)}


@lru_cache(maxsize=65536)
def counties_below(county: str, above: str) -> tuple[Division, ...]:
    """The counties that the short name can mean in a province or prefecture, by its full or short name: 诸暨, 浙江."""
    uppers = [d for d in (*named().get(above, ()), *short_named().get(above, ())) if d.level != "county"]
    prefixes = tuple({d.code[:2] if d.level == "province" else d.code[:4] for d in uppers})
    return tuple(d for d in short_counties().get(county, ()) if d.code.startswith(prefixes)) if prefixes else ()


@cache
def offices() -> dict[str, str]:
    """Sub-districts by their offices: 渭阳办, 渭阳街办 → 渭阳街道."""
    stems = {name.removesuffix("街道"): name for name in townships() if name.endswith("街道") and len(name) >= 4}
    return {stem + tail: name for stem, name in stems.items() for tail in ("街办", "办事处", "办", "街")}


@cache
def named() -> dict[str, tuple[Division, ...]]:
    """Divisions by every name that stands for them: the full one, 延边州 for an autonomous prefecture, 融水县."""
    out: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        for name in full_names(division):
            out[name].append(division)
    for name, code in ABBREVIATED.items():
        out[name].extend(by_code()[code])
    return {name: tuple(found) for name, found in out.items()}


@cache
def short_named() -> dict[str, tuple[Division, ...]]:
    """Provinces and prefectures by their names without 省, 市 …, where those are no ordinary words."""
    out: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        name = short(division)
        if division.level in ("province", "prefecture") and len(name) >= 2 and name not in WORDS:
            out[name].append(division)
    # 吉林 alone is the province
    return {name: tuple(d for d in found if d.level == min(found, key=_rank).level) for name, found in out.items()}


def _rank(division: Division) -> int:
    return ("province", "prefecture", "county").index(division.level)


def full_names(division: Division) -> tuple[str, ...]:
    autonomous = AUTONOMOUS.match(division.name)
    if not autonomous:
        return (division.name,)
    tail = {"province": "", "prefecture": "州", "county": "旗" if division.name.endswith("旗") else "县"}[
        division.level
    ]
    return (division.name, autonomous[1] + tail) if tail and len(autonomous[1]) >= 2 else (division.name,)


def short(division: Division) -> str:
    """宿城 for 宿城区, 内蒙古 for 内蒙古自治区; names of two characters keep their suffix (和县)."""
    autonomous = AUTONOMOUS.match(division.name)
    if autonomous:
        return autonomous[1]
    name = SUFFIX.sub("", division.name)
    return name if len(name) >= 2 else division.name


@cache
def matcher() -> Matcher[str]:
    """Every place name; the value says which list it is from: full, short, township, zone or office (of a sub-district)."""
    entries = [(name, "full") for name in named()]
    entries += [(name, "short") for name in short_named()]
    entries += [(name, "township") for name in (*townships(), *townships_before())]
    entries += [(name, "office") for name in offices()]
    entries += [(name, "zone") for name in zones()]
    return Matcher(entries)
