"""Every place of the gazetteer reports, and is known by its name, its organs and its papers."""

from __future__ import annotations

import random

from zhitu.clean import clean
from zhitu.lexicon.places import Division, by_code, divisions, townships
from zhitu.load import source_of
from zhitu.model import Extraction
from zhitu.pipeline import extract

FIRST, TODAY = 2009, 2024
BODY = "{year}年，全面推进依法行政，印发《工作方案》，开展培训5次。"


def read(text: str) -> Extraction:
    return extract(clean(source_of(text.encode(), file="report.txt")))


def parent(division: Division, year: int) -> str:
    """The name of the region above, as it was then."""
    above = [d for d in by_code().get(division.parent, ()) if d.valid(year)]
    return above[-1].name if above else ""


def test_every_division_is_known_by_its_title() -> None:
    wrong = []
    for division in divisions():
        year = min(max(division.since + 1, 2019), division.until - 1)
        if division.level not in ("province", "prefecture", "county") or year < FIRST:
            continue
        text = f"{parent(division, year)}{division.name}{year}年法治政府建设工作报告\n\n{BODY.format(year=year)}"
        found = read(text).region
        if found != f"region:{division.code}":
            wrong.append((division.code, division.name, year, found))
    assert wrong == []


def test_every_county_has_its_organs_and_papers() -> None:
    wrong = []
    for division in divisions():
        if division.level not in ("prefecture", "county") or not division.valid(TODAY) or division.until < TODAY:
            continue
        name = division.name
        x = read(
            f"{parent(division, TODAY)}{name}{TODAY}年法治政府建设工作报告\n\n"
            f"{TODAY}年，{name}认真贯彻落实法治政府建设要求，{name}司法局开展培训5次。由{name}财政局牵头，"
            f"{name}印发《{name}行政执法公示办法》。在{name}推行“一窗受理”改革，办理案件7件。"
        )
        key = f"region:{division.code}"
        agencies = sorted(e.name for e in x.entities if e.kind == "agency" and e.name.endswith(("司法局", "财政局")))
        papers = [e.region for e in x.entities if e.kind == "document"]
        issuers = [c.subject for c in x.claims if c.predicate == "issued"]
        if len(agencies) != 2 or papers != [key] or issuers != [key] or len(x.observations) != 2:
            wrong.append((division.code, name, agencies, papers, issuers))
    assert wrong == []


def test_townships_are_known_by_their_title() -> None:
    listed = sorted((name, county) for name, places in townships().items() for _, county in places)
    wrong = []
    for name, code in random.Random(3).sample(listed, 2000):
        county = next((d for d in by_code().get(code, ()) if d.until >= TODAY), None)
        if county is None or not name.endswith(("镇", "乡", "街道")):
            continue
        organ = "办事处" if name.endswith("街道") else "人民政府"
        above = parent(county, TODAY)
        title = f"{above}{county.name}{name}{organ}{TODAY}年法治政府建设年度报告"
        found = read(f"{title}\n\n{BODY.format(year=TODAY)}").region or ""
        if not found.endswith(name) or code not in found:
            wrong.append((code, county.name, name, found))
    assert wrong == []
