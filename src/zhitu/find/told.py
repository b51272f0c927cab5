"""What is told of a program besides the verb before it: that it opens a clause, that items are in it, whose it is, and
what else is done where it is only named."""

from __future__ import annotations

import re

from zhitu.model import Mention

# what may follow a known program in quotation marks that is itself run
RUNNABLE = re.compile(
    r"""
      # marks, the end, particles
      [^\u4e00-\u9fff] | $ | [的等为在和与及以并让使向由到从进后中上将方各]
      # what it is called: “X”改革, “X”专项行动
    | 改革 | 工作 | 建设 | 行动 | 活动 | 机制 | 制度 | 模式 | 平台 | 试点 | 服务 | 监管 | 创建 | 体系 | 专项 | 规划 | 系统 | 工程
    | 战略 | 品牌 | 做法 | 经验 | 理念 | 原则 | 主题 | 系列 | 示范
      # how it goes, and by what means: “X”落地, “X”有序推进
    | 落 | 推 | 实 | 取得 | 得到 | 范围 | 有序 | 覆盖 | 成效 | 成果 | 全 | 常态 | 走深 | 提升 | 创新 | 集成 | 综合 | 联动 | 联合
    | 数字 | 智慧 | 智能 | 远程 | 闭环 | 清单式
      # its paper, aims and duties
    | 要求 | 任务 | 政策 | 措施 | 清单 | 标准 | 责任
      # supervision and enforcement
    | 监督 | 执法 | 检查 | 抽查 | 抽检 | 巡查 | 排查 | 督查 | 督导 | 考核 | 评估 | 终期 | 整治 | 治理 | 攻坚 | 改造 | 案件 | 线索
      # service and approval
    | 办 | 联办 | 审批 | 登记 | 事项 | 业务 | 套餐 | 大厅 | 窗口 | 专窗 | 专区 | 线上 | 线下 | 集中 | 移动端 | 客户端 | 小程序
    | 政务APP | APP | 微信 | 第三方
      # together with others
    | 联席 | 协作 | 跨部门 | 跨领域 | 信息通报 | 信息共享
      # teaching
    | 普法 | 宣传 | 巡回 | 宣讲 | 教育 | 培训 | 培养 | 培育 | 志愿 | 公益
    """,
    re.VERBOSE,
)
# a known program behind such a verb is run whatever follows it, but for what is called after it
CARRIED_OUT = re.compile(
    r"(?:首推|首创|推出|上线|开设|创新|试行|开展|推行|实施|深化|推进|落实|启动|探索|举办|推广|实行|升级)了?[\u4e00-\u9fff]{0,4}$"
)
OTHER = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:国际|高峰|论坛|博览会|峰会|领导小组|联席会议|委员会|办公室|专班|沿线|倡议|合作|企业|人才|队伍|资金|基地|中心|园区|终期)"
)
# behind a quoted name: what is drawn up or opened is this, not what the name stands for
OBJECT_BEHIND = re.compile(
    r"(?:发展|支持|实施|工作|行动|服务|管理|基层|建设)*(?:方案|政策|标准|指引|细则|清单|场所|示范[站点园]|服务站|柜台|事项目录)"
)
GUIDES = re.compile(r"(?:这条|这一)?主线|等?(?:沿线|共建|参与|相关|重点)+国家|为(?:主线|主题|引领|导向|统领)")
# 出台国企改革三年行动方案: what comes out is the document that it is named in
DRAWN_UP = re.compile(r"(?:出台|印发|制定|制订|编制|起草|发布|下发|拟定)了?[^,。;]{0,12}$")
ITS_PAPER = re.compile(r"等?(?:专项|实施|工作|建设|推进|改革)*(?:方案|意见|规划|办法|细则|清单)")
# 巩固扫黑除恶专项斗争成果: what it brought is kept up; 能耗“双控”向碳排放“双控”转变
FRUITS = re.compile(r"(?:工作|建设)?(?:阶段性|制度性|重大)*成果")
KEPT_UP = re.compile(r"(?:巩固|拓展|固化|转化)[^,。;]{0,4}$")
ENDING = re.compile(r"(?:斗争|行动|攻坚战?|保卫战|整治|治理|教育|活动)$")  # a campaign, which ends
TURNED = re.compile(r"向[^,。;]{2,24}(?:转变|转型)")
INSPECTED = re.compile(r"(?:督察|巡视|巡察|督查)”?")
MENDED = re.compile(r"[^,。;]{0,14}(?:整改|反馈|交办|移交|后半篇|迎检|保障)")
CLAUSE_HEAD = re.compile(r"(?:^|[,。;:]|[”」])(?:[一二三四五六七八九十\d]是)?$")
# honours, definitions, and what is wanting, say not that it runs
TOLD = re.compile(
    r"(?!等?[、和与及的是即指则]|为(?![^,。;]{1,10}(?:节|减|办|解决|服务|提供))|[^,。;]{0,8}由|[^,。;]{0,6}(?:不(?!断)|[未无仍尚还])|[^,。;]{0,10}"
    r"(?:有待|薄弱|滞后|欠缺|列入|纳入|入选|荣|获|被[评授列确表誉]|称号))[^,。;:、《》“”]{3,16}"
)
# what a place's practice gets, or others do with it
PRAISED = re.compile(
    r"(?:等[\u4e00-\u9fff]{0,6})?(?:的?(?:做法|经验|模式))?(?:先后|分别|也|均)*"
    r"(?:被[^,。;]{2,20}?(?:推介|推广|推荐|表扬|肯定|转发|报道|编入)|(?:受到|得到|深受|广受)[^,。;]{2,16}|获[^,。;]{2,16}?(?:肯定|表扬|推广|批示)|各具[^,。;]{2,4}|入选[^,。;]{2,24}?(?:案例|典型|名单|项目|经验)|由[^,。;]{2,8}牵头)"
)
DEED_END = re.compile(r"(?:抽查|检查|排查|整治|执法)$")  # “双随机、一公开”抽查|企业28家
DEED_COUNTED = re.compile(r"[^,。;、]{0,8}\d")
HANDLED = re.compile(r"(?:办理|办结|受理)$")  # 办理|“最多跑一次”|事项6742件
ITEMS_BEHIND = re.compile(r"(?:改革|服务)?事项[^,。;]{0,4}?\d")
# 104项政务服务事项|“跨省通办”
ITEMS_BEFORE = re.compile(r"\d[余多]?(?:项|个|类|件|种)(?P<items>[^,。;:、“”《》]{0,14})$")
CLOSED = re.compile(r"[,。;、(并]|$|挂牌")


