"""The notation in which a case says what a tiny report must, and must not, yield.

    report:321302                         the region reported on (code or name; `none` if it cannot be told)
    year:2020  date:2020-12-28            header; publisher:宿城区人民政府, agent:沁县林业局
    region:321302  region:三十里堡街道     an entity met in the text, by code or by name
    agency:宿城区司法局 region=321302      … with the code (or name) of its region; `CN` for the nation
    document:行政复议法 scope=CN class=law … also edition=2021-2025, number=国发〔2010〕33号
    program:三项制度|行政执法三项制度        names that are equally right
    claim:r0 issued 某方案 status=planned   subject, predicate, object; `r0` is the region, its government, or the agent
    figure:22 件 indicator=收到行政复议申请 region=321302 year=2020
    figure:20 件 indicator==行政复议维持   … in these very words
    unresolved:有关部门                   a mention that stays unresolved
    clean:关于印发                        characters that the cleaned text holds
    count:document=2                     how many entities of a kind

`*` stands for anything; `region:*` means any region that is neither the one reported on nor above it.
Names are compared without width, white space and punctuation, institutions and programs also without their region and
without a closing 制度, 机制, 模式, 活动, 工作.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from zhitu.model import KINDS, NATION, Entity, Extraction, Given, Source, record_id

PREDICATES = ("issued", "implements", "studied", "revised", "repealed", "runs", "leads", "established", "concerns")
# the region and these organs of it are one subject
GOVERNMENT = re.compile(r"(人民政府|管理委员会|管委会|政府)$")
_CLAIM = re.compile(rf"^(.+?) ({'|'.join(PREDICATES)}|\*) (.+)$")
_OPTION = re.compile(r" (\w+)=(\S+)")
_CLOSING = re.compile(r"(制度|机制|模式|活动|工作)$")


@dataclass(frozen=True, slots=True)
class Item:
    """One expectation: its kind, what is named, and further conditions."""

    kind: str
    value: str
    options: dict[str, str] = field(default_factory=dict)
    text: str = ""


def parse(text: str) -> Item:
    """Reads one line of the notation. Raises ValueError on an unknown kind."""
    kind, _, rest = text.partition(":")
    known = {*KINDS, "report", "year", "date", "publisher", "agent", "claim", "figure", "unresolved", "clean", "count"}
    if kind not in known or not rest:
        raise ValueError(f"not in the notation: {text!r}")
    options = {} if kind in ("clean", "count") else dict(_OPTION.findall(rest))
    value = rest if kind in ("clean", "count") else _OPTION.sub("", rest).strip()
    if kind == "claim" and not _CLAIM.match(value):
        raise ValueError(f"a claim is `subject predicate object`: {text!r}")
    return Item(kind, value, options, text)


def read(text: str, *, file: str = "case.txt", given: dict | None = None) -> Extraction:
    """Runs the text rooms over a text that stands in no file."""
    from zhitu import clean, find, relate, resolve

    sha256 = record_id(text) * 4
    source = Source(file=file, text=text, sha256=sha256, encoding="utf-8", given=Given(**(given or {})))
    report = clean.clean(source)
    resolved = resolve.resolve(report, find.find(report))
    return relate.relate(report, resolved)


def holds(extraction: Extraction, item: Item) -> bool:
    """Does the extraction contain what the item names?"""
    if item.kind in KINDS:
        return any(_entity_fits(extraction, e, item) for e in met(extraction) if e.kind == item.kind)
    return _CHECKS[item.kind](extraction, item)


def met(extraction: Extraction) -> list[Entity]:
    """The entities that the report names, with its own region."""
    keys = {link.entity for link in extraction.links} | {extraction.region}
    return [e for e in extraction.entities if e.key in keys]


def describe(extraction: Extraction) -> str:
    """Everything that came out, in the notation: what a failing case shows."""
    lines = [
        f"report:{_code(extraction, extraction.region)}  year:{extraction.year}  date:{extraction.report.header.issued}"
    ]
    for e in met(extraction):
        extra = f" class={e.document_class}" if e.document_class else ""
        home = f" of={_code(extraction, e.region)}" if e.region else ""
        lines.append(f"{e.kind}:{e.name}{f' code={e.code}' if e.code else ''}{home}{extra}")
    name = {e.key: e.name for e in extraction.entities}
    for c in extraction.claims:
        lines.append(
            f"claim:{name.get(c.subject)} {c.predicate} {name.get(c.object)} status={c.status}  [{c.quote}] {c.rule}"
        )
    lines += [f"figure:{o.value} {o.unit} indicator={o.indicator_text}" for o in extraction.observations]
    lines += [f"unresolved:{u.surface} ({u.kind}: {u.reason})" for u in extraction.unresolved]
    return "\n".join(lines)


def squash(name: str) -> str:
    """The name without what never decides: width, case, white space, punctuation."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", name).lower() if ch.isalnum())


