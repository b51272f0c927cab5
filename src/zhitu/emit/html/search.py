"""The search index: every entity with its names, in shards that the search box reads one after another."""

from __future__ import annotations

from typing import Any

from .facts import ask, province_of
from .site import MARK, Site, asset, page_of, to_json

SHARD = 8_000  # entries a file: about 1 MB, read in a few milliseconds
LETTER = {"region": "r", "agency": "a", "institution": "i", "document": "d", "program": "p", "family": "f"}


def write_search(site: Site, connection: Any) -> None:
    """`search/0.js` …; regions and what most reports mention come first."""
    count = connection.execute("SELECT count(*) FROM zt_views.thing").fetchone()[0]
    shards = max(1, -(-count // SHARD))
    batch: list[list[object]] = []
    number = 0
    for row in ask(connection, _QUERY):
        batch.append(_entry(row))
        if len(batch) == SHARD:
            _write(site, batch, number=number, shards=shards)
            batch, number = [], number + 1
    if batch or not number:
        _write(site, batch, number=number, shards=shards)


_QUERY = """
    WITH other AS (
        SELECT n.entity, string_agg(n.name, '|' ORDER BY length(n.name), n.name) AS names
        FROM (SELECT DISTINCT l.entity, l.name FROM label_all l JOIN zt_views.thing t USING (entity)
              WHERE l.name <> t.label
              QUALIFY row_number() OVER (PARTITION BY l.entity ORDER BY length(l.name), l.name) <= 8) n
        GROUP BY n.entity)
    SELECT t.entity, t.kind, t.label, t.code, t.full_name, t.reports, o.names, p.full_name AS place
    FROM zt_views.thing t LEFT JOIN other o USING (entity) LEFT JOIN zt_views.thing p ON p.entity = t.region
    ORDER BY t.kind <> 'region', t.reports DESC, t.entity"""


def _entry(row: Any) -> list[object]:
    place = row["place"] or province_of(row["entity"], row["code"]) if row["kind"] == "region" else row["place"] or ""
    full = row["full_name"] if row["full_name"] != row["label"] else None
    names = "|".join(filter(None, [full, row["code"], row["names"]]))
    kind = LETTER.get(row["kind"], "d")
    return [row["label"], kind, page_of(row["entity"]), names[:300], row["reports"] or 0, place]


def _write(site: Site, batch: list[list[object]], *, number: int, shards: int) -> None:
    site.write(f"search/{number}.js", f"/* {MARK} */ zhitu.index({shards}, {to_json(batch)});\n")


def write_initials(site: Site) -> None:
    """`assets/initials.js`: which characters' readings begin with which letter."""
    table = dict(line.split(" ", 1) for line in asset("initials.txt").splitlines() if line[:1].isalpha())
    site.write("assets/initials.js", f"/* {MARK} */ zhitu.initials({to_json(table)});\n")
