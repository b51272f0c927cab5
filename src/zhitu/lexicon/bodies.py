"""Words in which the names of bodies end that no list holds: 领导小组, 服务中心, 研究院."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from zhitu.lexicon.matcher import Matcher
from zhitu.lexicon.tsv import rows, values


@dataclass(frozen=True, slots=True)
class BodyWord:
    """A word and what a body whose name ends in it needs to be one: see the head of `bodies.tsv`."""

    text: str
    loose: bool = False
    goal: bool = False
    placed: bool = False
    many: bool = False
    joining: bool = False
    firm: bool = False


@cache
def body_words() -> dict[str, BodyWord]:
    return {r["word"]: BodyWord(r["word"], **dict.fromkeys(values(r["traits"]), True)) for r in rows("bodies")}


@cache
def body_matcher() -> Matcher[BodyWord]:
    return Matcher(body_words().items())


@lru_cache(maxsize=4096)
def ending(name: str) -> BodyWord:
    """The longest word in which the name ends; one without traits where it ends in none."""
    suffixes = (name[-length:] for length in range(min(_longest(), len(name)), 0, -1))
    return next((word for suffix in suffixes if (word := body_words().get(suffix))), BodyWord(""))


@cache
def _longest() -> int:
    return max(map(len, body_words()))
