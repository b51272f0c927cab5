"""Room `find`: a `Report` becomes mentions: where something is named, not yet what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import TypeVar

from zhitu.find.cues import govern
from zhitu.find.documents import TRIGGER as documents_trigger
from zhitu.find.documents import find_documents
from zhitu.find.figures import NOTHING, find_figures
from zhitu.find.organs import SHORT_FORMS, find_organs
from zhitu.find.organs import TRIGGER as organs_trigger
from zhitu.find.programs import TRIGGERS as programs_triggers
from zhitu.find.programs import find_programs
from zhitu.find.regions import TRIGGERS as regions_triggers
from zhitu.find.regions import find_regions, named_for_sure, own_parts, own_towns, own_words, weak_parts
from zhitu.find.tables import newest_column
from zhitu.lexicon.bodies import body_matcher
from zhitu.lexicon.documents import law_matcher
from zhitu.lexicon.organs import central_matcher, organ_matcher
from zhitu.lexicon.places import matcher as place_matcher
from zhitu.lexicon.programs import Program, may_count, program_matcher
from zhitu.lexicon.verbs import verb_matcher
from zhitu.model import Figure, Found, Mention, Report, Sentence

OPENING = 2000  # characters in which a report says by which short name it goes
T = TypeVar("T")
Hit = tuple[int, int, tuple[T, ...]]
MARK = re.compile(r"[^\w\n]")  # what `squash` drops of a name, but for line breaks and _


def find(report: Report) -> Found:
    """Everything that the report names or counts."""
    mentions, figures = read(report.sentences)
    title: tuple[Mention, ...] = ()
    if report.header.title and not any(s.kind == "title" for s in report.sentences):
        loose = Sentence(-1, report.header.title.replace("\n", " "), range(len(report.header.title)), kind="title")
        title = read((loose,))[0]
    return Found(mentions, figures, title)


def read(sentences: tuple[Sentence, ...]) -> tuple[tuple[Mention, ...], tuple[Figure, ...]]:
    """Names are matched over all sentences at once; grammar then thinks only where something matched."""
    texts = [sentence.text for sentence in sentences]
    body, starts = "\n".join(texts), _starts(texts)
    places = _spread(place_matcher().find(body), starts)
    organs = _spread(organ_matcher().find(body), starts)
    central = _spread(central_matcher().find(body), starts)
    laws = _spread(law_matcher().find(body), starts)
    bodies = _spread(body_matcher().find(body), starts)
    programs = _spread(_programs(body), starts)
    # the sentences in which there is anything to think about
    with_documents = laws.keys() | _where((documents_trigger,), body, starts)
    with_unlisted = _where(regions_triggers, body, starts)
    with_regions = places.keys() | with_unlisted
    with_short = _where(SHORT_FORMS, body, starts)
    with_organs = organs.keys() | central.keys() | bodies.keys() | with_short | _where((organs_trigger,), body, starts)
    words = own_words(body[:OPENING])
    if words:
        with_regions = with_regions | {at for at, text in enumerate(texts) if any(word in text for word in words)}
    titles = [at for at, sentence in enumerate(sentences) if sentence.kind == "title"]
    sure = frozenset(name for at in titles for name in named_for_sure(texts[at], places.get(at, ())))
    parts = own_parts((texts[at], places.get(at, ())) for at in titles)
    sure |= weak_parts(parts)
    towns = own_towns((texts[at], places.get(at, ())) for at in titles) if with_unlisted else frozenset()
    with_parts = _where((parts.listed,), body, starts) if parts else set()
    with_regions = with_regions | with_parts
    with_programs = programs.keys() | _where(programs_triggers, body, starts)
    mentions: list[Mention] = []
    figures: list[Figure] = []
    column: int | None = None
    told = NOTHING
    for at, sentence in enumerate(sentences):
        documents = find_documents(sentence, laws.get(at, [])) if at in with_documents else []
        here: list[Mention] = []
        if at in with_regions:
            here = find_regions(
                sentence,
                places.get(at, []),
                words,
                sure=sure,
                unlisted=at in with_unlisted,
                parts=parts if at in with_parts else None,
                towns=towns,
            )
        # verbs are everywhere: they are looked for only where they may bound or govern a name
        verbs = verb_matcher().find(sentence.text) if at in organs or at in bodies else None
        found: list[Mention] = []
        if at in with_organs or any(m.note != "self" for m in here):
            found = find_organs(
                sentence,
                here,
                organs.get(at, []),
                central=central.get(at, []),
                short=at in with_short,
                verbs=verbs or (),
                bodies=bodies.get(at, []),
            )
        named = find_programs(sentence, documents, programs.get(at, [])) if at in with_programs else []
        if documents or found or named:
            settled = settle([*documents, *here, *found, *named])
            mentions.extend(govern(sentence.text, settled, verbs))
        else:
            mentions.extend(here)  # no verb governs a region
        column = newest_column(sentence.text, column)
        counted, told = find_figures(sentence, column=column, told=told if sentence.goes_on else NOTHING)
        if counted and here:  # 四家子镇 counts nothing
            counted = [f for f in counted if not any(m.start <= f.start < m.end for m in here)]
        figures.extend(counted)
    return tuple(mentions), tuple(figures)


def _programs(body: str) -> list[Hit[Program]]:
    """The lexicon's programs, met as `squash` writes names, in places of the text with its marks."""
    plain = body.replace("_", " ").replace("İ", "I")  # the one letter whose small form is longer
    pieces = MARK.split(plain)
    before = list(accumulate(map(len, pieces)))  # characters that stay before each mark
    out = []
    for start, end, found in program_matcher().find("".join(pieces).lower()):
        if may_count(found[0]):
            last = end - 1
            out.append((start + bisect_right(before, start), last + bisect_right(before, last) + 1, found))
    return out


