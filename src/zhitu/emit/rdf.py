"""RDF: the stream of nodes as Turtle, N-Triples, TriG, N-Quads and JSON-LD. The same store gives the same bytes.

Everything is written as the rows come, and they come range by range (`nodes`). At 10⁶ triples that adds some 25 MB to
what the process held: 6 are program code that runs for the first time, and 9 the store's own pages, which DuckDB keeps
and which grow with the graph, to 85 at 10⁷. Where each report has its graph it is 45 to 70: all parts are read at once,
and entities in few ranges. DuckDB itself renders the lines of N-Triples (`_Statements`), the blocks that become Turtle
and TriG (`_Blocks`) and the members of JSON-LD (`_Members`), since a value handled in Python costs more than all else;
pyoxigraph's streaming serialiser abbreviates the blocks. Nodes come sorted and whole, which makes the Turtle grouped by
subject; `_Tidy` adds the blank line between subjects and the language tag's usual case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from zhitu import vocab
from zhitu.emit.nodes import Property, stream

if TYPE_CHECKING:
    import duckdb

LANGUAGE = "zh-Hans"
_BUFFER = 1 << 16
_NODES = 100  # parsed at once
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
    with path.open("wb", buffering=_BUFFER) as file:
        file.write(f'{{"@context": {json.dumps(context(base_iri), ensure_ascii=False)},\n"@graph": ['.encode())
        for count, (iri, parts) in enumerate(groupby(stream(connection, _Members()), key=attrgetter("iri"))):
            file.write((b"," if count else b"") + b'\n{"id": ' + iri + b"".join(part.text for part in parts) + b"}")
        file.write(b"\n]}\n")


def prefixes(base_iri: str) -> dict[str, str]:
    """Prefix → namespace of a graph under that base: the vocabularies', and one for each kind of key."""
    kinds = {kind: f"{_slashed(base_iri)}{kind}/" for kind in vocab.KINDS}
    return {name: vocab.PREFIXES[name] for name in _USED} | kinds


class Terms:
    """SQL expressions that make N-Triples terms of columns' values."""

    def __init__(self, base_iri: str) -> None:
        self.base = _slashed(base_iri)

    def key(self, column: str) -> str:
        """The IRI of what has that key."""
        return _concat(*self.parts("key", column))

    def text(self, column: str) -> str:
        """A plain literal."""
        return _concat(*self.parts("text", column))

    def parts(self, type: str, column: str) -> tuple[str, ...]:
        """What a value of that type is put together from; for `_concat`."""
        match type:
            case "key":
                return _quoted(f"<{self.base}"), _path(column), "'>'"
            case "indicator":
                return _quoted(f"<{vocab.INDICATOR}"), _safe(column), "'>'"
            case "curie" | "term":
                return "'<'", _expanded(column), "'>'"
            case "label":
                return f"to_json({column})", _quoted(f"@{LANGUAGE}")
            case "text":  # the escapes of JSON are those of N-Triples
                return (f"to_json({column})",)
            case _:
                return "'\"'", column, _quoted(f'"^^<{vocab.expand(f"xsd:{type}")}>')


class _Statements:
    """The `Syntax` of N-Triples, or N-Quads: a line a statement."""

    def __init__(self, base_iri: str, *, quads: bool) -> None:
        self._terms = Terms(base_iri)
        self._end = ("' '", *self._terms.parts("key", "graph"), "' .\n'") if quads else ("' .\n'",)

    def iri(self, key: str) -> str:
        return self._terms.key(key)

    def statements(self, property: Property, column: str, *, many: bool) -> str:
        predicate = _quoted(f" <{vocab.expand(property.curie)}> ")

        def line(value: str) -> str:
            return _concat("iri", predicate, *self._terms.parts(property.type, value), *self._end)

        return _joined(column, line, "''") if many else _given(column, line(column))


class _Blocks:
    """The `Syntax` of Turtle, or TriG, without prefixes: what comes between a subject and its full stop."""

    def __init__(self, base_iri: str, *, quads: bool) -> None:
        self._terms = Terms(base_iri)
        self._start = (*self._terms.parts("key", "graph"), "' { '") if quads else ()

    def iri(self, key: str) -> str:
        return _concat(*self._start, *self._terms.parts("key", key))

    def statements(self, property: Property, column: str, *, many: bool) -> str:
        def value(item: str) -> str:
            return _concat(*self._terms.parts(property.type, item))

        values = _joined(column, value, "','") if many else value(column)
        text = _concat(_quoted(f" <{vocab.expand(property.curie)}> "), values, "';'")
        return f"CASE WHEN len({column}) > 0 THEN {text} END" if many else _given(column, text)


