"""graph.graphml, graph.json, graph.gexf: the entity graph for network tools, by way of NetworkX.

A node is an entity or a policy family, an edge one subject, predicate, object. Attributes are strings and integers,
which every one of the formats can hold; what is not known is an absent attribute.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import networkx as nx

NODES = """
    SELECT e.entity, e.kind AS type, e.label, h.code AS region, e.code, e.level, e.full_name, e.document_class,
           e.reports
    FROM entity_all e LEFT JOIN entity_all h ON h.entity = CASE WHEN e.kind = 'region' THEN e.entity ELSE e.region END
    UNION ALL
    SELECT f.family, 'family', min(f.name), NULL, NULL, NULL, NULL, NULL, count(DISTINCT x.report)
    FROM families f JOIN entities x ON x.entity = f.member GROUP BY f.family
    ORDER BY 1"""
# of the quotes of an edge the shortest, and the smallest of these
EDGES = """
    SELECT e.subject, e.object, e.predicate, e.status, e.first_year, e.claims, e.reports,
           (SELECT first(c.quote ORDER BY c.status = 'planned', length(c.quote), c.quote) FROM claims c
            WHERE c.subject = e.subject AND c.predicate = e.predicate AND c.object = e.object) AS quote
    FROM edge_all e
    UNION ALL
    SELECT a.region, a.policy, 'adopts', 'done', a.first_year, len(a.claims), a.reports, NULL FROM adoptions a
    UNION ALL
    SELECT member, family, 'family', 'done', NULL, NULL, NULL, NULL FROM families
    UNION ALL
    SELECT e.entity, e.region, CASE e.kind WHEN 'region' THEN 'partOf' WHEN 'document' THEN 'scope'
           WHEN 'program' THEN 'scope' ELSE 'jurisdiction' END, 'done', NULL, NULL, NULL, NULL
    FROM entity_all e WHERE e.region IN (SELECT entity FROM entity_all)
    ORDER BY 1, 3, 2"""

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NODE = ("type", "label", "region", "code", "level", "full_name", "document_class", "reports")
EDGE = ("status", "first_year", "claims", "reports", "quote")


def to_networkx(connection: duckdb.DuckDBPyConnection) -> nx.MultiDiGraph[Any]:
    """The entity graph; edge keys are predicates, so that an edge is named by its two ends and its predicate."""
    import networkx as nx

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for key, *values in _rows(connection, NODES):
        graph.add_node(key, **_known(NODE, values))
    for subject, target, predicate, *values in _rows(connection, EDGES):
        graph.add_edge(subject, target, key=predicate, predicate=predicate, **_known(EDGE, values))
    return graph


def write_graphml(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """GraphML, read by Gephi, yEd, Cytoscape, igraph and NetworkX."""
    import networkx as nx

    graph = to_networkx(connection)
    for _, _, data in graph.edges(data=True):
        _printable(data)
    for _, data in graph.nodes(data=True):
        _printable(data)
    nx.write_graphml(graph, path, encoding="utf-8", named_key_ids=True)


def write_json(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Node-link JSON, as `networkx.node_link_graph(…, edges="edges")` reads it."""
    import networkx as nx

    content = nx.node_link_data(to_networkx(connection), edges="edges")
    text = json.dumps(content, ensure_ascii=False, indent=0)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_gexf(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """GEXF 1.2, Gephi's own."""
    import networkx as nx

    graph = to_networkx(connection)
    for _, data in (*graph.nodes(data=True), *((None, data) for _, _, data in graph.edges(data=True))):
        _printable(data)
    text = "\n".join(nx.generate_gexf(graph, encoding="utf-8"))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)  # a clock time
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def _known(names: tuple[str, ...], values: list[Any]) -> dict[str, str | int]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _printable(data: dict[str, Any]) -> None:
    """XML 1.0 cannot hold control characters, lone surrogates and two more; damaged reports do."""
    for name, value in data.items():
        if isinstance(value, str):
            data[name] = UNPRINTABLE.sub("", value)
