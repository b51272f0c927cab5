"""Room `tabulate`: an `Extraction` becomes rows of the declared tables."""

from __future__ import annotations

from typing import Any

from zhitu.model import Extraction

Row = tuple[Any, ...]


def tabulate(extraction: Extraction) -> dict[str, list[Row]]:
    """Rows by table name, in the column order of `zhitu.tables`; sorted and without repetition."""
    report = extraction.report
    key = report.key
    source, header = report.source, report.header
    names: set[Row] = set()
    for entity in extraction.entities:
        names.add((key, entity.key, "pref", entity.name))
        names.update((key, entity.key, "alt", name) for name in entity.names)
        if entity.number:
            names.add((key, entity.key, "number", entity.number))
    return {
        "reports": [
            (
                key,
                source.sha256,
                source.file,
                header.title,
                extraction.region,
                extraction.year,
                header.issued,
                extraction.publisher,
                extraction.agent,
                header.number,
                source.encoding,
                len(source.text),
            )
        ],
        "segments": [(key, s.span.start, s.span.end, s.kind, s.planned) for s in report.segments],
        "entities": [
            (
                key,
                e.key,
                e.kind,
                e.name,
                e.region,
                e.code,
                e.level,
                e.full_name,
                e.zone,
                e.document_class,
                e.edition,
                e.family,
                e.family_name,
            )
            for e in extraction.entities
        ],
        "names": sorted(names),
        "mentions": sorted(
            {(key, m.entity, m.kind, m.span.start, m.span.end, m.surface, m.rule) for m in extraction.links}
        ),
        "claims": [
            (c.key, key, c.subject, c.predicate, c.object, c.status, c.quote, c.span.start, c.span.end, c.rule)
            for c in extraction.claims
        ],
        "observations": [
            (
                o.key,
                key,
                o.indicator,
                o.indicator_text,
                o.value,
                o.unit,
                o.region,
                o.year,
                o.quote,
                o.span.start,
                o.span.end,
                o.rule,
            )
            for o in extraction.observations
        ],
        "unresolved": sorted(
            {
                (key, u.kind, u.surface, u.reason, " ".join(u.candidates), u.span.start, u.span.end)
                for u in extraction.unresolved
            }
        ),
    }
