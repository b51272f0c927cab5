"""Organs and organisations: a place or level word and an organ's name, coordinations split, bare names of the lexicon.

`Mention.place` is the place or level word (宿城区, 区, 省; empty for a bare name), `name` what follows it as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from zhitu.lexicon.matcher import Matcher
from zhitu.lexicon.organs import Organ
from zhitu.lexicon.places import short_counties
from zhitu.lexicon.verbs import Verb
from zhitu.lexicon.words import is_boundary
from zhitu.model import Kind, Mention, Sentence

HAN = "\u4e00-\u9fff"
LEVEL_WORD = re.compile(
    r"(?P<level>自治区|地区|林区|地(?=委)|省|市|区|县|州|盟|旗|镇|乡|街道|新区|园区|度假区|新片区|高新区|经开区|开发区)(?=[\u4e00-\u9fff“])(?![级直属域划块情]|[区县]两级)"
)
LEVEL = re.compile(f"(?:我|本)?{LEVEL_WORD.pattern}")
BARE = re.compile(r"(?:党工委|工委管委办公室|管委会|管委(?!会)|人大|政协)(?!代表|委员|提案|建议|议案|主任|机关)")
# Characters behind which a level word begins a new word (由区司法局, 向市政府, 和县委).
OPENS = frozenset("由向对和与及经并在受以被请为是将给同据按照合获报送原我本让于从而且了至到把跟凭随")
CLOSES = frozenset("各全两城社地辖园景灾矿牧林郊小特禁片校厂库港湾每该邻跨")  # behind these it is part of another word

# What may follow a place or level word. Longest first within each line; lookaheads keep titles of persons and papers out.
GOVERN = re.compile(
    r"""
      (?:党委|党工委|工委|委)?(?:全面)?依法治[省市区县州盟旗镇乡街]{1,2}(?:工作)?(?:委员会)?(?:办公室|办|委)?   # 区委全面依法治区委员会(办公室)
    | 委(?:办公室|办公厅|办(?![理法公事])|组织部|宣传部|统战部|政法委员会|政法委|社会工作部|社工部|编办|编委办|巡察办|巡察机构办公室|党校|网信办|国安办|农办|财经办|改革办|深改办|老干部局|督查室|机要局|常委会|统一战线工作部)
    | 委(?![托员派屈任内外会婉])(?!书记|主要|领导)
    | 人民政府(?:办公室|办公厅|办(?![理法公事]))?(?:法制办公室|法制办(?![公理])|研究室|督查室|金融办|外事办)?
    | 政府(?:办公室|办公厅|办(?![理法公事]))?(?:法制办公室|法制办(?![公理])|研究室|督查室|金融办|外事办)?
    | 人大常委会(?:办公室|法工委|法制工作委员会)? | 人大(?!代表|建议|议案|机关|附) | 人民代表大会(?:常务委员会)?
    | 政协(?!委员|提案)(?:办公室|常委会)?
    | 中级人民法院|高级人民法院|人民法院|中级法院|高级法院|中院|高院|法院(?!系统)
    | 人民检察院|检察院
    | 纪委监委|纪委监察委|纪委(?!书记)|监委|监察委员会|监察委|纪律检查委员会
    | 党工委(?:办公室|办)? | 管委(?!会|办)|管委会(?:办公室)? | 工委管委办公室 | 管理委员会(?:办公室)? | 工委(?:办公室|办)? | 党委(?:办公室)?
    | 行署(?:办公室)?|行政公署 | 办事处 | 办公室(?=《|关于|印发)
    """,
    re.VERBOSE,
)
# A department that no list knows: 市推进办, 区工商和质监局. No verb, mark or particle stands inside a name.
DEPARTMENT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:分局|(?<![大开格布结新棋全变危破僵当邮残时])局|(?<![大乐星客餐展])厅|办公室|支队|大队|总队))(?![长面限势域部促级署])"
)
NOT_IN_NAME = re.compile(
    r"[的了各等由将对向与在从把被]|印发|制定|出台|开展|组织|召开|成立|设立|牵头|联合|会同|负责|推进|落实|加强|建立|完善|下发|部门|单位|机关|政府|工作人员|领导|全体|主任|书记|以及|根据|关于|要求|以上|两级|优秀|先进|模范|进行|通过|实现|统一|建成|组建|挂牌"
)
QUOTED_OFFICE = re.compile(r"“([\u4e00-\u9fff]{2,8}(?:办|委|局|小组))”(?![服模机制中做经])")
CLASS_AFTER = re.compile(r"\d+[余多]?[支个家]")  # 组建综合行政执法大队24支: a class, no organ
JOINS = re.compile(r"[、和与及]|以及|,(?=[省市区县])")
CLASS_BEFORE = re.compile(
    r"(?:各级?|全部|所有|有关|相关|多个|部分|其他|上级|下级|同级|本级|乡镇|\(街道\)|街道|村|社区|基层|三级|两级|四级|等|\d个|[一二三四五六七八九十]个|[镇乡]|\))$"
)
VERTICAL = re.compile(r"税务总局|金融监督管理总局|统计局|银行|海关总署|气象局|邮政局|烟草")
NOT_AFTER_BARE = re.compile(r"[长部伍]|系统|机关|部门|队伍|窗口人员|干部|\d+[余多]?[个处家所座]")
NOT_AFTER_OFFICE = re.compile(r"公(?![布开示告])|理|法|案|事|证|结|学|好|成|税|件")  # 办 goes on as a verb or as 办公室
GENERIC = re.compile(
    r"^(?:人民银行|政府|人民政府|法院|人民法院|检察院|人民检察院|党委|委|办事处|街道办事处|人大常委会|纪委|工委|办公室|公安局|分局|党组|监委|人民代表大会)$"
)

# 香港大学(深圳), 南方医科大学深圳口腔医院: what belongs to a university bears its name in front
BRANCH = re.compile(
    r"(?<=[学院])\([\u4e00-\u9fff]{2,4}\)(?:(?:高等|国际|先进技术|前沿)?研究院|附属(?:医院|学校)(?:教育集团)?)?|(?<=[院心所会])(?:(?!设立|建设|成立)[\u4e00-\u9fff]){0,4}?(?:分院|分中心|分会|理事会)|(?<=大学)(?:(?!进驻|入驻|建设|设立)[\u4e00-\u9fff]){0,8}?(?:医院|校区|科技园|分校|园区|实验室|学部|附属[\u4e00-\u9fff]{1,4}院)"
)
JOINT = re.compile(r"[\u4e00-\u9fff]{0,4}(?:研究院|研究中心|基地|集团|实验室|中心)")
PARTNERED = re.compile(r"研发|创新|攻关|培养|培训|办案|审判|调解|会|实验室|体|党委|执法|惩戒")
NOUN_VERBS = frozenset(
    (
        "建设",
        "创建",
        "推进",
        "落实",
        "规范",
        "加强",
        "整合",
        "指导",
        "开展",
        "推动",
        "优化",
        "提升",
        "打造",
        "推行",
        "运行",
        "强化",
        "办理",
        "配合",
        "支持",
        "完善",
        "健全",
        "通过",
        "培育",
        "改造",
        "实行",
    )
)  # parts of a 领导小组's name
INNER = frozenset(("创新", "服务", "培训", "研发", "创业", "合作", "管理", "保护", "展示", "调解"))
EDGE_VERBS = frozenset(("issued", "established", "runs", "leads", "studied", "repealed"))
# bodies whose names are also used of positions and plans: they need more than the word (打造金融中心)
LOOSE_BODY = re.compile(
    r"(?:中心|基地|公司|集团|研究中心|联系点|展览馆|文化馆|博物馆|学院|平台|驿站|门诊|诊所|轻骑队|轻骑兵|小分队|突击队|普法团)$"
)
OF_PROGRAM = re.compile(
    r"(?:[、和]?“[^“”]{2,16}”)*(?:等?[一二两三四五六七八九十\d]+[大个])?"
    r"(?:的)?[\u4e00-\u9fff]{0,4}?(?:模式|做法|经验|品牌|服务|活动|改革|试点|项目|机制|工程)"
)  # “零工驿站”模式
OF_PROGRAM_ALSO = re.compile(r"(?:模式|做法|经验)")
AWARDED = re.compile(
    r"(?:创建|争创|申报|创成)(?:国家|全国|省级?|市级?)?$"
)  # “…”实践创新基地 is a title that is striven for
POSITION = re.compile(r"(?:中心|基地|公司|集团|馆|学院)$")  # in quotes they are as often a goal
FOUNDED = re.compile(
    r"(?:成立|组建|设立|建成|新建|揭牌|挂牌|启用|投用|新设|增设|建有|依托|入驻|进驻|由|经|通过|与|设在|联合|委托|进入|在|(?:与|同|和|携手|联合)[^,。;、]{2,20}共建)了?(?:全[省市区县国]|首[个家批])?[^,。;、]{0,4}$"
)
BODY = (
    "领导小组办公室|工作领导小组|领导小组|协调小组办公室|协调小组|工作小组|指导小组|委员会办公室|委员会|联席会议办公室|联席会议|指挥部|工作专班|专班|法律顾问团|顾问团|讲师团|宣讲团|"
    "服务团|普法团|律师团|专家库|人才库|专家组|研究院|研究会|研究中心|研究所|协会|学会|商会|联合会|促进会|基金会|律师事务所|公证处|仲裁院|调解中心|服务中心|指挥中心|管理中心|交易中心|受理中心|"
    "监管中心|审理中心|援助中心|治理中心|化解中心|审批中心|数据中心|执法中心|培训中心|运行中心|综治中心|中心|服务站|工作站|联络站|联系站|联系点|教育基地|实践基地|培训基地|示范基地|基地|博物馆|纪念馆|展览馆|文化馆|"
    "好人馆|法学院|学院|大学|党校|司法所|派出所|工作室|调解室|接待大厅|人民医院|中医医院|妇幼保健院|宣传队|工作队|服务队|志愿队|轻骑队|轻骑兵|小分队|突击队|驿站|法律门诊|法律诊所|公司|集团"
)
JOINING_BODIES = re.compile(
    r"(?:小组|小组办公室|委员会|联席会议|指挥部|专班|研究会)$"
)  # names that 和 and 与 are part of
EDGE = re.compile(
    r"率先|实现|新增|投入使用|投用|建成开放|下设|围绕|联系|之一|建设好|办好|管好|用好|获批|获准|获认定|包括|包含|涵盖|试点|运营|争取|鼓励|优先|扶持|培育|吸引|聚集|集聚|争创|对接|走访|考察|引导|推荐|引进|引入|联动|完成|做强|做优|做大|加快|支持|拓展|扩建|改建|续建|扩容|运转|谋划|筹建|高标准|高质量|高水平|成立了?|组建了?|设立了?|建立了?|建成了?|建好|设置|新建|新设|增设|组织|依托|召开|召集|调整|完善|健全|充实|充分|发挥|纳入|进驻|入驻|进入|落户|搭建|打造|创建|通过|作为|整合|挂牌|吸纳|邀请|聘请|委托|联合|会同|配合|"
    r"依靠|出台|制定|印发|参加|参与|负责|加强|推进|规范|开展|落实|推动|支持|指导|强化|启动|启用|建设|实行|设在|位于|前往|走进|深入|来到|利用|选派|选聘|升级|改造|优化|提升|推行|运行|建有|拥有|"
    r"形成|接受|办理|提交|报送|报请|提请|经过|根据|按照|由于|为了|获评|荣获|授予|续聘|聘用|外聘|签约|共建|评为|命名|入选|共有|现有|已有|确定|具有|[的了由在向以对将把被到从经是为等各让请使令其该有至共]"
)
MEASURES = "个家处所支名位项批条座"
MEASURE = re.compile(rf"\d+[余多]?”?[{MEASURES}]$")
ADJECTIVES = re.compile(
    r"^(?:全[省市区县州国镇]|(?:国内|国际|世界|全球|湾区|大湾区)?首[个家批支座所条]|唯一|县域首[个家]|第[一二三四五六七八九十\d]+[批个家]|一批|一支|新一届|高标准|高质量|高水平|高规格|规范化|标准化|专业化|统一|专门|全新|多个|若干|[一二三四五六七八九十百\d]+余?[个家支处所座]|[省市区县国乡村](?:家)?级|新一代|新的?(?!时代|型|疆|就业|质|业态|区|兴|能源|媒体)|现有|[省市区县乡镇街村校]{0,3}[两三四五]级)+"
)
CLASS_NAME = re.compile(
    r"^(?:各|每|世界|(?:国内|国际)?一流|(?:国内|国际)领先|优秀|先进|模范|十佳|最美|乡镇|镇街|街道|基层|村|社区|县乡|部门|单位|有关|相关|区县|市县|行政机关|行政村|多|该|其|本|镇|乡|街|一线|重点|企业|农村|城乡|(?:市|区|县)级$)"
)
GENERIC_BODY = re.compile(
    r"^(?:(?:联合)?(?:检查|督查|督导|工作|执法)专班|(?:人民)?调解室|人民医院|[一二三四五六七八九十\d]+[大个](?:中心|基地)|数据中心|.*(?:商业|购物|城市|副)中心|.*首[家个座批].*|.*(?:总书记|届中央委员会).*|.*型(?:技术|本科|职业)?大学|以上.*|(?:[一二三四五六七八九十两\d]+[\u4e00-\u9fff]{1,3}){2,}|中心|公司|集团|基地|大学|学院|工作站|服务站|联系点|委员会|领导小组|工作领导小组|法庭|派出所|司法所|协会|学会|商会|专班|工作专班|工作室|联席会议|服务中心|村民委员会|居民委员会|常务委员会|村民|居民|专家库|人才库|教育基地|大队|"
    r"股份公司|有限公司|国有公司|平台公司|高等院校|律师事务所|城市中心|区域中心|国际中心|创新中心|物业公司|.{0,2}业主委员会|业主委员会|党组织|理论学习中心组|学习中心|理论中心|.{0,4}[东西南北中]部中心|.{0,4}(?:研究型|应用型|高水平|一流|综合性|老年|开放|社区|本科|民办|高职)(?:大学|院校|学院)|.{0,4}(?:行业|发展行业|上市|跨国|物业|物业管理|合作|投资|运营|保险|国有|民营|担保|快递|劳务|社会|专业|股份合作)(?:协会|商会|公司|集团))$"
)
OWN_BODY = re.compile(
    r"^[\u4e00-\u9fff]{2,8}(?:(?:师范|职业|职业技术|医|农|理工|工|财经|警察|警官|行政|政法|民族|科技)学院|大学|律师事务所)"
)
ONE_OF_MANY = re.compile(r"(?:一批|一系列|各类|多处|多个|各具特色|\d+[余多]?[个处家所支]|若干)[^,。;、]{0,6}$")
HONOURED = re.compile(r"(?:授予|获评|荣获|评为|获得|命名为?|入选|被评|认定为)[^,。;]{0,8}“[^”]{0,6}$")
HONOURED_AS = re.compile(r"(?:获评|荣获|评为|入选|被评|认定为)(?:为|成为)?(?:20\d\d年?(?:度)?)?$")
NOT_BODY_AFTER = re.compile(
    r"群(?!众)|[一二三四]期|(?!1[个家])\d+[余多]?(?:[家所处座]|个(?=[,。;、]|$))|伍|(?<=大学)生(?!态|产|活|物|命)|(?<=中心)(?:站|小学|幼儿园|校|卫生院)|组(?!织|建)|城区|任务|环节|工作(?!站|室)|地带|思想|点|线|位置|化|内容|镇|村|大街|广场|城市|圈|法|区(?!人民|委|政府)|企业|集群|级|学校|校区"
)


@cache
def body_matcher() -> Matcher[str]:
    """The words in which the names of bodies end."""
    return Matcher((word, word) for word in BODY.split("|"))


# 市局, 省厅: in a department's report the department above it
UPPER = re.compile(
    r"(?P<level>省|市|州|县|区)(?P<kind>局|厅)(?=[《的和与、,。]|印发|部署|要求|安排|关于|统一|党组|制定|下发|组织|开展)"
)
ALIAS = re.compile(r"\((?:以下简称|简称)[^()]{1,12}\)")
# offices that a county has many of: without the name of a place they are a class
NO_SEAT = re.compile(
    r"知识产权|金融|破产|环境|互联网|少年|家事|枫桥|模范|示范|优秀|先进|新时代|规范|公安|星级|^全|^(?:苏木|乡镇|镇街|街道|基层|试点|标杆)$|等$"
)
LISTABLE = ("region.full", "region.township")
LOCAL_OFFICE = re.compile(r"(?:司法所|派出所|税务所|财政所|市场监管所|市场监督管理所|人民法庭|法庭)$")
# what an organ is divided into: 综合行政执法局|壶镇分局, 市场监管局|公职律师办公室
UNIT = re.compile(
    r"(?:(?![与和及对向在的将把被为等各同经由给于是]|印发|出台|制定|开展|组织|牵头|负责|推进|落实|联合|会同|设立|成立|建立|召开|派驻|查处|破获|受理)[\u4e00-\u9fff]){2,6}?"
    r"(?:分局|支队|大队|总队|执法队|公职律师办公室|(?<![场务管])所(?![有以得需属在辖涉提作做述指谓长])|工作站|[林农]业站|人民法庭)"
)
# a central organ's office in a place: 国家金融监督管理总局|吉林|监管局, 人民银行|贵阳|中心支行
FIELD_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:中心支行|支行|分行|监管局|监管分局|调查总队|调查队|专员办)")
ORDINAL = re.compile(r"(?P<level>[省市区县州]?)(?P<nth>第[一二三四五六七八九十]+)$")
# what a sentence must hold for organs to be in it that neither place nor lexicon lead to
# (two patterns, because each begins with a set of characters that the regex engine looks for quickly)
TRIGGERS = (re.compile(f"{LEVEL_WORD.pattern}(?=“|{DEPARTMENT.pattern}|(?x:{GOVERN.pattern}))"), BARE, UPPER)


def find_organs(
    sentence: Sentence,
    places: list[Mention],
    hits: Iterable[tuple[int, int, tuple[Organ, ...]]],
    *,
    central: Iterable[tuple[int, int, tuple[Organ, ...]]],
    verbs: Iterable[tuple[int, int, tuple[Verb, ...]]] = (),
    bodies: Iterable[tuple[int, int, tuple[str, ...]]] = (),
) -> list[Mention]:
    """Every organ and organisation named in the sentence; `hits` and `central` are the lexicon's."""
    reader = _Reader(
        sentence,
        places,
        {start: (end, organs) for start, end, organs in hits},
        verbs,
    )
    reader.read_central(central)
    reader.read_placed()
    reader.read_bare()
    reader.read_bodies(bodies)
    return sorted(reader.out, key=lambda m: (m.start, -m.end)) if len(reader.out) > 1 else reader.out