def _where(patterns: Iterable[re.Pattern[str]], body: str, starts: list[int]) -> set[int]:
    """Numbers of the sentences in which one of the patterns matches."""
    out = set()
    for pattern in patterns:
        match = pattern.search(body)
        while match:
            number = bisect_right(starts, match.start()) - 1
            out.add(number)
            match = pattern.search(body, starts[number + 1]) if number + 1 < len(starts) else None
    return out


def _starts(texts: list[str]) -> list[int]:
    """Where each text begins when all are joined by one character."""
    return [end + number for number, end in enumerate(accumulate(map(len, texts), initial=0))][: len(texts)]


def _spread(hits: list[Hit[T]], starts: list[int]) -> dict[int, list[Hit[T]]]:
    """Hits in the joined text by the number of their sentence, in places of it."""
    out: defaultdict[int, list[Hit[T]]] = defaultdict(list)
    for start, end, values in hits:
        number = bisect_right(starts, start) - 1
        offset = starts[number]
        out[number].append((start - offset, end - offset, values))
    return out


def settle(mentions: list[Mention]) -> list[Mention]:
    """What to do with overlaps: names inside a title or an organ's name stay, marked `inside`; the longer organ wins."""
    if len(mentions) == 1:
        return mentions
    documents = [m for m in mentions if m.kind == "document"]
    bodies = [m for m in mentions if m.kind == "institution"]
    if not documents and not bodies:
        return sorted(mentions, key=_place)
    out = []
    for mention in mentions:
        if bodies and mention.rule == "program.quoted" and any(_within(mention, body) for body in bodies):
            continue  # the quoted word is part of the body's name
        if (
            documents
            and mention.kind == "institution"
            and any(mention.start < d.start < mention.end for d in documents)
        ):
            continue  # 贯彻|基金会管理条例
        if documents and mention.kind != "document" and mention.inside is None:
            holder = next((d for d in documents if d.start <= mention.start and mention.end <= d.end), None)
            mention = mention if holder is None else mention.held(holder.start)
        out.append(mention)
    return sorted(out, key=_place)


def _within(mention: Mention, body: Mention) -> bool:
    """Whether the name begins in the body's; “税检法警”联席会议|制度 is more than the meeting."""
    system = mention.end > body.end and body.surface.endswith("联席会议")
    return body.start <= mention.start < body.end and not system


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.kind
