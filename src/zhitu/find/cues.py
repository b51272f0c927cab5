"""Cues: which verb governs a mention, and what it says of it.

A verb governs the mentions behind it in its clause, lists included, up to the next verb; some govern what stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat

from zhitu.find.behind import BOUNDARY, governed_behind
from zhitu.find.told import CLOSED, MENDED, aside, attribute, heads, items, opening
from zhitu.lexicon.verbs import Verb, verb_matcher
from zhitu.model import Mention

LIST = re.compile(r"^(?:[、和与及,]|以及|等|\([^()]*\)|[“”])*$")
# who issued the next of a list: 《A》和省政府《B》
ISSUER = re.compile(
    r"(?:[、和与及]?(?:中共)?(?:[\u4e00-\u9fff]{0,8}(?:中央|国务院|自治区|[省市区县州旗]))(?:委|政府|人民政府|党委)?(?:办公厅|办公室|办)?)+"
    r"(?:联合)?(?:印发|制定|出台|下发)?的?$"
)
REACH = {"document": 45, "program": 30, "institution": 60, "agency": 30}
# relation by the mention's kind: what each predicate of the verb lexicon means for it
MEANS: dict[str, dict[str, str]] = {
    "document": {
        "issued": "issued", "implements": "implements", "studied": "studied", "revised": "revised", "repealed": "repealed", "established": "issued",
        "leads": "leads",
    },
    "program": {"runs": "runs", "implements": "runs", "established": "runs", "leads": "leads", "issued": "runs"},
    "institution": {"established": "established"},
    "agency": {"established": "established"},
}  # fmt: skip
# 我镇依《X》承接…: a word too short for the lexicon
BY = re.compile(r"(?:^|[,。;]|[我本][镇乡县市区局]|[均都]|分别|严格)(?P<by>[依按])(?:国务院办公厅|国务院|[省市]政府)?$")
# 制发规范性文件4件,包括《X》: what is counted is then named
COUNTED_OUT = re.compile(
    r"(?P<verb>制发|印发|出台|制定|发布|制定出台|制定印发|公布)了?[^,。;《》\d]{0,4}(?:行政)?规范性文件[^,。;《》]{0,4}\d+[件部个],(?:其中)?(?:包括|包含|分别[是为]|即|有)(?:《[^《》]*》[、和及]?)*$"
)
# between two verbs that have one object
SHARES = re.compile(
    r"了?(?:并且?|[、和及且])(?:认真|严格|全面|及时|切实|有效|深入|组织|扎实|抓好|坚决|专题|带头|积极|持续|不断)*"
)
BASIS = re.compile(
    r"^(?:根据|按照|依据|依照|遵照|围绕|聚焦|对照|对标|紧扣|结合|依托|遵循|紧紧围绕|以…为指引|履行)"
)  # no way to run a program
SHAPED = re.compile(r"^tail=.*(?:机制|模式|体系|架构|制度|平台|工作法)$")  # 形成“X”工作机制, but 形成“两法衔接”合力
ABOUT = ("围绕", "紧扣", "聚焦", "紧紧围绕")  # 紧扣“放管服”改革: a reform that is known is what the work is about
IMPROVING = re.compile(r"完善|健全|优化|夯实")  # of a program: to go on with it; of a document: to change it
FOUNDING = re.compile(r"(?:建设|建起|办起|新建|打造|创建|建立|搭建|建)了?$")  # verbs of running that found a body
OF_OTHERS = re.compile(r"(?:国家|全国|中央|[省市]级?|第[一二三四五六七八九十]+批)")
SUBMITTED = re.compile(r"(?:提请|提交|报请|报送?|呈报)[^,。;]*$")
CONFLICT = re.compile(r"(?:等[^,。;]{0,8})?(?:相抵触|不一致|不相符|相冲突|不适应|不符)")
# 《X》实施方案: the title goes on outside its marks, so that what is said is said of another document
GOES_ON = re.compile(
    r"""
      # an anniversary: 《X》颁布十周年
      (?:发表|颁布|施行|实施|签署|发布)[\d一二三四五六七八九十]+周年
      # teaching and models: 《X》宣教活动, 《X》示范创新
    | (?:宣教|普法|创新示范|示范)(?:教育|项目|活动|创新)
      # its own papers: 《X》重点任务分工方案, 《X》配套制度; but 《X》文件精神 is the document's own
    | (?:及其)?(?:重要举措|重点任务|任务|贯彻|落实|工作)?(?:分工|责任|实施|落实|配套)?
        (?: 文件(?!精神|要求|规定) | 制度 | 课程 | 宣传 | 主题 | 专题 | 讲座 | (?<=法》)读本
        | 方案 | 意见 | 细则 | 举措 | 措施 | 办法 | 清单 | 白皮书 | 任务分解)
        (?![^,。;]{0,4}(?:落实|执行))
    """,
    re.VERBOSE,
)
LECTURE = re.compile(r"学法|讲座|培训|授课|学习|宣讲|考试|课")  # …讲座5场,内容包括《X》
INSPECTION = re.compile(r"(?:专项)?(?:督导|督察|督查|巡视)")  # 中央扫黑除恶专项督导 is the inspection
OF_BODY = re.compile("制度|机制")  # 建立…联席会议制度: what is set up is the system
# behind a body: it is the quarter, the works or the part that is built
PART_OF = re.compile(
    r"""
      # stages and new premises: 医院|二期, 医院|新院区, 中心|办公楼
      [一二三四五]期 | 新(?:办公|馆|址|院|校|楼|大楼) | 办公(?:场所|楼|用房)
      # parts and buildings: 医院|东城院区, 医院|门诊楼
    | [\u4e00-\u9fff]{2,6}(?:医院|院区|分院) | [\u4e00-\u9fff]{0,6}?(?:大楼|综合楼|门诊楼|住院楼|教学楼|医技楼) | 派出
      # works: 医院|门诊楼改造工程
    | [\u4e00-\u9fff]{0,8}?(?:修缮|改造|扩建|装修|迁建)(?:提升)?(?:工程|项目)
    | 先行 | 改造 | 扩容 | 提容 | 提质 | 废水 | 污水 | 处理厂 | 厂房
      # quarters and land
    | (?:科技创新)?带(?![动头来领]) | 配套 | 周边 | 保障房 | 住房 | 用地 | 片区
      # others
    | 人才 | 标杆 | 样板 | 体系 | 理事会 | 国家级试点 | 等(?:政策|举措|措施)
    """,
    re.VERBOSE,
)
NOUN = {
    verb: re.compile(tail)
    for verb, tail in {
    "负责": "人|同志", "规范": "性|化", "组织": "部|法|生活|机构|领导|单位", "执行": "局|力|率|案", "创新": "局|型|驱动|创业|产业|园", "建设": "局|厅|部|工程|项目|用地|单位", "指导": "意见|组|思想|下",
    "审查": "意见", "报告": "制度|会", "培训": "班|会", "学习": "型|班|强国", "发布": "会|厅|机", "实施": "方案|意见|细则|办法|纲要|条例|主体", "落实": "情况", "评估": "报告", "研究": "室|院|所|会",
    "管理": "局", "主管": "部|单|局", "改革": "委", "共建": "区|园|示范|基地|共", "申报": "机|材|人|表|书|系|单|项|条|流|工", "监督": "员|局", "宣传": "部|周|月|日|栏|册|片", "服务": "局", "计划": "书", "调解": "委|员|室|中", "探索": "者", "制定": "主体|机关|权",
}.items()
}  # fmt: skip
# 法治建设, 队伍建设 are nouns
BUILT = frozenset(
    (
        "法治",
        "队伍",
        "制度",
        "机制",
        "体系",
        "平台",
        "文化",
        "能力",
        "阵地",
        "作风",
        "政府",
        "党的",
        "思想",
        "组织",
        "廉政",
        "诚信",
        "双拥",
    )
)
RENEWED = frozenset(
    ("机制", "体制", "制度", "模式", "科技", "技术", "理论", "管理", "产业", "自主", "协同")
)  # 机制创新
FRONTS = frozenset((*NOUN, "部署", "安排", "要求", "建设", "共建"))  # verbs that may be the front of a noun
CHANNEL = re.compile(r"(?:品牌|平台|阵地|公众号|小程序|热线|课堂|讲堂|APP|系统)$")
MACHINERY = re.compile(r"^tail=.*(?:机制|模式|工作法)$")  # 依托“社区吹哨”机制: one's own way of working
AGREEMENT = re.compile(r"(?:协议|备忘录|合作框架|意见|办法|方案|细则|规定|纪要|机制)(?:书)?$")
SIGNING = ("签订", "签署", "共同签署", "联合签署", "共同签订", "联合签订")
LED_BY = re.compile(r"[局办院委会部厅府](?P<verb>牵头)的$")  # 由区司法局牵头的联席会议
MEMBERS = re.compile(
    r"(?:组长|成员|牵头|挂帅|主任|负责人|组成|为主体|为主|参加|指导)[^,]{0,12}的(?:[\u4e00-\u9fff]{2,3}[省市区县]?)?$"
)
BLOCKED = re.compile(r"^以|为|被|进入|入驻|进驻|纳入|设在|移交|划转|提交|挂靠|由|到|项目|向|在|组长|组员|聘请")
RUNNING_TAIL = re.compile(
    r"(?:委员会|联席会议|小组|专班|指挥部|理事会|专家库|咨询库|人才库|基地|中心|站|馆|室|点|庭|所|团|队|院)$"
)


def govern(
    text: str, mentions: list[Mention], hits: Iterable[tuple[int, int, tuple[Verb, ...]]] | None = None
) -> list[Mention]:
    """The mentions of one sentence with the verbs that govern them; `hits` are the lexicon's, if they are known already."""
    if not any(map(_governable, mentions, repeat(text))):
        return mentions
    if hits is None:
        hits = verb_matcher().find(text)
    named = bytearray(len(text))  # 1 where a name stands: no verb does there
    for m in mentions:
        if m.kind != "region" and m.inside is None:
            named[m.start : m.end] = b"\1" * (m.end - m.start)
    verbs = [
        (a, b, v[0])
        for a, b, v in hits
        if named.find(1, a, b) < 0 and not (v[0].text in FRONTS and _goes_on(text, b, v[0].text))
    ]
    if "《" in text:
        verbs = [verb for verb in verbs if not _attributed(text, verb, verbs, mentions)]
    out: list[Mention] = []
    before: dict[str, Mention] = {}
    for mention in mentions:
        if mention.inside is None and mention.kind in MEANS and not _part(text, mention, mentions):
            mention = (
                opening(text, governed_behind(text, mention, verbs), mentions)
                or _left(text, mention, verbs)
                or _owned(text, mention, mentions, before)
                or _listed(text, mention, before)
                or items(text, mention)
                or heads(text, mention, mentions)
                or mention
            )
            before[mention.kind] = mention
        out.append(mention)
    return _backwards(text, out)


