"""Whole reports that readers wrote and annotated who had not seen the rules, scored as the gold of the seeds is.

    python -m bench.readers [SET …] [--misses] [--results] [--first-run] [--pin]

A set is a folder of bench/readers: invented reports in the register of real ones (NNN.txt), each with its annotation by
the guidelines (NNN.json). Prints precision, recall and F1 by set. --first-run writes a set's figures into RESULTS.md
under a name of their own, with the commit they were measured on: what a set says before anybody has seen its answers.
Afterwards its errors may be learnt from, and it guards against falling back: --pin writes what all sets reach into
bench/readers/floors.json, below which no set may fall.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import results
from bench.expect import PREDICATES
from bench.score import CHECKS, Score, from_extractions, score
from bench.second_reader import commit
from zhitu.model import KINDS

HERE = Path(__file__).with_name("readers")
FLOORS = HERE / "floors.json"
HEAD = ("measure", "precision", "recall", "F1 or share", "right", "spurious", "missed")


def sets() -> list[Path]:
    """The folders of reports, in the order in which they were written."""
    return sorted(path for path in HERE.iterdir() if path.is_dir())


def run(folder: Path) -> tuple[Score, list[str]]:
    """Reads a set with the text rooms: its score, and everything that is wrong."""
    from zhitu.pipeline import extract, read

    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    built = from_extractions(extract(read(folder / gold["file"], root=folder)) for gold in golds)
    total, wrong = Score(), []
    for gold, found in zip(golds, built, strict=True):
        result = score(gold, found, (folder / gold["file"]).read_bytes().decode("utf-8-sig"))
        total.add(result)
        wrong += [f"{folder.name}/{gold['file'][:3]} {line}" for line in result.wrong()]
    return total, wrong


def floors(total: Score) -> dict[str, float]:
    """What a set must go on reaching: F1 of entities, relations and figures, and the share of right headers."""
    parts = {"entities": KINDS, "relations": PREDICATES, "figures": ("figure",)}
    reached = {name: total.tally(*measures).f1 for name, measures in parts.items()} | {"header": total.rate("header")}
    return {name: math.floor(value * 1000) / 1000 for name, value in reached.items()}


def table(total: Score) -> str:
    """What was read well and what not, a line a kind, then the checks."""
    return results.table(HEAD, _rows(total))


def _rows(total: Score) -> Iterator[tuple[object, ...]]:
    parts = {kind: (kind,) for kind in KINDS} | {
        "entities": KINDS,
        **{predicate: (predicate,) for predicate in PREDICATES},
        "relations": PREDICATES,
        "figure": ("figure",),
    }
    for name, measures in parts.items():
        t = total.tally(*measures)
        yield name, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", t.right, t.spurious, t.missed
    for check in CHECKS:
        right, count = sum(total.checks[check]), len(total.checks[check])
        yield check, "", "", f"{total.rate(check):.3f}", right, count - right, ""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="folders of bench/readers; all of them by default")
    parser.add_argument("--misses", action="store_true", help="list every missed and every spurious item")
    parser.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    parser.add_argument("--first-run", action="store_true", help="write them there as a set's first run")
    parser.add_argument("--pin", action="store_true", help="make what all sets reach the floors")
    args = parser.parse_args(argv)
    if args.pin and args.sets:
        parser.error("--pin is for all sets at once: give none")
    read = {folder.name: run(folder) for folder in ([HERE / name for name in args.sets] or sets())}
    body = "\n\n".join(f"set {name}\n\n{table(total)}" for name, (total, _) in read.items())
    print(body)
    if args.misses:
        print("\n".join(line for _, wrong in read.values() for line in wrong))
    if args.results and not args.first_run:
        results.write("readers", " ".join(("python -m bench.readers", *args.sets)), body)
    if args.pin:
        pinned = {name: floors(total) for name, (total, _) in read.items()}
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")
    if args.first_run:
        for name, (total, _) in read.items():
            first = f"This is the first run of this set, on the code of commit {commit()}.\n\n{table(total)}"
            results.write(f"readers {name}, first run", f"python -m bench.readers {name} --first-run", first)
    return 0


if __name__ == "__main__":
    sys.exit(main())
