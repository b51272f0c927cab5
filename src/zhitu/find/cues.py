"""Cues: which verb governs a mention, and what it says of it.

A verb governs the mentions behind it in its clause, lists included, up to the next verb; some govern what stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat

from zhitu.lexicon.verbs import Verb, verb_matcher
from zhitu.model import Mention

BOUNDARY = re.compile(r"[,。;:!?]")
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
BASIS = re.compile(
    r"^(?:根据|按照|依据|依照|遵照|围绕|聚焦|对照|对标|紧扣|结合|依托|遵循|紧紧围绕|以…为指引|履行)"
)  # no way to run a program
SHAPED = re.compile(r"^tail=.*(?:机制|模式|体系|架构|制度|平台|工作法)$")  # 形成“X”工作机制, but 形成“两法衔接”合力
ABOUT = ("围绕", "紧扣", "聚焦", "紧紧围绕")  # 紧扣“放管服”改革: a reform that is known is what the work is about
IMPROVING = re.compile(r"完善|健全|优化|夯实")  # of a program: to go on with it; of a document: to change it
FOUNDING = re.compile(r"(?:建设|新建|打造|创建|建立|搭建|建)了?$")  # verbs of running that found a body
NUMBER_BEHIND = re.compile(r"\([^()]{2,30}\)")  # 《X》(政政〔2009〕41号)同时废止
# right of the mention
RIGHT = {
    "document": (
        (re.compile(r"^(?:等[^,。;《》]{0,6})?(?:于[^,。;]{2,12})?(?:已经|已|正式|先后|顺利|现|获|[^,。;《》]{2,20}?通过)*(?:,?并|后)?(?:正式)?(印发|出台|发布|公布|颁布)(?!会|的)"), "issued"),
        (re.compile(r"^已?经[^,。;《》]{2,30}(?:批准|通过)[,并]*(?:自|于|将于)[^,。;]{2,20}(施行|实施)"), "issued"),
        (re.compile(r"^由[^,。;《》]{2,20}?(?:研究|牵头|组织)?(制定|印发|出台|发布|编制)"), "issued"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:(?:予以|进行了?|被|已经?|宣布|依法|同时|随之|相应)+(?:废止|失效)|(?:已)?不再执行|停止执行|(?:已)?停止施行)"), "repealed"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:(?:予以|进行了?|被|已经?)+(?:全面)?(?:修订|修改|修正)|列为修[订改]项目|(?:修订|修改)后(?:重新)?(?:公布|印发|发布|出台))"), "revised"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(废止|失效)"), "declared"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:已|均已)?完成(修订|修改|修编)"), "revised"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:草案)?的?(修订|修改|修编)(?:工作)?(?=[,。;、]|$)"), "completed"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:草案)?的?(起草|制定|编制|修订)(?:工作)?(?=[,。;、]|$)"), "drafted"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:得到|得以)(?:[^,。;《》]{0,6})(?:贯彻|落实|执行|实施)"), "carried"),
        (re.compile(r"^[^,。;《》]{0,8}(?:贯彻|落实|执行|实施|落到实处|落地|收官)"), "implements"),
        (re.compile(r"^(?:等)?(?:规定|确定|明确|提出|部署|要求)?的?(?:各项|年度|目标|工作)*(?:任务|目标)"), "implements"),
        (re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*为(?:指导|统领|遵循|引领|纲领|主线|总抓手|抓手|牵引|依据|蓝本)"), "implements"),
        (re.compile(r"^(?:等[^,。;《》]{0,8})?(?:纳入|列入|列为)[^,。;]{0,24}(?:学习|培训|学法|教学|必修|课程|考试)"), "studied"),
        (re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*(?:等[^,。;《》]{0,8})?(?:作为|列入|纳入|列为)[^,。;]{0,24}(?:必学|学习|学法|培训)(?:内容|重点|课程)"), "studied"),
        (re.compile(r"^[^,。;《》]{0,6}(?:学习|培训|宣讲|专题讲座|专题授课|专题报告会|报告会|专题辅导|知识讲座|宣传)"), "studied"),
        (re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*(?:等[^,。;《》]{0,8})?(?:开展|进行|作|做)?(?:专题|集中)?(授课|辅导|讲授|解读)"), "taught"),
        (re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*(?:等[^,。;《》]{0,10})?,?(?:开展|进行|组织)了?(?:专题|集中)?(学习|研讨|培训)"), "taught"),
        (re.compile(r"^[^,。;《》]{1,20}?(?:纳入|列入|列为|作为)[^,。;《》]{0,24}(学习|学法|培训)(?:内容|重点|计划|安排|课程|必修)"), "taken"),
    ),
    "program": (
        (re.compile(r"^(?:工作|建设|改革|任务)*(?:顺利|圆满|全面|如期|高分|基本|同步)*(推进|通过[^,。;]{0,8}(?:验收|评估|检查)|收官|完成|向纵深推进|走深走实)"), "runs"),
        (re.compile(r"^(?:改革|监管|工作|创建|建设|活动)*为(?:总|重要)?(?:抓手|牵引|契机|载体|突破口|主题(?=,?(?:[\u4e00-\u9fff]{0,4})?(?:举办|开展|组织)))"), "guided"),
        (re.compile(r"^(?:微信公众号|公众号|小程序|专栏|栏目|平台|抖音)?(播放量|阅读量|点击量?|浏览量|关注|粉丝|注册用户|用户)[^,。;]{0,8}\d"), "runs"),
        (re.compile(r"^(?:改革|创建|建设|工作)*(推进|推动|促进|带动|引领|助推|撬动|赋能)"), "means"),
        (re.compile(r"^(?:改革)?(?:试点)?(地区|单位|城市|县|市|区|省)"), "piloted"),
        (re.compile(r"^(?:服务|改革|工作)*(能力|水平|效率|质效|效能)(?=[^,。;]{0,8}(?:提升|提高|增强|优化))"), "runs"),
        (re.compile(r"^(?:服务|改革|工作)*(能力|水平|效率|质效|效能|质量)"), "raised"),
        (re.compile(r"^(?:事项|工作|制度|改革)*(?:得到|得以)[^,。;]{0,4}(落实|推广|推行|实施)"), "runs"),
        (re.compile(r"^(?:系列)?(?:活动|行动|工程|品牌|服务)?[已共累计]{0,2}(覆盖|惠及|吸引|走进)(?!率|面)"), "runs"),
        # “X”机制处理纠纷346件, “X”事项占比达91.3%: what it brought about shows that it runs
        (re.compile(r"^(?:改革|机制|平台|系统|活动|行动|服务|窗口|专窗|模式|工作室)?(?:共|已|累计|全年|年内|先后|一年来)*(开讲|开课|抽查|办件|办理|处理|受理|化解|调解|解决|清理|接办|接待|服务|发放|排查|查处|整治|收集|归集|推送|监测|办结|核查|拦截|走访|检查|帮助|破获|侦破|查获|立案|移送|开展)(?=[^,。;、]{0,10}?\d)"), "runs"),
        (re.compile(r"^(?:改革|监管|工作|制度|机制|服务)*(?:实现|达到)(全覆盖|常态化|全流程)"), "runs"),
        (re.compile(r"^(?:改革|工作|活动|行动|整治|建设)*(?:取得[^,。;]{0,8}成效|(?:工作)?成效(?:明显|显著))"), "runs"),
        (re.compile(r"^(?:抽查|监管|改革|服务|政务服务|办理)*(?:事项)?(占比|比例|覆盖率|办件率|实现率|率)(?=达|为|占|提|\d)"), "runs"),
        (re.compile(r"^(?:工作|建设|改革|制度|任务|监管|机制|试点|主题|重点|事项|场景|应用)*(?:工作)?(?:[在于自][^,。;]{2,40}?)?起?[有序稳步深入扎实全面持续不断纵深顺利加快已经逐步基本]{0,4}(推进|推行|落地|开展|实施|深化|运行|见效|启动|建立|上线|实行|施行|推开|铺开|落到实处|落实到位|迭代|升级(?!版)|提档|提质|扩面|增效)"), "runs"),
    ),
    "institution": ((re.compile(r"^(?:已|正式|先后|相继|顺利|于[^,。;]{1,8}?)?((?:挂牌|揭牌)?(?:成立|组建|设立)(?=[,。;、并]|运[行作]|$)|(?:挂牌|揭牌)(?!成立)|建成(?=[,。;、并后]|使用|投|启用|开放|运|营业|揭牌)|投入使用|启用|投用)(?!以来|后|大会|仪式|时间|之)"), "established"),),
}  # fmt: skip
SUBMITTED = re.compile(r"(?:提请|提交|报请|报送?|呈报)[^,。;]*$")
CONFLICT = re.compile(r"(?:等[^,。;]{0,8})?(?:相抵触|不一致|不相符|相冲突|不适应|不符)")
# 《X》实施方案: the title goes on outside its marks, so that what is said is said of another document
GOES_ON = re.compile(
    r"(?:宣教|普法|创新示范|示范)(?:教育|项目|活动|创新)|(?:及其)?(?:重要举措|重点任务|任务|贯彻|落实|工作)?(?:分工|责任|实施|落实|配套)?(?:文件(?!精神|要求|规定)|制度|课程|宣传|主题|专题|讲座|读本|方案|意见|细则|举措|措施|办法|清单|白皮书|任务分解)(?![^,。;]{0,4}(?:落实|执行))"
)
# what may follow a known program in quotation marks that is itself run
RUNNABLE = re.compile(
    r"成果|联办|集成|系列|宣传|巡回|宣讲|微信|志愿|公益|联动|联席|协作|执法|闭环|清单式|数字|智慧|智能|线索|案件|巡查|整治|治理|排查|督查|督导|考核|评估|创新|提升|培养|培育|远程|改造|终期|抽检|培训|集中|线上|线下|移动端|客户端|小程序|APP|第三方|登记|跨部门|跨领域|[^\u4e00-\u9fff]|$|[的等为在和与及以并让使向由到从进后中上将方各]|改革|工作|建设|行动|活动|机制|制度|模式|平台|试点|服务|监管|创建|体系|专项|普法|规划|系统|办|审批|综合|落|取得|得到|范围|有序|推|实|覆盖|成效|全|常态|走深|"
    r"理念|品牌|做法|经验|要求|原则|任务|政策|措施|清单|联合|抽查|执法|检查|大厅|窗口|标准|责任|监督|攻坚|战略|工程|示范|主题|教育|集成|套餐|事项|业务|专窗|专区"
)
# a known program behind such a verb is run whatever follows it, but for what is called after it
CARRIED_OUT = re.compile(
    r"(?:首推|首创|推出|上线|开设|创新|试行|开展|推行|实施|深化|推进|落实|启动|探索|举办|推广|实行)了?[\u4e00-\u9fff]{0,4}$"
)
OTHER = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:国际|高峰|论坛|博览会|峰会|领导小组|联席会议|委员会|办公室|专班|沿线|倡议|合作|企业|人才|队伍|资金|基地|中心|园区|终期)"
)
TITLED = re.compile(r"《[^《》]*》")
TAKEN = re.compile(r"[把将以][^,。;:]*$")  # 将《A》《B》列入…
GUIDED = re.compile(r"以[^,。;:]{0,16}$")  # 以“接诉即办”改革为牵引: a program of one's own, by which one goes on
DECLARED = re.compile(r"(?:宣布|决定)[^,。;]*$")  # 宣布《X》废止
LECTURE = re.compile(r"学法|讲座|培训|授课|学习|宣讲|考试|课")  # …讲座5场,内容包括《X》
TAUGHT = re.compile(r"(?:围绕|就|聚焦|针对|结合)[^,。;:]*$")  # 围绕新修订的《X》《Y》授课
MEANT = {
    "taken": "studied",
    "carried": "implements",
    "guided": "runs",
    "means": "runs",
    "piloted": "runs",
    "raised": "runs",
    "taught": "studied",
    "declared": "repealed",
    "completed": "revised",
    "drafted": "leads",
}
COMPLETED = re.compile(r"(?:完成|推进|推动|启动|做好)了?[^,。;:]*$")  # 完成《X》修编
LED = re.compile(r"牵头[^,。;:]*$")  # 牵头完成《X》起草工作
MEANS_OF = re.compile(r"[以靠]$")  # 以“放管服”改革推进高质量发展
PILOT = re.compile(r"作为[^,。;]*$")
RAISED = re.compile(r"(?:增强|提升|提高|优化|强化)了?$")  # 提升“一网通办”水平
BEFORE = {
    "taken": TAKEN,
    "guided": GUIDED,
    "means": MEANS_OF,
    "piloted": PILOT,
    "raised": RAISED,
    "taught": TAUGHT,
    "declared": DECLARED,
    "completed": COMPLETED,
    "drafted": LED,
}  # what must stand before
PUSHING = re.compile(r"(?:推进|推动|完成|抓好|做好|确保|促进|加强|强化|持续抓好|开展|举办|组织|狠抓|全力抓好)$")
# behind a quoted name: what is drawn up or opened is this, not what the name stands for
OBJECT_BEHIND = re.compile(
    r"(?:发展|支持|实施|工作|行动|服务|管理|基层|建设)*(?:方案|政策|标准|指引|细则|清单|场所|示范[站点园]|服务站|柜台|事项目录)"
)
GUIDES = re.compile(r"(?:这条|这一)?主线|为(?:主线|主题|引领|导向|统领)")
INSPECTION = re.compile(r"(?:专项)?(?:督导|督察|督查|巡视)")  # 中央扫黑除恶专项督导 is the inspection
INSPECTED = re.compile(r"(?:督察|巡视|巡察|督查)”?")
MENDED = re.compile(r"[^,。;]{0,14}(?:整改|反馈|交办|移交|后半篇)")
OF_BODY = re.compile("制度|机制")  # 建立…联席会议制度: what is set up is the system
# behind a body: it is the quarter, the works or the part that is built
PART_OF = re.compile(
    r"新(?:办公|馆|址|院|校|楼|大楼)|办公(?:场所|楼|用房)|(?:科技创新)?带(?![动头来领])|人才|配套|周边|保障房|住房|用地|片区|标杆|样板|废水|污水|处理厂|厂房|派出|先行|改造|扩容|提容|提质|体系|大楼|理事会|国家级试点"
)
NOUN = {
    verb: re.compile(tail)
    for verb, tail in {
    "负责": "人", "规范": "性|化", "组织": "部|法|生活|机构|领导|单位", "执行": "局|力|率|案", "创新": "局|型|驱动", "建设": "局|厅|部|工程|项目|用地|单位", "指导": "意见|组|思想|下",
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
CHANNEL = re.compile(r"(?:品牌|平台|阵地|公众号|小程序|热线|课堂|讲堂|APP|系统)$")
AGREEMENT = re.compile(r"(?:协议|备忘录|合作框架)(?:书)?$")
SIGNING = ("签订", "签署", "共同签署", "联合签署", "共同签订", "联合签订")
MEMBERS = re.compile(r"(?:组长|成员|牵头|挂帅|主任|负责人|组成|为主体|为主|参加|指导)[^,]{0,12}的$")
BLOCKED = re.compile(r"^以|为|进入|入驻|进驻|纳入|设在|移交|划转|提交|挂靠|由|到|项目|向|在|组长|组员|聘请")
RUNNING_TAIL = re.compile(
    r"(?:委员会|联席会议|小组|专班|理事会|专家库|咨询库|人才库|基地|中心|站|馆|室|点|庭|所|团|队|院)$"
)


CLOSED = re.compile(r"[,。;、(并]|$|挂牌")


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
    verbs = [(a, b, v[0]) for a, b, v in hits if 1 not in named[a:b] and not _goes_on(text, b, v[0].text)]
    verbs = [verb for verb in verbs if not _attributed(text, verb, verbs, mentions)]
    out: list[Mention] = []
    before: dict[str, Mention] = {}
    for mention in mentions:
        if mention.inside is None and mention.kind in MEANS and not _part(text, mention, mentions):
            mention = (
                _right(text, mention, verbs)
                or _left(text, mention, verbs)
                or _listed(text, mention, before)
                or _items(text, mention)
                or mention
            )
            before[mention.kind] = mention
        out.append(mention)
    return _backwards(text, out)


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
    r"(?:建设)?的(?:重要|关键|核心|战略)*(?:支撑|节点|枢纽|样板|先行|门户)|长效[\u4e00-\u9fff]{0,2}机制"
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
        if last.verb_id != "right" or before.kind != last.kind or before.predicates or before.end > last.start:
            continue
        between = text[before.end : last.start]
        if LIST.match(between) and "," not in between:
            mentions[i] = before.governed(last.predicates, verb=last.verb, by="right")
    return mentions


def _goes_on(text: str, end: int, verb: str) -> bool:
    """Whether the verb is the front of a noun: 负责人, 规范性文件, 组织部."""
    tail = NOUN.get(verb)
    start = end - len(verb)
    if verb in ("部署", "安排", "要求") and (text[start - 2 : start] == "工作" or text[start - 1 : start] == "”"):
        return True
    if verb in ("建设", "共建") and text[end - 4 : end - 2] in BUILT:
        return True
    return bool(tail and tail.match(text, end, end + 2))


def _attribute(text: str, mention: Mention) -> bool:
    """“一带一路”国际合作高峰论坛, 以X为主线: the program is named, and something else is done."""
    if text[mention.start - 1 : mention.start] == "以" and text.startswith("为", mention.end):
        return True
    if GUIDES.match(text, mention.end) or (INSPECTED.search(mention.surface[-3:]) and MENDED.match(text, mention.end)):
        return True
    if mention.rule == "program.quoted" and OBJECT_BEHIND.match(text, mention.end):
        return True
    if mention.rule != "program.known" or not mention.surface.endswith("”") or RUNNABLE.match(text, mention.end):
        return False
    return bool(OTHER.match(text, mention.end)) or not CARRIED_OUT.search(
        text, max(0, mention.start - 10), mention.start
    )


def _left(text: str, mention: Mention, verbs: list[tuple[int, int, Verb]]) -> Mention | None:
    """The nearest verb before the mention, in its clause."""
    if mention.kind == "program" and _attribute(text, mention):
        return None
    if mention.kind == "agency" and not CLOSED.match(text, mention.end):
        return None
    if mention.kind == "document" and (CONFLICT.match(text, mention.end) or GOES_ON.match(text, mention.end)):
        return mention
    for i in range(len(verbs) - 1, -1, -1):
        start, end, verb = verbs[i]
        if end > mention.start or text[end : end + 1] == "的":
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
        if verb.text.startswith("审议") and SUBMITTED.search(text, 0, start):
            return mention  # 提请人大审议通过《X》: others are to decide
        if i and verbs[i - 1][1] == start and "negation" in verbs[i - 1][2].predicates:
            return mention
        relations = _relations(verb, mention)
        if relations is None:
            continue  # the verb says nothing of this kind: look further left
        return mention.governed(relations, verb=(start, end), by="left") if relations else None
    return None


def _same_clause(between: str, kind: str) -> bool:
    if not BOUNDARY.search(between):
        return True
    if kind in ("institution", "agency"):
        return bool(MEMBERS.search(between))  # 成立以X为组长,Y为成员的Z

    return bool(kind == "document" and re.fullmatch(r"(?:[^,]*》[、,和及]*)+", between))  # 《A》,《B》


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
    if any(p in ("not_issued", "honour", "recommend") for p in verb.predicates):
        if kind == "document":
            return ()
        return () if kind == "program" and "honour" in verb.predicates else None
    if "not_established" in verb.predicates:
        return () if kind in ("institution", "agency") else None
    if any(p in ("plan", "negation", "shortfall") for p in verb.predicates):
        return None
    means = MEANS[kind]
    found = tuple(dict.fromkeys(means[p] for p in verb.predicates if p in means))
    if kind == "program" and IMPROVING.search(verb.text):
        return ("runs",)
    if kind == "program" and verb.text == "形成" and not SHAPED.search(mention.note):
        return None
    if kind == "program" and mention.rule == "program.known" and verb.text in ABOUT:
        return ("runs",)
    if kind == "program" and BASIS.match(verb.text):
        # 依托“宣纸上的法”普法品牌: through a channel of one's own
        own = (
            mention.rule == "program.quoted"
            and verb.text in ("依托", "借助", "利用")
            and CHANNEL.search(mention.surface)
        )
        return ("runs",) if own else ()
    if kind == "program" and "studied" in verb.predicates:
        return None
    if kind == "document":
        if verb.text in ("建立", "建立健全", "健全", "推出", "探索建立", "建立完善", "健全完善"):
            return ("issued",)
        if verb.weak and found:
            return None if "issued" not in found else ()
        if found == ("leads",):
            return found if verb.text.startswith("牵头") and len(verb.text) > 2 else None
        if found and verb.text.startswith("牵头") and "issued" in found:
            return ("issued", "leads")
    if kind == "institution" and verb.text.startswith("牵头") and "established" in verb.predicates:
        return ("established", "leads")
    if kind == "institution" and verb.weak and not FOUNDING.search(verb.text):
        return None
    if (
        kind == "institution"
        and not found
        and FOUNDING.search(verb.text)
        and RUNNING_TAIL.search(mention.surface.strip("”"))
    ):
        return ("established",)
    if kind == "agency" and (verb.weak or not re.search(r"成立|组建|设立", verb.text)):
        return None if not found else ()
    return found or None


# 104项政务服务事项“跨省通办”
DEED_END = re.compile(r"(?:抽查|检查|排查|整治|执法)$")  # “双随机、一公开”抽查|企业28家
DEED_COUNTED = re.compile(r"[^,。;、]{0,8}\d")
ITEMS_BEFORE = re.compile(r"\d[余多]?(?:项|个|类|件|种)(?P<items>[^,。;:、“”《》]{0,14})$")


def _items(text: str, mention: Mention) -> Mention | None:
    """A known program that so many items are told to be in, without a verb; or whose name ends in what was done."""
    if mention.kind == "program" and DEED_END.search(mention.surface) and DEED_COUNTED.match(text, mention.end):
        return mention.governed(("runs",), verb=(mention.end - 2, mention.end), by="items")
    if mention.rule != "program.known" or not mention.surface.endswith("”") or not CLOSED.match(text, mention.end):
        return None
    items = ITEMS_BEFORE.search(text, 0, mention.start)
    return mention.governed(("runs",), verb=items.span("items"), by="items") if items and items["items"] else None


def _right(text: str, mention: Mention, verbs: list[tuple[int, int, Verb]]) -> Mention | None:
    """《X》印发实施 · 推进《X》落实 · “八五”普法有序推进 · Y成立运行."""
    bracket = NUMBER_BEHIND.match(text, mention.end) if mention.kind == "document" else None
    end = bracket.end() if bracket else mention.end
    after = text[end : end + 90]
    for pattern, relation in RIGHT.get(mention.kind, ()):
        match = pattern.match(after)
        if not match:
            continue
        if relation in ("implements", "studied") and not TAKEN.search(text, 0, mention.start):
            pushing = next(
                (
                    (a, b)
                    for a, b, verb in reversed(verbs)
                    if b <= mention.start and not verb.attribute and not BOUNDARY.search(text[b : mention.start])
                ),
                None,
            )
            if (
                not pushing
                or not PUSHING.search(text[: pushing[1]])
                or len(TITLED.sub("", text[pushing[1] : mention.start])) > 20
            ):
                continue
        if (
            relation not in ("guided", "means")
            and mention.kind == "program"
            and text[mention.start - 1 : mention.start] == "以"
        ):
            continue  # 以“短平快”模式完成: how, and not what
        if relation in BEFORE and not BEFORE[relation].search(text, 0, mention.start):
            continue
        return mention.governed(
            (MEANT.get(relation, relation),),
            verb=(end + match.start(match.lastindex or 0), end + match.end()),
            by="right",
        )
    return None


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
