"""Figures: a number, its measure word, and what is counted; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import repeat

from zhitu.lexicon.figures import unit_pattern, units
from zhitu.model import Figure, Sentence

MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
CHINESE = {ch: i for i, ch in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
TITLES = re.compile(r"《[^《》]*》")
ORDINAL = re.compile(r"(?:第|[Nn]o\.?|[+\d./-]|(?<![A-Za-z])[A-Za-z])$")
NOT_FIGURE_AFTER = re.compile(r"\+|[A-Za-z]")
# a measure word that goes on as another word
UNIT_GOES_ON = {
    unit: re.compile(tail)
    for unit, tail in {
        "方": "面|案|式|向|针",
        "部": "门|委|署|队|级|分",
        "乡": "镇|村",
        "家": "庭",
        "条": "例",
        "起": "草",
        "批": "准|复|示",
        "名": "单|录|称",
        "处": "理|置|罚",
        "所": "有|在|属|得",
        "支": "持|付|部",
        "案": r"例|卷|件|由|号|情|值|\d+[策档]",
        "场": "所|地|景",
        "户": "籍",
        "台": "账",
        "门": "户",
        "类": "型",
        "级": "政府|机关|以上|[\u4e00-\u9fff]{0,6}(?:体系|网络|机制|架构|平台|制)|河|林|书记|联动",
        "位": "于|列",
        "项": "目",
        "面": "积|向",
        "次": "序|数",
        "点": "击",
        "本": "级|市|区|县",
        "期": "间",
    }.items()
}
DURATION_CUE = re.compile(r"压缩|缩短|压减|减少|减至|降至|提速|降低|由|从")
TARGET = re.compile(
    r"力争|争取|目标(?!责任|任务|管理|考核)|确保(?!了)|不低于|不少于|不得|不超过|应当|计划(?=投资|新建|完成|开展|举办|到|用|在|培训|建)|拟(?=于|在|用|投|建|新|开)|将达|每[村人月季周个名家]|每年(?!服务|接待|惠及|受理|解答|办理)|至少|有望|预计|达到?\d+%以上的目标"
)
DURATIONS = frozenset(
    ("天", "日", "小时", "分钟", "个工作日", "工作日", "个月", "年", "月", "周", "秒", "个小时", "个星期")
)
DATES = frozenset(("年", "月", "日"))  # never a figure
# measure words of Chinese numerals that count results; 一个, 三项 and their like count structure and rhetoric as well
HAN_AFTER = re.compile("[\u4e00-\u9fff]")
RESULT_VERB = re.compile(
    r"召开|举办|开展|组织|建成|新建|出台|制定|印发|办理|受理|审结|修订|完善|编制|废止|开通|设立|培训|化解|发布"
)
CASES = frozenset(("件", "起", "宗", "例", "项", "个", "次", "人", "份", "条"))
RESULT = re.compile(
    r"(?:创建|创成|建成|新建|新增|获评|举办|召开|开展|组织|培育|打造|命名|完成|出台|制定|印发|办理|受理|审结|化解|设立|建立|夯实|配强|成立|开设|收到|发生|解决|培训|演练|讲座|编制|修订|废止|组建|发布|选聘|聘请)(?:了|共)?$"
)
# mark by mark and not as a set: of literals alone the engine knows what to look for
EDGE = re.compile(r",|。|;|:|!|\?|、|\(|\)|《|》|其中|分别|共计|累计|已经|目前|截至|全年|今年以来")
LONGEST_EDGE = 4
BACK = 12  # characters in which any cue that stands right before a number finds room
NUMERAL = re.compile(r"[\d一二两三四五六七八九十]")
# numerals in characters with the measure words of what can be counted so: 三次, 两百余件
CN_DIGITS, CN_VAGUE = "一二两三四五六七八九十百千", "余|多"
CN_UNITS = "件次|人次|场次|件|项|个|次|期|场|名|人|家|部|条|份|册|张|户|支|起|批|级|处|所|位|篇"
# (begins with a set of characters, which the regex engine looks for quickly)
NUMBER_START = re.compile(rf"[\d{CN_DIGITS}](?:(?<=\d)|[{CN_DIGITS}]*万?(?:{CN_VAGUE})?(?:{CN_UNITS}))")
FILLER = re.compile(
    r"^(?:仅有?|只有|将(?!军)|共(?![同享建青产和管治])计?|累计|已经?|全年|今年以来|目前|截至目前|其中|约(?![谈束])|近(?!年)|超(?![限标期载速])过?|达(?![标成])到?|为(?![民企])|共有|有(?![效关力偿毒害序])|突破|分别|各|均|逾|总计|合计|和(?![解谐])|及(?![时格])|与(?!会)|、|了(?!解)|至今|先后|一共|并(?![联购网])|由|从(?![业事严])|到(?![位庭期案场岗])|至|下降至?|上升至?|增(?:长|加)(?:了|到|至)?|就(?![业医诊近地])|年(?![度报检审])|以来的?|[省市区县州]?[两三四]级)+"
    r"|(?:仅有?|只有|共计?|累计|达到?|(?<![行作认])为|(?<![预签履违公])约|(?<![就附])近|超过?|突破|逾|共有|(?<![国所公占])有|了|(?<!甚)至|(?<![收接受做报])到|的|平?均|总计|合计|(?<!公)共|各|最多|多达|高达|已达?)+$"
)
# how a figure changed, and whence: 由上年的88%提高到96%
CHANGE = re.compile(
    r"(?:提高|提升|上升|增加|增长|增|扩大|减少|减|下降|降低|降|精简|压缩|压减|缩短|调整|变)+(?:了|到|至|为|以内|以下|以上)*"
)
# 受理案件120件,同比增长20%; 由800元增加至1250元
GROWTH = re.compile(
    r"[,、]?(?:同比|环比|[较比](?:上年|去年|上一年|前年|同期|以往|20\d\d年)?同?期?|年均|平均|分别)*"
    r"(?P<deed>增长|增加|上升|提高|提升|下降|减少|降低|压减|扩大|降|增)了?(?P<to>到|至|为)?"
)
CHANGED_TO = re.compile(rf"[由从]?(?:{CHANGE.pattern})$")
FORMER = re.compile(r"(?:由|从)(?:上年|去年|上一年|原来|原先|此前|过去|整治前|改革前)?的?$")
TITLED = re.compile(r"[\u4e00-\u9fff]{0,6}(?:《[^《》]+》[、和及与]?)+$")
TOWARDS = re.compile(
    r"(?:.*对)(?P<noun>[\u4e00-\u9fff]{0,6}(?:[镇乡县市区旗村所站]|街道|部门|单位|企业|机关))和?"
)  # 对8个镇和3个部门开展督察
LISTED = re.compile(r"等(?:地|处|方面|领域)?的?(?P<noun>(?![级候额同于])[\u4e00-\u9fff“”]{2,14})$")
DOING = re.compile(
    r"召开|举办|开展|组织|建成|建设|出台|制定|印发|办理|受理|审结|审查|审核|修订|完善|编制|废止|开通|设立|培训|化解|发布|参与|提供|整改|"
    r"配备|通报|督察|督查|检查|查处|整合|新增|上线|处理|处置|解决|发出|发送|宣讲|获评|命名|清理|宣布|入驻|聘请|发放|推送"
)
DEED = re.compile(r"(?:开展|进行|实施)了?(?P<deed>[\u4e00-\u9fff]{2,12})")
NOUN_AFTER = re.compile(r"^(?:的)?([\u4e00-\u9fff“”、()A-Za-z]{1,24})")
CLAUSE_MARKS = ",。;:!?"
CLAUSE_MARK = re.compile(f"[{CLAUSE_MARKS}]")
QUOTED = re.compile(r"“[^“”]*”")
BEYOND = re.compile(r"^(?:以[上下内]|左右|上下)的?")
SPLIT_NOUN = re.compile(r"[、()]|进行|均|已|为|和(?=\d)")
RATE = re.compile(r"(?![和与、]|及(?!时))[\u4e00-\u9fff“”]{1,20}?率")
RATES = re.compile(
    r"(?P<names>[\u4e00-\u9fff“”]{2,20}?率(?:(?:[、和与]|及(?!时))[\u4e00-\u9fff“”]{1,14}?率)+)"
    r"(?:均|都|分别|双双|全部|保持|继续|实现|达到?|为|是|了|在)*(?P<values>[\d.]+%(?:[、和及与][\d.]+%)*)"
)
PERCENT = re.compile(r"百分之([\d.]+|[零一二三四五六七八九十百]+)")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        rf"""
          (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>百万|千万|[百千]?[万亿]|[百千])?(?P<vague>余|多|几)?(?P<scale2>[万亿])?
          (?P<unit>人\(户\)次|(?:{unit_pattern()})(?:\(次\))?)(?P<tail>次)?
        | (?P<cn>[{CN_DIGITS}]+万?)(?P<cnvague>{CN_VAGUE})?(?P<cnunit>{CN_UNITS})
        | (?<=[\u4e00-\u9fff])(?<![第年月])(?P<alone>\d{{1,6}})(?=[,;、]|$)
        """,
        re.VERBOSE,
    )


def find_figures(sentence: Sentence) -> list[Figure]:
    """Every figure in the sentence that tells of work done or of a state, not of plans."""
    text = sentence.text
    if sentence.planned or sentence.kind in ("title", "header", "signature", "note", "source"):
        return []
    numbers, percent = list(_numbers(text)), "百分之" in text
    if not (numbers or percent) or not NUMERAL.search(text):
        return []
    out: list[Figure] = []
    last = 0
    for match in numbers:
        if match["alone"]:
            figure = _unitless(sentence, match, out[-1], last) if out else None
        else:
            figure = _counted(sentence, match, last) if match["digits"] else _result(sentence, match, last)
        if figure:
            out.append(figure)
        if figure or not match["cn"]:  # 违反中央八项规定精神问题18起: 八项 is a name's
            last = match.end()
    if percent:
        out.extend(f for match in PERCENT.finditer(text) if (f := _percent(sentence, match)))
    if "率" in text and any(figure.unit == "%" for figure in out):
        out = _rated(text, out)
    return sorted(out, key=lambda f: f.start) if len(out) > 1 else out


def _rated(text: str, figures: list[Figure]) -> list[Figure]:
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


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """What `_number` finds, but tried only where a numeral stands."""
    at, number = 0, _number()
    while start := NUMBER_START.search(text, at):
        match = number.match(text, start.start())
        if match:
            yield match
        at = match.end() if match else start.start() + 1


def _counted(sentence: Sentence, match: re.Match[str], last: int) -> Figure | None:
    text = sentence.text
    start, end = match.start(), match.end()
    unit = match["unit"]
    if unit in DATES or (unit == "版" and "." in match["digits"]):
        return None
    if _ordinal(text, start) or _in_marks(text, start) or NOT_FIGURE_AFTER.match(text, end):
        return None
    if unit in UNIT_GOES_ON and UNIT_GOES_ON[unit].match(text, end, end + 2):
        return None
    clause = _clause(text, start, end)
    if TARGET.search(clause):
        return None
    if unit in DURATIONS and not DURATION_CUE.search(clause):
        return None
    if text[start - 1 : start] == "近" and unit in ("年", "个月"):
        return None
    value = Decimal(match["digits"].replace(",", ""))
    for scale in (match["scale"], match["scale2"]):
        for ch in scale or "":
            value *= MULTIPLES[ch]
    known = units().get(unit)
    if known and known.kind == "money" and known.base:
        value, unit = value * Decimal(known.factor), known.base
    return Figure(
        sentence.index, start, end, canonical(value), unit, _indicator(text, start, end, last), "figure.count"
    )


def _ordinal(text: str, start: int) -> bool:
    """Whether what stands right before makes the number a name: 第3, No.3, A3, 2-3."""
    before = text[start - 1 : start]
    return (before == "第" or not "\u4e00" <= before <= "\u9fff") and bool(
        ORDINAL.search(text, max(0, start - BACK), start)
    )


def _result(sentence: Sentence, match: re.Match[str], last: int) -> Figure | None:
    """Numerals in characters count only right behind a verb that brings something about."""
    text = sentence.text
    start, end = match.start(), match.end()
    if _in_marks(text, start) or text[start - 1 : start] == "第":
        return None
    value = chinese(match["cn"])
    clause = _clause(text, start, end)
    unit = match["cnunit"]
    if (unit in UNIT_GOES_ON and UNIT_GOES_ON[unit].match(text, end, end + 2)) or re.match(
        "联合|联席|政府|会议", text[end : end + 2]
    ):
        return None
    # 召开听证会三次: the numeral closes the clause that a verb of result opened
    closing = not HAN_AFTER.match(text, end) and RESULT_VERB.search(clause)
    honoured = clause.startswith(match.group()) and re.search(r"获评|荣获|被评为|创成|被命名", clause)
    if value is None or not (
        (value >= 100 and match["cnvague"]) or honoured or closing or RESULT.search(text, max(0, start - BACK), start)
    ):
        return None
    if (
        value is None
        or TARGET.search(_clause(text, start, end))
        or value == 1
        or re.match(r"[一二三四五六七八九十]|制度|清单|系列", text[end : end + 2])
    ):
        return None
    return Figure(
        sentence.index, start, end, str(value), match["cnunit"], _indicator(text, start, end, last), "figure.result"
    )


def _unitless(sentence: Sentence, match: re.Match[str], before: Figure, last: int) -> Figure | None:
    """受理50件,其他方式处理21: a number without measure word shares its neighbour's."""
    text, start = sentence.text, match.start()
    if before.unit not in CASES or re.search(r"[。;:]", text[before.end : start]) or _in_marks(text, start):
        return None
    return Figure(
        sentence.index,
        start,
        match.end(),
        canonical(Decimal(match["alone"])),
        before.unit,
        _indicator(text, start, match.end(), last),
        "figure.alone",
    )


