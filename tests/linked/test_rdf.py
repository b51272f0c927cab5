"""The graph in every RDF format: the same triples, the same bytes, readable, and no plan asserted as done."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib

from linked.conftest import NASTY
from zhitu import vocab
from zhitu.emit import describe, nodes, rdf
from zhitu.store import open_store

BASE = "https://w3id.org/zhitu/id/"
F = ox.RdfFormat
WRITERS = {
    "graph.ttl": (rdf.write_turtle, F.TURTLE, "turtle"),
    "graph.nt": (rdf.write_ntriples, F.N_TRIPLES, "nt"),
    "graph.trig": (rdf.write_trig, F.TRIG, "trig"),
    "graph.nq": (rdf.write_nquads, F.N_QUADS, "nquads"),
    "graph.jsonld": (rdf.write_jsonld, F.JSON_LD, "json-ld"),
}
PREFIXES = "".join(f"PREFIX {name}: <{iri}> " for name, iri in rdf.prefixes(BASE).items())


def by_oxigraph(path: Path, format: Any) -> set[tuple[str, ...]]:
    return {tuple(map(str, (q.subject, q.predicate, q.object))) for q in ox.parse(path=str(path), format=format)}


def by_rdflib(path: Path, format: str) -> set[tuple[str, ...]]:
    graph = rdflib.Dataset(default_union=True).parse(path, format=format)
    return {tuple(_n3(term) for term in quad[:3]) for quad in graph.quads()}


def _n3(term: Any) -> str:
    return (
        f"{term!s} {term.datatype} {(term.language or '').lower()}" if isinstance(term, rdflib.Literal) else str(term)
    )


@pytest.fixture
def written(small: Any, tmp_path: Path) -> Path:
    for name, (write, _, _) in WRITERS.items():
        write(small, tmp_path / name, base_iri=BASE)
    return tmp_path


def ask(path: Path, query: str) -> bool:
    store = ox.Store()
    store.load(path=str(path), format=F.TURTLE)
    return bool(store.query(PREFIXES + f"ASK {{ {query} }}"))


@pytest.mark.parametrize("name", WRITERS)
def test_two_parsers_read_the_same_triples_from_every_format(written: Path, name: str) -> None:
    """pyoxigraph and rdflib accept each format, and each says what N-Triples says."""
    _, format, other = WRITERS[name]
    assert by_oxigraph(written / name, format) == by_oxigraph(written / "graph.nt", F.N_TRIPLES)
    assert by_rdflib(written / name, other) == by_rdflib(written / "graph.nt", "nt")


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_rows_give_the_same_bytes(small: Any, written: Path, tmp_path: Path, name: str) -> None:
    """Rows in another order change nothing."""
    small.execute("CREATE TEMP TABLE shuffled AS SELECT * FROM claims ORDER BY claim DESC")
    small.execute("DELETE FROM claims")
    small.execute("INSERT INTO claims SELECT * FROM shuffled")
    write, _, _ = WRITERS[name]
    write(small, tmp_path / "again", base_iri=BASE)
    assert (tmp_path / "again").read_bytes() == (written / name).read_bytes()


@pytest.mark.parametrize("name", WRITERS)
def test_ranges_change_nothing(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In how many pieces a table is read, and in how large ones the text goes on, does not show."""
    write, _, _ = WRITERS[name]
    with open_store(seeds / "zhitu.duckdb", read_only=True) as store:
        settings = [f"SELECT current_setting('{key}')" for key in nodes.SPARING]
        before = [store.connection.execute(query).fetchall() for query in settings]
        write(store.connection, tmp_path / "whole", base_iri=BASE)
        monkeypatch.setattr(nodes, "STEP", 3)
        monkeypatch.setattr(nodes, "VALUES", 200)
        monkeypatch.setattr(rdf, "_BUFFER", 1 << 12)
        write(store.connection, tmp_path / "cut", base_iri=BASE)
        assert before == [store.connection.execute(query).fetchall() for query in settings]
    assert (tmp_path / "cut").read_bytes() == (tmp_path / "whole").read_bytes()


def test_turtle_is_grouped_abbreviated_and_tagged(written: Path) -> None:
    """A block a subject, a blank line between, every IRI short, language tags as they are usually written."""
    text = (written / "graph.ttl").read_text(encoding="utf-8")
    head, *blocks = text.rstrip().split("\n\n")
    assert all(line.startswith("@prefix ") for line in head.split("\n"))
    subjects = [block.split(" ", 1)[0] for block in blocks]
    assert len(subjects) == len(set(subjects)) == 18
    assert not any(line.startswith("<") or " <" in line for block in blocks for line in block.split("\n"))
    assert '"宿城区"@zh-Hans' in text and '"@zh-hans ;' not in text
    assert text.index("report:0123456789abcdef a zt:Report") < text.index("region:000000 a") < text.index("claim:1 a")


