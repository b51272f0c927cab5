"""region/KEY.html, policy/KEY.html, organ/KEY.html: one entity on a page.

Each part of the pages is one sorted query over the whole store; the pages are made by walking all of them once, in
the order of the keys, so that the work is linear in the graph and only one entity's rows are held at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .evidence import anchor_of
from .facts import Groups, Row, ask, province_of
from .picture import Card, Line, draw, strongest
from .site import FOLDERS, Site, page_of, stem_of

LISTED = 300  # rows of a list on a page; the tables hold the rest
QUOTE = 260  # characters of a quote on these pages; the report has all of it
PREDICATES = ("issued", "implements", "runs", "leads", "established", "studied", "revised", "repealed", "concerns")
DRAWN = 12  # cards in a column of the small picture
RARE = 40  # a policy of more regions tells little about who resembles whom (and keeps the work linear)


def write_entities(site: Site, connection: Any) -> None:
    streams = {name: Groups(ask(connection, query), by="owner") for name, query in _STREAMS.items()}
    things = ask(
        connection,
        """
        SELECT t.*, p.label AS place_label, p.full_name AS place_full, f.label AS family_label
        FROM zt_views.thing t LEFT JOIN zt_views.thing p ON p.entity = t.region
        LEFT JOIN zt_views.thing f ON f.entity = t.family ORDER BY t.entity""",
    )
    for thing in things:
        parts = {name: stream.take(thing["entity"]) for name, stream in streams.items()}
        folder = FOLDERS.get(thing["kind"], "policy")
        site.page(page_of(thing["entity"]), "entity.html", folder=folder, thing=thing, **_values(thing, folder, parts))


def _values(thing: Row, folder: str, parts: dict[str, list[Row]]) -> dict[str, Any]:
    adoptions = parts["adoptions"] = by_family(parts["adoptions"])
    return {
        "names": [row for row in parts["names"] if row["name"] != thing["label"]],
        "adoptions": adoptions[:LISTED],
        "adoptions_more": max(0, len(adoptions) - LISTED),
        "picture": _picture(thing, folder, parts),
        "does": by_predicate(row for row in parts["claims"] if row["side"] == "does"),
        "done": by_predicate(row for row in parts["claims"] if row["side"] == "done"),
        "figures": sorted((_figure(row) for row in parts["figures"][:LISTED]), key=lambda row: not row["near"]),
        "figures_more": max(0, len(parts["figures"]) - LISTED),
        "about": [row for row in parts["reports"] if row["about"]],
        "met": [row for row in parts["reports"] if not row["about"]][:LISTED],
        "parts": [row for row in parts["parts"] if row["kind"] == "region"][:LISTED],
        "organs": [row for row in parts["parts"] if row["kind"] in ("agency", "institution")][:LISTED],
        "members": parts["members"][:LISTED],
        "anchor_of": anchor_of,
        "short": lambda text: text if len(text) <= QUOTE else text[:QUOTE] + "…",
        "province": province_of(thing["entity"], thing["code"]) if folder == "region" else "",
    }


def by_family(rows: Sequence[Row]) -> list[Row]:
    """Policies in their order, but each one of a family right after its family; `inside` says so."""
    present = {row["other"] for row in rows}
    members: dict[str, list[Row]] = {}
    for row in rows:
        if row["family"] in present:
            members.setdefault(row["family"], []).append({**row, "inside": True})
    heads = [{**row, "inside": False} for row in rows if row["family"] not in present]
    groups = [(head, *members.get(head["other"], ())) for head in heads]
    return [{**row, "with": group[0]["shared"]} for group in groups for row in group]


def by_predicate(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Claims as `predicate → year → claims`, in the order of PREDICATES, newest years first, lists cut at LISTED."""
    order = {predicate: n for n, predicate in enumerate(PREDICATES)}
    chosen = sorted(rows, key=lambda r: (order.get(r["predicate"], 99), r["predicate"], -(r["year"] or 0)))
    groups = []
    for predicate, group in groupby(chosen, key=lambda r: r["predicate"]):
        claims = list(group)
        years = [(year, list(some)) for year, some in groupby(claims[:LISTED], key=lambda r: r["year"])]
        groups.append({"predicate": predicate, "n": len(claims), "more": max(0, len(claims) - LISTED), "years": years})
    return groups


