"""Names of organs and organisations without their place, with short forms and renames; and the central organs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhitu.lexicon.matcher import Matcher
from zhitu.lexicon.tsv import rows, values
from zhitu.model import Kind


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ's register name and what else it is called. `level` holds the levels at which it exists: 省市县乡."""

    name: str
    kind: Kind  # agency or institution
    aliases: tuple[str, ...]
    level: str = ""
    central: bool = False


@cache
def organs() -> tuple[Organ, ...]:
    return tuple(
        Organ(r["name"], "institution" if r["kind"] == "institution" else "agency", values(r["aliases"]), r["level"])
        for r in rows("organs")
    )


@cache
def central_organs() -> tuple[Organ, ...]:
    return tuple(
        Organ(r["name"], _central_kind(r["class"], r["name"]), values(r["aliases"]), central=True)
        for r in rows("central_agencies")
    )


def _central_kind(of: str, name: str) -> Kind:
    """Who coordinates is an institution, but for his office; so is who has no public power: mass organisations, institutes,
    news, broadcast."""
    coordinates = of.endswith("议事协调机构") and not name.endswith("办公室")
    powerless = of == "直属事业单位" and name.endswith(("院", "中心", "社", "总台"))
    return "institution" if coordinates or powerless or of in ("群团", "企业") else "agency"


@cache
def organ_matcher() -> Matcher[Organ]:
    """Local organs by name and short form. 政府, 委 and their like are grammar, not names: `find.placed` reads them."""
    return Matcher((name, organ) for organ in organs() for name in (organ.name, *organ.aliases) if len(name) >= 2)


@cache
def central_matcher() -> Matcher[Organ]:
    return Matcher(
        (name, organ) for organ in central_organs() for name in (organ.name, *organ.aliases) if len(name) >= 2
    )


@cache
def by_name() -> dict[str, Organ]:
    """Local organs by every name; where two share a short form, neither has it."""
    out: dict[str, Organ | None] = {}
    for organ in organs():
        for name in (organ.name, *organ.aliases):
            out[name] = None if name in out and out[name] != organ and name != organ.name else organ
    return {name: organ for name, organ in out.items() if organ}
