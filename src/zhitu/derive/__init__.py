"""derive: merged tables → policy families, adoptions, near-duplicates.

Group-by only, so that order and engine cannot matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitu.derive.near import write_near
from zhitu.model import NATION

if TYPE_CHECKING:
    import duckdb

# every entity that belongs to a family
FAMILIES = """
    INSERT INTO families
    SELECT family, min(family_name) OVER (PARTITION BY family), entity
    FROM entity_all WHERE family IS NOT NULL"""

# A region adopts what it, or an organ of it, is said to issue, implement or run, as done; with each policy the family
# that it belongs to. The nation adopts only what it is named as the subject of: a ministry's act is not the nation's.
ADOPTIONS = """
    INSERT INTO adoptions
    WITH act AS (
        SELECT CASE WHEN s.kind = 'region' THEN s.entity ELSE s.region END AS region, s.kind AS subject_kind,
               c.object, c.claim, c.report, r.year
        FROM claims c JOIN reports r USING (report) JOIN entity_all s ON s.entity = c.subject
        WHERE c.status = 'done' AND c.predicate IN ('issued', 'implements', 'runs')),
    local AS (
        SELECT * FROM act
        WHERE region IS NOT NULL AND (subject_kind = 'region' OR region <> $nation)),
    policy AS (
        SELECT entity AS object, entity AS policy, label, kind FROM entity_all WHERE kind IN ('document', 'program')
        UNION ALL
        SELECT member, family, name, 'family' FROM families)
    SELECT 'adoption:' || substr(l.region, 8) || '-' || replace(p.policy, ':', '-') AS adoption,
           l.region, p.policy, min(p.label), min(p.kind), min(l.year),
           list(DISTINCT l.claim ORDER BY l.claim), count(DISTINCT l.report)
    FROM local l JOIN policy p USING (object)
    GROUP BY l.region, p.policy"""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Rewrites the derived tables from the others, in one transaction."""
    connection.execute("BEGIN")
    try:
        connection.execute("DELETE FROM families")
        connection.execute("DELETE FROM adoptions")
        connection.execute(FAMILIES)
        connection.execute(ADOPTIONS, {"nation": f"region:{NATION}"})
        write_near(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
