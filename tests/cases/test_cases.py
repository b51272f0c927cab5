"""Tiny reports, each with what must and what must not come out of it (notation: bench/expect.py)."""

from __future__ import annotations

import pytest

from bench import expect
from bench.cases import rows, run, text_of

ROWS = rows()
KEYS = {"id", "title", "opening", "text", "file", "given", "expect", "forbid", "pending"}


def parameter(name: str, case: dict):
    # a row that the rooms cannot read yet stays, and says why; when it can be read, the mark must go
    marks = [pytest.mark.xfail(reason=case["pending"], strict=True)] if "pending" in case else []
    return pytest.param(case, id=name, marks=marks)


@pytest.mark.parametrize("case", [parameter(name, case) for name, case in ROWS])
def test_case(case):
    """The tiny report yields what its row expects, and nothing that it forbids."""
    wrong, out = run(case)
    if wrong:
        lines = "".join(f"  {line}\n" for line in wrong)
        pytest.fail(f"{text_of(case)}{lines}came out:\n{out}", pytrace=False)


def test_rows_are_well_formed():
    """Every row has a name of its own, expects or forbids something, and keeps to the notation."""
    names = [name for name, _ in ROWS]
    assert len(names) == len(set(names))
    for name, case in ROWS:
        assert set(case) <= KEYS, name
        items = [*case.get("expect", ()), *case.get("forbid", ())]
        assert items, name
        for item in items:
            expect.parse(item)
