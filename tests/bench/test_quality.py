"""The quality gate itself, and that it holds."""

from __future__ import annotations

import json

import pytest

from bench import quality
from bench.score import Outcome, Score


@pytest.fixture(scope="module")
def current():
    return quality.run()


def test_floors_hold(current):
    """No measure on the seeds is below its pinned floor, and gold and seeds are those it was pinned on."""
    assert quality.below(current) == []


def test_every_measure_has_a_floor(current):
    """A measure without a floor would fall unseen."""
    assert set(json.loads(quality.FLOORS.read_text(encoding="utf-8"))["floors"]) == set(current.values)


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(quality, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(quality, "PINNED", tmp_path / "pinned.json")


def made(right: int, missed: int, *, digest: str = "d") -> quality.Run:
    """A run that found so many documents and missed so many."""
    total = Score([Outcome("document", "right", "x")] * right + [Outcome("document", "missed", "x")] * missed)
    return quality.Run(
        total, quality.measures(total), {"a.txt": [f"missed document: {i}" for i in range(missed)]}, digest
    )


def test_a_fall_is_refused_and_named(files):
    """A floor falls only when that was asked for."""
    assert quality.pin(made(9, 1), lower=False) == []
    assert [line.split(":")[0] for line in quality.pin(made(8, 2), lower=False)] == ["document", "entities"]
    assert quality.below(made(9, 1)) == []
    assert quality.pin(made(8, 2), lower=True) == []
    assert quality.below(made(8, 2)) == []


def test_below_names_measure_and_corpus(files):
    """A worse run, and a run on other files, are told apart."""
    quality.pin(made(9, 1), lower=False)
    assert [line.split(":")[0] for line in quality.below(made(8, 2))] == ["document", "entities"]
    assert len(quality.below(made(9, 1, digest="other"))) == 1


def test_changes_are_told_item_by_item(files):
    """What a run gained and lost against the pinned one is listed by item."""
    quality.pin(made(8, 2), lower=False)
    assert quality.changes(made(9, 1)) == (["a.t missed document: 1"], [])
    assert quality.changes(made(7, 3)) == ([], ["a.t missed document: 2"])
