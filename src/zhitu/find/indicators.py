"""What a number counts: the words before it, the noun behind its measure word, or what the figure before is of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhitu.find.numbers import clause_of, number_before, number_pattern
from zhitu.lexicon.figures import topic_of
from zhitu.model import Figure

# mark by mark and not as a set: of literals alone the engine knows what to look for
EDGE = re.compile(r",|。|;|:|!|\?|、|\(|\)|《|》|其中|分别|共计|累计|已经|目前|截至|全年|今年以来")
LONGEST_EDGE = 4
FILLER = re.compile(
    r"""
    # in front
    ^(?:
      # only, in all; lookaheads keep words: 将军, 共享, 约束, 有效
      仅有? | 只有 | 将(?!军) | 共(?![同享建青产和管治])计? | 累计
      # when
    | 已经? | 全年 | 今年以来 | 目前 | 截至目前
      # about, more than, as many as
    | 其中 | 约(?![谈束]) | 近(?!年) | 超(?![限标期载速])过? | 达(?![标成])到? | 为(?![民企]) | 共有 | 有(?![效关力偿毒害序]) | 突破
      # each, together
    | 分别 | 各(?![类级项种界]) | 均 | 逾 | 总计 | 合计
      # joining words
    | 和(?![解谐]) | 及(?![时格]) | 与(?!会) | 、 | 了(?!解) | 至今 | 先后 | 一共 | 并(?![联购网])
      # from and to, rise and fall
    | 由 | 从(?![业事严]) | 到(?![位庭期案场岗]) | 至 | 下降至? | 上升至? | 增(?:长|加)(?:了|到|至)? | 就(?![业医诊近地])
      # of the year, of 三级
    | 年(?![度报检审]) | 以来的? | [省市区县州]?[两三四]级
    )+
    # behind
    | (?:
      # only, in all
      仅有? | 只有 | 共计? | 共有 | (?<!公)共 | 累计 | 总计 | 合计 | 各 | 平?均 | 的 | 了
      # about, more than, as many as; lookbehinds keep words: 行为, 预约, 国有, 收到
    | 达到? | 已达? | 高达 | 多达 | 最多 | 超过? | 突破 | 逾
    | (?<![行作认])为 | (?<![预签履违公])约 | (?<![就附])近 | (?<![国所公占])有 | (?<!甚)至 | (?<![收接受做报])到
    )+$
    """,
    re.VERBOSE,
)
# how a figure changed, and whence: 由上年的88%提高到96%
CHANGE = re.compile(
    r"(?:提高|提升|提(?=[至到])|上调|下调|上升|增加|增长|增|扩大|减少|减|下降|降低|降|精简|压缩|压减|缩短|调整|变)+(?:了|到|至|为|以内|以下|以上)*"
)
# 受理案件120件,同比增长20%; 由800元增加至1250元
GROWTH = re.compile(
    r"[,、]?(?:同比|环比|[较比](?:上年|去年|上一年|前年|同期|以往|20\d\d年)?同?期?|年均|平均|分别)*"
    r"(?P<deed>增长|增加|上升|提高|提升|下降|减少|降低|压减|扩大|降|增)了?(?P<to>到|至|为)?"
)
CHANGED_TO = re.compile(rf"[由从]?(?:{CHANGE.pattern})$")
FORMER = re.compile(r"(?:由|从)(?:上年|去年|上一年|原来|原先|此前|过去|整治前|改革前)?的?$")
TITLED = re.compile(r"[\u4e00-\u9fff]{0,6}(?:《[^《》]+》[、和及与]?)+$")
# 学习《A》《B》|等法律法规6次
BEFORE_TITLES = re.compile(r"(?P<deed>[\u4e00-\u9fff]{2,14})(?:《[^《》]+》[、和及与]?)+$")
TOWARDS = re.compile(
    r"(?:.*对)(?P<noun>[\u4e00-\u9fff]{0,6}(?:[镇乡县市区旗村所站]|街道|部门|单位|企业|机关))和?"
)  # 对8个镇和3个部门开展督察
# 满意率|分别为和, 权重|由提至, 等|予以修改
JOINING = re.compile(
    r"(?<=.{2})(?:均|都)?(?:分别)?(?:为|达|达到|是)?(?<=[别为达到是])和$|(?<=.{2})[由从](?:提高?|升|降|增|减|上调|下调)[到至为]?$|^(?:等|和)?予以(?=..)"
)
LISTED = re.compile(r"等(?:地|处|方面|领域)?的?(?P<noun>(?![级候额同于])[\u4e00-\u9fff“”]{2,14})$")
DOING = re.compile(
    r"召开|举办|开展|组织|建成|建设|出台|制定|印发|办理|受理|审结|审查|审核|修订|完善|编制|废止|开通|设立|培训|化解|发布|参与|提供|整改|"
    r"配备|通报|督察|督查|检查|查处|整合|新增|上线|处理|处置|解决|发出|发送|宣讲|获评|命名|清理|宣布|入驻|聘请|发放|推送"
)
# 在323个村(社区)|设立法律服务工作室
PLACED = re.compile(
    r"(?:在|赴|深入)(?:全[省市区县州乡镇])?(?P<noun>[\u4e00-\u9fff]{0,4}(?:[镇乡县市区旗村所站]|社区|街道|部门|单位|企业|机关|学校|园区))(?:[、和][\u4e00-\u9fff]{1,4})?"
)
PREDICATE = re.compile(
    r"(?:(?:设立|建立|建成|设置|设有|配备|成立|组建|开展|推行|推广|试行|试点|实施|开通|安装|部署|举办)了?)[^,。;:、\d《]{2,16}(?=[,。;、]|$)"
)
DEED = re.compile(r"(?:开展|进行|实施)了?(?P<deed>[\u4e00-\u9fff]{2,12})")
NOUN_AFTER = re.compile(r"^(?:的)?([\u4e00-\u9fff“”、()A-Za-z]{1,24})")
QUOTED = re.compile(r"“[^“”]*”")
BEYOND = re.compile(r"^(?:以[上下内]|左右|上下)的?")
SPLIT_NOUN = re.compile(r"[、()]|进行|均|已|为|和(?=\d)")
RATE = re.compile(r"(?![和与、]|及(?!时))[\u4e00-\u9fff“”]{1,20}?率")
RATES = re.compile(
    r"(?P<names>[\u4e00-\u9fff“”]{2,20}?率(?:(?:[、和与]|及(?!时))[\u4e00-\u9fff“”]{1,14}?率)+)"
    r"(?:均|都|分别|双双|全部|保持|继续|实现|达到?|为|是|了|在)*(?P<values>[\d.]+%(?:[、和及与][\d.]+%)*)"
)

# 受理28件: what was done is said, and what it was done with stands at the figure before
DEEDS = (
    "收到|接收|接到|受理|审理|审结|办理|办结|承办|交办|结案|转办|转送|移送|查处|查办|处置|处理|处罚|整改|纠正|维持|撤销|驳回|终止|中止|确认违法|责令履行|变更|"
    "撤回|和解|调解|调处|化解|解决|修改|修订|废止|失效|清理|梳理|排查|制定|出台|印发|审查|审核|评查|抽查|评估|保留|取消|下放|承接|调整|整合|精简|报备|备案|"
    "公开|公布|公示|发布|回复|答复|办复|回访|采纳|落实|完成|胜诉|败诉|通过|新增|注销|继续有效|达成协议|履行|合格"
)
BARE = re.compile(
    r"(?:依法|立案|决定|建议|均|已|经|全部|全面|正式|当场|当年|当期|及时|按时|按期|限时|直接|成功|主动|宣布|宣告|继续|不予|不再|部分|同意|拟|予以|其余|向[^,;、]{2,14}?|由[^,;、]{2,8}?|现场|实际|集中|自行|自愿)*"
    rf"(?:(?:(?:{DEEDS}|成功|到位|后)[和与及或]?者?)+(?P<rate>(?<!公[示开布])率)?|(?:成功|及时|规范)(?P<degree>率))"
)
# 收到|行政复议申请, 全县共排查|矛盾纠纷
DONE_WITH = re.compile(
    rf".*?(?P<deed>(?:{DEEDS}|发现|提出|发出|征集|收集|接待|新收)+)(?:了|的|等|各类|各种|各项)*"
    r"(?!委员会|[员后室庭率]|中心|组织|机构|部门|机关|单位|队伍|结果)(?P<matter>(?![以较比和与及或并])[\u4e00-\u9fff“”]{2,16}(?<!增加|增长|减少|下降|上升))"
)
GOES_ON = re.compile(rf"(?:{DEEDS})+[和与及或并]")  # 审结及作其他处理
NAMED_ALONE = re.compile(
    r"(?![以对向较比])[\u4e00-\u9fff]{1,10}(?:事项|案件|文件|申请|纠纷|问题|隐患|线索|投诉|举报|建议|提案|合同|材料)"
)
ACT = re.compile(rf"{DOING.pattern}|{DEEDS}|学习|审议|学法")
GENERIC = re.compile(r"案件|申请|事项|意见|工作|决定|任务|结果|情况|.*(?:率|以来)")
# said of the matter, whose name then stands first: 行政复议|维持
OUTCOME = re.compile(
    r"(?:维持|撤销|驳回|终止|中止|确认违法|责令履行|变更|撤回|和解|调解|胜诉|败诉|不予受理|部分公开|不予公开|结案|达成协议|履行)"
)
CASE = re.compile(r"(?:申请|案件|(?<!提)案)$")
CASES = frozenset("件宗起例项卷")
COUNTED = CASES | frozenset("个份部条")


def indicator(text: str, start: int, end: int, last: int | None) -> str:
    """What is counted: the words before the number in its clause and the noun behind its measure word.

    `last` is where the number before ends, if that is known.
    """
    if last is None or text[start - 1 : start].isdigit():  # what is cut off here may read differently
        last = max((m.end() for m in number_pattern().finditer(text, 0, start)), default=0)
    begin = last
    for edge in EDGE.finditer(text, max(0, last - LONGEST_EDGE), start):  # an edge may begin within the measure word
        begin = max(begin, edge.end())
    before = FORMER.sub("", text[begin:start])
    previous = None
    while previous != before:
        previous, before = before, FILLER.sub("", before)
    noun = NOUN_AFTER.match(text[end:])
    after = SPLIT_NOUN.split(BEYOND.sub("", noun[1]), maxsplit=1)[0] if noun else ""
    wording = before + ("" if before and CHANGE.match(after) else after)
    if last and (grown := GROWTH.fullmatch(text, last, start)) and (former := number_before(text, last)):
        return indicator(text, *former, None) + ("" if grown["to"] else grown["deed"])  # 受理案件120件,同比增长20%
    if last and CHANGE.fullmatch(wording) and (former := number_before(text, last)):
        return indicator(text, *former, None)  # 出庭应诉率由88%提高到96%: both are of what stands before the first
    if (towards := TOWARDS.fullmatch(wording)) and (done := DEED.search(clause_of(text, end, end))):
        return towards["noun"] + done["deed"]
    if placed := PLACED.fullmatch(wording):
        told = PREDICATE.search(clause_of(text, end, end))
        return (f"{told.group()}的" if told else "") + placed["noun"]
    if text[begin - 1 : begin] == "、" and (listed := LISTED.search(wording)):
        doing = DOING.search(text, text.rfind(",", 0, begin) + 1, begin)
        return (doing.group() if doing else "") + listed["noun"]  # 参与A、B等论证12次
    if wording.startswith("等") and text[begin - 1 : begin] == "》":
        titled = BEFORE_TITLES.search(text, 0, begin)
        deed = titled["deed"] if titled else ""
        wording = (deed if ACT.search(deed) else "") + wording[1:]
    if len(wording) < 2 and text[start - 1 : start] == "》" and (titled := TITLED.search(text, 0, start)):
        return titled.group()
    if len(wording) < 2:  # 满意率达98% has it all; a bare number takes the words of the whole clause
        wording = CHANGED_TO.sub("", number_pattern().sub("", clause_of(text, start, end)))
    return _trimmed(wording) or text[start:end]


def _trimmed(wording: str) -> str:
    """Without marks of lists at its ends, words that join the value, nor a quotation mark whose partner is cut off or
    that encloses the whole."""
    wording = JOINING.sub("", wording.strip("、的了")) or wording
    if QUOTED.fullmatch(wording):
        return wording[1:-1]
    if wording.count("“") == wording.count("”"):
        return wording
    return wording.strip("“”、的了") if wording.count("“") + wording.count("”") == 1 else wording


def rated(text: str, figures: list[Figure]) -> list[Figure]:
    """Each rate of a list gets its figure: 报备率、及时率均为100%, 办结率和满意率分别为98%和96%."""
    out = {figure.start: figure for figure in figures}
    for match in RATES.finditer(text):
        names = list(RATE.finditer(text, match.start("names"), match.end("names")))
        given = [f for f in figures if match.start("values") <= f.start < match.end("values") and f.unit == "%"]
        if len(given) == 1:
            value = out.pop(given[0].start)
            out |= {m.start(): replace(value, start=m.start(), indicator=FILLER.sub("", m.group())) for m in names}
        elif len(given) == len(names):
            out |= {f.start: replace(f, indicator=m.group()) for f, m in zip(given, names, strict=True)}
    return list(out.values())


@dataclass(frozen=True, slots=True)
class Handled:
    """What the figures tell of so far: what was done, with what, and whether case by case (then it has rates)."""

    deed: str = ""
    matter: str = ""
    of_cases: bool = False


def made_whole(text: str, figures: list[Figure], told: Handled) -> tuple[list[Figure], Handled]:
    """Deeds alone with what they were done with, which the figures before name, those before a semicolon (`told`) too:
    收到行政复议申请30件,(行政复议)维持20件."""
    out: list[Figure] = []
    if not text.startswith(figures[0].indicator):
        told = Handled()  # other words open the sentence
    deed, matter, of_cases = told.deed, told.matter, told.of_cases
    last: Figure | None = None
    for figure in figures:
        wording = figure.indicator
        bare = BARE.fullmatch(wording)
        rate = bare and (bare["rate"] or bare["degree"])
        if bare and matter and (figure.unit == "%" and of_cases if rate else figure.unit in COUNTED):
            figure = replace(figure, indicator=_with_matter(wording, deed, matter))
        elif figure.unit in COUNTED and not bare and not GOES_ON.match(wording):
            named = DONE_WITH.fullmatch(wording)
            listed = last is not None and text[last.end : figure.start].startswith(("、", ",", "和", "与", "及"))
            if named is None and listed and matter and NAMED_ALONE.fullmatch(wording):
                matter += "、" + wording  # 办理人大代表建议45件、政协提案60件
            else:
                deed, matter = named["deed"] if named else "", _matter(wording, named)
                of_cases = figure.unit in CASES
        last = figure
        out.append(figure)
    return out, Handled(deed, matter, of_cases)


def _matter(wording: str, named: re.Match[str] | None) -> str:
    """What was handled; where the wording does not say it, what it is about."""
    if named and not GENERIC.fullmatch(named["matter"]):
        return "" if BARE.fullmatch(named["matter"]) else named["matter"]
    if named is None and NAMED_ALONE.fullmatch(wording) and not DEED.search(wording):
        return wording
    return topic_of(wording)


def _with_matter(wording: str, deed: str, matter: str) -> str:
    if wording.startswith("成功") and deed:
        wording = deed + wording  # 调解矛盾纠纷30件,成功29件
    if wording.endswith("率") or OUTCOME.search(wording):
        return (matter if "结案" in wording else CASE.sub("", matter)) + wording
    return wording + matter
