"""Laws, central documents and document words."""

from __future__ import annotations

import re

import pytest

from zhitu.lexicon.documents import document_word, known
from zhitu.lexicon.matcher import squash
from zhitu.lexicon.tsv import rows, values

CLASSES = {"law", "regulation", "rule", "normative", "list", "publication"}
LAWS = rows("laws")
DOCUMENTS = rows("documents")
CENTRAL = {row["name"] for row in rows("central_agencies")}


def test_classes_are_of_the_closed_list():
    """Every law and document has a class that the vocabulary knows."""
    assert {row["class"] for row in (*LAWS, *DOCUMENTS)} <= CLASSES
    assert {row["class"] for row in rows("document_words")} <= CLASSES | {"rule?"}
    assert {row["strength"] for row in rows("document_words")} == {"strong", "weak"}


def test_the_name_of_a_law_tells_its_class():
    """What ends in 法 or 法典 is a law, what ends in 条例 a regulation."""
    for row in LAWS:
        if re.search(r"[^办]法$|法典$", row["name"]):
            assert row["class"] == "law", row
        if row["name"].endswith("条例"):
            assert row["class"] == "regulation", row


def test_successors_stand_in_the_file():
    """A law that another replaced names it, and knows the year in which it ended."""
    names = {row["name"] for row in LAWS}
    for row in LAWS:
        if row["successor"]:
            assert row["successor"] in names and row["successor"] != row["name"], row
            assert re.fullmatch(r"\d{4}", row["until"]), row


def test_years_run_forwards():
    """A law ends after it began."""
    for row in LAWS:
        assert re.fullmatch(r"(?:\d{4})?", row["from"]) and re.fullmatch(r"(?:\d{4})?", row["until"]), row
        assert not (row["from"] and row["until"]) or int(row["from"]) < int(row["until"]), row


def test_names_carry_no_prefix():
    """Laws stand without 中华人民共和国 and without title marks around them."""
    for row in LAWS:
        assert not row["name"].startswith(("中华人民共和国", "《")), row


def test_a_title_stands_for_one_document():
    """No name or alias, punctuation apart, belongs to two documents; a bare title may be all editions of one series."""
    for key, items in known().items():
        assert len({item.name for item in items}) == 1, (key, items)


def test_issuers_are_central_organs():
    """Who issued a central document or a law stands in the list of central organs."""
    for row in (*LAWS, *DOCUMENTS):
        assert set(values(row["issuer"])) <= CENTRAL, row


def test_editions_are_told_by_the_title():
    """The edition is what the title has in brackets, in other words only where the years are those of a plan."""
    for row in DOCUMENTS:
        years = re.search(r"\((\d{4}-\d{4})年\)$", row["name"])
        if years:
            assert row["edition"] == years[1], row


def test_examples_hold_the_title():
    """A document is found in its example."""
    for row in DOCUMENTS:
        assert any(squash(name) in squash(row["examples"]) for name in (row["name"], *values(row["aliases"]))), row


# short form or other way of writing, register name
SHORT_FORMS = [
    ("环保法", "环境保护法"),
    ("新安全法", "安全生产法"),
    ("中华人民共和国民法典", "民法典"),
    ("信息公开条例", "政府信息公开条例"),
    ("地方组织法", "地方各级人民代表大会和地方各级人民政府组织法"),
    ("法治政府建设实施纲要(2021—2025年)", "法治政府建设实施纲要(2021-2025年)"),
    ("法治政府建设实施纲要(2015-2020年)", "法治政府建设实施纲要(2015-2020年)"),
    ("法治政府建设实施纲要(2021-2025)", "法治政府建设实施纲要(2021-2025年)"),
    ("关于加强法治政府建设的意见", "国务院关于加强法治政府建设的意见"),
    ("关于实行国家机关“谁执法谁普法”普法责任制的意见", "关于实行国家机关“谁执法谁普法”普法责任制的意见"),
]


@pytest.mark.parametrize(("title", "name"), SHORT_FORMS, ids=[title for title, _ in SHORT_FORMS])
def test_short_forms(title, name):
    """A short form stands for its law or document."""
    key = squash(title).removeprefix("中华人民共和国")
    assert {item.name for item in known()[key]} == {name}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("合同法", "民法典"),
        ("物权法", "民法典"),
        ("行政监察法", "监察法"),
        ("信访条例", "信访工作条例"),
        ("法律援助条例", "法律援助法"),
    ],
)
def test_repealed_laws_know_what_followed(old, new):
    """Reports still cite repealed laws: the row says which law took their place."""
    assert {row["name"]: row["successor"] for row in LAWS}[old] == new


@pytest.mark.parametrize(
    ("title", "word", "document_class"),
    [
        ("洪山区行政规范性文件审查办法", "审查办法", "rule?"),
        ("宿城区人民政府重大行政决策程序规定", "程序规定", "rule?"),
        ("宿城区推行三项制度实施方案", "实施方案", "normative"),
        ("山东省行政执法监督条例", "条例", "regulation"),
        ("行政处罚法", "法", "law"),
        ("高新区行政许可事项清单", "事项清单", "list"),
        ("重大行政决策事项目录", "事项目录", "list"),
        ("2023年行政执法优秀案卷汇编", "优秀案卷汇编", "publication"),
        ("办事不找关系指南", "指南", "publication"),
        ("行政复议意见书", "意见书", "normative"),
        ("“一次办”联办告知书", "告知书", "publication"),
        ("法治政府建设工作要点", "工作要点", "normative"),
        ("法治政府建设实施纲要", "实施纲要", "normative"),
        ("普法责任清单", "普法责任清单", "list"),
        ("报灾救助常用10表", "表", "list"),
    ],
)
def test_the_longest_word_at_the_end_decides(title, word, document_class):
    """意见书 is not 意见, 办法 is not 法: the longest document word tells the class."""
    assert document_word(title)[:2] == (word, document_class)


@pytest.mark.parametrize("title", ["法治政府", "行政执法突出问题", "公共法律服务", "市场主体"])
def test_what_is_no_title(title):
    """Words that name a matter end in no document word."""
    assert document_word(title) is None
