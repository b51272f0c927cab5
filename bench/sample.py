"""Draws a sample of what was read, to be judged by hand, and counts the judgements.

    python -m bench.sample draw FOLDER [--size 200] [--seed 1]            writes bench/judgements/{claims,entities}.tsv
    python -m bench.sample draw FOLDER --seed 2 --name b                  writes {claims,entities}_b.tsv beside them
    python -m bench.sample count [--results]                     prints the share that is right

A row is judged in its column `verdict`: right, wrong, or empty while unread; `note` says what is wrong. Drawing again
keeps the verdict of every row that is drawn again with the same statement.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import results
from zhitu.model import Extraction, record_id

JUDGEMENTS = Path(__file__).with_name("judgements")
COLUMNS = ("id", "report", "statement", "quote", "verdict", "note")
CONTEXT = 30  # characters either side of an entity's first mention
TARGET = 0.93


def claim_rows(x: Extraction) -> list[dict[str, str]]:
    """A row a claim: subject, predicate, object, status, and the words."""
    name = {e.key: _label(e.name, e.full_name) for e in x.entities}
    return [
        {
            "id": c.key.partition(":")[2],
            "report": x.report.source.file,
            "statement": f"{name[c.subject]} {c.predicate} {name[c.object]} ({c.status})",
            "quote": _flat(c.quote),
        }
        for c in x.claims
    ]


def entity_rows(x: Extraction) -> list[dict[str, str]]:
    """A row an entity: kind, name, place, class, and its first mention in its surroundings."""
    first = {}
    for link in sorted(x.links, key=lambda link: link.span):
        first.setdefault(link.entity, link)
    by_key = {e.key: e for e in x.entities}
    text = x.report.source.text
    rows = []
    for key, link in first.items():
        e = by_key[key]
        place = by_key.get(e.region or "")
        facts = [e.kind, _label(e.name, e.full_name), *([e.document_class] if e.document_class else [])]
        facts += [f"of {_label(place.name, place.full_name)}"] if place and e.kind != "region" else []
        before = text[max(0, link.span.start - CONTEXT) : link.span.start]
        after = text[link.span.end : link.span.end + CONTEXT]
        quote = f"{before}【{text[link.span.start : link.span.end]}】{after}"
        rows.append(
            {
                "id": key.partition(":")[2],
                "report": x.report.source.file,
                "statement": " · ".join(facts),
                "quote": _flat(quote),
            }
        )
    return rows


def _label(name: str, full: str | None) -> str:
    return full or name


def _flat(text: str) -> str:
    return " ".join(text.split())


def draw(folder: Path, *, size: int, seed: int, sample: str = "") -> None:
    """Reads every report in the folder and writes both samples; `sample` keeps them apart from those of other draws."""
    from zhitu.pipeline import extract, read

    extractions = [extract(read(path, root=folder)) for path in sorted(folder.glob("*.txt"))]
    for name, rows_of in (("claims", claim_rows), ("entities", entity_rows)):
        rows = sorted(
            (row for x in extractions for row in rows_of(x)), key=lambda r: (r["report"], r["id"], r["quote"])
        )
        chosen = sorted(rows, key=lambda r: _lot(r, seed))[:size]
        _write(JUDGEMENTS / f"{name}{f'_{sample}' if sample else ''}.tsv", sorted(chosen, key=_place))
        print(f"{len(chosen)} of {len(rows)} {name}")


def _lot(row: dict[str, str], seed: int) -> str:
    """A row's place in the draw depends on the row alone, so that judgements outlive changes elsewhere."""
    return record_id(seed, row["report"], row["statement"], row["quote"])


def _place(row: dict[str, str]) -> tuple[str, str, str]:
    return row["report"], row["statement"], row["quote"]


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    known = {(r["report"], r["statement"], r["quote"]): r for r in _read(path)}
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writeheader()
        for row in rows:
            old = known.get((row["report"], row["statement"], row["quote"]), {})
            writer.writerow({**row, "verdict": old.get("verdict", ""), "note": old.get("note", "")})


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def count() -> str:
    """A table of the judgements, and the kinds of error by frequency."""
    rows = []
    notes: Counter[str] = Counter()
    for path in sorted(JUDGEMENTS.glob("*.tsv")):
        judged = Counter(row["verdict"] for row in _read(path))
        notes.update(row["note"] for row in _read(path) if row["verdict"] == "wrong")
        read = judged["right"] + judged["wrong"]
        share = f"{judged['right'] / read:.3f}" if read else "none read"
        rows.append((path.stem, judged.total(), read, judged["right"], judged["wrong"], share))
    text = results.table(("sample", "rows", "read", "right", "wrong", "share right"), rows)
    if notes:
        text += "\n\n" + results.table(("kind of error", "times"), notes.most_common(10))
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("--size", type=int, default=200)
    drawing.add_argument("--seed", type=int, default=1)
    drawing.add_argument("--name", default="", help="of a further sample, kept beside the first")
    counting = commands.add_parser("count")
    counting.add_argument("--results", action="store_true", help="write the figures into RESULTS.md")
    args = parser.parse_args()
    if args.command == "draw":
        draw(args.folder, size=args.size, seed=args.seed, sample=args.name)
        return 0
    text = count()
    print(text)
    if args.results:
        results.write("judged by hand", "python -m bench.sample count", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
