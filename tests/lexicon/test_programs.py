"""The rows of programs.tsv, tested both ways: what they must find, and what they must leave alone."""

from __future__ import annotations

import re

import pytest

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.programs import by_name, programs
from zhitu.lexicon.tsv import rows, values

MARKS = {"any", "system", "quoted", "topic"}
KINDS = {"reform", "system", "mechanism", "campaign", "model", "platform", "brand", "day", "slogan"}
SYSTEM = "制度|机制|改革|工作|体制|体系|制"
ROWS = rows("programs")


def forms(row: dict[str, str]) -> list[str]:
    return [squash(form) for form in (row["name"], *values(row["variants"]))]


def surfaces(form: str, text: str) -> list[re.Match[str]]:
    """Where a form stands in a text, whatever marks and separators stand between its characters."""
    return list(re.finditer(r"[^\w\s]*".join(map(re.escape, form)), text, re.IGNORECASE))


def counts(row: dict[str, str], form: str, match: re.Match[str]) -> bool:
    """The rule of `marks`: in quotation marks, at least in part; naming the system; or anyhow."""
    text, start, end = match.string, match.start(), match.end()
    opened, closed = text[:start].count("“") > text[:start].count("”"), "”" in text[end:]
    quoted = bool(re.search("[“”]", match.group())) or (opened and closed)
    if row["marks"] == "quoted":
        return quoted
    if row["marks"] == "system":
        return quoted or bool(re.search(rf"(?:{SYSTEM})$", form) or re.match(rf"”?(?:{SYSTEM})", text[end:]))
    return True


def found(row: dict[str, str], text: str) -> bool:
    return any(counts(row, form, match) for form in forms(row) for match in surfaces(form, text))


def test_columns_hold_known_values():
    """marks and kind are of the closed lists; scope is CN, a province or `own`; years are years."""
    provinces = {row["code"] for row in rows("regions") if row["level"] == "province"}
    for row in ROWS:
        assert row["marks"] in MARKS, row
        assert row["kind"] in KINDS, row
        assert row["scope"] in {"CN", "own"} | provinces, row
        assert re.fullmatch(r"(?:\d{4}(?:-(?:\d{4})?)?)?", row["years"]), row


def test_the_nationally_known_are_many():
    """At least four hundred programs are known, and at least three hundred count without marks."""
    assert len(ROWS) >= 400
    assert sum(row["marks"] in ("any", "system") for row in ROWS) >= 300


def test_a_part_belongs_to_a_whole():
    """`part_of` names another row, and no whole is a part of its own part."""
    names = by_name()
    for row in ROWS:
        if row["part_of"]:
            assert row["part_of"] in names and row["part_of"] != row["name"], row
            assert names[row["part_of"]].part_of != row["name"], row


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_example_and_counter_example(row):
    """A row is found in its example and not in its counter-example."""
    assert row["examples"] and found(row, row["examples"])
    assert not row["counter"] or not found(row, row["counter"])


def test_a_form_stands_for_one_program():
    """No name or variant, punctuation apart, belongs to two rows."""
    owner: dict[str, str] = {}
    for row in ROWS:
        for form in dict.fromkeys(forms(row)):
            assert owner.setdefault(form, row["name"]) == row["name"], form


def test_variants_differ_in_more_than_punctuation():
    """Matching ignores marks and separators, so a variant that differs only in them is idle."""
    for row in ROWS:
        assert len(forms(row)) == len(set(forms(row))), row


def test_forms_that_count_unmarked_are_long_enough():
    """Two characters would be found inside other words; fields of work need four, slogans stand as they are."""
    short = {form for row in ROWS for form in forms(row) if row["marks"] in ("any", "system") and len(form) < 3}
    assert short <= {"双减"}
    topics = [row for row in ROWS if row["marks"] == "topic" and row["kind"] != "slogan"]
    assert {form for row in topics for form in forms(row) if len(form) < 4} == set()


def test_slogans_never_count():
    """A principle, goal or figure of speech is known so that it is not taken for a program."""
    assert {row["marks"] for row in ROWS if row["kind"] == "slogan"} == {"topic"}


# text, canonical name: the models of the guidelines and common other ways of writing
WRITINGS = [
    ("持续深化“放管服”改革", "放管服改革"),
    ("简政放权、放管结合、优化服务改革", "放管服改革"),
    ("双随机一公开", "双随机、一公开"),
    ("“双随机,一公开”监管", "双随机、一公开"),
    ("行政执法和刑事司法相衔接", "两法衔接"),
    ("行刑衔接", "两法衔接"),
    ("行政执法公示制度、执法全过程记录制度、重大执法决定法制审核制度", "行政执法三项制度"),
    ("“三项制度”", "行政执法三项制度"),
    ("证明事项告知承诺制", "告知承诺制"),
    ("河(湖)长制", "河长制"),
    ("“互联网+政务服务”", "互联网+政务服务"),
    ("“马上办、网上办、就近办、一次办、自助办”", "马上办网上办就近办一次办"),
    ("统一登记、统一编号、统一印发", "规范性文件三统一制度"),
    ("第八个五年普法规划", "八五普法"),
    ("法治政府建设示范区", "法治政府建设示范创建"),
    ("行政负责人出庭应诉制度", "行政机关负责人出庭应诉制度"),
    ("党政机关法律顾问制度", "政府法律顾问制度"),
    ("12·4国家宪法日", "国家宪法日"),
    ("一件事一次办", "一件事一次办"),
    ("新时代“枫桥经验”", "枫桥经验"),
]


@pytest.mark.parametrize(("text", "name"), WRITINGS, ids=[text for text, _ in WRITINGS])
def test_other_ways_of_writing(text, name):
    """A usual way of writing stands for its program."""
    owners = {squash(form): p.name for p in programs() for form in (p.name, *p.variants)}
    whole = squash(text)
    longest = max((form for form in owners if form in whole), key=len)
    assert owners[longest] == name
