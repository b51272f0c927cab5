"""Pairs of things of one kind and place whose names differ by one character that is no number: slips and variants."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百]")
SHORTEST = 5  # characters; of shorter names too many differ by one and are different things


def write_near(connection: duckdb.DuckDBPyConnection) -> None:
    """Rewrites `near_duplicates`: listed for people, never fused; without the pairs that a review calls different.

    Two names differ by at most one character exactly if they are equal once one character is left out of either; so
    grouping by what is left finds them without comparing all with all.
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
    decided = set(connection.execute("SELECT key, other FROM decisions WHERE verdict = 'different'").fetchall())
    rows = [(kind, a, b, _reason(x, y)) for kind, a, x, b, y in sorted(pairs) if not {(a, b), (b, a)} & decided]
    connection.execute("DELETE FROM near_duplicates")
    if rows:
        values = [list(column) for column in zip(*rows, strict=True)]
        columns = ", ".join(["unnest(?::VARCHAR[])"] * len(values))
        connection.execute(f"INSERT INTO near_duplicates SELECT {columns}", values)


def _alike(one: str, other: str) -> bool:
    """The same numbers stand in both: the third and the fourth batch are two documents."""
    return one != other and NUMERALS.findall(one) == NUMERALS.findall(other)


def _reason(one: str, other: str) -> str:
    at = next((at for at, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    if len(one) == len(other):
        return f"one character differs: {one[at]}/{other[at]}"
    return f"one character more: {max(one, other, key=len)[at]}"
