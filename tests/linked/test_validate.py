"""Shapes and checks: what is right passes, and each wrong example fails for its reason."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhitu.cli import app
from zhitu.query.validate import report, validate

EXAMPLES = Path(__file__).parents[2] / "ontology" / "examples"
VALID = EXAMPLES / "valid" / "district.ttl"


@pytest.mark.parametrize("path", sorted((EXAMPLES / "valid").glob("*.ttl")), ids=lambda path: path.stem)
def test_a_valid_example_is_valid(path: Path) -> None:
    """No shape and no check has anything against it."""
    assert validate(path) == []


@pytest.mark.parametrize("path", sorted((EXAMPLES / "invalid").glob("*.ttl")), ids=lambda path: path.stem)
def test_an_invalid_example_fails_for_its_reason(path: Path, tmp_path: Path) -> None:
    """Added to the valid example it breaks the law that its first line names."""
    text = path.read_text(encoding="utf-8")
    law = re.match(r"# with valid/district.ttl this breaks (\S+)\n", text)
    assert law
    joined = tmp_path / "joined.ttl"
    joined.write_text(VALID.read_text(encoding="utf-8") + text, encoding="utf-8")
    assert law[1] in {violation.law for violation in validate(joined)}


def test_every_law_has_an_example_that_breaks_it() -> None:
    """No shape and no check of the graph without one."""
    names = re.findall(
        r"^(shape:\w+) a sh:NodeShape", (EXAMPLES.parent / "shapes.ttl").read_text(encoding="utf-8"), re.M
    )
    names += [path.stem for path in (EXAMPLES.parent / "checks").glob("graph-*.rq")]
    broken = {path.read_text(encoding="utf-8").split("\n")[0].split()[-1] for path in (EXAMPLES / "invalid").glob("*")}
    assert sorted(set(names) - broken) == []


def test_the_seeds_are_valid(seeds: Path) -> None:
    """A build keeps its own laws, down to the characters of each quote."""
    assert validate(seeds) == []


@pytest.mark.skipif("ZHITU_CORPUS" not in os.environ, reason="ZHITU_CORPUS names no folder of further reports")
def test_further_reports_are_valid(tmp_path: Path) -> None:
    """So does a build of any other reports, if some are given."""
    from zhitu.pipeline import build

    build(os.environ["ZHITU_CORPUS"], out=tmp_path, workers=0)
    assert validate(tmp_path) == []


def test_quotes_are_held_against_the_sources(tmp_path: Path) -> None:
    """Where the texts are there, a quote that is not in its place is a violation."""
    (tmp_path / "graph.ttl").write_text(VALID.read_text(encoding="utf-8"), encoding="utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    sha = "0123456789abcdef" * 4
    (texts / f"{sha}.txt").write_text("　" * 500, encoding="utf-8")
    found = validate(tmp_path)
    assert {violation.law for violation in found} == {"texts-hold-quotes"} and len(found) == 4


def test_the_report_is_readable(tmp_path: Path) -> None:
    """The law's words once, then the nodes; a clean graph in one line."""
    text = VALID.read_text(encoding="utf-8").replace('zt:status "done"', 'zt:status "perhaps"')
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    words = report(validate(tmp_path), most=1)
    assert words.count("A claim is done or planned.") == 1
    assert "claim:00000000000000a1  zt:status perhaps" in words and "… and 1 more" in words
    assert report([]).startswith("valid: ")


def test_the_command_ends_with_1_where_a_law_is_broken(tmp_path: Path) -> None:
    """Exit codes: 0 valid, 1 not."""
    run = CliRunner().invoke
    assert run(app, ["validate", str(VALID)]).exit_code == 0
    bad = tmp_path / "bad.ttl"
    bad.write_text(VALID.read_text(encoding="utf-8").replace('"321302"', '"3213"'), encoding="utf-8")
    done = run(app, ["validate", str(bad), "--language", "zh"])
    assert done.exit_code == 1 and "行政区划代码为六位数字字符串" in done.stdout
