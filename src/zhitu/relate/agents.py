"""Who does it: agents named before the verb, clause by clause; nobody named means the reporting region."""

from __future__ import annotations

import re

from zhitu.model import Mention, Resolved, Sentence

CLAUSES = re.compile(r"[,:、](?:(?<!、)|(?<=牵头、))")  # begins with a set, which the regex engine looks for quickly
# what may stand before an agent at the head of its clause
LEAD_IN = re.compile(
    r"""^(?:
      # points: 一是, (二), ③
      [一二三四五六七八九十]是 | \((?:\d{1,2}|[一二三四五六七八九十]{1,3})\) | [①-⑳] | [、,]
      # times: 2023年上半年, 5月12日
    | (?:20\d\d)年(?:度|以来|初|底|上半年|下半年|\d{1,2}月)? | \d{1,2}月(?:份|\d{1,2}日|底|初)?
    | 今年(?:以来|\d{1,2}月)? | 近年来 | 目前 | 截至目前 | 全年 | 每年(?:年初)? | 年初 | 期间 | 先后 | 及时 | 定期 | 首次 | 现
      # who else, or by whom: 我局与, 区长主持召开
    | 中共 | 中国\([\u4e00-\u9fff]{2,3}\) | [我该本][局厅委办镇乡县市区](?:还|又|也)?(?=[与和同会联])
    | (?: [省市区县州旗镇乡](?:长|委书记|政府主要领导|委主要领导) | 主要(?:领导|负责同志) | 党政主要负责人)?
        (?:多次|先后|亲自)?主持召开
    | 由 | 以 | 经 | 联合 | 会同 | 协同 | 联动 | 与 | 同
      # joining words
    | 同时 | 此外 | 其中 | 在此基础上 | 为此 | 对此 | 如 | 例如 | 比如 | 并 | 还 | 也 | 又 | 且 | 则 | 为 | 根据工作需要
      # how
    | 积极 | 专门 | 继续 | 进一步 | 深入 | 持续 | 严格 | 认真 | 组织 | 率先
    )*$""",
    re.VERBOSE,
)
NOT_AGENT_BEFORE = re.compile(
    r"""(?:
      # prepositions and particles: 对, 向, 根据; 一是 is a point
      对 | 向 | 被 | 将 | 把 | 根据 | 按照 | 依据 | 在 | 给 | 经 | 为 | 到 | 从 | 于 | 等 | 的 | 及其 | 围绕 | 全
    | (?<![一二三四五六七八九十])是
      # reported to, heard from
    | 报 | 报送 | 提请 | 纳入 | 接受 | 听取 | 受到? | 得到 | 获
      # what others are made to do
    | 推动 | 督促 | 要求 | 组织 | 邀请 | 聘请 | 协助 | 配合 | 支持 | 服务
      # gone to
    | 入驻 | 进驻 | 进入 | 深入 | 走进 | 前往 | 走访 | [奔远]?赴
      # done to it
    | 落实 | 贯彻 | 成立 | 组建 | 设立 | 印发
    )$""",
    re.VERBOSE,
)
NOT_AGENT_AFTER = re.compile(
    r"""^(?:
      # persons: 区委|书记, but not 书记办公会
      书记(?!办公会|专题会) | 主任(?!办公会|会议) | (?:党组)?副(?:书记|主席|主任|局长|[省市县区州旗镇乡]长|秘书长)
    | 主席 | 常委(?!会) | 秘书长 | 局长 | 主要领导 | 主要负责人 | 负责人 | 领导班子 | 成员
      # what is its own: 政府|的, 政府|门户网站
    | 的(?!领导下) | 名义 | 法律顾问 | 规范性文件 | 办公楼 | 工作要点 | 工作规则 | 门户网站 | 网站 | 职责 | 职能
    | 、原[\u4e00-\u9fff]{2,14}(?:职责|职能) | 等?(?:文件|精神|决定|安排)
      # under whom it is done: 市政府|统一部署
    | 领导下 | 要求 | 部署 | 统一 | 批准 | 同意 | 备案 | 审议(?!通过[^,。;]{0,3}(?:印发|发布|出台|下发))
      # named as
    | 列为 | 评为 | 授予
    )""",
    re.VERBOSE,
)
ENACTS = re.compile(r"(?:审议|表决|审查|全票)*(?:通过|批准)《")  # what the congress passes, it issues
# between two who act together: 区委常委会会议、区政府
JOIN = re.compile(
    r"^(?:(?:常务会议?|全体会议|专题会议?|党组会议?|党组|会议)?[、和与及]|以及|将?会同|将?联合)"
    r"(?:[\u4e00-\u9fff]{3,14}(?:局|队|站|中心|院|所|公司)[、和])?$"  # with one between that nobody knows
)
BY_WHOM = re.compile(r"(?<![自理])由$")  # 全区X平台由自治区检察院建设: not whose it is, but by whom
BY_NAME = re.compile(r"以$")
IN_NAME = re.compile(r"[^,。;《》]{0,30}?名义(?![^,。;《》]{0,4}的)")  # 以县委、县政府名义印发
PARTNERED = re.compile(
    r"(?:^|[,、]|[一二三四五六七八九十]是|[我该本][局厅委办镇乡县市区](?:还|又|也)?)(?:联合|会同|协同|协调|联动|与)$"
)
OTHER_NAME = re.compile(r"^\([^()]{2,20}\)")  # 水政监察支队(采砂管理局)联合…
UNSPECIFIC = re.compile(
    r"(?:各(?:[县区市州旗镇乡]{1,3}(?:局|分局|院|委|政府)|级|部门|单位|街道|乡镇|镇街|街办|行政执法部门|有关部门|相关部门|执法单位)|多(?:家|个)?(?:单位|部门)|有关(?:部门|单位)|相关(?:部门|单位)|全区|全县|全市|全省)"
)
MET = re.compile(
    r"(?:(?:第[一二三四五六七八九十\d]+次|全体|扩大|工作|专题)*会议?)?(?:\d+次)?,(?:审议|研究|讨论)[^,。;《》]{0,4}(?:通过|印发|出台|审定)"
)
THEN_BY = re.compile(r"(?:审议|审定|审核|通过|同意|批准)后由")  # 提请X审议后由Y印发
PIVOT = re.compile(r"(?:指导|推动|督促|要求|责成|委托|支持|配合|协助|报请|提请)$")
TOGETHER = re.compile(
    r"^[\u4e00-\u9fff、]{0,12}?(?:共同|依据|根据|按照|会签|联签|联合|共建|合作|一起|一道|印发|制定|出台|开展|举办|成立|设立|建立|签订|签署|健全|完善|构建|推行|推出|发布|编印|编写|组建|启动|打造|搭建|开通)"
)
SUPPORTS = re.compile(r"^(?:等[^,]{0,8})?(?:积极|主动|密切)?(?:配合|协助|参与|协同|参加)")
OUTSIDE = re.compile(
    r"(?:党中央|中央|上级|国家)(?:先后|陆续|专门|相继|近期|已|也)*(?:印发|出台|制定|发布|修订|部署)"
    r"|(?:积极|全力|努力|主动)*(?:推动|推进|争取|促成|促请)在?(?:国家|中央|部委|上级|[省市]级?)层面(?:印发|出台|制定|发布|修订|颁布)"
)
# 鼓励企业设立…: enterprises act, and none is named
SPONSORED = re.compile(
    r"(?:支持|鼓励|吸引|引导|引进|推动)[^,。]{0,24}?(?:企业|高校|高等院校|公司|院所|社会力量|社会资本|商会|研发机构)等?[^,。]{0,10}?(?=建立|设立|建设|共建|组建|成立|创建|打造|搭建)"
)
# what is said of a body without its doing anything, and bodies that do not act for the government
PASSIVE = re.compile(
    r"[^,]{0,16}?(?:写入|建成|开业|启用|揭牌|挂牌|成立|投入|运行|运营|投用|获|荣|被|入选|落户|落成|竣工|开工|完工|正式)"
)
PASSIVE_PLACE = re.compile(r"[^,]{0,16}?(?:写入|获|荣|被|入选|落户)")  # a place that founds acts
OF_OTHERS = re.compile(r"大学|学院|医院|学校|研究院|研究所|实验室|公司|集团|协会|校区")
ABOVE = ("",)  # somebody acts whom the words do not name
LED = re.compile(
    r"^(?:指导|推动|督促|要求|组织|引导|督导)(?:(?:各|有关|相关)?(?:级|地)?(?:街道|乡镇|镇街|镇村|村|社区|部门|单位|县|区|市|地)"
    r"|全[省市区县州盟旗](?:各|所有|\d+个)?(?:级|部门|单位|机关|乡镇|街道|镇|县|区|市|行政机关|行政执法(?:部门|机关|单位)|执法(?:部门|机关|单位)|系统))(?![\u4e00-\u9fff]{0,10}(?:人员|干部|职工|队员|骨干))"
)
UNNAMED = re.compile(
    rf"(?P<outside>{OUTSIDE.pattern})|我[局厅委办镇乡县市区州省盟旗街](?![与和同会联级直])|(?:[一二三四五六七八九十]是)?{UNSPECIFIC.pattern}"
)
# 岳麓山游客管理局|试行…: a body that nobody could read heads the clause, and acts
BODY_END = (
    "局|管委会|委员会|[支大中]队|人民法院|检察院|海关|派出所|监管所|司法所|管理[处站所]"
    "|市场|公司|集团|合作社|商会|协会|医院|学校|[中小]学"
)
DOES = (
    "(?:积极|率先|主动|牵头|联合|创新|探索|全面|首创|共同)*"
    "(?:开展|实施|实行|施行|试行|试点|落实|推出|推行|推广|开设|创建|创设|首创|打造|构建|搭建|建立|建成|设立|成立|组建|启动"
    "|举办|印发|出台|制定|发布|编制|开发|运用)"
)
UNREAD_GATE = re.compile(f"(?:{BODY_END}){DOES}")
UNREAD = re.compile(
    rf"""(?:^|(?<=[,:]))(?:[一二三四五六七八九十]是|由)?
    # classes, and who acts with others or is made to act
    (?! 各 | 有关 | 相关 | 其他 | 多[个家] | 全 | 本 | 我 | 该 | 所有 | 会同 | 联合 | 与 | 同 | 邀请 | 协调 | [对向在为将经按报]
      | 指导 | 督促 | 支持 | 推动 | 协助 | 配合 | 组织 | 鼓励 | 引导)
    (?:[\u4e00-\u9fff]{{2,16}}[、和])?
    (?P<body>(?:(?![的了并对向在与和及等各])[\u4e00-\u9fff]){{2,16}}?(?:{BODY_END}))
    {DOES}
    """,
    re.VERBOSE,
)


