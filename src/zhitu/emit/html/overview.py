"""index.html: what is in the graph, at one look."""

from __future__ import annotations

from typing import Any

from .facts import LEVELS, POLICY_KINDS, ask, province_of
from .site import Site

MOST = 20  # policies in the list of the most shared
KINDS = ("region", "agency", "institution", "document", "program", "family")


def write_overview(site: Site, connection: Any) -> None:
    site.page(
        "index.html",
        "index.html",
        counts=_counts(connection),
        shared=_most_shared(connection),
        years=_bars(_by_year(connection)),
        tree=_tree(connection),
        reports=_reports(connection),
    )


def _counts(connection: Any) -> list[tuple[str, int]]:
    plural = dict(zip(KINDS, ("regions", "agencies", "institutions", "documents", "programs", "families"), strict=True))
    found = {
        row["kind"]: row["n"] for row in ask(connection, "SELECT kind, count(*) AS n FROM zt_views.thing GROUP BY 1")
    }
    first = [(name, connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in ("reports", "claims")]
    figures = connection.execute("SELECT count(*) FROM observations").fetchone()[0]
    return [first[0]] + [(plural[k], found.get(k, 0)) for k in KINDS] + [first[1], ("figures", figures)]


def _most_shared(connection: Any) -> list[Any]:
    return list(
        ask(
            connection,
            f"""
            SELECT a.policy, e.label, e.kind, count(DISTINCT a.region) AS regions, min(a.first_year) AS since
            FROM adoptions a JOIN zt_views.thing e ON e.entity = a.policy
            WHERE e.family IS NULL -- the family stands for its members
            GROUP BY ALL HAVING regions > 1 ORDER BY regions DESC, a.policy LIMIT {MOST}""",
        )
    )


def _by_year(connection: Any) -> list[tuple[int, dict[str, int]]]:
    years: dict[int, dict[str, int]] = {}
    query = """SELECT first_year AS year, e.kind, count(*) AS n
               FROM adoptions a JOIN zt_views.thing e ON e.entity = a.policy
               WHERE first_year IS NOT NULL AND e.kind <> 'family' GROUP BY ALL ORDER BY 1"""
    for row in ask(connection, query):
        years.setdefault(row["year"], {})[row["kind"]] = row["n"]
    return [(year, years.get(year, {})) for year in range(min(years), max(years) + 1)] if years else []


def _bars(years: list[tuple[int, dict[str, int]]]) -> list[dict[str, Any]]:
    """Stacked columns of the chart, 100 units high."""
    most = max((sum(kinds.values()) for _, kinds in years), default=1)
    columns = []
    for year, kinds in years:
        top, parts = 100.0, []
        for kind in POLICY_KINDS:
            height = 100 * kinds.get(kind, 0) / most
            top -= height
            if height:
                parts.append({"kind": kind, "y": round(top, 2), "height": round(height, 2), "n": kinds[kind]})
        columns.append({"year": year, "parts": parts, "total": sum(kinds.values()), "top": round(top, 2)})
    return columns


def _tree(connection: Any) -> list[dict[str, Any]]:
    """Regions that report or adopt, and the regions above them, as nested lists."""
    query = """
        SELECT t.entity, t.label, t.region AS parent, t.code, t.level,
               (SELECT count(*) FROM reports r WHERE r.region = t.entity) AS reports,
               (SELECT count(*) FROM adoptions a WHERE a.region = t.entity) AS policies
        FROM zt_views.thing t WHERE t.kind = 'region' ORDER BY t.code IS NULL, t.code, t.entity"""
    found = {row["entity"]: dict(row, parts=[]) for row in ask(connection, query)}
    wanted: set[str] = set()
    for key, row in found.items():
        while (row["reports"] or row["policies"] or key in wanted) and key not in wanted:
            wanted.add(key)
            key = found[key]["parent"] if found[key]["parent"] in found else key
            if key in wanted:
                break
            row = dict(found[key], reports=1)
    roots: list[dict[str, Any]] = []
    for key, row in found.items():
        if key not in wanted:
            continue
        parent = row["parent"]
        (found[parent]["parts"] if parent in wanted and parent != key else roots).append(row)
    for row in roots:
        row["place"] = province_of(row["entity"], row["code"]) if row["level"] != "province" else ""
    return _under_provinces(roots)


def _under_provinces(roots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One long list of roots is gathered by province, the nation first."""
    if len(roots) == 1 and roots[0]["parts"]:
        (nation,) = roots
        return [dict(nation, parts=[])] * bool(nation["reports"] or nation["policies"]) + nation["parts"]
    order = {level: n for n, level in enumerate(LEVELS)}
    return sorted(roots, key=lambda row: (row["entity"][7:9], order.get(row["level"] or "", 9), row["entity"]))


def _reports(connection: Any) -> list[Any]:
    return list(
        ask(
            connection,
            """
            SELECT r.report, r.title, r.file, r.year, e.label AS region, e.entity AS region_key
            FROM reports r LEFT JOIN zt_views.thing e ON e.entity = r.region
            ORDER BY r.year DESC NULLS LAST, r.region, r.report LIMIT 300""",
        )
    )
