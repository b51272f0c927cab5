"""How numbers are written, with their measure words; and the clause in which one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import repeat

from zhitu.lexicon.figures import unit_pattern, units

MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
CHINESE = {ch: i for i, ch in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
TITLES = re.compile(r"《[^《》]*》")
CLAUSE_MARKS = ",。;:!?"
CLAUSE_MARK = re.compile(f"[{CLAUSE_MARKS}]")
# numerals in characters with the measure words of what can be counted so: 三次, 两百余件
CN_DIGITS, CN_VAGUE = "一二两三四五六七八九十百千", "余|多"
CN_UNITS = "轮次|轮|件次|人次|场次|件|项|个|次|期|场|名|人|家|部|条|份|册|张|户|支|起|批|级|处|所|位|篇"
# (begins with a set of characters, which the regex engine looks for quickly)
NUMBER_START = re.compile(rf"[\d{CN_DIGITS}](?:(?<=\d)|[{CN_DIGITS}]*万?(?:{CN_VAGUE})?(?:{CN_UNITS}))")


@cache
def number_pattern() -> re.Pattern[str]:
    """Digits with scale and measure word, numerals in characters with theirs, a bare number that ends a clause."""
    return re.compile(
        rf"""
          (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>百万|千万|[百千]?[万亿]|[百千])?(?P<vague>余|多|几)?(?P<scale2>[万亿])?
          (?P<unit>人\(户\)次|(?:{unit_pattern()})(?:\(次\))?)(?P<tail>次)?
        | (?P<cn>[{CN_DIGITS}]+万?)(?P<cnvague>{CN_VAGUE})?(?P<cnunit>{CN_UNITS})
        | (?<=[\u4e00-\u9fff])(?<![第年月])(?P<alone>\d{{1,6}})(?=[,;、]|$)
        """,
        re.VERBOSE,
    )


def numbers(text: str) -> Iterator[re.Match[str]]:
    """What `number_pattern` finds, but tried only where a numeral stands."""
    at, pattern = 0, number_pattern()
    while start := NUMBER_START.search(text, at):
        match = pattern.match(text, start.start())
        if match:
            yield match
        at = match.end() if match else start.start() + 1


def number_before(text: str, end: int) -> tuple[int, int] | None:
    """Start and end of the number that ends at `end`, if it stands in the same clause as something said before it."""
    found = next((m.span() for m in number_pattern().finditer(text, 0, end) if m.end() == end), None)
    return found if found and found[0] > 0 else None


def scaled(value: Decimal, scale: str) -> Decimal:
    """The value times 万, 亿 …"""
    for ch in scale:
        value *= MULTIPLES[ch]
    return value


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Money in yuan, all else as it is."""
    known = units().get(unit)
    return (
        (value * Decimal(known.factor), known.base) if known and known.kind == "money" and known.base else (value, unit)
    )


def clause_of(text: str, start: int, end: int) -> str:
    left, closing = max(map(text.rfind, CLAUSE_MARKS, repeat(0), repeat(start))), CLAUSE_MARK.search(text, end)
    clause = text[left + 1 : closing.start() if closing else len(text)]
    return TITLES.sub("", clause) if "《" in clause else clause


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
