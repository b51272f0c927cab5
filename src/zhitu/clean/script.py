"""Folding of script and width, one character for one, so that offsets hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

# 著 (显著), 乾 (乾县) and 瞭 stand in simplified text too: what they fold to depends on the word, so they stay.
UNFOLDED = frozenset("著乾瞭藉甚么麽")
# A page is traditional when more than this share of its Han characters exist in traditional script only; simplified
# pages of this genre hold under 0.1% (names, quotations), traditional ones over 20%.
TRADITIONAL_SHARE = 0.03
HAN = re.compile("[\u4e00-\u9fff]+")
BEFORE_DASH = re.compile(r"[\d年]")
QUOTES = str.maketrans("「」『』﹁﹂＂〝〞„‟＜＞‹›", '“”‘’“”"“”“”〈〉〈〉')
# Conversion errors and Taiwan words that one-for-one folding leaves behind; equal length on both sides.
WORDS = (
    ("体係", "体系"), ("关係", "关系"), ("联係", "联系"), ("全麵", "全面"), ("方麵", "方面"), ("製定", "制定"), ("製度", "制度"), ("于於", "于于"),
)  # fmt: skip
# of pages in traditional script only: in simplified ones 资讯 is what it says
TRADITIONAL_WORDS = (
    ("程式", "程序"), ("计画", "计划"), ("视窗", "窗口"), ("水准", "水平"), ("资讯", "信息"), ("网路", "网络"), ("软体", "软件"),
)  # fmt: skip
DASH = re.compile(r"[—–―−‐‑~～─ー一]\s*(?=\d{4})")  # between years, if a figure or 年 stands before it


@cache
def _simplified() -> dict[int, str]:
    """Traditional character, in the forms of Hong Kong and Taiwan too, → simplified, from OpenCC's tables (Apache-2.0),
    which come with the dependency."""
    table = {ord(old): new for old, new in _dictionary("TSCharacters.txt") if old != new and old not in UNFOLDED}
    for variants in ("HKVariants.txt", "TWVariants.txt"):
        for standard, variant in _dictionary(variants):
            if ord(variant) not in table and not _in_simplified_use(variant):
                table[ord(variant)] = table.get(ord(standard), standard)  # 衞 → 衛 → 卫
    return table


def _dictionary(name: str) -> Iterator[tuple[str, str]]:
    """Characters and what each becomes first."""
    path = resources.files("opencc") / "dictionary" / name
    for line in path.read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        first = new.split(" ")[0]
        if len(old) == 1 and len(first) == 1:
            yield old, first


def _in_simplified_use(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _width() -> dict[int, str]:
    """Full-width and compatibility characters whose normal form is one character. Sentence punctuation keeps its shape,
    and so do the circled numbers of points (④武穴市), which are no figures."""
    keep = set("。、《》〈〉“”‘’…—")
    table = {}
    for block in (range(0x00A0, 0x00C0), range(0x2000, 0x2070), range(0x2150, 0x2200), range(0x2474, 0x2500),
                  range(0x2F00, 0x2FE0), range(0x3000, 0x3040), range(0xF900, 0xFB00), range(0xFE10, 0xFE70), range(0xFF00, 0xFFF0)):  # fmt: skip
        for code in block:
            form = unicodedata.normalize("NFKC", chr(code))
            if len(form) == 1 and form != chr(code) and chr(code) not in keep:
                table[code] = form
    table.update(
        {
            0xFE3D: "《",
            0xFE3E: "》",
            0x00B7: "·",
            0x2022: "·",
            0x30FB: "·",
            0xFF61: "。",
            0x200B: " ",
            0xFEFF: " ",
            0x00A0: " ",
        }
    )
    return table


@cache
def _changed() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every character that width or quotation marks change, and what each becomes."""
    width = _width()
    table = {chr(code): form.translate(QUOTES) for code, form in width.items()}
    table |= {chr(code): chr(form) for code, form in QUOTES.items() if code not in width}
    table = {old: new for old, new in table.items() if old != new}
    return _any_of(table), table


@cache
def _traditional() -> re.Pattern[str]:
    return _any_of(ch for ch in map(chr, _simplified()) if "\u4e00" <= ch <= "\u9fff")


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, sorted(characters)))}]")


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional script."""
    sample = text[:6000]
    marked = len(_traditional().findall(sample))
    return marked > 0 and marked > TRADITIONAL_SHARE * (len(sample) - len(HAN.sub("", sample)))


# a point that stands for a full stop, and not behind the number of a heading
# on a page with full stops of both kinds: between words only
SENTENCE_POINT = re.compile(r"(?<=[\u4e00-\u9fff)”》%])(?<![一二三四五六七八九十])\.(?=\s*[\u4e00-\u9fff《“])")
POINT = re.compile(r"(?<=[\u4e00-\u9fff)”》%])(?<![一二三四五六七八九十])\.(?=\s*(?:[\u4e00-\u9fff“\"《(\d]|\n|$))")


# <<X>>, where a page had no 《》
DOUBLED = re.compile(r"<<((?:[^<>]|<[^<>]{2,60}>){2,100})>>")
# a title in the inner marks alone; what stands within 《》 is left
SINGLE = re.compile(r"《[^《》]*》|〈(?P<title>[\u4e00-\u9fff][^〈〉《》\n]{3,80})〉")
BLANK = re.compile("&(?:nbsp|ensp|emsp|thinsp|#160|#12288);")  # blanks that a page left as it writes them


def fold(text: str) -> str:
    """`text` in simplified script and normal width; `len(fold(t)) == len(t)` and position by position the same."""
    pattern, table = _changed()
    folded = text
    # few different ones: faster than to translate every character; first what others become
    for ch in sorted(set(pattern.findall(text)), key=lambda ch: table[ch] in table):
        folded = folded.replace(ch, table[ch])
    traditional = is_traditional(folded)
    if traditional:
        folded = folded.translate(_simplified())
    for old, new in (*WORDS, *(TRADITIONAL_WORDS if traditional else ())):
        if old in folded:
            folded = folded.replace(old, new)
    if "&" in folded:
        folded = BLANK.sub(_blank, folded)
    if "<<" in folded:
        folded = DOUBLED.sub(r"《 \1 》", folded)  # squeezed out later, the blank keeps the length
    folded = folded.replace("<", "〈").replace(">", "〉")
    if "〈" in folded:
        folded = SINGLE.sub(_single, folded)
    folded = DASH.sub(_dash, folded)
    if "." in folded:
        folded = (POINT if folded.count(".") > folded.count("。") else SENTENCE_POINT).sub("。", folded)
    return _straight_quotes(folded) if '"' in folded else folded


def _single(match: re.Match[str]) -> str:
    return f"《{match['title']}》" if match["title"] else match.group()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _dash(match: re.Match[str]) -> str:
    before = match.string[: match.start()].rstrip()
    return "-" + match.group()[1:] if BEFORE_DASH.fullmatch(before[-1:]) else match.group()


def _straight_quotes(text: str) -> str:
    """Straight quotation marks opened and closed in turn, anew on each line."""
    lines = []
    for line in text.split("\n"):
        parts = line.split('"')
        marks = "“”"
        lines.append("".join(part + (marks[i % 2] if i < len(parts) - 1 else "") for i, part in enumerate(parts)))
    return "\n".join(lines)
