"""matrix.html and timeline.html, and the table of adoptions that both read: regions × policies in a compact form.

A region is one string with one character a policy: a blank for none, else the year and what the region did with it.
That is two bytes an adoption and one a blank, so that 3,000 regions × 500 policies stay below 3 MB at any density.
"""

from __future__ import annotations

from typing import Any

from . import layout
from .facts import ask, level_of, province_of
from .site import MARK, Site, page_of, stem_of, to_json

POLICIES = 600  # columns at most: what a reader can scroll through; the tables hold the rest
REGIONS = 4_000
BITS = {"issued": 1, "runs": 2, "implements": 4}
NONE = "."
FIRST = 0x100  # first character of the code: two bytes in UTF-8 from here to U+07FF, which is enough for 223 years


def write_adoptions(site: Site, connection: Any) -> None:
    data = payload(connection)
    site.write("assets/adoptions.js", f"/* {MARK} */ globalThis.zhituAdoptions = {to_json(data)};\n")
    few = {"policies": len(data["policies"]), "regions": len(data["regions"])}
    scripts = ["adoptions.js", "evidence.js", "adoptions-page.js"]
    site.page("matrix.html", "matrix.html", scripts=[*scripts, "matrix.js"], few=few)
    site.page("timeline.html", "timeline.html", scripts=[*scripts, "timeline.js"], few=few)


def payload(connection: Any) -> dict[str, Any]:
    """Regions, the most shared policies, and who adopted what when; both with their place in a clustered order."""
    policies = _policies(connection)
    regions = list(
        ask(
            connection,
            f"""
            SELECT e.entity, e.label, e.code, e.level, e.full_name FROM zt_views.thing e
            WHERE e.entity IN (SELECT region FROM zt_views.adopted)
            ORDER BY e.code IS NULL, coalesce(e.code, e.entity), e.entity LIMIT {REGIONS}""",
        )
    )
    which = {row["policy"]: index for index, row in enumerate(policies)}
    place = {row["entity"]: index for index, row in enumerate(regions)}
    pairs: list[tuple[int, int]] = []
    years = _years(connection)
    cells = [[NONE] * len(policies) for _ in regions]
    for row in ask(connection, "SELECT region, policy, first_year, relations FROM zt_views.adopted ORDER BY 1, 2"):
        region, policy = place.get(row["region"]), which.get(row["policy"])
        if region is not None and policy is not None:
            bits = sum(BITS.get(relation, 0) for relation in row["relations"])
            cells[region][policy] = chr(FIRST + years.index(row["first_year"] or 0) * 8 + bits)
            pairs.append((region, policy))
    rounds = 12 if len(pairs) < 100_000 else 4
    ranks = layout.two_sided_order(pairs, left=len(regions), right=len(policies), rounds=rounds)
    return {
        "years": years,
        "regions": [_region(row, rank) for row, rank in zip(regions, ranks[0], strict=True)],
        "policies": [
            [
                row["label"],
                row["kind"],
                stem_of(row["policy"]),
                page_of(row["policy"]),
                rank,
                int(row["family"] in which),
            ]
            for row, rank in zip(policies, ranks[1], strict=True)
        ],
        "cells": ["".join(row) for row in cells],
        "total": connection.execute("SELECT count(DISTINCT policy) FROM zt_views.adopted").fetchone()[0],
    }


def _policies(connection: Any) -> list[Any]:
    """Those of two or more regions, the most shared first; where there are none, all."""
    query = """
        SELECT policy, any_value(policy_label) AS label, any_value(policy_kind) AS kind, any_value(shared) AS shared,
               any_value(policy_family) AS family
        FROM zt_views.adopted GROUP BY policy ORDER BY shared DESC, policy"""
    found = list(ask(connection, query))
    return ([row for row in found if row["shared"] > 1] or found)[:POLICIES]


def _years(connection: Any) -> list[int]:
    """0 for an unknown year, then every year met."""
    rows = connection.execute(
        "SELECT DISTINCT first_year FROM zt_views.adopted WHERE first_year IS NOT NULL ORDER BY 1"
    ).fetchall()
    return [0] + [row[0] for row in rows]


def _region(row: Any, rank: int) -> list[object]:
    province = province_of(row["entity"], row["code"])
    full = row["full_name"] or row["label"]
    return [
        row["label"],
        full,
        province,
        level_of(row["entity"], row["level"]),
        stem_of(row["entity"]),
        page_of(row["entity"]),
        rank,
    ]
