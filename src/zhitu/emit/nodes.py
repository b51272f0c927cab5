"""The graph as a stream of nodes: what each table says of a thing, one row a thing, sorted by kind and key.

A `Part` is a query and what its columns mean; `PARTS` is the one place that says so. How a node is written is the
`Syntax`'s business: it turns columns into SQL expressions of text, so that DuckDB does the writing and one text a node
comes out. The streams of the parts, merged by (graph, kind, key), are the graph; no format holds it in memory. Nor does
DuckDB: each part is asked range by range of its keys, so that what it merges and sorts at once does not grow with the
graph.

In *merged* form all reports are one (`graph` is ""); in *split* form each row belongs to the report that states it, or
to `DERIVED`. The union of the split form is the merged form.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from zhitu import vocab

if TYPE_CHECKING:
    import duckdb

DERIVED = "graph:derived"
BATCH = 256  # rows fetched at once
VALUES = 16_000  # in a range, about: two megabytes as text, which DuckDB holds several times over
STEP = 61  # of so many rows one key is taken to find ranges by; prime, lest it be the same one of each report
RANGES = 64  # at most, since each reads the keys of the whole table
WHOLE_RANGES = 8  # at most, where each merges the whole table
# A second thread takes memory and saves no time here. What one query has freed the next can rarely use, so it goes back
# to the system; a block is the least that DuckDB allocates.
SPARING = {"threads": "1", "allocator_bulk_deallocation_flush_threshold": "256KB"}


@dataclass(frozen=True, slots=True)
class Property:
    """A predicate as a CURIE, and how its values are to be read: key, curie, term, indicator, label, text, integer…"""

    curie: str
    type: str


@dataclass(frozen=True, slots=True)
class Part:
    """`query` gives graph, key and then a column for each property; `{report}` in it stands for the graph's name.

    A column holds one value or a list; NULL, "" and the empty list are its ways to say nothing. `table` and `at` tell
    where its keys come from, so that it can be asked range by range.
    """

    query: str
    columns: tuple[str, ...]  # CURIEs
    table: str
    at: str  # SQL: the key of what a row of the table is about
    whole: bool = False  # tells in each graph what all reports know of a thing


class Syntax(Protocol):
    """How nodes are written: SQL expressions of text, made of the SQL of a value."""

    def iri(self, key: str) -> str:
        """The name of a thing."""

    def statements(self, property: Property, column: str, *, many: bool) -> str:
        """What a column says of the thing, whose name is in the column `iri`; NULL for nothing."""


class Node(NamedTuple):
    """What one part says of one thing. They sort by their first four fields, which no two share."""

    graph: str
    rank: int  # of the kind
    key: str
    part: int  # its place in its group
    iri: bytes  # as the syntax writes it
    text: bytes  # the statements, as the syntax writes them


def _properties() -> dict[str, Property]:
    own = {f"zt:{name}": Property(f"zt:{name}", kind) for name, kind in vocab.PROPERTIES.items()}
    borrowed = {curie: Property(curie, kind) for curie, kind in vocab.BORROWED.values()}
    return own | borrowed | {"rdf:type": Property("rdf:type", "curie")}


PROPERTIES = _properties()

_TYPES = """list_filter([
    CASE a.kind WHEN 'region' THEN 'zt:Region' WHEN 'agency' THEN 'zt:Agency' WHEN 'institution' THEN 'zt:Institution'
                WHEN 'document' THEN 'zt:Document' WHEN 'program' THEN 'zt:Program' END,
    if(a.zone, 'zt:Zone', NULL),
    if(a.document_class IN ('law', 'regulation', 'rule'), 'eli:LegalResource', NULL)], lambda x: x IS NOT NULL)"""
_EDGES = ", ".join(f"list_sort(list(object) FILTER (predicate = '{name}')) AS {name}" for name in vocab.RELATIONS)
# what stands at one place under one kind is one mention, whatever was tried on it
_UNRESOLVED = "'unresolved:' || substr(report, 8) || '-' || char_start || '-' || char_end || '-' || kind"
_RANK = f"list_position({list(vocab.KINDS)!r}, split_part(key, ':', 1))"

# Parts that speak of the same kinds stand together, in the order of the kinds. Lists are made of rows already
# distinct: `list(DISTINCT …)` takes twice the memory.
PARTS = (
    (
        Part(
            """SELECT {report} AS graph, report AS key, 'zt:Report' AS type, title, file, sha256, region, year, number,
                      issued, if(publisher LIKE '%:%', publisher, NULL) AS publisher, agent
               FROM reports""",
            ("rdf:type", "dcterms:title", "zt:file", "zt:sha256", "zt:reportsOn", "zt:year", "zt:documentNumber",
             "dcterms:issued", "dcterms:publisher", "dcterms:creator"),
            table="reports", at="report",
        ),
        Part(
            """SELECT {report} AS graph, report AS key, list_sort(list(DISTINCT entity)) AS entities
               FROM mentions GROUP BY ALL""",
            ("schema:mentions",),
            table="mentions", at="report",
        ),
    ),
    (
        Part(
            f"""SELECT graph, entity AS key, {_TYPES} AS types, a.label, a.full_name, a.code,
                       if(a.kind = 'region', a.region, NULL) AS part_of, 'zt:' || a.level AS level,
                       if(a.kind IN ('agency', 'institution'), a.region, NULL) AS jurisdiction,
                       if(a.kind IN ('document', 'program'), a.region, NULL) AS scope,
                       'zt:' || a.document_class AS class, a.edition,
                       list_filter(n.names, lambda x: x <> a.label) AS alt, n.numbers
                FROM (
                    SELECT graph, entity, list_sort(list(name) FILTER (NOT number)) AS names,
                           list_sort(list(name) FILTER (number)) AS numbers
                    FROM (SELECT {{report}} AS graph, entity, role = 'number' AS number, name FROM names
                          UNION SELECT {{report}}, entity, NULL, NULL FROM entities)
                    GROUP BY graph, entity) n
                JOIN entity_all a USING (entity)""",
            ("rdf:type", "skos:prefLabel", "zt:fullName", "zt:divisionCode", "zt:partOf", "zt:level", "zt:jurisdiction",
             "zt:scope", "zt:documentClass", "zt:edition", "skos:altLabel", "zt:documentNumber"),
            table="entities", at="entity", whole=True,
        ),
        Part(
            f"""SELECT graph, subject AS key, {_EDGES}
                FROM (SELECT DISTINCT {{report}} AS graph, subject, predicate, object FROM claims WHERE status = 'done')
                GROUP BY ALL""",
            tuple(f"zt:{name}" for name in vocab.RELATIONS),
            table="claims", at="subject",
        ),
        Part(
            f"""SELECT '{DERIVED}' AS graph, region AS key, list_sort(list(DISTINCT policy)) AS adopts
                FROM adoptions GROUP BY ALL""",
            ("zt:adopts",),
            table="adoptions", at="region",
        ),
        Part(
            f"""SELECT '{DERIVED}' AS graph, member AS key, list_sort(list(DISTINCT family)) AS family
                FROM families GROUP BY ALL""",
            ("zt:family",),
            table="families", at="member",
        ),
    ),
    (
        Part(
            f"""SELECT '{DERIVED}' AS graph, family AS key, 'zt:PolicyFamily' AS type, min(name) AS name
                FROM families GROUP BY ALL""",
            ("rdf:type", "skos:prefLabel"),
            table="families", at="family",
        ),
    ),
    (
        Part(
            """SELECT {report} AS graph, claim AS key, 'zt:Claim' AS type, subject, 'zt:' || predicate AS predicate,
                      object, status, report, quote, char_start, char_end, rule
               FROM claims""",
            ("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "zt:status", "prov:wasDerivedFrom", "zt:quote",
             "zt:charStart", "zt:charEnd", "zt:rule"),
            table="claims", at="claim",
        ),
    ),
    (
        Part(
            """SELECT {report} AS graph, observation AS key, 'zt:Observation' AS type, indicator, indicator_text, value,
                      unit, region, year, report, quote, char_start, char_end, rule
               FROM observations""",
            ("rdf:type", "zt:indicator", "zt:indicatorText", "zt:value", "zt:unitText", "zt:region", "zt:year",
             "prov:wasDerivedFrom", "zt:quote", "zt:charStart", "zt:charEnd", "zt:rule"),
            table="observations", at="observation",
        ),
    ),
    (
        Part(
            f"""SELECT '{DERIVED}' AS graph, adoption AS key, 'zt:Adoption' AS type, region, policy, first_year,
                       list_sort(claims) AS claims
                FROM adoptions""",
            ("rdf:type", "zt:region", "zt:policy", "zt:firstYear", "prov:wasDerivedFrom"),
            table="adoptions", at="adoption",
        ),
    ),
    (
        Part(
            f"""SELECT {{report}} AS graph, {_UNRESOLVED} AS key, 'zt:Unresolved' AS type, min(surface) AS surface,
                       kind, list_sort(list(DISTINCT reason)) AS reason,
                       list_sort(list_distinct(flatten(list(string_split(nullif(candidates, ''), ' '))))) AS candidates,
                       report, char_start, char_end
                FROM unresolved GROUP BY ALL""",
            ("rdf:type", "zt:surface", "zt:kind", "zt:reason", "zt:candidate", "prov:wasDerivedFrom", "zt:charStart",
             "zt:charEnd"),
            table="unresolved", at=_UNRESOLVED,
        ),
    ),
)  # fmt: skip


def stream(connection: duckdb.DuckDBPyConnection, syntax: Syntax, *, split: bool = False) -> Iterator[Node]:
    """Every node of the graph, parts of one thing side by side, sorted by graph, kind and key."""
    parts = [
        [_rows(connection, part, syntax=syntax, number=number, split=split) for number, part in enumerate(group)]
        for group in PARTS
    ]
    if split:  # the graph comes before the kind
        parts = [[rows for group in parts for rows in group]]
    with _sparing(connection):
        for group in parts:  # queries run when their group is reached, and are forgotten after it
            yield from merge(*group)


@contextmanager
def _sparing(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Sets what `SPARING` says, for all connections to the store, and sets it back."""
    cursor = connection.cursor()
    names = ", ".join(f"current_setting('{name}')" for name in SPARING)
    (before,) = cursor.execute(f"SELECT {names}").fetchall()
    try:
        for name, value in SPARING.items():
            cursor.execute(f"SET {name} = '{value}'")
        yield
    finally:
        for name, value in zip(SPARING, before, strict=True):
            cursor.execute(f"SET {name} = '{value}'")


