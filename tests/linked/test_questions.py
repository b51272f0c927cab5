"""The named questions: answered right on the seeds, alike by every engine, with parameters, limits and plain errors."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from typer.testing import CliRunner

from zhitu import query
from zhitu.cli import app
from zhitu.errors import QueryError, UsageError
from zhitu.pipeline import build
from zhitu.query.answers import Answer, Term, canonical, from_json, to_json, write
from zhitu.query.engines import SMALL, Source, cached, header, open_source, turtle
from zhitu.query.guard import check
from zhitu.query.questions import Question, parse_params, question, questions
from zhitu.vocab import BASE_IRI

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "ontology" / "queries" / "expected"
ANSWERS = sorted(path for path in EXPECTED.glob("*.csv") if path.stem != "deviations")
WORDS = {"quote", "wording"}  # columns that hold what a reader would underline
THINGS = {"policy", "thing", "version"}  # columns of which only the kind is compared
ALL = pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
PREFIXES = {"zt": "https://w3id.org/zhitu/ontology#"}
Rows: TypeAlias = list[tuple[str, ...]]


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


class Expected(NamedTuple):
    """One answer as it was read in the reports."""

    asked: Question
    params: dict[str, str]
    columns: tuple[str, ...]
    rows: Rows


def expected(path: Path) -> Expected:
    lines = path.read_text(encoding="utf-8").splitlines()
    settings = lines.pop(0).removeprefix("# ").split(", ") if lines[0].startswith("#") else []
    header, *rows = csv.reader(lines)
    return Expected(question(path.name.split(".")[0]), parse_params(settings), tuple(header), [tuple(r) for r in rows])


def deviations(name: str) -> dict[str, Rows]:
    """Rows of an answer that the program gives or lacks, against what the reports say."""
    found: dict[str, Rows] = {"gives": [], "lacks": []}
    for line in csv.DictReader((EXPECTED / "deviations.csv").open(encoding="utf-8", newline="")):
        if line["answer"] == name:
            found[line["program"]].append(tuple(cell.strip() for cell in line["row"].split("|")))
    return found


def compared(answer: Answer, columns: tuple[str, ...]) -> Rows:
    """The answer's rows in those columns: of an entity its kind, of a term its name."""
    return [tuple(_short(record[name]) for name in columns) for record in answer.records()]


def _short(value: str | None) -> str:
    entity = re.match(re.escape(BASE_IRI) + r"(\w+)/", value or "")
    return entity[1] if entity else re.sub(r"^https?://.*[/#]", "", value or "")


def missing(rows: Rows, among: Rows, columns: tuple[str, ...]) -> Rows:
    """Those of `rows` that none of the others is like."""
    return [row for row in rows if not any(_alike(row, other, columns) for other in among)]


def _alike(one: tuple[str, ...], other: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    cells = zip(columns, one, other, strict=True)
    return all(_overlap(a, b) if name in WORDS else _bare(a) == _bare(b) for name, a, b in cells)


def _overlap(one: str, other: str) -> bool:
    a, b = _bare(one), _bare(other)
    return bool(a and b) and (a in b or b in a)


def _bare(value: str) -> str:
    try:
        return str(float(value))
    except ValueError:
        return "".join(ch for ch in unicodedata.normalize("NFKC", value) if ch.isalnum())


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_the_seeds_give_the_whole_answer(path: Path, source: Source) -> None:
    """Each row that was read in the reports is in the answer, no other is, and they come in the question's order."""
    asked, params, columns, read = expected(path)
    answer = source.ask(asked.fill(params, base_iri=source.base_iri, find=source.find))
    found, known = compared(answer, columns), deviations(path.stem)
    assert missing(known["gives"], found, columns) == [], "given no more: delete it from deviations.csv"
    assert missing(known["lacks"], found, columns) == known["lacks"], "no longer lacking: delete it there"
    assert missing(known["lacks"], read, columns) == [], "what the program lacks belongs into the answer"
    found, read = missing(found, known["gives"], columns), missing(read, known["lacks"], columns)
    assert missing(read, found, columns) == [], "in the reports, not in the answer"
    assert missing(found, read, columns) == [], "in the answer, not in the reports"
    if not {"predicate", "quote"} <= set(columns):  # several claims may rest on one sentence
        assert len(found) == len(read)
    orders = [columns.index(name) for name in takewhile({*columns}.difference(THINGS).__contains__, ordered_by(asked))]
    assert in_order(found, orders) == in_order(read, orders)


def in_order(rows: Rows, columns: list[int]) -> list[list[str]]:
    """What stands in these columns, row by row, repetitions left out."""
    return [key for key, _ in groupby([_bare(row[i]) for i in columns] for row in rows)]


def ordered_by(asked: Question) -> list[str]:
    """The variables that the question's last ORDER BY names."""
    return re.findall(r"\?(\w+)", asked.text.rpartition("ORDER BY")[2])


def test_every_question_has_an_answer_and_every_deviation_one_too() -> None:
    """No question goes unchecked, and no deviation is of an answer that is not there."""
    assert {path.name.split(".")[0] for path in ANSWERS} == {asked.name for asked in questions()}
    lines = csv.DictReader((EXPECTED / "deviations.csv").open(encoding="utf-8", newline=""))
    assert {line["answer"] for line in lines} <= {path.stem for path in ANSWERS}


def test_quoted_words_stand_in_the_reports() -> None:
    """What an expected answer quotes can be read in the seeds."""
    reports = _bare("".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))))
    for path in ANSWERS:
        _, _, columns, rows = expected(path)
        if "quote" in columns:
            assert [row for row in rows if _bare(row[columns.index("quote")]) not in reports] == []


