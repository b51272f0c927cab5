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
# what people should look at, with demand: how often each is mentioned, in how many reports
NEAR = """
    WITH met AS (SELECT entity, count(*) AS times, count(DISTINCT report) AS reports FROM mentions GROUP BY entity)
    SELECT n.kind, n.reason, a.label AS a_label, b.label AS b_label,
           coalesce(x.times, 0) AS a_times, coalesce(x.reports, 0) AS a_reports,
           coalesce(y.times, 0) AS b_times, coalesce(y.reports, 0) AS b_reports, a.region, n.a, n.b
    FROM near_duplicates n JOIN entity_all a ON a.entity = n.a JOIN entity_all b ON b.entity = n.b
         LEFT JOIN met x ON x.entity = n.a LEFT JOIN met y ON y.entity = n.b"""
UNRESOLVED = """
    SELECT kind, surface, reason, count(*) AS times, count(DISTINCT report) AS reports,
           list_sort(list_filter(list_distinct(flatten(list(string_split(coalesce(candidates, ''), ' ')))),
                                 lambda x: x <> '')) AS candidates
    FROM unresolved GROUP BY kind, surface, reason"""


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
        "review": _review(connection),
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
    query = f"{UNRESOLVED} ORDER BY times DESC, kind, surface, reason LIMIT ?"
    return _records(connection, query, [UNRESOLVED_SHOWN])


def _near(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    return [
        {
            "kind": row["kind"],
            "a": [row["a"], row["a_label"]],
            "b": [row["b"], row["b_label"]],
            "reason": row["reason"],
            "times": [row["a_times"], row["b_times"]],
            "reports": [row["a_reports"], row["b_reports"]],
        }
        for row in _records(connection, f"{NEAR} ORDER BY n.a, n.b")
    ]


def _review(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    """The decisions in force, without what does not apply to each; `reports`: in how many each found something."""
    records = _records(connection, "SELECT * FROM decisions ORDER BY ALL")
    return [{name: value for name, value in record.items() if value != ""} for record in records]