def _rows(
    connection: duckdb.DuckDBPyConnection, part: Part, *, syntax: Syntax, number: int, split: bool
) -> Iterator[Node]:
    cursor = connection.cursor()
    query = part.query.format(report="report" if split else "''")
    _, _, *columns = cursor.execute(f"DESCRIBE {query}").fetchall()
    said = [
        syntax.statements(PROPERTIES[curie], name, many=type.endswith("[]"))
        for curie, (name, type, *_) in zip(part.columns, columns, strict=True)
    ]
    by_report = split and "{report}" in part.query
    by = "graph" if by_report else "key"
    # sorted first and written then, so that the sort holds no more than the tables do
    (statement,) = cursor.extract_statements(f"""
        SELECT graph, rank, key, {number}, encode(iri), encode(concat({", ".join(said)}))
        FROM (SELECT *, {syntax.iri("key")} AS iri
              FROM (SELECT {"graph" if split else "''"} AS graph, {_RANK} AS rank, * EXCLUDE graph FROM ({query})
                    WHERE {by} >= ? AND {by} < ?)
              ORDER BY graph, rank, key)""")
    for bounds in _ranges(cursor, part, by_report=by_report):
        cursor.execute(statement, bounds)
        while batch := cursor.fetchmany(BATCH):
            yield from map(Node._make, batch)


def _ranges(cursor: duckdb.DuckDBPyConnection, part: Part, *, by_report: bool) -> Iterator[tuple[str, str]]:
    """Cuts keys, or reports, into ranges of about as many values, in the order of the nodes."""
    at = "report" if by_report else part.at
    sample = f"SELECT {at} AS key FROM {part.table} WHERE rowid % {STEP} = 0 ORDER BY {_RANK}, key"
    keys = [key for (key,) in cursor.execute(sample).fetchall()]
    most = WHOLE_RANGES if by_report and part.whole else RANGES
    size = max(VALUES // (len(part.columns) + 2) // STEP, len(keys) // most)  # graph and key are values, too
    cuts = keys[size::size]
    if not cuts:
        yield "", "\U0010ffff"
        return
    kinds = f"SELECT DISTINCT split_part({at}, ':', 1) || ':' AS key FROM {part.table} ORDER BY {_RANK}"
    for (kind,) in cursor.execute(kinds).fetchall():  # no range holds two: kinds have an order of their own
        bounds = [kind, *dict.fromkeys(cut for cut in cuts if cut.startswith(kind)), kind[:-1] + ";"]
        yield from pairwise(bounds)
