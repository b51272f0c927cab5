"""Paragraphs become sentences, each knowing whether it tells of what was done, is planned or is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhitu.model import Sentence

END = re.compile(r"[。!?;][。!?;]*")  # so written the engine looks for the set of marks, which is fast
# the number of a heading; which of the groups holds it is its level
LEVEL = re.compile(
    r"((?:第[一二三四五六七八九十]+[章节部分]+|[一二三四五六七八九十]{1,3}[、.])\s*)"
    r"|(\([一二三四五六七八九十]{1,3}\)[、.]?\s*)"
    r"|(\d{1,2}[、.](?!\d)\s*)"
    r"|[①-⑳❶-❿]\s*"
    r"|[-—★☆◆◇●○■□▲△▶►※•·▪]+\s*(?=[\u4e00-\u9fff“《])"
)
# 1.1 组织领导: such a number has a blank behind it, a figure has none
DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}(?=[\u4e00-\u9fff“《])(?![年月日时个件名人万亿家次项])")
POINT = re.compile(r"\d{1,2}[.、](?=\d)")  # 1. 46项…: the blank behind the point says that it is none of a decimal
NEXT_POINT = re.compile(r"[一二三四五六七八九十]是|其[一二三四五]|\([一二三四五六七八九十\d]+\)")  # …;二是
ATTACHED = re.compile(r"附(?:件|表|录)?[\d一二三四五六]?[:：]?(?!属|则|加|近|带|设)[\u4e00-\u9fff\d]")
# The longest sentence of the reports read has some 600 characters; what is longer lost its marks, or is no prose.
LONGEST = 1200
HEADING_LENGTH = 50
PLANNED = re.compile(
    r"下一?步|下一?阶段|打算|今后|明年|来年|努力方向|展望|设想|工作思路|改进措施|改进方向"
    r"|(?:下一?|新的?一|新)年度?.{0,16}(?:安排|计划|任务|思路|重点)"
    r"|(?:20\d\d|今)年度?.{0,20}(?:安排|打算|思路|计划|主要任务|重点任务|重点工作|工作要点|工作重点|目标任务|总体要求|工作部署|总体部署|工作建议|工作的?建议)"
    r"|^(?:重点)?工作(?:安排|计划|思路|打算)$|未来.{0,4}年|(?:^|时期)(?:主要)?目标任务$"
)
# what opens the part of plans as the heading of a chapter, though not as that of a section
AIMS = re.compile(r"(?:发展|奋斗|预期|主要).{0,6}(?:目标|思路)|目标.{0,4}(?:重点|主要)任务|新一届政府")
TITLES = re.compile(r"《[^《》]*》|“[^“”]*”")
# a numbered sentence that states a fact is no heading: it names a title or a number, or has a verb with 了
STATES = re.compile(r"《|》|(?<!\d)(?!20\d\d年)\d{2,}|[出印制发组建成开][^,。]{0,3}了")
SHORTFALL = re.compile(
    r"(?:问题|不足|困难|差距|短板|薄弱环节)(?:和|及|与|、|$)|存在的?(?:主要)?(?:问题|不足|困难)|原因$"
)
FOOTNOTE = re.compile(r"\s*[\[〔【]\d{1,3}[\]〕】]")  # explains a word of the report, wherever it is printed
GLOSSARY = re.compile(
    r"^(?:附件?\d*[:：]?)?.{0,20}(?:名词|术语|名词术语)(?:解释|注释|说明|浅释)[:：]?$|^.{0,12}有关名词[:：]?$|^附件?[:：]?名词"
)
WORK = re.compile(r"工作|任务|目标|安排|重点|民生实事|建议|部署")
LOOKED_BACK = re.compile(r"回顾|成效|完成情况|开展情况|落实情况|工作情况|成就|成绩(?!迎接)")
LOOKING_BACK = re.compile(r"回顾|成效|举措|做法|完成情况|开展情况|落实情况|工作情况|主要工作|亮点|经验")
PLAN_OPENING = re.compile(
    r"^(?:下一?步|今后|明年|来年|下一?阶段|下一年度?|新的一年|未来(?:[一二三四五十两]年|一段时期))"
)
# two patterns, because each begins with a set of characters that the regex engine looks for quickly
SHORTFALL_OPENINGS = (
    re.compile(
        r"(?:仍|还|依然|尚|也)(?:然)?(?:存在|有)(?:着)?(?:一些|一定|不少|许多|诸多|很多|较大|以下|如下|的?(?:问题|不足|差距|短板|薄弱))"
    ),
    re.compile(r"(?:不足|问题|短板|差距)(?:主要)?(?:表现在|有|是|如下)"),
)
OF_YEAR = re.compile(r"20\d\d(?=年)")
YEAR_OPENING = re.compile(r"(20\d\d)年")
DONE_OPENING = re.compile(r"^(?:一年来|今年以来|过去一年|20\d\d年以来)")


def split(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the sentences of a paragraph, none longer than LONGEST."""
    for start, end in _marked(text):
        while end - start > LONGEST:
            comma = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ",、")
            cut = comma + 1 if comma > 0 else start + LONGEST
            yield start, cut
            start = cut
        yield start, end


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Ranges between full stops; a mark inside 《》 or a short bracket ends none."""
    start = 0
    titles, brackets = "《" in text, "(" in text
    for match in END.finditer(text):
        at = match.start()
        if titles and _inside(text, start, at, "《", "》", 120):
            continue
        if brackets and match.group() == ";" and _inside(text, start, at, "(", ")", 60):
            continue
        if at > start:
            yield start, at
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _inside(text: str, start: int, at: int, opener: str, closer: str, reach: int) -> bool:
    opened = text.rfind(opener, start, at)
    if opened < 0 or text.find(closer, opened, at) >= 0:
        return False
    closed = text.find(closer, at, opened + reach)
    reopened = text.find(opener, at, opened + reach)
    return closed >= 0 and (reopened < 0 or closed < reopened)


class Sections:
    """Which part of the report the reader stands in, as headings go by."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._levels: dict[int, str] = {}
        self._planning = False
        self.part = "done"
        self.glossary = False  # the list of terms behind the report: it explains, and tells of nothing done

    def heading(self, text: str, level: int) -> None:
        """Takes note of a heading; 0 is one without a number."""
        self.glossary = self.glossary or bool(GLOSSARY.search(text))
        kind = self._kind(TITLES.sub("", text))
        if level == 1 and kind == "done" and AIMS.search(text) and not LOOKING_BACK.search(text):
            kind = "planned"
        looks_back = LOOKED_BACK.search(text) or ATTACHED.match(text)
        if level == 1 and kind == "done" and self._planning and not looks_back:
            kind = "planned"  # behind the chapter of plans nothing but plans follows
        if level <= 1:
            self._planning = kind == "planned" or (self._planning and not looks_back)
        if level == 0 and kind == "done" and not LOOKING_BACK.search(text):
            return  # an unnumbered line that says nothing of the part it opens
        self._levels = {k: v for k, v in self._levels.items() if k < level}
        self._levels[level] = kind
        kinds = set(self._levels.values())
        self.part = "planned" if "planned" in kinds else "shortfall" if "shortfall" in kinds else "done"

    def _kind(self, text: str) -> str:
        years = [int(year) for year in OF_YEAR.findall(text)]
        if self._year and years and max(years) > self._year and WORK.search(text) and not LOOKED_BACK.search(text):
            return "planned"
        if PLANNED.search(text) and not _looks_back(text, self._year):
            return "planned"
        return "shortfall" if SHORTFALL.search(text) else "done"

    def opening(self, text: str, part: str, *, shortfall: bool) -> str:
        """The part that a paragraph goes on in after a sentence that begins like `text`.

        `shortfall` says that the paragraph tells of one somewhere.
        """
        if PLAN_OPENING.match(text):
            return "planned"
        year = YEAR_OPENING.match(text)
        if (
            year
            and self._year
            and int(year[1]) > self._year
            and re.search(r"将|(?<![主重需首])要|继续|进一步|准备|计划|打算|力争|(?<![草])拟(?![定订制稿])", text)
        ):
            return "planned"
        if part == "done" and shortfall and _opens_shortfall(text):
            return "shortfall"
        if part == "shortfall" and DONE_OPENING.match(text):
            return "done"
        return part


