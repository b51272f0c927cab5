"""What titles say by themselves: the program that a document concerns, the document that it carries out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.programs import squashed_names
from zhitu.model import Mention, Resolved

CARRIES_OUT = re.compile(r"(?:贯彻落实|贯彻实施|贯彻|落实|实施|执行)(?:的)?[〈《“]?$")
OF_IT = re.compile(r"[〉》”]?(?:的)?(?:实施|贯彻|落实|执行)(?:细则|办法|方案|意见|工作)")  # 〈X〉实施细则
SHORTEST = 5  # characters of a local program's name below which it may be part of anything

TitleClaim = tuple[str, str, str, tuple[Mention, int, int]]


def title_claims(resolved: Resolved) -> Iterator[TitleClaim]:
    """(subject, predicate, object, evidence) for each title."""
    outer = {
        (m.sentence, m.start): (m, key) for m, key in resolved.mentions if m.kind == "document" and m.inside is None
    }
    named = _program_names(resolved)
    for mention, key in resolved.mentions:
        if mention.inside is None or (mention.sentence, mention.inside) not in outer:
            continue
        title, document = outer[mention.sentence, mention.inside]
        evidence = (title, title.start, title.end)
        if mention.kind == "program" and mention.rule in ("program.known", "program.titled"):
            yield document, "concerns", key, evidence
        elif (
            mention.kind == "document"
            and key != document
            and (
                CARRIES_OUT.search(title.surface[: mention.start - title.start])
                or OF_IT.match(title.surface, mention.end - title.start)
            )
        ):
            yield document, "implements", key, evidence
    for (_, _), (title, document) in outer.items():
        flat = squash(title.surface)
        for name, key in named.items():
            if name in flat:
                yield document, "concerns", key, (title, title.start, title.end)


def _program_names(resolved: Resolved) -> dict[str, str]:
    """Names of the report's own programs that are long enough to be known again inside a title."""
    known = squashed_names()
    out: dict[str, str] = {}
    for mention, key in resolved.mentions:
        if mention.kind != "program" or mention.rule == "program.known" or mention.inside is not None:
            continue
        name = squash(mention.name)
        if name not in known and (len(name) >= SHORTEST or (mention.rule == "program.quoted" and len(name) >= 4)):
            out[name] = key
    return out
