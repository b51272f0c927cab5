"""What is known of documents beforehand: laws, central documents, and the words that titles end in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from zhitu.lexicon.matcher import Matcher, squash
from zhitu.lexicon.tsv import rows, values


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that any reader of the field knows: its register name, class and issuer."""

    name: str
    document_class: str
    issuer: str = ""
    edition: str = ""
    family: str = ""
    aliases: tuple[str, ...] = ()
    law: bool = False


@cache
def known() -> dict[str, tuple[KnownDocument, ...]]:
    """Known documents by squashed name or alias, with and without 中华人民共和国."""
    out: dict[str, tuple[KnownDocument, ...]] = {}
    for item in (*laws(), *central_documents()):
        for name in (item.name, *item.aliases):
            key = squash(name)
            if item not in out.get(key, ()):
                out[key] = (*out.get(key, ()), item)
    return out


@cache
def laws() -> tuple[KnownDocument, ...]:
    return tuple(
        KnownDocument(r["name"], r["class"], r["issuer"], aliases=values(r["aliases"]), law=True) for r in rows("laws")
    )


@cache
def central_documents() -> tuple[KnownDocument, ...]:
    return tuple(
        KnownDocument(
            _plain(r["name"]), r["class"], r["issuer"], r["edition"], r["family"], values(_plain(r["aliases"]))
        )
        for r in rows("documents")
    )


def _plain(name: str) -> str:
    return name.replace("（", "(").replace("）", ")").replace("—", "-")


TELLING = 8  # characters of a title that is one without marks as well


@cache
def law_matcher() -> Matcher[KnownDocument]:
    """Laws, regulations and central documents that may be named without marks."""
    names = (
        (name, law)
        for law in laws()
        if law.document_class in ("law", "regulation")
        for name in (law.name, *law.aliases)
    )
    titles = ((name, item) for item in central_documents() for name in (item.name, *item.aliases))
    strong = (
        (name, item)
        for name, item in titles
        if len(name) >= TELLING and (name.startswith("关于") or (document_word(name) or ("",) * 3)[2] == "strong")
    )
    return Matcher((*((name, law) for name, law in names if len(name) >= 2), *strong))


@cache
def _words() -> tuple[dict[str, tuple[str, str]], int]:
    """Class and strength of each word, and the length of the longest."""
    table = {r["word"]: (r["class"], r["strength"]) for r in rows("document_words")}
    return table, max(map(len, table))


@lru_cache(maxsize=65536)
def document_word(title: str) -> tuple[str, str, str] | None:
    """The longest document-type word that a title (without edition) ends in: word, class, strength."""
    table, longest = _words()
    title = title.rstrip("”")  # 涉企“四张清单”
    for start in range(max(0, len(title) - longest), len(title)):
        if found := table.get(title[start:]):
            return (title[start:], *found)
    return None


def is_document_word(word: str) -> bool:
    """Whether the whole of it is such a word."""
    return word in _words()[0]
