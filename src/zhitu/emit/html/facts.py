"""What the pages ask the store. Every question is answered by DuckDB, sorted, and read as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from zhitu.model import NATION

from .site import rows

Row = Mapping[str, Any]
# GB/T 2260, first two digits
PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆", "71": "台湾",
    "81": "香港", "82": "澳门", "00": "全国",
}  # fmt: skip
LEVELS = ("province", "prefecture", "county", "township", "village")
# What a region does with a policy, the strongest first: a version of its own, carrying it out, carrying out another's.
RELATIONS = ("issued", "runs", "implements", "mentions")
POLICY_KINDS = ("document", "program", "family")

# Each is made once a build, in a database in memory that the store's own cursors can see; all else joins them.
_TABLES = {
    "thing": """
        SELECT entity, kind, label, region, code, level, full_name, coalesce(zone, false) AS zone, document_class,
               edition, family, reports
        FROM entity_all
        UNION ALL
        SELECT f.family, 'family', min(f.name), NULL, NULL, NULL, NULL, false, NULL, NULL, NULL,
               count(DISTINCT e.report)
        FROM families f LEFT JOIN entities e ON e.entity = f.member
        GROUP BY f.family""",
    # one row per claim, with whose it is: the subject's own region, or the one whose organ the subject is
    "said": """
        SELECT c.claim, c.report, c.subject, c.predicate, c.object, c.status, c.quote, c.char_start, c.rule, r.year,
               r.title AS report_title, s.label AS subject_label, s.kind AS subject_kind, o.label AS object_label,
               o.kind AS object_kind, CASE WHEN s.kind = 'region' THEN s.entity ELSE s.region END AS place
        FROM claims c JOIN reports r USING (report)
        LEFT JOIN zt_views.thing s ON s.entity = c.subject LEFT JOIN zt_views.thing o ON o.entity = c.object""",
    # one row per region, policy and relation; the relations that make an adoption, and bare mentions beside them
    "tie": """
        WITH done AS (
            SELECT a.region, a.policy, c.predicate AS relation, min(r.year) AS first_year
            FROM (SELECT region, policy, unnest(claims) AS claim FROM adoptions) a
            JOIN claims c USING (claim) JOIN reports r USING (report) GROUP BY ALL),
        met AS (
            SELECT r.region, m.entity AS policy, min(r.year) AS first_year
            FROM mentions m JOIN reports r USING (report)
            WHERE m.kind IN ('document', 'program') AND r.region IS NOT NULL GROUP BY ALL)
        SELECT * FROM done
        UNION ALL
        SELECT m.region, m.policy, 'mentions', m.first_year FROM met m
        WHERE NOT EXISTS (SELECT 1 FROM done d WHERE d.region = m.region AND d.policy = m.policy)""",
    # one row per region and policy that it adopts, with the first sentence that says so
    "adopted": """
        WITH made AS (SELECT region, policy, unnest(claims) AS claim FROM adoptions),
        told AS (
            SELECT m.region, m.policy, min(s.year) AS first_year, count(*) AS claims,
                   list(DISTINCT s.predicate ORDER BY s.predicate) AS relations,
                   arg_min({'quote': s.quote, 'report': s.report, 'record': s.claim},
                           (coalesce(s.year, 9999), s.report, s.char_start, s.claim)) AS first
            FROM made m JOIN zt_views.said s USING (claim) GROUP BY m.region, m.policy),
        spread AS (SELECT policy, count(DISTINCT region) AS shared FROM told GROUP BY policy)
        SELECT t.region, t.policy, t.first_year, t.claims, t.relations, t.first.quote AS quote,
               t.first.report AS report, t.first.record AS record, s.shared, p.label AS policy_label,
               p.kind AS policy_kind, p.family AS policy_family,
               r.label AS region_label, r.full_name AS region_full, r.level AS region_level, r.code AS region_code
        FROM told t JOIN spread s USING (policy) JOIN zt_views.thing p ON p.entity = t.policy
        JOIN zt_views.thing r ON r.entity = t.region""",
}


@contextmanager
def prepared(connection: Any) -> Iterator[Any]:
    """The connection with the tables that the pages share made beside the store, and dropped afterwards."""
    connection.execute("ATTACH ':memory:' AS zt_views (READ_WRITE)")
    try:
        for name, query in _TABLES.items():
            connection.execute(f"CREATE TABLE zt_views.{name} AS {query}")
        yield connection
    finally:
        connection.execute("DETACH zt_views")


def ask(connection: Any, query: str, values: Iterable[object] = ()) -> Iterator[Row]:
    """Rows of one query, on a cursor of its own so that several may be read side by side."""
    cursor = connection.cursor()
    cursor.execute(query, list(values))
    yield from rows(cursor)


class Groups:
    """A sorted stream cut by its first column: `take(key)` gives the rows of `key` and forgets those before it."""

    def __init__(self, stream: Iterable[Row], *, by: str) -> None:
        self._stream, self._by = iter(stream), by
        self._next = next(self._stream, None)

    def take(self, key: str) -> list[Row]:
        found: list[Row] = []
        while self._next is not None and self._next[self._by] <= key:
            if self._next[self._by] == key:
                found.append(self._next)
            self._next = next(self._stream, None)
        return found


def level_of(key: str, level: str | None) -> str:
    """A region's level; the nation has one here, although it is none of a division's."""
    return level or ("nation" if key == f"region:{NATION}" else "")


def province_of(key: str, code: str | None = None) -> str:
    """Short name of a region's province from its code, or from the code that its key begins with."""
    digits = code or key.partition(":")[2]
    return PROVINCES.get(digits[:2], "")