@lru_cache(maxsize=65536)
def _edge(window: str) -> str:
    """The verb or particle in which the few characters end; empty where they end in none."""
    return next((m.group() for m in EDGE.finditer(window) if m.end() == len(window)), "")


def _han(ch: str) -> bool:
    return "\u4e00" <= ch <= "\u9fff"


class _Reader:
    """Reads one sentence; keeps what was found so far, because organs hand their place on to the next."""

    def __init__(
        self,
        sentence: Sentence,
        places: list[Mention],
        hits: dict[int, tuple[int, tuple[Organ, ...]]],
        verbs: Iterable[tuple[int, int, tuple[Verb, ...]]],
    ) -> None:
        self.verbs = verbs
        self.sentence = sentence
        self.text = sentence.text
        self.places = [m for m in places if m.note != "self"]
        self.hits = hits
        self.out: list[Mention] = []
        self.ends: dict[int, Mention] = {}

    def add(
        self, start: int, end: int, *, kind: Kind, rule: str, name: str, place: str = "", note: str = ""
    ) -> Mention:
        mention = Mention(
            kind, self.sentence.index, start, end, self.text[start:end], rule, name=name, place=place, note=note
        )
        self.out.append(mention)
        self.ends[end] = mention
        return mention

    @cached_property
    def verb_ends(self) -> set[int]:
        """Where verbs end behind which a name may begin."""
        return {end for _, end, found in self.verbs if found[0].predicates[0] in EDGE_VERBS}

    def free(self, start: int, end: int) -> bool:
        return not self.out or not any(m.start < end and m.end > start for m in self.out)

    # central organs ---------------------------------------------------------------------------------------------

    def read_central(self, central: Iterable[tuple[int, int, tuple[Organ, ...]]]) -> None:
        for start, end, organs in central:
            before, after = self.text[start - 1 : start], self.text[end : end + 2]
            if after == "大学":
                continue
            if (
                (before in ("省", "市", "区", "县", "州") and before)
                or after[:1] in ("长", "门")
                or self.text[start - 3 : start] in ("驻国家",)
            ):
                continue
            if (
                len(organs[0].name) <= 3
                and before
                and "\u4e00" <= before <= "\u9fff"
                and not (before in OPENS or is_boundary(self.text, start))
            ):
                continue
            if GOVERN.fullmatch(self.text[start:end]):
                continue
            if office := FIELD_OFFICE.match(self.text, end):
                seat = next((p.name for p in self.places if p.start == end), "")
                name = self.text[start : office.end()]
                self.add(start, office.end(), kind="agency", rule="organ.field", name=name, place=seat)
                continue
            self.add(start, end, kind="agency", rule="organ.central", name=organs[0].name, place="CN")

    # a place or level word, then the organ ------------------------------------------------------------------------

    def read_placed(self) -> None:
        heads = {m.end: (m.start, m.name, "place") for m in self.places}
        for mention in self.places:
            if alias := ALIAS.match(self.text, mention.end):
                heads.setdefault(alias.end(), heads[mention.end])
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
        return self.text[at] == "“" or self._match(at, bare=False)[0] > at

    def _opens(self, start: int) -> bool:
        """Whether a level word at `start` begins a word."""
        before = self.text[start - 1 : start]
        if not before or not "\u4e00" <= before <= "\u9fff" or start in self.ends or before in OPENS:
            return True
        return before not in CLOSES and is_boundary(self.text, start)

    def _organ_at(self, at: int, start: int, place: str, how: str) -> None:
        quoted = QUOTED_OFFICE.match(self.text, at)
        if quoted:
            self.add(start, quoted.end(), kind="agency", rule="organ.quoted", name=quoted[1], place=place, note=how)
            return
        end, kind = self._match(at, bare=False)
        if end == at:
            return
        if self.text[start - 2 : start] == "中共":
            start -= 2
        upper = next(
            (m for m in self.out if m.rule == "organ.central" and VERTICAL.search(m.name) and m.end <= start), None
        )
        if upper is not None and all(any(p.start <= i < p.end for p in self.places) for i in range(upper.end, start)):
            self.out.remove(upper)  # 国家税务总局宿城区税务局 is one bureau
        while kind == "agency" and (unit := UNIT.match(self.text, end)) and not NOT_IN_NAME.search(unit.group()):
            end = unit.end()
            if local := LOCAL_OFFICE.search(unit.group()):
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

    def _listed_before(self, mention: Mention) -> None:
        """源汇区、郾城区市场监管局: a list of places of one kind shares the organ behind the last."""
        at = self._chain_start(mention.start)
        while self.text[at - 1 : at] in ("、", "和") and at > 1:
            place = next((p for p in self.places if p.end == at - 1 and p.rule in LISTABLE), None)
            if place is None or mention.place[-1:] not in "省市区县旗镇乡" or not self.free(place.start, place.end):
                return
            self.add(
                place.start,
                place.end,
                kind=mention.kind,
                rule="organ.listed",
                name=mention.name,
                place=place.name,
                note=mention.note,
            )
            at = self._chain_start(place.start)

    def _chain_start(self, at: int) -> int:
        """Where the chain of places begins that leads to the one at `at`: 嘉兴市|嘉善县."""
        before = next((p for p in self.places if p.end == at and p.rule == "region.full"), None)
        return self._chain_start(before.start) if before is not None else at

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

    def _match(self, at: int, *, bare: bool) -> tuple[int, Kind]:
        """End and kind of the organ whose name begins at `at`; `at` itself where there is none."""
        best, kind = at, "agency"
        if govern := GOVERN.match(self.text, at):
            end = govern.end()
            if govern.group().endswith("党校"):
                kind = "institution"
            if not (bare and govern.group() in ("委", "法院", "检察院", "人民法院", "办事处")):
                best = end
                if "依法治" in govern.group():
                    kind = "institution" if govern.group().endswith("委员会") else "agency"
                    if not re.search(r"(?:委员会|办公室|办|委)$", govern.group()):
                        best = at
        if hit := self.hits.get(at):
            end, organs = hit
            office = self.text[end - 1] == "办" and NOT_AFTER_OFFICE.match(self.text, end)
            deputies = self.text.endswith("人大", at, end) and self.text.startswith("代表", end)
            if end > best and not office and not deputies and not NOT_AFTER_BARE.match(self.text, end):
                best, kind = end, organs[0].kind
        if (
            not bare
            and best == at
            and (dept := DEPARTMENT.match(self.text, at))
            and not NOT_IN_NAME.search(dept["name"])
        ):
            best, kind = dept.end("name"), "agency"
        if best > at and CLASS_AFTER.match(self.text, best):
            best = at
        return best, kind  # type: ignore[return-value]

    # names of the lexicon without a place -------------------------------------------------------------------------

    def read_bare(self) -> None:
        for start, (end, organs) in sorted(self.hits.items()):
            name = self.text[start:end]
            if (
                not self.free(start, end)
                or GENERIC.match(name)
                or NOT_AFTER_BARE.match(self.text, end)
                or (len(name) < 3 and not LOCAL_OFFICE.search(name))
            ):
                continue
            before = self.text[max(0, start - 6) : start]
            if CLASS_BEFORE.search(before):
                continue
            if (
                before
                and "\u4e00" <= before[-1] <= "\u9fff"
                and before[-1] not in OPENS
                and not is_boundary(self.text, start)
            ):
                continue
            if name.endswith("部") and _han(self.text[end : end + 1]) and not is_boundary(self.text, end):
                continue
            if name.endswith("办") and NOT_AFTER_OFFICE.match(self.text, end):
                continue
            if organs[0].kind == "institution":
                self._body(start, end, known=True)
                continue
            if LOCAL_OFFICE.search(name):
                self._local_office(start, end)
                continue
            if nth := ORDINAL.search(before):  # 市第五看守所
                at = start - len(nth["nth"])
                if nth["level"]:
                    level = nth["level"]
                    name = self.text[at:end]
                    self.add(at - 1, end, kind="agency", rule="organ.level", name=name, place=level, note="level")
                continue
            if county := self._short_county(start):
                at = start - len(county)
                self._coordinated(
                    self.add(at, end, kind="agency", rule="organ.short", name=name, place=county, note="short")
                )
                continue
            self._coordinated(self.add(start, end, kind="agency", rule="organ.bare", name=name, note="bare"))
        for match in UPPER.finditer(self.text):
            if self.free(*match.span()) and self._opens(match.start()):
                kind, level = match["kind"], match["level"]
                self.add(*match.span(), kind="agency", rule="organ.upper", name=kind, place=level, note="upper")
        for match in BARE.finditer(self.text):
            longer, kind = self._match(match.start(), bare=True)
            if longer > match.end() and match.group() == "党工委":
                self.out = [m for m in self.out if not (match.start() <= m.start and m.end <= longer)]
                name = self.text[match.start() : longer]
                self.add(match.start(), longer, kind=kind, rule="organ.bare", name=name, note="bare")
                continue
            if self.free(match.start(), match.end()) and not CLASS_BEFORE.search(
                self.text[max(0, match.start() - 6) : match.start()]
            ):
                before = self.text[match.start() - 1 : match.start()]
                if (
                    not before
                    or before in OPENS
                    or not "\u4e00" <= before <= "\u9fff"
                    or is_boundary(self.text, match.start())
                ):
                    self.add(
                        match.start(), match.end(), kind="agency", rule="organ.bare", name=match.group(), note="bare"
                    )

    def _short_county(self, end: int) -> str:
        """天宁公安分局: the county's name without 区 that ends before the organ."""
        for length in (3, 2):
            at = end - length
            stem = self.text[max(0, at) : end]
            if (
                at >= 0
                and stem in short_counties()
                and _edge(stem) != stem
                and (self.text[at - 1 : at] in OPENS or is_boundary(self.text, at))
            ):
                return stem
        return ""

    def _local_office(self, start: int, end: int) -> None:
        """普淜司法所: the name before it is that of a township, shortened; 该所 and 各派出所 are nobody's name."""
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

    # bodies that have no list: their name reaches back to the verb or mark before it -----------------------------

    def read_bodies(self, bodies: Iterable[tuple[int, int, tuple[str, ...]]]) -> None:
        for start, end, _ in bodies:
            if self.text[end : end + 1] in ("长", "委") or NOT_BODY_AFTER.match(self.text, end):
                continue
            if branch := BRANCH.match(self.text, end):
                end = branch.end()  # 香港大学(深圳)
            if not any(m.start <= start and m.end >= end for m in self.out):
                self._body(start, end)

    def _body(self, suffix: int, end: int, *, known: bool = False) -> None:
        """A body whose name ends in what stands at `suffix`; that alone is a name where the lexicon knows it."""
        opened = self.text.rfind("“", max(0, suffix - 24), suffix) if self.text[end : end + 1] == "”" else -1
        quoted = opened >= 0 and "”" not in self.text[opened:end]
        joining = bool(JOINING_BODIES.search(self.text[suffix:end]))
        left = opened + 1 if quoted else self._left_edge(suffix, joining=joining)
        place, start = self._place_of(left, suffix)
        if quoted and place in ("乡", "镇", "旗", "州"):
            place, start = "", left  # “乡音普法团”
        modifiers = self.text[start:suffix]
        stripped = ADJECTIVES.sub("", modifiers)
        name = stripped + self.text[suffix:end]
        left = left if place else start + len(modifiers) - len(stripped)
        bare = name.replace("“", "").replace("”", "")
        own = quoted or (known and not stripped)  # its whole name, and not what class of body it belongs to
        if OF_PROGRAM_ALSO.match(self.text, end) or (AWARDED.search(self.text, 0, left) and "“" in name):
            return
        if quoted and ("+" in name or OF_PROGRAM.match(self.text, end + 1)):
            return
        if len(name) > 40 or (CLASS_NAME.match(bare) and not own) or GENERIC_BODY.match(bare):
            return
        if not known and (len(stripped) < 2 or not re.search(rf"[{HAN}]", stripped)):
            return
        if not (
            known
            or place
            or (quoted and not POSITION.search(name))
            or "“" in name
            or not LOOSE_BODY.search(name)
            or OWN_BODY.search(name)
            or FOUNDED.search(self.text, 0, start)
            or any(m.start == left and m.rule == "organ.central" for m in self.out)
        ):
            return
        many = ONE_OF_MANY.search(
            self.text[max(0, left - 12) : start] + modifiers[: len(modifiers) - len(stripped)]
        ) and not (known and re.search(r"委会|委员会|小组$", name))
        if many or self._honoured(left, name):
            return
        if CLASS_BEFORE.search(self.text[max(0, left - 6) : left]) and not place:
            return
        if name.count("“") != name.count("”") or not self._clear(left, end):
            return
        office = re.search(r"(?:小组|委员会|联席会议)办公室$", name)
        self.out = [
            m
            for m in self.out
            if not (m.start >= left and m.end <= end and m.place and m.rule != "organ.central" and m.start > left)
        ]
        mention = self.add(
            left - quoted,
            end + quoted,
            kind="agency" if office else "institution",
            rule="organ.body",
            name=name,
            place=place,
            note="body",
        )
        if place and start > left and any(m.start == left and m.rule in LISTABLE for m in self.places):
            self._listed_before(mention)

    def _honoured(self, left: int, name: str) -> bool:
        """A quoted name behind 授予 or 获评 is an honour, not a body; so is a place of one kind: 获评省…示范基地."""
        if HONOURED_AS.search(self.text, 0, left) and POSITION.search(name):
            return True
        return bool(HONOURED.search(self.text, 0, left + (self.text[left : left + 1] == "“")))

    def _clear(self, start: int, end: int) -> bool:
        """A body may begin with the organ that it belongs to, but cuts no other name in two."""
        return not any(m.start < start < m.end or m.start < end < m.end for m in self.out)

    def _left_edge(self, suffix: int, *, joining: bool) -> int:
        """Where the name of a body begins: behind the nearest mark, verb or particle, quoted parts jumped over."""
        text, at = self.text, suffix
        low = max(0, suffix - 36)
        while at > low:
            ch = text[at - 1]
            if ch == "”":
                opened = text.rfind("“", low, at - 1)
                if opened < 0:
                    return at
                at = opened
                continue
            if ch == ")" and (opened := text.rfind("(", max(low, at - 14), at)) >= 0:
                at = opened
                continue
            if ch in ",。;:、!?()《》〈〉“【】":
                return at
            if ch in "指即" and text[at - 2 : at - 1] in (",", ":", "(", ""):
                return at
            if ch in MEASURES and MEASURE.search(text, max(low, at - 6), at):
                return at
            edge = _edge(text[max(low, at - 4) : at])
            if self._noun_verb(at, low):
                at -= 2
                continue
            if edge and not (joining and edge in NOUN_VERBS) and self._is_edge(edge, at):
                return at
            if not joining and at in self.verb_ends and at < suffix and self._begins(at):
                return at
            if not joining and ch in "和与及或":
                return at
            if joining and ch in "和与及" and at - 1 in self.ends:
                return at
            at -= 1
        return at

    def _is_edge(self, edge: str, at: int) -> bool:
        """Whether the word is a word here: 共 in 公共法律服务站 and 联合 in 联合调解中心 begin no name."""
        if edge == "联合" and not self._partners(at):
            return False
        if (edge == "联合" and PARTNERED.match(self.text, at)) or (edge == "引导" and self.text.startswith("基金", at)):
            return False
        if edge == "参与" and self.text.endswith(("全民", "社会", "公众", "群众", "多方"), 0, at - 2):
            return False
        return self._begins(at) and (len(edge) > 1 or is_boundary(self.text, at - 1))

    def _partners(self, at: int) -> bool:
        """Whether 联合 is said of someone: 区司法局联合…, but 先进制造业联合总部基地."""
        if not JOINT.match(self.text, at):
            return True
        before = self.text[at - 3 : at - 2]
        return (
            not _han(before) or at - 2 in self.ends or before in "并院局会委部办社所队站校" or at - 2 in self.verb_ends
        )

    def _noun_verb(self, at: int, low: int) -> bool:
        """共建|创新验证转化基地: of two verbs that touch, the inner begins the name."""
        word = self.text[at - 2 : at]
        return word in INNER and (
            self.text[at - 3 : at - 2] in ("、", ",", "") or len(_edge(self.text[max(low, at - 6) : at - 2])) > 1
        )

    def _begins(self, at: int) -> bool:
        """Whether a word begins behind a verb: not in 开发|者, 应用|型; a level word does (建成|区知识产权中心)."""
        return self.text[at] in "省市区县乡镇街村" or is_boundary(self.text, at)

    def _place_of(self, left: int, suffix: int) -> tuple[str, int]:
        """The place or level word with which the name begins, and where the rest goes on."""
        for mention in self.places:
            if mention.start == left and mention.end < suffix:
                return mention.name, mention.end
        for mention in self.out:
            if (
                mention.start == left
                and mention.end <= suffix
                and mention.place not in ("", "CN")
                and mention.kind == "agency"
            ):
                return mention.place, left + len(mention.surface) - len(mention.name)
        level = LEVEL.match(self.text, left)
        if level and level.end() <= suffix:
            return level["level"], level.end()
        return "", left
