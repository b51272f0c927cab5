"""The command line: exit codes, what goes where, and what a mistake is told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from frame.conftest import write_reports
from zhitu import __version__, cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `zhitu ...` in this process; gives exit code, stdout and stderr."""

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["zhitu", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        code = left.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return call


def test_build_and_what_it_says(run: Run, reports: Path, tmp_path: Path) -> None:
    """Exit code 0; the summary names counts, files and the next command; progress goes to stderr."""
    code, out, err = run("build", reports, "-o", tmp_path / "out", "--workers", 0)
    assert code == 0
    assert "3 read, 0 quarantined" in out
    assert "graph.ttl" in out
    assert f"zhitu show NAME {tmp_path / 'out'}" in out
    assert "read 3/3" in err
    assert "read 3/3" not in out


CODES = [
    ("all read", {}, 0),
    ("some quarantined", {"x.txt": "fail\n"}, 3),
]


@pytest.mark.parametrize(("about", "more", "expected"), CODES, ids=[case[0] for case in CODES])
def test_exit_codes(about: str, more: dict[str, str], expected: int, run: Run, reports: Path, tmp_path: Path) -> None:
    """0 when all was read, 3 when some was quarantined."""
    write_reports(reports, more)
    assert run("build", reports, "-o", tmp_path / "out", "--workers", 0)[0] == expected


def test_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    """Exit code 1, each file with its reason."""
    write_reports(tmp_path / "in", {"x.txt": "fail\n", "y.txt": "refuse\n"})
    code, out, _ = run("build", tmp_path / "in", "-o", tmp_path / "out", "--workers", 0)
    assert code == 1
    assert "x.txt: ValueError: a bug in a room" in out
    assert "y.txt: the file holds no text" in out


MISTAKES = [
    (("build", "nowhere", "-o", "out"), 2, "no such file or folder"),
    (("build", "in", "-o", "out", "--emit", "turtel"), 2, "no format 'turtel'"),
    (("build", "in", "-o", "out", "--base-iri", "x"), 2, "base IRI"),
    (("build", "in"), 2, "--out"),
    (("bild", "in"), 2, "build"),
    (("show", "宿城区", "nowhere"), 1, "zhitu build INPUT -o nowhere"),
]


@pytest.mark.parametrize(("words", "expected", "said"), MISTAKES, ids=[" ".join(case[0]) for case in MISTAKES])
def test_mistakes(
    words: tuple[str, ...], expected: int, said: str, run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message and a remedy on stderr, nothing on stdout, no traceback."""
    monkeypatch.chdir(reports.parent)
    code, out, err = run(*words)
    assert (code, out) == (expected, "")
    assert said in err
    assert "Traceback" not in err


def test_json(run: Run, reports: Path, tmp_path: Path) -> None:
    """One JSON document on stdout, nothing else anywhere."""
    code, out, err = run("build", reports, "-o", tmp_path / "out", "--workers", 0, "--json")
    assert (code, err) == (0, "")
    summary = json.loads(out)
    assert (summary["read"], summary["kept"], summary["quarantined"]) == (3, 0, [])


def test_quiet(run: Run, reports: Path, tmp_path: Path) -> None:
    """Not a word."""
    assert run("build", reports, "-o", tmp_path / "out", "--workers", 0, "-q") == (0, "", "")


def test_given_year_and_region_are_passed_on(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every option of the command reaches the library."""
    seen = {}

    def spy(inputs: object, **options: object) -> None:
        seen.update(options)
        raise SystemExit(0)

    monkeypatch.setattr("zhitu.pipeline.build", spy)
    options = ("--year", 2020, "--region", "宿城区", "--base-iri", "https://a.b/", "--workers", 3, "--timeout", 5)
    run("build", reports, "-o", tmp_path / "out", *options, "--emit", "gexf")
    assert {key: seen[key] for key in ("year", "region", "base_iri", "workers", "timeout", "extra")} == {
        "year": 2020,
        "region": "宿城区",
        "base_iri": "https://a.b/",
        "workers": 3,
        "timeout": 5.0,
        "extra": ["gexf"],
    }


NAMES = ["宿城区", "321302", "region:321302", " 宿城区 "]


@pytest.mark.parametrize("name", NAMES)
def test_show(name: str, run: Run, built: Path) -> None:
    """Claim by claim, each with its report and the quoted words."""
    code, out, _ = run("show", name, built)
    assert code == 0
    assert "宿城区 runs 行政执法三项制度" in out
    assert "宿城区 runs 一网通办 (planned)" in out
    assert "宿城区_2020.txt [47:60]  “runs 行政执法三项制度”" in out


def test_show_takes_titles_with_marks(run: Run, built: Path) -> None:
    """《》 around a title do not matter."""
    assert "洪山区 issued" in run("show", "《洪山区重大行政决策程序规定》", built)[1]


def test_show_of_an_unknown_name_offers_likely_ones(run: Run, built: Path) -> None:
    """Exit code 1 and the names that hold what was asked for."""
    code, out, err = run("show", "三项制度", built)
    assert (code, out) == (1, "")
    assert "行政执法三项制度" in err


def test_show_json(run: Run, built: Path) -> None:
    """A JSON list for machines, one object an entity of that name."""
    (entity,) = json.loads(run("show", "宿城区", built, "--json")[1])
    assert entity["entity"] == "region:321302"
    assert {claim["predicate"] for claim in entity["claims"]} == {"issued", "runs"}


def test_version(run: Run) -> None:
    """`zhitu --version` says name and version."""
    assert run("--version") == (0, f"zhitu {__version__}\n", "")


def test_help_imports_nothing_heavy() -> None:
    """`zhitu --help` loads none of the libraries that take their time."""
    script = (
        "import sys; sys.argv = ['zhitu', '--help']\n"
        "from zhitu.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(eval(done.stdout.splitlines()[-1]))
    heavy = {"duckdb", "rdflib", "networkx", "pyvis", "jieba", "pyoxigraph", "daachorse", "opencc", "numpy", "pandas"}
    assert loaded & heavy == set()


def test_importing_zhitu_is_light() -> None:
    """`import zhitu` loads nothing beyond the standard library."""
    script = "import sys, zhitu; print([name for name in sys.modules if name.startswith('zhitu')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert eval(done.stdout) == ["zhitu"]


def test_every_command_answers_help(run: Run) -> None:
    """Those that live in other rooms too: the table of rooms names functions that are there."""
    for command in ("build", "show", *cli.ROOMS):
        if command in ("build", "show") or cli._exists(cli.ROOMS[command][0].partition(":")[0]):
            code, out, _ = run(command, "--help")
            assert code == 0, command
            assert "Usage" in out


def test_the_bar_is_for_terminals(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """On a terminal a bar is drawn and no line printed."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    code, _, err = run("build", reports, "-o", tmp_path / "out", "--workers", 0)
    assert code == 0
    assert "read 3/3" not in err
