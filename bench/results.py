"""Writes a section of RESULTS.md. Every figure in that file was printed by the command that its section names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = (
    "# Measurements\n\nEach section is written by the command that it names (with `--results`), and by nothing else.\n"
)


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def write(section: str, command: str, body: str, *, path: Path = RESULTS) -> None:
    """Replaces the section of that name, or adds it; the other sections stay as they are."""
    text = path.read_text(encoding="utf-8") if path.exists() else HEAD
    fresh = f"## {section}\n\n`{command}`\n\n{body.strip()}\n"
    old = re.compile(rf"^## {re.escape(section)}\n.*?(?=^## |\Z)", re.M | re.S)
    text = old.sub(lambda _: fresh + "\n", text) if old.search(text) else f"{text.rstrip()}\n\n{fresh}"
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