def _pattern(name: str) -> str:
    return "*".join(squash(part) for part in name.split("*"))


def _keys(kind: str, name: str, places: Iterable[str]) -> set[str]:
    """The forms under which a name may match."""
    keys = {re.sub(r"(?<=\d{8})年", "", _pattern(name))}
    if kind == "document":
        keys |= {k.removeprefix("中华人民共和国") for k in keys}
    if kind == "agency":
        keys |= {re.sub(r"^中共|^中国共产党", "", k) for k in keys}
    if kind in ("institution", "program"):
        keys |= {_CLOSING.sub("", k) for k in keys}
        keys |= {k.removeprefix(p) for k in keys for p in places}
    return {k for k in keys if k}


def _named(extraction: Extraction, entity: Entity, wanted: str) -> bool:
    places = _own_places(extraction)
    own = set().union(*(_keys(entity.kind, n, places) for n in (entity.name, entity.full_name or "", *entity.names)))
    for alternative in wanted.split("|"):
        for key in _keys(entity.kind, alternative, places):
            if any(fnmatchcase(name, key) if "*" in key else name == key for name in own):
                return True
            if entity.kind == "region" and squash(entity.full_name or "").endswith(key) and "*" not in key:
                return True
    return False


def _own_places(extraction: Extraction) -> list[str]:
    """Names of the region reported on, longest first."""
    region = next((e for e in extraction.entities if e.key == extraction.region), None)
    if region is None:
        return []
    names = {squash(n) for n in (region.name, region.full_name or "", *region.names)}
    return sorted(names, key=lambda n: (-len(n), n))


def _code(extraction: Extraction, key: str | None) -> str:
    """Code of a region, or its name where it has none."""
    if key is None:
        return "none"
    slug = key.partition(":")[2]
    entity = next((e for e in extraction.entities if e.key == key), None)
    code = (entity.code or entity.full_name or entity.name) if entity else slug
    return "CN" if code in (NATION, "CN") or slug == "CN" else code


def _place_fits(extraction: Extraction, key: str | None, wanted: str) -> bool:
    """Is the region under `key` one of those named, by code or by (the end of) its name?"""
    entity = next((e for e in extraction.entities if e.key == key), None)
    names = {squash(n) for n in (entity.name, entity.full_name or "", *entity.names)} if entity else set()
    code = _code(extraction, key)
    return any(w == code or squash(w) in names or any(n.endswith(squash(w)) for n in names) for w in wanted.split("|"))


def _entity_fits(extraction: Extraction, entity: Entity, item: Item) -> bool:
    if entity.kind == "region":
        if item.value == "*":
            return entity.key != extraction.region and not _above(extraction, entity)
        if any(part.isdigit() for part in item.value.split("|")) and entity.code in item.value.split("|"):
            return True
    if not _named(extraction, entity, item.value):
        return False
    facts = {"class": entity.document_class, "edition": entity.edition, "number": entity.number, "code": entity.code}
    for option, wanted in item.options.items():
        if option in ("scope", "region"):
            if not _place_fits(extraction, entity.region, wanted):
                return False
        elif squash(facts.get(option) or "") != squash(wanted):
            return False
    return True


