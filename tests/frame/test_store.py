"""The store: reports come and go as a whole; what is not ours is not touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from zhitu.errors import StoreError
from zhitu.store import Input, Reading, open_store

CLAIM = ("claim:1", "report:a", "region:1", "runs", "program:1", "done", "推行", 0, 2, "r")


def reading(name: str, status: str = "read") -> Reading:
    return Reading(name, f"report:{name}", f"{name}.txt", "", "1", status)


def claims(path: Path) -> list[str]:
    with open_store(path, read_only=True) as store:
        return [row[0] for row in store.connection.execute("SELECT report FROM claims ORDER BY 1").fetchall()]


def test_a_report_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """What a report said before is gone when it is put again."""
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        store.put([(reading("a"), {"claims": [CLAIM, ("claim:2", *CLAIM[1:])]})])
        store.put(
            [(reading("a"), {"claims": [CLAIM]}), (reading("b"), {"claims": [("claim:3", "report:b", *CLAIM[2:])]})]
        )
        assert set(store.readings()) == {"a", "b"}
    assert claims(path) == ["report:a", "report:b"]


def test_a_report_that_no_file_holds_is_dropped(tmp_path: Path) -> None:
    """`settle` keeps exactly what the known files hold, and says what went."""
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        store.put(
            [(reading("a"), {"claims": [CLAIM]}), (reading("b"), {"claims": [("claim:3", "report:b", *CLAIM[2:])]})]
        )
        assert store.settle([Input("p", "b.txt", "b")]) == ["a"]
        assert store.inputs() == [Input("p", "b.txt", "b")]
    assert claims(path) == ["report:b"]


def test_a_failed_batch_leaves_nothing(tmp_path: Path) -> None:
    """All or nothing: rows that do not fit leave the store as it was."""
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        store.put([(reading("a"), {"claims": [CLAIM]})])
        with pytest.raises((duckdb.Error, ValueError)):
            store.put([(reading("a"), {"claims": [CLAIM, ("too", "short")]})])
        assert set(store.readings()) == {"a"}
    assert claims(path) == ["report:a"]


def test_notes(tmp_path: Path) -> None:
    """A note is kept, changed and wiped."""
    with open_store(tmp_path / "s.duckdb") as store:
        assert store.note("x") is None
        store.set_note("x", "1")
        store.set_note("x", "2")
        assert store.note("x") == "2"
        store.set_note("x", None)
        assert store.note("x") is None


def test_views_merge(tmp_path: Path) -> None:
    """An edge is done when one report states it as done; an entity's label is its longest preferred name."""
    with open_store(tmp_path / "s.duckdb") as store:
        planned = ("claim:2", "report:b", *CLAIM[2:5], "planned", *CLAIM[6:])
        rows = [("report:a", 2020), ("report:b", 2018)]
        columns = [(key, key[7:], "f", "t", None, year, None, None, None, None, "utf-8", 1) for key, year in rows]
        entity = ("report:a", "program:1", "program", "制", None, None, None, None, False, None, None, None, None)
        names = [("report:a", "program:1", "pref", "河长"), ("report:b", "program:1", "pref", "河长制")]
        store.put(
            [
                (reading("a"), {"claims": [CLAIM], "reports": columns[:1], "entities": [entity], "names": names[:1]}),
                (reading("b"), {"claims": [planned], "reports": columns[1:], "names": names[1:]}),
            ]
        )
        edge = store.connection.execute("SELECT status, first_year, claims, reports FROM edge_all").fetchall()
        assert edge == [("done", 2018, 2, 2)]
        assert store.connection.execute("SELECT label, reports FROM entity_all").fetchall() == [("河长制", 1)]


def test_no_store_to_read(tmp_path: Path) -> None:
    """The remedy is the command that makes one."""
    with pytest.raises(StoreError, match="zhitu build"):
        open_store(tmp_path / "zhitu.duckdb", read_only=True)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Neither opened nor written over."""
    path = tmp_path / "zhitu.duckdb"
    path.write_text("my notes, " * 1000)
    with pytest.raises(StoreError, match="not a zhitu store"):
        open_store(path)
    assert path.read_text().startswith("my notes")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """No table is made beside those of another program."""
    path = tmp_path / "zhitu.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(StoreError, match="something else"):
        open_store(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SHOW TABLES").fetchall() == [("mine",)]


def test_a_store_with_other_columns_says_so(tmp_path: Path) -> None:
    """A store of another version is not misread."""
    path = tmp_path / "zhitu.duckdb"
    open_store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("ALTER TABLE claims ADD COLUMN mood VARCHAR")
    with pytest.raises(StoreError, match="other tables"):
        open_store(path)


def test_a_store_in_use_says_so(tmp_path: Path) -> None:
    """A second process hears that the first one is at work, and what to do."""
    path = tmp_path / "zhitu.duckdb"
    script = (
        "import sys, pathlib; from zhitu.store import open_store\n"
        "from zhitu.errors import StoreError\n"
        "try: open_store(pathlib.Path(sys.argv[1]))\n"
        "except StoreError as error: print(error)\n"
    )
    with open_store(path):
        done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "in use by another process" in done.stdout
    assert "build into another folder" in done.stdout
