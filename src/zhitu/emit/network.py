"""graph.graphml, graph.json, graph.gexf: the entity graph for network tools.

A node is an entity or a policy family, an edge one subject, predicate, object. Attributes are strings and integers,
which every one of the formats can hold; what is not known is an absent attribute. GraphML and JSON are written row by
row: by way of NetworkX they took 4 GB for 700,000 edges.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    import duckdb
    import networkx as nx

NODES = """
    SELECT e.entity, e.kind AS type, e.label, coalesce(h.code, substr(h.entity, 8)) AS region, e.code, e.level,
           e.full_name, e.document_class, e.reports
    FROM entity_all e LEFT JOIN entity_all h ON h.entity = CASE WHEN e.kind = 'region' THEN e.entity ELSE e.region END
    UNION ALL
    SELECT f.family, 'family', min(f.name), NULL, NULL, NULL, NULL, NULL, count(DISTINCT x.report)
    FROM families f JOIN entities x ON x.entity = f.member GROUP BY f.family
    ORDER BY 1"""
# of the quotes of an edge one that says it is done, of these the shortest, of these the smallest
EDGES = """
    WITH said AS (
        SELECT subject, predicate, object,
               first(quote ORDER BY status = 'planned', length(quote), quote) AS quote
        FROM claims GROUP BY subject, predicate, object)
    SELECT e.subject, e.object, e.predicate, e.status, e.first_year, e.claims, e.reports, s.quote
    FROM edge_all e JOIN said s USING (subject, predicate, object)
    UNION ALL
    SELECT a.region, a.policy, 'adopts', 'done', a.first_year, len(a.claims), a.reports, NULL FROM adoptions a
    UNION ALL
    SELECT member, family, 'family', 'done', NULL, NULL, NULL, NULL FROM families
    UNION ALL
    SELECT e.entity, e.region, CASE e.kind WHEN 'region' THEN 'partOf' WHEN 'document' THEN 'scope'
           WHEN 'program' THEN 'scope' ELSE 'jurisdiction' END, 'done', NULL, NULL, NULL, NULL
    FROM entity_all e WHERE e.region IN (SELECT entity FROM entity_all)
    ORDER BY 1, 3, 2"""

TYPES = {"reports": "int", "first_year": "int", "claims": "int"}  # of attributes; the others are strings
NODE = ("type", "label", "region", "code", "level", "full_name", "document_class", "reports")
EDGE = ("status", "first_year", "claims", "reports", "quote")
# XML 1.0 cannot hold control characters, lone surrogates and two more; damaged reports do
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Attributes = dict[str, str | int]


def to_networkx(connection: duckdb.DuckDBPyConnection) -> nx.MultiDiGraph[Any]:
    """The entity graph; edge keys are predicates, so that an edge is named by its two ends and its predicate."""
    import networkx as nx

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for key, attributes in _nodes(connection):
        graph.add_node(key, **attributes)
    for subject, target, attributes in _edges(connection):
        graph.add_edge(subject, target, key=attributes["predicate"], **attributes)
    return graph


def write_graphml(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """GraphML, read by Gephi, yEd, Cytoscape, igraph and NetworkX.

    Edges have no id: Gephi would take two edges of one id for one. NetworkX takes their `key` as the edge's key.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        file.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for kind, names in (("node", NODE), ("edge", ("predicate", "key", *EDGE))):
            for name in names:
                file.write(f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{_type(name)}"/>\n')
        file.write('<graph edgedefault="directed">\n')
        for key, attributes in _nodes(connection):
            file.write(f"<node id={_quoted(key)}>{_data('node', attributes)}</node>\n")
        for subject, target, attributes in _edges(connection):
            keyed = {"key": attributes["predicate"], **attributes}
            file.write(f"<edge source={_quoted(subject)} target={_quoted(target)}>{_data('edge', keyed)}</edge>\n")
        file.write("</graph>\n</graphml>\n")


def write_json(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Node-link JSON, as `networkx.node_link_graph(…, edges="edges")` reads it; one node or edge a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [')
        _list(file, ({"id": key, **attributes} for key, attributes in _nodes(connection)))
        file.write('],\n"edges": [')
        edges = _edges(connection)
        _list(file, ({"source": s, "target": t, "key": a["predicate"], **a} for s, t, a in edges))
        file.write("]}\n")


def write_gexf(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """GEXF 1.2, Gephi's own."""
    import networkx as nx

    graph = to_networkx(connection)
    for _, data in (*graph.nodes(data=True), *((None, data) for _, _, data in graph.edges(data=True))):
        for name, value in data.items():
            data[name] = _printable(value)
    text = "\n".join(nx.generate_gexf(graph, encoding="utf-8"))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)  # a clock time
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _nodes(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Attributes]]:
    for key, *values in _rows(connection, NODES):
        yield key, _known(NODE, values)


def _edges(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, Attributes]]:
    for subject, target, predicate, *values in _rows(connection, EDGES):
        yield subject, target, {"predicate": predicate, **_known(EDGE, values)}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.cursor().execute(query)
    while batch := cursor.fetchmany(10_000):
        yield from batch


def _known(names: tuple[str, ...], values: list[Any]) -> Attributes:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _list(file: Any, items: Iterator[dict[str, Any]]) -> None:
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + json.dumps(item, ensure_ascii=False))


def _type(name: str) -> str:
    return TYPES.get(name, "string")


def _data(kind: str, attributes: Attributes) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{escape(str(_printable(value)))}</data>' for name, value in attributes.items()
    )


def _quoted(key: str) -> str:
    return quoteattr(UNPRINTABLE.sub("", key))


def _printable(value: str | int) -> str | int:
    return UNPRINTABLE.sub("", value) if isinstance(value, str) else value
