"""What the tests of the frame share: small reports in the notation of `left.py`, and builds of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frame import left
from zhitu import pipeline
from zhitu.emit import formats

REPORTS = {
    "宿城区_2020.txt": (
        "宿城区 321302 2020\n"
        "issued 宿城区重大行政决策程序规定 ~重大行政决策程序\n"
        "runs 行政执法三项制度\n"
        "runs! 一网通办\n"
        "by 321302 司法局 implements 中华人民共和国行政复议法\n"
        "by 000000 司法部 issued 中华人民共和国社区矫正法\n"
        "figure 收到行政复议申请 22 件\n"
    ),
    "洪山区_2018.txt": (
        "洪山区 420111 2018\n"
        "issued 洪山区重大行政决策程序规定 ~重大行政决策程序\n"
        "runs 行政执法三项制度\n"
        "figure 收到行政复议申请 64 件\n"
    ),
    "sub/渭城区_2019.txt": "渭城区 610404 2019\nruns 行政执法三项制度\nruns 一网通办\n",
}


def write_reports(folder: Path, reports: dict[str, str]) -> Path:
    for name, text in reports.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms left of the store in a notation of our own; no pages, which are slow and tested on the seeds."""
    monkeypatch.setattr(pipeline, "read_job", left.read_job)
    monkeypatch.setattr(formats, "FORMATS", tuple(item for item in formats.FORMATS if item.name != "html"))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three reports."""
    return write_reports(tmp_path / "in", REPORTS)


@pytest.fixture
def built(reports: Path, tmp_path: Path) -> Path:
    """What a build of them wrote."""
    pipeline.build(reports, out=tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Any]:
    """`pipeline.build` into `tmp_path/out`."""
    return lambda *inputs, **options: pipeline.build(inputs, **{"out": tmp_path / "out", **options})
