"""The usual script for this task, to compare speeds with: what a researcher writes in an afternoon.

Simplify with OpenCC, tag with jieba.posseg, take titles by 《》 and organisations by tag, link what shares a sentence
with networkx, write Turtle with rdflib and a picture with pyvis. It knows no identity, status, evidence or figures.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

TITLE = re.compile(r"《([^》]+)》")
SENTENCE = re.compile(r"[^。；！？\n]+")
KEPT = {"ns": "region", "nt": "agency"}


@cache
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def names(sentence: str) -> list[tuple[str, str]]:
    """(kind, name) of everything the script sees in a sentence."""
    import jieba.posseg

    found = [("document", title) for title in TITLE.findall(sentence)]
    return found + [(KEPT[w.flag], w.word) for w in jieba.posseg.cut(sentence) if w.flag in KEPT]


def build(texts: list[str], out: Path) -> int:
    """Reads the texts and writes graph.ttl and graph.html; returns the number of edges."""
    import networkx
    from pyvis.network import Network
    from rdflib import RDF, Graph, Literal, Namespace, URIRef

    graph = networkx.Graph()
    for number, text in enumerate(texts):
        for sentence in SENTENCE.findall(_simplifier().convert(text)):
            here = names(sentence)
            for kind, name in here:
                graph.add_node(f"{number}:{name}" if kind == "document" else name, kind=kind, label=name)
            nodes = [f"{number}:{name}" if kind == "document" else name for kind, name in here]
            graph.add_edges_from((a, b) for a, b in combinations(nodes, 2) if a != b)
    space = Namespace("http://example.org/")
    rdf = Graph()
    at = {node: URIRef(f"http://example.org/{i}") for i, node in enumerate(graph.nodes)}
    for node, data in graph.nodes(data=True):
        rdf.add((at[node], RDF.type, space[data["kind"]]))
        rdf.add((at[node], space.label, Literal(data["label"])))
    for one, other in graph.edges:
        rdf.add((at[one], space.related, at[other]))
    rdf.serialize(out / "graph.ttl", format="turtle")
    picture = Network(cdn_resources="in_line")
    picture.from_nx(graph)
    (out / "graph.html").write_text(picture.generate_html(), encoding="utf-8")
    return graph.number_of_edges()
