"""How long writing the graph takes and how much memory, format by format, beside what pyoxigraph alone needs.

    python -m bench.write [--triples 1000000] [--rounds 3] [--rdflib] [--results]

The store is made of the seeds: their rows again and again, each time with other districts, organs, documents and
reports, while what is national stays one thing. Every measurement has a process of its own. `pyoxigraph` is the floor:
it reads the finished N-Triples and writes plain Turtle, with its check of IRIs and (lenient) without. rdflib serialises
a graph that it has parsed before; its memory holds that graph.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import results
from bench.score import SEEDS

if TYPE_CHECKING:
    import duckdb

BASE = "https://w3id.org/zhitu/id/"
SEED, LINES, SCRATCH = "zhitu.duckdb", "seed.nt", "scratch"
FLOORS = ("pyoxigraph", "pyoxigraph, lenient")
FORMATS = ("turtle", "ntriples", "trig", "nquads", "jsonld")
# things of one report get a number behind, things of one place a number in their code
COPIED = r"""
    regexp_replace(regexp_replace({0}, '^(report|claim|observation):(\w+)$', '\1:\2-' || copy),
                   '\b(region|agency|institution|document|program):([1-9]\d{{5}})',
                   '\1:\2' || lpad(copy::VARCHAR, 5, '0'), 'g')"""


def megabytes() -> int:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def grow(folder: Path, triples: int) -> int:
    """Makes a store of about as many triples, and its N-Triples; gives their number."""
    from zhitu.derive import derive
    from zhitu.emit import rdf
    from zhitu.pipeline import build
    from zhitu.store import open_store
    from zhitu.tables import SOURCE_TABLES

    build(SEEDS, out=folder, workers=0)
    with open_store(folder / SEED) as store:
        copies = round(triples / _written(rdf.write_ntriples, store.connection, folder))
        for table in SOURCE_TABLES:
            columns = (COPIED.format(name) if kind == "VARCHAR" else name for name, kind in table.columns)
            store.connection.execute(
                f"INSERT INTO {table.name} SELECT {', '.join(columns)} FROM {table.name}, range(1, {copies}) AS r(copy)"
            )
        derive(store.connection)
        return _written(rdf.write_ntriples, store.connection, folder)


def _written(write: Callable[..., None], connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    write(connection, folder / LINES, base_iri=BASE)
    with (folder / LINES).open("rb") as file:
        return sum(1 for _ in file)


def measure(name: str, folder: Path) -> tuple[float, int, int]:
    """Seconds of one writer; megabytes that this process held before and at most."""
    if name in FLOORS:
        return _floor(folder, lenient=name != FLOORS[0])
    if name == "rdflib":
        return _rdflib(folder)
    import pyoxigraph  # noqa: F401

    from zhitu.emit import rdf
    from zhitu.store import open_store

    with open_store(folder / SEED, read_only=True) as store:
        write = getattr(rdf, f"write_{name}")
        return _timed(lambda: write(store.connection, folder / SCRATCH, base_iri=BASE))


def _floor(folder: Path, *, lenient: bool) -> tuple[float, int, int]:
    import pyoxigraph as ox

    from zhitu.emit.rdf import prefixes

    def work() -> None:
        triples = ox.parse(path=str(folder / LINES), format=ox.RdfFormat.N_TRIPLES, lenient=lenient)
        ox.serialize(triples, str(folder / SCRATCH), ox.RdfFormat.TURTLE, prefixes=prefixes(BASE))

    return _timed(work)


def _rdflib(folder: Path) -> tuple[float, int, int]:
    import rdflib

    from zhitu.emit.rdf import prefixes

    graph = rdflib.Graph(bind_namespaces="none").parse(folder / LINES, format="nt")
    for name, iri in prefixes(BASE).items():
        graph.bind(name, iri)
    return _timed(lambda: graph.serialize(folder / SCRATCH, format="turtle"))


def _timed(work: Callable[[], Any]) -> tuple[float, int, int]:
    before, start = megabytes(), time.perf_counter()
    work()
    return time.perf_counter() - start, before, megabytes()


def compare(*, triples: int, rounds: int, others: tuple[str, ...]) -> str:
    """A table of seconds and megabytes, all writers in turn, medians over the rounds."""
    samples: defaultdict[str, list[tuple[float, int, int]]] = defaultdict(list)
    fresh = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with tempfile.TemporaryDirectory() as folder, fresh:
        number = fresh.submit(grow, Path(folder), triples).result()
        for at in range(rounds):
            for name in (*FLOORS, *FORMATS, *(others if at == 0 else ())):
                samples[name].append(fresh.submit(measure, name, Path(folder)).result())
    median = {
        name: [statistics.median(figures) for figures in zip(*runs, strict=True)] for name, runs in samples.items()
    }
    floor = median[FLOORS[0]][0]
    rows = [
        (name, f"{seconds:.2f}", f"{seconds / floor:.2f}", f"{before:.0f}", f"{peak:.0f}", f"{peak - before:.0f}")
        for name, (seconds, before, peak) in median.items()
    ]
    about = f"{number:,} triples, {rounds} rounds, medians; {platform.machine()}, CPython {platform.python_version()}."
    return f"{about}\n\n{results.table(('writer', 's', 'times pyoxigraph', 'MB before', 'peak MB', 'MB added'), rows)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rdflib", action="store_true", help="once also rdflib's serialiser, which takes a minute")
    parser.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    args = parser.parse_args()
    text = compare(triples=args.triples, rounds=args.rounds, others=("rdflib",) if args.rdflib else ())
    print(text)
    if args.results:
        results.write("writing", f"python -m bench.write{' --rdflib' if args.rdflib else ''}", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