def _percent(sentence: Sentence, match: re.Match[str]) -> Figure | None:
    value = chinese(match[1]) if not match[1][0].isdigit() else Decimal(match[1])
    if value is None or TARGET.search(_clause(sentence.text, match.start(), match.end())):
        return None
    text = sentence.text
    return Figure(
        sentence.index,
        match.start(),
        match.end(),
        canonical(Decimal(value)),
        "%",
        _indicator(text, match.start(), match.end(), None),
        "figure.percent",
    )


def _in_marks(text: str, at: int) -> bool:
    """Inside 《》 or “” numbers belong to names."""
    for opener, closer in ("《》", "“”"):
        opened = text.rfind(opener, 0, at)
        if opened >= 0 and text.find(closer, opened, at) < 0 and text.find(closer, at) >= 0:
            return True
    return False


def _clause(text: str, start: int, end: int) -> str:
    left, closing = max(map(text.rfind, CLAUSE_MARKS, repeat(0), repeat(start))), CLAUSE_MARK.search(text, end)
    clause = text[left + 1 : closing.start() if closing else len(text)]
    return TITLES.sub("", clause) if "《" in clause else clause


def _indicator(text: str, start: int, end: int, last: int | None) -> str:
    """What is counted: the words before the number in its clause and the noun behind its measure word.

    `last` is where the number before ends, if that is known.
    """
    if last is None or text[start - 1 : start].isdigit():  # what is cut off here may read differently
        last = max((m.end() for m in _number().finditer(text, 0, start)), default=0)
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
    if last and (grown := GROWTH.fullmatch(text, last, start)) and (former := _number_before(text, last)):
        return _indicator(text, *former, None) + ("" if grown["to"] else grown["deed"])  # 受理案件120件,同比增长20%
    if last and CHANGE.fullmatch(wording) and (former := _number_before(text, last)):
        return _indicator(text, *former, None)  # 出庭应诉率由88%提高到96%: both are of what stands before the first
    if (towards := TOWARDS.fullmatch(wording)) and (done := DEED.search(_clause(text, end, end))):
        return towards["noun"] + done["deed"]
    if text[begin - 1 : begin] == "、" and (listed := LISTED.search(wording)):
        doing = DOING.search(text, text.rfind(",", 0, begin) + 1, begin)
        return (doing.group() if doing else "") + listed["noun"]  # 参与A、B等论证12次
    if len(wording) < 2 and text[start - 1 : start] == "》" and (titled := TITLED.search(text, 0, start)):
        return titled.group()
    if len(wording) < 2:  # 满意率达98% has it all; a bare number takes the words of the whole clause
        wording = CHANGED_TO.sub("", _number().sub("", _clause(text, start, end)))
    return _trimmed(wording) or text[start:end]


