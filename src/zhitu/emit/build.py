"""build.json: what went in, what came out, and what people should look at. No clock time, no path: reproducible."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import combinations
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
NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百]")
SHORTEST = 5  # characters; of shorter names too many differ by one and are different things


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
    """Pairs of one kind and place whose names differ by one character that is no number: slips and variants.

    Listed for people, never fused. Two names differ by at most one character exactly if they are equal once one
    character is left out of either; so grouping by what is left finds them without comparing all with all.
    """
    query = "SELECT kind, region, entity, label FROM entity_all WHERE length(label) >= ? ORDER BY entity"
    groups: dict[tuple[str, str | None, int, str], list[tuple[str, str]]] = defaultdict(list)
    for kind, region, entity, label in connection.execute(query, [SHORTEST]).fetchall():
        for at in range(len(label)):
            groups[kind, region, at, label[:at] + label[at + 1 :]].append((entity, label))
        groups[kind, region, -1, label].append((entity, label))
    pairs = set()
    for (kind, region, at, rest), members in groups.items():
        whole = groups.get((kind, region, -1, rest), []) if at >= 0 else []  # these have a character less
        pairs |= {(kind, *a, *b) for a, b in combinations(sorted({*members, *whole}), 2) if _alike(a[1], b[1])}
    return [{"kind": kind, "a": [a, first], "b": [b, second]} for kind, a, first, b, second in sorted(pairs)]


def _alike(one: str, other: str) -> bool:
    """The same numbers stand in both: the third and the fourth batch are two documents."""
    return one != other and NUMERALS.findall(one) == NUMERALS.findall(other)