def attribute(text: str, mention: Mention) -> bool:
    """“一带一路”国际合作高峰论坛, 以X为主线: the program is named, and something else is done."""
    if text[mention.start - 1 : mention.start] == "以" and text.startswith("为", mention.end):
        return True
    if FRUITS.match(text, mention.end) and KEPT_UP.search(text, 0, mention.start) and ENDING.search(mention.name):
        return True
    if TURNED.match(text, mention.end):
        return True
    if GUIDES.match(text, mention.end) or (INSPECTED.search(mention.surface[-3:]) and MENDED.match(text, mention.end)):
        return True
    if ITS_PAPER.match(text, mention.end) and DRAWN_UP.search(text, 0, mention.start):
        return True
    return mention.rule == "program.quoted" and bool(OBJECT_BEHIND.match(text, mention.end))


def aside(text: str, mention: Mention) -> bool:
    """Whether what follows a known program in quotes is neither its class nor run for its sake."""
    if mention.rule != "program.known" or not mention.surface.endswith("”") or RUNNABLE.match(text, mention.end):
        return False
    return bool(OTHER.match(text, mention.end)) or not CARRIED_OUT.search(
        text, max(0, mention.start - 10), mention.start
    )


def items(text: str, mention: Mention) -> Mention | None:
    """A known program that so many items are told to be in, without a verb; or whose name ends in what was done."""
    if mention.kind == "program" and DEED_END.search(mention.surface) and DEED_COUNTED.match(text, mention.end):
        return mention.governed(("runs",), verb=(mention.end - 2, mention.end), by="items")
    if (
        mention.rule == "program.known"
        and HANDLED.search(text, 0, mention.start)
        and ITEMS_BEHIND.match(text, mention.end)
    ):
        return mention.governed(("runs",), verb=(mention.start - 2, mention.start), by="items")
    if mention.rule != "program.known" or not mention.surface.endswith("”") or not CLOSED.match(text, mention.end):
        return None
    told = ITEMS_BEFORE.search(text, 0, mention.start)
    return mention.governed(("runs",), verb=told.span("items"), by="items") if told and told["items"] else None


