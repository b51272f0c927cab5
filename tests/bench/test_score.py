"""The scorer: a reading equal to the gold is perfect, and every kind of error costs what it should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.score import CHECKS, MEASURES, Built, Number, Statement, Thing, gold_files, score, source_text
from zhitu.model import NATION

GOLDS = gold_files()


def perfect(gold: dict) -> Built:
    """What a reader would have built who found exactly what the gold requires."""
    text = source_text(gold["file"])
    things = {
        e["id"]: Thing(
            e["type"],
            (e["name"],),
            e.get("code"),
            NATION if (home := e.get("scope") or e.get("region")) == "CN" else home,
            e.get("class", ""),
            ("rule",),
        )
        for e in gold["entities"]
        if not e.get("optional")
    }
    claims = tuple(
        Statement(r["s"], r["p"], r["o"], r["status"], r["quote"], *_place(text, r["quote"]), "rule")
        for r in gold["relations"]
        if not r.get("optional")
    )
    figures = tuple(
        Number(f["indicator"], f["value"], f["unit"], f["quote"], *_place(text, f["quote"]), "rule")
        for f in gold["figures"]
        if not f.get("optional")
    )
    report = gold["report"]
    return Built(things, claims, figures, "r0", report["year"], report["date"])


def _place(text: str, quote: str) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


@pytest.mark.parametrize("gold", GOLDS, ids=lambda g: g["file"][:3])
def test_gold_scores_one(gold):
    """A reading that holds exactly what is required is right in every measure."""
    result = score(gold, perfect(gold), source_text(gold["file"]))
    assert [o for o in result.outcomes if o.verdict != "right"] == []
    assert {m: result.tally(m).f1 for m in MEASURES} == dict.fromkeys(MEASURES, 1.0)
    assert {c: result.rate(c) for c in CHECKS} == dict.fromkeys(CHECKS, 1.0)


def _without_first(built: Built, kind: str) -> Built:
    node = next(n for n, t in built.things.items() if t.kind == kind and n != "r0")
    return replace(built, things={n: t for n, t in built.things.items() if n != node})


def _with(built: Built, **things: Thing) -> Built:
    return replace(built, things={**built.things, **things})


SPOILS = {
    "a missing agency": (lambda b: _without_first(b, "agency"), "agency", "missed"),
    "a missing document": (lambda b: _without_first(b, "document"), "document", "missed"),
    "an invented document": (lambda b: _with(b, x=Thing("document", ("某某办法",))), "document", "spurious"),
    "an invented region": (lambda b: _with(b, x=Thing("region", ("广州市",), "440100")), "region", "spurious"),
    "a duplicate": (lambda b: _with(b, x=b.things["a1"]), "agency", "spurious"),
    "a missing claim": (
        lambda b: replace(b, claims=tuple(c for c in b.claims if c != _first(b, "issued"))), "issued", "missed"),
    "a claim turned round": (
        lambda b: replace(b, claims=(*b.claims, replace(_first(b, "issued"), predicate="repealed"))),
        "repealed", "spurious"),
    "a missing figure": (lambda b: replace(b, figures=b.figures[1:]), "figure", "missed"),
    "a figure with another value": (
        lambda b: replace(b, figures=(replace(b.figures[0], value=-1.0), *b.figures[1:])), "figure", "spurious"),
    "a figure elsewhere": (
        lambda b: replace(b, figures=(replace(b.figures[0], start=0, end=1), *b.figures[1:])), "figure", "spurious"),
}  # fmt: skip


def _first(built: Built, predicate: str) -> Statement:
    return next(c for c in built.claims if c.predicate == predicate)


@pytest.mark.parametrize("name", SPOILS)
def test_errors_cost(name):
    """Each kind of error is counted once, in its own measure."""
    spoil, measure, verdict = SPOILS[name]
    gold = next(g for g in GOLDS if g["report"]["code"] == "321302")
    result = score(gold, spoil(perfect(gold)), source_text(gold["file"]))
    assert [o.measure for o in result.outcomes if o.verdict == verdict and o.measure == measure] == [measure]


CHECK_SPOILS = {
    "class": lambda b: _with(b, d1=replace(b.things["d1"], document_class="law")),
    "scope": lambda b: _with(b, d1=replace(b.things["d1"], home="440100")),
    "status": lambda b: replace(b, claims=(replace(b.claims[0], status="planned"), *b.claims[1:])),
    "evidence": lambda b: replace(b, claims=(replace(b.claims[0], start=0, end=3), *b.claims[1:])),
    "indicator": lambda b: replace(b, figures=(replace(b.figures[0], indicator="天气"), *b.figures[1:])),
    "header": lambda b: replace(b, year=1999),
}


@pytest.mark.parametrize("check", CHECK_SPOILS)
def test_wrong_facts_cost(check):
    """One wrong fact lowers its check by one, and no other."""
    gold = next(g for g in GOLDS if g["report"]["code"] == "321302")
    result = score(gold, CHECK_SPOILS[check](perfect(gold)), source_text(gold["file"]))
    assert {c: result.checks[c].count(False) for c in CHECKS} == {c: int(c == check) for c in CHECKS}


def test_region_and_government_are_one_subject():
    """A claim of the region's government counts as the region's, and the other way round."""
    gold = next(g for g in GOLDS if g["report"]["code"] == "321302")
    built = perfect(gold)
    swapped = replace(built, claims=tuple(replace(c, subject="a1") if c.subject == "r0" else c for c in built.claims))
    assert all(o.verdict == "right" for o in score(gold, swapped, source_text(gold["file"])).outcomes)
