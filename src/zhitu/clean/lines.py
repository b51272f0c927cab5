"""Lines of the source with their places, and paragraphs glued from lines that a page broke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from zhitu.clean.furniture import META, NUMBERED
from zhitu.model import record

LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
# Pages that lost their line breaks keep two or more blanks where a paragraph began.
RUN_ON = re.compile(
    r"(?<=[。；;!?])\s{2,}(?=\S)|(?<=[。；;])\s+(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))|\s{2,}(?=\S{8})|\s{2,}(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"
    r"|\s+(?=(?:信息来源|来源|发布时间|发布日期|时间|作者)[:：])|(?<=\d\d:\d\d)\s+(?=[\u4e00-\u9fff])"
)
OF_PAGE = re.compile(r"(?:来源|发布时间|发布日期|时间|日期|作者|浏览次数|索引号)[:：]|〉\S*〉|》 \S")
FIRST_CLAUSE = re.compile(r"\S+?[,。]")  # as a whole, but for the blanks before it
ENTITY = {"&lt;": "〈", "&gt;": "〉", "&quot;": "", "&amp;": "&", "&ldquo;": "“", "&rdquo;": "”"}
# begins with a set of characters, which the regex engine looks for quickly
DROP = re.compile(
    r"[\s&(](?:(?<=\s)(?P<space>\s*)|(?<=&)(?P<entity>(?:lt|gt|quot|amp|ldquo|rdquo);)|(?<=[\u4e00-\u9fff]\()[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}\))"
)
NARROWEST = 48  # halves of a character; headings are seldom so long
SLACK, MANY = 6, 5  # how much shorter a full line may be, and of how many lines a width is seen
WRAPPED = 25  # a line at least this long that ends without a mark was broken by its page


@record(frozen=True, slots=True)
class Line:
    text: str  # folded and stripped
    start: int
    end: int
    follows: bool  # no blank line between it and the one before


def lines_of(folded: str) -> list[Line]:
    """The lines that hold anything."""
    out: list[Line] = []
    end = -1
    for match in LINE.finditer(folded):
        blank = folded.count("\n", end, match.start()) > 1 if end >= 0 else True
        at = match.start()
        for piece in _pieces(match.group()):
            at = folded.index(piece, at, match.end())
            text = piece.strip()
            if text:
                start = at + len(piece) - len(piece.lstrip())
                out.append(Line(text, start, start + len(text), follows=not blank))
                blank = False
                end = match.end()
            at += len(piece)
    return out


def _pieces(line: str) -> list[str]:
    """The line, or the paragraphs in it where its page lost their breaks: what stands before the first clause and
    behind the last sentence is as many lines as there are blanks."""
    if len(line) <= 300 or not _has_blank(line):
        return [line]
    first, last = FIRST_CLAUSE.search(line), line.rfind("。") + 1
    head = first.start() if first and first.start() < last else 0
    if not OF_PAGE.search(line, 0, head):
        return RUN_ON.split(line)  # a paragraph, or a page without its furniture
    body = [piece for piece in RUN_ON.split(line[head : last or None]) if piece]
    return [*line[:head].split(), *body, *(line[last:].split() if last else ())]


def _has_blank(text: str) -> bool:
    return len(text.split(maxsplit=1)) > 1 or text[:1].isspace()


def paragraphs(lines: list[Line], *, full: int) -> Iterator[list[Line]]:
    """Groups of lines that were one paragraph; `full` is the page's `full_width`."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, full):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


JOINED = re.compile("[和及与、《]")
ENDED = re.compile(r"[。;:!?|][”)》]*$")


def full_width(lines: list[Line]) -> int:
    """How wide a full line is on a page whose lines were broken all at one width, in halves of a character; else 0."""
    widths = Counter(_width(line.text) for line in lines if not ENDED.search(line.text))
    full = max(widths, default=0, key=lambda width: (sum(widths[w] for w in range(width - SLACK, width + 1)), width))
    broken = sum(widths[w] for w in range(full - SLACK, full + 1))
    return full if full >= NARROWEST and broken >= MANY and broken > len(lines) / 3 else 0


def is_full(text: str, full: int) -> bool:
    """Whether a line reaches the width at which its page broke all of them."""
    return full > 0 and _width(text) >= full - SLACK


def _width(text: str) -> int:
    return len(text) + sum(ch >= "\u2000" for ch in text)


def _goes_on(group: list[Line], line: Line, full: int) -> bool:
    before = group[-1]
    if NUMBERED.match(line.text) or META.match(line.text):
        return False
    so_far = "".join(item.text for item in group)
    if (
        so_far.rfind("《") > so_far.rfind("》")
        and len(so_far) - so_far.rfind("《") < 100
        and "。" not in line.text[:40].partition("》")[0]
    ):
        return True  # a title broken over lines
    if before.text[-1] == "》" and JOINED.match(line.text):
        return True  # 《A》 / 和《B》
    if not line.follows or ENDED.search(before.text) or line.text[0] == "|":
        return False
    if before.text.count("|") > 1 and line.text.count("|") > 1:
        return False  # rows of a table
    if before.text[-1] in ",、" or before.text.rfind("“") > before.text.rfind("”"):
        return True  # no paragraph ends so
    if is_full(before.text, full):
        return True
    return len(before.text) >= WRAPPED and (not NUMBERED.match(before.text) or "。" in before.text)


def squeeze(folded: str, group: list[Line]) -> tuple[str, range | tuple[int, ...]]:
    """The paragraph's characters without blanks, glosses and entities, and where each stands."""
    if len(group) == 1 and not _drops(folded, group[0]):
        return folded[group[0].start : group[0].end], range(group[0].start, group[0].end)
    text: list[str] = []
    at: list[int] = []
    for line in group:
        done = line.start
        for match in DROP.finditer(folded, line.start, line.end):
            text.append(folded[done : match.start()])
            at.extend(range(done, match.start()))
            done = match.end()
            if match["entity"]:
                keep = ENTITY[match.group()]
            else:
                keep = " " if match["space"] is not None and _both_latin(folded, match) else ""
            if keep:
                text.append(keep)
                at.append(match.start())
        text.append(folded[done : line.end])
        at.extend(range(done, line.end))
    return "".join(text), tuple(at)


def _drops(folded: str, line: Line) -> bool:
    """Whether anything stands in the line that is to go; most lines show at a glance that nothing does."""
    text = line.text
    if "&" in text or "(" in text or _has_blank(text):
        return DROP.search(folded, line.start, line.end) is not None
    return False


def _both_latin(folded: str, match: re.Match[str]) -> bool:
    before, after = folded[match.start() - 1 : match.start()], folded[match.end() : match.end() + 1]
    return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