def opening(text: str, mention: Mention | None, mentions: list[Mention]) -> Mention | None:
    """A program that opens its clause is nobody's who acted before, whatever frame says that it runs."""
    if mention is None or mention.verb is None:
        return mention
    if mention.kind == "institution" and mention.verb[0] >= mention.end:
        begin, _ = _listed(mention, mentions, text)  # 金井镇的涉台纠纷调解室挂牌: none who acted before founded it
        by = "由" in text[mention.end : mention.verb[1]]
        opens = begin < mention.start and not by and CLAUSE_HEAD.search(text, 0, begin)
        return mention.governed(mention.predicates, verb=mention.verb, by="head") if opens else mention
    if mention.kind != "program":
        return mention
    first = _opens(mention, mentions, text)
    begin, _ = _listed(mention, mentions, text)
    if not CLAUSE_HEAD.search(text, 0, begin) or "由" in text[mention.end : mention.verb[1]]:
        return mention
    return mention.governed(mention.predicates, verb=(min(first, mention.verb[0]), mention.verb[1]), by="head")


def heads(text: str, mention: Mention, mentions: list[Mention]) -> Mention | None:
    """“铁拳”行动查办案件31件, “三项制度”落到每一份案卷: a program at the head of a clause that tells what it does; a place
    before it is whose program it is, in a list as well: A镇“X”、B村“Y”被全县推介."""
    if mention.kind != "program":
        return None
    first = _opens(mention, mentions, text)
    begin, end = _listed(mention, mentions, text)
    if not CLAUSE_HEAD.search(text, 0, begin) or attribute(text, mention):
        return None
    told = TOLD.match(text, end) or (PRAISED.match(text, end) if first < mention.start else None)
    inspected = "督察" in mention.name or (mention.rule == "program.known" and OTHER.match(text, mention.end))
    if told is None or inspected:
        return None
    return mention.governed(("runs",), verb=(min(first, told.start()), told.end()), by="head")


def _listed(mention: Mention, mentions: list[Mention], text: str) -> tuple[int, int]:
    """Where the list of places with their programs begins and ends in which the mention stands: A镇“X”、B村“Y”."""
    begin, end = _opens(mention, mentions, text), mention.end
    if begin == mention.start:
        return begin, end
    programs = {m.end: m for m in mentions if m.kind == "program" and m.inside is None}
    starts = {_opens(m, mentions, text): m for m in programs.values()}
    while text[begin - 1 : begin] in ("、", "和") and begin - 1 in programs:
        begin = _opens(programs[begin - 1], mentions, text)
    while text[end : end + 1] in ("、", "和") and end + 1 in starts:
        end = starts[end + 1].end
    places = {m.end: m.start for m in mentions if m.kind == "region" and m.inside is None}
    while begin in places:
        begin = places[begin]  # 金井镇|围头村
    return begin, end


def _opens(mention: Mention, mentions: list[Mention], text: str) -> int:
    """Where what stands before the program in its clause begins: its place, and the list that it ends."""
    first = mention.start
    ends = {m.end: m.start for m in mentions if m.kind == "program" and m.inside is None and m.end < mention.start}
    while text[first - 1 : first] in ("、", "和") and first - 1 in ends:
        first = ends[first - 1]
    owners = {m.end: m.start for m in mentions if m.kind in ("region", "agency") and m.note != "self"}
    return owners.get(first) or owners.get(first - (text[first - 1 : first] == "的"), first)
