"""The ontology: whole, aligned, current in what is generated from it, and asked by the questions."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
import rdflib

from zhitu import vocab
from zhitu.query.questions import questions
from zhitu.query.validate import Check, checks, ontology_store, run_check

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "ontology"))
import generate  # noqa: E402


def test_what_is_generated_is_current() -> None:
    """Vocabulary code, context, indicators and reference pages follow from zhitu.ttl: `python ontology/generate.py`."""
    assert generate.stale() == []


@pytest.mark.parametrize("check", [c for c in checks() if c.of_ontology], ids=lambda check: check.name)
def test_the_ontology_keeps_its_own_house(check: Check) -> None:
    """Labels, definitions and examples in both languages, ends, alignment: no hygiene question has an answer."""
    assert run_check(check, ontology_store()) == []


@pytest.mark.parametrize(
    ("term", "law"),
    [
        ("zt:x a owl:Class ; rdfs:label 'x'@en .", "ontology-labels"),
        ("zt:x a owl:Class .", "ontology-definitions"),
        ("zt:x a owl:Class .", "ontology-examples"),
        ("zt:x a owl:ObjectProperty .", "ontology-ends"),
        ("zt:x a owl:Class .", "ontology-home"),
        ("zt:x a owl:Class .", "ontology-aligned"),
        ("zt:x rdfs:subPropertyOf <http://data.europa.eu/eli/ontology#passed_by> .", "ontology-no-false-friend"),
        ("zt:x a skos:Concept .", "ontology-concepts-in-scheme"),
    ],
)
def test_each_hygiene_question_finds_its_fault(term: str, law: str) -> None:
    """A term that lacks something is found by the question about it."""
    import pyoxigraph as ox

    store = ontology_store()
    names = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())
    store.load((names + term).encode(), ox.RdfFormat.TURTLE)
    check = next(c for c in checks() if c.name == law)
    assert vocab.ZT + "x" in {node for node, _ in run_check(check, store)}


def test_every_term_of_the_contract_is_asked_by_a_question() -> None:
    """No class or property without use; what only proves (digest, offsets' end, rule) is excepted."""
    text = "\n".join(question.text for question in questions())
    proof = {"sha256", "charEnd", "rule", "edition", "candidate", "Institution", "PolicyFamily"}
    terms = {*vocab.CLASSES, *vocab.PROPERTIES} - proof
    assert sorted(t for t in terms if not re.search(rf"\bzt:{t}\b", text)) == []


def test_a_typo_in_a_term_fails() -> None:
    """`vocab.zt` knows the ontology's terms only."""
    assert vocab.zt("issued") == "https://w3id.org/zhitu/ontology#issued"
    with pytest.raises(KeyError):
        vocab.zt("isued")


def test_the_context_names_every_property() -> None:
    """JSON-LD by the published context reads as Turtle does."""
    context = json.loads((ROOT / "ontology/context.jsonld").read_text(encoding="utf-8"))
    data = json.dumps({**context, "id": "region/1", "year": 2020})
    graph = rdflib.Graph().parse(data=data, format="json-ld")
    assert set(graph) == {
        (
            rdflib.URIRef("https://w3id.org/zhitu/id/region/1"),
            rdflib.URIRef(vocab.zt("year")),
            rdflib.Literal(2020),
        )
    }
