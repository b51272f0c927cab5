"""The named questions: answered right on the seeds, alike by every engine, with parameters, limits and plain errors."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from zhitu import query
from zhitu.cli import app
from zhitu.errors import QueryError, UsageError
from zhitu.query.answers import Answer, Term, canonical, from_json, to_json, write
from zhitu.query.engines import SMALL, Source, cached, header, open_source, turtle
from zhitu.query.guard import check
from zhitu.query.questions import Question, question, questions

EXPECTED = Path(__file__).parents[2] / "ontology" / "queries" / "expected"
ALL = pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
PREFIXES = {"zt": "https://w3id.org/zhitu/ontology#"}


def filled(asked: Question, source: Source) -> str:
    return asked.fill({}, base_iri=source.base_iri, find=source.find)


@ALL
def test_a_question_opens_with_itself_and_runs_as_it_stands(asked: Question) -> None:
    """A file says its question in both languages, gives each parameter a place, and is SPARQL without us."""
    assert asked.zh.endswith("?") and asked.en.endswith("?")
    check(asked.text, prefixes={})
    for parameter in asked.parameters:
        lines = [line for line in asked.text.split("\n") if line.endswith(f"#= {parameter.name}")]
        assert lines and all(parameter.default in line for line in lines)


@ALL
def test_the_seeds_give_the_expected_answer(asked: Question, source: Source) -> None:
    """Every row that was read in the reports by hand is in the answer."""
    answer = source.ask(filled(asked, source))
    rows = list(csv.DictReader((EXPECTED / f"{asked.name}.csv").open(encoding="utf-8", newline="")))
    if not rows:
        assert answer.rows == ()
    found = [{k: _bare(v) for k, v in record.items()} for record in answer.records()]
    for row in rows:
        want = {k: _bare(v) for k, v in row.items() if v is not None and v not in ("*", "…")}
        if "…" not in row.values():
            assert any(want.items() <= record.items() for record in found), row


def _bare(value: str | None) -> str:
    name = (value or "").removeprefix(PREFIXES["zt"])
    return "".join(ch for ch in unicodedata.normalize("NFKC", name) if ch.isalnum())


@ALL
def test_rdflib_and_oxigraph_agree(asked: Question, source: Source, by_rdflib: Source) -> None:
    """The engine changes the time, never the answer."""
    text = filled(asked, source)
    assert canonical(by_rdflib.ask(text)) == canonical(source.ask(text))


@pytest.fixture(scope="module")
def by_rdflib(seeds: Path) -> Source:
    return open_source(seeds, engine="rdflib")


def test_oxrdflib_gives_rdflib_the_same_store(source: Source) -> None:
    """Through oxrdflib the store is an rdflib graph like any other."""
    text = filled(question("shared-policies"), source)
    rows = {tuple(map(str, row)) for row in source.graph.query(text)}
    assert rows == {tuple(term.value for term in row if term) for row in source.ask(text).rows}


@pytest.mark.parametrize(("size", "engine"), [(10, "rdflib"), (SMALL + 100, "oxigraph")], ids=["small", "large"])
def test_size_chooses_the_engine(tmp_path: Path, size: int, engine: str) -> None:
    """A small file is rdflib's, a larger one Oxigraph's."""
    (tmp_path / "graph.ttl").write_text("<http://x/a> <http://x/b> <http://x/c> .\n" + "#" * size)
    assert open_source(tmp_path).engine == engine


def test_a_large_graph_is_kept_in_a_store_until_it_changes(tmp_path: Path) -> None:
    """The store on disk is made once, and anew for another file."""
    path = tmp_path / "graph.ttl"
    path.write_text("<http://x/a> <http://x/b> <http://x/c> .\n")
    first = cached(path)
    assert cached(path) == first and first.exists()
    path.write_text("<http://x/a> <http://x/b> <http://x/c> , <http://x/d> .\n")
    assert cached(path) != first and not first.exists()


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("shared-policies", {"least": "two"}, "must be a whole number"),
        ("shared-policies", {"most": "2"}, "has no parameter most"),
        ("shared-polices", {}, "shared-policies"),
        ("spread-of-policy", {"policy": "没有这个"}, "nothing of the kind"),
        ("indicator-across-regions", {"indicator": "no-such"}, "no known indicator"),
        ("organs-of-region", {"region": "region:a> ?p ?o } #"}, "nothing of the kind"),
    ],
)
def test_a_wrong_parameter_is_named(source: Source, name: str, params: dict[str, str], message: str) -> None:
    """The error says what was wrong and what would be right."""
    with pytest.raises(UsageError, match=message):
        question(name).fill(params, base_iri=source.base_iri, find=source.find)


@pytest.mark.parametrize("value", ["宿城区", "321302", "region:321302", "https://w3id.org/zhitu/id/region/321302"])
def test_a_thing_may_be_given_by_name_code_key_or_iri(source: Source, value: str) -> None:
    """All four mean the same."""
    text = question("organs-of-region").fill({"region": value}, base_iri=source.base_iri, find=source.find)
    assert "<https://w3id.org/zhitu/id/region/321302>" in text


def test_a_hostile_name_stays_a_name(source: Source) -> None:
    """What ends a literal in SPARQL does not end it here."""
    text = question("named").fill({"name": '"} ; DROP ALL #\\'}, base_iri=source.base_iri, find=source.find)
    assert source.ask(text).rows == ()


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('select ?x {\n  ?x zt:file "中文" ?y }', 2, 19),
        ("select ?x { ?x a zt:Region ", 1, 28),
        ("selct ?x { ?x a zt:Region }", 1, 10),
    ],
)
def test_a_syntax_error_shows_line_and_caret(text: str, line: int, column: int) -> None:
    """The caret stands under the place, Chinese letters counted as two columns wide."""
    with pytest.raises(QueryError) as caught:
        check(text, prefixes=PREFIXES)
    shown = caught.value.message.split("\n")
    assert shown[0].startswith(f"line {line}, column {column}: ")
    assert shown[1][2:] == text.split("\n")[line - 1]
    before = text.split("\n")[line - 1][: column - 1]
    assert shown[2].index("^") == 2 + sum(2 if unicodedata.east_asian_width(c) == "W" else 1 for c in before)


@pytest.mark.parametrize(
    "text",
    [
        "select * { service <http://x/> {?a ?b ?c} }",
        "select * { SERVICE SILENT<http://x/>{?a ?b ?c} }",
        "select * { service ?x {?a ?b ?c} }",
        "select * { SERV\\u0049CE <http://x/> {?a ?b ?c} }",
        "select * { filter(1<2)SERVICE?x{?a ?b ?c filter(3>1)} }",
        "select * { ?a ?b '#' . SERVICE <http://x/> {?a ?b ?c} }",
        "insert data { <http://a> <http://b> <http://c> }",
        "load <file:///etc/passwd>",
        "drop all",
    ],
)
def test_nothing_leaves_and_nothing_changes(text: str) -> None:
    """No SERVICE in any disguise, no update."""
    with pytest.raises(QueryError):
        check(text, prefixes={})


@pytest.mark.parametrize(
    "text",
    [
        "select * { ?s ?p ?o } # SERVICE <http://x/>",
        'select * { ?s <http://x/service> \'SERVICE\', """service""" }',
        "PREFIX service: <http://x/> select * { ?s service:a ?service }",
    ],
)
def test_a_word_is_no_keyword(text: str) -> None:
    """SERVICE within a string, an IRI, a comment, a name or a variable is nothing to fear."""
    check(text, prefixes={})


@pytest.mark.parametrize("engine", ["rdflib", "oxigraph"])
def test_from_fetches_nothing(seeds: Path, engine: str) -> None:
    """FROM names graphs of the store; that of a file is not read."""
    asked = open_source(seeds, engine=engine)
    try:
        rows = asked.ask(f"select * from <{(seeds / 'build.json').as_uri()}> {{ ?s ?p ?o }} limit 1").rows
    except QueryError:
        rows = ()
    assert not any("build.json" in (term.value if term else "") for row in rows for term in row)


def test_a_question_that_takes_too_long_is_given_up(seeds: Path) -> None:
    """The time limit holds even where the engine never looks up."""
    endless = "select (count(*) as ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match="no answer within"):
        query.ask(seeds, endless, timeout=0.5, engine="oxigraph")


def test_the_row_limit_says_so(seeds: Path) -> None:
    """An answer that was cut knows it."""
    assert query.ask(seeds, "select * { ?s ?p ?o }", rows=3).truncated
    assert not query.ask(seeds, "select * { ?s a zt:Report }", rows=5).truncated


TERMS = (
    Term("uri", "https://w3id.org/zhitu/ontology#Region"),
    Term("literal", "宿城区\n,\"x\"", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "zh-hans"),
    Term("literal", "0.5", "http://www.w3.org/2001/XMLSchema#decimal"),
    None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("format", "holds"),
    [
        ("table", 'zt:Region  宿城区 ,"x"'),
        ("csv", 'https://w3id.org/zhitu/ontology#Region,"宿城区\n,""x""",0.5,\n'),
        ("json", '"xml:lang": "zh-hans"'),
    ],
)
def test_an_answer_is_written(format: str, holds: str) -> None:
    """As a table for people, as CSV and JSON for machines."""
    answer = Answer("select", ("a", "b", "c", "d"), (TERMS,))
    assert holds in write(answer, format=format, prefixes=PREFIXES)


