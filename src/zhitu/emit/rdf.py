"""RDF: the stream of nodes as Turtle, N-Triples, TriG, N-Quads and JSON-LD. The same store gives the same bytes.

Everything is written as the rows come, so that memory does not grow with the graph; Turtle and TriG by pyoxigraph's
streaming serialiser. Nodes come sorted and whole, which makes the Turtle grouped by subject; `_Tidy` adds the blank
line between subjects and the language tag's usual case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from zhitu import vocab
from zhitu.emit.nodes import DERIVED, PROPERTIES, Node, Property, grouped, stream

if TYPE_CHECKING:
    import duckdb

LANGUAGE = "zh-Hans"
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_BUFFER = 1 << 20
_LINES = 500  # statements rendered at once
_LONG = 160  # bytes; some fifty Chinese characters
_USED = ("zt", "indicator", "dcterms", "eli", "prov", "rdf", "schema", "skos", "xsd")


def write_turtle(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """The whole graph as Turtle: one prefix a kind, sorted, one block a subject."""
    _write_blocks(connection, path, base_iri=base_iri, quads=False)


def write_ntriples(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """The whole graph as N-Triples, for bulk loaders."""
    _write_lines(connection, path, base_iri=base_iri, quads=False)


def write_trig(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """One named graph a report, and one for what is derived; their union is the Turtle graph."""
    _write_blocks(connection, path, base_iri=base_iri, quads=True)


def write_nquads(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """The same as `write_trig`, a line a quad."""
    _write_lines(connection, path, base_iri=base_iri, quads=True)


def write_jsonld(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str) -> None:
    """JSON-LD, compact, a line a thing, with its context inside, so that reading it needs no network."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {json.dumps(context(base_iri), ensure_ascii=False)},\n"@graph": [')
        for count, node in enumerate(grouped(stream(connection))):
            file.write(("," if count else "") + "\n" + json.dumps(_record(node), ensure_ascii=False))
        file.write("\n]}\n")


def prefixes(base_iri: str) -> dict[str, str]:
    """Prefix → namespace of a graph under that base: the vocabularies', and one for each kind of key."""
    kinds = {kind: f"{_slashed(base_iri)}{kind}/" for kind in vocab.KINDS}
    return {name: vocab.PREFIXES[name] for name in _USED} | kinds


def graph_iri(base_iri: str, *, name: str) -> str:
    """The IRI of a named graph: a report's own IRI, or `graph/derived`."""
    return _iri(_slashed(base_iri), name if ":" in name else f"graph:{name}")


class Terms:
    """Values of the tables to N-Triples terms. Keys that come again and again are kept."""

    def __init__(self, base_iri: str) -> None:
        base = self.base = _slashed(base_iri)
        self.curie: Callable[[str], str] = lru_cache(maxsize=None)(lambda name: f"<{vocab.expand(name)}>")
        self.key: Callable[[str], str] = lru_cache(maxsize=1 << 17)(lambda key: f"<{_iri(base, key)}>")
        integer, decimal, date = (self.curie(f"xsd:{name}") for name in ("integer", "decimal", "date"))
        self._makers: dict[str, Callable[[Any], str]] = {
            "key": self.key,
            "curie": self.curie,
            "term": self.curie,
            "indicator": lambda slug: f"<{vocab.INDICATOR}{_safe(slug)}>",
            "label": lambda text: f'"{_escaped(text)}"@{LANGUAGE}',
            "text": lambda text: f'"{_escaped(text)}"',
            "integer": lambda number: f'"{number}"^^{integer}',
            "decimal": lambda number: f'"{number}"^^{decimal}',
            "date": lambda day: f'"{day}"^^{date}',
        }

    def maker(self, property: Property) -> Callable[[Any], str]:
        """What makes a term of one value of that property."""
        return self.maker_of(property.type)

    def maker_of(self, type: str) -> Callable[[Any], str]:
        """What makes a term of one value of that type."""
        return self._makers[type]


_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04X}", text) if _SPECIAL.search(text) else text


def _iri(base: str, key: str) -> str:
    kind, _, slug = key.partition(":")
    return f"{base}{kind}/{_safe(slug)}"


def _safe(slug: str) -> str:
    """What an IRI cannot hold, percent-encoded; keys should hold none of it."""
    return _UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", slug)


def _slashed(base_iri: str) -> str:
    return base_iri if base_iri.endswith(("/", "#")) else base_iri + "/"


def _lines(nodes: Iterable[Node], terms: Terms, *, quads: bool) -> Iterator[str]:
    """N-Triples, or N-Quads, a line a statement."""
    key = terms.key
    plan = {curie: (terms.curie(curie), terms.maker(property)) for curie, property in PROPERTIES.items()}
    for name, members in groupby(nodes, key=lambda node: node.graph):
        end = f" <{graph_iri(terms.base, name=name)}> .\n" if quads else " .\n"
        for node in members:
            subject = key(node.key)
            for curie, value in node.values:
                predicate, make = plan[curie]
                head = f"{subject} {predicate} "
                if type(value) is list:
                    for item in value:
                        yield head + make(item) + end
                else:
                    yield head + make(value) + end


