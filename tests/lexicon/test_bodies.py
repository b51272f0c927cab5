"""Words in which the names of bodies end."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhitu.lexicon.bodies import body_words, ending
from zhitu.lexicon.organs import by_name
from zhitu.lexicon.tsv import rows, values
from zhitu.model import Extraction
from zhitu.pipeline import extract, read

TRAITS = {"loose", "goal", "placed", "many", "joining", "firm"}
TITLE = "江苏省宿迁市宿城区2020年法治政府建设年度报告\n\n"


def of(folder: Path, sentences: list[str]) -> Extraction:
    (folder / "report.txt").write_text(TITLE + "\n".join(sentences), encoding="utf-8")
    return extract(read(folder / "report.txt", root=folder))


def test_columns_hold_known_values():
    """A trait is one of six; placed and firm tell a loose word's bodies only."""
    for row in rows("bodies"):
        traits = set(values(row["traits"]))
        assert traits <= TRAITS, row
        assert "loose" in traits or not traits & {"placed", "firm"}, row


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("宿城区公共法律服务中心", "服务中心"),
        ("市第一中医院", "中医院"),
        ("行政复议委员会", "委员会"),
        ("区司法局", ""),
    ],
)
def test_the_longest_word_at_the_end_of_a_name_counts(name, word):
    assert ending(name).text == word


def test_every_word_names_a_body_that_is_founded(tmp_path):
    """成立区暖心X: a body for each row."""
    words = list(body_words())
    found = of(tmp_path, [f"今年成立了宿城区暖心法治文化{word}。" for word in words])
    names = {e.name for e in found.entities if e.kind in ("institution", "agency")}
    missed = [word for word in words if not any(name.endswith("暖心法治文化" + word) for name in names)]
    assert missed == []


def test_a_loose_word_alone_names_none(tmp_path):
    """打造暖心X: what is striven for, where the word is also said of positions and plans; any name makes a school."""
    words = [word for word, row in body_words().items() if row.loose and word[-1] != "学" and word not in by_name()]
    assert len(words) >= 40
    found = of(tmp_path, [f"着力打造暖心护航{word}。" for word in words])
    names = {e.name for e in found.entities if e.kind in ("institution", "agency")}
    assert [word for word in words if any(name.endswith("暖心护航" + word) for name in names)] == []
