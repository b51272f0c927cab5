"""The graph as a stream of nodes: what each table says of a thing, one row a thing, sorted by kind and key.

A `Part` is a query and what its columns mean. The streams of all parts, merged by (graph, kind, key), are the graph;
every RDF format is written from this stream, so none holds the graph in memory.

In *merged* form all reports are one (`graph` is ""); in *split* form each row belongs to the report that states it, or
to "derived". The union of the split form is the merged form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Any, NamedTuple

from zhitu import vocab

if TYPE_CHECKING:
    import duckdb

DERIVED = "derived"
BATCH = 5_000  # rows fetched at once
ORDER = {kind: rank for rank, kind in enumerate(vocab.KINDS)}


@dataclass(frozen=True, slots=True)
class Property:
    """A predicate as a CURIE, and how its values are to be read: key, curie, term, indicator, label, text, integer…"""

    curie: str
    type: str


class Node(NamedTuple):
    """What one part says of one thing: properties (CURIEs) with their values, a scalar or a list each."""

    graph: str
    key: str
    values: Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """`query` gives graph, key and then a column for each property; `{graph}` in it stands for the graph's name."""

    query: str
    columns: tuple[str, ...]  # CURIEs
    derived: bool = False


def _properties() -> dict[str, Property]:
    own = {f"zt:{name}": Property(f"zt:{name}", kind) for name, kind in vocab.PROPERTIES.items()}
    borrowed = {curie: Property(curie, kind) for curie, kind in vocab.BORROWED.values()}
    return own | borrowed | {"rdf:type": Property("rdf:type", "curie")}


PROPERTIES = _properties()

# Every query is wrapped in an ORDER BY; names in braces are filled in by `_sql`.
PARTS = (
    Part(
        """SELECT {report} AS graph, report AS key, 'zt:Report' AS type, title, file, sha256, region, year, number,
                  issued, if(publisher LIKE '%:%', publisher, NULL) AS publisher, agent
           FROM reports""",
        ("rdf:type", "dcterms:title", "zt:file", "zt:sha256", "zt:reportsOn", "zt:year", "zt:documentNumber",
         "dcterms:issued", "dcterms:publisher", "dcterms:creator"),
    ),
    Part(
        """SELECT {report} AS graph, report AS key, list(DISTINCT entity ORDER BY entity) AS entities
           FROM mentions GROUP BY ALL""",
        ("schema:mentions",),
    ),
    Part(
        """SELECT DISTINCT {e.report} AS graph, e.entity AS key, {types} AS types, a.label, a.full_name, a.code,
                  if(a.kind = 'region', a.region, NULL) AS part_of, 'zt:' || a.level AS level,
                  if(a.kind IN ('agency', 'institution'), a.region, NULL) AS jurisdiction,
                  if(a.kind IN ('document', 'program'), a.region, NULL) AS scope,
                  'zt:' || a.document_class AS class, a.edition
           FROM entities e JOIN entity_all a USING (entity)""",
        ("rdf:type", "skos:prefLabel", "zt:fullName", "zt:divisionCode", "zt:partOf", "zt:level", "zt:jurisdiction",
         "zt:scope", "zt:documentClass", "zt:edition"),
    ),
    Part(
        """SELECT {n.report} AS graph, n.entity AS key,
                  list(DISTINCT n.name ORDER BY n.name) FILTER (n.role <> 'number' AND n.name <> a.label) AS alt,
                  list(DISTINCT n.name ORDER BY n.name) FILTER (n.role = 'number') AS number
           FROM names n JOIN entity_all a USING (entity) GROUP BY ALL""",
        ("skos:altLabel", "zt:documentNumber"),
    ),
    Part(
        """SELECT {report} AS graph, subject AS key, {edges}
           FROM claims WHERE status = 'done' GROUP BY ALL""",
        tuple(f"zt:{name}" for name in vocab.RELATIONS),
    ),
    Part(
        """SELECT 'derived' AS graph, region AS key, list(DISTINCT policy ORDER BY policy) AS adopts
           FROM adoptions GROUP BY ALL""",
        ("zt:adopts",),
        derived=True,
    ),
    Part(
        """SELECT 'derived' AS graph, member AS key, list(DISTINCT family ORDER BY family) AS family
           FROM families GROUP BY ALL""",
        ("zt:family",),
        derived=True,
    ),
    Part(
        """SELECT DISTINCT 'derived' AS graph, family AS key, 'zt:PolicyFamily' AS type, min(name) AS name
           FROM families GROUP BY ALL""",
        ("rdf:type", "skos:prefLabel"),
        derived=True,
    ),
    Part(
        """SELECT {report} AS graph, claim AS key, 'zt:Claim' AS type, subject, 'zt:' || predicate AS predicate, object,
                  status, report, quote, char_start, char_end, rule
           FROM claims""",
        ("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "zt:status", "prov:wasDerivedFrom", "zt:quote",
         "zt:charStart", "zt:charEnd", "zt:rule"),
    ),
    Part(
        """SELECT {report} AS graph, observation AS key, 'zt:Observation' AS type, indicator, indicator_text, value,
                  unit, region, year, report, quote, char_start, char_end, rule
           FROM observations""",
        ("rdf:type", "zt:indicator", "zt:indicatorText", "zt:value", "zt:unitText", "zt:region", "zt:year",
         "prov:wasDerivedFrom", "zt:quote", "zt:charStart", "zt:charEnd", "zt:rule"),
    ),
    Part(
        """SELECT 'derived' AS graph, adoption AS key, 'zt:Adoption' AS type, region, policy, first_year,
                  list_sort(claims) AS claims
           FROM adoptions""",
        ("rdf:type", "zt:region", "zt:policy", "zt:firstYear", "prov:wasDerivedFrom"),
        derived=True,
    ),
    Part(
        """SELECT {report} AS graph, {unresolved} AS key, 'zt:Unresolved' AS type, min(surface) AS surface, kind,
                  list(DISTINCT reason ORDER BY reason) AS reason,
                  list_sort(list_distinct(flatten(list(string_split(candidates, ' '))))) AS candidates,
                  report, char_start, char_end
           FROM unresolved GROUP BY ALL""",
        ("rdf:type", "zt:surface", "zt:kind", "zt:reason", "zt:candidate", "prov:wasDerivedFrom", "zt:charStart",
         "zt:charEnd"),
    ),
)  # fmt: skip

