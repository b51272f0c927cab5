"""Names of organs in full official form, with the other forms under which they go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.organs import by_name, central_organs
from zhitu.model import Entity, Kind
from zhitu.resolve.places import NATION_PLACE, Place


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of organ is written out: {R} is its region's name."""

    pattern: re.Pattern[str]
    name: str
    others: tuple[str, ...] = ()


def _form(pattern: str, name: str, *others: str) -> Form:
    return Form(re.compile(pattern), name, others)


FORMS = (
    _form(r"委", "中共{R}委员会", "{R}委", "中共{R}委"),
    _form(r"党委", "中共{R}委员会", "{R}党委"),
    _form(r"委(?:办公室|办)", "中共{R}委员会办公室", "{R}委办公室", "{R}委办", "中共{R}委办公室"),
    _form(r"委办公厅", "中共{R}委员会办公厅", "{R}委办公厅", "中共{R}委办公厅", "{R}委办"),
    _form(r"委常委会", "中共{R}委员会常务委员会", "{R}委常委会", "中共{R}委常委会"),
    _form(r"委(政法委)(?:员会)?", "中共{R}委政法委员会", "{R}委政法委", "{R}政法委"),
    _form(r"委(组织部|宣传部|统战部|党校|编办|巡察办|网信办|社会工作部|农办|改革办|深改办|老干部局|督查室|统一战线工作部|国安办|财经办)", "中共{R}委{1}", "{R}委{1}", "中共{R}委员会{1}"),
    _form(r"党委(办公厅|办公室|督查室|组织部|宣传部|统战部|政法委员会|政法委|网信办|编办|巡视办|政策研究室|农办|改革办)", "{R}党委{1}", "中共{R}委{1}", "{R}委{1}", "中共{R}委员会{1}"),
    _form(r"行署|行政公署", "{R}行政公署", "{R}行署"),
    _form(r"(?:行署|行政公署)(办公室|办)", "{R}行政公署办公室", "{R}行署办公室", "{R}行署办"),
    _form(r"(?:人民)?政府", "{R}人民政府", "{R}政府"),
    _form(r"(?:人民)?政府(?:办公室|办)", "{R}人民政府办公室", "{R}政府办公室", "{R}政府办"),
    _form(r"(?:人民)?政府办公厅", "{R}人民政府办公厅", "{R}政府办公厅", "{R}政府办"),
    _form(r"(?:(?:人民)?政府|行署|行政公署)?(?:法制办公室|法制办)", "{R}人民政府法制办公室", "{R}政府法制办", "{R}政府法制办公室", "{R}法制办", "{R}人民政府法制办"),
    _form(r"(?:(?:人民)?政府|行署|行政公署)?法制局", "{R}人民政府法制局", "{R}政府法制局", "{R}法制局"),
    _form(r"(?:人民)?政府(?:行政复议办公室|行政复议办)", "{R}人民政府行政复议办公室", "{R}政府行政复议办公室", "{R}政府行政复议办"),
    _form(r"(?:人民)?政府(研究室|督查室|金融办|外事办)", "{R}人民政府{1}", "{R}政府{1}"),
    _form(r"人大|人民代表大会", "{R}人民代表大会", "{R}人大"),
    _form(r"(?:人大常委会|人民代表大会常务委员会)", "{R}人民代表大会常务委员会", "{R}人大常委会"),
    _form(r"人大常委会办公室", "{R}人大常委会办公室", "{R}人民代表大会常务委员会办公室"),
    _form(r"人大常委会(?:法工委|法制工委|法制工作委员会)", "{R}人大常委会法制工作委员会", "{R}人大常委会法工委", "{R}人大常委会法制工委", "{R}人民代表大会常务委员会法制工作委员会"),
    _form(r"政协", "政协{R}委员会", "{R}政协", "中国人民政治协商会议{R}委员会"),
    _form(r"检察院|人民检察院", "{R}人民检察院", "{R}检察院"),
    _form(r"(.+[局厅委会办])党组", "中共{R}{1}党组", "{R}{1}党组"),
    _form(r"(.+[局厅委会办])党委", "中共{R}{1}委员会", "中共{R}{1}党委", "{R}{1}党委"),
    _form(r"纪委监委|纪委监察委", "{R}纪委监委", "中共{R}纪律检查委员会", "{R}纪委", "{R}纪委监察委"),
    _form(r"纪委|纪律检查委员会", "中共{R}纪律检查委员会", "{R}纪委", "{R}纪律检查委员会", "中共{R}纪委"),
    _form(r"监委|监察委|监察委员会", "{R}监察委员会", "{R}监委", "{R}监察委"),
    _form(r"管委会|管委|(?:开发建设)?管理委员会", "{R}管理委员会", "{R}管委会"),
    _form(r"(?:管委会|管委|管理委员会)办公室", "{R}管理委员会办公室", "{R}管委会办公室"),
    _form(r"党工委|工委|工作委员会", "中共{R}工作委员会", "{R}党工委", "{R}工作委员会", "中共{R}党工委"),
    _form(r"(?:党工委|工委)(?:办公室|办)", "中共{R}工作委员会办公室", "{R}党工委办公室", "{R}党工委办"),
    _form(r"(?:街道)?办事处", "{R}办事处", "{R}街办"),
    _form(r"(?:(?:党工委|党委|工委|委)?(?:全面)?依法治(师市|特区|.)(?:委员会|委))", "中共{R}委全面依法治{1}委员会", "{R}委全面依法治{1}委员会", "{R}全面依法治{1}委员会", "{R}委依法治{1}委员会", "中共{R}委员会全面依法治{1}委员会", "全面依法治{1}委员会"),
    _form(r"(?:(?:党工委|党委|工委|委)?(?:全面)?依法治(师市|特区|.)(?:委员会)?(?:办公室|办))", "中共{R}委全面依法治{1}委员会办公室", "{R}委全面依法治{1}委员会办公室", "{R}委依法治{1}办", "{R}委依法治{1}办公室", "{R}依法治{1}办", "{R}全面依法治{1}委员会办公室", "{R}委全面依法治{1}办"),
)  # fmt: skip
COURTS = {"province": "高级人民法院", "prefecture": "中级人民法院"}
COURT = re.compile(r"(?:中级|高级)?(?:人民)?法院|中院|高院")
FIELD = re.compile(
    r"(?:海关|海事局|海警局|边检站|铁路运输(?:中级)?(?:人民)?法院|海事法院|知识产权法院|金融法院|互联网法院)(?:[\u4e00-\u9fff]{2,8})?"
)  # of the centre: 深圳海关 goes without 市
# bodies with a name of their own that belong to no local government
NATIONAL = re.compile(
    r"国际[\u4e00-\u9fff]*(?:联合会|联盟|协会|学会|组织|商会)$|粤港澳|大湾区|京津冀|长三角|金砖国家|海峡两岸|国家(?!级)|中国|全国|中央|央行|中科院|世界"
)
OWN_NAME = re.compile(
    r"(?:大学|学院|律师事务所|公司|集团|交易所)|^(?:清华|北大|北航|北理工|哈工大|浙大|南科大|深大|港大|港科大|中科院|复旦|上交大|武大|华科)"
)
OF_TRADE = re.compile(  # 医疗健康集团, 教育集团: called by its trade alone, it is the region's
    r"(?:(?:医疗|健康|卫生|教育|人才|城市|建设|投资|发展|文化|旅游|水务|环境|环保|交通|产业|国有|资产|运营|控股|公共|资源|城投|交投|国投|文旅|城建|农业|金融|服务|物业)+)"
    r"集团(?:有限(?:责任)?公司)?"
)
KIND = re.compile(r"(?:省|市|区|县|旗)$")
GOVERNMENT = re.compile(r"(?<!人民)(?<!法治)(?<!数字)(?<!服务型)政府")
GOVERNING = re.compile(
    r"中共.*委员会$|政协.*委员会$|(?:人民政府|行政公署(?:办公室)?|(?<!城市)(?<!监督)管理委员会|工作委员会|人民政府办公室|街道办事处|人民政府办公厅|人民代表大会|人民代表大会常务委员会)$"
)


