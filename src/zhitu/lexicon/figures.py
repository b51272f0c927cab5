"""Measure words and known indicators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from zhitu.lexicon.tsv import rows, values

# what a chain of figures is about, once said
TOPIC = re.compile(r"行政复议|复议|行政应诉|行政诉讼|应诉|信访|法律援助|行政调解|人民调解|公证")


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word; `value * factor` counts in `base`."""

    name: str
    kind: str
    factor: str
    base: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A known indicator; a wording is it when all words of one alternative occur in it, and none of `counter`; `bodies`
    says whether departments and places are what it counts."""

    slug: str
    zh: str
    en: str
    unit: str
    patterns: tuple[tuple[str, ...], ...]
    counter: tuple[str, ...]
    bodies: bool


@cache
def units() -> dict[str, Unit]:
    return {r["unit"]: Unit(r["unit"], r["kind"], r["factor"], r["base"]) for r in rows("units")}


@cache
def unit_pattern() -> str:
    """Alternatives of all measure words that are no multiples written out, longest first."""
    names = sorted(units(), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in names if not name.startswith(("万", "亿")))


@cache
def indicators() -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            r["slug"], r["zh"], r["en"], r["unit"],
            tuple(tuple(p.split("+")) for p in values(r["patterns"])), values(r["counter"]), r["bodies"] == "yes",
        )
        for r in rows("indicators")
    )  # fmt: skip


@cache
def _by_word() -> tuple[Any, list[list[tuple[Indicator, frozenset[str], tuple[str, ...]]]]]:
    """An automaton of the longest word of every alternative; and by its number the indicator, its units, all words."""
    import daachorse

    index: dict[str, list[tuple[Indicator, frozenset[str], tuple[str, ...]]]] = {}
    for item in indicators():
        for words in item.patterns:
            index.setdefault(max(words, key=len), []).append((item, frozenset(values(item.unit)), words))
    return daachorse.CharwiseDoubleArrayAhoCorasick(list(index), daachorse.MATCH_KIND_STANDARD), list(index.values())


CHANGED = re.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低|压减)了?$")


@lru_cache(maxsize=65536)
def indicator_of(wording: str, unit: str, *, bodies: bool = False) -> str | None:
    """Slug of the only known indicator that `wording` means; None if none, or more than one, remains, and of a change:
    收到行政复议申请增加12件 is not how many were received. `bodies` says that departments or places are counted."""
    if CHANGED.search(wording):
        return None
    automaton, index = _by_word()
    found = {
        item.slug
        for _, _, number in automaton.find_overlapping(wording)
        for item, units, words in index[number]
        if (not units or unit in units)
        and (item.bodies or not bodies)
        and all(word in wording for word in words)
        and not any(word in wording for word in item.counter)
    }
    return found.pop() if len(found) == 1 else None


def topic_of(wording: str) -> str:
    """The longest topic that the words name; empty where they name none."""
    return max(TOPIC.findall(wording), key=len, default="")
