"""Formats: each can be read back by the tools that it is for, and holds what the store holds."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest

import zhitu
from frame.conftest import REPORTS, write_reports
from zhitu import emit, pipeline
from zhitu.errors import UsageError


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_graphml(path: Path) -> nx.MultiDiGraph:
    """As NetworkX reads it; it leaves the key among the attributes as well, and notes the defaults, of none."""
    network = nx.read_graphml(path, force_multigraph=True)
    assert network.graph == {"node_default": {}, "edge_default": {}}
    network.graph.clear()
    for _, _, data in network.edges(data=True):
        del data["key"]
    return network


def test_the_files_of_a_build(built: Path) -> None:
    """Everything that the documentation promises is there."""
    names = {"graph.ttl", "graph.graphml", "graph.json", "tables", "zhitu.duckdb", "texts", "build.json"}
    assert names <= {path.name for path in built.iterdir()}
    tables = {"reports", "entities", "claims", "observations", "adoptions", "unresolved", "near_duplicates"}
    assert {path.stem for path in (built / "tables").glob("*.csv")} == tables


def test_csv_opens_in_excel(built: Path) -> None:
    """A BOM first, then UTF-8, lines ended as RFC 4180 has it."""
    content = (built / "tables" / "adoptions.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfregion_code,region,policy,policy_label,kind,first_year,reports\r\n")


def test_adoptions_in_the_long_form(built: Path) -> None:
    """Unit, policy, year; labels beside keys."""
    found = rows(built / "tables" / "adoptions.csv")
    assert {
        "region_code": "420111",
        "region": "洪山区",
        "policy": "program:CN-行政执法三项制度",
        "policy_label": "行政执法三项制度",
        "kind": "program",
        "first_year": "2018",
        "reports": "1",
    } in found


def test_claims_have_labels_and_words(built: Path) -> None:
    """A claim can be read without looking anything up."""
    claim = next(row for row in rows(built / "tables" / "claims.csv") if row["subject"].startswith("agency:321302"))
    assert (claim["subject_label"], claim["predicate"], claim["object_label"]) == (
        "司法局",
        "implements",
        "中华人民共和国行政复议法",
    )
    report = next(row for row in rows(built / "tables" / "reports.csv") if row["report"] == claim["report"])
    text = emit.read_text(built, report["sha256"])
    assert text[int(claim["char_start"]) : int(claim["char_end"])] == claim["quote"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-推行", "'-推行"), ("-3.2", "-3.2"), ("+5", "+5"), ("2-1", "2-1"), ("", "")],
)
def test_no_cell_is_a_formula(value: str, cell: str, tmp_path: Path) -> None:
    """What a spreadsheet would run is text; what is a number stays one."""
    from zhitu.emit.tables import _cell

    assert _cell(value) == cell


def test_graphml_round_trip(built: Path, tmp_path: Path) -> None:
    """NetworkX → GraphML → NetworkX loses nothing: nodes, edges, keys, attributes and their types."""
    with zhitu.open(built) as graph:
        direct = graph.to_networkx()
    read = read_graphml(built / "graph.graphml")
    assert nx.utils.graphs_equal(read, direct)
    nx.write_graphml(read, tmp_path / "again.graphml", named_key_ids=True)
    again = nx.read_graphml(tmp_path / "again.graphml", force_multigraph=True)
    again.graph.clear()
    assert nx.utils.graphs_equal(again, read)


def test_no_two_edges_of_graphml_have_one_id(built: Path) -> None:
    """Gephi takes edges with the same id for one edge; without ids it numbers them itself."""
    assert "<edge id=" not in (built / "graph.graphml").read_text(encoding="utf-8")


def test_node_link_json_reads_back(built: Path) -> None:
    """The JSON is NetworkX's own node-link form."""
    content = json.loads((built / "graph.json").read_text(encoding="utf-8"))
    with zhitu.open(built) as graph:
        assert nx.utils.graphs_equal(nx.node_link_graph(content, edges="edges"), graph.to_networkx())


