"""The quality gate: what the text rooms read from the seeds, against the gold.

    python -m bench.quality [--misses] [--rules] [--pin [--lower]] [--results]

Prints precision, recall and F1 for every kind and predicate, then what was gained and lost, item by item, since the
last pinned run. Exits with 1 when a measure is below its floor (bench/floors.json), or when gold or seeds differ from
those pinned. `--pin` makes this run the one to compare with and raises the floors to it; lowering one needs `--lower`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import results
from bench.expect import PREDICATES
from bench.score import CHECKS, GOLD, MEASURES, SEEDS, Score, from_extractions, gold_files, score, source_text
from zhitu.model import KINDS, Extraction

FLOORS = Path(__file__).with_name("floors.json")
PINNED = Path(__file__).with_name("pinned.json")
# what the project set out to reach on the seeds
TARGETS = {
    "region": 0.98,
    "agency": 0.95,
    "institution": 0.92,
    "document": 0.98,
    "program": 0.92,
    "relations": 0.90,
    "issued": 0.95,
    "figure": 0.95,
    "class": 0.95,
    "scope": 0.95,
    "status": 0.95,
    "header": 1.0,
    "evidence": 1.0,
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all seeds: measures by name, everything wrong by file, and the digest of gold and seeds."""

    total: Score
    values: dict[str, float]
    wrong: dict[str, list[str]]
    digest: str


def run() -> Run:
    """Reads the seeds with the text rooms and scores them."""
    golds = gold_files()
    extractions = [read_seed(gold["file"]) for gold in golds]
    total = Score()
    wrong = {}
    for gold, built in zip(golds, from_extractions(extractions), strict=True):
        result = score(gold, built, source_text(gold["file"]))
        total.add(result)
        wrong[gold["file"]] = result.wrong()
    return Run(total, measures(total), wrong, digest())


def read_seed(file: str) -> Extraction:
    """What the text rooms read from a seed."""
    from zhitu.pipeline import extract, read

    return extract(read(SEEDS / file, root=SEEDS))


def measures(total: Score) -> dict[str, float]:
    """F1 of every kind, predicate and of figures, and the share of every check, to four places."""
    values = {m: total.tally(m).f1 for m in MEASURES}
    values |= {"entities": total.tally(*KINDS).f1, "relations": total.tally(*PREDICATES).f1}
    values |= {check: total.rate(check) for check in CHECKS}
    return {name: round(value, 4) for name, value in values.items()}


def digest() -> str:
    """sha256 over gold and seeds: floors hold for these files alone."""
    sha = hashlib.sha256()
    for path in sorted([*GOLD.glob("*.json"), *SEEDS.glob("*.txt")], key=lambda p: (p.suffix, p.name)):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()


def below(current: Run) -> list[str]:
    """A line for every measure under its floor, and one if the corpus is not the pinned one."""
    if not FLOORS.exists():
        return ["no floors are pinned yet: --pin"]
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    lines = [
        f"{name}: {current.values[name]:.4f} is below its floor {floor:.4f}"
        for name, floor in pinned["floors"].items()
        if current.values[name] < floor
    ]
    if pinned["digest"] != current.digest:
        lines.append("gold or seeds differ from those that the floors were pinned on: review, then --pin")
    return lines


def changes(current: Run) -> tuple[list[str], list[str]]:
    """Items gained and items lost since the pinned run."""
    if not PINNED.exists():
        return [], []
    before = Counter(_flat(json.loads(PINNED.read_text(encoding="utf-8"))["wrong"]))
    now = Counter(_flat(current.wrong))
    return sorted((before - now).elements()), sorted((now - before).elements())


def _flat(wrong: dict[str, list[str]]) -> list[str]:
    return [f"{file[:3]} {item}" for file, items in wrong.items() for item in items]


def pin(current: Run, *, lower: bool) -> list[str]:
    """Writes floors and the run to compare with. Returns the floors that would fall, and writes nothing if any do."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"] if FLOORS.exists() else {}
    falling = [
        f"{name}: {floors[name]:.4f} → {value:.4f}"
        for name, value in current.values.items()
        if value < floors.get(name, 0)
    ]
    if falling and not lower:
        return falling
    _write(FLOORS, {"digest": current.digest, "floors": current.values})
    _write(PINNED, {"digest": current.digest, "wrong": current.wrong})
    return []


def _write(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(current: Run) -> str:
    """Every measure with its target."""
    rows: list[tuple[object, ...]] = []
    for name in (*MEASURES, "entities", "relations"):
        t = current.total.tally(*{"entities": KINDS, "relations": PREDICATES}.get(name, (name,)))
        counts = (t.right, t.spurious, t.missed)
        rows.append((name, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", TARGETS.get(name, ""), *counts))
    for name in CHECKS:
        values = current.total.checks[name]
        wrong = len(values) - sum(values)
        rows.append((name, "", "", f"{current.total.rate(name):.3f}", TARGETS.get(name, ""), sum(values), wrong, ""))
    return results.table(
        ("measure", "precision", "recall", "F1 or share", "target", "right", "spurious", "missed"), rows
    )


def rule_table(current: Run) -> str:
    """Per rule: what it made that is right (required or optional) or spurious, and its share of what is required."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    required: Counter[str] = Counter()
    for o in current.total.outcomes:
        if o.verdict in ("right", "missed"):
            required[o.measure] += 1
        for rule in o.rules:
            counts[o.measure, rule][o.verdict] += 1
    rows = []
    for (measure, rule), c in sorted(counts.items(), key=lambda kv: (MEASURES.index(kv[0][0]), kv[0][1])):
        good = c["right"] + c["neutral"]
        share = c["right"] / required[measure] if required[measure] else 0.0
        rows.append((measure, rule, c["right"], c["neutral"], c["spurious"], f"{good / c.total():.3f}", f"{share:.3f}"))
    return results.table(("measure", "rule", "right", "optional", "spurious", "precision", "recall"), rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list every missed and every spurious item")
    parser.add_argument("--rules", action="store_true", help="precision and recall of every rule")
    parser.add_argument("--pin", action="store_true", help="make this the run to compare with, and raise the floors")
    parser.add_argument("--lower", action="store_true", help="let --pin lower floors")
    parser.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    args = parser.parse_args()
    current = run()
    print(table(current))
    if args.rules:
        print("\n" + rule_table(current))
    if args.misses:
        print("\n" + "\n".join(_flat(current.wrong)))
    gained, lost = changes(current)
    print(f"\nsince the pinned run: {len(gained)} gained, {len(lost)} lost")
    print("".join(f"  + {line}\n" for line in gained) + "".join(f"  - {line}\n" for line in lost), end="")
    if args.results:
        results.write("quality on the seeds", "python -m bench.quality", table(current))
        results.write("quality by rule", "python -m bench.quality --rules", rule_table(current))
    problems = pin(current, lower=args.lower) if args.pin else below(current)
    if problems and args.pin:
        print("these floors would fall; --lower lets them:")
    print("".join(f"{line}\n" for line in problems), end="")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
