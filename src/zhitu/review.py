"""What people decided about near-duplicates and unresolved mentions, and what a report's rows are after it.

A review is a YAML list; the order of its entries does not matter:

- same: [agency:321302-宿城区司法局, agency:321302-宿城司法局]     # the first is kept
  note: 名称简写
- different: [program:440309-无讼园区, program:440309-无讼社区]
- mention: {kind: region, surface: 高新区, report: 聊城_2016.txt}  # without `report`: wherever it is unresolved
  is: region:371500-高新区                                         # or `nothing`: it is no entity

Here are no side effects but the reading of that file. What a review does is a function of the rows as they were read,
of all reports; so the pipeline applies it to the store as a whole, and takes it back before it applies another.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from zhitu.errors import UsageError
from zhitu.model import KINDS, NATION, record_id
from zhitu.tables import ENTITIES, SOURCE_TABLES

KEY = re.compile(rf"(?:{'|'.join(KINDS)}):[^\s:]\S*")
RULE = "review.mention"  # the rule of a mention that people resolved
NOTHING = "nothing"
WORDS = {"same": {"same", "note"}, "different": {"different", "note"}, "mention": {"mention", "is", "note"}}
SHAPE = "an entry is one of: same: [key, key], different: [key, key], mention: {kind: …, surface: …} with is: key"
# what a place that is no division of its own is by its last characters; else a zone
LEVELS = {"社区": "village", "村": "village", "街道": "township", "镇": "township", "乡": "township"}

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
Thing = tuple[Any, ...]  # the columns of `entities` after `entity`: kind, name, region, code, …
_AT = {name: at for at, name in enumerate(ENTITIES.names[2:])}


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision; a row of `decisions`."""

    verdict: str  # same, different, entity, nothing
    key: str = ""
    other: str = ""
    kind: str = ""
    surface: str = ""
    report: str = ""
    note: str = ""

    def __str__(self) -> str:
        if self.verdict in ("same", "different"):
            return f"{self.verdict}: {self.key}, {self.other}"
        where = f" in {self.report}" if self.report else ""
        return f"mention: {self.kind} {self.surface}{where} is {self.key or NOTHING}"


