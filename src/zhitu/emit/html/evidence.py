"""The words behind each relation between a region and a policy: one small file a region, read when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .facts import RELATIONS, Row, ask
from .site import MARK, Site, stem_of, to_json

WORDS = 12  # claims kept per region and policy; the region's own page has all
LONGEST = 400  # characters of a quote

# All claims that make an adoption, and the first mention of what a report only mentions.
_QUERY = """
    WITH made AS (SELECT region, policy, unnest(claims) AS claim FROM adoptions)
    SELECT m.region, m.policy, s.predicate, s.year, s.status, s.quote, s.report, s.claim AS record, s.report_title,
           CASE WHEN s.subject_kind = 'region' THEN '' ELSE s.subject_label END AS who, s.char_start
    FROM made m JOIN zt_views.said s USING (claim)
    UNION ALL
    SELECT t.region, t.policy, 'mentions', r.year, 'done', arg_min(m.surface, m.char_start), m.report,
           'mention:' || min(m.char_start), r.title, '', min(m.char_start)
    FROM zt_views.tie t JOIN reports r ON r.region = t.region
    JOIN mentions m ON m.report = r.report AND m.entity = t.policy
    WHERE t.relation = 'mentions' GROUP BY t.region, t.policy, r.year, m.report, r.title
    ORDER BY region, policy, year, report, char_start, record"""


def anchor_of(record: str) -> str:
    """Where a claim, figure or mention stands in its report's page: `claim:0f…` is `c-0f…`."""
    kind, _, slug = record.partition(":")
    return f"{kind[0]}-{slug}"


def by_region(connection: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pairs of region and its content: `policies` to rows of words, `reports` to titles."""
    region: str | None = None
    held: list[Row] = []
    for row in ask(connection, _QUERY):
        if row["region"] != region and held:
            yield str(region), _content(held)
            held = []
        region = row["region"]
        held.append(row)
    if held:
        yield str(region), _content(held)


def _content(found: Iterable[Row]) -> dict[str, Any]:
    policies: dict[str, list[list[object]]] = {}
    reports: dict[str, str] = {}
    for row in found:
        words = policies.setdefault(stem_of(row["policy"]), [])
        if len(words) >= WORDS or row["predicate"] not in RELATIONS:
            continue
        report = stem_of(row["report"])
        reports[report] = row["report_title"] or ""
        quote = row["quote"] if len(row["quote"]) <= LONGEST else row["quote"][:LONGEST] + "…"
        who = row["who"] or ""
        words.append([row["predicate"], row["year"] or 0, row["status"], quote, report, anchor_of(row["record"]), who])
    return {"policies": policies, "reports": reports}


def write_evidence(site: Site, connection: Any) -> None:
    for region, content in by_region(connection):
        stem = stem_of(region)
        site.write(f"evidence/{stem}.js", f'/* {MARK} */ zhituEvidence.give("{stem}", {to_json(content)});\n')
