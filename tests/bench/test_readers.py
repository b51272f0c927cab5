"""The reports of readers: no set falls below what it reached."""

from __future__ import annotations

import json

import pytest

from bench import readers

PINNED = json.loads(readers.FLOORS.read_text(encoding="utf-8"))


def test_every_set_is_pinned():
    """A set without floors would fall unseen."""
    assert set(PINNED) == {folder.name for folder in readers.sets()}


@pytest.mark.parametrize("name", PINNED)
def test_floors_hold(name):
    """Entities, relations, figures and headers of each set stay where they were."""
    total, wrong = readers.run(readers.HERE / name)
    reached = readers.floors(total)
    below = {measure: reached[measure] for measure, floor in PINNED[name].items() if reached[measure] < floor}
    assert not below, "\n".join(wrong)
