"""Measure words and known indicators, tested both ways."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from zhitu.lexicon.figures import indicator_of, units
from zhitu.lexicon.tsv import rows, values

INDICATORS = rows("indicators")
CASES = [(row["slug"], row["unit"], example) for row in INDICATORS for example in values(row["examples"])]


def test_slugs_and_patterns_are_well_formed():
    """A slug is kebab-case ASCII; every pattern has words, and no counter word rules it out."""
    for row in INDICATORS:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", row["slug"]), row
        assert (
            values(row["unit"]) and values(row["patterns"]) and all(all(p.split("+")) for p in values(row["patterns"]))
        ), row
        assert row["zh"] and row["en"] and row["section"] and len(values(row["examples"])) >= 1, row
        for pattern in values(row["patterns"]):
            ruled_out = [word for word in values(row["counter"]) if any(word in part for part in pattern.split("+"))]
            assert ruled_out == [], (row, pattern)


def test_units_of_indicators_are_known():
    """An indicator is counted in measure words of the lexicon."""
    for row in INDICATORS:
        assert set(values(row["unit"])) <= set(units()), row


@pytest.mark.parametrize(("slug", "unit", "example"), CASES, ids=[example for _, _, example in CASES])
def test_an_example_means_its_indicator_and_no_other(slug, unit, example):
    """Whichever of its measure words it is counted in, the example is this indicator or none."""
    found = {indicator_of(example, measure) for measure in values(unit)}
    assert found - {None} == {slug}


@pytest.mark.parametrize(
    ("wording", "unit", "slug"),
    [
        ("收到行政复议申请", "件", "review-applications-received"),
        ("受理行政复议申请", "件", "review-applications-accepted"),
        ("行政复议不予受理", "件", "review-applications-refused"),
        ("行政复议受理率", "%", "review-acceptance-rate"),
        ("行政机关负责人出庭应诉率", "%", "head-appearance-rate"),
        ("行政机关负责人出庭应诉", "人次", "head-appearances"),
        ("人大代表建议和政协提案答复率", "%", "proposals-reply-rate"),
        ("办理政协提案", "件", "cppcc-proposals"),
        ("公布现行有效行政规范性文件", "件", "normative-documents-in-force"),
        ("法院诉前调解委员会调解成功案件", "件", "mediation-cases-settled"),
        ("案卷抽查发现问题", "个", "case-file-problems"),
        ("全区主动公开政府信息", "条", "info-disclosed"),
        ("办理依申请公开事项", "件", "info-requests-handled"),
    ],
)
def test_neighbours_are_told_apart(wording, unit, slug):
    """Links of one chain, counts and rates, wholes and parts are indicators of their own."""
    assert indicator_of(wording, unit) == slug


@pytest.mark.parametrize(
    ("wording", "unit"),
    [
        ("手机APP接入端口", "个"),
        ("评理说事点挂牌运转", "个"),
        ("公开公共服务事项的部门", "个"),
        ("百姓热门事项办事指南“掌上查”", "项"),
        ("复议应诉工作会议", "次"),
        ("灾害信息员队伍", "人"),
    ],
)
def test_what_is_no_known_indicator(wording, unit):
    """Figures of other things, though they share a word with an indicator, are left without one."""
    assert indicator_of(wording, unit) is None


def test_departments_are_not_what_the_clause_is_about():
    """公布38个县直部门权力清单: of departments and places, only indicators that count them are told."""
    assert indicator_of("公布县直部门权力清单", "个") == "power-items"
    assert indicator_of("公布县直部门权力清单", "个", bodies=True) is None
    assert indicator_of("对县直部门开展法治督察", "个", bodies=True) == "law-inspections"


def test_factors_lead_to_a_base():
    """A measure word has a positive factor, and its base is a measure word of factor one."""
    for name, unit in units().items():
        assert Decimal(unit.factor) > 0, name
        assert unit.base in units(), name
        assert units()[unit.base].factor == "1", name


@pytest.mark.parametrize(
    ("name", "factor", "base"),
    [
        ("万元", 10_000, "元"),
        ("亿元", 100_000_000, "元"),
        ("万件", 10_000, "件"),
        ("万人次", 10_000, "人次"),
        ("％", 1, "%"),
        ("平方米", 1, "平方米"),
    ],
)
def test_multiples(name, factor, base):
    """Written-out multiples count in their base."""
    assert (Decimal(units()[name].factor), units()[name].base) == (factor, base)


COMMON = (
    "件 人 人次 次 场 场次 项 条 个 家 户 名 位 份 起 例 宗 部 篇 期 "
    "处 所 支 辆 台 套 册 张 卷 幢 户次 件次 公里 亩 吨 元 % ‰ 个百分点"
)


@pytest.mark.parametrize("name", COMMON.split())
def test_common_measure_words(name):
    """The measure words of the genre are all there."""
    assert name in units()