def test_hostile_words_come_back_whole(written: Path) -> None:
    """Quotation marks, backslashes, control characters and look-alikes of tags are text, in every format."""
    for name, (_, format, _) in WRITERS.items():
        values = {q.object.value for q in ox.parse(path=str(written / name), format=format)}
        assert NASTY in values, name


@pytest.mark.parametrize("name", WRITERS)
def test_what_an_iri_cannot_hold_is_encoded(small: Any, tmp_path: Path, name: str) -> None:
    """A key that should not be, with white space, per cent, brackets or a second colon, gives an IRI all the same."""
    odd = "program:CN-100%[试 行]:<一>\ue000"
    small.execute("UPDATE entities SET entity = ? WHERE entity LIKE 'program:%'", [odd])
    write, format, _ = WRITERS[name]
    write(small, tmp_path / name, base_iri=BASE)
    names = {q.subject.value for q in ox.parse(path=str(tmp_path / name), format=format)}
    assert BASE + "program/" + quote(odd.partition(":")[2], safe="") in names


def test_parts_of_a_thing_stand_together(seeds: Path, tmp_path: Path) -> None:
    """Nodes come sorted by kind and key, and each once, in a graph of several thousand."""
    with open_store(seeds / "zhitu.duckdb", read_only=True) as store:
        rdf.write_ntriples(store.connection, tmp_path / "graph.nt", base_iri=BASE)
    lines = (tmp_path / "graph.nt").read_text(encoding="utf-8").splitlines()
    keys = [key for key, _ in groupby(line.split(" ", 1)[0][len(BASE) + 1 : -1].split("/", 1) for line in lines)]
    assert keys == sorted(keys, key=lambda key: (vocab.KINDS.index(key[0]), key[1]))
    assert len(keys) == len(set(map(tuple, keys))) > 500


@pytest.mark.parametrize(
    ("triples", "holds"),
    [
        ("agency:321302-司法局 zt:issued document:321302-要点", True),
        ("region:321302 zt:studied document:CN-某法", True),
        ("region:321302 zt:runs program:CN-12345热线", False),  # only planned
        ("claim:2 zt:status 'planned' ; rdf:predicate zt:runs", True),
        ("region:321302 zt:adopts document:321302-要点 , policyfamily:要点", True),
        ("region:321302 zt:adopts program:CN-12345热线", False),
        ("region:321302-高新区 a zt:Region , zt:Zone", True),
        (
            "document:CN-某法 a zt:Document , eli:LegalResource ; zt:edition '试行' ; "
            "zt:documentNumber '洪法字〔2017〕2号'",
            True,
        ),
        ("document:321302-要点 a eli:LegalResource", False),
        ("region:321302 skos:prefLabel '宿城区'@zh-Hans ; skos:altLabel '宿城'@zh-Hans , '宿迁市宿城区'@zh-Hans", True),
        ("region:321302 skos:altLabel '宿城区'@zh-Hans", False),
        ("report:0123456789abcdef dcterms:publisher agency:321302-司法局", True),
        ("report:fedcba9876543210 dcterms:publisher ?x", False),
        ("report:0123456789abcdef schema:mentions region:321302", True),
        ("report:0123456789abcdef schema:mentions region:000000", False),  # known, but not mentioned
        ("observation:1 zt:indicator indicator:review-applications-received ; zt:value 22 ; zt:unitText '件'", True),
        ("observation:2 zt:unitText ?unit", False),
        ("?x a zt:Unresolved ; zt:surface '有关部门' ; zt:candidate 'agency:a' , 'agency:b'", True),
        ("?x a zt:Adoption ; zt:firstYear 2020 ; prov:wasDerivedFrom claim:1", True),
        ("document:321302-要点 zt:family policyfamily:要点", True),
    ],
)
def test_what_the_contract_says(written: Path, triples: str, holds: bool) -> None:
    """Each line of the contract, on a row of its own."""
    assert ask(written / "graph.ttl", triples.replace("zt:value 22 ", "zt:value '22'^^xsd:decimal ")) is holds


