"""The smaller tools of the bench: results file, sample, reference script."""

from __future__ import annotations

from bench import reference, results, sample


def test_results_sections_are_replaced(tmp_path):
    """Writing a section again replaces it and leaves the others."""
    path = tmp_path / "RESULTS.md"
    results.write("one", "a", "first", path=path)
    results.write("two", "b", "second", path=path)
    results.write("one", "a", "third", path=path)
    text = path.read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert "first" not in text and text.index("third") < text.index("second")


def test_table():
    """A table has a line a row and a line of dashes."""
    assert results.table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_reference_script(tmp_path):
    """The usual script sees titles and places, and writes its two files."""
    edges = reference.build(["宿城區出臺《宿城區合同管理辦法》。"], tmp_path)
    assert edges >= 1
    assert "宿城区合同管理办法" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert (tmp_path / "graph.html").stat().st_size > 1000


def test_judgements_survive_a_new_draw(tmp_path):
    """A row that is drawn again keeps its verdict."""
    row = {"id": "1", "report": "a.txt", "statement": "s", "quote": "q"}
    path = tmp_path / "claims.tsv"
    sample._write(path, [row])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("q\t\t", "q\tright\tfine"), encoding="utf-8")
    sample._write(path, [row, {**row, "id": "2", "statement": "t"}])
    kept = sample._read(path)
    assert [(r["verdict"], r["note"]) for r in kept] == [("right", "fine"), ("", "")]