def unread(text: str, start: int, end: int) -> int:
    """Where the name of an unread body ends that heads a clause and acts in it; -1 where there is none."""
    found = UNREAD.search(text, start, end) if UNREAD_GATE.search(text, start, end) else None
    return found.end("body") if found else -1


OFFICES = ("办公室", "办公厅", "人民政府")  # they issue, and what the next point tells is the region's
ACTORS = frozenset(("agency", "institution", "region"))
A_THING = 3  # characters behind 牵头 or 配合 that are more than the word's ending
LEADS = re.compile(r"^(?:等[^,]{0,8})?(?:总|负责|具体)?牵头")


class Agents:
    """The agents in force as one reads on: `enter` a sentence, then ask `at` a place in it."""

    def __init__(self, resolved: Resolved, default: str | None) -> None:
        self.resolved = resolved
        self.default = default
        self.turns: list[tuple[int, tuple[str, ...], bool]] = []
        self.carried = False
        self.waiting: list[str] = []
        self.lead: tuple[tuple[str, ...], int, int] | None = None
        self.partners: tuple[str, ...] = ()  # with whom, and the author
        self.unread: tuple[str, list[tuple[Mention, str]]] | None = None  # the sentence entered, and who may act in it

    def enter(self, sentence: Sentence, mentions: list[tuple[Mention, str]], *, goes_on: bool) -> None:
        """Comes to a sentence; its clauses are read when somebody asks who acts, which for most nobody does."""
        carried: tuple[int, tuple[str, ...], bool] = (0, (), False)
        # only departments act on behind a semicolon, and not as leaders
        if goes_on and self.holds and not self.turns[-1][2]:
            carried = self.turns[-1] if all(map(_department, self.turns[-1][1])) else carried
        self.carried = goes_on and bool(carried[1])  # beyond one semicolon the report speaks of its region again
        self.turns = [(0, carried[1], carried[2])]
        self.lead = None
        self.partners = ()
        self.unread = (sentence.text, mentions)

    def _read(self) -> None:
        """Reads who acts in each clause of the sentence; an agent holds until another takes over."""
        if self.unread is None:
            return
        text, mentions = self.unread
        self.unread = None
        actors = [(m, k) for m, k in mentions if m.inside is None and m.kind in ACTORS]
        self.waiting = []
        if not actors and not self.turns[0][1] and not OUTSIDE.search(text) and unread(text, 0, len(text)) < 0:
            return  # nobody acts, not even above, and nobody can be taken over from
        start, sponsors = 0, SPONSORED.search(text) is not None
        for end in [m.start() for m in CLAUSES.finditer(text)] + [len(text)]:
            self._clause(text, start, end, actors, sponsors=sponsors)
            start = end + 1

    @property
    def holds(self) -> bool:
        """Whether an agent may go on acting in the sentence behind a semicolon."""
        self._read()
        return bool(self.turns) and bool(self.turns[-1][1]) and not self.carried

    def only_carried(self, subjects: tuple[str, ...]) -> bool:
        """Whether these act only as those who acted before the semicolon."""
        return self.carried and bool(subjects) and subjects == self.turns[0][1]

    @property
    def leader(self) -> tuple[tuple[str, ...], int, int] | None:
        """Who leads in the sentence, and from where to where."""
        self._read()
        return self.lead

    def at(self, place: int) -> tuple[tuple[str, ...], bool]:
        """Keys of the subjects of a verb at `place`, and whether they act as leaders of others."""
        self._read()
        for begin, subjects, leading in reversed(self.turns):
            if begin <= place and subjects:
                return ((), False) if subjects == ABOVE else (subjects, leading)
            if begin <= place:
                break
        return self.nobody, False

    def behind(self, place: int) -> tuple[int, tuple[str, ...]]:
        """Who is next to act behind `place`, and from where on; nobody where none is named."""
        turn = next((t for t in self.turns if t[0] > place), None)
        return (turn[0], turn[1]) if turn is not None and turn[1] != ABOVE else (place, ())

    @property
    def nobody(self) -> tuple[str, ...]:
        """Who acts where the words name nobody."""
        return (self.default,) if self.default else ()

    def _clause(self, text: str, start: int, end: int, actors: list[tuple[Mention, str]], *, sponsors: bool) -> None:
        """Reads one clause; `sponsors` says whether others are brought to act in any."""
        inside = [(m, k) for m, k in actors if start <= m.start and m.end <= end]
        acting, self.waiting = self.waiting, []
        if not inside or inside[0][0].start != start:
            if acting and (agents := self._allowed(acting)) and not inside:
                self.turns.append((start, agents, False))  # 县发改局会同县政务办,为企业定制…
            acting = []  # 市工商局,市国税局推行…: a clause that was an agent alone belongs to the next
        last = self._acting(text, start, end, inside, acting)
        if sponsors and (sponsored := SPONSORED.search(text, start, end)):
            self.turns.append((sponsored.end(), ABOVE, False))
        elif last is None and self.partners and not inside and text.startswith(("联合", "共同"), start):
            self.turns.append((start, self.partners, False))  # 会同X完善机制,联合开展…
        elif last is None:
            if unnamed := UNNAMED.match(text, start, end):
                self.turns.append((start, ABOVE if unnamed["outside"] else (), False))
            elif not inside and (behind := unread(text, start, end)) > 0:
                self.turns.append((behind, ABOVE, False))
        elif last.end == end and inside[0][0].start == start:
            self.waiting = acting
        elif last.kind == "region" and self._allowed(acting) is None and (behind := unread(text, start, end)) > 0:
            self.turns.append((behind, ABOVE, False))  # 昆明|斗南花卉市场设立…
        else:
            first = next(m.start for m, k in inside if k in acting)
            while chain := next((m for m, _ in inside if m.end == first and m.kind == "region"), None):
                first = chain.start  # 会同|山西|自贸试验区工作办公室
            self._take_over(text, last.end, end, acting, lead_in=text[start:first])
        for mention, key in inside:
            if (
                mention.kind == "institution"
                and text.endswith("召开", start, mention.start)
                and MET.match(text, mention.end)
            ):
                before = self.turns[-1][1:]
                self.turns.append((end, (key,), False))  # 召开X第五次会议,审议通过《Y》: X did
                over = text.find(",", end + 1)
                self.turns.append((over if over >= 0 else len(text), *before))

    def _acting(
        self, text: str, start: int, end: int, inside: list[tuple[Mention, str]], acting: list[str]
    ) -> Mention | None:
        """Adds to `acting` who heads the clause; the last of them, or None."""
        last: Mention | None = None
        by = next((i for i, (m, _) in enumerate(inside) if BY_WHOM.search(text, start, m.start)), 0)
        for mention, key in inside[by:]:
            if last is not None and last.rule == "organ.party" and mention.start == last.start:
                acting.append(key)  # 县水利局|党组: the group acts, and with it the bureau
            if mention.rule == "organ.office" or (last is not None and mention.start < last.end):
                continue  # 委员会|及其办公室: said of it, too
            if last is None:
                if PIVOT.search(text[start : mention.start]) and not THEN_BY.search(text, mention.end, end):
                    acting.append(key)  # 指导X制定…: X acts
                    last = mention
                    continue
                if not self._heads(text, start, mention):
                    if UNSPECIFIC.search(text[start : mention.start]):
                        break
                    continue
            elif mention.start == last.end and last.kind == "region":
                acting.pop()  # 吴忠市利通区, 漯河经开区管委会: the last of a chain acts
            elif not _together(text, last, mention, end):
                break
            elif last.kind == "region" and mention.kind != "region" and text[last.end : mention.start] in ("、", "和"):
                acting.pop()  # 沣东新城、沣西新城行政审批局: of both
            acting.append(key)
            if mention.rule == "organ.party" and mention.note == "own" and self.default:
                acting.append(self.default)
            last = mention
        listed = last is not None and last.kind == "region" and text[last.start - 1 : last.start] in ("、", "和")
        if listed and not (acting[0].startswith("region:") or self._township(acting[-1])):
            acting.pop()  # A市审批局、|B市|服务中心: a body that nobody could read, and not the place
        return last

    def _take_over(self, text: str, at: int, end: int, acting: list[str], *, lead_in: str) -> None:
        """Those who head the clause act from behind their names on, which end at `at`."""
        behind = text[at:end]
        if LED.match(behind):
            self.turns.append((at, (), False))  # X指导街道开展…: those who are led act, and they have no name
            return
        agents = self._allowed(acting)
        before = self.turns[-1]
        enacts = ENACTS.match(behind) and any("人民代表大会" in key for key in acting)
        if agents is None or (NOT_AGENT_AFTER.match(behind) and not BY_NAME.search(lead_in) and not enacts):
            return
        if SUPPORTS.match(behind):  # 由A牵头、B配合: they act together
            self.turns.append((at, tuple(dict.fromkeys((*before[1], *agents))), False))
            if len(SUPPORTS.sub("", behind)) > A_THING:
                self._led_one(end, ())
            self.turns.append((len(text), (), False))  # …参加;: the next point is the region's
            return
        if agents and self.default and PARTNERED.search(lead_in):
            agents = tuple(dict.fromkeys((*(before[1] or self.nobody), *agents)))  # 联合X、Y印发: with the author
            self.partners = agents
        leading = bool(LEADS.match(behind))
        self.turns.append((at, agents, leading))
        if leading and not lead_in.endswith("由"):
            self.turns.append((end, agents, False))  # X牵头…,开展…: the next clause says what X does
        if leading and agents and (lead_in.endswith("由") or behind.endswith("牵头")):
            self.lead = (agents, at, len(text))
        if leading and lead_in.endswith("由") and len(LEADS.sub("", behind)) > A_THING:
            self._led_one(end, before[1])
        if agents and self._for_now(agents, before[1], lead_in, behind):
            self.turns.append((end, before[1], before[2]))

    def _led_one(self, end: int, before: tuple[str, ...]) -> None:
        """由X牵头建设Y,启动…: X led the one thing, which the clause that ends there names."""
        self.turns.append((end, before, False))
        if self.lead is not None:
            self.lead = (*self.lead[:2], end)

    def _for_now(self, agents: tuple[str, ...], before: tuple[str, ...], lead_in: str, behind: str) -> bool:
        """Whether they act in this clause only: 与X共建…, 配合X修订…, X获评…."""
        organs = [key.startswith("agency:") for key in agents]
        told = PASSIVE_PLACE if all(key.startswith("region:") for key in agents) else PASSIVE
        if not any(organs) and (told.match(behind) or all(OF_OTHERS.search(key) for key in agents)):
            return True
        # 县河长办牵头,联合A印发…: they go on together
        led = bool(before) and all(organs) and all(key.startswith("agency:") for key in before)
        return bool(PIVOT.search(lead_in)) or (lead_in.endswith(("与", "同", "联合", "协同")) and not led)

    def _heads(self, text: str, start: int, mention: Mention) -> bool:
        """Whether the mention stands where the subject of its clause does."""
        before = text[start : mention.start]
        if before.endswith("以"):
            return IN_NAME.match(text, mention.end) is not None
        if NOT_AGENT_BEFORE.search(before) and not before.endswith("由"):
            return False
        return bool(LEAD_IN.match(before)) or before.endswith("由")

    def _allowed(self, acting: list[str]) -> tuple[str, ...] | None:
        """The subjects among the places and organs that head a clause; None where they are no agents at all."""
        organs = tuple(k for k in acting if not k.startswith("region:"))
        if organs:
            return organs + tuple(
                k for k in acting if self._township(k) or (k.startswith("region:") and self._below(k))
            )
        regions = tuple(k for k in acting if k != self.resolved.region)
        if not regions:
            return ()
        below = tuple(k for k in regions if self._below(k))
        return below or None

    def _township(self, key: str) -> bool:
        """A township or street that acts beside an organ: 司法所会同鲁谷街道、老山街道."""
        return (
            key.startswith("region:")
            and key != self.resolved.region
            and self.resolved.entities[key].level in ("township", "village")
        )

    def _below(self, key: str) -> bool:
        """A place within the reporting region: what a province tells of its cities is the cities' doing."""
        entities = self.resolved.entities
        seen = key
        while seen in entities and entities[seen].region:
            seen = entities[seen].region or ""
            if seen == self.resolved.region:
                return True
        return False


def _department(key: str) -> bool:
    return key.startswith("agency:") and not key.endswith(OFFICES)


def _together(text: str, first: Mention, second: Mention, end: int) -> bool:
    """Whether two who follow one another in a clause that ends at `end` act together."""
    if second.start == first.end:
        return second.kind == first.kind == "agency"  # 党工委管委会: two in one breath
    between = OTHER_NAME.sub("", text[first.end : second.start])
    return bool(JOIN.match(between)) and (between not in ("与", "同") or bool(TOGETHER.match(text[second.end : end])))
