"""build.json: what went in, what came out, and what people should look at. No clock time, no path: reproducible."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

UNRESOLVED_SHOWN = 200  # the most frequent; all of them stand in tables/unresolved.csv

COUNTS = {
    "reports": "SELECT count(*) FROM reports",
    "entities": "SELECT count(*) FROM entity_all",
    "mentions": "SELECT count(*) FROM mentions",
    "claims": "SELECT count(*) FROM claims",
    "observations": "SELECT count(*) FROM observations",
    "families": "SELECT count(DISTINCT family) FROM families",
    "adoptions": "SELECT count(*) FROM adoptions",
    "shared_policies": """SELECT count(*) FROM (
        SELECT policy FROM adoptions GROUP BY policy HAVING count(DISTINCT region) > 1)""",
    "unresolved": "SELECT count(*) FROM unresolved",
}
TALLIES = {
    "entities_by_kind": "SELECT kind, count(*) FROM entity_all GROUP BY kind ORDER BY kind",
    "claims_by_predicate": "SELECT predicate, count(*) FROM claims GROUP BY predicate ORDER BY predicate",
}
# Names of one kind and one region that differ by one character which is no digit and no letter of an edition: misprints
# and variants. Listed for people; never fused.
NEAR = """
    WITH e AS (SELECT entity, kind, label, coalesce(region, '') AS region, length(label) AS n,
                      regexp_replace(label, '[0-9〇一二三四五六七八九十百省市区县乡镇村]', '', 'g') AS bare
               FROM entity_all WHERE length(label) >= 5)
    SELECT a.kind, a.entity, a.label, b.entity, b.label
    FROM e a JOIN e b ON a.kind = b.kind AND a.region = b.region AND a.entity < b.entity
         AND abs(a.n - b.n) <= 1 AND abs(length(a.bare) - length(b.bare)) <= 1
    WHERE a.bare <> b.bare AND levenshtein(a.label, b.label) = 1
    ORDER BY a.entity, b.entity"""


def count(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """How much of everything is in the graph."""
    counts: dict[str, Any] = {name: _one(connection, query) for name, query in COUNTS.items()}
    for name, query in TALLIES.items():
        counts[name] = dict(connection.execute(query).fetchall())
    return counts


def write_build(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str, version: str) -> None:
    """Writes build.json."""
    content = {
        "zhitu": version.partition("+")[0],
        "reader": version,
        "base_iri": base_iri,
        "inputs": _inputs(connection),
        "quarantined": _quarantined(connection),
        "counts": count(connection),
        "unresolved": _unresolved(connection),
        "near_duplicates": _near(connection),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _records(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | None = None) -> list[Any]:
    cursor = connection.execute(query, parameters or [])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _inputs(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    query = """SELECT i.file, i.sha256,
                      CASE WHEN i.file = r.file THEN r.status ELSE 'same as ' || r.file END AS status
               FROM inputs i LEFT JOIN readings r USING (sha256) ORDER BY i.file, i.sha256"""
    return _records(connection, query)


def _quarantined(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    return _records(
        connection, "SELECT file, sha256, reason FROM readings WHERE status = 'quarantined' ORDER BY file, sha256"
    )


def _unresolved(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    query = """SELECT kind, surface, reason, count(*) AS times, count(DISTINCT report) AS reports
               FROM unresolved GROUP BY kind, surface, reason ORDER BY times DESC, kind, surface, reason LIMIT ?"""
    return _records(connection, query, [UNRESOLVED_SHOWN])


def _near(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    pairs = connection.execute(NEAR).fetchall()
    return [{"kind": kind, "a": [a, first], "b": [b, second]} for kind, a, first, b, second in pairs]
