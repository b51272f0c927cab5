"""What may be asked: one SPARQL query that reads this graph and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from zhitu.errors import QueryError

# strings, IRIs and comments, in which no keyword stands
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\#[^\n\r]*",
    re.S,
)
# not behind `?`, `$`, `:` or a letter, and not the prefix of a name
_SERVICE = re.compile(r"(?<![\w?$:@.-])service(?![\w:.-])", re.I)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.S)
_UPDATE = re.compile(r"(?<![\w?$:@.-])(insert|delete|load|clear|create|drop|copy|move|add)(?![\w:.-])", re.I)


def check(text: str, *, prefixes: Mapping[str, str]) -> None:
    """Raises QueryError: with line and caret for what is no query, and for SERVICE, which asks another machine."""
    import pyoxigraph as ox

    bare = _bare(text)
    if _SERVICE.search(bare):
        raise QueryError("SERVICE is not allowed: nothing leaves this machine", remedy="ask that endpoint itself")
    try:
        ox.Store().query(text, prefixes=dict(prefixes))  # an empty store: only the grammar is asked
    except SyntaxError as error:
        raise QueryError(_with_caret(text, str(error)), remedy=_remedy(bare)) from error
    except (ValueError, OSError) as error:
        raise QueryError(f"this cannot be asked: {error}") from error


def _bare(text: str) -> str:
    """The query without strings, IRIs and comments; escapes of letters, which the grammar reads first, undone."""
    plain = _ESCAPE.sub(lambda found: _letter(found[1] or found[2]), text)
    # both readings, so that an escape that closes a string hides nothing
    return _OPAQUE.sub(" ", text) + "\n" + _OPAQUE.sub(" ", plain)


def _letter(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def _remedy(bare: str) -> str:
    if _UPDATE.search(bare):
        return "this graph is read-only: ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return "check the query; zhitu query OUT --list names questions that work"


def _with_caret(text: str, message: str) -> str:
    """What is wrong, the line, and a caret under the place. The parser counts columns in bytes, and what it would have
    expected is a random choice of many things, so only the place is taken from it."""
    place = _PLACE.match(message)
    lines = text.split("\n")
    if not place or int(place[1]) > len(lines):
        return f"this is no SPARQL query: {message}"
    number = int(place[1])
    line = lines[number - 1].rstrip("\r")
    column = len(line.encode()[: int(place[2]) - 1].decode(errors="ignore"))
    before, after = line[:column].expandtabs(1), line[column:].strip()
    # Chinese letters are two columns wide
    width = sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in before)
    return f"line {number}, column {column + 1}: {_wrong(place[3], after)}\n  {line.expandtabs(1)}\n  {' ' * width}^"


def _wrong(message: str, after: str) -> str:
    if "Prefix not found" in message:
        return "the prefix before this place is not declared"
    if "unbound" in message or "already" in message:
        return f"a variable cannot be used like this: {message}"
    return f"not expected here: {after.split()[0]}" if after else "the query is not complete"
