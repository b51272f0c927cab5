"""The notation of the case tables: each kind of item holds where it should and only there."""

from __future__ import annotations

import pytest

from bench.expect import holds, parse
from zhitu.model import Claim, Entity, Extraction, Header, Link, Observation, Report, Sentence, Source, Span, Unresolved

TEXT = "宿城区司法局收到申请22件"


def _link(key: str, kind: str) -> Link:
    return Link(key, kind, Span(0, 3), "宿城区", "rule", 0, 0, 3)


ENTITIES = (
    Entity("region:320000", "region", "江苏省", code="320000", full_name="江苏省"),
    Entity("region:321302", "region", "宿城区", code="321302", full_name="江苏省宿迁市宿城区", region="region:320000"),
    Entity("region:320200", "region", "无锡市", code="320200", full_name="江苏省无锡市", region="region:320000"),
    Entity("agency:321302-宿城区人民政府", "agency", "宿城区人民政府", region="region:321302"),
    Entity("agency:321302-宿城区司法局", "agency", "宿城区司法局", region="region:321302"),
    Entity(
        "document:CN-法治政府建设实施纲要-2021-2025", "document", "法治政府建设实施纲要（2021—2025年）",
        region="region:000000", document_class="normative", edition="2021-2025", number="中发〔2021〕33号"),
    Entity("program:CN-两法衔接", "program", "两法衔接机制", names=("行刑衔接",), region="region:000000"),
    Entity("institution:321302-法律援助中心", "institution", "宿城区法律援助中心", region="region:321302"),
)  # fmt: skip
DOCUMENT = ENTITIES[5].key
EXTRACTION = Extraction(
    Report(
        Source("case.txt", TEXT, "0" * 64, "utf-8"),
        Header(title="报告", issued="2021-01-20"),
        (Sentence(0, TEXT, range(len(TEXT) + 1)),),
        (),
    ),
    "region:321302", 2020, "agency:321302-宿城区人民政府", None, ENTITIES,
    tuple(_link(e.key, e.kind) for e in ENTITIES),
    (
        Claim("c1", "agency:321302-宿城区人民政府", "implements", DOCUMENT, "planned", Span(0, 3), "宿城区", "rule"),
        Claim("c2", "agency:321302-宿城区司法局", "runs", "program:CN-两法衔接", "done", Span(0, 3), "宿城区", "rule"),
    ),
    (Observation("o", None, "收到行政复议申请", "22", "件", "region:321302", 2020, Span(0, 3), "宿城区", "rule"),),
    (Unresolved("agency", Span(0, 4), "有关部门", "unspecific"),),
)  # fmt: skip

TRUE = (
    "report:321302",
    "report:宿城区",
    "year:2020",
    "date:2021-01-20",
    "publisher:宿城区人民政府",
    "agent:none",
    "region:320200",
    "region:无锡市",
    "region:*",
    "agency:宿城区司法局 region=321302",
    "agency:宿城区司法局 region=宿城区",
    "document:法治政府建设实施纲要(2021-2025年) scope=CN class=normative",
    "document:法治政府建设实施纲要(2021-2025)",
    "document:* edition=2021-2025",
    "document:* number=中发〔2021〕33号",
    "document:法治政府*",
    "program:“两法衔接”",
    "program:甲|行刑衔接",
    "institution:法律援助中心",
    "claim:r0 implements 法治政府建设实施纲要(2021-2025年) status=planned",
    "claim:宿城区人民政府 implements *",
    "claim:宿城区司法局 runs 行刑衔接",
    "claim:* runs *",
    "figure:22 件",
    "figure:22 件 indicator=行政复议申请收到 region=321302 year=2020",
    "figure:* 件",
    "unresolved:有关部门",
    "clean:司法局",
    "count:document=1",
    "count:claim=2",
    "count:figure=1",
)
FALSE = (
    "report:320200",
    "report:none",
    "year:2021",
    "date:none",
    "publisher:宿城区司法局",
    "region:440000",
    "region:苏州市",
    "agency:司法局",
    "agency:宿城区司法局 region=320000",
    "document:法治政府建设实施纲要",
    "document:* class=law",
    "document:* scope=321302",
    "document:*2015*",
    "program:两法",
    "institution:宿城区公共法律服务中心",
    "claim:r0 implements * status=done",
    "claim:r0 runs *",
    "claim:宿城区 implements *",
    "figure:22 人",
    "figure:2 件",
    "figure:22 件 indicator=天气预报",
    "figure:22 件 year=2019",
    "unresolved:部门",
    "clean:财政局",
    "count:document=2",
)


@pytest.mark.parametrize("item", TRUE)
def test_holds(item):
    """The item is in the extraction."""
    assert holds(EXTRACTION, parse(item))


@pytest.mark.parametrize("item", FALSE)
def test_does_not_hold(item):
    """The item is not in the extraction."""
    assert not holds(EXTRACTION, parse(item))


@pytest.mark.parametrize("line", ["法律:民法典", "document:", "claim:r0 likes 民法典", "民法典"])
def test_unknown_notation(line):
    """A line that is not in the notation is an error, and never silently false."""
    with pytest.raises(ValueError):
        parse(line)


def test_region_wildcard_spares_the_own_region():
    """`region:*` is true of foreign regions only."""
    own = [e for e in ENTITIES if e.key != "region:320200"]
    kept = Extraction(EXTRACTION.report, EXTRACTION.region, 2020, None, None, tuple(own),
                      tuple(_link(e.key, e.kind) for e in own))  # fmt: skip
    assert not holds(kept, parse("region:*"))
