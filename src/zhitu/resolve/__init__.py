"""Room `resolve`: mentions become entities, each under the key that follows from the mention and its report alone.

| file | record | question |
|---|---|---|
| `own_region` | report → `Place` | whose report is it? (by its names: `own_names`, by less: `own_hints`) |
| `regions` | mention → `Place` | which place is meant? |
| `organs` | mention → `Entity` | which organ, or which other organisation? |
| `own_organ` | links → key | is it a department's report, and who published it? |
| `documents` | mention → `Entity` | which document, and whose? |
| `programs` | mention → `Entity` | which program, and whose? |

They write into one `ledger`. `places`, `organ_names`, `titles` and `families` know of no report: they say what a name makes.
"""

from __future__ import annotations

from collections import defaultdict

from zhitu.model import Found, Kind, Mention, Report, Resolved
from zhitu.resolve.documents import resolve_documents
from zhitu.resolve.ledger import Ledger
from zhitu.resolve.organs import resolve_organs
from zhitu.resolve.own_organ import department, publisher
from zhitu.resolve.own_region import own_region
from zhitu.resolve.programs import resolve_programs
from zhitu.resolve.regions import resolve_regions


def resolve(report: Report, found: Found) -> Resolved:
    """Which thing each mention means; what does not come down to one candidate is kept as unresolved."""
    ledger = Ledger.of(report, own_region(report, found))
    mentions: dict[Kind, list[Mention]] = defaultdict(list)
    for mention in found.mentions:
        mentions[mention.kind].append(mention)
    # in the order in which one rests on another
    resolve_regions(ledger, mentions["region"])
    resolve_organs(ledger, mentions["agency"] + mentions["institution"])
    ledger.agent = department(ledger, ledger.linked())
    resolve_documents(ledger, mentions["document"], programs=mentions["program"])
    resolve_programs(ledger, mentions["program"])
    linked = ledger.linked()
    return Resolved(
        region=ledger.own.key if ledger.own else None,
        year=report.header.year,
        publisher=publisher(ledger, linked),
        agent=ledger.agent,
        entities=ledger.entities,
        mentions=tuple(sorted(linked, key=_reading_order)),
        figures=found.figures,
        unresolved=tuple(ledger.unresolved),
    )


def _reading_order(link: tuple[Mention, str]) -> tuple[int, int, int, str, str]:
    mention, key = link
    return mention.sentence, mention.start, -mention.end, mention.kind, key
