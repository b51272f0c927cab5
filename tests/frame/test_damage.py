"""What a site does to a page changes nothing of what the page says."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest

from zhitu.model import Extraction
from zhitu.pipeline import extract, read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
HAN = "\u4e00-\u9fff"


def broken_at(width: int) -> Callable[[str], str]:
    """Each line broken hard once it is longer than `width` characters."""

    def broken(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            while len(line) > width + 5:
                lines.append(line[:width])
                line = line[width:]
            lines.append(line)
        return "\n".join(lines)

    return broken


def spaced(text: str) -> str:
    """A blank between characters, here and there."""
    chance = random.Random(2)
    return re.sub(f"(?<=[{HAN}])(?=[{HAN}])", lambda _: " " if chance.random() < 0.06 else "", text)


def wide(text: str) -> str:
    """Digits and signs in full width."""
    return re.sub("[0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), text).replace("%", "％")


def replaced(*pairs: tuple[str, str]) -> Callable[[str], str]:
    def damage(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return damage


def on_one_line(text: str) -> str:
    return "\u3000\u3000".join(line.strip() for line in text.split("\n") if line.strip())


DAMAGE: dict[str, Callable[[str], str]] = {
    "broken at 30 characters": broken_at(30),
    "broken at 40 characters": broken_at(40),
    "on one line": on_one_line,
    "lines apart": replaced(("\n", "\r\n\r\n")),
    "indented": lambda text: "\n".join("　　" + line for line in text.split("\n")),
    "blanks written out": lambda text: "\n".join(f"&nbsp;&emsp;{line}" for line in text.split("\n")),
    "blanks within": spaced,
    "blanks round numbers": lambda text: re.sub(r"(\d+)", r" \1 ", text),
    "blanks behind marks": lambda text: re.sub("([，。；])", r"\1 ", text),
    "full width": wide,
    "straight quotation marks": replaced(("“", '"'), ("”", '"')),
    "corner brackets": replaced(("“", "「"), ("”", "」")),
    "angle brackets": replaced(("《", "<<"), ("》", ">>")),
    "marks of another script": replaced(("，", ","), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"), ("。", ".")),
    "no full stop at the end of lines": lambda text: re.sub(r"。\n", "\n", text),
    "traditional script": opencc.OpenCC("s2t").convert,
    "traditional script of Hong Kong": opencc.OpenCC("s2hk").convert,
}


def said(x: Extraction) -> dict[str, object]:
    """What a report says, without where it says so."""
    return {
        "header": (x.region, x.year, x.publisher, x.agent, x.report.header.issued),
        "entities": {entity.key for entity in x.entities},
        "claims": {(c.subject, c.predicate, c.object, c.status) for c in x.claims},
        "figures": Counter((o.value, o.unit) for o in x.observations),
    }


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_damage_changes_nothing(path: Path, damage: Callable[[str], str], tmp_path: Path) -> None:
    whole = path.read_text(encoding="utf-8-sig")
    page = tmp_path / path.name
    page.write_text(damage(whole), encoding="utf-8")
    assert said(extract(read(page, root=tmp_path))) == said(extract(read(path, root=path.parent)))