def test_json_comes_back() -> None:
    """What SPARQL results JSON can hold is the same after reading it again."""
    answer = Answer("select", ("a", "b", "c", "d"), (TERMS,))
    assert canonical(from_json(json.loads(json.dumps(to_json(answer))))) == canonical(answer)


# the command ---------------------------------------------------------------------------------------------------------


def run(*arguments: object, input: str | None = None) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=input)


def test_the_command_answers_names_files_and_stdin(seeds: Path, tmp_path: Path) -> None:
    """A name, a file of the same question, and its text on stdin give the same answer."""
    path = tmp_path / "mine.rq"
    path.write_text(question("who-leads-what").text, encoding="utf-8")
    by_name = run("query", seeds, "who-leads-what", "--format", "csv")
    by_file = run("query", seeds, path, "--format", "csv")
    by_stdin = run("query", seeds, "-", "--format", "csv", input=path.read_text(encoding="utf-8"))
    assert by_name.exit_code == 0 and by_name.stdout == by_file.stdout == by_stdin.stdout
    assert by_name.stdout.startswith("who,name,what,label\n")


def test_the_command_lists_questions(seeds: Path) -> None:
    """`--list` names every question with its parameters."""
    listed = run("query", seeds, "--list").stdout
    assert all(f"\n{asked.name}\n" in f"\n{listed}" for asked in questions())
    assert "--param least=" in listed


def test_the_command_writes_triples(seeds: Path) -> None:
    """CONSTRUCT gives Turtle, and only it."""
    made = run("query", seeds, "-", "-f", "ttl", input="construct { ?s a zt:Report } where { ?s a zt:Report }")
    assert made.stdout.count("zt:Report") == 5
    assert isinstance(run("query", seeds, "reports", "-f", "ttl").exception, UsageError)


def test_prefixes_need_not_be_written(seeds: Path) -> None:
    """Those that graph.ttl opens with are known, of kinds too."""
    assert {"zt", "skos", "region", "policyfamily"} <= set(header(turtle(seeds)))
    assert query.ask(seeds, "ASK { region:321302 a zt:Region }").truth
