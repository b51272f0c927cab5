"""Small pictures of a neighbourhood, drawn as SVG when the page is made: they need no script, and they print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

ROW = 32
WIDTH = 1000
COLUMNS = ((0, 190), (330, 310), (790, 210))  # x and width of left, middle, right
_STRENGTH = ("issued", "runs", "implements")


@dataclass(frozen=True, slots=True)
class Card:
    """A box of the picture: what it says, its kind, and where it leads."""

    id: str
    label: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """From one card to another, with the relation that gives its colour and the place of its words."""

    start: str
    end: str
    relation: str
    href: str


def strongest(relations: Sequence[str]) -> str:
    """The relation by which a line is drawn."""
    return next((r for r in _STRENGTH if r in relations), relations[0] if relations else "")


def draw(columns: Sequence[Sequence[Card]], lines: Sequence[Line], *, label: str) -> Markup:
    """SVG of up to three columns of cards; a line's ends must be among the cards."""
    rows = max(len(column) for column in columns)
    height = rows * ROW
    spots: dict[str, tuple[float, float, int]] = {}
    cards = Markup("")
    for (x, width), column in zip(COLUMNS, columns, strict=False):
        step = min(height / max(1, len(column)), ROW * 3)
        top = (height - step * len(column)) / 2
        for index, card in enumerate(column):
            y = round(top + step * (index + 0.5), 1)
            spots[card.id] = (x, y, width)
            cards += _card(card, x=x, y=y, width=width)
    curves = Markup("").join(_line(line, spots) for line in lines if line.start in spots and line.end in spots)
    used = COLUMNS[len(columns) - 1]
    return Markup('<svg class="picture" viewBox="-2 0 {} {}" role="group" aria-label="{}">{}{}</svg>').format(
        min(WIDTH, used[0] + used[1]) + 4, height, label, curves, cards
    )


def _card(card: Card, *, x: float, y: float, width: int) -> Markup:
    words = escape(shorten(card.label, (width - 16) / 14))
    return Markup(
        f'<a href="{escape(card.href)}" class="card {escape(card.kind)}"><title>{escape(card.label)}</title>'
        f'<rect x="{x}" y="{round(y - 13, 1)}" width="{width}" height="26" rx="5"/>'
        f'<text x="{x + 9}" y="{round(y + 5, 1)}" font-size="14">{words}</text></a>'
    )


def _line(line: Line, spots: dict[str, tuple[float, float, int]]) -> Markup:
    (x, y, width), (u, v, _) = spots[line.start], spots[line.end]
    a, middle = x + width, (x + width + u) / 2
    path = f"M{a} {y}C{middle} {y} {middle} {v} {u} {v}"
    return Markup(
        f'<a href="{escape(line.href)}" class="line {escape(line.relation)}"><path d="{path}"/>'
        f'<path class="wide" d="{path}"/></a>'
    )


def shorten(text: str, size: float) -> str:
    """Cut to about `size` wide characters."""
    used = 0.0
    for index, character in enumerate(text):
        used += 0.55 if ord(character) < 256 else 1
        if used > size:
            return text[: index - 1] + "…"
    return text
