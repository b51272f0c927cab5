"""One graph, three libraries: ids and predicates are the same in Turtle, rdflib, NetworkX and GraphML."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import rdflib

import zhitu
from zhitu import vocab
from zhitu.graph import Graph

STRUCTURE = ("partOf", "jurisdiction", "scope", "family", "adopts")


def key(iri: rdflib.term.Node) -> str:
    return str(iri).removeprefix(vocab.BASE_IRI).replace("/", ":", 1)


def relations(graph: rdflib.Graph) -> set[tuple[str, str, str]]:
    """Edges between entities as RDF has them, with what is only planned taken from the claims."""
    edges = set()
    for name in (*vocab.RELATIONS, *STRUCTURE):
        edges |= {(key(s), name, key(o)) for s, o in graph.subject_objects(rdflib.URIRef(vocab.zt(name)))}
    for claim in graph.subjects(rdflib.RDF.type, rdflib.URIRef(vocab.zt("Claim"))):
        subject, predicate, value = (
            graph.value(claim, p) for p in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        )
        edges.add((key(subject), str(predicate).removeprefix(vocab.ZT), key(value)))  # type: ignore[arg-type]
    return edges


def edges(graph: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    return {(s, data["predicate"], o) for s, o, data in graph.edges(data=True)}


def attributed(graph: nx.MultiDiGraph) -> list[tuple[str, str, list[tuple[str, object]]]]:
    return sorted((s, o, sorted(data.items())) for s, o, data in graph.edges(data=True))


def test_networkx_has_the_ids_and_predicates_of_the_turtle(seeds: Path) -> None:
    """`to_networkx` and `to_rdflib` name the same things and the same relations."""
    with zhitu.open(seeds) as opened:
        assert isinstance(opened, Graph)
        network, triples = opened.to_networkx(), opened.to_rdflib()
    assert edges(network) == relations(triples)
    labels = {key(s): str(o) for s, o in triples.subject_objects(rdflib.SKOS.prefLabel)}
    assert {node: data["label"] for node, data in network.nodes(data=True)} == labels


def test_turtle_to_graphml_and_back_loses_nothing(seeds: Path, tmp_path: Path) -> None:
    """Turtle → rdflib → NetworkX → GraphML → NetworkX: nodes, edges, labels and years come back as they were."""
    triples = rdflib.Graph().parse(seeds / "graph.ttl")
    first = nx.MultiDiGraph()
    for subject, value in triples.subject_objects(rdflib.SKOS.prefLabel):
        first.add_node(key(subject), label=str(value))
    for subject, predicate, value in sorted(relations(triples)):
        first.add_edge(subject, value, key=predicate, predicate=predicate)
    nx.write_graphml(first, tmp_path / "x.graphml")
    second = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert dict(second.nodes(data=True)) == dict(first.nodes(data=True))
    assert edges(second) == edges(first)


def test_graphml_is_the_network(seeds: Path) -> None:
    """What the build writes as GraphML is what `to_networkx` gives, attribute for attribute."""
    with zhitu.open(seeds) as opened:
        network = opened.to_networkx()
    read = nx.read_graphml(seeds / "graph.graphml", force_multigraph=True)
    assert dict(read.nodes(data=True)) == dict(network.nodes(data=True))
    for _, _, data in read.edges(data=True):
        data.pop("key", None)  # some writers say the predicate twice
    assert attributed(read) == attributed(network)
