"""The ledger of one report's resolution: which entities there are, which mention names which, what stayed open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from zhitu.model import Entity, Mention, Report, Sentence, Unresolved
from zhitu.resolve.places import NATION_PLACE, Context, Place


@dataclass(slots=True)
class Ledger:
    """What the kinds hand on to each other. Each writes its own mentions, and may read what those before it wrote."""

    report: Report
    own: Place | None  # the region whose report it is
    context: Context
    sentences: dict[int, Sentence]
    agent: str | None = None  # the department whose report it is
    entities: dict[str, Entity] = field(default_factory=dict)
    unresolved: list[Unresolved] = field(default_factory=list)
    # by sentence and start of the mention: its end and the place
    places: dict[int, dict[int, tuple[int, Place]]] = field(default_factory=lambda: defaultdict(dict))
    # by name as the report has it: the place it last meant
    place_named: dict[str, Place] = field(default_factory=dict)
    # by sentence, in reading order: start, end, place and key of the organ
    organs: dict[int, list[tuple[int, int, Place, str]]] = field(default_factory=lambda: defaultdict(list))
    # by where the mention stands, and its kind: the mention by the key of what it names
    links: dict[tuple[int, int, int, str], dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, report: Report, own: Place | None) -> Ledger:
        """An empty ledger, but for the reporting region."""
        ledger = cls(report, own, Context(own, report.header.year), {s.index: s for s in report.sentences})
        if own is not None:
            ledger.add_place(own)
        return ledger

    def link(self, mention: Mention, entity: Entity) -> None:
        """The mention names the entity; one that is known already learns its names."""
        known = self.entities.get(entity.key)
        if known is not None and known is not entity and known != entity:
            names = {known.name, entity.name, *known.names, *entity.names}
            name = max((known.name, entity.name), key=_whole if entity.kind == "program" else _long)
            entity = replace(
                entity, name=name, names=tuple(sorted(names - {name})), number=known.number or entity.number
            )
        self.entities[entity.key] = entity
        self.links[mention.sentence, mention.start, -mention.end, mention.kind][entity.key] = mention

    def drop(self, mention: Mention, reason: str, options: tuple[str, ...] = ()) -> None:
        """The mention stays open; `options` are the keys between which nothing decides."""
        span = self.sentences[mention.sentence].span(mention.start, mention.end)
        self.unresolved.append(Unresolved(mention.kind, span, mention.surface, reason, options))

    def add_place(self, place: Place) -> None:
        """A place with its ancestors; they are known, though not thereby mentioned."""
        if place.key in self.entities:
            return
        for item in (*place.chain(), NATION_PLACE):
            if item.key not in self.entities:
                self.entities[item.key] = item.entity()

    def text(self, mention: Mention) -> str:
        """The text of the mention's sentence."""
        return self.sentences[mention.sentence].text

    def linked(self) -> list[tuple[Mention, str]]:
        """Each mention with the key of what it names, in reading order; of several keys that linked first comes first."""
        return [(mention, key) for at in sorted(self.links) for key, mention in self.links[at].items()]


def _long(name: str) -> tuple[int, str]:
    return len(name), name


def _whole(name: str) -> tuple[bool, int, str]:
    """A program is called by its name and class word; what else once stood behind it belongs to that sentence."""
    return not name.endswith("”"), -len(name), name