def test_no_candidate_is_no_statement(small: Any, tmp_path: Path) -> None:
    """What nothing was found for has no candidate, rather than an empty one."""
    small.execute("UPDATE unresolved SET candidates = ''")
    rdf.write_turtle(small, tmp_path / "x.ttl", base_iri=BASE)
    assert ask(tmp_path / "x.ttl", "?x a zt:Unresolved ; zt:surface '有关部门'")
    assert not ask(tmp_path / "x.ttl", "?x zt:candidate ?candidate")


def test_another_base_moves_the_data_and_not_the_vocabulary(small: Any, tmp_path: Path) -> None:
    """`--base-iri` changes where things live; terms and indicators stay."""
    rdf.write_turtle(small, tmp_path / "x.ttl", base_iri="http://example.org/z")
    text = (tmp_path / "x.ttl").read_text(encoding="utf-8")
    assert "@prefix region: <http://example.org/z/region/> ." in text
    assert "w3id.org/zhitu/id" not in text and "<https://w3id.org/zhitu/ontology#>" in text


def test_a_graph_a_report(written: Path) -> None:
    """In TriG what a report says stands in the report's own graph, and what is derived in another."""
    quads = {(str(q.subject), str(q.graph_name)) for q in ox.parse(path=str(written / "graph.trig"), format=F.TRIG)}
    assert (f"<{BASE}claim/1>", f"<{BASE}report/0123456789abcdef>") in quads
    assert (f"<{BASE}claim/3>", f"<{BASE}report/fedcba9876543210>") in quads
    assert {graph for subject, graph in quads if "/adoption/" in subject} == {f"<{BASE}graph/derived>"}


def test_annotations_point_at_the_words(small: Any, tmp_path: Path) -> None:
    """Each mention, claim and figure has a Web Annotation with position and quotation."""
    describe.write_annotations(small, tmp_path / "oa.ttl", base_iri=BASE)
    graph = rdflib.Graph().parse(tmp_path / "oa.ttl")
    rows = graph.query("""PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?body ?start ?exact {
        ?a a oa:Annotation ; oa:hasBody ?body ; oa:hasTarget [ oa:hasSource ?r ; oa:hasSelector ?p , ?q ] .
        ?p a oa:TextPositionSelector ; oa:start ?start . ?q a oa:TextQuoteSelector ; oa:exact ?exact }""")
    found = {(str(body), int(start), str(exact)) for body, start, exact in rows}
    assert (f"{BASE}document/CN-某法", 4, NASTY) in found and (f"{BASE}claim/1", 10, NASTY) in found
    assert len(found) == 2 + 3 + 2


def test_the_description_counts_what_is_there(small: Any, tmp_path: Path) -> None:
    """VoID says how many things of each class there are."""
    describe.write_void(small, tmp_path / "void.ttl", base_iri=BASE)
    graph = rdflib.Graph().parse(tmp_path / "void.ttl")
    rows = graph.query("PREFIX void: <http://rdfs.org/ns/void#> SELECT ?c ?n { ?p void:class ?c ; void:entities ?n }")
    counts = {str(c).rsplit("#", 1)[-1]: int(n) for c, n in rows}
    assert counts | {"Report": 2, "Region": 3, "Zone": 1, "Claim": 3, "Observation": 2} == counts


def test_the_cube_holds_whole_observations_once(small: Any, tmp_path: Path) -> None:
    """Only figures with region, year and known indicator are in the cube."""
    describe.write_cube(small, tmp_path / "cube.ttl", base_iri=BASE)
    graph = rdflib.Graph().parse(tmp_path / "cube.ttl")
    data = rdflib.URIRef("http://purl.org/linked-data/cube#dataSet")
    assert [str(s) for s in graph.subjects(data)] == [f"{BASE}observation/1"]


def test_jena_reads_what_is_written(jena: Any, written: Path) -> None:
    """A third parser, Apache Jena's riot, accepts every format and counts as many."""
    number = len(by_oxigraph(written / "graph.nt", F.N_TRIPLES))
    quads = len((written / "graph.nq").read_text(encoding="utf-8").splitlines())
    for name in WRITERS:
        # Debian's titanium, the reader of JSON-LD 1.1, lacks a part; the reader of 1.0 does for this context
        syntax = ["--syntax=jsonld10"] if name.endswith("jsonld") else []
        done = jena("riotcmd.riot", "--strict", "--count", *syntax, str(written / name))
        want = quads if name in ("graph.trig", "graph.nq") else number
        assert done.returncode == 0 and f" = {want:,}" in done.stdout + done.stderr, (name, done.stdout, done.stderr)
