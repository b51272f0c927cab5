"""Tiny reports, each with what must and what must not come out of it (notation: bench/expect.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bench import expect

TABLES = sorted(Path(__file__).parent.glob("*.yaml"))
KEYS = {"id", "title", "opening", "text", "file", "given", "expect", "forbid", "pending"}


def rows() -> list[tuple[str, dict]]:
    out = []
    for path in TABLES:
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for case in table["cases"]:
            out.append(
                (f"{path.stem}: {case['id']}", {"title": table["title"], "opening": table.get("opening", ""), **case})
            )
    return out


def parameter(name: str, case: dict):
    # a row that the rooms cannot read yet stays, and says why; when it can be read, the mark must go
    marks = [pytest.mark.xfail(reason=case["pending"], strict=True)] if "pending" in case else []
    return pytest.param(case, id=name, marks=marks)


@pytest.mark.parametrize("case", [parameter(name, case) for name, case in rows()])
def test_case(case):
    """The tiny report yields what its row expects, and nothing that it forbids."""
    text = "\n".join(part for part in (case["title"], case["opening"], case["text"]) if part) + "\n"
    extraction = expect.read(text, file=case.get("file", "case.txt"), given=case.get("given"))
    missing = [i for i in case.get("expect", ()) if not expect.holds(extraction, expect.parse(i))]
    spurious = [i for i in case.get("forbid", ()) if expect.holds(extraction, expect.parse(i))]
    if missing or spurious:
        wrong = "\n".join([*(f"  missing  {i}" for i in missing), *(f"  spurious {i}" for i in spurious)])
        pytest.fail(f"{text}{wrong}\ncame out:\n{expect.describe(extraction)}", pytrace=False)


def test_rows_are_well_formed():
    """Every row has a name of its own, expects or forbids something, and keeps to the notation."""
    names = [name for name, _ in rows()]
    assert len(names) == len(set(names))
    for name, case in rows():
        assert set(case) <= KEYS, name
        items = [*case.get("expect", ()), *case.get("forbid", ())]
        assert items, name
        for item in items:
            expect.parse(item)
