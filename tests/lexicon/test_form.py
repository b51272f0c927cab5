"""The form of the lexicon files: what every one of them has in common."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from importlib import resources

import pytest

from zhitu.lexicon.tsv import rows, values

HEADERS = {
    "bodies": "word traits",
    "central_agencies": "name class valid_from valid_to predecessors successors aliases",
    "document_words": "word class strength",
    "documents": "name class issuer aliases edition from family examples",
    "indicators": "slug zh en unit section patterns counter examples bodies",
    "laws": "name class aliases successor from until issuer",
    "organs": "name kind aliases level successor until",
    "programs": "name scope variants marks kind years family part_of examples counter",
    "regions": "code name level kind parent_code parent_name province valid_from valid_to successors successor_source",
    "townships": "code9 name county_code",
    "units": "unit kind factor base",
    "verbs": "verb predicate status note",
    "zones": "name host aliases",
}
KEYED = tuple(name for name in HEADERS if name != "regions")  # a division has a row for each stretch of years
LISTS = ("traits", "aliases", "variants", "patterns", "successors", "predecessors", "predicate", "issuer")


def lines_of(name: str) -> list[str]:
    text = (resources.files("zhitu.lexicon") / "data" / f"{name}.tsv").read_bytes().decode("utf-8")
    assert text.endswith("\n")
    return text[:-1].split("\n")


def body_of(name: str) -> list[list[str]]:
    return [line.split("\t") for line in lines_of(name) if not line.startswith("#")]


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_says_what_it_is_and_where_it_comes_from(name):
    """Four comment lines stand first: what it is, source, licence, date; then the header row."""
    what, source, licence, date = lines_of(name)[:4]
    assert re.match(r"# [A-Z].{20,}", what)
    assert re.match(r"# source: .{10,}", source)
    assert re.match(r"# licence: .{3,}", licence)
    assert re.fullmatch(r"# date: \d{4}-\d\d-\d\d", date)
    assert lines_of(name)[4].split("\t") == HEADERS[name].split()


@pytest.mark.parametrize("name", HEADERS)
def test_rows_are_sorted_and_whole(name):
    """Every row has a cell for each column, rows stand in the order of their text, and none stands twice."""
    body = body_of(name)[1:]
    width = len(HEADERS[name].split())
    assert [row for row in body if len(row) != width] == []
    assert body == sorted(body)
    assert len(body) == len({tuple(row) for row in body})


@pytest.mark.parametrize("name", HEADERS)
def test_cells_are_clean(name):
    """Cells carry no space at their ends, no line breaks, no full-width brackets, and only composed characters."""
    bad = [cell for row in body_of(name) for cell in row if cell != cell.strip() or re.search("[\r（）]", cell)]
    assert bad == []
    assert all(unicodedata.is_normalized("NFC", line) for line in lines_of(name))


@pytest.mark.parametrize("name", KEYED)
def test_the_first_column_names_one_thing(name):
    """No two rows share their first cell."""
    keys = [row[0] for row in body_of(name)[1:]]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize("name", [n for n in HEADERS if set(LISTS) & set(HEADERS[n].split())])
def test_lists_hold_no_empty_or_repeated_values(name):
    """A multi-valued cell has no empty value, and none twice."""
    for row in rows(name):
        for column in LISTS:
            cell = row.get(column, "")
            assert cell == "|".join(dict.fromkeys(values(cell))), (row, column)
