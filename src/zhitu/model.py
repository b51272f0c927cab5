"""The records that walk through the rooms. All are frozen to the type checker; enriching one gives a new one.

One kind of span everywhere: a half-open range of Unicode code points in the decoded source.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, order: bool = False) -> Any:
        """A dataclass whose `frozen` only the type checker enforces: at run time it makes records thrice as dear."""
        assert frozen
        return dataclass(slots=slots, order=order, unsafe_hash=True)


Kind = Literal["region", "agency", "institution", "document", "program"]
KINDS: tuple[Kind, ...] = ("region", "agency", "institution", "document", "program")
Status = Literal["done", "planned"]
NATION = "000000"  # the code under which 中国 stands as a region


@record(frozen=True, slots=True, order=True)
class Span:
    """`source.text[start:end]`."""

    start: int
    end: int


@record(frozen=True, slots=True)
class Given:
    """What the caller knows beforehand of a report; it overrides what the text says."""

    region: str | None = None
    year: int | None = None


@record(frozen=True, slots=True)
class Source:
    """A file as `load` gives it: its text after decoding (BOM dropped), and nothing else done to it."""

    file: str  # relative to the input folder, with forward slashes
    text: str
    sha256: str  # of the bytes
    encoding: str
    given: Given = Given()


@record(frozen=True, slots=True)
class Segment:
    """A stretch of the source and what it is: title, header, heading, body, signature or furniture."""

    kind: str
    span: Span
    planned: bool = False


@record(frozen=True, slots=True)
class Sentence:
    """A cleaned sentence. `at[i]` is where character `i` of `text` stands in the source."""

    index: int
    text: str
    at: Sequence[int]
    kind: str = "body"  # title, header, source, heading, body, note (a glossary behind the text), signature
    planned: bool = False  # stands in the part of the report that tells of plans
    shortfall: bool = False  # stands in the part that tells of what is still missing
    paragraph: int = 0
    goes_on: bool = False  # cut off from the sentence before by a semicolon only

    def span(self, start: int, end: int) -> Span:
        """The source range of `text[start:end]`."""
        return Span(self.at[start], self.at[end - 1] + 1)


@record(frozen=True, slots=True)
class Header:
    """What the title, the index table and the signature say. Places are still words, not regions."""

    title: str = ""
    publisher: str = ""
    issued: str | None = None  # ISO date
    number: str = ""  # 文号
    year: int | None = None
    addressee: str = ""
    code: str = ""  # division code of who keeps the page, by its index number


@record(frozen=True, slots=True)
class Report:
    """A cleaned source."""

    source: Source
    header: Header
    sentences: tuple[Sentence, ...]
    segments: tuple[Segment, ...]

    @property
    def key(self) -> str:
        return f"report:{self.source.sha256[:16]}"


@record(frozen=True, slots=True)
class Mention:
    """A stretch of one sentence that names something, before it is known what."""

    kind: Kind
    sentence: int
    start: int  # in the sentence's text
    end: int
    surface: str  # sentence.text[start:end]
    rule: str
    name: str = ""  # what is named, without place or marks; for documents the title
    place: str = ""  # place or level word that goes with it: 宿城区, 区, 省; for documents the issuer before the title
    inside: int | None = None  # start of the mention (same sentence) in whose name this one stands
    note: str = ""  # what the rule wants `resolve` to know
    predicates: tuple[str, ...] = ()  # what the verb that governs it says of it: issued, implements, runs, …
    verb: tuple[int, int] | None = None  # that verb's range in the sentence
    verb_id: str = ""  # id of the frame that tied verb and mention together

    def held(self, inside: int) -> Mention:
        """The same mention as a part of the one that starts at `inside`."""
        return Mention(
            self.kind,
            self.sentence,
            self.start,
            self.end,
            self.surface,
            self.rule,
            self.name,
            self.place,
            inside,
            self.note,
        )

    def governed(self, predicates: tuple[str, ...], *, verb: tuple[int, int] | None, by: str) -> Mention:
        """The same mention with the verb that governs it."""
        return Mention(
            self.kind,
            self.sentence,
            self.start,
            self.end,
            self.surface,
            self.rule,
            self.name,
            self.place,
            self.inside,
            self.note,
            predicates,
            verb,
            by,
        )


@record(frozen=True, slots=True)
class Figure:
    """A number that counts something. `value` is canonical decimal notation (24000, 38.02)."""

    sentence: int
    start: int
    end: int
    value: str
    unit: str
    indicator: str
    rule: str
    subject: str = ""  # words for whose figure it is, where they stand beside it


@record(frozen=True, slots=True)
class Found:
    """What `find` hands on, in reading order; `title` holds the mentions of a title that only the file name gives."""

    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    title: tuple[Mention, ...] = ()


@record(frozen=True, slots=True)
class Entity:
    """One thing, as one report knows it. Everything but `names` follows from the key alone.

    `key` is kind and slug, `agency:321302-宿城区司法局`: the tail of the IRI.
    """

    key: str
    kind: Kind
    name: str  # preferred label
    names: tuple[str, ...] = ()  # other labels
    region: str | None = None  # key of parent (region), jurisdiction (agency, institution) or scope (document, program)
    code: str | None = None
    level: str | None = None  # province, prefecture, county, township, village
    full_name: str | None = None
    zone: bool = False
    document_class: str | None = None
    number: str | None = None
    edition: str | None = None
    family: str | None = None  # key of the policy family
    family_name: str | None = None


@record(frozen=True, slots=True)
class Link:
    """A mention and the entity that it was resolved to."""

    entity: str
    kind: Kind
    span: Span
    surface: str
    rule: str
    sentence: int
    start: int
    end: int


@record(frozen=True, slots=True)
class Unresolved:
    """A mention for which not exactly one candidate remained."""

    kind: str
    span: Span
    surface: str
    reason: str
    candidates: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Resolved:
    """What `resolve` hands on: each mention with the key of its entity, in reading order."""

    region: str | None
    year: int | None
    publisher: str | None
    agent: str | None
    entities: dict[str, Entity]
    mentions: tuple[tuple[Mention, str], ...]
    figures: tuple[Figure, ...]
    unresolved: tuple[Unresolved, ...]


@record(frozen=True, slots=True)
class Claim:
    """One relation, as one report states it."""

    key: str
    subject: str
    predicate: str
    object: str
    status: Status
    span: Span
    quote: str
    rule: str


@record(frozen=True, slots=True)
class Observation:
    """One figure, as one report states it."""

    key: str
    indicator: str | None  # slug of the known indicator
    indicator_text: str
    value: str
    unit: str
    region: str | None
    year: int | None
    span: Span
    quote: str
    rule: str


@record(frozen=True, slots=True)
class Extraction:
    """Everything that one report says."""

    report: Report
    region: str | None  # key of the region reported on
    year: int | None
    publisher: str | None
    agent: str | None  # key of the department whose report it is, if it is a department's
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    claims: tuple[Claim, ...] = ()
    observations: tuple[Observation, ...] = ()
    unresolved: tuple[Unresolved, ...] = field(default=())


def record_id(*parts: object) -> str:
    """Sixteen hex digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
