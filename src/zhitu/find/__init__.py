"""Room `find`: a `Report` becomes mentions: where something is named, not yet what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from zhitu.find.cues import govern
from zhitu.find.documents import find_documents
from zhitu.find.figures import find_figures
from zhitu.find.organs import body_matcher, find_organs
from zhitu.find.programs import find_programs
from zhitu.find.regions import find_regions
from zhitu.lexicon.documents import law_matcher
from zhitu.lexicon.matcher import MARKS, Matcher
from zhitu.lexicon.organs import central_matcher, organ_matcher
from zhitu.lexicon.places import matcher as place_matcher
from zhitu.lexicon.programs import Program, program_matcher
from zhitu.lexicon.verbs import verb_matcher
from zhitu.model import Figure, Found, Mention, Report, Sentence

T = TypeVar("T")
Hit = tuple[int, int, tuple[T, ...]]


def find(report: Report) -> Found:
    """Everything that the report names or counts."""
    mentions, figures = read(report.sentences)
    title: tuple[Mention, ...] = ()
    if report.header.title and not any(s.kind == "title" for s in report.sentences):
        loose = Sentence(-1, report.header.title, range(len(report.header.title)), kind="title")
        title = read((loose,))[0]
    return Found(mentions, figures, title)


def read(sentences: tuple[Sentence, ...]) -> tuple[tuple[Mention, ...], tuple[Figure, ...]]:
    """Names are matched over all sentences at once; grammar then thinks only where something matched."""
    body = "\n".join(sentence.text for sentence in sentences)
    places = _spread(sentences, place_matcher(), body)
    organs = _spread(sentences, organ_matcher(), body)
    central = _spread(sentences, central_matcher(), body)
    verbs = _spread(sentences, verb_matcher(), body)
    laws = _spread(sentences, law_matcher(), body)
    bodies = _spread(sentences, body_matcher(), body)
    programs = _spread_flat(sentences)
    mentions: list[Mention] = []
    figures: list[Figure] = []
    for sentence, p, o, c, v, law, b, k in zip(
        sentences, places, organs, central, verbs, laws, bodies, programs, strict=True
    ):
        documents = find_documents(sentence, law)
        regions = find_regions(sentence, p)
        found = find_organs(sentence, regions, o, central=c, verbs=v, bodies=b)
        named = find_programs(sentence, documents, k)
        settled = settle([*documents, *regions, *found, *named])
        mentions.extend(govern(sentence.text, settled, v))
        figures.extend(find_figures(sentence))
    return tuple(mentions), tuple(figures)


def _spread(sentences: tuple[Sentence, ...], matcher: Matcher[T], body: str) -> Iterator[list[Hit[T]]]:
    """The hits in the joined text, sentence by sentence."""
    hits = matcher.find(body)
    at, offset = 0, 0
    for sentence in sentences:
        end = offset + len(sentence.text)
        own = []
        while at < len(hits) and hits[at][0] < end:
            start, stop, values = hits[at]
            if start >= offset:
                own.append((start - offset, stop - offset, values))
            at += 1
        yield own
        offset = end + 1


def _spread_flat(sentences: tuple[Sentence, ...]) -> Iterator[list[Hit[Program]]]:
    """Hits of known programs in the sentences without their marks, in places of the squashed sentence."""
    flats = [MARKS.sub("", sentence.text).lower() for sentence in sentences]
    hits = program_matcher().find("\n".join(flats))
    at, offset = 0, 0
    for flat in flats:
        end = offset + len(flat)
        own = []
        while at < len(hits) and hits[at][0] < end:
            own.append((hits[at][0] - offset, hits[at][1] - offset, hits[at][2]))
            at += 1
        yield own
        offset = end + 1


def settle(mentions: list[Mention]) -> list[Mention]:
    """What to do with overlaps: names inside a title or an organ's name stay, marked `inside`; the longer organ wins."""
    documents = [m for m in mentions if m.kind == "document"]
    bodies = [m for m in mentions if m.kind == "institution"]
    out = []
    for mention in mentions:
        if mention.rule == "program.quoted" and any(b.start <= mention.start < b.end for b in bodies):
            continue  # the quoted word is part of the body's name
        holder = None
        if mention.kind != "document" and mention.inside is None:
            holder = next((d for d in documents if d.start <= mention.start and mention.end <= d.end), None)
        out.append(mention if holder is None else mention.held(holder.start))
    return sorted(out, key=lambda m: (m.start, -m.end, m.kind))