def _figure(row: Row) -> dict[str, Any]:
    """A figure with its peers: `above` and `below` are the nearest values of other regions of its level."""
    near = [p for p in [*reversed(row["above"] or []), *(row["below"] or [])] if p and p["region"] != row["owner"]]
    return dict(row, near=near, box=_box(row))


def _box(row: Row) -> dict[str, float] | None:
    """Positions from 0 to 100 of quartiles and of the value itself between the least and the greatest."""
    low, high, value = row["least"], row["most"], row["number"]
    if row["peers"] < 3 or low is None or value is None or high <= low:
        return None
    at = {name: round(100 * (row[name] - low) / (high - low), 1) for name in ("lower", "middle", "upper")}
    return at | {"value": round(100 * (value - low) / (high - low), 1)}


def _picture(thing: Row, folder: str, parts: dict[str, list[Row]]) -> Markup | None:
    draws = {"region": _region_picture, "policy": _policy_picture, "organ": _organ_picture}
    columns, lines = draws[folder](thing, parts)
    if len(lines) < 2:
        return None
    return draw(columns, lines, label=thing["label"])


def _own(thing: Row) -> Card:
    return Card("self", thing["label"], f"{thing['kind']} self", "#main")


def _card(entity: str, label: str, kind: str) -> Card:
    return Card(entity, label, kind, f"../{page_of(entity)}")


def _region_picture(thing: Row, parts: dict[str, list[Row]]) -> tuple[Sequence[Sequence[Card]], list[Line]]:
    shared = [row for row in parts["adoptions"] if row["shared"] > 1 and not row["inside"]][:DRAWN]
    partners = parts["partners"][: DRAWN - 2]
    among = {row["other"] for row in shared}
    lines = [Line("self", row["other"], strongest(row["relations"]), f"#a-{stem_of(row['other'])}") for row in shared]
    for partner in partners:
        for tie in partner["ties"]:
            if tie["policy"] in among:
                address = f"../{page_of(partner['partner'])}#a-{stem_of(tie['policy'])}"
                lines.append(Line(tie["policy"], partner["partner"], strongest(tie["relations"]), address))
    reached = {line.end for line in lines}
    right = [_card(p["partner"], p["label"], "region") for p in partners if p["partner"] in reached]
    return [[_own(thing)], [_card(r["other"], r["label"], r["kind"]) for r in shared], right], lines


def _policy_picture(thing: Row, parts: dict[str, list[Row]]) -> tuple[Sequence[Sequence[Card]], list[Line]]:
    adopters = parts["adoptions"][:DRAWN]
    lines = [Line(r["other"], "self", strongest(r["relations"]), f"#a-{stem_of(r['other'])}") for r in adopters]
    related: dict[str, tuple[Card, Line]] = {}
    for row in parts["claims"]:
        other, side = (row["object"], "object") if row["side"] == "does" else (row["subject"], "subject")
        if row[f"{side}_kind"] in ("document", "program") and other != thing["entity"]:
            line = Line("self", other, row["predicate"], f"../{page_of(row['report'])}#{anchor_of(row['claim'])}")
            related.setdefault(other, (_card(other, row[f"{side}_label"], row[f"{side}_kind"]), line))
    for row in parts["members"]:
        card = _card(row["member"], row["label"], "document")
        related.setdefault(row["member"], (card, Line("self", row["member"], "member", card.href)))
    chosen = list(related.values())[:DRAWN]
    lines += [line for _, line in chosen]
    return [[_card(r["other"], r["label"], "region") for r in adopters], [_own(thing)], [c for c, _ in chosen]], lines


def _organ_picture(thing: Row, parts: dict[str, list[Row]]) -> tuple[Sequence[Sequence[Card]], list[Line]]:
    found: dict[str, tuple[Card, Line]] = {}
    for row in parts["claims"]:
        if row["side"] == "does":
            address = f"../{page_of(row['report'])}#{anchor_of(row['claim'])}"
            card = _card(row["object"], row["object_label"] or row["object"], row["object_kind"] or "")
            found.setdefault(row["object"], (card, Line("self", row["object"], row["predicate"], address)))
    chosen = list(found.values())[:DRAWN]
    return [[_own(thing)], [card for card, _ in chosen]], [line for _, line in chosen]


