"""The formats there are. A row here, and a function `write(connection, path, **what it needs)`, is a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitu.errors import UsageError

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Format:
    """`writer` is imported when it is called; `needs` names the options of `write_format` that it takes."""

    name: str
    path: str  # in the output folder
    writer: str
    about: str
    needs: tuple[str, ...] = ()
    always: bool = True  # else on demand

    def load(self) -> Callable[..., None]:
        module, _, name = self.writer.partition(":")
        return getattr(import_module(module), name)


def _rdf(name: str, path: str, writer: str, about: str) -> Format:
    return Format(name, path, writer, about, needs=("base_iri",), always=False)


FORMATS = (
    Format("turtle", "graph.ttl", "zhitu.emit.rdf:write_turtle", "the graph, as RDF", needs=("base_iri",)),
    Format("graphml", "graph.graphml", "zhitu.emit.network:write_graphml", "the entity graph for Gephi, yEd, NetworkX"),
    Format("json", "graph.json", "zhitu.emit.network:write_json", "the same as node-link JSON"),
    Format("csv", "tables", "zhitu.emit.tables:write_tables", "tables for Excel, R, Stata, pandas"),
    Format("html", "html", "zhitu.emit.html:write_html", "pages to browse", needs=("texts",)),
    Format(
        "build",
        "build.json",
        "zhitu.emit.build:write_build",
        "what went in, counts, what to review",
        needs=("base_iri", "version"),
    ),
    _rdf("ntriples", "graph.nt", "zhitu.emit.rdf:write_ntriples", "the graph as N-Triples"),
    _rdf("trig", "graph.trig", "zhitu.emit.rdf:write_trig", "TriG, a graph a report"),
    _rdf("nquads", "graph.nq", "zhitu.emit.rdf:write_nquads", "N-Quads, a graph a report"),
    _rdf("jsonld", "graph.jsonld", "zhitu.emit.rdf:write_jsonld", "the graph as JSON-LD"),
    _rdf("void", "void.ttl", "zhitu.emit.describe:write_void", "the build described, as VoID and DCAT"),
    _rdf("oa", "annotations.ttl", "zhitu.emit.describe:write_annotations", "Web Annotations"),
    _rdf("cube", "cube.ttl", "zhitu.emit.describe:write_cube", "figures as a data cube"),
    Format("gexf", "graph.gexf", "zhitu.emit.network:write_gexf", "the entity graph as GEXF", always=False),
    Format("parquet", "parquet", "zhitu.emit.tables:write_parquet", "every table of the store", always=False),
)


def chosen(extra: Sequence[str] = ()) -> tuple[Format, ...]:
    """The usual formats and the extra ones named. Raises UsageError for a name that is none."""
    names = {format.name for format in FORMATS}
    for name in extra:
        if name not in names:
            raise UsageError(f"no format {name!r}", remedy=f"formats: {', '.join(sorted(names))}")
    return tuple(format for format in FORMATS if (format.always or format.name in extra) and _present(format))


def _present(format: Format) -> bool:
    try:
        format.load()
    except (ImportError, AttributeError):
        return False
    return True


def write_format(
    format: Format, connection: duckdb.DuckDBPyConnection, *, out: Path, options: Mapping[str, Any]
) -> Path:
    """Writes one format into `out`; gives the file or folder written."""
    path = out / format.path
    writer = format.load()
    writer(connection, path, **{name: options[name] for name in format.needs})
    return path
