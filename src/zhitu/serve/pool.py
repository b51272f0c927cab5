"""Some processes with the graph open, each asked by one reader at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhitu.errors import QueryError
from zhitu.query.answers import Answer
from zhitu.query.worker import Worker


class Busy(QueryError):
    """All processes are at work, and none came free in time."""


class Pool:
    """`ask` may be called from any thread."""

    def __init__(self, path: Path, *, size: int) -> None:
        self._all = [Worker(path, engine="oxigraph") for _ in range(size)]
        self._free = list(self._all)
        self._guard = threading.Semaphore(size)

    def start(self) -> None:
        """Opens the graph in every process."""
        for worker in self._all:
            worker.start()

    def close(self) -> None:
        """Ends the processes."""
        for worker in self._all:
            worker.close()

    def ask(self, text: str, *, timeout: float, rows: int) -> Answer:
        """As `Worker.ask`; raises Busy when no process comes free in as long as a question may take."""
        with self._worker(timeout) as worker:
            return worker.ask(text, timeout=timeout, rows=rows)

    def find(self, name: str, classes: tuple[str, ...]) -> list[str]:
        """As `Worker.find`."""
        with self._worker(10.0) as worker:
            return worker.find(name, classes)

    @contextmanager
    def _worker(self, patience: float) -> Iterator[Worker]:
        if not self._guard.acquire(timeout=patience):
            raise Busy("too many questions at once", remedy="ask again in a moment")
        worker = self._free.pop()
        try:
            yield worker
        finally:
            self._free.append(worker)
            self._guard.release()