_STREAMS = {
    "names": "SELECT entity AS owner, role, name FROM label_all ORDER BY owner, role, length(name), name",
    # a region answers for its organs; a family for its members
    "claims": """
        SELECT * FROM (
            SELECT place AS owner, 'does' AS side, * FROM zt_views.said WHERE place IS NOT NULL
            UNION ALL SELECT subject, 'does', * FROM zt_views.said WHERE subject_kind <> 'region'
            UNION ALL SELECT object, 'done', * FROM zt_views.said
            UNION ALL SELECT f.family, 'done', s.* FROM zt_views.said s JOIN families f ON f.member = s.object)
        ORDER BY owner, side, year, report, char_start, claim""",
    "adoptions": """
        SELECT region AS owner, policy AS other, policy_label AS label, policy_kind AS kind, NULL AS level, first_year,
               relations, quote, report, record, shared, claims, policy_family AS family,
               -shared AS first_order, first_year AS second_order
        FROM zt_views.adopted
        UNION ALL
        SELECT policy, region, coalesce(region_full, region_label), 'region', region_level, first_year, relations,
               quote, report, record, shared, claims, NULL, coalesce(first_year, 9999), 0
        FROM zt_views.adopted ORDER BY owner, first_order, second_order, other""",
    "partners": f"""
        WITH rare AS (SELECT * FROM zt_views.adopted WHERE shared BETWEEN 2 AND {RARE})
        SELECT a.region AS owner, b.region AS partner, any_value(b.region_label) AS label, count(*) AS common,
               list({{'policy': b.policy, 'relations': b.relations}} ORDER BY b.policy) AS ties
        FROM rare a JOIN rare b ON a.policy = b.policy AND a.region <> b.region
        GROUP BY a.region, b.region
        QUALIFY row_number() OVER (PARTITION BY a.region ORDER BY common DESC, b.region) <= {DRAWN}
        ORDER BY owner, common DESC, partner""",
    "figures": """
        WITH number AS (
            SELECT o.observation, o.region AS owner, o.indicator_text, o.unit, o.year, o.value, o.quote, o.report,
                   o.char_start, TRY_CAST(o.value AS DOUBLE) AS number, e.label AS region_label, e.level,
                   coalesce(o.indicator, o.indicator_text) AS indicator
            FROM observations o JOIN zt_views.thing e ON e.entity = o.region)
        SELECT *, count(*) OVER kin AS peers, min(number) OVER kin AS least, max(number) OVER kin AS most,
               quantile_cont(number, 0.25) OVER kin AS lower, quantile_cont(number, 0.5) OVER kin AS middle,
               quantile_cont(number, 0.75) OVER kin AS upper, rank() OVER (kin ORDER BY number DESC) AS place,
               list({'region': owner, 'label': region_label, 'value': value, 'year': year}) OVER (
                   kin ORDER BY number DESC, owner, year, observation
                   ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS above,
               list({'region': owner, 'label': region_label, 'value': value, 'year': year}) OVER (
                   kin ORDER BY number DESC, owner, year, observation
                   ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING) AS below
        FROM number WINDOW kin AS (PARTITION BY indicator, unit, level)
        ORDER BY owner, year DESC, report, char_start, observation""",
    "reports": """
        SELECT r.region AS owner, r.report, r.title, r.file, r.year, true AS about
        FROM reports r WHERE r.region NOT NULL
        UNION ALL
        SELECT DISTINCT m.entity, r.report, r.title, r.file, r.year, false FROM mentions m JOIN reports r USING (report)
        WHERE m.entity IS DISTINCT FROM r.region
        ORDER BY owner, about DESC, year DESC, report""",
    "parts": """
        SELECT region AS owner, entity, label, kind, reports FROM zt_views.thing
        WHERE region IS NOT NULL AND kind IN ('region', 'agency', 'institution') AND region <> entity
        ORDER BY owner, kind, reports DESC, entity""",
    "members": """
        SELECT f.family AS owner, f.member, e.label, p.label AS place_label, e.region AS place
        FROM families f JOIN zt_views.thing e ON e.entity = f.member LEFT JOIN zt_views.thing p ON p.entity = e.region
        ORDER BY owner, place, member""",
}
