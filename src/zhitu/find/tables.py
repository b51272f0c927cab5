"""Tables of figures: rows of cells, and rows that lost their lines (行政检查 次 1862 简易程序处罚 件 417)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from zhitu.find.numbers import canonical, in_base, scaled
from zhitu.lexicon.figures import unit_pattern
from zhitu.model import Figure, Sentence

HEAD = re.compile(r"(?:项目|指标|名称|内容)(?:计量)?单位(?:数量|数值|数)")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
SCALE = "[百千]?[万亿]?"


def rows_of(sentence: Sentence) -> list[Figure]:
    """The figures of a sentence that is a table, or one of its rows; none of any other."""
    text = sentence.text
    if text.startswith("|"):
        return [_row(sentence, match) for match in _cells().finditer(text)]
    head = HEAD.search(text) if "单位" in text else None
    if head is None and not (text[-1].isdigit() and _loose_rows().fullmatch(text)):
        return []
    return [_row(sentence, match) for match in _loose_row().finditer(text, head.end() if head else 0)]


def _row(sentence: Sentence, match: re.Match[str]) -> Figure:
    found = match.groupdict()
    number = found["value"] or found["first"]  # which stands before the measure word
    value, unit = in_base(scaled(Decimal(number.replace(",", "")), found["scale"]), found["unit"])
    return Figure(sentence.index, match.end("name"), match.end(), canonical(value), unit, found["name"], "figure.row")


@cache
def _cells() -> re.Pattern[str]:
    """A name, a number and a measure word, or these two the other way round, each in a cell."""
    return re.compile(
        rf"(?<=\|)(?P<name>[^|]{{2,40}})\|(?:(?P<first>{NUMBER})\|)?(?P<scale>{SCALE})(?P<unit>{unit_pattern()})"
        rf"(?(first)|\|(?P<value>{NUMBER}))(?=\|)"
    )


@cache
def _loose_row() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2,16}}?)(?P<scale>{SCALE})(?P<unit>{unit_pattern()})(?P<value>{NUMBER})(?P<first>)"
    )


@cache
def _loose_rows() -> re.Pattern[str]:
    return re.compile(rf"(?:[\u4e00-\u9fff]{{2,16}}?{SCALE}(?:{unit_pattern()}){NUMBER})+")