class _Members:
    """The `Syntax` of JSON-LD: the members of an object after its id."""

    def iri(self, key: str) -> str:
        return f"to_json({_path(key)})"

    def statements(self, property: Property, column: str, *, many: bool) -> str:
        curie = property.curie
        name = _quoted(f', "{"type" if curie == "rdf:type" else _NAMES.get(curie) or curie[3:]}": ')

        def value(item: str) -> str:
            match property.type:
                case "key":
                    return f"to_json({_path(item)})"
                case "indicator":
                    return f"to_json({_concat(_quoted(vocab.INDICATOR), _safe(item))})"
                case "curie":
                    return f"to_json(split_part({item}, ':', 2))"
                case _:
                    return f"to_json({item})"

        if not many:
            return _given(column, _concat(name, value(column)))
        items = _joined(column, value, "', '")
        one, more = _concat(name, items), _concat(name, "'['", items, "']'")
        return f"CASE WHEN len({column}) = 1 THEN {one} WHEN len({column}) > 1 THEN {more} END"


# What an IRI cannot hold. No key should hold any of it, nor a second colon; what does is percent-encoded as a whole.
_UNSAFE = r"""[\x00-\x20<>"{}|^`\\\[\]%\x7f-\x9f\p{Co}]"""


def _path(key: str) -> str:
    """SQL: `region:321302` to `region/321302`."""
    odd, encoded = _quoted(f"{_UNSAFE}|:.*:"), f"regexp_replace(url_encode({key}), '%3A', '/')"
    return f"if(regexp_matches({key}, {odd}), {encoded}, replace({key}, ':', '/'))"


def _safe(slug: str) -> str:
    return f"if(regexp_matches({slug}, {_quoted(_UNSAFE)}), url_encode({slug}), {slug})"


def _expanded(curie: str) -> str:
    """SQL: the IRI of a term of the two vocabularies that rows name terms of."""
    for prefix in ("zt", "eli"):
        curie = f"replace({curie}, '{prefix}:', '{vocab.PREFIXES[prefix]}')"
    return curie


def _given(column: str, text: str) -> str:
    return f"CASE WHEN {column}::VARCHAR <> '' THEN {text} END"


def _joined(column: str, text: Callable[[str], str], separator: str) -> str:
    return f"array_to_string(list_transform({column}, lambda x: {text('x')}), {separator})"


def _concat(*parts: str) -> str:
    return f"concat({', '.join(parts)})"  # much faster than ||, but NULL is nothing to it


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _slashed(base_iri: str) -> str:
    return base_iri if base_iri.endswith(("/", "#")) else base_iri + "/"


def _write_lines(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str, quads: bool) -> None:
    nodes = stream(connection, _Statements(base_iri, quads=quads), split=quads)
    with path.open("wb", buffering=_BUFFER) as file:
        file.writelines(node.text for node in nodes if node.text)


def _write_blocks(connection: duckdb.DuckDBPyConnection, path: Path, *, base_iri: str, quads: bool) -> None:
    """Turtle or TriG. The terms go to the serialiser as text, too: made one by one from Python, a literal costs ten
    times as much as parsing it. The parser need not look for faults in IRIs, which takes it half of its time."""
    import pyoxigraph as ox

    format, end = (ox.RdfFormat.TRIG, b" }") if quads else (ox.RdfFormat.TURTLE, b" .")
    names = prefixes(base_iri)
    nodes = stream(connection, _Blocks(base_iri, quads=quads), split=quads)
    texts = (node.iri + node.text + end for node in nodes if node.text)
    # text without blank nodes can be parsed piece by piece
    chunks = iter(lambda: b"".join(islice(texts, _NODES)), b"")
    statements = chain.from_iterable(ox.parse(chunk, format, lenient=True) for chunk in chunks)
    with path.open("wb", buffering=_BUFFER) as file:
        file.writelines(f"@prefix {name}: <{iri}> .\n".encode() for name, iri in names.items())
        tidy = _Tidy(file)
        ox.serialize(statements, cast(IO[bytes], tidy), format, prefixes=names)
        tidy.close()


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
        cut = len(lines) if last else lines.rfind(b"\n", 0, -1) + 1
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


__all__ = [
    "Terms",
    "context",
    "prefixes",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_trig",
    "write_turtle",
]
