"""What a title is about, when place, year, edition and the word for its kind are gone."""

from __future__ import annotations

import pytest

from zhitu.resolve.families import family_core

FAMILIES = {
    "全面推进依法行政实施纲要": "依法行政",
    "宿城区2016年依法行政工作要点": "依法行政",
    "宿城区水利局2016年依法行政工作要点": "依法行政",
    "宿城区水利局规范性文件管理办法": "规范性文件",
    "宿城区重大行政决策目录管理办法": "重大行政决策",
    "宿城区重大行政决策公众参与程序规定": "重大行政决策公众参与",
    "宿城区重大行政决策后评估办法": "重大行政决策后评估",
    "宿城区涉企行政检查计划管理办法": "涉企行政检查",
    "江苏省行政程序规定": "行政程序",
    "宿城区优化营商环境二十条措施": "优化营商环境",
    "宿城区法治政府建设“十四五”规划": "法治政府建设十四五",
    "江苏省食品安全条例": "食品安全",
    "江苏省实施〈中华人民共和国土地管理法〉办法": "土地管理",
    "江苏省实施〈中华人民共和国水法〉办法": "",
}


@pytest.mark.parametrize(("title", "family"), FAMILIES.items())
def test_a_title_is_cut_between_words(title: str, family: str) -> None:
    """No family ends in the middle of a word; where too little is left there is none."""
    assert family_core(title, places=("宿城区", "江苏省")) == family
