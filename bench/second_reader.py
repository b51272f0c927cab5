"""Reads sentences that were written by people who had not seen the rules, and counts what comes out.

    python -m bench.second_reader [FILE …] [--misses] [--results] [--first-run]

Without a file, every set is read: second_reader.json and second_reader_b.json, 40 passages each. Prints for each set
the share of expected items found, by kind, and how many forbidden items came out; with --misses, both lists.
--first-run writes the figures into RESULTS.md under a name of their own, with the commit they were measured on: what a
set says before anybody has seen its answers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import expect, results

HERE = Path(__file__).parent
SETS = (HERE / "second_reader.json", HERE / "second_reader_b.json")
TARGET = 0.85


@dataclass(slots=True)
class Tally:
    """What a set asked for, and what it got."""

    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    forbidden: int = 0
    slipped: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.found.total() / self.wanted.total()


def run(path: Path) -> Tally:
    """Reads one set. An item counts once for each passage that expects it."""
    tally = Tally()
    for row in json.loads(path.read_text(encoding="utf-8")):
        extraction = expect.read(f"{row['title']}\n{row['text']}\n")
        for item in map(expect.parse, row["expect"]):
            tally.wanted[item.kind] += 1
            if expect.holds(extraction, item):
                tally.found[item.kind] += 1
            else:
                tally.missing.append(f"{row['id']}  {item.text}")
        for item in map(expect.parse, row.get("forbid", ())):
            tally.forbidden += 1
            if expect.holds(extraction, item):
                tally.slipped.append(f"{row['id']}  not {item.text}")
    return tally


def table(tally: Tally) -> str:
    """The share by kind, the whole, and what was not to come out."""
    found, wanted = tally.found, tally.wanted
    rows = [(kind, found[kind], total, f"{found[kind] / total:.3f}") for kind, total in sorted(wanted.items())]
    rows.append(("all", found.total(), wanted.total(), f"{tally.share:.3f}"))
    text = results.table(("kind", "found", "expected", "share"), rows)
    if tally.forbidden:
        text += f"\n\n{len(tally.slipped)} of {tally.forbidden} forbidden items came out."
    return text


def commit() -> str:
    """The commit the code stands at, and whether its files differ from it."""
    git = ("git", "-C", str(HERE.parent))
    name = subprocess.run((*git, "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=True).stdout
    changed = subprocess.run((*git, "diff", "--quiet", "HEAD", "--", "src/zhitu"), check=False).returncode
    return name.strip() + (" with changes not yet committed" if changed else "")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the sets to read; all of them by default")
    parser.add_argument("--misses", action="store_true", help="list what did not come out, and what should not have")
    parser.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    parser.add_argument("--first-run", action="store_true", help="write them there as a set's first run")
    args = parser.parse_args(argv)
    tallies = {path: run(path) for path in args.files or SETS}
    body = "\n\n".join(f"{path.name}\n\n{table(tally)}" for path, tally in tallies.items())
    print(body)
    if args.misses:
        print("\n".join(line for tally in tallies.values() for line in (*tally.missing, *tally.slipped)))
    if args.results and not args.first_run:
        results.write("second reader", " ".join(("python -m bench.second_reader", *map(str, args.files))), body)
    if args.first_run:
        for path, tally in tallies.items():
            results.write(
                f"{path.stem}, first run",
                f"python -m bench.second_reader bench/{path.name} --first-run",
                f"This is the first run of this set, on the code of commit {commit()}.\n\n{table(tally)}",
            )
    return 0 if all(tally.share >= TARGET for tally in tallies.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
