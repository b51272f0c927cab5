"""Organs below the centre, and the central ones."""

from __future__ import annotations

import re

import pytest

from zhitu.lexicon.organs import by_name, central_organs
from zhitu.lexicon.tsv import rows, values

ORGANS = rows("organs")
CENTRAL = rows("central_agencies")


def test_columns_hold_known_values():
    """kind is agency or institution; levels are of 省市县乡, in that order, and not none."""
    for row in ORGANS:
        assert row["kind"] in ("agency", "institution"), row
        assert row["level"] and re.fullmatch("省?市?县?乡?", row["level"]), row
        assert re.fullmatch(r"(?:\d{4})?", row["until"]), row


def test_a_name_stands_for_one_organ():
    """No short form is another organ's, nor another organ's name."""
    names = {row["name"] for row in ORGANS}
    owner: dict[str, str] = {}
    for row in ORGANS:
        for alias in values(row["aliases"]):
            assert alias not in names, (alias, row)
            assert owner.setdefault(alias, row["name"]) == row["name"], alias


def test_successors_stand_in_the_file():
    """An organ that was renamed or merged names the one that followed, and its last year."""
    names = {row["name"] for row in ORGANS}
    for row in ORGANS:
        if row["successor"]:
            assert row["successor"] in names and row["successor"] != row["name"], row
            assert row["until"], row


def test_names_carry_no_place():
    """Names begin with the organ, not with whose organ it is."""
    for row in ORGANS:
        assert not re.match(r"(?:我|本|全|该)[省市县区]|.{2}[省市县区](?:人民政府|司法局|委)", row["name"]), row


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("发改委", "发展和改革委员会"),
        ("发改局", "发展和改革局"),
        ("市场监管局", "市场监督管理局"),
        ("市监局", "市场监督管理局"),
        ("人社局", "人力资源和社会保障局"),
        ("住建局", "住房和城乡建设局"),
        ("教体局", "教育体育局"),
        ("卫健委", "卫生健康委员会"),
        ("卫计委", "卫生和计划生育委员会"),
        ("食药监局", "食品药品监督管理局"),
        ("安监局", "安全生产监督管理局"),
        ("城管委", "城市管理委员会"),
        ("法制办", "人民政府法制办公室"),
        ("工商和质监局", "工商行政管理和质量技术监督局"),
        ("纪委监委", "纪律检查委员会监察委员会"),
        ("编办", "委机构编制委员会办公室"),
        ("网信办", "委网络安全和信息化委员会办公室"),
        ("政法委", "委政法委员会"),
        ("依法治市办", "委全面依法治市委员会办公室"),
        ("政府办", "人民政府办公室"),
        ("政数局", "政务服务数据管理局"),
        ("营商局", "营商环境建设局"),
        ("交警大队", "公安局交通警察大队"),
        ("消防大队", "消防救援大队"),
        ("安委办", "安全生产委员会办公室"),
        ("妇联", "妇女联合会"),
        ("矛调中心", "矛调中心"),
        ("法援中心", "法律援助中心"),
    ],
)
def test_usual_short_forms(written, name):
    """A usual short form leads to the organ's register name."""
    assert by_name()[written].name == name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("人民政府法制办公室", "司法局"),
        ("工商行政管理局", "市场监督管理局"),
        ("质量技术监督局", "市场监督管理局"),
        ("食品药品监督管理局", "市场监督管理局"),
        ("安全生产监督管理局", "应急管理局"),
        ("环境保护局", "生态环境局"),
        ("国土资源局", "自然资源局"),
        ("地方税务局", "税务局"),
        ("国家税务局", "税务局"),
        ("扶贫开发办公室", "乡村振兴局"),
    ],
)
def test_renames(old, new):
    """The renames of 2008 to 2024 are known."""
    assert {row["name"]: row["successor"] for row in ORGANS}[old] == new


def test_predecessors_and_successors_of_central_organs_stand_in_the_file():
    """Renames at the centre lead from row to row."""
    names = {row["name"] for row in CENTRAL}
    for row in CENTRAL:
        assert set(values(row["successors"])) | set(values(row["predecessors"])) <= names, row


def test_short_forms_of_central_organs_are_no_local_organs():
    """Bare 发改委, 医保局, 统计局 are local below the centre, so no central organ may claim them."""
    local = set(by_name())
    central: dict[str, str] = {}
    for organ in central_organs():
        for alias in organ.aliases:
            assert alias not in local, alias
            assert central.setdefault(alias, organ.name) == organ.name, alias
    assert not set(central) & {row["name"] for row in CENTRAL}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("中办", "中共中央办公厅"),
        ("国办", "国务院办公厅"),
        ("国家发改委", "国家发展和改革委员会"),
        ("中央依法治国办", "中央全面依法治国委员会办公室"),
        ("最高法", "最高人民法院"),
        ("全国人大常委会", "全国人民代表大会常务委员会"),
        ("应急部", "应急管理部"),
        ("银保监会", "中国银行保险监督管理委员会"),
    ],
)
def test_short_forms_of_central_organs(written, name):
    """A usual short form leads to the central organ's full name."""
    assert {alias: organ.name for organ in central_organs() for alias in organ.aliases}[written] == name