def _opens_shortfall(text: str) -> bool:
    still, following = SHORTFALL_OPENINGS
    return bool(still.search(text) or following.search(text))


def _looks_back(text: str, year: int | None) -> bool:
    """Whether a heading with a word of planning tells of the past all the same: 2021年工作要点落实情况."""
    if re.search(r"下一?步|下一?年|打算|明年|今后|来年", text):
        return False
    years = [int(y) for y in re.findall(r"20\d\d", text)]
    past = bool(year and years) and max(years) <= (year or 0) and not re.search(r"(?:安排|思路)$", text)
    return past or bool(LOOKING_BACK.search(text))


def level_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Heading level of `text[start:end]` by its number (1, 2, 3; 0 without) and the number's length."""
    match = LEVEL.match(text, start, end)
    return (match.lastindex or 0, match.end() - start) if match else (0, 0)


def sentences_of(
    text: str, at: Sequence[int], *, sections: Sections, index: int, paragraph: int, alone: bool
) -> Iterator[Sentence]:
    """The sentences of one paragraph; `alone` says that the paragraph is one short line."""
    part = ""
    footnote = bool(FOOTNOTE.match(text))
    shortfall = _opens_shortfall(text)
    for i, (start, end) in enumerate(split(text)):
        level, number = level_of(text, start, end)
        if i == 0 and not number and (decimal := DECIMAL.match(text)) and at[decimal.end()] > at[decimal.end() - 1] + 1:
            number = decimal.end()
            level = min(decimal.group().count(".") + 1, 3) if "." in decimal.group() or alone else 0
        elif i == 0 and not number and (point := POINT.match(text)) and at[point.end()] > at[point.end() - 1] + 1:
            number, level = point.end(), 3
        attached = alone and i == 0 and end - start <= HEADING_LENGTH and bool(ATTACHED.match(text, start + number))
        if attached and not number:
            level = 1
        heads = end - start <= HEADING_LENGTH and (
            attached
            or (level > 0 and not STATES.search(text, start, end))
            or (alone and i == 0 and end - start <= 25 and not re.search("[,。:]", text))
        )
        heads = heads and not (i > 0 and level > 1 and part == "planned")  # 下一步:(一)…;(二)…: points of plans
        if heads:
            sections.heading(text[start + number : end], level)
            part = ""
        elif level in (1, 2) and i == 0:
            sections.heading(
                text[start + number : end] if PLAN_OPENING.match(text[start + number : end]) else "", level
            )
        goes_on = text[start - 1 : start] == ";" and not number and not NEXT_POINT.match(text, start)
        start += number
        if start >= end:
            continue
        words = text[start:end]
        part = sections.opening(words, part or sections.part, shortfall=shortfall)
        yield Sentence(
            index=index,
            text=words,
            at=at[start:end],
            kind="note"
            if sections.glossary or footnote or (attached and words.startswith("附件"))
            else "heading"
            if heads
            else "body",
            planned=part == "planned",
            shortfall=part == "shortfall",
            paragraph=paragraph,
            goes_on=goes_on,
        )
        index += 1
