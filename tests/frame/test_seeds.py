"""The whole corridor on the five reports of seeds/: what a stranger gets from the first command."""

from __future__ import annotations

import shutil
from pathlib import Path

import networkx as nx
import pytest

import zhitu
from frame.test_emit import read_graphml
from frame.test_laws import outputs
from zhitu import emit
from zhitu.pipeline import build

SEEDS = Path(__file__).parents[2] / "seeds"
# the contract's own question, as it is written there
SHARED = """SELECT ?p (COUNT(DISTINCT ?r) AS ?n) { ?r a zt:Region ; zt:adopts ?p }
            GROUP BY ?p HAVING (COUNT(DISTINCT ?r) > 1)"""


@pytest.fixture(autouse=True)
def _stand_in() -> None:
    """Here the real rooms read."""


@pytest.fixture(scope="module")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seeds") / "out"
    summary = build(SEEDS, out=out, workers=2)
    assert (summary.read, summary.quarantined) == (5, ())
    return out


def test_what_is_written(graph_folder: Path) -> None:
    """Everything that the documentation promises of a build."""
    names = {"graph.ttl", "graph.graphml", "graph.json", "tables", "zhitu.duckdb", "texts", "html", "build.json"}
    assert {path.name for path in graph_folder.iterdir()} == names
    assert (graph_folder / "html" / "index.html").exists()
    assert (graph_folder / "html" / "shared.html").exists()


def test_two_builds_in_another_order_are_one(graph_folder: Path, tmp_path: Path) -> None:
    """Last report first, then all, in this process: the same bytes in every file as from two processes at once."""
    build(sorted(SEEDS.iterdir())[-1], out=tmp_path / "out", workers=0)
    build(sorted(SEEDS.iterdir(), reverse=True), out=tmp_path / "out", workers=1)
    assert outputs(tmp_path / "out") == outputs(graph_folder)


def test_every_quote_stands_in_its_source(graph_folder: Path) -> None:
    """The evidence of every claim and figure is checkable with nothing but the written files."""
    with zhitu.open(graph_folder) as graph:
        digests = {row["report"]: row["sha256"] for row in graph._records("SELECT report, sha256 FROM reports", {})}
        records = [*graph.claims(), *graph.observations()]
    texts = {report: emit.read_text(graph_folder, digest) for report, digest in digests.items()}
    assert len(records) > 300
    wrong = [r for r in records if texts[r["report"]][r["char_start"] : r["char_end"]] != r["quote"]]
    assert wrong == []


def test_every_key_that_is_used_is_an_entity(graph_folder: Path) -> None:
    """No claim, report, scope or adoption points at nothing."""
    query = """
        SELECT used FROM (
            SELECT unnest([subject, object]) AS used FROM claims UNION SELECT entity FROM mentions
            UNION SELECT region FROM entities UNION SELECT unnest([region, publisher, agent]) FROM reports
            UNION SELECT region FROM observations UNION SELECT region FROM adoptions)
        WHERE used IS NOT NULL AND used NOT IN (SELECT entity FROM entities)"""
    with zhitu.open(graph_folder) as graph:
        assert graph.connection.execute(query).fetchall() == []


def test_the_contracts_question(graph_folder: Path) -> None:
    """All three readers of the graph answer alike, and 行政执法三项制度 is shared by all five regions."""
    with zhitu.open(graph_folder) as graph:
        ours = {row["p"]: int(row["n"] or 0) for row in graph.sparql(SHARED)}
        rdf = graph.to_rdflib()
        theirs = {str(row.p): int(row.n) for row in rdf.query(SHARED)}  # type: ignore[union-attr]
        tables = {policy["policy"]: len(policy["regions"]) for policy in graph.shared_policies()}
        labels = {policy["label"] for policy in graph.shared_policies(regions=5)}
    assert ours == theirs
    assert sorted(ours.values()) == sorted(tables.values())
    assert any("三项制度" in label for label in labels)


def test_networkx_reads_it_back(graph_folder: Path) -> None:
    """GraphML of real reports loses nothing."""
    with zhitu.open(graph_folder) as graph:
        direct = graph.to_networkx()
    assert nx.utils.graphs_equal(read_graphml(graph_folder / "graph.graphml"), direct)


def test_the_library_without_a_disk() -> None:
    """A report is read and understood in a notebook, without an output folder."""
    report = zhitu.read(SEEDS / "001_955c83693dfcd799.txt")
    said = zhitu.extract(report)
    assert (said.region, said.year) == ("region:321302", 2020)
    assert all(report.source.text[claim.span.start : claim.span.end] == claim.quote for claim in said.claims)
    assert zhitu.read(SEEDS / "001_955c83693dfcd799.txt", year=1999).source.given.year == 1999


def test_given_region_and_year_override_the_text(tmp_path: Path) -> None:
    """`--region` takes a code or a name; both come to the same region."""
    source = tmp_path / "in" / "a.txt"
    source.parent.mkdir()
    shutil.copy(SEEDS / "001_955c83693dfcd799.txt", source)
    for given in ("420111", "湖北省武汉市洪山区"):
        said = zhitu.extract(zhitu.read(source, region=given, year=2011))
        assert (said.region, said.year) == ("region:420111", 2011)