def _owned(text: str, mention: Mention, mentions: list[Mention], before: dict[str, Mention]) -> Mention | None:
    """A镇“X”、|B村“Y”全县推广: the second of a list has an owner of its own."""
    last = before.get(mention.kind)
    return heads(text, mention, mentions) if last is not None and last.verb_id == "head" else None


def _attributed(
    text: str, verb: tuple[int, int, Verb], verbs: list[tuple[int, int, Verb]], mentions: list[Mention]
) -> bool:
    """贯彻落实|国务院印发《X》: the verb says whose document it is that is carried out."""
    start, end, issuing = verb
    if "issued" not in issuing.predicates or text[end : end + 1] != "《":
        return False
    organs = [m for m in mentions if m.kind == "agency" and m.inside is None and m.end <= start]
    at = start
    while organs and (organs[-1].end == at or text[organs[-1].end : at] in ("、", "和", "联合")):
        at = organs.pop().start
    return at < start and any(b == at and "implements" in v.predicates for _, b, v in verbs)


def _governable(mention: Mention, text: str) -> bool:
    if mention.inside is not None or mention.kind not in MEANS:
        return False
    return mention.kind != "agency" or CLOSED.match(text, mention.end) is not None


# “一带一路”建设的重要支撑区: the verb's object is the place
OF_ANOTHER = re.compile(
    r"(?:建设)?的(?:重要|关键|核心|战略)*(?:支撑|节点|枢纽|样板|先行|门户)|倡议|(?:重要|战略)*(?:支点|桥头堡)|长效[\u4e00-\u9fff]{0,2}机制|(?:建设)?(?:标杆|样板|先行)(?:[城地]?[市区]|县)|(?:创新)?(?:实验区|试验区|先导区)"
)


