"""The store: tables and views of `tables.py` in one DuckDB file, changed a report at a time.

A report's rows come and go as a whole, in one transaction with the note of what was read, so that an interrupted
build leaves a store that the next build can go on from. duckdb is imported when a store is opened.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitu.errors import StoreError
from zhitu.tables import ALL_TABLES, BOOK_TABLES, DECISIONS, ENTITIES, NOTES, ORIGINALS, SOURCE_TABLES, VIEWS, Table

if TYPE_CHECKING:
    import duckdb

FILE = "zhitu.duckdb"
BATCH = 200  # reports whose rows are held at once
Rows = Mapping[str, Sequence[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was given to a build: the digest of its path, its name, the digest of its bytes."""

    place: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reading of one content went; a row of `readings`."""

    sha256: str
    report: str
    file: str
    given: str
    made_by: str
    status: str  # read or quarantined
    reason: str = ""


class Store:
    """An open store. Use `open_store`; as a context manager it closes itself."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what happens inside."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def inputs(self) -> list[Input]:
        """Every file known so far."""
        return [Input(*row) for row in self._all("SELECT place, file, sha256 FROM inputs")]

    def readings(self) -> dict[str, Reading]:
        """What was read so far, by digest of the content."""
        query = "SELECT sha256, report, file, given, made_by, status, reason FROM readings"
        return {row[0]: Reading(*row) for row in self._all(query)}

    def put(self, batch: Sequence[tuple[Reading, Rows]]) -> None:
        """Takes the rows of reports in, in place of what they said before."""
        with self.transaction():
            self._forget([reading for reading, _ in batch])
            for table in SOURCE_TABLES:
                self._insert(table, [row for _, rows in batch for row in rows.get(table.name, ())])
            self._insert(BOOK_TABLES[1], [astuple(reading) for reading, _ in batch])

    def settle(self, inputs: Iterable[Input]) -> list[str]:
        """Writes down which files are known; drops the reports that no known file holds. Gives their digests."""
        with self.transaction():
            self.connection.execute("DELETE FROM inputs")
            self._insert(BOOK_TABLES[0], sorted(astuple(item) for item in inputs))
            query = """SELECT sha256, report, file, given, made_by, status, reason FROM readings
                       WHERE sha256 NOT IN (SELECT sha256 FROM inputs) ORDER BY sha256"""
            gone = [Reading(*row) for row in self._all(query)]
            self._forget(gone)
        return [reading.sha256 for reading in gone]

    def note(self, key: str) -> str | None:
        """A fact about the store itself, or None."""
        found = self.connection.execute("SELECT value FROM notes WHERE key = ?", [key]).fetchone()
        return found[0] if found else None

    def set_note(self, key: str, value: str | None) -> None:
        """Writes a fact about the store itself down; None wipes it."""
        with self.transaction():
            self.connection.execute("DELETE FROM notes WHERE key = ?", [key])
            if value is not None:
                self._insert(NOTES, [(key, value)])

    def _forget(self, readings: Sequence[Reading]) -> None:
        query = "SELECT sha256, report FROM readings WHERE sha256 IN (SELECT unnest(?))"
        known = self.connection.execute(query, [[reading.sha256 for reading in readings]]).fetchall()
        if not known:
            return
        digests, reports = ([row[at] for row in known] for at in (0, 1))
        for table in (*SOURCE_TABLES, ORIGINALS):
            self._drop(table, reports)
        self.connection.execute("DELETE FROM readings WHERE sha256 IN (SELECT unnest(?))", [digests])

    def entities(self, keys: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """By key what is known of these entities: columns of `entities` from `kind` on, the label as name."""
        columns = ", ".join("label" if name == "name" else name for name in ENTITIES.names[2:])
        query = f"SELECT entity, {columns} FROM entity_all WHERE entity IN (SELECT unnest(?::VARCHAR[]))"
        return {key: tuple(rest) for key, *rest in self.connection.execute(query, [sorted(keys)]).fetchall()}

    def holding(self, keys: Iterable[str], *, unresolved: Iterable[tuple[str, str]]) -> list[str]:
        """Reports in which one of the keys is an entity or a candidate, or one of these kinds and surfaces is open."""
        query = """
            WITH sought AS (SELECT unnest($keys::VARCHAR[]) AS entity),
                 open AS (SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($surfaces::VARCHAR[]) AS surface)
            SELECT report FROM entities SEMI JOIN sought USING (entity)
            UNION SELECT report FROM unresolved SEMI JOIN open USING (kind, surface)
            UNION SELECT report FROM (SELECT report, unnest(string_split(candidates, ' ')) AS entity FROM unresolved)
                  SEMI JOIN sought USING (entity)
            ORDER BY report"""
        pairs = sorted(set(unresolved))
        given = {"keys": sorted(keys), "kinds": [kind for kind, _ in pairs], "surfaces": [name for _, name in pairs]}
        return [row[0] for row in self.connection.execute(query, given).fetchall()]

    def revise(self, reports: Sequence[str], *, change: Callable[[Rows], Rows]) -> None:
        """Puts what `change` makes of each of these reports' rows in their place; `restore` brings them back."""
        for some in _batches(reports):
            old = self._rows(some)
            new = [change(rows) for rows in old.values()]
            with self.transaction():
                self._insert(
                    ORIGINALS, [(report, json.dumps(rows, ensure_ascii=False)) for report, rows in old.items()]
                )
                self._replace(some, new)

    def _rows(self, reports: list[str]) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
        found: dict[str, dict[str, list[tuple[Any, ...]]]] = {
            report: {table.name: [] for table in SOURCE_TABLES} for report in reports
        }
        for table in SOURCE_TABLES:
            at = table.names.index("report")
            query = f"SELECT * FROM {table.name} WHERE report IN (SELECT unnest(?)) ORDER BY ALL"
            for row in self.connection.execute(query, [reports]).fetchall():
                found[row[at]][table.name].append(row)
        return found

    def restore(self) -> None:
        """Undoes every `revise`."""
        for some in _batches([row[0] for row in self._all("SELECT report FROM originals ORDER BY report")]):
            query = "SELECT rows FROM originals WHERE report IN (SELECT unnest(?))"
            rows = [json.loads(row[0]) for row in self.connection.execute(query, [some]).fetchall()]
            with self.transaction():
                self._drop(ORIGINALS, some)
                self._replace(some, rows)

    def decisions(self) -> list[tuple[Any, ...]]:
        """The review in force: rows of `decisions`."""
        return self._all("SELECT * FROM decisions ORDER BY ALL")

    def set_decisions(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Writes down which review is in force."""
        with self.transaction():
            self.connection.execute("DELETE FROM decisions")
            self._insert(DECISIONS, rows)

    def _replace(self, reports: Sequence[str], rows: Sequence[Rows]) -> None:
        for table in SOURCE_TABLES:
            self._drop(table, reports)
            self._insert(table, [row for item in rows for row in item[table.name]])

    def _drop(self, table: Table, reports: Sequence[str]) -> None:
        self.connection.execute(f"DELETE FROM {table.name} WHERE report IN (SELECT unnest(?))", [list(reports)])

    def _insert(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        # whole columns at once: fifty times faster than a statement a row
        columns = ", ".join(f"unnest(?::{kind}[])" for _, kind in table.columns)
        values = [list(column) for column in zip(*rows, strict=True)]
        self.connection.execute(f"INSERT INTO {table.name} SELECT {columns}", values)

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


def _batches(reports: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(reports), BATCH):
        yield list(reports[start : start + BATCH])


def open_store(path: Path, *, read_only: bool = False) -> Store:
    """Opens the store at `path`, makes it if it is not there and may be written. Raises StoreError."""
    if read_only and not path.exists():
        raise StoreError(f"there is no store at {path}", remedy=f"make one: zhitu build INPUT -o {path.parent}")
    connection = _connect(path, read_only=read_only)
    try:
        _check(connection, path)
        if not read_only:
            _create(connection)
    except BaseException:
        connection.close()
        raise
    return Store(connection, path)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise _store_error(path, str(error)) from error


def _store_error(path: Path, words: str) -> StoreError:
    if "lock" in words.lower():
        remedy = "wait until the other zhitu that works on it has ended, or build into another folder"
        return StoreError(f"{path} is in use by another process", remedy=remedy)
    if "different configuration" in words:
        return StoreError(f"{path} is open in this very process", remedy="close the graph first: graph.close()")
    if "not a valid DuckDB" in words:
        return StoreError(f"{path} is not a zhitu store", remedy="build into another folder, or move that file away")
    return StoreError(f"cannot open {path}: {words.splitlines()[0]}", remedy="check the folder's name and rights")


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Tables of ours that are there must be as declared; tables of others must not be there."""
    query = """SELECT table_name, list(column_name ORDER BY ordinal_position) FROM information_schema.columns
               WHERE table_schema = 'main' AND table_name NOT IN (SELECT unnest(?)) GROUP BY table_name"""
    found = dict(connection.execute(query, [list(VIEWS)]).fetchall())
    declared = {table.name: list(table.names) for table in (*ALL_TABLES, *BOOK_TABLES)}
    if found and not set(found) & set(declared):
        raise StoreError(f"{path} is a database of something else", remedy="build into another folder")
    if any(columns != declared.get(name) for name, columns in found.items()):
        remedy = f"delete {path} and build again: nothing is in it that the reports do not give again"
        raise StoreError(f"{path} was made by a version of zhitu with other tables", remedy=remedy)


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for table in (*ALL_TABLES, *BOOK_TABLES):
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns)
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")
    for name, query in VIEWS.items():
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")
