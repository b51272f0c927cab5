"""Reading of lexicon files: tab-separated, `#` comment lines first, then a header row."""

from __future__ import annotations

from functools import cache
from importlib import resources

from zhitu.errors import LexiconError


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/{name}.tsv` as dicts; raises LexiconError where a row has too few or too many cells."""
    path = resources.files("zhitu.lexicon") / "data" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    body = [(number, line) for number, line in enumerate(lines, start=1) if line and not line.startswith("#")]
    header = body[0][1].split("\t")
    out = []
    for number, line in body[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise LexiconError(
                f"{name}.tsv line {number}: {len(cells)} cells, {len(header)} wanted", remedy="mend the row"
            )
        out.append(dict(zip(header, cells, strict=True)))
    return tuple(out)


def values(cell: str) -> tuple[str, ...]:
    """A multi-valued cell."""
    return tuple(value for value in cell.split("|") if value)