@pytest.mark.parametrize("name", ["claims-of-report", "evidence-for-policy"])
def test_rows_come_in_the_order_of_the_text(name: str, source: Source) -> None:
    """Within a report, rows come as they stand in it."""
    places: dict[str | None, list[int]] = {}
    for record in source.ask(filled(question(name), source)).records():
        places.setdefault(record.get("report"), []).append(int(record["start"] or 0))
    assert places and all(starts == sorted(starts) for starts in places.values())


# Revised, repealed, and cited afterwards: nothing of it in the seeds. A repeal that is only planned, and a document
# cited before it was repealed, must not appear.
SHORT_REPORTS = {
    "2021.txt": """凤阳县2021年法治政府建设工作报告

2021年,凤阳县扎实推进依法行政,现将有关情况报告如下:
一、健全依法行政制度体系。修订《凤阳县重大行政决策程序规定》,废止《凤阳县城市管理暂行办法》。县司法局修改了《凤阳县行政执法监督办法》。贯彻落实《凤阳县政府投资项目管理办法》,规范项目审批。
二、下一步工作打算。2022年,将废止《凤阳县政府合同管理办法》。
凤阳县人民政府
2022年1月10日
""",
    "2022.txt": """凤阳县2022年法治政府建设工作报告

2022年,凤阳县持续推进法治政府建设,现将有关情况报告如下:
一、严格规范公正文明执法。县城市管理局严格执行《凤阳县城市管理暂行办法》,组织学习《凤阳县重大行政决策程序规定》。落实《凤阳县政府合同管理办法》,加强合同审查。
二、加强规范性文件清理。废止《凤阳县政府投资项目管理办法》。
凤阳县人民政府
2023年1月9日
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The build of the two short reports."""
    folder = tmp_path_factory.mktemp("short")
    for name, text in SHORT_REPORTS.items():
        (folder / "reports" / name).parent.mkdir(exist_ok=True)
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    build(folder / "reports", out=folder / "out", workers=0)
    return open_source(folder / "out", engine="oxigraph")


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        (
            "revised-and-repealed",
            ("name", "predicate", "title"),
            [
                ("凤阳县", "repealed", "凤阳县城市管理暂行办法"),
                ("凤阳县", "repealed", "凤阳县政府投资项目管理办法"),
                ("凤阳县", "revised", "凤阳县重大行政决策程序规定"),
                ("凤阳县司法局", "revised", "凤阳县行政执法监督办法"),
            ],
        ),
        (
            "repealed-still-cited",
            ("label", "repealed", "cited", "predicate"),
            [("凤阳县城市管理暂行办法", "2021", "2022", "implements")],
        ),
    ],
)
def test_what_the_seeds_lack_is_found_where_it_is_said(
    short: Source, name: str, columns: tuple[str, ...], rows: Rows
) -> None:
    """Two questions that the seeds answer with nothing find every row in reports that say it, and no other."""
    assert sorted(compared(short.ask(filled(question(name), short)), columns)) == sorted(rows)


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
