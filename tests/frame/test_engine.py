"""The engine: every item has its outcome, whatever happens to it, and wherever it runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from zhitu.engine import open_engine
from zhitu.engine.local import Local
from zhitu.errors import InputError, UsageError, ZhituError


def work(word: str) -> str:
    if word == "crash":
        os._exit(9)
    if word == "hang":
        time.sleep(60)
    if word == "bug":
        raise KeyError("x")
    if word == "refuse":
        raise InputError("no text", remedy="fetch it")
    if word == "deep":
        return work(word)
    return word.upper()


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_every_item_has_one_outcome(workers: int) -> None:
    """As many outcomes as items, each with its own item."""
    words = [f"w{number}" for number in range(50)]
    outcomes = list(Local(workers=workers).map(work, words))
    assert {outcome.item: outcome.value for outcome in outcomes} == {word: word.upper() for word in words}
    assert len(outcomes) == len(words)


@pytest.mark.parametrize(
    ("word", "workers", "reason"),
    [
        ("bug", 0, "KeyError: 'x' (at frame/test_engine.py, work)"),
        ("bug", 2, "KeyError: 'x' (at frame/test_engine.py, work)"),
        ("refuse", 0, "no text\n  → fetch it"),
        ("refuse", 2, "no text\n  → fetch it"),
        ("hang", 0, "took longer than 0.3 s"),
        ("hang", 2, "took longer than 0.3 s"),
        ("crash", 2, "the process that read it died (exit code 9)"),
    ],
)
def test_a_failure_is_an_outcome_and_spoils_no_other(word: str, workers: int, reason: str) -> None:
    """The reason names what happened; the items before and after it come out."""
    words = ["a", "b", word, "c", "d"]
    outcomes = {outcome.item: outcome for outcome in Local(workers=workers, timeout=0.3).map(_warm, words)}
    assert outcomes.pop(word).failure == reason
    assert {item: outcome.value for item, outcome in outcomes.items()} == {"a": "A", "b": "B", "c": "C", "d": "D"}


def _warm(word: str) -> str:
    return work(word)


@pytest.mark.parametrize("workers", [0, 1])
def test_endless_recursion_is_a_failure(workers: int) -> None:
    """A RecursionError does not end the build."""
    (outcome,) = Local(workers=workers).map(work, ["deep"])
    assert (outcome.failure or "").startswith("RecursionError")


def test_leaving_early_ends_the_processes() -> None:
    """Who stops taking results leaves no process behind."""
    import multiprocessing

    outcomes = Local(workers=2).map(work, ["a", "hang", *map(str, range(1000))])
    next(iter(outcomes))
    outcomes.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_a_process_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error with a remedy, not a quarantine of every report."""
    from zhitu.engine import local

    monkeypatch.setattr(local, "_serve", _die)
    with pytest.raises(ZhituError, match="did not start"):
        list(Local(workers=1).map(work, ["a"]))


def _die(*_: object) -> None:
    os._exit(1)


def test_read_gives_each_file_once(tmp_path: Path) -> None:
    """Names are relative to the folder given; hidden files and other suffixes are passed over; no file comes twice."""
    for name in ("a.txt", "sub/b.TXT", "sub/c.csv", ".git/d.txt", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    files = list(Local().read([tmp_path, tmp_path / "sub"], suffixes=(".txt",)))
    assert [file.file for file in files] == ["a.txt", "b.TXT", "e.txt"]
    assert [Path(file.root, file.file).read_text() for file in files] == ["a.txt", "sub/b.TXT", "e.txt"]


def test_read_refuses_what_is_not_there(tmp_path: Path) -> None:
    """A misspelt path is a mistake of the caller, not an empty folder."""
    with pytest.raises(UsageError, match="no such file or folder"):
        list(Local().read([tmp_path / "nothing"], suffixes=(".txt",)))


def test_group_and_write() -> None:
    """Groups are sorted by key and keep order; writing hands over batches and counts."""
    assert list(Local().group(["bb", "a", "cc", "d"], key=len)) == [(1, ["a", "d"]), (2, ["bb", "cc"])]
    batches: list[list[int]] = []
    assert Local(batch=2).write(iter(range(5)), to=batches.append) == 5
    assert batches == [[0, 1], [2, 3], [4]]


def test_open_engine_refuses_nonsense() -> None:
    """A negative number of workers is a usage error."""
    with pytest.raises(UsageError):
        open_engine(workers=-1)
