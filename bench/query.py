"""How long loading and every named question take, at 10⁵, 10⁶ and 10⁷ triples.

    python -m bench.query [--triples 100000 1000000] [--rdflib-up-to 100000] [--repeat 3] [--cpu] [--json FILE]
                          [--results]

The graph is made of the seeds: their build again and again, each time with other districts, organs, documents and
reports, over twelve years, while what is national stays one thing. So at 10⁶ triples some 600 districts share the
programs of the five, which is harder on the questions about sharing than real reports are.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import results  # noqa: E402
from zhitu.query.engines import Source, header  # noqa: E402
from zhitu.query.questions import questions  # noqa: E402

ID = "https://w3id.org/zhitu/id/"
# things of one report get a number behind, things of one place a number in their code
OWN = re.compile(rf"<{ID}(report|claim|observation|adoption|unresolved)/([^>]+)>")
PLACED = re.compile(rf"<{ID}(region|agency|institution|document|program)/(?!000000|CN)(\d{{6}})")
YEAR = re.compile(r'(#(?:year|firstYear)> ")(\d{4})')


def build() -> tuple[bytes, dict[str, str]]:
    """The seeds as N-Triples, and the prefixes of their Turtle."""
    from zhitu.pipeline import build as run

    with tempfile.TemporaryDirectory() as folder:
        run([ROOT / "seeds"], out=folder, workers=0)
        path = Path(folder) / "graph.ttl"
        triples = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", header(path)


def grown(seed: str, *, triples: int) -> Iterator[str]:
    """N-Triples lines, copy by copy, until there are as many."""
    yield seed
    made, copy = seed.count("\n"), 0
    while made < triples:
        copy += 1
        shift = copy % 12
        text = YEAR.sub(lambda m, shift=shift: f"{m[1]}{int(m[2]) - shift}", seed)  # type: ignore[misc]
        text = PLACED.sub(rf"<{ID}\1/\g<2>{copy:05d}", OWN.sub(rf"<{ID}\1/\2-{copy}>", text))
        made += text.count("\n")
        yield text


clock = time.perf_counter


def timed(work: Callable[[], Any], *, repeat: int = 1) -> tuple[float, Any]:
    """Median of the seconds, and the last result."""
    seconds, result = [], None
    for _ in range(repeat):
        start = clock()
        result = work()
        seconds.append(clock() - start)
    return statistics.median(seconds), result


def load_oxigraph(path: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    return store


def load_rdflib(path: Path) -> Any:
    import rdflib

    return rdflib.Graph(bind_namespaces="none").parse(path, format="nt")


def measure(path: Path, *, engine: str, prefixes: dict[str, str], repeat: int) -> dict[str, Any]:
    """Seconds to load, and seconds and rows of every question."""
    load = load_oxigraph if engine == "oxigraph" else load_rdflib
    loading, opened = timed(lambda: load(path))
    source = Source(
        graph=None if engine == "oxigraph" else opened,  # type: ignore[arg-type]
        engine=engine,  # type: ignore[arg-type]
        prefixes=prefixes,
        base_iri=ID,
        store=opened if engine == "oxigraph" else None,
    )
    times = {}
    for question in questions():
        text = question.fill({}, base_iri=ID, find=source.find)
        seconds, answer = timed(lambda text=text: source.ask(text), repeat=repeat)  # type: ignore[misc]
        times[question.name] = (seconds, len(answer.rows))
    return {"engine": engine, "triples": len(opened), "load": loading, "questions": times}


def table(runs: list[dict[str, Any]]) -> str:
    """The runs side by side, in Markdown."""
    head = ("question", "rows at the largest", *(f"{run['engine']} {run['triples']:,}" for run in runs))
    lines = [("*loading*", "", *(f"{run['load']:.2f} s" for run in runs))]
    for name in runs[-1]["questions"]:
        cells = [f"{run['questions'][name][0] * 1000:.0f} ms" for run in runs]
        rows = max(run["questions"][name][1] for run in runs)
        lines.append((name, f"{rows:,}", *cells))
    slowest = [max(run["questions"].items(), key=lambda item: item[1][0]) for run in runs]
    lines.append(("*slowest*", "", *(f"{name} {seconds * 1000:.0f} ms" for name, (seconds, _) in slowest)))
    return results.table(head, lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rdflib-up-to", type=int, default=100_000, help="rdflib is asked up to so many triples")
    parser.add_argument("--repeat", type=int, default=3, help="the median of so many runs is given")
    parser.add_argument("--cpu", action="store_true", help="processor time, for a machine that is busy otherwise")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--results", action="store_true", help="write the table into RESULTS.md")
    args = parser.parse_args()
    if args.cpu:
        global clock
        clock = time.process_time
    seed, prefixes = build()
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for number in args.triples:
            path = Path(folder) / "graph.nt"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(grown(seed.decode(), triples=number))
            engines = ["oxigraph", *(["rdflib"] if number <= args.rdflib_up_to else [])]
            for engine in engines:
                print(f"{engine} at {number:,}", file=sys.stderr)
                runs.append(measure(path, engine=engine, prefixes=prefixes, repeat=args.repeat))
    text = table(runs)
    print(text)
    if args.results:
        unit = "processor time" if args.cpu else "elapsed time"
        about = f"Medians of {args.repeat}, {unit}; {platform.machine()}, CPython {platform.python_version()}."
        given = "".join(f" {number}" for number in args.triples)
        results.write("questions", f"python -m bench.query --triples{given}", f"{about}\n\n{text}")
    if args.json:
        args.json.write_text(json.dumps(runs, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
