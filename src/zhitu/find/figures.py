"""Figures: a number, its measure word, and what is counted; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zhitu.find.indicators import Handled, indicator, made_whole, rated
from zhitu.find.numbers import CHINESE, canonical, chinese, clause_of, in_base, numbers, scaled
from zhitu.find.tables import rows_of
from zhitu.model import Figure, Sentence

NOTHING = Handled()
ORDINAL = re.compile(r"(?:第|届|[Nn]o\.?|[+\d./-]|(?<![A-Za-z])[A-Za-z])$")
NOT_FIGURE_AFTER = re.compile(r"\+|[A-Za-z]")
# a measure word that goes on as another word
UNIT_GOES_ON = {
    unit: re.compile(tail)
    for unit, tail in {
        "方": "面|案|式|向|针",
        "部": "门|委|署|队|级|分",
        "乡": "镇|村",
        "家": "庭",
        "村": "民|委|居|组",
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
        "首": "次|批|届|家|个|府|先|要|问|席|创|件",
    }.items()
}
DURATION_CUE = re.compile(r"压缩|缩短|压减|减少|减至|降至|提速|降低|由|从")
TARGET = re.compile(
    r"""
      # aims; 目标责任 and 确保了 tell of what is
      力争 | 争取 | 目标(?!责任|任务|管理|考核) | 确保(?!了) | 有望 | 预计 | 达到?\d+%以上的目标
      # bounds: 不低于95%
    | 不低于 | 不少于 | 不得 | 不超过 | 至少 | 应当
      # plans: 计划投资, 拟建, 将达
    | 计划(?=投资|新建|完成|开展|举办|到|用|在|培训|建) | 拟(?=于|在|用|投|建|新|开) | 将达
      # rules for each: 每村一名, 每年培训; 每年服务 tells of work done
    | 每[村人月季周个名家] | 每年(?!服务|接待|惠及|受理|解答|办理)
    """,
    re.VERBOSE,
)
DURATIONS = frozenset(
    ("天", "日", "小时", "分钟", "个工作日", "工作日", "个月", "年", "月", "周", "秒", "个小时", "个星期")
)
DATES = frozenset(("年", "月", "日", "周年"))  # never a figure
# measure words of Chinese numerals that count results; 一个, 三项 and their like count structure and rhetoric as well
HAN_AFTER = re.compile("[\u4e00-\u9fff]")
RESULT_VERB = re.compile(
    r"召开|举办|开展|组织|建成|新建|出台|制定|印发|办理|受理|审结|修订|完善|编制|废止|开通|设立|培训|化解|发布|评查|互查"
)
CASES = frozenset(("件", "起", "宗", "例", "项", "个", "次", "人", "份", "条"))
RESULT = re.compile(
    r"""(?:
      # founded and built
      创建 | 创成 | 建成 | 新建 | 新增 | 培育 | 打造 | 设立 | 建立 | 成立 | 开设 | 组建 | 夯实
      # held
    | 举办 | 召开 | 开展 | 组织 | 培训 | 演练 | 讲座
      # papers
    | 出台 | 制定 | 印发 | 编制 | 修订 | 废止 | 发布
      # cases
    | 办理 | 受理 | 审结 | 化解 | 收到 | 发生 | 解决 | 完成
      # persons and honours
    | 配强 | 选聘 | 聘请 | 获评 | 命名
    )(?:了|共)?$""",
    re.VERBOSE,
)
BACK = 12  # characters in which any cue that stands right before a number finds room
QUOTED = re.compile("“[^“”]*”")  # “每周一案”
OPENED = re.compile(r"(?:专题|专门|集中)?(?:听取|召开|研究|组织|开展|举办|清理)")  # 两次听取汇报
NONE = re.compile(r"(?:没有|无)$")
NOT_HAPPENED = re.compile(r"(?:未发生|没有发生|未出现|未再发生)[^,。;:!?]*$")
NUMERAL = re.compile(r"[\d一二两三四五六七八九十]")
JOINTLY = re.compile("联合|联席|政府|会议")
PERCENT = re.compile(r"百分之([\d.]+|[零一二三四五六七八九十百]+)")
# 下降四成五, 占三成
TENTHS = re.compile(
    r"(?:占|达|只有|减少|少了|下降|降低|压减|缩短|提高|增长|上升|超过?|近|逾)(?:到|了|约)?(?P<tens>[一二三四五六七八九])成(?P<ones>[一二三四五六七八九半])?"
    r"(?=[,。;、]|以上|左右|多|$)"
)


def find_figures(
    sentence: Sentence, *, column: int | None = None, told: Handled = NOTHING
) -> tuple[list[Figure], Handled]:
    """Every figure in the sentence that tells of work done or of a state, not of plans, and what they tell of; `column`
    is that of the year, in a table of several, `told` what the figures before a semicolon told of."""
    text = sentence.text
    if sentence.planned or sentence.kind in ("title", "header", "signature", "note", "source"):
        return [], NOTHING
    if rows := rows_of(sentence, column):
        return rows, NOTHING
    found, percent = list(numbers(text)), "百分之" in text
    if not (found or percent or "成" in text) or not NUMERAL.search(text):
        return [], NOTHING
    out: list[Figure] = []
    last = 0
    for match in found:
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
    if "成" in text:
        out.extend(_tenths(sentence))
    if "率" in text and any(figure.unit == "%" for figure in out):
        out = rated(text, out)
    return made_whole(text, sorted(out, key=lambda f: f.start), told) if out else ([], NOTHING)


def _counted(sentence: Sentence, match: re.Match[str], last: int) -> Figure | None:
    text = sentence.text
    start, end = match.start(), match.end()
    unit = match["unit"]
    if unit in DATES or (unit == "版" and "." in match["digits"]):
        return None
    if _ordinal(text, start) or _in_marks(text, start) or NOT_FIGURE_AFTER.match(text, end):
        return None
    if unit in UNIT_GOES_ON and UNIT_GOES_ON[unit].match(text, end):
        return None
    clause = clause_of(text, start, end)
    if TARGET.search(QUOTED.sub("", clause)):
        return None
    if unit in DURATIONS and not DURATION_CUE.search(clause):
        return None
    if match["digits"] == "1" and NONE.search(text, max(0, start - BACK), start):
        return None  # 没有1件败诉
    if NOT_HAPPENED.search(text, 0, start):
        return None  # 未发生一次死亡3人以上事故
    if text[start - 1 : start] == "近" and unit in ("年", "个月"):
        return None
    value = scaled(Decimal(match["digits"].replace(",", "")), (match["scale"] or "") + (match["scale2"] or ""))
    value, unit = in_base(value, unit)
    return Figure(sentence.index, start, end, canonical(value), unit, indicator(text, start, end, last), "figure.count")


def _ordinal(text: str, start: int) -> bool:
    """Whether what stands right before makes the number a name: 第3, No.3, A3, 2-3."""
    before = text[start - 1 : start]
    return (before in ("第", "届") or not "\u4e00" <= before <= "\u9fff") and bool(
        ORDINAL.search(text, max(0, start - BACK), start)
    )


def _result(sentence: Sentence, match: re.Match[str], last: int) -> Figure | None:
    """Numerals in characters count only right behind a verb that brings something about."""
    text = sentence.text
    start, end = match.start(), match.end()
    if _in_marks(text, start) or text[start - 1 : start] == "第":
        return None
    value = chinese(match["cn"])
    clause = clause_of(text, start, end)
    unit = match["cnunit"]
    if (unit in UNIT_GOES_ON and UNIT_GOES_ON[unit].match(text, end)) or JOINTLY.match(text, end):
        return None
    # 召开听证会三次: the numeral closes the clause that a verb of result opened
    closing = not HAN_AFTER.match(text, end) and RESULT_VERB.search(clause)
    honoured = clause.startswith(match.group()) and re.search(r"获评|荣获|被评为|创成|被命名", clause)
    opening = clause.startswith(match.group()) and OPENED.match(text, end)
    if value is None or not (
        opening
        or (value >= 100 and match["cnvague"])
        or honoured
        or closing
        or RESULT.search(text, max(0, start - BACK), start)
    ):
        return None
    if (
        value is None
        or TARGET.search(clause)
        or value == 1
        or re.match(r"[一二三四五六七八九十]|制度|清单|系列", text[end : end + 2])
    ):
        return None
    return Figure(
        sentence.index, start, end, str(value), match["cnunit"], indicator(text, start, end, last), "figure.result"
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
        indicator(text, start, match.end(), last),
        "figure.alone",
    )


def _tenths(sentence: Sentence) -> Iterator[Figure]:
    text = sentence.text
    for match in TENTHS.finditer(text):
        value = 10 * CHINESE[match["tens"]] + (5 if match["ones"] == "半" else CHINESE.get(match["ones"] or "", 0))
        start, end = match.start("tens"), match.end()
        if not TARGET.search(clause_of(text, start, end)):
            yield Figure(
                sentence.index, start, end, str(value), "%", indicator(text, start, end, None), "figure.tenths"
            )


def _percent(sentence: Sentence, match: re.Match[str]) -> Figure | None:
    value = chinese(match[1]) if not match[1][0].isdigit() else Decimal(match[1])
    if value is None or TARGET.search(clause_of(sentence.text, match.start(), match.end())):
        return None
    text = sentence.text
    return Figure(
        sentence.index,
        match.start(),
        match.end(),
        canonical(Decimal(value)),
        "%",
        indicator(text, match.start(), match.end(), None),
        "figure.percent",
    )


def _in_marks(text: str, at: int) -> bool:
    """Inside 《》 or “” numbers belong to names."""
    for opener, closer in ("《》", "“”"):
        opened = text.rfind(opener, 0, at)
        if opened >= 0 and text.find(closer, opened, at) < 0 and text.find(closer, at) >= 0:
            return True
    return False
