"""Reads 40 sentences that were written by someone who had not seen the rules, and counts what comes out.

    python -m bench.second_reader [--misses] [--results]

Prints the share of expected items found, by kind, and, with --misses, those that were not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import expect, results

SENTENCES = Path(__file__).with_name("second_reader.json")
TARGET = 0.85


def run() -> tuple[Counter[str], Counter[str], list[str]]:
    """Items found and items expected, by kind, and a line for each that is missing."""
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    missing = []
    for row in json.loads(SENTENCES.read_text(encoding="utf-8")):
        extraction = expect.read(f"{row['title']}\n{row['text']}\n")
        for item in map(expect.parse, row["expect"]):
            wanted[item.kind] += 1
            if expect.holds(extraction, item):
                found[item.kind] += 1
            else:
                missing.append(f"{row['id']}  {item.text}")
    return found, wanted, missing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what did not come out")
    parser.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    args = parser.parse_args()
    found, wanted, missing = run()
    rows = [(kind, found[kind], total, f"{found[kind] / total:.3f}") for kind, total in sorted(wanted.items())]
    rows.append(("all", found.total(), wanted.total(), f"{found.total() / wanted.total():.3f}"))
    table = results.table(("kind", "found", "expected", "share"), rows)
    print(table)
    if args.misses:
        print("\n".join(missing))
    if args.results:
        results.write("second reader", "python -m bench.second_reader", table)
    return 0 if found.total() / wanted.total() >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
