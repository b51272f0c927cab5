"""Adoptions and families follow from claims by grouping alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import zhitu
from frame.conftest import write_reports
from zhitu import pipeline

LAW = "document:CN-中华人民共和国行政复议法"
# what a report says → who adopts what since when
CASES = [
    ("a region issues", "issued 甲规定", {("321302", "document:321302-甲规定", 2020)}),
    ("a region implements", "implements 中华人民共和国行政复议法", {("321302", LAW, 2020)}),
    ("a region runs", "runs 一网通办", {("321302", "program:CN-一网通办", 2020)}),
    ("an organ of it acts for it", "by 321302 司法局 implements 中华人民共和国行政复议法", {("321302", LAW, 2020)}),
    ("what is planned is not adopted", "runs! 一网通办", set()),
    ("what is studied is not adopted", "studied 中华人民共和国行政复议法", set()),
    ("what is repealed is not adopted", "repealed 甲规定", set()),
    (
        "with a document its family is adopted",
        "issued 甲规定 ~甲",
        {("321302", "document:321302-甲规定", 2020), ("321302", "family:甲", 2020)},
    ),
    ("a ministry's act is not the nation's", "by 000000 司法部 issued 中华人民共和国行政复议法", set()),
    ("stated twice is one adoption", "runs 一网通办\nruns 一网通办", {("321302", "program:CN-一网通办", 2020)}),
    (
        "stated as done once is done",
        "runs! 一网通办\nruns 一网通办",
        {("321302", "program:CN-一网通办", 2020)},
    ),
]


@pytest.mark.parametrize(("about", "says", "expected"), CASES, ids=[case[0] for case in CASES])
def test_adoption(about: str, says: str, expected: set[tuple[str, str, int]], tmp_path: Path) -> None:
    """Region or organ of it; issued, implements or runs; done."""
    write_reports(tmp_path / "in", {"a.txt": f"宿城区 321302 2020\n{says}\n"})
    pipeline.build(tmp_path / "in", out=tmp_path / "out")
    with zhitu.open(tmp_path / "out") as graph:
        rows = graph.connection.execute("SELECT substr(region, 8), policy, first_year FROM adoptions").fetchall()
    assert set(rows) == expected
    assert len(rows) == len(expected)


def test_the_nation_adopts_what_it_is_the_subject_of(tmp_path: Path) -> None:
    """A report of the nation speaks of the nation as of a region."""
    write_reports(tmp_path / "in", {"a.txt": "中国 000000 2019\nruns 一网通办\n"})
    pipeline.build(tmp_path / "in", out=tmp_path / "out")
    with zhitu.open(tmp_path / "out") as graph:
        assert graph.connection.execute("SELECT region FROM adoptions").fetchall() == [("region:000000",)]


def test_first_year_and_evidence(tmp_path: Path) -> None:
    """The first year is the earliest report's; every claim behind it is named, every report counted."""
    reports = {f"{year}.txt": f"宿城区 321302 {year}\nruns 一网通办\n" for year in (2021, 2019, 2020)}
    write_reports(tmp_path / "in", reports)
    pipeline.build(tmp_path / "in", out=tmp_path / "out")
    with zhitu.open(tmp_path / "out") as graph:
        query = "SELECT adoption, first_year, claims, reports FROM adoptions"
        ((key, year, claims, count),) = graph.connection.execute(query).fetchall()
        known = {claim["claim"] for claim in graph.claims()}
    assert (key, year, count) == ("adoption:321302-program-CN-一网通办", 2019, 3)
    assert set(claims) == known
    assert claims == sorted(claims)


def test_local_versions_meet_in_a_family(built: Path) -> None:
    """Documents of two regions keep their identity and share a family, which both regions adopt."""
    with zhitu.open(built) as graph:
        families = graph.connection.execute("SELECT family, name, member FROM families ORDER BY member").fetchall()
        shared = {policy["policy"]: policy for policy in graph.shared_policies()}
    assert families == [
        ("family:重大行政决策程序", "重大行政决策程序", "document:321302-宿城区重大行政决策程序规定"),
        ("family:重大行政决策程序", "重大行政决策程序", "document:420111-洪山区重大行政决策程序规定"),
    ]
    regions = shared["family:重大行政决策程序"]["regions"]
    assert [(region["label"], region["first_year"]) for region in regions] == [("洪山区", 2018), ("宿城区", 2020)]
