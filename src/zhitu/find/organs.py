"""Organs and organisations of a sentence: those behind a place or level word (`find.placed`), then names of the lexicon
without one, short forms, bodies that no list holds, and what belongs to an organ.

`Mention.place` is the place or level word (宿城区, 区, 省; empty for a bare name), `name` what follows it as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhitu.find.bodies import (
    CLASS_BEFORE,
    CLASS_NAME,
    HAN,
    LEVEL_WORD,
    MANY_FOUND,
    NOT_BODY_AFTER,
    edge_verb,
    is_han,
)
from zhitu.find.placed import (
    DEPARTMENT,
    GOVERN,
    JOINS,
    LOCAL_OFFICE,
    NOT_AFTER_BARE,
    NOT_AFTER_OFFICE,
    NOT_IN_NAME,
    NTH_SCHOOL,
    OPENS,
    SESSION,
    PlacedReader,
)
from zhitu.lexicon.bodies import BodyWord
from zhitu.lexicon.organs import Organ
from zhitu.lexicon.places import short_counties, townships
from zhitu.lexicon.verbs import Verb
from zhitu.lexicon.words import is_boundary
from zhitu.model import Kind, Mention, Sentence

BARE = re.compile(
    r"(?:党工委|工委管委办公室|工委办公室|管委办公室|管委会|管委(?!会)|人大(?:工委|(?!附[中小属]))|政协(?:工委)?)(?!代表|委员|提案|建议|议案|主任|机关)"
)
GENERIC = re.compile(
    r"^(?:招商局|人民银行|政府|人民政府|法院|人民法院|检察院|人民检察院|党委|委|办事处|街道办事处|人大常委会|纪委|工委|办公室|委员会办公室|领导小组办公室|公安局|分局|党组|监委|人民代表大会)$"
)
# 市局, 省厅: in a department's report the department above it
UPPER = re.compile(
    r"(?P<level>省|市|州|县|区)(?P<kind>局|厅)(?=[《的和与、,。]|印发|部署|要求|安排|关于|统一|党组|制定|下发|组织|开展)"
)
# 公安蜀山分局 is 市公安局蜀山分局
INVERTED = re.compile(
    r"(?P<field>公安|自然资源|规划和自然资源|生态环境|市场监管|市场监督管理|工商|质监|国税|地税|国土资源|国土|规划|环保)(?P<seat>[\u4e00-\u9fff]{2,3})分局"
)
# offices that a county has many of: without the name of a place they are a class
NO_SEAT = re.compile(
    r"知识产权|金融|破产|环境|互联网|少年|家事|枫桥|模范|示范|优秀|先进|新时代|规范|公安|星级|^全|[两二三四五六七八九十]个$|^(?:苏木|乡镇|镇街|街道|基层|试点|标杆|[两二三四五六七八九十]个)$|等$"
)
COUNTED_SEATS = re.compile(
    r"(?P<seats>[\u4e00-\u9fff]{2,8}(?:[、和][\u4e00-\u9fff]{2,5})+?)等?(?:\d{1,2}|[两二三四五六七八九十])个$"
)
# what every place has: without a place or level word it is no name
OF_ANY_PLACE = re.compile(
    r"""
      # hospitals
      人民医院 | 中医医院 | 中医院 | 中心医院 | 卫生院 | 妇幼保健院
      # culture
    | 博物馆 | 文化馆 | 图书馆 | 档案馆 | 体育馆 | 美术馆 | 科技馆 | 少年宫 | 青少年宫 | 大剧院 | 新华书店
      # care
    | 养老院 | 敬老院 | 福利院 | 养老服务中心
      # schools
    | 实验学校 | 实验中学 | 实验小学 | 实验幼儿园 | 机关幼儿园 | 中心幼儿园
    | 特殊教育学校 | 职业中专 | 技工学校 | 老年大学
      # woods and banks
    | 国有林场 | 林场 | 农商银行 | 农商行 | 农村商业银行
    """,
    re.VERBOSE,
)
LEAGUE_SHORT = re.compile(r"团(?P<level>[省市区县州旗盟])委(?![托员派])")  # 团市委
# organs under a name of their own: of parks, basins, reclamation areas, and customs that no place is named for
OWN_NAMED = re.compile(
    r"""
      # national parks: 三江源国家公园管理局
      (?:三江源|神农架|祁连山|武夷山|东北虎豹|大熊猫|海南热带雨林|钱江源|普达措|南山|香格里拉|长城|黄河口|辽河口|若尔盖|羌塘|珠穆朗玛峰)
        国家公园(?:[\u4e00-\u9fff]{2,3})?管理局
      # reclamation areas: 牡丹江垦区人民法院
    | (?:(?![和与及由对向在]|联合|会同)[\u4e00-\u9fff]){2,5}垦区(?:人民法院|法院|人民检察院|检察院|公安局|司法局)
      # basins: any at the head of a clause, but for 太湖, and those that are known: 黄河流域管理局
    | (?:(?<=[、,。;:])|^)(?:(?![和与及由对向在按]|联合|会同|落实)[\u4e00-\u9fff]){1,3}(?<!太)[河江湖]流域(?:水资源)?管理局
    | (?:赤水河|石羊河|黑河|疏勒河|讨赖河|塔里木河|额尔齐斯河|玛纳斯河|艾比湖|渭河|汾河|辽河|大凌河|抚河|松花江|嫩江
        |北江|东江|西江|韩江|潭江|鉴江|淮河|海河|珠江|长江|黄河|小清河|大汶河|青海湖|滇池|洱海|巢湖|鄱阳湖|洞庭湖)
        流域(?:水资源)?管理局
      # reserves, scenic areas, forest parks, irrigation districts, at the head of a clause
    | (?:(?<=[、,。;:])|^)(?:(?![和与及由对向在按的]|联合|会同|落实|市|县|区|省|各|组建|成立|设立)[\u4e00-\u9fff]){2,8}?
        (?:自然保护区|风景名胜区|风景区|湿地公园|森林公园|地质公园|灌区|水库|水利枢纽|旅游度假区|重点国有林)
        (?:管理局|管理处|管理站|管理中心|保护中心)(?![长的])
      # customs
    | (?:(?<=[、,。;和与及])|^)[\u4e00-\u9fff]{2,3}海关(?=[、,和与]|联合|会同)
    """,
    re.VERBOSE,
)
DEPARTMENTS = ("局", "厅", "委", "委员会", "办")
REFORMED = re.compile(r"(?:深化|推进|推动|加快|实施|启动|开展|深入)(?:[^,。;、]{0,4}、)?$")
REFORMS = re.compile(r"(?:[、和][^,。;、]{2,10}|[\u4e00-\u9fff]{0,8})*?等?[^,。;、]{0,6}(?:改革|转隶|改制)")
NARROWED = re.compile(
    r"(?:组建|成立|设立|新设|增设)了?(?!综合|专门|统一|联合|专业|整合|农业|文化|交通|市场|生态)[\u4e00-\u9fff]{2,4}$"
)
# in a list of organs: two or three characters that are no verb
UNKNOWN_BEFORE = re.compile(
    r"(?<=[局委院、])、(?!(?:联合|会同|以及|原|市|区|县|省|州|镇|该|各|本|和|与|及|由|让|配合|协助|协同|协调|组织|指导|督促|推动))[\u4e00-\u9fff]{2,3}$"
)
COMMITTEES = ("管理委员会", "委员会")
OF_SAME_LEVEL = re.compile(r"(?:同级|上级|本级)(?:党委|政府)[、和]$")  # 向同级党委、人大报告: a class
FIELD = re.compile("立法|执法|司法|守法普法|普法|守法")
GROUPS = re.compile(
    rf"(?P<fields>(?:{FIELD.pattern})(?:[、和及与](?:{FIELD.pattern}))+)等?(?:[两三四234]个)?(?:专门|专项|专业)?协调小组"
)
ORDINAL = re.compile(r"(?P<level>[省市区县州]?)(?P<nth>第[一二三四五六七八九十]+)$")
# what a sentence must hold for organs to be in it that neither place nor lexicon lead to
# (several patterns, because each begins with a set of characters that the regex engine looks for quickly)
TRIGGER = re.compile(
    f"{LEVEL_WORD.pattern}(?=“|{SESSION.pattern}|{DEPARTMENT.pattern}|(?x:{GOVERN.pattern}))", re.VERBOSE
)
STANDING = re.compile("及其(?P<name>常委会|常务委员会)")
OWN_NAMED_GATE = re.compile("国家公园|垦区|流域|海关|[区园林库纽]管理[局处站中]|保护中心")
# the Party's group in a department, and in the one that reports: 县水利局党组, 局党组
PARTY = re.compile("(?:党组|党委)(?!书记|副书记|成员|委员|政府)")
OWN_PARTY = re.compile(rf"[局厅委部](?:(?<=[\n,。;、由在经对和与].)|(?<=^.)){PARTY.pattern}")
# its units: 局水政监察支队, of the bureau that reports
OWN_UNIT = re.compile(r"局(?:(?<=[\n,。;、由].)|(?<=^.))(?!长)[\u4e00-\u9fff]{2,10}?(?:支队|大队|总队|执法队)(?!伍|长)")
OWN_BEFORE = re.compile(r"(?:^|[,。;、由在])[局厅]$")
SHORT_FORMS = (
    BARE,
    UPPER,
    INVERTED,
    LEAGUE_SHORT,
    OWN_NAMED_GATE,
    OWN_PARTY,
    OWN_UNIT,
    NTH_SCHOOL,
)  # few sentences hold any of them


def find_organs(
    sentence: Sentence,
    places: list[Mention],
    hits: Iterable[tuple[int, int, tuple[Organ, ...]]],
    *,
    central: Iterable[tuple[int, int, tuple[Organ, ...]]],
    short: bool,
    verbs: Iterable[tuple[int, int, tuple[Verb, ...]]] = (),
    bodies: Iterable[tuple[int, int, tuple[BodyWord, ...]]] = (),
) -> list[Mention]:
    """Every organ and organisation named in the sentence; `hits` and `central` are the lexicon's, `short` says whether
    it holds any of `SHORT_FORMS`."""
    reader = _Reader(
        sentence,
        places,
        {start: (end, organs) for start, end, organs in hits},
        verbs,
    )
    if short:
        reader.read_own_named()
    reader.read_central(central)
    reader.read_placed()
    reader.read_bare()
    if short:
        reader.read_short()
    reader.read_bodies(bodies)
    reader.read_groups()
    if "党组" in sentence.text or "党委" in sentence.text:
        reader.read_party()
    if "人大及其常" in sentence.text:
        reader.read_standing()
    return sorted(reader.out, key=lambda m: (m.start, -m.end)) if len(reader.out) > 1 else reader.out


class _Reader(PlacedReader):
    """Reads the organs of one sentence, then its other bodies."""

    def read_groups(self) -> None:
        """执法、司法和守法普法3个协调小组: the groups of a committee, which share their last word."""
        for match in GROUPS.finditer(self.text) if "协调小组" in self.text else ():
            at = match.start()
            for field in FIELD.finditer(self.text, at, match.end("fields")):
                self.add(
                    *field.span(), kind="institution", rule="organ.shared", name=field.group() + "协调小组", note="body"
                )

    def read_bare(self) -> None:
        for start, (end, organs) in sorted(self.hits.items()):
            own = organs[0].kind == "institution" and OWN_BEFORE.search(self.text, max(0, start - 2), start)
            if own and self.free(start - 1, end):  # 厅政务服务中心, in the report of a 厅
                name = self.text[start - 1 : end]
                self.add(start - 1, end, kind="institution", rule="organ.body", name=name, note="body")
            elif not self._seats(start, end) and self._names_one(start, end):
                self._bare(start, end, organs[0].kind)

    def read_own_named(self) -> None:
        """三江源国家公园管理局: before its parts are taken for places and organs."""
        for match in OWN_NAMED.finditer(self.text):
            self.add(*match.span(), kind="agency", rule="organ.field", name=match.group(), note="body")

    def read_standing(self) -> None:
        """区人大|及其常委会: the congress, and the committee that stands for it."""
        for m in list(self.out):
            if m.name == "人大" and (standing := STANDING.match(self.text, m.end)):
                start, end = standing.span("name")
                self.add(start, end, kind="agency", rule=m.rule, name="人大常委会", place=m.place, note=m.note)

    def read_party(self) -> None:
        """The Party's groups in departments, beside the departments themselves."""
        for m in list(self.out):
            if m.kind == "agency" and m.name.endswith(DEPARTMENTS) and m.name != "委" and PARTY.match(self.text, m.end):
                name = m.name + self.text[m.end : m.end + 2]
                self.add(m.start, m.end + 2, kind="agency", rule="organ.party", name=name, place=m.place, note=m.note)
        for match in OWN_PARTY.finditer(self.text):
            if self.free(*match.span()):
                self.add(*match.span(), kind="agency", rule="organ.party", name=match.group(), note="own")

    def read_short(self) -> None:
        """公安蜀山分局, 市局, 管委会, 团市委: forms that no lexicon holds."""
        for match in INVERTED.finditer(self.text):
            if match["seat"] in short_counties() and self.free(*match.span()):
                name = f"{match['field']}局{match['seat']}分局"
                self.add(*match.span(), kind="agency", rule="organ.inverted", name=name, place="市", note="level")
        for match in UPPER.finditer(self.text):
            if self.free(*match.span()) and self._opens(match.start()):
                kind, level = match["kind"], match["level"]
                self.add(*match.span(), kind="agency", rule="organ.upper", name=kind, place=level, note="upper")
        for match in OWN_UNIT.finditer(self.text):
            if self.free(*match.span()) and not NOT_IN_NAME.search(match.group()):
                self.add(*match.span(), kind="agency", rule="organ.unit", name=match.group(), note="own")
        for match in NTH_SCHOOL.finditer(self.text):
            if (county := self._short_county(match.start())) and self.free(match.start() - len(county), match.end()):
                start, end = match.start() - len(county), match.end()
                self.add(start, end, kind="institution", rule="organ.body", name=self.text[start:end], note="body")
        for match in BARE.finditer(self.text):
            self._governing(*match.span())
        for match in LEAGUE_SHORT.finditer(self.text):
            if self.free(*match.span()) and self._parted(match.start()):
                self.add(
                    *match.span(),
                    kind="institution",
                    rule="organ.level",
                    name="共青团委",
                    place=match["level"],
                    note="level",
                )

    def _names_one(self, start: int, end: int) -> bool:
        """Whether a name of the lexicon that stands without a place is the whole name of one organ here."""
        name, before = self.text[start:end], self.text[max(0, start - 6) : start]
        if not self.free(start, end) or GENERIC.match(name) or NOT_AFTER_BARE.match(self.text, end):
            return False
        if len(name) < 3 and not LOCAL_OFFICE.search(name):
            return False
        if CLASS_BEFORE.search(before) or MANY_FOUND.search(self.text, max(0, start - 24), start):
            return False
        if name.endswith("局") and self._of_part(start):
            return False  # 市林业局沾河|森林公安局
        if REFORMED.search(before) and REFORMS.match(self.text, end):
            return False  # 深化供销社、集体林权等改革
        if name.endswith("队") and NARROWED.search(self.text, max(0, start - 8), start):
            return False  # 组建旅游|综合执法大队
        if before.endswith(("局", "厅", "兵团")) and self.free(start - 1, start):
            return False  # 六盘山林业局|森林公安分局: of an organ that nobody has read
        if name in COMMITTEES and is_han(before[-1:]) and before[-1] not in OPENS:
            return False  # …评估机制|管理委员会: the name reaches further back
        if not self._parted(start) or self._goes_back(start, name):
            return False
        unknown = name.endswith("局") and UNKNOWN_BEFORE.search(self.text, max(0, start - 6), start)
        if unknown and not self._short_county(start):
            return False  # 东疆|海事局: of a place that nobody knows
        if name.endswith("部"):
            return not is_han(self.text[end : end + 1]) or is_boundary(self.text, end)
        return not (name.endswith("办") and NOT_AFTER_OFFICE.match(self.text, end))

    def _of_part(self, start: int) -> bool:
        """Whether two or three characters that are no verb stand between an organ and what begins at `start`."""
        ends = [m.end for m in self.out if m.kind == "agency" and 2 <= start - m.end <= 3]
        between = self.text[max(ends) : start] if ends else ""
        return bool(between) and all(map(is_han, between)) and not edge_verb(between) and not JOINS.search(between)

    def _bare(self, start: int, end: int, kind: Kind) -> None:
        """An organ without a place, or with what stands in a place's stead: an ordinal, a county's short name."""
        name = self.text[start:end]
        if kind == "institution":
            if not (NOT_BODY_AFTER.match(self.text, end) or OF_ANY_PLACE.fullmatch(name)):
                self._body(start, end, known=True)
        elif LOCAL_OFFICE.search(name):
            self._local_office(start, end)
        elif nth := ORDINAL.search(self.text, max(0, start - 6), start):  # 市第五看守所
            at, level = start - len(nth["nth"]), nth["level"]
            if level:
                name = self.text[at:end]
                self.add(at - 1, end, kind="agency", rule="organ.level", name=name, place=level, note="level")
        elif county := self._short_county(start):
            at = start - len(county)
            self._coordinated(
                self.add(at, end, kind="agency", rule="organ.short", name=name, place=county, note="short")
            )
        else:
            self._coordinated(self.add(start, end, kind="agency", rule="organ.bare", name=name, note="bare"))

    def _governing(self, start: int, end: int) -> None:
        """管委会, 党工委, 人大, 政协 alone; 党工委 with what goes on behind it."""
        longer, kind = self._match(start, bare=True)
        if longer > end and self.text[start:end] in ("党工委", "管委会"):
            self.out = [m for m in self.out if not (start <= m.start and m.end <= longer)]
            self.add(start, longer, kind=kind, rule="organ.bare", name=self.text[start:longer], note="bare")
            return
        before = self.text[max(0, start - 6) : start]
        of_many = CLASS_BEFORE.search(before) or OF_SAME_LEVEL.search(before)
        if self.free(start, end) and self._parted(start) and not of_many:
            self.add(start, end, kind="agency", rule="organ.bare", name=self.text[start:end], note="bare")

    def _seats(self, start: int, end: int) -> bool:
        """石羊、六苴两个|司法所: offices named together by their townships; the first name may have words before it."""
        name = self.text[start:end]
        counted = COUNTED_SEATS.search(self.text, 0, start) if self.text[start - 1 : start] == "个" else None
        if counted is None or not LOCAL_OFFICE.search(name):
            return False
        at = counted.start("seats")
        found: list[tuple[int, int, str]] = []
        for piece in re.split("[、和]", counted["seats"]):
            stems = (piece[i:] for i in ((0,) if found else range(len(piece) - 1)))
            seat = next((s for s in stems if any(s + kind in townships() for kind in ("", "镇", "乡", "街道"))), "")
            if not seat:
                return False
            found.append((at + len(piece) - len(seat), at + len(piece), seat))
            at += len(piece) + 1
        for a, b, seat in found:
            self.add(a, b, kind="agency", rule="organ.seat", name=name, place=seat, note="seat")
        return True

    def _short_county(self, end: int) -> str:
        """天宁公安分局: the county's name without 区 that ends before the organ."""
        for length in (3, 2):
            at = end - length
            stem = self.text[max(0, at) : end]
            if (
                at >= 0
                and stem in short_counties()
                and edge_verb(stem) != stem
                and (self.text[at - 1 : at] in OPENS or is_boundary(self.text, at))
            ):
                return stem
        return ""

    def _local_office(self, start: int, end: int) -> None:
        """普淜司法所: the name before it is that of a township, shortened; 该所 and 各派出所 are nobody's name."""
        if self.text[end : end + 1] in ("”", "+", "进"):
            return  # “板凳法庭”: called so, and no court
        if self.text.endswith("模拟", 0, start):
            return  # 天山小学模拟法庭 is a classroom
        left = self._left_edge(start, joining=False)
        seat = re.sub(r"^[该本各]", "", self.text[left:start])
        if not seat or NO_SEAT.search(seat):
            self.add(start, end, kind="agency", rule="organ.bare", name=self.text[start:end], note="local")
        elif len(seat) <= 7 and re.fullmatch(f"[{HAN}]+", seat) and not CLASS_NAME.match(seat):
            self.add(
                start - len(seat),
                end,
                kind="agency",
                rule="organ.seat",
                name=self.text[start:end],
                place=seat,
                note="seat",
            )
