"""Parts of the views that need no browser."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from zhitu.emit.html import build_site
from zhitu.emit.html.graph import first_look, payload
from zhitu.emit.html.layout import stack, two_sided_order
from zhitu.emit.html.reports import LONG, lay_out
from zhitu.emit.html.site import asset, page_of, stem_of, strings, to_json


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("region:321302", "region/321302.html"),
        ("report:0123456789abcdef", "report/0123456789abcdef.html"),
        ("region:371500-聊城高新区", "region/371500-4f1d3b0f0a0e.html"),
        ("document:CN-行政复议法", "policy/cn-"),
        ("policyfamily:三项制度", "policy/"),
        ("agency:321302-宿城区司法局", "organ/321302-"),
    ],
)
def test_addresses_are_plain_and_stable(key: str, page: str) -> None:
    """An entity's page has an ASCII name of bounded length that follows from the key alone."""
    assert page_of(key).startswith(page.split("-4f1d")[0])
    assert page_of(key).isascii() and len(stem_of(key)) <= 40


def test_addresses_do_not_meet() -> None:
    """Keys that differ in nothing but what a file name cannot hold have pages of their own."""
    keys = [
        f"{kind}:CN-{word}" for kind in ("document", "program") for word in ("甲", "乙", "a b", "a_b", "A-B", "../x")
    ]
    assert len({page_of(key).lower() for key in keys}) == len(keys)  # also where case does not count


def test_only_what_changed_is_written(store: Any, tmp_path: Path) -> None:
    """A second run writes nothing, a lost or changed page is made anew, one without entity goes, other files stay."""
    connection, texts = store
    first = build_site(connection, tmp_path, texts=texts.__getitem__)
    assert first.written == len(first.pages)
    (tmp_path / "index.html").write_text("changed")
    (tmp_path / "region" / "999999.html").write_text('<meta name="generator" content="zhitu">')
    (tmp_path / "region" / "notes.html").write_text("mine")
    second = build_site(connection, tmp_path, texts=texts.__getitem__)
    assert second.written == 1
    assert not (tmp_path / "region" / "999999.html").exists()
    assert (tmp_path / "region" / "notes.html").exists()


def test_order_of_rows_changes_no_byte(store: Any, tmp_path: Path) -> None:
    """The same tables in another order give the same pages."""
    connection, texts = store
    build_site(connection, tmp_path / "a", texts=texts.__getitem__)
    for name in ("entities", "names", "mentions", "claims", "observations", "adoptions", "families", "reports"):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE turned AS SELECT * FROM {name} ORDER BY hash({name}::VARCHAR)"
        )
        connection.execute(f"DELETE FROM {name}")
        connection.execute(f"INSERT INTO {name} SELECT * FROM turned")
    site = build_site(connection, tmp_path / "a", texts=texts.__getitem__)
    assert site.written == 0


def test_layout_is_two_sided_and_the_same_each_time() -> None:
    """Left is left and right is right, no two cards share a place, and twice gives the same."""
    chance = random.Random(3)
    edges = [(chance.randrange(40), chance.randrange(90)) for _ in range(300)]
    groups = [n % 4 for n in range(40)]
    spots = stack(*two_sided_order(edges, left=40, right=90, groups=groups))
    assert spots == stack(*two_sided_order(edges, left=40, right=90, groups=groups))
    assert max(x for x, _ in spots[0]) < 0 < min(x for x, _ in spots[1])
    assert len(set(spots[0])) == 40 and len(set(spots[1])) == 90


def test_layout_uncrosses_what_can_be_uncrossed() -> None:
    """Two groups that share nothing lie one above the other, however they were given."""
    edges = [(n, m) for n in range(0, 10, 2) for m in range(0, 10, 2)] + [
        (n, m) for n in range(1, 10, 2) for m in range(1, 10, 2)
    ]
    left, right = two_sided_order(edges, left=10, right=10)
    even = {left[n] for n in range(0, 10, 2)}
    assert even in ({0, 1, 2, 3, 4}, {5, 6, 7, 8, 9})
    assert {right[n] for n in range(0, 10, 2)} == even


@pytest.mark.parametrize(
    ("shared", "least"),
    [([], 1), ([1, 1], 1), ([5, 2, 2, 1], 2), ([9] * 20 + [2] * 80, 3), ([30] * 100, 30)],
)
def test_first_look_is_calm(shared: list[int], least: int) -> None:
    """The page opens with policies of two or more regions, or of more where those would be too many."""
    assert first_look(shared) == least


def test_graph_says_what_it_leaves_out(store: Any) -> None:
    """Above its size the page keeps the most shared policies and knows how many there are."""
    from zhitu.emit.html.facts import prepared

    with prepared(store[0]) as connection:
        data = payload(connection, limit=5)
    assert (data["shown"], data["total"]) == (3, 12)
    assert next(node["label"] for node in data["nodes"] if node["side"]) == "行政执法三项制度"


@pytest.mark.parametrize("text", ["", "一行", "甲" * 5000, ("句子。" * 400) + "\n\r\n  \n尾", "a\u2028b\n<b>&amp;"])
def test_layout_of_a_report_loses_no_character(text: str) -> None:
    """Paragraphs, however marked, hold each character of the source once, but for line ends and blank lines."""
    from html import unescape
    from re import sub

    row = {"entity": "document:CN-x", "kind": "document", "surface": "x", "label": "x", "reason": "r"}
    marks = [dict(row, char_start=n, char_end=min(len(text), n + 7)) for n in range(0, max(0, len(text) - 1), 5)]
    blocks = lay_out(text, segments=[], mentions=marks, claims=[], figures=[], unresolved=marks[:2])
    shown = unescape(sub(r"<[^>]+>", "", "".join(block.words for block in blocks)))
    assert shown == "".join(line for line in text.replace("\r", "\n").split("\n") if line.strip())


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    """A paragraph beyond the limit is laid out in parts, each of which ends a sentence."""
    blocks = lay_out("这是一个句子。" * 200, segments=[], mentions=[], claims=[], figures=[], unresolved=[])
    assert len(blocks) > 2
    assert all(str(block.words).endswith("。") and len(block.words) <= LONG for block in blocks)


def test_json_cannot_end_its_element() -> None:
    """No text of a report ends the script element that it stands in, or opens a comment in it."""
    assert not set(to_json({"k": "</script><!--\u2028&"})) & set("<>&\u2028")


def test_every_word_of_the_surface_has_two_languages() -> None:
    """Each key has Chinese and English with the same places to fill in; every key that scripts ask for is there."""
    import re

    for key, (chinese, english) in strings().items():
        assert chinese and english and set(re.findall(r"\{\d\}", chinese)) == set(re.findall(r"\{\d\}", english)), key
    for name in ("base.js", "graph.js", "matrix.js", "timeline.js", "adoptions-page.js", "evidence.js"):
        asked = set(re.findall(r'\bt\("(\w+)"', asset(name)))
        assert asked <= set(strings()), (name, asked - set(strings()))


def test_vis_network_comes_from_pyvis() -> None:
    """The script of a third party is read from the installed package, with its licence in it."""
    assert "@version 9.1.2" in asset("vis-network.js")[:600]
    assert "Apache 2.0" in asset("vis-network.js")[:1200]
