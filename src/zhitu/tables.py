"""Each table's columns, declared once. Rows are tuples in this order; types are DuckDB's.

Every table but the derived ones carries `report`, so that a report can be replaced or removed as a whole.
Keys are IRI tails: `region:321302`, `agency:321302-宿城区司法局`, `claim:0f…`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[tuple[str, str], ...]
    derived: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


def _table(name: str, columns: str, *, derived: bool = False) -> Table:
    pairs = (column.strip().split(" ", 1) for column in columns.split(","))
    return Table(name, tuple((n, t) for n, t in pairs), derived)


REPORTS = _table(
    "reports",
    "report VARCHAR, sha256 VARCHAR, file VARCHAR, title VARCHAR, region VARCHAR, year INTEGER, issued VARCHAR, "
    "publisher VARCHAR, agent VARCHAR, number VARCHAR, encoding VARCHAR, characters INTEGER",
)
# one row per report and stretch of its source: title, header, heading, body, signature, furniture
SEGMENTS = _table("segments", "report VARCHAR, char_start INTEGER, char_end INTEGER, kind VARCHAR, planned BOOLEAN")
# one row per report and entity met in it; all columns after `kind` follow from the key alone
ENTITIES = _table(
    "entities",
    "report VARCHAR, entity VARCHAR, kind VARCHAR, name VARCHAR, region VARCHAR, code VARCHAR, level VARCHAR, "
    "full_name VARCHAR, zone BOOLEAN, document_class VARCHAR, edition VARCHAR, family VARCHAR, family_name VARCHAR",
)
# every label and document number of an entity; `role` is pref, alt or number
NAMES = _table("names", "report VARCHAR, entity VARCHAR, role VARCHAR, name VARCHAR")
MENTIONS = _table(
    "mentions",
    "report VARCHAR, entity VARCHAR, kind VARCHAR, char_start INTEGER, char_end INTEGER, surface VARCHAR, rule VARCHAR",
)
CLAIMS = _table(
    "claims",
    "claim VARCHAR, report VARCHAR, subject VARCHAR, predicate VARCHAR, object VARCHAR, status VARCHAR, "
    "quote VARCHAR, char_start INTEGER, char_end INTEGER, rule VARCHAR",
)
OBSERVATIONS = _table(
    "observations",
    "observation VARCHAR, report VARCHAR, indicator VARCHAR, indicator_text VARCHAR, value VARCHAR, unit VARCHAR, "
    "region VARCHAR, year INTEGER, quote VARCHAR, char_start INTEGER, char_end INTEGER, rule VARCHAR",
)
UNRESOLVED = _table(
    "unresolved",
    "report VARCHAR, kind VARCHAR, surface VARCHAR, reason VARCHAR, candidates VARCHAR, char_start INTEGER, "
    "char_end INTEGER",
)
# derived from the tables above by `derive`, rewritten whole
FAMILIES = _table("families", "family VARCHAR, name VARCHAR, member VARCHAR", derived=True)
ADOPTIONS = _table(
    "adoptions",
    "adoption VARCHAR, region VARCHAR, policy VARCHAR, policy_label VARCHAR, kind VARCHAR, first_year INTEGER, "
    "claims VARCHAR[], reports INTEGER",
    derived=True,
)
# pairs that may be slips of one another, for people to decide; those decided are not among them
NEAR_DUPLICATES = _table("near_duplicates", "kind VARCHAR, a VARCHAR, b VARCHAR, reason VARCHAR", derived=True)

# what the store keeps of its own doings, so that builds are incremental
INPUTS = _table("inputs", "place VARCHAR, file VARCHAR, sha256 VARCHAR")  # `place`: digest of the path, not the path
# one row per content: under which name it was read, by which version, and how it went: read or quarantined
READINGS = _table(
    "readings",
    "sha256 VARCHAR, report VARCHAR, file VARCHAR, given VARCHAR, made_by VARCHAR, status VARCHAR, reason VARCHAR",
)
NOTES = _table("notes", "key VARCHAR, value VARCHAR")
# reports that a review changed, with their rows as they were read: JSON, rows by table
ORIGINALS = _table("originals", "report VARCHAR, rows VARCHAR")
# the review in force. `verdict`: same (`other` becomes `key`), different (`key`, `other`), entity (what is called
# `surface` is `key`) or nothing (it is no entity); `reports`: in how many it found something to decide
DECISIONS = _table(
    "decisions",
    "verdict VARCHAR, key VARCHAR, other VARCHAR, kind VARCHAR, surface VARCHAR, report VARCHAR, note VARCHAR, "
    "reports INTEGER",
)

SOURCE_TABLES = (REPORTS, SEGMENTS, ENTITIES, NAMES, MENTIONS, CLAIMS, OBSERVATIONS, UNRESOLVED)
DERIVED_TABLES = (FAMILIES, ADOPTIONS, NEAR_DUPLICATES)
ALL_TABLES = SOURCE_TABLES + DERIVED_TABLES
BOOK_TABLES = (INPUTS, READINGS, NOTES, ORIGINALS, DECISIONS)

# What merging means, in one place: union of rows, and of each attribute its smallest value. `label` is the longest
# preferred name, the smallest among equals. All readers of a finished store go through these views.
VIEWS = {
    "label_all": """
        SELECT DISTINCT entity, role, name FROM names""",
    "entity_all": """
        WITH pref AS (
            SELECT entity, first(name ORDER BY length(name) DESC, name) AS label
            FROM names WHERE role = 'pref' GROUP BY entity)
        SELECT e.entity, min(e.kind) AS kind, min(coalesce(p.label, e.name)) AS label, min(e.region) AS region,
               min(e.code) AS code, min(e.level) AS level, min(e.full_name) AS full_name, bool_or(e.zone) AS zone,
               min(e.document_class) AS document_class, min(e.edition) AS edition, min(e.family) AS family,
               min(e.family_name) AS family_name, count(*) AS reports
        FROM entities e LEFT JOIN pref p USING (entity) GROUP BY e.entity""",
    # one row per s, p, o: done when at least one report states it as done
    "edge_all": """
        SELECT c.subject, c.predicate, c.object,
               CASE WHEN bool_or(c.status = 'done') THEN 'done' ELSE 'planned' END AS status,
               min(r.year) AS first_year, count(*) AS claims, count(DISTINCT c.report) AS reports
        FROM claims c JOIN reports r USING (report) GROUP BY c.subject, c.predicate, c.object""",
}