def governs(name: str) -> bool:
    """Whether it is an organ that governs, or its office: all others are departments."""
    return bool(GOVERNING.search(name))


def agency(place: Place, written: str, *, kind: Kind = "agency") -> Entity:
    """The entity of an organ of `place`, whose name is `written` without the place."""
    region = place.organ_name or place.name
    if written in ("街道办", "街道办事处") and region.endswith("街道"):
        written = "办事处"  # 项里街道|街道办
    name, others, core = _full(place, region, written)
    above = place.parent.organ_name if place.parent is not None and place.parent.code != NATION_PLACE.code else ""
    if above and not place.zone:
        others = (
            *others,
            *(form for form in (_with(above, name, region), *(_with(above, o, region) for o in others[:2])) if form),
        )
    shorter = _shorter(place)  # 湘西州司法局
    others = (*others, *(form.replace(region, n, 1) for n in shorter for form in (name, *others[:2])))
    if place.zone:
        others = (
            *others,
            *(form.replace(region, called, 1) for called in place.organ_names for form in (name, *others[:2])),
        )
    return Entity(
        key=f"{kind}:{place.slug}-{squash(core)}", kind=kind, name=name, names=tuple(sorted(set(others) - {name})), region=place.key
    )  # fmt: skip


def _shorter(place: Place) -> tuple[str, ...]:
    """湘西州 for 湘西土家族苗族自治州."""
    region = place.organ_name or place.name
    if "自治" not in region:
        return ()
    return tuple(n for n in place.names if n[-1] == region[-1] and region not in n and len(n) < len(region))


def _with(above: str, name: str, region: str) -> str:
    return name.replace(region, above + region, 1) if region in name and above not in name else ""