def _part(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a body's name is only the front of a longer one, or of what is built for it: 中山大学|附属第七医院."""
    if mention.kind == "program":
        if mention.rule == "program.known" and INSPECTION.match(text, mention.end):
            return True
        if OF_ANOTHER.match(text, mention.end) or ("督察" in mention.name and MENDED.match(text, mention.end)):
            return True
        if text[mention.end : mention.end + 1] == "“" and not mention.surface.endswith("”"):
            return any(m.kind == "program" and m.start == mention.end for m in mentions)  # 供给侧结构性改革“倍增计划”
        bodies = [m for m in mentions if m.kind == "institution" and m.start <= mention.start and mention.end <= m.end]
        if any(not OF_BODY.match(text, m.end) for m in bodies):
            return True  # “两法衔接”工作领导小组
        # the program in a platform's name: “两法衔接”信息平台
        return any(
            m.kind == "program"
            and m.start == mention.start
            and m.end > mention.end
            and m.rule == "program.known"
            and text[mention.end] not in "、和及"
            for m in mentions
        )
    if mention.kind not in ("institution", "agency"):
        return False
    if mention.kind == "institution" and (PART_OF.match(text, mention.end) or OF_BODY.match(text, mention.end)):
        return True
    return any(
        m.start <= mention.start and mention.end <= m.end and m.end - m.start > mention.end - mention.start
        for m in mentions
        if m.kind == "institution"
    )


def _backwards(text: str, mentions: list[Mention]) -> list[Mention]:
    """《A》《B》相继出台: a verb behind the last member of a list governs those before it too."""
    members = [i for i, mention in enumerate(mentions) if mention.inside is None and mention.kind in MEANS]
    for i, j in zip(reversed(members[:-1]), reversed(members[1:]), strict=True):
        before, last = mentions[i], mentions[j]
        if (
            last.verb_id not in ("right", "head")
            or before.kind != last.kind
            or before.predicates
            or before.end > last.start
        ):
            continue
        between = text[before.end : last.start]
        if LIST.match(between) and "," not in between:
            mentions[i] = before.governed(last.predicates, verb=last.verb, by=last.verb_id)
    return mentions


def _goes_on(text: str, end: int, verb: str) -> bool:
    """Whether the verb is the front of a noun: 负责人, 规范性文件, 组织部."""
    tail = NOUN.get(verb)
    start = end - len(verb)
    if verb in ("部署", "安排", "要求") and (text[start - 2 : start] == "工作" or text[start - 1 : start] == "”"):
        return True
    if verb in ("建设", "共建") and text[end - 4 : end - 2] in BUILT:
        return True
    if verb == "创新" and text[end - 4 : end - 2] in RENEWED:
        return True
    return bool(tail and tail.match(text, end, end + 2))


def _left(text: str, mention: Mention, verbs: list[tuple[int, int, Verb]]) -> Mention | None:
    """The nearest verb before the mention, in its clause."""
    if mention.kind == "program" and (attribute(text, mention) or aside(text, mention)):
        return None
    if mention.kind == "agency" and not CLOSED.match(text, mention.end):
        return None
    if mention.kind == "document" and (CONFLICT.match(text, mention.end) or GOES_ON.match(text, mention.end)):
        return mention
    if mention.kind == "document" and (count := COUNTED_OUT.search(text, 0, mention.start)):
        return mention.governed(("issued",), verb=count.span("verb"), by="left")
    if mention.kind == "document" and (by := BY.search(text, 0, mention.start)):
        return mention.governed(("implements",), verb=by.span("by"), by="left")
    for i in range(len(verbs) - 1, -1, -1):
        start, end, verb = verbs[i]
        if end > mention.start or text[end : end + 1] == "的" or text.startswith("后的", end):
            continue  # behind the mention, or 印发的《X》: whose issue it was is said, not who acts
        if verb.text.startswith("内容") and not LECTURE.search(text, 0, start):
            continue
        between = text[end : mention.start]
        if mention.kind in ("institution", "agency") and not MEMBERS.search(between) and BLOCKED.search(between):
            return None
        if mention.kind == "document" and (
            between.endswith("与") or ("," in between and not LIST_GOES_ON.match(text, mention.end))
        ):
            return None  # 与《X》不相适应的, 废止《A》,《B》公开征求意见
        reach = 90 if mention.kind == "program" and "、" in between else REACH[mention.kind]
        if len(between) > reach or not _same_clause(between, mention.kind):
            return None
        if verb.text == "纳入" and OF_OTHERS.match(between):
            return mention  # 纳入国家“双高计划”: taken up by others
        if verb.text.startswith("审议") and SUBMITTED.search(text, 0, start):
            return mention  # 提请人大审议通过《X》: others are to decide
        if i and verbs[i - 1][1] == start and "negation" in verbs[i - 1][2].predicates:
            return mention
        relations = _relations(verb, mention)
        if relations is None:
            continue  # the verb says nothing of this kind: look further left
        if relations and mention.kind == "document" and (also := _shared(text, verbs, i, mention)):
            start, relations = verbs[i - 1][0], tuple(dict.fromkeys((*also, *relations)))
        return mention.governed(relations, verb=(start, end), by="left") if relations else None
    if mention.kind in ("institution", "program") and (led := LED_BY.search(text, 0, mention.start)):
        return mention.governed(("leads",), verb=led.span("verb"), by="left")
    return None


def _shared(text: str, verbs: list[tuple[int, int, Verb]], i: int, mention: Mention) -> tuple[str, ...]:
    """What the verb before says of the object that it shares: 制定并学习《X》, 认真学习、严格执行《X》."""
    if not i or not SHARES.fullmatch(text, verbs[i - 1][1], verbs[i][0]):
        return ()
    also = _relations(verbs[i - 1][2], mention) or ()
    return () if "repealed" in also else also  # 废止并重新印发


def _same_clause(between: str, kind: str) -> bool:
    if not BOUNDARY.search(between):
        return True
    if kind in ("institution", "agency"):
        return bool(MEMBERS.search(between))  # 成立以X为组长,Y为成员的Z

    return bool(kind == "document" and re.fullmatch(r"(?:[^,]*》[、,和及]*)+", between))  # 《A》,《B》


UNISSUED = re.compile(r"[(〔]?(?:草案|送审稿|征求意见稿|讨论稿|审议稿|初稿)[)〕]?[》”]?$")
# what may follow the last of titles listed with commas: else it begins a clause of its own
LIST_GOES_ON = re.compile(r"(?:\([^()]*\))?(?:[、,。;:和与及等《(”]|以及|$)")


def _relations(verb: Verb, mention: Mention) -> tuple[str, ...] | None:
    """Relations that the verb states of the mention; empty when it states that there is none; None when it is silent."""
    kind = mention.kind
    if verb.attribute:
        return None
    if kind == "document" and verb.text == "牵头起草":
        return ("leads",)
    if (
        kind == "document"
        and verb.text in SIGNING
        and (AGREEMENT.search(mention.name) or verb.text not in ("签订", "签署"))
    ):
        return ("issued",)
    if kind == "program" and mention.name.endswith("示范创建") and verb.text in ("争创", "申报", "创成"):
        return ("runs",)
    if any(p in ("not_issued", "honour", "recommend") for p in verb.predicates) and not (
        kind == "program" and "runs" in verb.predicates
    ):
        if kind == "document":
            return ()
        return () if kind == "program" and "honour" in verb.predicates else None
    if "not_established" in verb.predicates and kind != "program":
        return () if kind in ("institution", "agency") else None
    if any(p in ("plan", "negation", "shortfall") for p in verb.predicates):
        return None
    means = MEANS[kind]
    found = tuple(dict.fromkeys(means[p] for p in verb.predicates if p in means))
    if kind == "program" and IMPROVING.search(verb.text):
        return ("runs",)
    if kind == "program" and verb.text == "形成" and not SHAPED.search(mention.note):
        return None
    if kind == "program" and verb.text == "提供" and mention.name.endswith(("式", "对一")):
        return None  # 提供“一站式”服务: how it is done
    if kind == "program" and verb.text == "打响" and mention.rule != "program.known" and "品牌" not in mention.note:
        return None  # 打响“深圳品牌”
    if kind == "program" and mention.rule == "program.known" and verb.text in ABOUT:
        return ("runs",)
    if kind == "program" and BASIS.match(verb.text):
        # 依托“宣纸上的法”普法品牌: through a channel of one's own
        own = (
            mention.rule == "program.quoted"
            and verb.text in ("依托", "借助", "利用")
            and (CHANNEL.search(mention.surface) or CHANNEL.search(mention.note) or MACHINERY.search(mention.note))
        )
        return ("runs",) if own else ()
    if kind == "program" and "studied" in verb.predicates:
        return None
    if kind == "document":
        if verb.text in ("建立", "建立健全", "健全", "探索建立", "建立完善", "健全完善") or verb.text.endswith("推出"):
            return ("issued",)
        if verb.weak and found:
            return None if "issued" not in found else ()
        if UNISSUED.search(mention.surface):
            found = tuple(p for p in found if p != "issued")  # 拟定《X(征求意见稿)》
        if found == ("leads",):
            return found if verb.text.startswith("牵头") and len(verb.text) > 2 else None
        if found and verb.text.startswith("牵头") and "issued" in found:
            return ("issued", "leads")
    if kind == "institution" and verb.text.startswith("牵头") and "established" in verb.predicates:
        return ("established", "leads")
    if kind == "institution" and (verb.weak or not found):
        founds = FOUNDING.search(verb.text) and RUNNING_TAIL.search(mention.surface.strip("”"))
        if not founds:
            return None
        if not found:
            return ("established",)
    if kind == "agency" and (
        verb.weak or mention.name in ("委", "政府") or not re.search(r"成立|组建|设立", verb.text)
    ):
        return None if not found else ()
    return found or None


def _listed(text: str, mention: Mention, before: dict[str, Mention]) -> Mention | None:
    """A member of a list shares the verb of the one before it."""
    last = before.get(mention.kind)
    between = ISSUER.sub("", text[last.end : mention.start]) if last else ""
    if (
        last
        and ("," not in between or (mention.kind == "document" and LIST_GOES_ON.match(text, mention.end)))
        and last.predicates
        and last.verb
        and last.verb[0] < last.start
        and LIST.match(between)
    ):
        return mention.governed(last.predicates, verb=last.verb, by="list")
    return None
