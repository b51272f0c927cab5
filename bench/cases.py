"""Runs the case tables (tests/cases) and lists what fails, row by row, without a test runner's noise.

    python -m bench.cases [WORD] [--verbose] [--mark]

WORD picks the rows whose table or name holds it. Rows marked pending are run too, and told apart. `--mark` marks the
rows that fail as pending, with what is missing or spurious as the reason, and takes the mark off those that pass.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import expect

TABLES = Path(__file__).resolve().parent.parent / "tests" / "cases"


def rows(folder: Path = TABLES) -> list[tuple[str, dict]]:
    """Every row of every table under its name, with the table's own title and opening where it has none."""
    import yaml

    out = []
    for path in sorted(folder.glob("*.yaml")):
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        common = {"title": table["title"], "opening": table.get("opening", "")}
        out += [(f"{path.stem}: {case['id']}", {**common, **case}) for case in table["cases"]]
    return out


def text_of(case: dict) -> str:
    """The tiny report of a row."""
    return "\n".join(part for part in (case["title"], case["opening"], case["text"]) if part) + "\n"


def run(case: dict) -> tuple[list[str], str]:
    """What is missing or spurious in a row, a line each, and everything that came out."""
    extraction = expect.read(text_of(case), file=case.get("file", "case.txt"), given=case.get("given"))
    missing = [i for i in case.get("expect", ()) if not expect.holds(extraction, expect.parse(i))]
    spurious = [i for i in case.get("forbid", ()) if expect.holds(extraction, expect.parse(i))]
    return [*(f"missing  {i}" for i in missing), *(f"spurious {i}" for i in spurious)], expect.describe(extraction)


def mark(name: str, reason: str) -> None:
    """Writes the mark of a row into its table, or takes it away if there is no reason for one."""
    stem, _, row = name.partition(": ")
    path = TABLES / f"{stem}.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index(f"- id: {row}") + 1
    if lines[at].startswith("  pending: "):
        del lines[at]
    if reason:
        lines.insert(at, f"  pending: {json.dumps(reason, ensure_ascii=False)}")
    path.write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="?", default="")
    parser.add_argument("--verbose", action="store_true", help="also print what came out")
    parser.add_argument("--mark", action="store_true", help="mark failing rows as pending, unmark passing ones")
    args = parser.parse_args()
    chosen = [(name, case) for name, case in rows() if args.word in name]
    failed = pending = surprising = 0
    for name, case in chosen:
        wrong, out = run(case)
        if args.mark and bool(wrong) != ("pending" in case):
            mark(name, "; ".join(wrong))
        pending += "pending" in case
        if wrong and "pending" not in case:
            failed += 1
            print(f"{name}\n  {case['text'].strip()}\n" + "".join(f"  {line}\n" for line in wrong), end="")
            if args.verbose:
                print("".join(f"    {line}\n" for line in out.splitlines()), end="")
        if not wrong and "pending" in case:
            surprising += 1
            print(f"{name}\n  passes: take the mark pending off")
    print(f"{len(chosen)} rows, {failed} fail, {pending} pending, {surprising} pending ones pass")
    return 1 if failed or surprising else 0


if __name__ == "__main__":
    sys.exit(main())
