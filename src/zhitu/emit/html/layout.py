"""Positions for graphs with two sides: by sorting, seeded by nothing, the same everywhere.

Both sides are stacked; each side is put in the order of the mean rank of its neighbours, in turn (the barycentre
method of Sugiyama, Tagawa and Toda), which brings what belongs together side by side at O(rounds × edges).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

ROW = 34.0  # height of one card with its gap, in canvas units
LEFT_COLUMN, RIGHT_COLUMN = 170.0, 286.0  # width of a card with its gap
MIDDLE = 270.0  # room for the edges
ROWS = 46  # a column of this many cards can still be read on a screen, with a little scrolling
ROUNDS = 12  # the order hardly changes after 8 on graphs of 10,000 nodes; swept 2–40


def two_sided_order(
    edges: Sequence[tuple[int, int]],
    *,
    left: int,
    right: int,
    groups: Sequence[Hashable] | None = None,
    rounds: int = ROUNDS,
) -> tuple[list[int], list[int]]:
    """Ranks of the left and the right nodes; `edges` are pairs of indices. Left nodes of one group stay together."""
    of_left: list[list[int]] = [[] for _ in range(left)]
    of_right: list[list[int]] = [[] for _ in range(right)]
    for a, b in edges:
        of_left[a].append(b)
        of_right[b].append(a)
    left_rank = list(range(left))
    right_rank = _ranks([-len(n) for n in of_right])
    for _ in range(rounds):
        left_rank = _grouped([_mean(n, right_rank, i) for i, n in enumerate(of_left)], groups)
        right_rank = _ranks([_mean(n, left_rank, i) for i, n in enumerate(of_right)])
    return left_rank, right_rank


def _mean(neighbours: Sequence[int], rank: Sequence[int], otherwise: int) -> float:
    return sum(rank[n] for n in neighbours) / len(neighbours) if neighbours else float(otherwise)


def _ranks(values: Sequence[float]) -> list[int]:
    """Place of each item when sorted by value, then by index, so that ties never depend on the run."""
    ranks = [0] * len(values)
    for place, index in enumerate(sorted(range(len(values)), key=lambda i: (values[i], i))):
        ranks[index] = place
    return ranks


def _grouped(values: Sequence[float], groups: Sequence[Hashable] | None) -> list[int]:
    if groups is None:
        return _ranks(values)
    sums: dict[Hashable, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        total = sums.setdefault(group, [0.0, 0.0])
        total[0] += value
        total[1] += 1
    place = {g: n for n, g in enumerate(sorted(sums, key=lambda g: (sums[g][0] / sums[g][1], str(g))))}
    ranks = [0] * len(values)
    order = sorted(range(len(values)), key=lambda i: (place[groups[i]], values[i], i))
    for n, index in enumerate(order):
        ranks[index] = n
    return ranks


def stack(left_rank: Sequence[int], right_rank: Sequence[int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Positions (x, y) of both sides from their ranks: columns left and right of a middle that holds the edges."""
    rows = max(rows_for(len(left_rank)), rows_for(len(right_rank)))
    return _side(left_rank, rows, sign=-1, width=LEFT_COLUMN), _side(right_rank, rows, sign=1, width=RIGHT_COLUMN)


def rows_for(count: int) -> int:
    """Rows of a side: one readable column while it lasts, then columns in a shape near that of a screen."""
    return min(count, max(ROWS, math.ceil(math.sqrt(count * 6))))


def _side(ranks: Sequence[int], rows: int, *, sign: int, width: float) -> list[tuple[int, int]]:
    used = max(1, rows_for(len(ranks)))
    step = ROW * min(rows / used, 4.0)
    top = -(used - 1) * step / 2
    first = MIDDLE / 2 + width / 2
    return [(round(sign * (first + (r // used) * width)), round(top + (r % used) * step)) for r in ranks]