@dataclass(frozen=True)
class Review:
    """Decisions that do not contradict each other, sorted."""

    decisions: tuple[Decision, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Depends on what is decided, with which notes; not on how the file is written. Empty without decisions."""
        text = "\n".join(map(repr, map(astuple, self.decisions)))
        return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""

    @cached_property
    def roots(self) -> dict[str, str]:
        """By key that goes, the key that it ends in."""
        return _roots({item.other: item.key for item in self.decisions if item.verdict == "same"})

    def root(self, key: Any) -> Any:
        return self.roots.get(key, key)

    @cached_property
    def mentions(self) -> dict[tuple[str, str, str], str]:
        """By kind, surface and report (empty: any) the key of the entity meant, empty where none is."""
        decided = [item for item in self.decisions if item.verdict in ("entity", "nothing")]
        return {(item.kind, item.surface, item.report): self.root(item.key) for item in decided}

    @property
    def targets(self) -> set[str]:
        """Keys that rows may be given which did not have them."""
        return {*self.roots.values(), *filter(None, self.mentions.values())}


# reading -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the file, and where it stands."""

    place: str
    value: Mapping[str, Any]

    def wrong(self, what: str, *, remedy: str = SHAPE) -> UsageError:
        return UsageError(f"{self.place}: {what}", remedy=remedy)


def read_review(path: str | Path) -> Review:
    """Reads a review file. Raises UsageError for what cannot be read, makes no sense, or contradicts itself."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", remedy="zhitu review OUT prints one") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8", remedy="save it as UTF-8") from error
    placed = [(item, entry) for entry in _entries(text, path) for item in _decisions(entry)]
    _check(sorted(placed, key=lambda pair: pair[0]))
    return Review(_merged(item for item, _ in placed))


def _entries(text: str, path: Path) -> Iterator[_Entry]:
    import yaml

    loader = yaml.SafeLoader(text)
    try:
        top = loader.get_single_node()
        if top is None:
            return
        if not isinstance(top, yaml.SequenceNode):
            raise UsageError(f"{path}: this is no list", remedy="each entry begins with “- ” at the start of its line")
        for node in top.value:
            place = f"{path}, line {node.start_mark.line + 1}"
            value = loader.construct_object(node, deep=True)
            entry = _Entry(place, value if isinstance(value, dict) else {})
            if not isinstance(value, dict):
                raise entry.wrong("this is no entry")
            if len(node.value) != len(value):
                raise entry.wrong("a word stands twice in one entry", remedy="begin the second entry with “- ”")
            yield entry
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise UsageError(f"{path}{line}: this is no YAML: {said}", remedy=SHAPE) from error
    finally:
        loader.dispose()


def _decisions(entry: _Entry) -> list[Decision]:
    words = set(entry.value)
    kinds = words & set(WORDS)
    if len(kinds) != 1:
        raise entry.wrong(f"it should have one of {', '.join(WORDS)}")
    (kind,) = kinds
    if words - WORDS[kind]:
        raise entry.wrong(f"{', '.join(sorted(map(str, words - WORDS[kind])))} cannot stand beside {kind}")
    note = entry.value.get("note")
    if isinstance(note, (dict, list)):
        raise entry.wrong("the note is no text", remedy="put it in quotes")
    said = "" if note is None else " ".join(str(note).split())
    read: Callable[[_Entry], list[Decision]] = {"same": _same, "different": _different, "mention": _mention}[kind]
    return [replace(item, note=said) for item in read(entry)]


def _same(entry: _Entry) -> list[Decision]:
    kept, *others = _keys(entry, "same")
    return [Decision("same", kept, other) for other in others]


def _different(entry: _Entry) -> list[Decision]:
    return [Decision("different", a, b) for a, b in combinations(sorted(_keys(entry, "different")), 2)]


def _mention(entry: _Entry) -> list[Decision]:
    said, target = entry.value["mention"], entry.value.get("is")
    if not isinstance(said, dict) or not {"kind", "surface"} <= set(said) <= {"kind", "surface", "report"}:
        raise entry.wrong("mention should be {kind: …, surface: …}, and report: FILE if only there")
    if not all(isinstance(value, str) and value for value in said.values()):
        raise entry.wrong("kind, surface and report are texts", remedy="put numbers and words like no in quotes")
    if said["kind"] not in KINDS:
        raise entry.wrong(f"no kind {said['kind']!r}", remedy=f"kinds: {', '.join(KINDS)}")
    about = {"kind": said["kind"], "surface": said["surface"], "report": said.get("report", "")}
    if target == NOTHING:
        return [Decision("nothing", **about)]
    key = _key(entry, target)
    if _kind(key) != said["kind"]:
        raise entry.wrong(f"{key} is no {said['kind']}", remedy="name an entity of the kind that the mention is of")
    return [Decision("entity", key, **about)]


def _keys(entry: _Entry, word: str) -> list[str]:
    value = entry.value[word]
    if not isinstance(value, list) or len(value) < 2:
        raise entry.wrong(f"{word} needs a list of two keys or more")
    keys = [_key(entry, item) for item in value]
    if len(set(keys)) != len(keys):
        raise entry.wrong(f"{word} names one key twice", remedy="take it out once")
    if len({_kind(key) for key in keys}) > 1:
        kinds = ", ".join(sorted({_kind(key) for key in keys}))
        raise entry.wrong(f"{word} has things of different kinds: {kinds}", remedy="only things of one kind can be one")
    return keys


def _key(entry: _Entry, value: Any) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        remedy = "keys are those of tables/entities.csv, such as region:321302 or agency:321302-宿城区司法局"
        raise entry.wrong(f"{value!r} is no key of an entity", remedy=remedy)
    return value


def _kind(key: str) -> str:
    return key.partition(":")[0]


def _check(placed: Sequence[tuple[Decision, _Entry]]) -> None:
    """Contradictions. `placed` is sorted, so that the order of the file does not choose what is complained of."""
    into: dict[str, str] = {}
    for item, entry in placed:
        if item.verdict == "same" and into.setdefault(item.other, item.key) != item.key:
            what = f"{item.other} cannot become both {into[item.other]} and {item.key}"
            raise entry.wrong(what, remedy="put them all into one entry, first the key that is to be kept")
    for item, entry in placed:
        if item.verdict == "same" and _circle(into, item.other):
            raise entry.wrong(f"{item.other} ends in itself", remedy="decide which key is kept, and put it first")
    roots = _roots(into)
    meant: dict[tuple[str, str, str], str] = {}
    for item, entry in placed:
        key, other = roots.get(item.key, item.key), roots.get(item.other, item.other)
        if item.verdict == "different" and key == other:
            raise entry.wrong(f"{item.key} and {item.other} are both same and different", remedy="take one entry out")
        about = (item.kind, item.surface, item.report)
        if item.verdict in ("entity", "nothing") and meant.setdefault(about, key) != key:
            what = f"{item.surface} is both {meant[about] or NOTHING} and {key or NOTHING}"
            raise entry.wrong(what, remedy="take one entry out, or say in which report it is what")


def _circle(into: Mapping[str, str], key: str) -> bool:
    seen: set[str] = set()
    while key in into and key not in seen:
        seen.add(key)
        key = into[key]
    return key in seen


def _roots(into: Mapping[str, str]) -> dict[str, str]:
    roots = {}
    for key, kept in into.items():
        while kept in into:
            kept = into[kept]
        roots[key] = kept
    return roots


def _merged(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """What is decided twice is one decision, with both notes."""
    notes: dict[Decision, set[str]] = {}
    for item in decisions:
        notes.setdefault(replace(item, note=""), set()).add(item.note)
    return tuple(sorted(replace(item, note="; ".join(sorted(said - {""}))) for item, said in notes.items()))


# what the things are that rows are given -----------------------------------------------------------------------------


@dataclass(slots=True)
class Things:
    """What is known of the entities that a review speaks of, and of all that they lie in: key → `Thing`."""

    known: dict[str, Thing] = field(default_factory=dict)

    def region(self, key: str) -> str | None:
        return self.known[key][_AT["region"]] if key in self.known else None


def learn(review: Review, *, look: Callable[[Iterable[str]], Mapping[str, Thing]]) -> Things:
    """Collects what `look` (keys → what the graph knows of them) and, for entities not in it, their keys tell.

    Raises UsageError for a key that tells nothing, and where regions would come to lie in themselves.
    """
    things = Things(dict(look({*review.roots, *review.targets})))
    meant = set(review.mentions.values())
    for key in sorted(review.targets - set(things.known)):
        gone = sorted(old for old, kept in review.roots.items() if kept == key and old in things.known)
        if gone and _kind(key) != "region":  # what is known of any of those that become it
            columns = zip(*(things.known[old] for old in gone), strict=True)
            things.known[key] = tuple(next((value for value in some if value is not None), None) for some in columns)
        elif gone or key in meant:
            _describe(key, things=things, look=look)
    asked = set(things.known)
    while missing := {above for key in asked if (above := things.region(key))} - set(things.known):
        found = look(missing)
        things.known.update(found)
        for key in sorted(missing - set(found)):
            _describe(key, things=things, look=look)
        asked = missing
    _check_regions(review, things=things)
    return things


def _describe(key: str, *, things: Things, look: Callable[[Iterable[str]], Mapping[str, Thing]]) -> None:
    """What a key alone tells: its name, and the region it belongs to."""
    kind, _, tail = key.partition(":")
    parts = tail.split("-")
    code = NATION if parts[0] == "CN" else parts[0]
    if kind == "region":
        things.known[key] = _region(key, parts)
    elif re.fullmatch(r"\d{6}", code) and len(parts) > 1:
        # 371500-高新区-司法局 may be of 高新区, or of 371500 itself; the longest region that is known
        above = ["region:" + "-".join([code, *parts[1:end]]) for end in range(len(parts) - 1, 0, -1)]
        found = look(above)
        region = next((item for item in above if item in found), above[-1])
        things.known[key] = _thing(kind, parts[-1], region=region)
    else:
        things.known[key] = _thing(kind, tail)


def _region(key: str, parts: Sequence[str]) -> Thing:
    from zhitu.lexicon.places import by_code, full_names

    *above, name = parts
    if parts == [NATION]:
        return _thing("region", "中国", code=NATION, full_name="中国")
    if above:
        level = next((level for ending, level in LEVELS.items() if name.endswith(ending)), "county")
        host = by_code()[above[0]][0].name if level == "county" and above[0] in by_code() else ""
        label = name if name.startswith(host[:-1]) else host[:-1] + name  # 聊城高新区, as such zones are called
        return _thing("region", label, region="region:" + "-".join(above), level=level, zone=level == "county")
    if name not in by_code():
        remedy = "name a division by its six digits, a zone by its host's and its name: region:371500-高新区"
        raise UsageError(f"the review speaks of {key}, which is no division", remedy=remedy)
    division = by_code()[name][0]
    full = max(full_names(division), key=lambda item: (len(item), item), default=division.name)
    return _thing("region", division.name, region=f"region:{division.parent or NATION}", code=name,
                  level=division.level, full_name=full)  # fmt: skip


def _thing(kind: str, name: str, **more: Any) -> Thing:
    return tuple({"kind": kind, "name": name, "zone": False, **more}.get(column) for column in _AT)


def _check_regions(review: Review, *, things: Things) -> None:
    for start in sorted(set(review.roots.values())):
        seen, key = {start}, _above(start, review=review, things=things)
        while key is not None and key not in seen:
            seen.add(key)
            key = _above(key, review=review, things=things)
        if key is not None:
            raise UsageError(
                f"by the review {key} would lie in itself", remedy="a region and one in it are not the same"
            )


def _above(key: str, *, review: Review, things: Things) -> str | None:
    """The region that a thing belongs to, after the review. A region fused with its host belongs to the host's."""
    above = things.region(key)
    while above is not None and review.root(above) == key:
        above = things.region(above)
    return review.root(above)


# what rows become ----------------------------------------------------------------------------------------------------


def met(rows: Rows, review: Review) -> set[Decision]:
    """The decisions, but those on what is different, that find something to decide in the rows of a report."""
    keys = {row[1] for row in rows["entities"]}
    file = _source(rows)[1]
    waiting = {(row[1], row[2], where) for row in rows["unresolved"] for where in ("", file)}
    return {
        item
        for item in review.decisions
        if (item.verdict == "same" and item.other in keys) or (item.kind, item.surface, item.report) in waiting
    }


def tally(
    review: Review, *, found: Iterable[Decision], known: Callable[[Iterable[str]], Mapping[str, Thing]]
) -> list[tuple[Any, ...]]:
    """Rows of `decisions`: each with the number of reports in which it found something, `found` being what `met` gave.

    Of what is different the keys are those that remain; it counts as found if both are in the graph.
    """
    times = Counter(found)
    rows = []
    for item in review.decisions:
        if item.verdict == "different":
            pair = sorted((review.root(item.key), review.root(item.other)))
            item, count = replace(item, key=pair[0], other=pair[1]), int(len(known(pair)) == 2)
        else:
            count = times[item]
        rows.append((*astuple(item), count))
    return sorted(set(rows))


def apply(rows: Rows, *, review: Review, things: Things) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of one report after the review; pure. `rows` are those that were read, untouched by any review."""
    return _Revision(rows, review, things).rows()


def _source(rows: Rows) -> tuple[str, str]:
    """Digest and file of the report."""
    return next(((row[1], row[2]) for row in rows["reports"]), ("", ""))


class _Revision:
    def __init__(self, rows: Rows, review: Review, things: Things) -> None:
        self.old, self.review, self.things = rows, review, things
        self.root = review.root
        self.sha256, self.file = _source(rows)
        self.report = rows["reports"][0][0]
        self.solved: list[tuple[tuple[Any, ...], str]] = []  # unresolved rows with the entity meant
        self.open: list[tuple[Any, ...]] = []
        for row in rows["unresolved"]:
            self._decide(row)

    def _decide(self, row: tuple[Any, ...]) -> None:
        _, kind, surface, reason, candidates, *span = row
        meant = self.review.mentions
        key = meant.get((kind, surface, self.file), meant.get((kind, surface, "")))
        if key is None:
            left = dict.fromkeys(map(self.root, (candidates or "").split()))
            self.open.append((self.report, kind, surface, reason, " ".join(left), *span))
        elif key:
            self.solved.append((row, key))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        made = {
            "reports": self._mapped("reports", "region", "publisher", "agent"),
            "entities": self._entities(),
            "names": self._names(),
            "mentions": self._mapped("mentions", "entity") + self._new_mentions(),
            "claims": self._claims(),
            "observations": self._mapped("observations", "region"),
            "unresolved": self.open,
        }
        return {table.name: list(dict.fromkeys(made.get(table.name, self.old[table.name]))) for table in SOURCE_TABLES}

    def _mapped(self, name: str, *columns: str) -> list[tuple[Any, ...]]:
        table = next(table for table in SOURCE_TABLES if table.name == name)
        keyed = {table.names.index(column) for column in columns}
        return [
            tuple(self.root(value) if at in keyed else value for at, value in enumerate(row)) for row in self.old[name]
        ]

    def _given(self) -> list[str]:
        """Entities that the review brings into this report."""
        fused = {self.root(row[1]) for row in self.old["entities"] if row[1] in self.review.roots}
        return sorted(fused | {key for _, key in self.solved})

    def _entities(self) -> list[tuple[Any, ...]]:
        kept = {row[1]: row for row in self.old["entities"] if row[1] not in self.review.roots}
        for key in self._given():
            above: str | None = key
            while above is not None and above in self.things.known:  # with all that it lies in
                kept.setdefault(above, (self.report, above, *self.things.known[above]))
                above = _above(above, review=self.review, things=self.things)
        at = ENTITIES.names.index("region")
        return [(*row[:at], self._region_of(row[1], row[at]), *row[at + 1 :]) for row in kept.values()]

    def _region_of(self, key: str, region: str | None) -> str | None:
        return _above(key, review=self.review, things=self.things) if self.root(region) == key else self.root(region)

    def _names(self) -> list[tuple[Any, ...]]:
        """The names of what goes are other names of what stays."""
        names = [
            (report, self.root(key), "alt" if role == "pref" and key in self.review.roots else role, name)
            for report, key, role, name in self.old["names"]
        ]
        names += [(self.report, key, "pref", self.things.known[key][_AT["name"]]) for key in self._given()]
        preferred = {(key, name) for _, key, role, name in names if role == "pref"}
        return [row for row in names if row[2] != "alt" or (row[1], row[3]) not in preferred]

    def _new_mentions(self) -> list[tuple[Any, ...]]:
        return [
            (self.report, key, kind, start, end, surface, RULE)
            for (_, kind, surface, _, _, start, end), key in self.solved
        ]

    def _claims(self) -> list[tuple[Any, ...]]:
        """Claims under the keys that `relate` would have given them; none of a thing with itself."""
        claims: dict[str, tuple[Any, ...]] = {}
        for row in self.old["claims"]:
            old_key, report, subject, predicate, target, status, quote, start, end, rule = row
            one, other = self.root(subject), self.root(target)
            if (one, other) == (subject, target):
                claims.setdefault(old_key, row)
            elif one != other:
                key = f"claim:{record_id(self.sha256, rule, start, end, one, predicate, other)}"
                claims.setdefault(key, (key, report, one, predicate, other, status, quote, start, end, rule))
        return list(claims.values())
