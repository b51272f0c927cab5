"""Dates and years as header and signature write them."""

from __future__ import annotations

import re

DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
DATE = re.compile(
    r"""
      (?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})   # 2018-08-17, 2021/03/29, 2023年02月17日
    | (?P<d2>\d{1,2})\s*\.\s*(?P<m2>\d{1,2})\s*\.\s*(?P<y2>(?:19|20)\d\d)                      # 08.01.2018
    | (?P<yc>[一二][一二三四五六七八九〇○零]{3})年(?P<mc>[一二三四五六七八九十]{1,2})月(?P<dc>[一二三四五六七八九十]{1,3})日  # 二〇二一年一月五日
    """,
    re.VERBOSE,
)

BLANK = re.compile(r"(?<=[\u4e00-\u9fff〇○])\s+|\s+(?=[\u4e00-\u9fff〇○])")


def iso_date(text: str) -> str | None:
    """The first date in `text` as ISO, or None."""
    for match in DATE.finditer(BLANK.sub("", text)):
        y, m, d = (match["y"], match["m"], match["d"]) if match["y"] else (match["y2"], match["m2"], match["d2"])
        if match["yc"]:
            y, m, d = match["yc"].translate(DIGITS), str(_number(match["mc"])), str(_number(match["dc"]))
        if 1 <= int(m) <= 12 and 1 <= int(d) <= 31:
            return f"{int(y):04}-{int(m):02}-{int(d):02}"
    return None


def _number(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    value = int(ones.translate(DIGITS) or 0) if ones else 0
    return value + (10 * (int(tens.translate(DIGITS)) if tens else 1) if "十" in text else 0)