def _full(place: Place, region: str, written: str) -> tuple[str, tuple[str, ...], str]:
    """Preferred name, other names, and the name that makes the key."""
    if COURT.fullmatch(written):
        name = (
            region + COURTS.get(place.level or "", "人民法院")
            if (place.code and not place.code.endswith("0000")) or place.level == "province"
            else region + "人民法院"
        )
        return name, (region + "法院", region + "人民法院", region + written), name
    bureau, party = written[:-2], written[-2:]
    if party in ("党组", "党委") and (known := by_name().get(bureau)):
        written = known.name + party  # 食药监局党组 and 食品药品监督管理局党组 are one
    if forms := _forms(written):
        if region.endswith(("地区", "盟")):  # they have no people's government
            forms = tuple(form.replace("人民政府", "行政公署").replace("政府", "行署") for form in forms)
        name, *others = (form.replace("{R}", region) for form in forms)
        return name, (*others, region + written), name
    if FIELD.fullmatch(written):
        brief = region[:-1] if region.endswith("市") and len(region) > 2 else region
        return brief + written, (region + written,), brief + written
    organ = by_name().get(written)
    if organ is None:
        return region + written, (), region + written
    core = _behind(region, organ.name)
    if written.startswith(("省直", "市直", "区直", "县直", "州直")):
        return region + written.removeprefix(region[-1]), (core,), core  # 兴宁市|市直机关工委
    return region + written, (core, *(_behind(region, alias) for alias in organ.aliases)), core


def _behind(region: str, name: str) -> str:
    """项里街道 and 街道办事处 are 项里街道办事处."""
    return region + (name.removeprefix("街道") if region.endswith("街道") else name)


@lru_cache(maxsize=65536)
def _forms(written: str) -> tuple[str, ...]:
    """The forms of an organ that grammar knows, the full one first, with {R} for its region."""
    for form in FORMS:
        if match := form.pattern.fullmatch(written):
            group = match[1] if match.lastindex else ""
            return tuple(text.replace("{1}", group) for text in (form.name, *form.others))
    return ()


def field_office(place: Place, name: str) -> Entity:
    """A central organ's office in a place, under its own name: 国家金融监督管理总局吉林监管局."""
    return Entity(key=f"agency:{place.slug}-{squash(name)}", kind="agency", name=name, names=(), region=place.key)


def local_office(place: Place, written: str, *, seat: str) -> Entity:
    """An office that a county has in each township, under the name of its seat: 普淜司法所."""
    name = seat + written
    known = by_name().get(written)
    core = place.name + (known.name if known else written) if place.level == "township" else name
    names = {core, place.name + written} if place.level == "township" else {place.name + name}
    return Entity(
        key=f"agency:{place.slug}-{squash(core)}", kind="agency", name=name, names=tuple(sorted(names - {name})), region=place.key
    )  # fmt: skip


@cache
def central(name: str) -> Entity:
    """A central organ by its register name."""
    organ = next((o for o in central_organs() if o.name == name), None)
    kind: Kind = organ.kind if organ else "agency"
    return Entity(
        key=f"{kind}:CN-{squash(name)}", kind=kind, name=name, names=tuple(sorted(set(organ.aliases) - {name})) if organ else (), region=NATION_PLACE.key
    )  # fmt: skip


LEAGUE = "共青团委"  # under whatever name it is met


def body(place: Place | None, written: str, *, kind: Kind, placed: str = "") -> Entity:
    """Any other named organisation; its region's name goes before it where it has none. `placed` is that name as the
    report has it: 香港名医诊疗中心 is not called after 香港特别行政区."""
    if place is None:
        return Entity(key=f"{kind}:{squash(written)}", kind=kind, name=written, names=())
    region = place.organ_name or place.name
    if written == LEAGUE:
        league = (
            f"共青团{region}委员会",
            f"{region}共青团委",
            f"{region}团委",
            f"团{place.name[-1]}委",
            f"中国共产主义青年团{region}委员会",
        )
        name = f"共青团{region}委"
        return Entity(
            key=f"{kind}:{place.slug}-{LEAGUE}", kind=kind, name=name, names=tuple(sorted(league)), region=place.key
        )
    brief = KIND.sub("", region) if len(region) > 2 else region
    above = (p for p in place.chain() if p.level in ("province", "prefecture", "county"))
    briefs = {brief, place.name, *(KIND.sub("", p.name) for p in above if len(p.name) > 2)}
    holds = any(len(b) >= 2 and b in written for b in briefs)
    name = written if holds else (placed or region) + written
    core = GOVERNMENT.sub("人民政府", squash(name))
    names = (
        {written, region + written, brief + written, name.replace("人民政府", "政府")}
        | {name.replace(region, shorter, 1) for shorter in _shorter(place)}
        if not holds
        else {name.replace("人民政府", "政府"), region + written.removeprefix(region)}
    )
    return Entity(
        key=f"{kind}:{place.slug}-{core}", kind=kind, name=name, names=tuple(sorted(names - {name})), region=place.key
    )  # fmt: skip
