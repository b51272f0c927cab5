"""Which organ a report is from: who published it, and whether it is one department's own."""

from __future__ import annotations

import re

from zhitu.model import Mention, Sentence
from zhitu.resolve.ledger import Ledger
from zhitu.resolve.organ_names import governs

DEPARTMENTAL = re.compile(r"我(?:局|厅|委|办|部|院|署|分局|支队|大队)|局党组|厅党[组委]|委党组|本局")
OPENS_REPORT = re.compile(r"(?:20\d\d年(?:度|以来)?,?|近年来,?|一年来,?|今年以来,?|现将)*")
PRAISED = re.compile("被|获|荣获|入选")
OPENING = 20  # sentences in which a department says 我局

Linked = list[tuple[Mention, str]]  # in reading order


def publisher(ledger: Ledger, linked: Linked) -> str | None:
    """The key of the organ that the header names, else the signature, the title or the source line."""
    for kind in ("header", "signature", "title", "source"):
        for mention, key in linked:
            sentence = ledger.sentences[mention.sentence]
            if mention.kind == "agency" and sentence.kind == kind and not _addressed(ledger, sentence):
                return key
    return None


def department(ledger: Ledger, linked: Linked) -> str | None:
    """The key of the department whose report it is: the first organ of title, header, signature or opening words,
    if it is a department of the reporting region."""
    speaks = any(DEPARTMENTAL.search(s.text) for s in ledger.report.sentences[:OPENING])
    for kind in ("title", "header", "signature", "body") if speaks else ("title", "body"):
        key = _first_organ(ledger, linked, kind)
        if key is not None:
            organ = ledger.entities[key]
            of_own = ledger.own is not None and organ.region == ledger.own.key
            return key if of_own and not governs(organ.name) else None
        if kind == "title" and any(m.kind == "region" and _stands_in(ledger, m, "title") for m, _ in linked):
            return None
    return None


GUIDES = re.compile(r"的?[^,。;]{0,6}(?:领导|指导|关心|支持|帮助)下")  # 在省司法厅的指导下: who helps


def _first_organ(ledger: Ledger, linked: Linked, kind: str) -> str | None:
    """The first organ in sentences of the kind; in the body, the one that the first sentence begins with."""
    body = next((s for s in ledger.report.sentences if s.kind == "body"), None)
    for mention, key in linked:
        if mention.kind != "agency" or not _stands_in(ledger, mention, kind):
            continue
        sentence = ledger.sentences[mention.sentence]
        if kind == "body" and (sentence is not body or not _opens(sentence, mention)):
            continue
        if kind == "body" and GUIDES.match(sentence.text, mention.end):
            continue
        if kind == "body" and PRAISED.match(sentence.text, mention.end):
            return None  # 县委依法治县办被评为…: it is told of, and tells nothing
        if not _addressed(ledger, sentence):
            return key
    return None


def _opens(sentence: Sentence, mention: Mention) -> bool:
    """Whether a clause of the sentence begins with the mention, but for words of time."""
    return OPENS_REPORT.fullmatch(re.split(r"[,;:]", sentence.text[: mention.start])[-1]) is not None


def _stands_in(ledger: Ledger, mention: Mention, kind: str) -> bool:
    return ledger.sentences[mention.sentence].kind == kind


def _addressed(ledger: Ledger, sentence: Sentence) -> bool:
    """Whether the sentence says whom the report is sent to."""
    return sentence.text.rstrip(":") == ledger.report.header.addressee
