"""How well a reading of a report agrees with its gold annotation (bench/gold/GUIDELINES.md).

    python -m bench.score GRAPH.ttl [--misses]

reads a built graph through the public vocabulary alone; `bench.quality` scores what the rooms give, without a graph.
Both go through `score`, so that they agree.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.expect import GOVERNMENT, PREDICATES, alike, squash
from zhitu.model import KINDS, NATION, Entity, Extraction

GOLD = Path(__file__).with_name("gold")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
CHECKS = ("header", "class", "scope", "status", "evidence", "indicator")
MEASURES = (*KINDS, *PREDICATES, "figure")


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as built: its names, preferred one first; `home` is the code of its scope or jurisdiction."""

    kind: str
    names: tuple[str, ...]
    code: str | None = None
    home: str | None = None
    document_class: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as built."""

    subject: str
    predicate: str
    object: str
    status: str
    quote: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as built."""

    indicator: str
    value: float
    unit: str
    quote: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What was read from one report."""

    things: dict[str, Thing] = field(default_factory=dict)
    claims: tuple[Statement, ...] = ()
    figures: tuple[Number, ...] = ()
    region: str | None = None
    year: int | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item: `right` (required and found), `neutral` (optional and found), `missed` or `spurious`."""

    measure: str
    verdict: str
    what: str
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """All outcomes, and the yes-or-no checks by name, of one report or of many."""

    outcomes: list[Outcome] = field(default_factory=list)
    checks: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in CHECKS})
    faults: list[str] = field(default_factory=list)  # what failed a check

    def check(self, name: str, fits: bool, what: str) -> None:
        self.checks[name].append(fits)
        if not fits:
            self.faults.append(f"wrong {name}: {what}")

    def wrong(self) -> list[str]:
        """A line for every missed or spurious item and every failed check, sorted."""
        items = [f"{o.verdict} {o.measure}: {o.what}" for o in self.outcomes if o.verdict in ("missed", "spurious")]
        return sorted(items + self.faults)

    def add(self, other: Score) -> None:
        self.outcomes += other.outcomes
        self.faults += other.faults
        for name, values in other.checks.items():
            self.checks[name] += values

    def tally(self, *measures: str) -> Tally:
        counts = Counter(o.verdict for o in self.outcomes if o.measure in measures)
        return Tally(counts["right"], counts["spurious"], counts["missed"])

    def rate(self, check: str) -> float:
        values = self.checks[check]
        return sum(values) / len(values) if values else 1.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, spurious and missed items, and what follows from them."""

    right: int
    spurious: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


# what was built ------------------------------------------------------------------------------------------------------


def from_extractions(extractions: Iterable[Extraction]) -> Iterator[Built]:
    """What the text rooms give, with labels merged over all reports, as the graph merges them."""
    extractions = list(extractions)
    preferred: defaultdict[str, set[str]] = defaultdict(set)
    other: defaultdict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        for entity in extraction.entities:
            preferred[entity.key].add(entity.name)
            other[entity.key] |= set(entity.names)
    for extraction in extractions:
        yield _from_extraction(extraction, preferred, other)


def _from_extraction(x: Extraction, preferred: dict[str, set[str]], other: dict[str, set[str]]) -> Built:
    by_key = {e.key: e for e in x.entities}
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for link in x.links:
        rules[link.entity].add(link.rule)
    met = sorted({*rules, *([x.region] if x.region else [])})
    return Built(
        things={key: _thing(by_key[key], by_key, preferred, other, rules[key]) for key in met if key in by_key},
        claims=tuple(
            Statement(c.subject, c.predicate, c.object, c.status, c.quote, c.span.start, c.span.end, c.rule)
            for c in x.claims
        ),
        figures=tuple(
            Number(o.indicator_text, float(o.value), o.unit, o.quote, o.span.start, o.span.end, o.rule)
            for o in sorted(x.observations, key=lambda o: (o.span, o.key))
        ),
        region=x.region,
        year=x.year,
        date=x.report.header.issued,
    )


def _thing(
    entity: Entity,
    by_key: dict[str, Entity],
    preferred: dict[str, set[str]],
    other: dict[str, set[str]],
    rules: Iterable[str],
) -> Thing:
    label = min(preferred[entity.key], key=lambda n: (-len(n), n))
    more = sorted((preferred[entity.key] | other[entity.key]) - {label})
    home = None
    if entity.kind != "region" and entity.region:
        parent = by_key.get(entity.region)
        slug = entity.region.partition(":")[2]
        home = (parent.code if parent else slug) or None
        home = NATION if home == "CN" or slug == "CN" else home
    names = (label, *([entity.full_name] if entity.full_name else []), *more)
    return Thing(entity.kind, names, entity.code, home, entity.document_class or "", tuple(sorted(rules)))


def from_graph(path: Path) -> dict[str, Built]:
    """What a graph in Turtle says of each report, by file name."""
    from rdflib import Graph, Namespace
    from rdflib.namespace import DCTERMS, PROV, RDF

    zt, schema = Namespace("https://w3id.org/zhitu/ontology#"), Namespace("https://schema.org/")
    graph = Graph().parse(path, format="turtle")
    built = {}
    for report, file in graph.subject_objects(zt.file):
        region = graph.value(report, zt.reportsOn)
        nodes = sorted({*graph.objects(report, schema.mentions), *([region] if region else [])})
        own = sorted(graph.subjects(PROV.wasDerivedFrom, report))
        built[Path(str(file)).name] = Built(
            things={str(n): thing for n in nodes if (thing := _thing_of(graph, n))},
            claims=tuple(_statement_of(graph, n) for n in own if (n, RDF.type, zt.Claim) in graph),
            figures=tuple(
                sorted((_number_of(graph, n) for n in own if (n, RDF.type, zt.Observation) in graph), key=_place)
            ),
            region=str(region) if region else None,
            year=int(year) if (year := graph.value(report, zt.year)) is not None else None,
            date=str(graph.value(report, DCTERMS.issued) or "") or None,
        )
    return built


def _place(number: Number) -> tuple[int, int]:
    return number.start, number.end


def _thing_of(graph: Any, node: Any) -> Thing | None:
    from rdflib import Namespace
    from rdflib.namespace import RDF, SKOS

    zt = Namespace("https://w3id.org/zhitu/ontology#")
    kind = next((k for k in KINDS if (node, RDF.type, zt[k.capitalize()]) in graph), None)
    if kind is None:
        return None
    names = [sorted(map(str, graph.objects(node, p))) for p in (SKOS.prefLabel, zt.fullName, SKOS.altLabel)]
    code = graph.value(node, zt.divisionCode)
    home = graph.value(node, zt.jurisdiction) or graph.value(node, zt.scope)
    home_code = graph.value(home, zt.divisionCode) if home is not None else None
    return Thing(
        kind,
        tuple(name for group in names for name in group),
        str(code) if code else None,
        str(home_code) if home_code else None,
        str(graph.value(node, zt.documentClass) or "").rpartition("#")[2],
    )


def _statement_of(graph: Any, node: Any) -> Statement:
    from rdflib import Namespace
    from rdflib.namespace import RDF

    zt = Namespace("https://w3id.org/zhitu/ontology#")
    terms = (RDF.subject, RDF.predicate, RDF.object, zt.status, zt.quote, zt.charStart, zt.charEnd, zt.rule)
    subject, predicate, obj, status, quote, start, end, rule = (str(graph.value(node, term)) for term in terms)
    return Statement(subject, predicate.rpartition("#")[2], obj, status, quote, int(start), int(end), rule)


def _number_of(graph: Any, node: Any) -> Number:
    from rdflib import Namespace

    zt = Namespace("https://w3id.org/zhitu/ontology#")
    terms = (zt.indicatorText, zt.value, zt.unitText, zt.quote, zt.charStart, zt.charEnd, zt.rule)
    indicator, value, unit, quote, start, end, rule = (str(graph.value(node, term)) for term in terms)
    return Number(indicator, float(value), "" if unit == "None" else unit, quote, int(start), int(end), rule)


# matching ------------------------------------------------------------------------------------------------------------


def keys_of(kind: str, name: str) -> set[str]:
    """The forms under which a name may match."""
    key = squash(name)
    keys = {key}
    if kind == "document":
        keys.add(key.removeprefix("中华人民共和国"))
    if kind == "agency":
        keys.add(re.sub(r"^中共|^中国共产党", "", key))
    return keys - {""}


def ancestors(code: str) -> set[str]:
    """Codes of the regions above, which are neither rewarded nor punished."""
    return {code[:2] + "0000", code[:4] + "00"} - {code}


def match(gold: dict, built: Built) -> dict[str, str]:
    """Built key → gold id, each at most once; a duplicate stays unmatched."""
    by_id = {e["id"]: e for e in gold["entities"]}
    codes = {e["code"]: e["id"] for e in gold["entities"] if e.get("code")}
    index: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in gold["entities"]:
        for name in (entity["name"], *entity.get("also", ())):
            for key in keys_of(entity["type"], name):
                index[entity["type"], key].append(entity["id"])
    pairs: dict[str, str] = {}
    taken: set[str] = set()

    def fits(candidate: str, thing: Thing) -> bool:
        want = by_id[candidate].get("region")
        return candidate not in taken and not (thing.home and want and want.isdigit() and thing.home != want)

    def find(thing: Thing, names: Iterable[str]) -> str | None:
        if thing.kind == "region" and thing.code:
            hit = codes.get(thing.code)
            return hit if hit not in taken else None
        keys = (key for name in names for key in sorted(keys_of(thing.kind, name)))
        return next((c for key in keys for c in index[thing.kind, key] if fits(c, thing)), None)

    for rank in (1, None):  # preferred labels of all first, so that another name never steals a match
        for node, thing in built.things.items():
            if node not in pairs and (hit := find(thing, thing.names[:rank])):
                pairs[node] = hit
                taken.add(hit)
    return pairs


# scoring -------------------------------------------------------------------------------------------------------------


def score(gold: dict, built: Built, text: str) -> Score:
    """Compares one report with its gold. `text` is its decoded source."""
    result = Score()
    pairs = match(gold, built)
    _score_entities(gold, built, pairs, result)
    _score_relations(gold, built, pairs, result)
    _score_figures(gold, built, text, result)
    for item in (*built.claims, *built.figures):
        stands = bool(item.quote) and text[item.start : item.end] == item.quote
        result.check("evidence", stands, f"{item.start}:{item.end} is not {item.quote}")
    report = gold["report"]
    result.check("header", built.region is not None and pairs.get(built.region) == "r0", f"region {built.region}")
    result.check("header", built.year == report["year"], f"year {built.year}")
    if report.get("date"):
        result.check("header", built.date == report["date"], f"date {built.date}")
    return result


def _score_entities(gold: dict, built: Built, pairs: dict[str, str], result: Score) -> None:
    codes = {e["code"] for e in gold["entities"] if e.get("code")}
    free = set().union({NATION, "100000"}, *(ancestors(code) for code in codes))
    back = {gold_id: node for node, gold_id in pairs.items()}
    for entity in gold["entities"]:
        found = back.get(entity["id"])
        rules = built.things[found].rules if found else ()
        optional = bool(entity.get("optional"))
        if found or not optional:
            verdict = "neutral" if optional else "right" if found else "missed"
            result.outcomes.append(Outcome(entity["type"], verdict, entity["name"], rules))
        if found:
            _check_entity(entity, built.things[found], result)
    for node, thing in built.things.items():
        if node not in pairs and not (thing.kind == "region" and thing.code in free):
            result.outcomes.append(Outcome(thing.kind, "spurious", thing.names[0], thing.rules))


def _check_entity(entity: dict, thing: Thing, result: Score) -> None:
    if entity["type"] == "document" and entity.get("class"):
        built, gold = thing.document_class, entity["class"]
        result.check("class", built == gold, f"{entity['name']} is {built or 'none'}, not {gold}")
    if entity["type"] in ("document", "program") and not entity.get("optional"):
        scope = entity.get("scope") or ""
        want = NATION if scope == "CN" else scope
        if want.isdigit():
            result.check("scope", thing.home == want, f"{entity['name']} is of {thing.home}, not {want}")


def _score_relations(gold: dict, built: Built, pairs: dict[str, str], result: Score) -> None:
    by_id = {e["id"]: e for e in gold["entities"]}
    report = gold["report"]
    homes = {report.get("code"), by_id["r0"]["name"]}

    def subject(gold_id: str) -> str:
        entity = by_id.get(gold_id, {})
        government = (
            entity.get("type") == "agency" and GOVERNMENT.search(entity["name"]) and entity.get("region") in homes
        )
        return "r0" if gold_id in ("r0", report.get("agent")) or government else gold_id

    def label(key: tuple[str, str, str], quote: str) -> str:
        one, two = (by_id[k]["name"] if k in by_id else _name(built, k) for k in (key[0], key[2]))
        return f"{one} → {two}   [{quote}]"

    wanted: dict[tuple[str, str, str], dict] = {}
    for relation in gold["relations"]:
        wanted.setdefault((subject(relation["s"]), relation["p"], relation["o"]), relation)
    got: dict[tuple[str, str, str], Statement] = {}
    rules: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for claim in built.claims:
        if claim.predicate in PREDICATES:
            key = (
                subject(pairs.get(claim.subject, f"?{claim.subject}")),
                claim.predicate,
                pairs.get(claim.object, f"?{claim.object}"),
            )
            rules[key].add(claim.rule)
            if key not in got or claim.status == "done":  # stated as done anywhere: done
                got[key] = claim
    for key, relation in wanted.items():
        optional = bool(relation.get("optional"))
        if key in got or not optional:
            verdict = "neutral" if optional else "right" if key in got else "missed"
            result.outcomes.append(Outcome(key[1], verdict, label(key, relation["quote"]), tuple(sorted(rules[key]))))
        if key in got and not optional:
            built_status, status = got[key].status, relation.get("status", "done")
            what = f"{label(key, relation['quote'])} is {built_status}, not {status}"
            result.check("status", built_status == status, what)
    for key, claim in got.items():
        if key not in wanted:
            neutral = any(by_id.get(k, {}).get("optional") for k in (key[0], key[2]))
            verdict = "neutral" if neutral else "spurious"
            result.outcomes.append(Outcome(key[1], verdict, label(key, claim.quote), tuple(sorted(rules[key]))))


def _name(built: Built, key: str) -> str:
    thing = built.things.get(key.removeprefix("?"))
    return f"?{thing.names[0]}" if thing else key


def _score_figures(gold: dict, built: Built, text: str, result: Score) -> None:
    used: set[int] = set()
    for figure in gold.get("figures", ()):
        optional = bool(figure.get("optional"))
        starts = [m.start() for m in re.finditer(re.escape(figure["quote"]), text)]
        hit = next((i for i, n in enumerate(built.figures) if i not in used and _same_figure(n, figure, starts)), None)
        what = f"{figure['indicator']} = {figure['value']} {figure['unit']}   [{figure['quote']}]"
        if hit is not None:
            used.add(hit)
            result.outcomes.append(
                Outcome("figure", "neutral" if optional else "right", what, (built.figures[hit].rule,))
            )
            if not optional:
                indicator = built.figures[hit].indicator
                fits = bool(indicator) and alike(indicator, figure["indicator"])
                result.check("indicator", fits, f"{indicator or 'none'}, not {figure['indicator']}")
        elif not optional:
            result.outcomes.append(Outcome("figure", "missed", what))
    for i, number in enumerate(built.figures):
        if i not in used:
            what = f"{number.indicator} = {number.value:g} {number.unit}   [{number.quote}]"
            result.outcomes.append(Outcome("figure", "spurious", what, (number.rule,)))


def _same_figure(number: Number, figure: dict, starts: list[int]) -> bool:
    end = len(figure["quote"])
    return (
        abs(number.value - figure["value"]) < 1e-6
        and squash(number.unit) == squash(figure["unit"])
        and any(number.start < start + end and number.end > start for start in starts)
    )


# printing ------------------------------------------------------------------------------------------------------------


def gold_files() -> list[dict]:
    """The gold annotations, in the order of their file names."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]


def source_text(file: str) -> str:
    """The decoded text of a seed."""
    return (SEEDS / file).read_bytes().decode("utf-8-sig")


def lines(total: Score) -> Iterator[str]:
    """The figures of a score, a line a measure."""
    for measure in MEASURES:
        yield _line(measure, total.tally(measure))
    yield _line("entities", total.tally(*KINDS))
    yield _line("relations", total.tally(*PREDICATES))
    for check in CHECKS:
        yield f"{check:12} {sum(total.checks[check])}/{len(total.checks[check])} = {total.rate(check):.3f}"


def _line(name: str, t: Tally) -> str:
    counts = f"(right {t.right} spurious {t.spurious} missed {t.missed})"
    return f"{name:12} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}   {counts}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every missed and every spurious item")
    args = parser.parse_args()
    built = from_graph(args.graph)
    total = Score()
    for gold in gold_files():
        result = score(gold, built.get(gold["file"], Built()), source_text(gold["file"]))
        total.add(result)
        if args.misses:
            print("".join(f"{gold['file'][:3]} {line}\n" for line in result.wrong()), end="")
    print("\n".join(lines(total)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
