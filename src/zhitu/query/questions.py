"""The named questions: SPARQL files that any store answers as they stand, with parameters that can be changed.

A file opens with comments: the question in zh and en, then its parameters with type, default and meaning. A line that
uses a parameter ends in `#= name`; setting the parameter puts another term in the default's place on that line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from zhitu import vocab
from zhitu.errors import UsageError
from zhitu.resources import ontology_folder

# types whose values are things of the graph, and so may be named by key, code or name
THINGS = {
    "region": ("Region",),
    "policy": ("Document", "Program", "PolicyFamily"),
    "policyfamily": ("PolicyFamily",),
    "document": ("Document",),
    "report": ("Report",),
}
Find = Callable[[str, tuple[str, ...]], list[str]]  # a name and classes → IRIs of what is called so

_PARAM = re.compile(r"# param (?P<name>\w+) (?P<type>\w+) (?P<default><[^>]*>|\"[^\"]*\"\S*|\S+) (?P<about>.*)")
_IRI = re.compile(r"<?(https?://[^\s<>\"{}|^`\\]+)>?")
_USE = re.compile(r"[ ]*#= (\w+)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be set; `default` is a SPARQL term."""

    name: str
    type: str
    default: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question; `text` answers it as it stands."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str

    def fill(self, values: Mapping[str, str], *, base_iri: str, find: Find) -> str:
        """The SPARQL with these values of parameters. Raises UsageError for an unknown name or an unusable value."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                has = ", ".join(known) or "no parameter"
                raise UsageError(f"{self.name} has no parameter {name}", remedy=f"it has: {has}")
        terms = {
            parameter.name: (parameter.default, _term(parameter, values.get(parameter.name), base_iri, find))
            for parameter in self.parameters
        }
        return "\n".join(_line(line, terms) for line in self.text.split("\n"))


def _line(line: str, terms: Mapping[str, tuple[str, str]]) -> str:
    use = _USE.search(line)
    return line.replace(*terms[use[1]]) if use else line


def _term(parameter: Parameter, value: str | None, base_iri: str, find: Find) -> str:
    if value is None:
        return parameter.default.replace(f"<{vocab.BASE_IRI}", f"<{base_iri}")
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise UsageError(f"{parameter.name} must be a whole number, not {value!r}")
        return str(int(value))
    if parameter.type == "label":
        return f'"{_escaped(value)}"@zh-Hans'
    if parameter.type == "indicator":
        return f"<{_indicator(value)}>"
    return f"<{_thing(parameter, value, base_iri, find)}>"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


def _indicator(value: str) -> str:
    slug = value.removeprefix("indicator:").removeprefix(vocab.INDICATOR)
    by_name = {name: slug for slug, names in vocab.INDICATORS.items() for name in names[:2]}
    slug = by_name.get(slug, slug)
    if slug not in vocab.INDICATORS:
        near = get_close_matches(slug, [*vocab.INDICATORS, *by_name], n=3)
        raise UsageError(f"{value} is no known indicator", remedy=f"like it: {', '.join(near)}" if near else "")
    return vocab.INDICATOR + slug


def _thing(parameter: Parameter, value: str, base_iri: str, find: Find) -> str:
    iri = _IRI.fullmatch(value)
    if iri:
        return iri[1]
    kind, colon, slug = value.partition(":")
    if colon and kind in vocab.KINDS and _IRI.fullmatch(f"{base_iri}{kind}/{slug}"):
        return f"{base_iri}{kind}/{slug}"
    found = find(value, THINGS[parameter.type])
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(_key(iri, base_iri) for iri in found[:8])
        raise UsageError(f"{len(found)} things are called {value}", remedy=f"say which: {keys}")
    raise UsageError(f"nothing of the kind ({parameter.type}) is called {value}", remedy="give a key or another name")


def _key(iri: str, base_iri: str) -> str:
    return iri.removeprefix(base_iri).replace("/", ":", 1)


@cache
def questions() -> tuple[Question, ...]:
    """All named questions, by name."""
    return tuple(read_question(path) for path in sorted((ontology_folder() / "queries").glob("*.rq")))


def question(name: str) -> Question:
    """The question of that name. Raises UsageError with what is like it."""
    named = {item.name: item for item in questions()}
    if name not in named:
        near = get_close_matches(name, named, n=3)
        raise UsageError(
            f"there is no question {name}",
            remedy=f"like it: {', '.join(near)}" if near else "list them: zhitu query OUT --list",
        )
    return named[name]


def read_question(path: Path) -> Question:
    """A question file. Raises UsageError when its first lines are not as they should be."""
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^# (zh|en): (.*)$", text, flags=re.M))
    if set(head) != {"zh", "en"}:
        raise UsageError(f"{path} lacks its question", remedy="begin it with `# zh: …` and `# en: …`")
    parameters = tuple(Parameter(**match.groupdict()) for match in _PARAM.finditer(text))
    return Question(path.stem, head["zh"], head["en"], parameters, text)


def parse_params(pairs: Iterable[str]) -> dict[str, str]:
    """`["least=3"]` → `{"least": "3"}`. Raises UsageError for what is no pair."""
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"{pair!r} is no parameter", remedy="write --param name=value")
        values[name.strip()] = value.strip()
    return values