def test_nodes_and_edges_say_what_they_are(built: Path) -> None:
    """Type, label, region code on nodes; predicate, first year, counts and a quote on edges."""
    with zhitu.open(built) as graph:
        network = graph.to_networkx()
    node = network.nodes["document:321302-宿城区重大行政决策程序规定"]
    assert (node["type"], node["label"], node["region"]) == ("document", "宿城区重大行政决策程序规定", "321302")
    edge = network.edges["region:420111", "program:CN-行政执法三项制度", "runs"]
    assert edge == {
        "predicate": "runs",
        "status": "done",
        "first_year": 2018,
        "claims": 1,
        "reports": 1,
        "quote": "runs 行政执法三项制度",
    }
    values = [value for _, data in network.nodes(data=True) for value in data.values()]
    values += [value for _, _, data in network.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} == {str, int}


def test_control_characters_do_not_break_xml(tmp_path: Path) -> None:
    """A damaged report still gives GraphML that can be read."""
    write_reports(tmp_path / "in", {"a.txt": "宿城区 321302 2020\nruns 一网\x02通办\uffff<&>\n"})
    pipeline.build(tmp_path / "in", out=tmp_path / "out", extra=["gexf"])
    network = nx.read_graphml(tmp_path / "out" / "graph.graphml", force_multigraph=True)
    assert "一网通办<&>" in {data["label"] for _, data in network.nodes(data=True)}
    assert nx.read_gexf(tmp_path / "out" / "graph.gexf").number_of_nodes() == network.number_of_nodes()


def test_parquet_on_demand(reports: Path, tmp_path: Path) -> None:
    """The tables of the store as they are, for larger tools."""
    import duckdb

    pipeline.build(reports, out=tmp_path / "out", extra=["parquet"])
    path = (tmp_path / "out" / "parquet" / "claims.parquet").as_posix()
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(9,)]


def test_a_format_that_does_not_exist() -> None:
    """A misspelt format is refused before any work, with the names that there are."""
    with pytest.raises(UsageError, match="turtle"):
        emit.chosen(["turtel"])


def test_build_json(tmp_path: Path) -> None:
    """Inputs with digests and status, counts, quarantined with reasons; neither clock time nor path of this machine."""
    write_reports(
        tmp_path / "in", {**REPORTS, "x.txt": "fail\n", "sub/y.txt": "refuse\n", "copy.txt": REPORTS["洪山区_2018.txt"]}
    )
    pipeline.build(tmp_path / "in", out=tmp_path / "out")
    text = (tmp_path / "out" / "build.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert {item["file"]: item["status"] for item in content["inputs"]} == {
        "copy.txt": "read",
        "x.txt": "quarantined",
        "sub/y.txt": "quarantined",
        "宿城区_2020.txt": "read",
        "洪山区_2018.txt": "same as copy.txt",
        "sub/渭城区_2019.txt": "read",
    }
    assert [failed["reason"] for failed in content["quarantined"]] == [
        "the file holds no text\n  → fetch it again",
        "ValueError: a bug in a room (at frame/left.py, read_job)",
    ]
    assert content["counts"]["reports"] == 3
    assert str(tmp_path) not in text


NEAR = [
    ("a misprint", "重大行政决策程序规定", "重大行政决測程序规定", True),
    ("another number", "三项制度实施方案办法", "四项制度实施方案办法", False),
    ("another year", "工作要点2019年", "工作要点2020年", False),
    ("two different things", "行政复议工作办法", "行政应诉工作规定", False),
]


@pytest.mark.parametrize(("about", "one", "other", "listed"), NEAR, ids=[case[0] for case in NEAR])
def test_near_duplicates_are_listed_not_fused(about: str, one: str, other: str, listed: bool, tmp_path: Path) -> None:
    """Names of one kind and place that differ by a slip of one character are put before people."""
    write_reports(tmp_path / "in", {"a.txt": f"宿城区 321302 2020\nissued {one}\nissued {other}\n"})
    pipeline.build(tmp_path / "in", out=tmp_path / "out")
    content = json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))
    assert bool(content["near_duplicates"]) == listed
    assert content["counts"]["entities_by_kind"]["document"] == 2
