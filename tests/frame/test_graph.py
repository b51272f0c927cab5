"""A finished graph, read from Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import zhitu
from zhitu.errors import QueryError
from zhitu.graph import Graph


@pytest.fixture
def graph(built: Path) -> Iterator[Graph]:
    with zhitu.open(built) as graph:
        yield graph


def test_entities(graph: Graph) -> None:
    """All, or those of one kind, in the order of their keys."""
    everything = graph.entities()
    assert [entity["entity"] for entity in everything] == sorted(entity["entity"] for entity in everything)
    programs = graph.entities("program")
    assert {entity["label"] for entity in programs} == {"行政执法三项制度", "一网通办"}
    assert {entity["kind"] for entity in programs} == {"program"}


def test_claims(graph: Graph) -> None:
    """All, or those about one entity, or of one predicate, or both."""
    assert len(graph.claims()) == 9
    about = graph.claims(about="program:CN-行政执法三项制度")
    assert [(claim["subject_label"], claim["year"]) for claim in about] == [
        ("洪山区", 2018),
        ("渭城区", 2019),
        ("宿城区", 2020),
    ]
    assert {claim["predicate"] for claim in graph.claims(predicate="issued")} == {"issued"}
    assert len(graph.claims(about="region:321302", predicate="issued")) == 1


def test_observations(graph: Graph) -> None:
    """Figures with their words, of all regions or of one."""
    assert [(row["value"], row["unit"]) for row in graph.observations()] == [("22", "件"), ("64", "件")]
    assert [row["quote"] for row in graph.observations(region="region:321302")] == ["figure 收到行政复议申请 22 件"]


def test_shared_policies(graph: Graph) -> None:
    """The most shared first; a threshold leaves only what so many regions have."""
    shared = graph.shared_policies()
    assert [(policy["label"], len(policy["regions"])) for policy in shared] == [
        ("行政执法三项制度", 3),
        ("重大行政决策程序", 2),
    ]
    assert [policy["label"] for policy in graph.shared_policies(regions=3)] == ["行政执法三项制度"]
    assert shared[0]["first_year"] == 2018


NAMES = [
    ("key", "region:321302", ["region:321302"]),
    ("division code", "321302", ["region:321302"]),
    ("name", "司法局", ["agency:321302-司法局"]),
    ("full width", "３２１３０２", ["region:321302"]),
    ("title in marks", "《中华人民共和国行政复议法》", ["document:CN-中华人民共和国行政复议法"]),
    ("part of a name", "复议法", []),
]


@pytest.mark.parametrize(("about", "name", "keys"), NAMES, ids=[case[0] for case in NAMES])
def test_find(about: str, name: str, keys: list[str], graph: Graph) -> None:
    """By key, code or any whole name; never by part of one."""
    assert [entity["entity"] for entity in graph.find(name)] == keys


def test_sparql(graph: Graph) -> None:
    """Prefixes are known; what is not bound is None."""
    rows = graph.sparql("SELECT ?r ?code { ?r a zt:Report OPTIONAL { ?r zt:divisionCode ?code } } ORDER BY ?r")
    assert len(rows) == 3
    assert {row["code"] for row in rows} == {None}
    named = "PREFIX zt: <https://w3id.org/zhitu/ontology#> SELECT (COUNT(*) AS ?n) { ?r a zt:Report }"
    assert graph.sparql(named) == [{"n": "3"}]


@pytest.mark.parametrize("query", ["SELECT ?x WHERE {", "ASK { ?s ?p ?o }"])
def test_sparql_that_is_none(query: str, graph: Graph) -> None:
    """A slip in the query, or a question without rows, is told as such."""
    with pytest.raises(QueryError):
        graph.sparql(query)


def test_three_ways_to_the_same_graph(graph: Graph) -> None:
    """Records, NetworkX and rdflib hold the same entities and relations."""
    network = graph.to_networkx()
    keys = {entity["entity"] for entity in graph.entities()}
    assert keys <= set(network.nodes)
    rdf = graph.to_rdflib()
    issued = list(rdf.query("SELECT ?d { ?a zt:issued ?d }"))
    assert len(issued) == sum(1 for _, _, predicate in network.edges(keys=True) if predicate == "issued")
