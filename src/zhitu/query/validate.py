"""Does a graph keep the laws? Shapes (SHACL, by pyshacl) look at one node at a time, checks (SPARQL) at the whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from zhitu import vocab
from zhitu.query.answers import shorten
from zhitu.query.engines import header, turtle
from zhitu.resources import ontology_file, ontology_folder

if TYPE_CHECKING:
    import rdflib

ONTOLOGY = "https://w3id.org/zhitu/ontology"
DEFINITIONS = ("zhitu.ttl", "indicators.ttl")
SHOWN = 1000  # violations of one law that are listed


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks one law; `law` is the name of a shape or check."""

    law: str
    node: str
    detail: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """A hygiene question: each row of its answer is a violation."""

    name: str
    en: str
    zh: str
    text: str

    @property
    def of_ontology(self) -> bool:
        return self.name.startswith("ontology-")


def validate(
    out: str | Path,
    *,
    shapes: str | Path | None = None,
    language: str = "en",
    progress: Callable[[str], None] = lambda _: None,
) -> list[Violation]:
    """All violations in OUT/graph.ttl, or in a Turtle file, sorted. `shapes` adds a file of shapes of your own."""
    path = turtle(Path(out))
    prefixes = header(path)
    progress("checks")
    found = [*_checked(path, prefixes, language), *_quoted(path, prefixes, language)]
    progress("shapes")
    found += _shaped(path, prefixes, language, extra=Path(shapes) if shapes else None)
    return sorted(set(found))


def checks() -> tuple[Check, ...]:
    """All hygiene questions, by name."""
    return tuple(_read_check(path) for path in sorted((ontology_folder() / "checks").glob("*.rq")))


def _read_check(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^# (en|zh): (.*)$", text, flags=re.M))
    return Check(path.stem, head["en"], head["zh"], text)


def run_check(check: Check, store: Any) -> list[tuple[str, str]]:
    """Nodes and details that a pyoxigraph store has against the check."""
    return [(row["node"].value, getattr(row["detail"], "value", "")) for row in store.query(check.text)]


def ontology_store() -> Any:
    """The ontology alone, in a store."""
    import pyoxigraph as ox

    store = ox.Store()
    for name in DEFINITIONS:
        store.load(path=str(ontology_file(name)), format=ox.RdfFormat.TURTLE)
    return store


def _checked(path: Path, prefixes: dict[str, str], language: str) -> Iterator[Violation]:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    for name in DEFINITIONS:
        store.load(path=str(ontology_file(name)), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ONTOLOGY))
    for check in checks():
        if check.of_ontology:
            continue
        message = check.zh if language == "zh" else check.en
        for node, detail in run_check(check, store)[:SHOWN]:
            words = " ".join(shorten(word, prefixes) for word in detail.split(" "))
            yield Violation(check.name, shorten(node, prefixes), words, message)


_QUOTES = """
    PREFIX zt: <https://w3id.org/zhitu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT ?node ?sha ?quote ?start ?end WHERE {
        ?node zt:quote ?quote ; zt:charStart ?start ; zt:charEnd ?end ; prov:wasDerivedFrom ?report .
        ?report zt:sha256 ?sha }"""
_EVIDENCE = {
    "en": "The quote stands in the source, character for character, at its range.",
    "zh": "引文须与来源文本在该区间逐字相同。",
}


def _quoted(path: Path, prefixes: dict[str, str], language: str) -> Iterator[Violation]:
    """Quotes that do not stand in the sources, where the build's texts are beside the graph."""
    texts = path.parent / "texts"
    if not texts.is_dir():
        return
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    read = cache(lambda sha: _source(texts / f"{sha}.txt"))
    for row in cast(ox.QuerySolutions, store.query(_QUOTES)):
        source, start, end = read(row["sha"].value), int(row["start"].value), int(row["end"].value)
        if source is not None and source[start:end] != row["quote"].value:
            detail = f"{start}–{end} “{row['quote'].value}”"
            yield Violation("texts-hold-quotes", shorten(row["node"].value, prefixes), detail, _EVIDENCE[language])


def _source(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.exists() else None


def _shaped(path: Path, prefixes: dict[str, str], language: str, *, extra: Path | None) -> list[Violation]:
    import rdflib

    shapes = rdflib.Graph().parse(ontology_file("shapes.ttl"), format="turtle")
    if extra is not None:
        shapes.parse(extra)
    graph = rdflib.Graph(bind_namespaces="none").parse(path, format="turtle")
    return shaped(graph, shapes, prefixes=prefixes, language=language)


def shaped(
    graph: rdflib.Graph, shapes: rdflib.Graph, *, prefixes: dict[str, str], language: str = "en"
) -> list[Violation]:
    """What the shapes have against the graph."""
    import pyshacl
    from rdflib import RDF, SH

    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False)
    names = _owners(shapes)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        get = lambda predicate, result=result: report.value(result, predicate)  # noqa: E731
        messages = {m.language: str(m) for m in report.objects(result, SH.resultMessage)}
        path, value = get(SH.resultPath), get(SH.value)
        detail = " ".join(shorten(str(part), prefixes) for part in (path, value) if part is not None)
        message = messages.get(language) or next(iter(messages.values()), "")
        law = names.get(get(SH.sourceShape)) or str(get(SH.sourceConstraintComponent)).rsplit("#", 1)[-1]
        found.append(Violation(law, shorten(str(get(SH.focusNode)), prefixes), detail, message))
    return found


def _owners(shapes: rdflib.Graph) -> dict[Any, str]:
    """Node shapes and their property shapes → the node shape's name."""
    from rdflib import RDF, SH

    names = {}
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        name = f"shape:{str(shape).rsplit('#', 1)[-1]}"
        names[shape] = name
        for part in shapes.objects(shape, SH.property):
            names[part] = name
    return names


def report(violations: list[Violation], *, most: int = 5) -> str:
    """The violations for people: by law, the message once, then some of the nodes."""
    if not violations:
        return f"valid: no law of {len(checks())} checks and of the shapes is broken (ontology {vocab.VERSION})\n"
    laws = Counter((violation.law, violation.message) for violation in violations)
    lines = []
    for (law, message), number in sorted(laws.items()):
        lines.append(f"{law}  ({number})\n  {message}")
        nodes = [v for v in violations if (v.law, v.message) == (law, message)]
        lines += [f"    {v.node}  {v.detail}".rstrip() for v in nodes[:most]]
        if number > most:
            lines.append(f"    … and {number - most} more")
    return "\n".join([*lines, "", f"{len(violations)} violations of {len(laws)} laws", ""])
