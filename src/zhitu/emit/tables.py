"""tables/*.csv for Excel, R, Stata and pandas; parquet/*.parquet for the same and for larger tools."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

from zhitu.emit.build import NEAR
from zhitu.tables import ALL_TABLES

if TYPE_CHECKING:
    import duckdb

FORMULA = re.compile(r"[=+@\t\r-](?![\d.]+$)")

# Zones and townships have no division code; the tail of the key, 371500-高新区, tells them apart as well.
CODE = "coalesce(g.code, substr(g.entity, 8))"

# every table with a label beside each key, in an order that follows from the content
CSV = {
    "reports": """
        SELECT r.report, r.file, r.title, {code} AS region_code, coalesce(g.full_name, g.label) AS region_label,
               r.region, r.year, r.issued, r.number, coalesce(p.label, r.publisher) AS publisher_label, r.publisher,
               coalesce(a.label, r.agent) AS agent_label, r.agent, r.encoding, r.characters, r.sha256
        FROM reports r LEFT JOIN entity_all g ON g.entity = r.region LEFT JOIN entity_all p ON p.entity = r.publisher
             LEFT JOIN entity_all a ON a.entity = r.agent
        ORDER BY r.file, r.report""",
    "entities": """
        WITH other AS (
            SELECT entity, string_agg(DISTINCT name, '; ' ORDER BY name) FILTER (role <> 'number') AS names,
                   string_agg(DISTINCT name, '; ' ORDER BY name) FILTER (role = 'number') AS numbers
            FROM label_all GROUP BY entity)
        SELECT e.entity, e.kind, e.label, e.full_name, e.code, e.level, e.region,
               coalesce(g.full_name, g.label) AS region_label,
               e.document_class, e.edition, o.numbers, e.family, e.family_name AS family_label,
               o.names AS all_names, e.reports
        FROM entity_all e LEFT JOIN entity_all g ON g.entity = e.region LEFT JOIN other o ON o.entity = e.entity
        ORDER BY e.entity""",
    "claims": """
        SELECT c.claim, s.label AS subject_label, c.predicate, o.label AS object_label, c.status, r.year,
               {code} AS region_code, g.label AS region_label, c.quote, r.file, c.char_start, c.char_end, c.rule,
               c.subject, c.object, c.report
        FROM claims c JOIN reports r USING (report) LEFT JOIN entity_all s ON s.entity = c.subject
             LEFT JOIN entity_all o ON o.entity = c.object LEFT JOIN entity_all g ON g.entity = r.region
        ORDER BY r.file, c.report, c.char_start, c.claim""",
    "observations": """
        SELECT b.observation, {code} AS region_code, g.label AS region_label, b.year, b.indicator,
               b.indicator_text, b.value, b.unit, b.quote, r.file, b.char_start, b.char_end, b.rule, b.region, b.report
        FROM observations b JOIN reports r USING (report) LEFT JOIN entity_all g ON g.entity = b.region
        ORDER BY r.file, b.report, b.char_start, b.observation""",
    # the long form that packages for event history and diffusion read: unit, policy, year
    "adoptions": """
        SELECT {code} AS region_code, coalesce(g.full_name, g.label) AS region, a.policy,
               a.policy_label, a.kind, a.first_year, a.reports
        FROM adoptions a LEFT JOIN entity_all g ON g.entity = a.region
        ORDER BY a.policy, a.first_year, a.region""",
    "unresolved": """
        WITH demand AS (
            SELECT kind, surface, reason, count(*) AS times, count(DISTINCT report) AS reports
            FROM unresolved GROUP BY kind, surface, reason)
        SELECT u.kind, u.surface, u.reason, u.candidates, d.times, d.reports, r.file, u.char_start, u.char_end, u.report
        FROM unresolved u JOIN reports r USING (report) JOIN demand d USING (kind, surface, reason)
        ORDER BY d.times DESC, u.kind, u.surface, u.reason, r.file, u.report, u.char_start""",
    "near_duplicates": f"""
        SELECT n.kind, n.a_label, n.b_label, n.reason, n.a_times, n.a_reports, n.b_times, n.b_reports,
               {{code}} AS region_code, coalesce(g.full_name, g.label) AS region_label, n.a, n.b
        FROM ({NEAR}) n LEFT JOIN entity_all g ON g.entity = n.region
        ORDER BY n.a_times + n.b_times DESC, n.a, n.b""",
}


def write_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """One CSV a table into folder `path`, UTF-8 with BOM: without it Excel shows Chinese as noise."""
    path.mkdir(parents=True, exist_ok=True)
    for name, query in CSV.items():
        cursor = connection.cursor().execute(query.format(code=CODE))
        with (path / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(column[0] for column in cursor.description or ())
            while batch := cursor.fetchmany(10_000):
                writer.writerows([_cell(value) for value in row] for row in batch)


def write_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The tables of the store as they are, one Parquet file each, into folder `path`."""
    path.mkdir(parents=True, exist_ok=True)
    for table in ALL_TABLES:
        target = (path / f"{table.name}.parquet").as_posix().replace("'", "''")
        connection.execute(f"COPY (SELECT * FROM {table.name} ORDER BY ALL) TO '{target}' (FORMAT parquet)")


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value
