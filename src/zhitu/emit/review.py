"""A review file to begin with: what waits for people, each entry commented out, so that they only have to uncomment.

Sorted by what does not change from build to build, so that two of them can be compared line by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from zhitu.emit.build import NEAR, UNRESOLVED

if TYPE_CHECKING:
    import duckdb

AROUND = 18  # characters of the report on either side of a quote: enough to see whose 高新区 it is
OPTIONS = 4  # candidates and bearers of the same name that are offered
PLAIN = re.compile(r"[a-z]+:[\w-]+|[\u4e00-\u9fff]+")  # what YAML reads as the text that it is, in brackets too

HEAD = """\
## What is open in this graph. Uncomment what you decide (take “# ” away), save it, and build with
##     zhitu build INPUT -o OUT --review THIS_FILE
## The order of entries does not matter. Nothing is fused or linked that does not stand here.
## Of a name that means one thing here and another there, say where: mention: {kind: …, surface: …, report: FILE}
"""
FIRST = """
    WITH place AS (
        SELECT m.entity, m.surface, r.sha256, r.file, m.char_start, m.char_end,
               row_number() OVER (PARTITION BY m.entity ORDER BY r.file, m.char_start, m.char_end) AS rank
        FROM mentions m JOIN reports r USING (report) WHERE m.entity IN (SELECT unnest(?)))
    SELECT entity, sha256, file, char_start, char_end, surface FROM place WHERE rank = 1"""
OPEN = f"""
    WITH demand AS ({UNRESOLVED} ORDER BY times DESC, kind, surface, reason LIMIT ?),
         place AS (
             SELECT u.kind, u.surface, u.reason, r.sha256, r.file, u.char_start, u.char_end,
                    row_number() OVER (PARTITION BY u.kind, u.surface, u.reason
                                       ORDER BY r.file, u.char_start, u.char_end) AS rank
             FROM unresolved u JOIN reports r USING (report)),
         namesake AS (
             SELECT e.kind, n.name AS surface, list(e.entity ORDER BY e.reports DESC, e.entity) AS entities
             FROM label_all n JOIN entity_all e USING (entity) GROUP BY e.kind, n.name)
    SELECT d.kind, d.surface, d.reason, d.times, d.reports, d.candidates, coalesce(s.entities, []),
           p.sha256, p.file, p.char_start, p.char_end
    FROM demand d JOIN place p USING (kind, surface, reason) LEFT JOIN namesake s USING (kind, surface)
    WHERE p.rank = 1 ORDER BY d.kind, d.surface, d.reason"""

Texts = Callable[[str], str]


def template(connection: duckdb.DuckDBPyConnection, *, texts: Texts, limit: int) -> str:
    """The text of the file. `texts` gives a report's text by its digest; `limit` unresolved names, the most met."""
    parts = [HEAD, *_near(connection, texts), *_open(connection, texts, limit=limit)]
    return "\n".join(parts)


def _near(connection: duckdb.DuckDBPyConnection, texts: Texts) -> Iterator[str]:
    cursor = connection.execute(f"{NEAR} ORDER BY n.a, n.b")
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    keys = sorted({row[side] for row in rows for side in "ab"})
    first = {key: place for key, *place in connection.execute(FIRST, [keys]).fetchall()} if keys else {}
    for row in rows:
        # the one more often met is offered as the one to keep
        sides = sorted("ab", key=lambda side: (-row[f"{side}_times"], side))
        yield f"## {row['kind']}: {_clean(row['reason'])}\n" + "".join(
            f"##   {_clean(row[f'{side}_label'])}    {_met(row[f'{side}_times'], row[f'{side}_reports'])}"
            f"{_quote(first.get(row[side]), texts)}\n"
            for side in sides
        ) + "".join(
            f"# - {verdict}: [{', '.join(_scalar(row[side]) for side in sides)}]\n" for verdict in ("same", "different")
        )  # fmt: skip


def _open(connection: duckdb.DuckDBPyConnection, texts: Texts, *, limit: int) -> Iterator[str]:
    rows = connection.execute(OPEN, [limit]).fetchall()
    for kind, surface, reason, times, reports, candidates, namesakes, *place in rows:
        about = f"{{kind: {kind}, surface: {_scalar(surface)}}}"
        options = list(dict.fromkeys([*candidates, *namesakes]))[:OPTIONS]
        yield (
            f"## {kind} {_clean(surface)}: {_clean(reason)}\n"
            f"##   {_met(times, reports)}{_quote([*place, surface], texts)}\n"
            + "".join(f"# - mention: {about}\n#   is: {_scalar(key)}\n" for key in options)
            + f"# - mention: {about}\n#   is: nothing  # or any key of tables/entities.csv\n"
        )


def _met(times: int, reports: int) -> str:
    return f"{times} {'mention' if times == 1 else 'mentions'} in {reports} {'report' if reports == 1 else 'reports'}"


def _quote(place: list[Any] | None, texts: Texts) -> str:
    """The words around a place: digest and name of its file, start, end, surface."""
    if place is None:
        return ""
    digest, file, start, end, surface = place
    try:
        text = texts(digest)
        words = f"{text[max(0, start - AROUND) : start]}【{text[start:end]}】{text[end : end + AROUND]}"
    except OSError:
        words = surface
    return f"; {_clean(file)}: …{_clean(words)}…"


def _clean(text: str) -> str:
    """On one line, without what YAML does not admit even in a comment."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _scalar(text: str) -> str:
    if PLAIN.fullmatch(text) or text == "nothing":
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
