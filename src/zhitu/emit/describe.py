"""void.ttl, annotations.ttl, cube.ttl: the graph described, pointed at by Web Annotations, and cut as a data cube."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitu import vocab
from zhitu.emit.nodes import BATCH, DERIVED
from zhitu.emit.rdf import Terms, prefixes

if TYPE_CHECKING:
    import duckdb

CLASS_COUNTS = """
    SELECT 'Report', count(*) FROM reports UNION ALL
    SELECT upper(kind[1]) || kind[2:], count(*) FROM entity_all GROUP BY kind UNION ALL
    SELECT 'Zone', count(*) FROM entity_all WHERE zone HAVING count(*) > 0 UNION ALL
    SELECT 'PolicyFamily', count(DISTINCT family) FROM families UNION ALL
    SELECT 'Claim', count(*) FROM claims UNION ALL
    SELECT 'Observation', count(*) FROM observations UNION ALL
    SELECT 'Adoption', count(*) FROM adoptions ORDER BY 1"""
REPORTS = "SELECT report AS key FROM reports ORDER BY key"
EXAMPLES = "SELECT min(entity) AS key FROM entity_all GROUP BY kind ORDER BY key"
FORMATS = (
    ("graph.ttl", "https://www.w3.org/ns/formats/Turtle", "text/turtle"),
    ("graph.nt", "https://www.w3.org/ns/formats/N-Triples", "application/n-triples"),
    ("graph.trig", "https://www.w3.org/ns/formats/TriG", "application/trig"),
    ("graph.nq", "https://www.w3.org/ns/formats/N-Quads", "application/n-quads"),
    ("graph.jsonld", "https://www.w3.org/ns/formats/JSON-LD", "application/ld+json"),
)


def write_void(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """The build as a data set, in the terms of VoID and DCAT. It knows no clock and no place, so both stay unsaid."""
    terms = Terms(base_iri)
    years = connection.execute("SELECT min(year), max(year) FROM reports").fetchone() or (None, None)
    lines = [
        f"<{terms.base}dataset> a void:Dataset, dcat:Dataset, prov:Entity ;",
        '    dcterms:title "治图 zhitu"@zh-Hans ;',
        '    dcterms:description "Who governs how, read from government reports, each claim with its words."@en ;',
        f'    void:uriSpace "{terms.base}" ;',
        f"    void:vocabulary <https://w3id.org/zhitu/ontology>, {', '.join(f'<{iri}>' for iri in _vocabularies())} ;",
        "    dcterms:conformsTo <https://w3id.org/zhitu/ontology> ;",
        *([f'    dcterms:temporal "{years[0]}/{years[1]}" ;'] if years[0] else []),
        *(f"    void:exampleResource {iri} ;" for iri in _iris(connection, EXAMPLES, terms)),
        *(f"    void:classPartition [ void:class zt:{name} ; void:entities {count} ] ;"
          for name, count in connection.execute(CLASS_COUNTS).fetchall()),
        *(f"    dcterms:source {iri} ;" for iri in _iris(connection, REPORTS, terms)),
        *(_distribution(*row) for row in FORMATS),
        *(f"    void:rootResource {iri} ." for iri in _iris(connection, f"SELECT '{DERIVED}' AS key", terms)),
    ]  # fmt: skip
    _save(path, lines, names={**prefixes(base_iri), **_namespaces("void", "dcat", "qb")})


def _distribution(file: str, format: str, media: str) -> str:
    kind = f"<https://www.iana.org/assignments/media-types/{media}>"
    return (
        f'    dcat:distribution [ a dcat:Distribution ; dcterms:title "{file}" ; dcterms:format <{format}> ; '
        f"dcat:mediaType {kind} ] ;"
    )


def _vocabularies() -> list[str]:
    return [vocab.PREFIXES[name] for name in ("dcterms", "eli", "prov", "rdf", "schema", "skos")]


def _iris(connection: duckdb.DuckDBPyConnection, query: str, terms: Terms) -> Iterator[str]:
    """The IRIs of the keys that a query gives in its column `key`."""
    return (iri for (iri,) in _fetched(connection, f"SELECT {terms.key('key')} FROM ({query})"))


def _namespaces(*names: str) -> dict[str, str]:
    return {name: vocab.PREFIXES[name] for name in names}


def write_annotations(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """Web Annotations: each mention and each claim as a body, the words of the report as its target.

    Positions are code points of the decoded source in texts/, as for `zt:charStart` and `zt:charEnd`.
    """
    terms = Terms(base_iri)
    query = f"""
        SELECT split_part(report, ':', 2), char_start, char_end, {terms.key("report")}, {terms.key("body")},
               {terms.text("exact")}, why
        FROM (SELECT DISTINCT report, char_start, char_end, entity AS body, surface AS exact, 'oa:identifying' AS why
              FROM mentions
              UNION ALL
              SELECT report, char_start, char_end, claim, quote, 'oa:linking' FROM claims
              UNION ALL
              SELECT report, char_start, char_end, observation, quote, 'oa:describing' FROM observations)
        ORDER BY report, char_start, char_end, body, exact, why"""
    names = {**prefixes(base_iri), **_namespaces("oa"), "annotation": f"{terms.base}annotation/"}
    _save(path, _annotations(_fetched(connection, query), base=terms.base), names=names)


def _annotations(rows: Iterable[tuple[Any, ...]], *, base: str) -> Iterator[str]:
    for (report, start, end), members in groupby(rows, key=lambda row: row[:3]):
        for count, (_, _, _, source, body, exact, why) in enumerate(members):
            number = f"-{count}" if count else ""
            yield (
                f"<{base}annotation/{report}-{start}-{end}{number}> a oa:Annotation ; oa:motivatedBy {why} ; "
                f"oa:hasBody {body} ;\n"
                f"    oa:hasTarget [ oa:hasSource {source} ; oa:hasSelector\n"
                f"        [ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ] ,\n"
                f"        [ a oa:TextQuoteSelector ; oa:exact {exact} ] ] .\n"
            )


def write_cube(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """Figures of known indicators as a data cube: those with region, year and indicator, as `zt:figures` wants them."""
    terms = Terms(base_iri)
    query = """SELECT DISTINCT ON (region, year, indicator, report, char_start) observation AS key FROM observations
               WHERE indicator IS NOT NULL AND region IS NOT NULL AND year IS NOT NULL
               ORDER BY region, year, indicator, report, char_start, observation"""
    names = {**prefixes(base_iri), **_namespaces("qb")}
    head = f'<{terms.base}figures> a qb:DataSet ; qb:structure zt:figures ; dcterms:title "figures"@en .\n'
    rows = (f"{iri} a qb:Observation ; qb:dataSet <{terms.base}figures> ." for iri in _iris(connection, query, terms))
    _save(path, chain([head], rows), names=names)


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.cursor().execute(query)
    while batch := cursor.fetchmany(BATCH):
        yield from batch


def _save(path: Path, lines: Iterable[str], *, names: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"@prefix {name}: <{iri}> .\n" for name, iri in names.items())
        file.write("\n")
        file.writelines(f"{line}\n" for line in lines)