def _above(extraction: Extraction, entity: Entity) -> bool:
    """Is this region an ancestor of the one reported on?"""
    by_key = {e.key: e for e in extraction.entities}
    key = extraction.region
    while key is not None and key in by_key:
        key = by_key[key].region
        if key == entity.key:
            return True
    return False


def _subject_fits(extraction: Extraction, key: str, wanted: str) -> bool:
    entity = next((e for e in extraction.entities if e.key == key), None)
    if wanted == "*":
        return True
    if "r0" in wanted.split("|"):
        government = (
            entity is not None
            and entity.kind == "agency"
            and entity.region == extraction.region
            and any(GOVERNMENT.search(n) for n in (entity.name, *entity.names))
        )
        if key in (extraction.region, extraction.agent) or government:
            return True
    return entity is not None and _named(extraction, entity, wanted)


def _check_claim(extraction: Extraction, item: Item) -> bool:
    match = _CLAIM.match(item.value)
    assert match  # parse() made sure
    subject, predicate, obj = match.groups()
    by_key = {e.key: e for e in extraction.entities}
    for claim in extraction.claims:
        target = by_key.get(claim.object)
        if (
            predicate in ("*", claim.predicate)
            and item.options.get("status", claim.status) == claim.status
            and (obj == "*" or (target is not None and _named(extraction, target, obj)))
            and _subject_fits(extraction, claim.subject, subject)
        ):
            return True
    return False


def _check_figure(extraction: Extraction, item: Item) -> bool:
    value, _, unit = item.value.partition(" ")
    for o in extraction.observations:
        if (
            (value == "*" or float(o.value) == float(value))
            and unit in ("", "*", o.unit)
            and alike(o.indicator_text, item.options.get("indicator", ""))
            and item.options.get("year", str(o.year)) == str(o.year)
            and ("region" not in item.options or _place_fits(extraction, o.region, item.options["region"]))
        ):
            return True
    return False


def alike(one: str, other: str) -> bool:
    """Two indicator wordings mean the same if they share most of their characters; an empty one fits all; =X only X."""
    if other.startswith("="):
        return one == other[1:]
    x, y = set(squash(one)), set(squash(other))
    return not y or (bool(x) and len(x & y) / min(len(x), len(y)) >= 0.6)


def _check_publisher(extraction: Extraction, item: Item) -> bool:
    entity = next((e for e in extraction.entities if e.key == extraction.publisher), None)
    return entity is not None and _named(extraction, entity, item.value)


def _check_agent(extraction: Extraction, item: Item) -> bool:
    entity = next((e for e in extraction.entities if e.key == extraction.agent), None)
    return entity is None if item.value == "none" else entity is not None and _named(extraction, entity, item.value)


def _check_report(extraction: Extraction, item: Item) -> bool:
    if item.value == "none" or extraction.region is None:
        return item.value == "none" and extraction.region is None
    return item.value == "*" or _place_fits(extraction, extraction.region, item.value)


def _check_count(extraction: Extraction, item: Item) -> bool:
    kind, _, number = item.value.partition("=")
    if kind == "claim":
        return len(extraction.claims) == int(number)
    if kind == "figure":
        return len(extraction.observations) == int(number)
    return sum(e.kind == kind for e in met(extraction)) == int(number)


_CHECKS = {
    "claim": _check_claim,
    "figure": _check_figure,
    "publisher": _check_publisher,
    "agent": _check_agent,
    "report": _check_report,
    "count": _check_count,
    "year": lambda x, item: str(x.year).lower() == item.value.lower(),
    "date": lambda x, item: str(x.report.header.issued).lower() == item.value.lower(),
    "unresolved": lambda x, item: any(fnmatchcase(squash(u.surface), _pattern(item.value)) for u in x.unresolved),
    "clean": lambda x, item: any(item.value in s.text for s in x.report.sentences),
}
