"""engine: how many reports run at once. Four verbs: read sources, map a function, group rows, write a table.

An engine knows no room by name. What it maps must be a function at the top of a module, its items picklable.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file found by `read`, its name `file` relative to `root`."""

    file: str
    path: str
    root: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Value]):
    """What became of one item: a value, or the reason why there is none."""

    item: Item
    value: Value | None = None
    failure: str | None = None


class Engine(Protocol):
    """The seam. Results may come in any order: what is made of them must not depend on it."""

    def read(self, paths: Sequence[Path], *, suffixes: tuple[str, ...]) -> Iterator[File]: ...

    def map(self, function: Callable[[Item], Value], items: Sequence[Item]) -> Iterator[Outcome[Item, Value]]: ...

    def group(self, rows: Iterable[Item], *, key: Callable[[Item], Any]) -> Iterator[tuple[Any, list[Item]]]: ...

    def write(self, rows: Iterable[Item], *, to: Callable[[list[Item]], None]) -> int: ...


def open_engine(*, workers: int | None = 0, timeout: float | None = None) -> Engine:
    """The engine for one machine, with so many processes; None is one a core."""
    import os

    from zhitu.engine.local import Local
    from zhitu.errors import UsageError

    if workers is not None and workers < 0:
        raise UsageError(f"workers must be 0 or more, not {workers}", remedy="0 works in this process")
    return Local(workers=(os.cpu_count() or 1) if workers is None else workers, timeout=timeout)
