"""Programs that are known nationwide, with what a mention of each must look like to count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhitu.lexicon.matcher import Matcher, squash
from zhitu.lexicon.tsv import rows, values


@dataclass(frozen=True, slots=True)
class Program:
    """A known program. `marks`: any (unmarked counts), system (with 制度, 改革 …), quoted (in “”), topic (known, not counted)."""

    name: str
    scope: str  # CN or a division code
    variants: tuple[str, ...]
    marks: str
    kind: str
    family: str
    part_of: str
    since: int  # year from which it is known; 0 where that is not


@cache
def programs() -> tuple[Program, ...]:
    return tuple(
        Program(
            r["name"],
            r["scope"],
            values(r["variants"]),
            r["marks"],
            r["kind"],
            r["family"],
            r["part_of"],
            int(r["years"][:4] or 0),
        )
        for r in rows("programs")
    )


@cache
def by_name() -> dict[str, Program]:
    return {program.name: program for program in programs()}


@cache
def squashed_names() -> frozenset[str]:
    return frozenset(squash(name) for name in by_name())


@cache
def by_spelling() -> dict[str, Program]:
    """Programs by every spelling, without marks; what two share is the first one's."""
    out: dict[str, Program] = {}
    for program in programs():
        for name in (program.name, *program.variants):
            out.setdefault(squash(name), program)
    return out


@cache
def topics() -> frozenset[str]:
    """Squashed names of slogans, which stay what they are in quotation marks as well."""
    return frozenset(
        squash(name) for p in programs() if p.marks == "topic" and p.kind == "slogan" for name in (p.name, *p.variants)
    )


def system_of(program: Program) -> Program | None:
    """The system that a bare matter stands for: 行政执法公示 → 行政执法公示制度."""
    system = by_name().get(program.part_of)
    return system if system is not None and program.marks == "topic" and program.name in system.name else None


def may_count(program: Program) -> bool:
    """Whether there is a way to name it that counts; most names met are topics that never do."""
    return program.marks != "topic" or system_of(program) is not None


@cache
def program_matcher() -> Matcher[Program]:
    """By squashed name and variant: quotation marks and separators inside a name never count."""
    return Matcher((squash(name), p) for p in programs() for name in (p.name, *p.variants))