def _write_lines(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str, quads: bool) -> None:
    with path.open("w", encoding="utf-8", newline="\n", buffering=_BUFFER) as file:
        file.writelines(_lines(stream(connection, split=quads), Terms(base_iri), quads=quads))


def _write_blocks(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str, quads: bool) -> None:
    """Turtle or TriG. The terms go to the serialiser as N-Triples text: made one by one from Python, a literal costs
    ten times as much as parsing it."""
    import pyoxigraph as ox

    formats = ox.RdfFormat
    source, target = (formats.N_QUADS, formats.TRIG) if quads else (formats.N_TRIPLES, formats.TURTLE)
    names = prefixes(base_iri)
    text = _Text(_lines(stream(connection, split=quads), Terms(base_iri), quads=quads))
    with path.open("wb", buffering=_BUFFER) as file:
        file.writelines(f"@prefix {name}: <{iri}> .\n".encode() for name, iri in names.items())
        tidy = _Tidy(file)
        ox.serialize(ox.parse(cast(IO[bytes], text), source), cast(IO[bytes], tidy), target, prefixes=names)
        tidy.close()


class _Text:
    """Lines of text as a binary file to read from."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, as `io.RawIOBase.read` has it."""
        if not self._rest:
            self._rest = "".join(islice(self._lines, _LINES)).encode()
        if size < 0:
            self._rest += "".join(self._lines).encode()
            size = len(self._rest)
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


class _Tidy:
    """A file that turns the serialiser's lines into what people like to read.

    Line breaks inside literals are written as escapes, so a line of the file is a line of Turtle. The prefixes, whose
    order is the serialiser's own, are dropped: they have been written before.
    """

    _PREFIX = re.compile(rb"^@prefix .*\n", re.M)
    _TAG = re.compile(rb'(?<!\\)((?:\\\\)*"@)zh-hans\b')

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest: list[bytes] = []
        self._size = 0
        self._head = True

    def write(self, data: bytes) -> int:
        self._rest.append(bytes(data))
        self._size += len(data)
        if self._size > _BUFFER:
            self._put(last=False)
        return len(data)

    def flush(self) -> None:
        """Nothing to do before the end: `close` writes the rest."""

    def close(self) -> None:
        self._put(last=True)

    def _put(self, *, last: bool) -> None:
        lines = b"".join(self._rest)
        cut = len(lines) if last else lines.rfind(b"\n") + 1
        self._rest, self._size = [lines[cut:]], len(lines) - cut
        dressed = self._dress(lines[:cut])
        self._file.write(dressed.rstrip(b"\n") + b"\n" if last else dressed)

    def _dress(self, lines: bytes) -> bytes:
        if self._head:
            lines = b"\n" + self._PREFIX.sub(b"", lines)
            self._head = False
        # an escaped quotation mark before the tag's letters is text; plain replacement is ten times faster
        if b'\\"@zh-hans' in lines:
            lines = self._TAG.sub(rb"\1zh-Hans", lines)
        else:
            lines = lines.replace(b'"@zh-hans', b'"@zh-Hans')
        lines = lines.replace(b" .\n", b" .\n\n")
        return b"".join(map(_unrolled, lines.splitlines(keepends=True)))


def _unrolled(line: bytes) -> bytes:
    """A long list of names, one a line; lines with literals stay, since " , " may stand in their text."""
    return line if len(line) < _LONG or b'"' in line else line.replace(b" , ", b" ,\n\t\t")


@lru_cache(maxsize=1)
def _context() -> dict[str, Any]:
    from zhitu.resources import ontology_file

    return json.loads(ontology_file("context.jsonld").read_text(encoding="utf-8"))["@context"]


def context(base_iri: str) -> dict[str, Any]:
    """The JSON-LD context of a graph under that base."""
    return {**_context(), "@base": _slashed(base_iri)}


_NAMES = {curie: name for name, (curie, _) in vocab.BORROWED.items()}


def _record(node: Node) -> dict[str, Any]:
    record: dict[str, Any] = {"id": _path(node.key)}
    for curie, value in node.values:
        property = PROPERTIES[curie]
        name = "type" if curie == "rdf:type" else _NAMES.get(curie) or curie[3:]
        values = [_plain(property, v) for v in (value if isinstance(value, list) else [value])]
        record[name] = values if len(values) > 1 else values[0]
    return record


def _plain(property: Property, value: Any) -> Any:
    if property.type == "key":
        return _path(value)
    if property.type == "indicator":
        return vocab.INDICATOR + _safe(value)
    if property.type == "curie":
        return value.partition(":")[2]
    return value


def _path(key: str) -> str:
    return _iri("", key)


__all__ = [
    "DERIVED",
    "context",
    "graph_iri",
    "prefixes",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_trig",
    "write_turtle",
]
