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
YEAR = re.compile(r"(20\d\d)年?度?|(?:上年|去年|上一年)度?|(?P<this>本年|今年|当年)度?")
SERIAL = re.compile(r"\|?\d+\|")
LABELS = re.compile(r"序号|项目|指标|名称|内容|(?:计量)?单位|数量|数值|数")


def newest_column(text: str, before: int | None) -> int | None:
    """Which cell of a table's rows is of the newest year, by a row that heads columns with years (指标|单位|2022年|2023年);
    `before` is what the row before said, and holds until another head or the table's end."""
    if "|" not in text:
        return None
    cells = text.strip("|").split("|")
    years = [(_year(match), i) for i, cell in enumerate(cells) if (match := YEAR.fullmatch(cell))]
    if len(years) > 1:
        return max(years)[1]
    return None if any(map(LABELS.fullmatch, cells)) else before


def _year(match: re.Match[str]) -> int:
    return int(match[1] or (1 if match["this"] else 0))


def rows_of(sentence: Sentence, column: int | None) -> list[Figure]:
    """The figures of a sentence that is a table, or one of its rows; none of any other. `column` is that of the year."""
    text = sentence.text
    if text.count("|") > 1:
        if column is None:
            return [_row(sentence, match) for match in _cells().finditer(text)]
        serial = SERIAL.match(text)
        row = _year_row(column - bool(serial)).match(text, serial.end() if serial else 0)
        return [_row(sentence, row)] if row else []
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
def _year_row(column: int) -> re.Pattern[str]:
    """A row's name, its measure word and the number in the column."""
    return re.compile(
        rf"\|?(?P<name>[^|,。;]{{2,40}})\|(?P<scale>{SCALE})(?P<unit>{unit_pattern()})\|"
        rf"(?:[^|]*\|){{{max(column - 2, 0)}}}(?P<value>{NUMBER})(?P<first>)(?=\||$)"
    )


@cache
def _cells() -> re.Pattern[str]:
    """A name, a number and a measure word, or these two the other way round, each in a cell; of two numbers side by side
    none is known to be the one."""
    return re.compile(
        rf"(?:(?<=\|)|^)(?P<name>[^|,。;]{{2,40}})\|(?:(?P<first>{NUMBER})\|)?(?P<scale>{SCALE})(?P<unit>{unit_pattern()})"
        rf"(?(first)|\|(?P<value>{NUMBER})(?!\|{NUMBER}(?:\||$)))(?=\||$)"
    )


@cache
def _loose_row() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2,16}}?)(?P<scale>{SCALE})(?P<unit>{unit_pattern()})(?P<value>{NUMBER})(?P<first>)"
    )


@cache
def _loose_rows() -> re.Pattern[str]:
    return re.compile(rf"(?:[\u4e00-\u9fff]{{2,16}}?{SCALE}(?:{unit_pattern()}){NUMBER})+")
