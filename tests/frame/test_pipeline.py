"""A build: incremental, restartable, and never ended by one report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import zhitu
from frame import left
from frame.conftest import REPORTS, write_reports
from zhitu import emit, pipeline
from zhitu.engine.local import Local
from zhitu.errors import StoreError, UsageError


def turtle(out: Path) -> str:
    return (out / "graph.ttl").read_text(encoding="utf-8")


def test_an_unchanged_file_is_not_read_again(reports: Path, build: Callable[..., Any]) -> None:
    """The second build reads nothing and keeps all."""
    assert (build(reports).read, build(reports).read, build(reports).kept) == (3, 0, 3)


def test_nothing_is_written_again_without_need(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """Files of a build that changes nothing keep their time stamps; a file that was lost comes back."""
    build(reports)
    before = (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns
    build(reports)
    assert (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns == before
    (tmp_path / "out" / "graph.json").unlink()
    build(reports)
    assert (tmp_path / "out" / "graph.json").exists()


def test_a_changed_file_replaces_its_report(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """Nothing of what the file said before stays, its text neither."""
    build(reports)
    (reports / "宿城区_2020.txt").write_text("宿城区 321302 2020\nruns 河长制\n", encoding="utf-8")
    summary = build(reports)
    assert (summary.read, summary.kept, summary.counts["reports"]) == (1, 2, 3)
    text = turtle(tmp_path / "out")
    assert "河长制" in text
    assert "社区矫正法" not in text
    assert len(list((tmp_path / "out" / "texts").iterdir())) == 3


def test_another_version_reads_again(reports: Path, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the rules read is read anew."""
    build(reports)
    monkeypatch.setattr(pipeline, "fingerprint", lambda *_: "0.0.0+other")
    assert build(reports).read == 3


