"""Divisions and townships."""

from __future__ import annotations

import re

from zhitu.lexicon.tsv import rows, values


def test_divisions_hang_together():
    """Every county and prefecture has a parent in the file; codes have six digits; years run forwards."""
    regions = rows("regions")
    codes = {row["code"] for row in regions}
    for row in regions:
        assert re.fullmatch(r"\d{6}", row["code"]), row
        assert row["level"] in ("province", "prefecture", "county"), row
        assert (row["parent_code"] in codes) if row["parent_code"] else row["level"] == "province", row
        assert not row["valid_to"] or int(row["valid_from"]) < int(row["valid_to"]), row


def test_townships_stand_in_counties():
    """A township's code begins with that of a division of today."""
    now = {row["code"] for row in rows("regions") if not row["valid_to"]}
    for row in rows("townships"):
        assert re.fullmatch(r"\d{9}", row["code9"]), row
        assert row["code9"].startswith(row["county_code"]), row
    assert len({row["county_code"] for row in rows("townships")} - now) == 0


def test_zones_stand_in_divisions():
    """A zone's host is a division of today, and no zone bears the name of one, nor two the same name."""
    regions = rows("regions")
    now = {row["code"] for row in regions if not row["valid_to"]}
    names = [name for row in rows("zones") for name in (row["name"], *values(row["aliases"]))]
    assert {row["host"] for row in rows("zones")} <= now
    assert not {row["name"] for row in regions if not row["valid_to"]} & set(names)
    assert len(names) == len(set(names))


def test_nothing_was_dropped():
    """All divisions of 2008 to 2025 and all townships of 2025 are there."""
    assert len(rows("regions")) == 3613
    assert len(rows("townships")) == 38723