_TYPES = """list_filter([
    CASE a.kind WHEN 'region' THEN 'zt:Region' WHEN 'agency' THEN 'zt:Agency' WHEN 'institution' THEN 'zt:Institution'
                WHEN 'document' THEN 'zt:Document' WHEN 'program' THEN 'zt:Program' END,
    if(a.zone, 'zt:Zone', NULL),
    if(a.document_class IN ('law', 'regulation', 'rule'), 'eli:LegalResource', NULL)], lambda x: x IS NOT NULL)"""
_EDGES = ", ".join(
    f"list(DISTINCT object ORDER BY object) FILTER (predicate = '{name}') AS {name}" for name in vocab.RELATIONS
)
# what stands at one place under one kind is one mention, whatever was tried on it
_UNRESOLVED = "'unresolved:' || substr(report, 8) || '-' || char_start || '-' || char_end || '-' || kind"
_RANK = f"list_position({list(vocab.KINDS)!r}, split_part(key, ':', 1))"


def stream(connection: duckdb.DuckDBPyConnection, *, split: bool = False) -> Iterator[Node]:
    """Every node of the graph, parts of one thing side by side, sorted by graph, kind and key."""
    parts = [_rows(connection, part, split=split) for part in PARTS]
    return merge(*parts, key=_place)


def grouped(nodes: Iterable[Node]) -> Iterator[Node]:
    """Neighbours of one graph and key made one."""
    last: Node | None = None
    for node in nodes:
        if last is not None and last.key == node.key and last.graph == node.graph:
            last = Node(last.graph, last.key, [*last.values, *node.values])
            continue
        if last is not None:
            yield last
        last = node
    if last is not None:
        yield last


def _place(node: Node) -> tuple[str, int, str]:
    return node.graph, ORDER.get(node.key.partition(":")[0], len(ORDER)), node.key


def _sql(part: Part, *, split: bool) -> str:
    fills = {
        "{report}": "report" if split else "''",
        "{e.report}": "e.report" if split else "''",
        "{n.report}": "n.report" if split else "''",
        "{types}": _TYPES,
        "{edges}": _EDGES,
        "{unresolved}": _UNRESOLVED,
    }
    query = part.query
    for name, text in fills.items():
        query = query.replace(name, text)
    return f"SELECT * FROM ({query}) ORDER BY graph, {_RANK}, key"


def _rows(connection: duckdb.DuckDBPyConnection, part: Part, *, split: bool) -> Iterator[Node]:
    cursor = connection.cursor().execute(_sql(part, split=split))
    while batch := cursor.fetchmany(BATCH):
        for graph, key, *values in batch:
            # no value is the column's way to say nothing
            pairs = [pair for pair in zip(part.columns, values, strict=True) if pair[1] not in (None, "", [])]
            yield Node("" if not split else graph, key, pairs)