def test_given_year_counts_as_a_change(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """`year` overrides what the text says, also on a second build."""
    build(reports)
    assert build(reports, year=1999).read == 3
    with zhitu.open(tmp_path / "out") as graph:
        assert {claim["year"] for claim in graph.claims()} == {1999}


def test_files_with_the_same_bytes_are_one_report(tmp_path: Path, build: Callable[..., Any]) -> None:
    """The smallest name speaks for all, in whatever order they come."""
    text = REPORTS["洪山区_2018.txt"]
    write_reports(tmp_path / "in", {"b.txt": text})
    build(tmp_path / "in")
    write_reports(tmp_path / "in", {"a.txt": text, "c.txt": text})
    assert build(tmp_path / "in").counts["reports"] == 1
    assert 'zt:file "a.txt"' in turtle(tmp_path / "out")


def test_same_name_in_two_folders_are_two_reports(tmp_path: Path, build: Callable[..., Any]) -> None:
    """A second folder adds to the first, though its files are called the same."""
    one = write_reports(tmp_path / "2018", {"报告.txt": REPORTS["洪山区_2018.txt"]})
    two = write_reports(tmp_path / "2020", {"报告.txt": REPORTS["宿城区_2020.txt"]})
    build(one)
    assert build(two).counts["reports"] == 2


def test_one_broken_report_spoils_nothing(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """It is named with its reason; the others give the same graph as without it."""
    pipeline.build(reports, out=tmp_path / "clean")
    write_reports(reports, {"x.txt": "fail\n", "y.txt": "refuse\n"})
    summary = build(reports)
    assert [file for file, _ in summary.quarantined] == ["x.txt", "y.txt"]
    assert summary.read == 3
    assert turtle(tmp_path / "out") == turtle(tmp_path / "clean")


def test_a_quarantined_report_gets_another_chance(reports: Path, build: Callable[..., Any]) -> None:
    """It is tried again by the next build; once it is mended it is in the graph."""
    write_reports(reports, {"x.txt": "fail\n"})
    build(reports)
    assert len(build(reports).quarantined) == 1
    write_reports(reports, {"x.txt": "临潼区 610115 2020\nruns 河长制\n"})
    summary = build(reports)
    assert (summary.read, summary.quarantined) == (1, ())


def test_a_report_that_breaks_is_no_longer_what_it_was(reports: Path, build: Callable[..., Any]) -> None:
    """A file that changed into something unreadable takes its old report with it: the graph never tells old news."""
    build(reports)
    write_reports(reports, {"宿城区_2020.txt": "fail\n"})
    assert build(reports).counts["reports"] == 2


def test_a_crash_of_a_worker_is_a_quarantine(reports: Path, build: Callable[..., Any]) -> None:
    """Also where the process itself dies or hangs."""
    write_reports(reports, {"x.txt": "crash\n", "y.txt": "hang\n"})
    summary = build(reports, workers=2, timeout=3)
    assert dict(summary.quarantined) == {
        "x.txt": "the process that read it died (exit code 9)",
        "y.txt": "took longer than 3 s",
    }
    assert summary.read == 3


def test_an_interrupted_build_goes_on(
    reports: Path, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was read before Ctrl-C is kept, and the next build makes the same graph as an undisturbed one."""
    pipeline.build(reports, out=tmp_path / "clean")
    seen = []

    def stop_at_third(job: pipeline.Job) -> pipeline.Done:
        seen.append(job)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return left.read_job(job)

    monkeypatch.setattr(pipeline, "read_job", stop_at_third)
    monkeypatch.setattr("zhitu.engine.open_engine", lambda **_: Local(batch=1))
    with pytest.raises(KeyboardInterrupt):
        build(reports)
    monkeypatch.setattr(pipeline, "read_job", left.read_job)
    build(reports)
    assert turtle(tmp_path / "out") == turtle(tmp_path / "clean")


def test_base_iri_is_remembered(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """The next build need not be told again."""
    build(reports, base_iri="https://example.org/gov/")
    write_reports(reports, {"d.txt": "临潼区 610115 2020\nruns 河长制\n"})
    build(reports)
    assert "<https://example.org/gov/region/>" in turtle(tmp_path / "out")


@pytest.mark.parametrize("iri", ["example.org/", "https://example.org/a b/", "https://example.org/x", "javascript:x/"])
def test_a_base_iri_must_be_one(iri: str, reports: Path, build: Callable[..., Any]) -> None:
    """Absolute, http(s), ending in / or #: else the data's IRIs would be no IRIs."""
    with pytest.raises(UsageError, match="base IRI"):
        build(reports, base_iri=iri)


def test_a_lost_text_is_read_again(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """Offsets stay checkable: a text that was deleted comes back."""
    build(reports)
    for path in (tmp_path / "out" / "texts").iterdir():
        path.unlink()
    assert build(reports).read == 3
    assert len(list((tmp_path / "out" / "texts").iterdir())) == 3


def test_texts_are_the_decoded_source(reports: Path, build: Callable[..., Any], tmp_path: Path) -> None:
    """Byte for byte, line ends included."""
    write_reports(reports, {})
    (reports / "crlf.txt").write_bytes("临潼区 610115 2020\r\nruns 河长制\r\n".encode())
    build(reports)
    texts = [emit.read_text(tmp_path / "out", path.stem) for path in (tmp_path / "out" / "texts").iterdir()]
    assert "临潼区 610115 2020\r\nruns 河长制\r\n" in texts


def test_an_empty_folder_is_a_usage_error(tmp_path: Path, build: Callable[..., Any]) -> None:
    """With a remedy, and nothing is written."""
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="no report"):
        build(tmp_path / "in")
    assert not (tmp_path / "out").exists()


def test_out_that_is_a_file(tmp_path: Path, reports: Path) -> None:
    """An output folder that is a file is told in plain words."""
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="not a folder"):
        pipeline.build(reports, out=tmp_path / "out")


def test_nothing_to_open(tmp_path: Path) -> None:
    """`zhitu.open` of a folder without a graph names the command that makes one."""
    with pytest.raises(StoreError, match="zhitu build"):
        zhitu.open(tmp_path)


def test_an_open_graph_refuses_a_build(reports: Path, built: Path) -> None:
    """In a notebook that holds the graph open, the remedy is to close it."""
    with zhitu.open(built), pytest.raises(StoreError, match="close"):
        pipeline.build(reports, out=built)
    assert pipeline.build(reports, out=built).kept == 3
