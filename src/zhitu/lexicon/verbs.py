"""Verbs and cue words with the predicate that they carry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhitu.lexicon.matcher import Matcher
from zhitu.lexicon.tsv import rows, values


@dataclass(frozen=True, slots=True)
class Verb:
    """`predicates` are relations (issued, runs, …) or not_issued, not_established, honour, recommend, plan, negation, shortfall."""

    text: str
    predicates: tuple[str, ...]
    weak: bool
    attribute: bool  # 新修订的《X》 says nothing of the reporter


@cache
def verbs() -> tuple[Verb, ...]:
    return tuple(
        Verb(r["verb"], values(r["predicate"]), r["note"].startswith("weak"), r["note"].startswith("attribute"))
        for r in rows("verbs")
    )


@cache
def verb_matcher() -> Matcher[Verb]:
    return Matcher((verb.text, verb) for verb in verbs())


@cache
def predicates_of() -> dict[str, tuple[str, ...]]:
    return {verb.text: verb.predicates for verb in verbs()}
