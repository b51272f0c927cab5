"""The engine for one machine: in this process, or in a pool of processes, with bounded memory.

Each process of the pool is driven by a thread of its own, which gives it one item, waits at most `timeout` seconds, and
puts a fresh process in its place when it hangs or dies. `ProcessPoolExecutor` can do neither: one crash breaks it
for all.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import queue
import signal
import threading
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from zhitu.engine import File, Item, Outcome, Value
from zhitu.errors import InputError, UsageError, ZhituError

START = 120.0  # seconds a fresh process may take to import what it needs; a slow disk takes some


@dataclass(frozen=True, slots=True)
class Local:
    """`workers` processes, or none: 0 stays in this process. `timeout` is seconds an item."""

    workers: int = 0
    timeout: float | None = 120.0
    batch: int = 32  # results handed over at once by `write`; 32 reports are some 10 MB of rows

    def read(self, paths: Sequence[Path], *, suffixes: tuple[str, ...]) -> Iterator[File]:
        """The files given and those in the folders given, each once, with the digest of their bytes.

        A file's name is relative to the folder given. Hidden files and files with other suffixes are passed over,
        unless named themselves. Raises UsageError for a path that does not exist.
        """
        found: dict[Path, tuple[str, Path, Path]] = {}
        for given in paths:
            if not given.exists():
                raise UsageError(f"no such file or folder: {given}", remedy="check the path")
            root = given if given.is_dir() else given.parent
            for path in _walk(given, suffixes):
                this = (path.relative_to(root).as_posix(), path, root)
                found[path.resolve()] = min(this, found.get(path.resolve(), this))
        for name, path, root in sorted(found.values()):
            yield File(name, str(path), str(root), _digest(path, name=name))

    def map(self, function: Callable[[Item], Value], items: Sequence[Item]) -> Iterator[Outcome[Item, Value]]:
        """An outcome for each item, as they come. What fails, hangs or crashes is an outcome too."""
        if self.workers == 0:
            return self._map_here(function, items)
        return self._map_pool(function, items)

    def group(self, rows: Iterable[Item], *, key: Callable[[Item], Any]) -> Iterator[tuple[Any, list[Item]]]:
        """Rows by key; keys are sorted, rows keep their order."""
        groups: dict[Any, list[Item]] = defaultdict(list)
        for row in rows:
            groups[key(row)].append(row)
        for name in sorted(groups):
            yield name, groups[name]

    def write(self, rows: Iterable[Item], *, to: Callable[[list[Item]], None]) -> int:
        """Hands the rows over in batches; gives their number."""
        batch: list[Item] = []
        count = 0
        for row in rows:
            batch.append(row)
            count += 1
            if len(batch) >= self.batch:
                to(batch)
                batch = []
        if batch:
            to(batch)
        return count

    def _map_here(self, function: Callable[[Item], Value], items: Sequence[Item]) -> Iterator[Outcome[Item, Value]]:
        for item in items:
            try:
                with _alarm(self.timeout):
                    value, failure = _attempt(function, item)
            except _Late:
                value, failure = None, _late(self.timeout)
            yield Outcome(item, value, failure)

    def _map_pool(self, function: Callable[[Item], Value], items: Sequence[Item]) -> Iterator[Outcome[Item, Value]]:
        pool = _Pool(function, items, timeout=self.timeout)
        threads = [threading.Thread(target=pool.drive, daemon=True) for _ in range(min(self.workers, len(items)))]
        for thread in threads:
            thread.start()
        try:
            for _ in items:
                outcome = pool.results.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                yield outcome
        finally:
            pool.stop(threads)


class _Late(BaseException):
    """Raised by the alarm; no `except Exception` on its way may swallow it."""


class _Pool:
    """What the threads of one `map` share."""

    def __init__(self, function: Callable[[Any], Any], items: Sequence[Any], *, timeout: float | None) -> None:
        self.function = function
        self.timeout = timeout
        self.items = iter(items)
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.results: queue.Queue[Any] = queue.Queue(maxsize=64)  # bounds what waits for the store
        self.workers: set[_Worker] = set()

    def drive(self) -> None:
        """A thread's life: take an item, have it done, put the outcome; until there are none."""
        worker: _Worker | None = None
        try:
            while (task := self._next()) is not None:
                worker = worker or self._hire()
                value, failure, alive = worker.run(task[0], timeout=self.timeout)
                if not alive:
                    self.workers.discard(worker)
                    worker = None
                self._put(Outcome(task[0], value, failure))
        except BaseException as error:
            self._put(error)
        finally:
            if worker:
                worker.stop()

    def stop(self, threads: list[threading.Thread]) -> None:
        """Ends the threads, whatever they wait for: their processes, or room for a result."""
        self.stopped.set()
        for thread in threads:
            while thread.is_alive():
                for worker in list(self.workers):
                    worker.process.kill()
                with suppress(queue.Empty):
                    self.results.get_nowait()
                thread.join(0.01)

    def _hire(self) -> _Worker:
        worker = _Worker(self.function)
        self.workers.add(worker)
        return worker

    def _next(self) -> tuple[Any] | None:
        with self.lock:
            if self.stopped.is_set():
                return None
            return next(((item,) for item in self.items), None)

    def _put(self, outcome: object) -> None:
        while not self.stopped.is_set():
            with suppress(queue.Full):
                return self.results.put(outcome, timeout=0.2)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        # spawn: the same on every system, and safe beside threads
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, function), daemon=True)
        self.process.start()
        theirs.close()
        try:
            ready = self.pipe.poll(START) and self.pipe.recv()
        except (EOFError, OSError):
            ready = False
        if not ready:
            self.stop()
            remedy = "in a script, call build() under `if __name__ == '__main__':`, or with workers=0"
            raise ZhituError("a worker process did not start", remedy=remedy)

    def run(self, item: object, *, timeout: float | None) -> tuple[Any, str | None, bool]:
        """Value, failure, and whether the process is still good for more."""
        try:
            self.pipe.send(item)
            if self.pipe.poll(timeout):
                return (*self.pipe.recv(), True)
        except (EOFError, OSError):
            self.process.join(5)
            code = self.process.exitcode
            self.stop()
            return None, f"the process that read it died (exit code {code})", False
        self.stop()
        return None, _late(timeout), False

    def stop(self) -> None:
        self.process.kill()
        self.process.join(5)
        self.pipe.close()


def _serve(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """A worker's life: items in, values or failures out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    pipe.send(True)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_attempt(function, pipe.recv()))


def _attempt(function: Callable[[Any], Any], item: object) -> tuple[Any, str | None]:
    try:
        return function(item), None
    except InputError as error:
        return None, str(error)
    except Exception as error:
        return None, _describe(error)


def _describe(error: Exception) -> str:
    """Kind, message and place of a failure, the same on every machine."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<")]
    place = "/".join(Path(frames[-1].filename).parts[-2:])
    return f"{type(error).__name__}: {error} (at {place}, {frames[-1].name})"


def _late(timeout: float | None) -> str:
    return f"took longer than {timeout:g} s"


@contextmanager
def _alarm(timeout: float | None) -> Iterator[None]:
    """Raises _Late after `timeout` seconds, where the system can: main thread of a POSIX process."""
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if timeout is None or not able:
        yield
        return

    def ring(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _walk(given: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    for path in given.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(given).parts)
        if not hidden and path.suffix.lower() in suffixes and path.is_file():
            yield path


def _digest(path: Path, *, name: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        # its reading will fail and say why; until then it needs a digest of its own
        return hashlib.sha256(f"{name}: {error.strerror}".encode()).hexdigest()
