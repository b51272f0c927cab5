"""Organs behind a place or level word: 宿城区司法局, 区政府办公室, and what follows them in the same breath; and central organs.

`Mention.place` is the place or level word, `name` what follows it as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhitu.find.bodies import (
    LEVEL,
    LEVEL_WORD,
    BodyReader,
    is_han,
)
from zhitu.lexicon.matcher import squash
from zhitu.lexicon.organs import Organ, by_name
from zhitu.lexicon.programs import by_spelling
from zhitu.lexicon.verbs import Verb
from zhitu.lexicon.words import is_boundary
from zhitu.model import Kind, Mention, Sentence

# Characters behind which a level word begins a new word (由区司法局, 向市政府, 和县委).
OPENS = frozenset("含由向对和与及经并在受以被请为是将给同据按照合获报送原我本让于从而且了至到把跟凭随")
CLOSES = frozenset(
    "作各全两城社地辖园景灾矿牧林郊小特禁片校厂库港湾每该邻跨省市区县乡"
)  # behind these it is part of another word
# What may follow a place or level word. Longest first within each line; lookaheads keep titles of persons and papers out.
GOVERN = re.compile(
    r"""
      # 区委全面依法治区委员会(办公室)
      (?:党委|党工委|工委|委)?(?:全面)?依法治(?:师市|特区|[省市区县州盟旗地镇乡街道]{1,2})
        (?:工作)?(?:委员会)?(?:办公室|办|委(?!员))?
      # what belongs to 省委, 市委: 委第三巡察组, 委宣传部
    | 委第[一二三四五六七八九十]{1,3}(?:巡视|巡察|督导)组
    | 委(?: 办公室 | 办公厅 | 办(?![理法公事]) | 组织部 | 宣传部 | 统战部 | 政法委员会 | 政法委 | 社会工作部 | 社工部 | 编办 | 编委办
        | 巡察办 | 巡察机构办公室 | 党校 | 网信办 | 国安办 | 农办 | 财经办 | 改革办 | 深改办 | 老干部局 | 督查室 | 机要局 | 常委会
        | 统一战线工作部)
    | 委(?![托员派屈任内外会婉])(?!书记)
      # governments and their offices
    | 人民政府(?:办公室|办公厅|办(?![理法公事]))?
        (?:法制办公室|法制办(?![公理])|法制局|行政复议办公室|行政复议办|研究室|督查室|金融办|外事办)?
    | (?:人民)?政府(?:口岸|侨务|信息化|纠风|金融|外事|外事侨务|台湾事务|新闻|应急|应急管理|电子政务|政务公开|政务服务|机关事务管理|地方志|防震减灾|依法行政|行政审批改革)办(?:公室)?(?![理法公事])
    | (?:人民)?政府驻[\u4e00-\u9fff]{2,4}(?:办事处|联络处)
    | 中队(?![长员伍])
    | 政府(?!采购|服务规定|性|投资|购买|信息公开|信息工作|网站|质量奖|债务)(?:办公室|办公厅|办(?![理法公事]))?
        (?:法制办公室|法制办(?![公理])|法制局|行政复议办公室|行政复议办|研究室|督查室|金融办|外事办)?
      # congresses: 人大常委会法工委
    | 人大常委会
        (?:办公室|(?!成立|设立|组建|组织|牵头|召开|听取|审议|批准)[\u4e00-\u9fff]{1,7}(?:工委|工作委员会))?
    | 人大(?:工委|工作委员会) | 人大[\u4e00-\u9fff]{2,6}委(?:员会)?(?![员托会]) | 人大主席团
    | 人大(?!代表|建议|议案|机关|附) | 人民代表大会(?:常务委员会)?
      # political consultative conferences
    | 政协(?:工委|工作委员会) | 政协(?!委员|提案)(?:办公室|常委会)?
      # courts and procuratorates
    | 第[一二三四五]中级人民法院 | 铁路运输(?:中级)?(?:人民)?法院 | 海事法院 | 知识产权法院 | 金融法院 | 互联网法院
    | 中级人民法院 | 高级人民法院 | 人民法院 | 中级法院 | 高级法院 | 中院 | 高院 | 法院(?!系统)
    | 人民检察院 | 检察院 | (?:人民)?检察分院
      # discipline and supervision: 纪委监委驻市财政局纪检监察组
    | (?:纪委监委|纪委)(?:派)?驻[\u4e00-\u9fff]{2,14}?[局委厅办院](?:机关)?纪检(?:监察)?组
    | 纪工委监察工委 | 纪检监察工委 | 纪工委 | 监察工委 | 纪委监委 | 纪委监察委 | 纪委(?!书记) | 监委 | 监察委员会 | 监察委 | 纪律检查委员会
      # zones and the Party in them
    | 开发建设管理委员会
    | 党工委(?:办公室|办(?![理法公事])|组织部|宣传部|统战部|政法委员会|政法委|巡察办)?
    | 管委(?!会|办) | 管委会(?:办公室)? | 工委管委办公室 | 管理委员会(?:办公室)? | 工委(?:办公室|办)?
      # 党委 as in 自治区党委
    | 党委(?: 办公厅 | 办公室 | 办(?![理法公事]) | 督查室 | 组织部 | 宣传部 | 统战部 | 政法委员会 | 政法委 | 网信办 | 编办 | 巡视办
        | 政策研究室 | 农办 | 改革办)?
      # offices of prefectures and streets, and an office that issues: 办公室关于
    | (?:行署|行政公署)(?:办公室|办(?![理法公事]))?(?:法制办公室|法制办(?![公理])|法制局)? | 办事处 | 办公室(?=《|关于|印发)
    """,
    re.VERBOSE,
)
# A department that no list knows: 市推进办, 区工商和质监局. No verb, mark or particle stands inside a name.
DEPARTMENT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:自然保护区管理局|风景名胜区管理局)|[\u4e00-\u9fff]{2,15}?(?:分局|(?<![大开格布结新棋全变危破僵当邮残时])局|(?<![大乐星客餐展])厅|办公室|支队|大队|总队|执法队))(?![长面限势域部促级署伍员])"
)
NOT_IN_NAME = re.compile(
    r"""
      # several places or one more: 两省, 和市
      ^[两二三四五六七八九十](?:[省市区县州]|[省市县]区|市州) | ^[和与及暨]
      # particles and counts: 三个, 和我
    | [的了各等由将对向在从把被则] | [两二三四五六七八九十\d]个 | [与和]我 | 以及 | 根据 | 关于 | 以上
      # founding and joining
    | 新设 | 成立 | 设立 | 建立 | 建成 | 组建 | 统一 | 整合 | 挂牌 | 派驻 | 联合 | 会同 | 牵头 | 配合 | 协助 | 邀请 | 借助 | 依托
      # issuing, doing, demanding
    | 印发 | 制定 | 出台 | 下发 | 开展 | 组织 | 召开 | 负责 | 推进(?!局|办|委|中心) | 落实 | 加强 | 完善 | 进行 | 通过 | 实现 | 要求
      # persons, offices at large, praise
    | 部门 | 单位 | 机关 | 政府 | 两级 | 工作人员 | 领导 | 全体 | 主任 | 书记 | 优秀 | 先进 | 模范
    """,
    re.VERBOSE,
)
QUOTED_OFFICE = re.compile(r"“([\u4e00-\u9fff]{2,8}(?:办|委|局|小组))”(?![服模机制中做经])")
LEAGUE = re.compile(r"委(?:员会)?(?!书记)")  # 共青团平山县委
CLASS_AFTER = re.compile(r"\d+[余多]?[支个家]")  # 组建综合行政执法大队24支: a class, no organ
JOINS = re.compile(r"[、和与及]|以及|,(?=[省市区县])")
VERTICAL = re.compile(r"税务总局|金融监督管理总局|统计局|银行|海关总署|气象局|邮政局|烟草")
NOT_AFTER_BARE = re.compile(
    r"〔|(?<=委)员会|(?:[、和及](?:总工会|工会|共青团|妇联|科协|侨联|残联|工商联|文联))*等(?:各类?)?(?:群团|人民团体|群众团体)|[长部伍]|(?<=队)员|(?<=局)[面势限]|附[中小属]|系统|机关|部门|队伍|窗口人员|干部|\d+[余多]?[个处家所座]"
)
NOT_AFTER_OFFICE = re.compile(
    r"公(?![布开示告])|文|理|法|案|事|证|结|学|好|成|税|件|服务(?!中心|大厅|局)"
)  # 办 goes on as a verb or as 办公室
COUNTED_PLACES = re.compile(
    r"[两二三四五六七八九十](?:省区|省市|市州|县区|县市|[省市区县州])(?=[\u4e00-\u9fff])(?![镇乡街村市县区])"
)
ALIAS = re.compile(r"\((?:以下简称|简称)[^()]{1,12}\)")
LOCAL_OFFICE = re.compile(
    r"(?:司法所|派出所|税务所|税务分局|财政所|自然资源所|国土资源所|国土所|生态环境所|规划建设所|林业站|市场监管所|市场监督管理所|人民法庭|法庭)$"
)
# what an organ is divided into: 综合行政执法局|壶镇分局, 市场监管局|公职律师办公室
UNIT = re.compile(
    r"""
    # the unit's own name, in which stands no particle or verb
    (?:
      (?! [与和及对向在的将把被为等各同由给于是] | 经(?![开济贸信区]) | [则]
        # issuing and doing
        | 印发 | 出台 | 制定 | 开展 | 组织 | 召开 | 牵头 | 负责
        | 推进 | 推行 | 推动 | 推广 | 试行 | 实行 | 深化 | 落实 | 查处 | 破获 | 受理
        # founding and joining
        | 设立 | 成立 | 建立 | 新设 | 派驻 | 入驻 | 共建 | 联合 | 合作 | 会同 | 配合
      )
      [\u4e00-\u9fff]
    ){2,6}?
    # kinds of units: 分局, 支队, 监管所, 林业站, 人民法庭
    (?: 分局 | 支队 | 大队 | 中队 | 总队 | 执法队 | 路政队 | 稽查队 | 公职律师办公室
      | 监管所 | (?<![场务管])所(?![有以得需属在辖涉提作做述指谓长]) | 工作站 | [林农]业站
      | 人民法庭 | (?<!人民)法庭)
    """,
    re.VERBOSE,
)
NTH_SCHOOL = re.compile(
    r"[一二三四五六七八九十]{1,2}[中小](?=[、,。;)和与及等]|$|举办|举行|开展|组织|师生|教师|老师|学生|校园)"
)  # 市三中, 江华|一中
# 政务服务中心|管理办公室, 仲裁委员会|新城办事处
OF_INSTITUTION = re.compile(r"(?<=中心)管理办公室|(?<=仲裁委员会)[\u4e00-\u9fff]{2,4}(?:办事处|联络处|仲裁庭|分会)")
# a central organ's office in a place: 国家金融监督管理总局|吉林|监管局, 人民银行|贵阳|中心支行
FIELD_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:中心支行|支行|分行|监管局|监管分局|调查总队|调查队|专员办)")
MERGED = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2,6}?)[和与]")
STREET_OFFICE = re.compile(f"办(?!事处|{NOT_AFTER_OFFICE.pattern})")  # 横岗街道|办
NAME_BETWEEN = re.compile(
    r"(?:(?![了的由在和与及将对向等经把被为以从到委府是让各]|开展|推行|推进|组织|召开|印发|制定|成立)[\u4e00-\u9fff])+"
)
NAME_BACK = re.compile(r"[省市区县](?:(?![的了由在和与及将对向等委府])[\u4e00-\u9fff]){2,4}$")
POST = re.compile(r"原?副?(?:会长|院长|主席|理事长|秘书长)")  # 中国法学会副会长 is a person
LEVELS = re.compile(r"(?P<level>自治区|[省市区县州])(?P<joint>[、和]?)$")
MIDDLE_LEVEL = re.compile(r"市(?!场)|州")
SESSION = re.compile(
    r"第?[一二三四五六七八九十]{1,3}届(?=人民代表大会|人大|政协|人民政协|全面依法治)"
)  # 县|第十七届|人大常委会


def _governing_kind(name: str) -> Kind:
    """What a governing organ is: schools of the Party and committees that coordinate govern nobody."""
    school, coordinates = name.endswith("党校"), "依法治" in name and not name.endswith(("办公室", "办"))
    return "institution" if school or coordinates else "agency"


class PlacedReader(BodyReader):
    """Reads central organs, and those behind a place or level word; bare names and bodies are read on top of it."""

    def __init__(
        self,
        sentence: Sentence,
        places: list[Mention],
        hits: dict[int, tuple[int, tuple[Organ, ...]]],
        verbs: Iterable[tuple[int, int, tuple[Verb, ...]]],
    ) -> None:
        super().__init__(sentence, places, verbs)
        self.hits = hits

    def read_central(self, central: Iterable[tuple[int, int, tuple[Organ, ...]]]) -> None:
        for start, end, organs in central:
            before, after = self.text[start - 1 : start], self.text[end : end + 2]
            if after == "大学":
                continue
            if (
                (before in ("省", "市", "区", "县", "州") and before)
                or after[:1] in ("长", "门", "署", "队", "位")
                or POST.match(self.text, end)
                or self.text[start - 3 : start] in ("驻国家",)
            ):
                continue
            if end - start <= 3 and not self._parted(start):
                continue  # 集|中办|理率
            if GOVERN.fullmatch(self.text[start:end]):
                continue
            if self.text.startswith("国家公园", start):
                continue  # 三江源国家公园管理局, and that alone: of one park or another
            if office := FIELD_OFFICE.match(self.text, end):
                seat = next((p.name for p in self.places if p.start == end), "")
                name = self.text[start : office.end()]
                self.add(start, office.end(), kind="agency", rule="organ.field", name=name, place=seat)
                continue
            self.add(start, end, kind=organs[0].kind, rule="organ.central", name=organs[0].name, place="CN")

    def read_placed(self) -> None:
        heads = {m.end: (m.start, m.name, "place") for m in self.places}
        for mention in self.places:
            if alias := ALIAS.match(self.text, mention.end):
                heads.setdefault(alias.end(), heads[mention.end])
            if counted := COUNTED_PLACES.match(self.text, mention.end):
                heads.setdefault(counted.end(), heads[mention.end])  # 甘肃、内蒙古两省区|生态环境厅
        inner = [(m.start, m.end) for m in self.places]
        begun = {m.start for m in self.places}
        for match in LEVEL_WORD.finditer(self.text):
            start, end = match.span()
            if inner and any(a < end <= b for a, b in inner):
                continue
            heads.setdefault(
                end, (start - self.text.startswith(("我", "本"), start - 1, start), match["level"], "level")
            )
        for at in sorted(heads):
            start, place, how = heads[at]
            if at in begun:
                continue  # the organ is that of the next place in the chain
            # whether an organ follows is seen faster than whether a word begins
            if not self.free(start, at) or (how == "level" and not (self._followed(at) and self._opens(start))):
                continue
            self._organ_at(at, start, place, how)

    def _followed(self, at: int) -> bool:
        """Whether the name of an organ may begin at `at`."""
        at = self._behind_session(at)
        return self.text[at] == "“" or self._match(at, bare=False)[0] > at

    def _behind_session(self, at: int) -> int:
        """Where the organ's name goes on behind the number of its term."""
        session = SESSION.match(self.text, at)
        return session.end() if session else at

    def _parted(self, start: int) -> bool:
        """Whether a name of the lexicon at `start` is no part of the word before it."""
        before = self.text[start - 1 : start]
        if not is_han(before) or before in OPENS or is_boundary(self.text, start):
            return True
        return self.text.startswith("国务院", start) and self.text.endswith("中央", 0, start)

    def _goes_back(self, start: int, name: str) -> bool:
        """萧山区交通运输|综合行政执法队, 区规划|建设委员会: the name begins further left, at what nothing else has taken."""
        before = (self.text[p.end : start] for p in self.places if p.rule == "region.full" and p.end < start)
        if any(2 <= len(words) <= 6 and NAME_BETWEEN.fullmatch(words) for words in before):
            return True
        if not name.endswith("委员会"):
            return False
        back = NAME_BACK.search(self.text, max(0, start - 6), start)
        return back is not None and self.free(back.start(), start) and self._opens(back.start())

    def _opens(self, start: int) -> bool:
        """Whether a level word at `start` begins a word."""
        before = self.text[start - 1 : start]
        if before == "乡" and self.text.startswith("镇", start):
            return False  # 乡|镇人民政府: a class
        if before == "治" and self.text.endswith("依法治", 0, start):
            return False  # 全面依法治|市委员会
        if not is_han(before) or start in self.ends or before in OPENS or any(m.end == start for m in self.places):
            return True
        return before not in CLOSES and is_boundary(self.text, start)

    def _organ_at(self, at: int, start: int, place: str, how: str) -> None:
        at = self._behind_session(at)
        quoted = QUOTED_OFFICE.match(self.text, at)
        if quoted and squash(quoted[1]) not in by_spelling():
            self.add(start, quoted.end(), kind="agency", rule="organ.quoted", name=quoted[1], place=place, note=how)
            return
        if self.text.endswith("共青团", 0, start) and (league := LEAGUE.match(self.text, at)):
            self.add(
                start - 3, league.end(), kind="institution", rule=f"organ.{how}", name="共青团委", place=place, note=how
            )
            return
        party = self.text.endswith("中共", 0, self._chain_start(start))
        begin = start - 2 * self.text.endswith("中共", 0, start)
        if party and self.text.startswith("工作委员会", at):
            self.add(begin, at + 5, kind="agency", rule=f"organ.{how}", name="党工委", place=place, note=how)
            return
        if party and self.text.startswith("委员会", at):
            self._committee(at, begin, place, how)
            return
        if place.endswith("街道") and STREET_OFFICE.match(self.text, at):
            self.add(start, at + 1, kind="agency", rule="organ.place", name="办事处", place=place, note=how)
            return
        end, kind = self._match(at, bare=False)
        if kind == "institution" and (office := OF_INSTITUTION.match(self.text, end)):
            end, kind = office.end(), "agency" if office.group() == "管理办公室" else kind
        if how == "level" and place == "市" and self.text.startswith("中区", at):
            return  # 市中区 is a district
        if how == "level" and place == "省" and MIDDLE_LEVEL.match(self.text, at) and self._followed(at + 1):
            self._organ_at(at + 1, at, self.text[at], how)  # 省|市气象局: two levels share the organ
            return
        if end == at or (how == "level" and self.text[at:end] == "律师事务所"):
            return  # 广西鹿|州律师事务所
        if self.text[start - 2 : start] == "中共":
            start -= 2
        upper = next(
            (m for m in self.out if m.rule == "organ.central" and VERTICAL.search(m.name) and m.end <= start), None
        )
        if upper is not None and all(any(p.start <= i < p.end for p in self.places) for i in range(upper.end, start)):
            self.out.remove(upper)  # 国家税务总局宿城区税务局 is one bureau
            start = upper.start
        while kind == "agency" and (unit := UNIT.match(self.text, end)) and not NOT_IN_NAME.search(unit.group()):
            end = unit.end()
            if (local := LOCAL_OFFICE.search(unit.group())) and "海事法院" not in self.text[at:end]:
                cut = unit.start() + local.start()
                self.add(
                    start,
                    end,
                    kind="agency",
                    rule="organ.seat",
                    name=local.group(),
                    place=self.text[unit.start() : cut],
                    note="seat",
                )
                return
        mention = self.add(start, end, kind=kind, rule=f"organ.{how}", name=self.text[at:end], place=place, note=how)
        if how == "place":
            self._listed_before(mention)
        elif how == "level":
            self._levels_before(mention)
        committee = kind == "institution" or self.text[at:end].endswith("委员会")
        if committee and self.text.startswith("及其办公室", end):
            self.add(
                start,
                end + 5,
                kind="agency",
                rule="organ.office",
                name=self.text[at:end] + "办公室",
                place=place,
                note=how,
            )
        self._coordinated(mention)

    def _committee(self, at: int, start: int, place: str, how: str) -> None:
        """中共宁夏回族自治区|委员会, with what belongs to it: 区委 written out."""
        short = GOVERN.match("委" + self.text[at + 3 : at + 24])
        if short is None:
            return
        name = short.group()
        kind = _governing_kind(name)
        self.add(start, at + 2 + len(name), kind=kind, rule=f"organ.{how}", name=name, place=place, note=how)

    def _coordinated(self, mention: Mention) -> None:
        """区委、政府办 · 市发展改革委、国土资源局: what follows without a place of its own shares this one's."""
        at = mention.end
        while True:
            join = JOINS.match(self.text, at)
            direct = (mention.name, self.text[at : at + 2]) in (("委", "政府"), ("党工委", "管委"))
            start = join.end() if join else at
            level = LEVEL.match(self.text, start)
            if not (join or direct) or any(m.start == start for m in self.places):
                return
            if level and not (
                mention.note == "place" and level.group() == mention.place[-1:] and GOVERN.match(self.text, level.end())
            ):
                return
            head, start = start, level.end() if level else start
            end, kind = self._match(start, bare=True)
            if end == start or not self.free(head, end):
                return
            self.add(
                head,
                end,
                kind=kind,
                rule="organ.shared",
                name=self.text[start:end],
                place=mention.place,
                note=mention.note,
            )
            at = end

    def _levels_before(self, mention: Mention) -> None:
        """省、市人民政府: the level words before share the organ."""
        start = mention.start
        while before := LEVELS.search(self.text, max(0, start - 4), start):
            at = before.start("level")
            if not before["joint"] and (before["level"], mention.place) not in (("省", "市"), ("省", "州")):
                return
            if not self._opens(at) or not self.free(at, before.end("level")):
                return
            self.add(
                at,
                before.end("level"),
                kind=mention.kind,
                rule="organ.shared",
                name=mention.name,
                place=before["level"],
                note="level",
            )
            start = at

    def _match(self, at: int, *, bare: bool) -> tuple[int, Kind]:
        """End and kind of the organ whose name begins at `at`; `at` itself where there is none."""
        best, kind = at, "agency"
        govern = GOVERN.match(self.text, at)
        if govern and not (bare and govern.group() in ("委", "法院", "检察院", "人民法院", "办事处")):
            best, kind = govern.end(), _governing_kind(govern.group())
            if "依法治" in govern.group() and not re.search(r"(?:委员会|办公室|办|委)$", govern.group()):
                best, kind = at + self.text.startswith("委", at), "agency"  # 市委|全面依法治市总体部署
        if hit := self.hits.get(at):
            end, organs = hit
            office = self.text[end - 1] == "办" and NOT_AFTER_OFFICE.match(self.text, end)
            deputies = self.text.endswith("人大", at, end) and self.text.startswith("代表", end)
            investment = govern is None and self.text[at:end] == "政府"  # 开发区|政府投资项目
            if (
                end > best
                and not office
                and not deputies
                and not investment
                and not NOT_AFTER_BARE.match(self.text, end)
            ):
                best, kind = end, organs[0].kind
        if best == at and (merged := MERGED.match(self.text, at)):
            second = self.hits.get(merged.end())  # 教育和|科学技术局
            if second and self.text[second[0] - 1] == "局" and merged["stem"] + "局" in by_name():
                best, kind = second[0], "agency"
        if (
            not bare
            and best == at
            and (dept := DEPARTMENT.match(self.text, at))
            and not NOT_IN_NAME.search(dept["name"])
        ):
            best, kind = dept.end("name"), "agency"
        if not bare and best == at and (nth := NTH_SCHOOL.match(self.text, at)):
            best, kind = nth.end(), "institution"
        if best > at and CLASS_AFTER.match(self.text, best):
            best = at
        return best, kind  # type: ignore[return-value]
