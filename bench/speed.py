"""How fast reports are read, a core: MB of UTF-8 a second, time per room, and the ratio to the usual script.

    python -m bench.speed [FOLDER] [--rounds 5] [--results]

Reads the texts in FOLDER (default: the seeds) in this process. One round reads and writes a whole graph with zhitu,
then with the usual script (bench/reference.py), so that both meet the same machine; medians are printed. Time is that
of the clock on the wall; the ratio is given by processor time as well, which other work on the machine disturbs less.

What a process learned of words and titles it keeps for the reports that follow. "First reading" is with all that
forgotten, as a process meets its first reports; the reports of a large build lie in between.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import reference, results
from bench.score import SEEDS

ROOMS = ("load", "clean", "find", "resolve", "relate", "tabulate")
REPEATS = 5  # of what takes a tenth of the time, that its medians mean as much


def rooms(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds spent in each room over all files, in this process."""
    from zhitu.clean import clean
    from zhitu.find import find
    from zhitu.load import load
    from zhitu.relate import relate
    from zhitu.resolve import resolve
    from zhitu.tabulate import tabulate

    spent: defaultdict[str, float] = defaultdict(float)
    for path in paths:
        marks = [time.perf_counter()]
        source = load(path, root=path.parent)
        marks.append(time.perf_counter())
        report = clean(source)
        marks.append(time.perf_counter())
        found = find(report)
        marks.append(time.perf_counter())
        resolved = resolve(report, found)
        marks.append(time.perf_counter())
        extraction = relate(report, resolved)
        marks.append(time.perf_counter())
        tabulate(extraction)
        marks.append(time.perf_counter())
        for room, start, end in zip(ROOMS, marks, marks[1:], strict=False):
            spent[room] += end - start
    return dict(spent)


def ours(paths: Sequence[Path]) -> None:
    """A whole build in this process: read, merge, write every format."""
    from zhitu.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        build(paths, out=folder, workers=0)


def usual(paths: Sequence[Path]) -> None:
    """The usual script over the same files."""
    with tempfile.TemporaryDirectory() as folder:
        reference.build([path.read_text(encoding="utf-8-sig") for path in paths], Path(folder))


def forget() -> None:
    """Empties the caches that fill with what reports say; lexicons stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith("zhitu."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"]:
                    value.cache_clear()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    start, begun = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - begun


def measure(paths: Sequence[Path], *, rounds: int) -> str:
    """Tables of MB/s per core and of time per room."""
    size = sum(path.stat().st_size for path in paths) / 1e6
    rooms(paths)  # warm: lexicons and dictionaries are read once a process
    usual(paths[:1])
    samples: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    by_room: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        forget()
        samples["text rooms, first reading"].append(timed(lambda: rooms(paths)))
        for _ in range(REPEATS):
            samples["text rooms"].append(timed(lambda: [by_room[k].append(s) for k, s in rooms(paths).items()]))
        samples["whole build"].append(timed(lambda: ours(paths)))
        samples["usual script"].append(timed(lambda: usual(paths)))
    clock = {name: statistics.median(wall for wall, _ in pairs) for name, pairs in samples.items()}
    processor = {name: statistics.median(cpu for _, cpu in pairs) for name, pairs in samples.items()}
    rows = [
        (
            name,
            f"{size / clock[name]:.2f}",
            f"{clock['usual script'] / clock[name]:.1f}",
            f"{processor['usual script'] / processor[name]:.1f}",
            _spread([wall for wall, _ in samples[name]]),
        )
        for name in ("text rooms", "text rooms, first reading", "whole build", "usual script")
    ]
    total = sum(statistics.median(values) for values in by_room.values())
    shares = [
        (room, f"{statistics.median(v) * 1000 / size:.0f}", f"{statistics.median(v) / total:.0%}")
        for room, v in by_room.items()
    ]
    return "\n\n".join(
        (
            f"{len(paths)} reports, {size:.2f} MB, {rounds} rounds, alternating, medians; "
            f"{platform.machine()}, CPython {platform.python_version()}.",
            results.table(("what", "MB/s per core", "times the usual script", "by processor time", "range, s"), rows),
            results.table(("room", "ms a MB", "share"), shares),
        )
    )


def _spread(values: list[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SEEDS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    args = parser.parse_args()
    text = measure(sorted(args.folder.glob("*.txt")), rounds=args.rounds)
    print(text)
    if args.results:
        results.write(f"speed on {args.folder.name}", f"python -m bench.speed (--rounds {args.rounds})", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