def _trimmed(wording: str) -> str:
    """Without marks of lists at its ends, nor a quotation mark whose partner is cut off or that encloses the whole."""
    wording = wording.strip("、的了")
    if QUOTED.fullmatch(wording):
        return wording[1:-1]
    if wording.count("“") == wording.count("”"):
        return wording
    return wording.strip("“”、的了") if wording.count("“") + wording.count("”") == 1 else wording


def _number_before(text: str, end: int) -> tuple[int, int] | None:
    """Start and end of the number that ends at `end`, if it stands in the same clause as something said before it."""
    found = next((m.span() for m in _number().finditer(text, 0, end) if m.end() == end), None)
    return found if found and found[0] > 0 else None


def canonical(value: Decimal) -> str:
    """Plain decimal notation without superfluous zeros: 24000, 38.02."""
    text = format(value.normalize(), "f")
    return text if text != "-0" else "0"


def chinese(text: str) -> int | None:
    """Value of a numeral in characters: 十四 is 14, 两百 is 200; None where it is none."""
    total, digit = 0, 0
    for ch in text:
        if ch in MULTIPLES:
            total += (digit or 1) * MULTIPLES[ch]
            digit = 0
        elif ch in CHINESE and not digit:
            digit = CHINESE[ch]
        else:
            return None
    return total + digit or None
