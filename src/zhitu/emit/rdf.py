"""Turtle: the graph per the contract, grouped by subject, sorted, one prefix a kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

PREFIXES = {
    "zt": "https://w3id.org/zhitu/ontology#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KINDS = (
    "report", "region", "agency", "institution", "document", "program", "family", "claim", "observation",
    "adoption", "indicator",
)  # fmt: skip
CLASSES = {
    "region": "zt:Region",
    "agency": "zt:Agency",
    "institution": "zt:Institution",
    "document": "zt:Document",
    "program": "zt:Program",
}
HOME = {"region": "zt:partOf", "agency": "zt:jurisdiction", "institution": "zt:jurisdiction"}
LOCAL = re.compile(r"[\w·](?:[\w·.-]*[\w·-])?")  # the part of Turtle's PN_LOCAL that needs no escape
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')

Facts = dict[str, set[tuple[str, str]]]


def write_turtle(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """Writes the whole graph of a store to `path`; the same store gives the same bytes."""
    facts: Facts = defaultdict(set)
    terms = _Terms(base_iri)
    for subject, predicate, value in _statements(connection, terms):
        facts[subject].add((predicate, value))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(terms.header())
        for subject in sorted(facts):
            file.write(_block(subject, facts[subject]))


class _Terms:
    """Keys to Turtle terms."""

    def __init__(self, base_iri: str) -> None:
        self.base = base_iri

    def header(self) -> Iterator[str]:
        for prefix, iri in PREFIXES.items():
            yield f"@prefix {prefix}: <{iri}> .\n"
        for kind in KINDS:
            yield f"@prefix {kind}: <{self.base}{kind}/> .\n"

    def iri(self, key: str) -> str:
        kind, _, slug = key.partition(":")
        if kind in KINDS and LOCAL.fullmatch(slug):
            return key
        return f"<{self.base}{kind}/{UNSAFE.sub(lambda m: f'%{ord(m[0]):02X}', slug)}>"


def _block(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    grouped = defaultdict(list)
    for predicate, value in sorted(pairs, key=lambda pair: (pair[0] != "a", pair)):
        grouped[predicate].append(value)
    lines = [f"    {predicate} {', '.join(values)}" for predicate, values in grouped.items()]
    return f"\n{subject}\n" + " ;\n".join(lines) + " .\n"


def _text(value: str, *, tag: str = "") -> str:
    return f'"{value.translate(ESCAPES)}"{tag}'


def _statements(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    for part in (_reports, _entities, _names, _edges, _claims, _observations, _derived):
        yield from part(connection, terms)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.cursor().execute(query)
    while batch := cursor.fetchmany(10_000):
        yield from batch


def _reports(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    query = "SELECT report, sha256, file, title, region, year, issued, publisher FROM reports"
    for key, sha256, file, title, region, year, issued, publisher in _rows(connection, query):
        iri = terms.iri(key)
        yield iri, "a", "zt:Report"
        yield iri, "zt:sha256", _text(sha256)
        yield iri, "zt:file", _text(file)
        if title:
            yield iri, "dcterms:title", _text(title, tag="@zh-Hans")
        if region:
            yield iri, "zt:reportsOn", terms.iri(region)
        if year is not None:
            yield iri, "zt:year", str(year)
        if issued:
            yield iri, "dcterms:issued", _text(issued, tag="^^xsd:date")
        if publisher and ":" in publisher:
            yield iri, "dcterms:publisher", terms.iri(publisher)
    for key, entity in _rows(connection, "SELECT DISTINCT report, entity FROM mentions"):
        yield terms.iri(key), "schema:mentions", terms.iri(entity)


def _entities(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    query = """SELECT entity, kind, label, region, code, level, full_name, zone, document_class, edition, family,
               family_name FROM entity_all"""
    for key, kind, label, region, code, level, full, zone, cls, edition, family, _family_name in _rows(connection, query):
        iri = terms.iri(key)
        yield iri, "a", CLASSES[kind]
        yield iri, "skos:prefLabel", _text(label, tag="@zh-Hans")
        if zone:
            yield iri, "a", "zt:Zone"
        if region:
            yield iri, HOME.get(kind, "zt:scope"), terms.iri(region)
        for predicate, value in (("zt:divisionCode", code), ("zt:fullName", full), ("zt:edition", edition)):
            if value:
                yield iri, predicate, _text(value)
        for predicate, value in (("zt:level", level), ("zt:documentClass", cls)):
            if value:
                yield iri, predicate, f"zt:{value}"
        if family:
            yield iri, "zt:family", terms.iri(family)


def _names(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    query = """SELECT n.entity, n.role, n.name FROM label_all n JOIN entity_all e USING (entity)
               WHERE n.role = 'number' OR n.name <> e.label"""
    for key, role, name in _rows(connection, query):
        if role == "number":
            yield terms.iri(key), "zt:documentNumber", _text(name)
        else:
            yield terms.iri(key), "skos:altLabel", _text(name, tag="@zh-Hans")


def _edges(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    query = "SELECT subject, predicate, object FROM edge_all WHERE status = 'done'"
    for subject, predicate, value in _rows(connection, query):
        yield terms.iri(subject), f"zt:{predicate}", terms.iri(value)


def _evidence(terms: _Terms, iri: str, row: tuple[Any, ...]) -> Iterator[tuple[str, str, str]]:
    report, quote, start, end, rule = row
    yield iri, "prov:wasDerivedFrom", terms.iri(report)
    yield iri, "zt:quote", _text(quote)
    yield iri, "zt:charStart", str(start)
    yield iri, "zt:charEnd", str(end)
    yield iri, "zt:rule", _text(rule)


def _claims(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    query = """SELECT claim, subject, predicate, object, status, report, quote, char_start, char_end, rule
               FROM claims"""
    for key, subject, predicate, value, status, *evidence in _rows(connection, query):
        iri = terms.iri(key)
        yield iri, "a", "zt:Claim"
        yield iri, "rdf:subject", terms.iri(subject)
        yield iri, "rdf:predicate", f"zt:{predicate}"
        yield iri, "rdf:object", terms.iri(value)
        yield iri, "zt:status", _text(status)
        yield from _evidence(terms, iri, tuple(evidence))


def _observations(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    query = """SELECT observation, indicator, indicator_text, value, unit, region, year,
               report, quote, char_start, char_end, rule FROM observations"""
    for key, indicator, wording, value, unit, region, year, *evidence in _rows(connection, query):
        iri = terms.iri(key)
        yield iri, "a", "zt:Observation"
        if indicator:
            yield iri, "zt:indicator", terms.iri(f"indicator:{indicator}")
        yield iri, "zt:indicatorText", _text(wording)
        yield iri, "zt:value", _text(value, tag="^^xsd:decimal")
        yield iri, "zt:unitText", _text(unit or "")
        if region:
            yield iri, "zt:region", terms.iri(region)
        if year is not None:
            yield iri, "zt:year", str(year)
        yield from _evidence(terms, iri, tuple(evidence))


def _derived(connection: duckdb.DuckDBPyConnection, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    for family, name in _rows(connection, "SELECT DISTINCT family, name FROM families"):
        yield terms.iri(family), "a", "zt:PolicyFamily"
        yield terms.iri(family), "skos:prefLabel", _text(name, tag="@zh-Hans")
    query = "SELECT adoption, region, policy, first_year, claims FROM adoptions"
    for key, region, policy, year, claims in _rows(connection, query):
        iri = terms.iri(key)
        yield terms.iri(region), "zt:adopts", terms.iri(policy)
        yield iri, "a", "zt:Adoption"
        yield iri, "zt:region", terms.iri(region)
        yield iri, "zt:policy", terms.iri(policy)
        if year is not None:
            yield iri, "zt:firstYear", str(year)
        for claim in claims:
            yield iri, "prov:wasDerivedFrom", terms.iri(claim)
