"""Laws: order, batches, workers and engine cannot change a byte of the graph."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from frame.conftest import write_reports
from zhitu import pipeline

REGIONS = ("宿城区 321302", "洪山区 420111", "渭城区 610404")
THINGS = ("甲规定 ~甲", "乙办法", "中华人民共和国行政复议法", "一网通办", "行政执法三项制度")
VERBS = ("issued", "implements", "studied", "runs", "runs!", "by 321302 司法局 implements", "by 420111 政府办 issued")

says = st.builds(lambda verb, thing: f"{verb} {thing}", st.sampled_from(VERBS), st.sampled_from(THINGS))
report = st.builds(
    lambda region, year, lines: "\n".join([f"{region} {year}", *lines, ""]),
    st.sampled_from(REGIONS),
    st.integers(2015, 2024),
    st.lists(says, max_size=4),
)
corpora = st.lists(report, min_size=1, max_size=4)


def outputs(out: Path) -> dict[str, bytes]:
    """Everything that a build promises to be the same, byte by byte."""
    paths = [path for path in sorted(out.rglob("*")) if path.is_file() and path.suffix != ".duckdb"]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


@settings(max_examples=8, deadline=None)
@given(texts=corpora, data=st.data())
def test_order_and_number_of_builds_do_not_matter(texts: list[str], data: st.DataObject) -> None:
    """All at once, one by one in any order, or with detours through other contents: the same bytes in every file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reports(folder / "in", {f"{number}.txt": text for number, text in enumerate(texts)})
        pipeline.build(folder / "in", out=folder / "once")
        for path in data.draw(st.permutations(sorted((folder / "in").iterdir()))):
            pipeline.build(path, out=folder / "steps")
        assert outputs(folder / "steps") == outputs(folder / "once")


def test_a_file_that_says_the_same_is_listed(tmp_path: Path) -> None:
    """A file with the bytes of one that was read before needs no reading, and is named all the same."""
    write_reports(tmp_path / "in", {f"{number}.txt": "宿城区 321302 2015\n" for number in range(2)})
    pipeline.build(tmp_path / "in", out=tmp_path / "once")
    for path in sorted((tmp_path / "in").iterdir()):
        pipeline.build(path, out=tmp_path / "steps")
    assert outputs(tmp_path / "steps") == outputs(tmp_path / "once")


@settings(max_examples=8, deadline=None)
@given(before=corpora, after=corpora)
def test_a_build_forgets_what_files_no_longer_say(before: list[str], after: list[str]) -> None:
    """Files that changed leave no trace: the same bytes as a build of the new contents alone."""
    after = (after + after * 5)[: max(len(before), len(after))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reports(folder / "in", {f"{number}.txt": text for number, text in enumerate(before)})
        pipeline.build(folder / "in", out=folder / "twice")
        write_reports(folder / "in", {f"{number}.txt": text for number, text in enumerate(after)})
        pipeline.build(folder / "in", out=folder / "twice")
        pipeline.build(folder / "in", out=folder / "fresh")
        assert outputs(folder / "twice") == outputs(folder / "fresh")


def test_workers_do_not_matter(reports: Path, tmp_path: Path) -> None:
    """In this process, in one other, in two: the same bytes in every file."""
    says = "宿城区 321302 {}\nruns 一网通办\nissued 办法{}\n"
    write_reports(reports, {f"{number}.txt": says.format(2000 + number, number) for number in range(20)})
    for workers in (0, 1, 2):
        pipeline.build(reports, out=tmp_path / str(workers), workers=workers)
    assert outputs(tmp_path / "0") == outputs(tmp_path / "1") == outputs(tmp_path / "2")
