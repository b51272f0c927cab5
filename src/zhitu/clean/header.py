"""What stands above and below the text: title, publisher, date, number, year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from zhitu.clean.dates import iso_date
from zhitu.clean.furniture import FOOTER, LABEL, LABELS, META, NUMBERED, SPACED, TABLE, is_furniture
from zhitu.clean.lines import Line
from zhitu.model import Header, Sentence

GENRE = re.compile(
    r"法治政府|依法行政|法治建设|依法治[省市县区州旗]|工作报告|工作总结|情况报告|情况的?报告|年度报告|总结|经验材料|白皮书|工作情况|汇报|述法|综述"
)
COMPLETE = re.compile(
    r"(?:报告|总结|材料|情况|汇报|白皮书|打算|计划|要点|综述|通知|公告|安排|(?<=[年版稿])[)）])(?:\([^)]{1,12}\))?$"
)
AUTHOR = re.compile(
    r"^[\u4e00-\u9fff()]{2,40}(?:人民政府|委员会|委员会办公室|管委会|办公室|办事处|局|厅|委|办|院|关于|[省市区县州盟旗镇乡])$"
)
ORGAN_LINE = re.compile(
    r"^[\u4e00-\u9fff()“”、\s]{2,40}(?:人民政府|政府|委员会|管委会|委员会办公室|办公室|办公厅|办事处|局|厅|委|办|院|部|署|总队|支队|大队|分局)$"
)
PAIR = re.compile(rf"(?:^|(?<=\s)|(?<=[\]】]))(?P<label>{SPACED})\s*[:：]")  # 文   号 : 无 主题分类: 其他 发文单位: …
BRACKETED = re.compile(
    rf"[\[【]\s*(?P<label>{LABELS})\s*[\]】]\s*[:：]?\s*(?P<value>[^\[【]*)"
)  # [ 索引号 ] … [ 发文字号 ] …
HEADLINE = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:[省市区县州旗镇乡]|街道)(?:[\u4e00-\u9fff]{0,10}(?:局|委|办|政府|厅))?[^。;:〉|/]*[\u4e00-\u9fff“”]{4}$"
)
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\d+\s*号")
# 2025-01-17 17:01 | 襄阳市水利局: when and who, without labels
WHEN = r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
STAMPED = re.compile(
    rf"^(?:{WHEN}\s*[|/]?\s*(?P<organ>[\u4e00-\u9fff]{{4,30}})|(?P<before>[\u4e00-\u9fff]{{4,30}})\s*[|/]?\s*{WHEN})$"
)
WIDGET_BEHIND = re.compile(r"\s*[\[【](?:打印|关闭|字体|大|收藏|分享|下载)")
CLOCK = re.compile(r"今天|星期|农历|现在是|天气|℃")  # the site's clock, not the report's date
ENCLOSED = re.compile(r"[(（][^()（）]{6,14}[)）]$")  # (2015年1月10日) under the title: the report's own date
ADDRESSEE = re.compile(
    r"^[\u4e00-\u9fff、,()]{1,40}(?:委|政府|国务院|党中央|人大常委会|人大|政协|委员会|行署|办公室|办|局|厅)\s*[:：]$"
)
# …再上新台阶。宿城区司法局 2020年12月8日
SIGNED = re.compile(
    r"(?<=。)\s*(?P<organ>[\u4e00-\u9fff]{4,30}(?:政府|委员会|办公室|办事处|[局厅委办])(?=\s*[\d二]))?\s*"
    r"(?P<date>(?:20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|二[〇○零O0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日))$"
)
YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年度?|(?=\s*法治|\s*依法))")
SPAN_OF_YEARS = re.compile(r"((?:19|20)\d\d)\s*年?\s*-\s*((?:19|20)\d\d)\s*年?")
REPORTED = re.compile(r"现[将就](?:[^,。]{0,12}?)((?:19|20)\d\d)年[^,。]{0,24}(?:报告|总结|汇报|通报)如下")
PAST_YEAR = re.compile(r"(?<![到至\-\d《])((?:19|20)\d\d)年(?!-)(?![^《》]{0,40}》)")
PUBLISHER_LABELS = ("发布机构", "发文机关", "发文机构", "制发机构", "发文单位", "发布单位", "公开责任部门", "责任部门")
SOURCE_LABELS = ("信息来源", "文章来源", "来源", "稿源")
DATE_LABELS = ("成文日期", "发文日期", "生成日期", "公文生成日期", "发布日期", "公开日期", "发布时间")
TITLE_LABELS = ("名称", "标题", "信息名称")
NUMBER_LABELS = ("文号", "发文字号", "文件编号")
# the division code with which an index number begins, as it is or within a code of its organisation
INDEX_CODE = re.compile(r"(?:11)?(?P<code>[1-6]\d{5})(?=[/_\-—A-Z]|\d{8})")


@dataclass(frozen=True, slots=True)
class Furnishing:
    """The lines round the body, sorted: what each one is."""

    title: tuple[Line, ...]
    values: tuple[tuple[str, Line], ...]  # label and the line cut down to its value
    signature: tuple[Line, ...]
    addressee: tuple[Line, ...]
    dated: tuple[Line, ...]  # source/date lines below the title
    plain: tuple[Line, ...] = ()  # everything else above the body


def names_organ(text: str) -> bool:
    """Whether a line is an organ's name and nothing else; a page may have put blanks within."""
    return ORGAN_LINE.match(text.replace(" ", "")) is not None


def furnish(before: list[Line], after: list[Line]) -> Furnishing:
    """Sorts the lines before and after the body."""
    values = tuple(_values(before))
    plain = [line for line in before if not _is_meta(line.text)]
    title = _title_lines(plain)
    if not title:
        title = tuple(line for label, line in values if label in TITLE_LABELS)[:1] or _headline(plain)
    below = before[before.index(title[-1]) + 1 :] if title and title[-1] in before else []
    values += tuple(("发布机构", line) for line in below if names_organ(line.text) and not _is_meta(line.text))
    dated = tuple(line for line in before if iso_date(line.text) and line not in title and not CLOCK.search(line.text))
    addressee = tuple(line for line in plain if ADDRESSEE.match(line.text))
    return Furnishing(
        title, values, tuple(_signature(after)), addressee, dated, tuple(line for line in plain if len(line.text) < 40)
    )


def read_header(parts: Furnishing, opening: list[str], *, title: str, file: str) -> Header:
    """The header as words; `opening` are the body's first sentences."""
    title = title or _title_of_file(file)
    labelled: dict[str, str] = {}
    for label, line in parts.values:
        labelled.setdefault(label, line.text)
    publisher = next((labelled[name] for name in PUBLISHER_LABELS if labelled.get(name)), "")
    publisher = publisher or next((line.text for line in parts.signature if not iso_date(line.text)), "")
    source = next((labelled[name] for name in SOURCE_LABELS if labelled.get(name)), "")
    publisher = publisher or (source if names_organ(source) else "")
    numbers = [labelled[name] for name in NUMBER_LABELS if labelled.get(name)] + [line.text for line in parts.title]
    numbers += [line.text for line in parts.plain]
    number = next((m.group().replace(" ", "") for text in numbers if (m := NUMBER.search(text))), "")
    issued = next((d for line in parts.signature if (d := iso_date(line.text))), None)
    issued = issued or next(
        (d for line in parts.dated if ENCLOSED.match(line.text) and (d := iso_date(line.text))), None
    )
    issued = issued or next((d for name in DATE_LABELS if (d := iso_date(labelled.get(name, "")))), None)
    issued = issued or next((d for line in (*parts.dated, *parts.title[-1:]) if (d := iso_date(line.text))), None)
    return Header(
        title=title.replace(" ", ""),
        publisher=publisher,
        issued=issued,
        number=number,
        year=year_of(title, opening, issued=issued),
        addressee=parts.addressee[0].text.rstrip(":：") if parts.addressee else "",
        code=_code(labelled.get("索引号", "")),
    )


def _code(index: str) -> str:
    """The division code in an index number: 370402/2023-00101, 11370402001234567X/2023-00101."""
    match = INDEX_CODE.match(index.strip())
    return match["code"] if match else ""


def year_of(title: str, opening: list[str], *, issued: str | None) -> int | None:
    """Year reported on: the title's, else that of the first words, else the year before the date of the report."""
    spans = SPAN_OF_YEARS.search(title)
    if spans and "规划" not in title:
        return int(spans[2])
    if found := YEAR.search(title) or re.search(r"[_\s-]((?:19|20)\d\d)(?:_\d+)?$", title):
        year = int(found[1])
        reviewed = next(
            (
                int(m[1])
                for s in opening
                if (m := re.match(r"((?:19|20)\d\d)年(?:以来)?(?:的|政府)?工作(?:的?回顾)", s))
            ),
            None,
        )
        if "政府工作报告" in title:  # delivered at the start of the year it is named after
            return reviewed or year - 1
        return year
    for sentence in opening:
        if found := REPORTED.search(sentence):
            return int(found[1])
    for sentence in opening[:4]:
        if found := re.match(r"(?:[^,]{0,12},)?((?:19|20)\d\d)年(?:度|以来|,|[\u4e00-\u9fff])", sentence):
            return int(found[1])
    if issued:
        year, month = int(issued[:4]), int(issued[5:7])
        return year if month >= 11 else year - 1
    return None


def last_year(sentences: Iterable[Sentence]) -> int | None:
    """The latest year that the text tells of as past: the last resort for the year reported on."""
    years = [
        int(match[1])
        for sentence in sentences
        if sentence.kind == "body" and not sentence.planned
        for match in PAST_YEAR.finditer(sentence.text)
    ]
    return max(years, default=None)


def _is_meta(text: str) -> bool:
    return bool(PAIR.match(text) or TABLE.match(text) or LABEL.match(text) or META.match(text)) or is_furniture(text)


def _title_lines(lines: list[Line]) -> tuple[Line, ...]:
    """The title, glued from up to four lines; of a title that stands twice, the first whole one."""
    found: list[tuple[Line, ...]] = []
    for i, line in enumerate(lines):
        if not GENRE.search(line.text) or len(line.text) > 80 or "。" in line.text or FOOTER.match(line.text):
            continue
        if NUMBERED.match(line.text) or line.text.endswith((",", ":", ";", "、")):
            continue
        group = [line]
        for later in lines[i + 1 : i + 4]:
            if (
                COMPLETE.search(group[-1].text)
                or (GENRE.search(later.text) and len(later.text) > 12)
                or iso_date(later.text)
                or len(later.text) > 40
            ):
                break
            group.append(later)
        if not COMPLETE.search(group[-1].text):
            group = [line]
        for earlier in reversed(lines[max(0, i - 2) : i]):
            if not AUTHOR.match(earlier.text) or earlier.text in line.text:
                break
            group.insert(0, earlier)
        found.append(tuple(group))
    whole = [g for g in found if COMPLETE.search(g[-1].text)]
    telling = [
        g
        for g in whole
        if re.search(r"20\d\d|法治|依法|[省市区县州旗镇乡局厅委]", "".join(line.text for line in g)[:30])
    ]
    return next(iter(telling or found), ())


def _headline(lines: list[Line]) -> tuple[Line, ...]:
    """What stands as a headline above news of the work: 某县司法局打造普法新模式."""
    found = [
        line
        for line in lines
        if 10 <= len(line.text) <= 45
        and HEADLINE.match(line.text)
        and not (ADDRESSEE.match(line.text) or names_organ(line.text) or NUMBERED.match(line.text))
        and not (iso_date(line.text) or FOOTER.match(line.text) or NUMBER.search(line.text))
    ]
    return tuple(found[:1])


def _values(lines: list[Line]) -> list[tuple[str, Line]]:
    """Labels of index tables with the lines that hold their values."""
    out: list[tuple[str, Line]] = []
    waiting = ""
    for line in lines:
        if TABLE.match(line.text):
            out.extend(_cells(line))
            continue
        if stamp := STAMPED.match(line.text):
            out.append(("来源", _cut(line, *stamp.span(stamp.lastgroup or 0))))
            continue
        pairs = list(PAIR.finditer(line.text))
        if len(pairs) > 1:
            ends = [m.start() for m in pairs[1:]] + [len(line.text)]
            out.extend(
                (_plain(m["label"]), _cut(line, m.end(), end))
                for m, end in zip(pairs, ends, strict=True)
                if line.text[m.end() : end].strip()
            )
            continue
        if len(pairs) == 1 and pairs[0].start() and iso_date(line.text[: pairs[0].start()]):
            out.append((_plain(pairs[0]["label"]), _cut(line, pairs[0].end(), len(line.text))))
            continue  # 2022-03-28 17:20:00 来源:自治区人民政府办公厅 【打印】
        bracketed = list(BRACKETED.finditer(line.text))
        if len(bracketed) > 1:
            out.extend(
                (m["label"], _cut(line, m.start("value"), m.end("value"))) for m in bracketed if m["value"].strip()
            )
            continue
        match = LABEL.match(line.text)
        if match and match["value"]:
            out.append((_plain(match["label"]), _cut(line, match.start("value"), match.end("value"))))
        elif META.match(line.text):
            label, value = re.split("[:：]", line.text, maxsplit=1)
            if value.strip():
                out.append((label.strip(), _cut(line, len(line.text) - len(value), len(line.text))))
        elif waiting and not match:
            out.append((waiting, line))
        waiting = _plain(match["label"]) if match and not match["value"] else ""
    return out


def _plain(label: str) -> str:
    """索 引 号 without its blanks."""
    return re.sub(r"\s+", "", label)


def _cells(line: Line) -> list[tuple[str, Line]]:
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^|]+", line.text)]
    cells = [_cut(line, a, b) for a, b in spans]
    out = []
    for cell in cells:
        whole = LABEL.match(cell.text)
        if whole and whole["value"]:  # | 发文机关:武乡县住建局 | 主题词: |
            out.append((_plain(whole["label"]), _cut(cell, whole.start("value"), whole.end("value"))))
    for cell, value in pairwise(cells):
        label = LABEL.match(cell.text)
        if label and not label["value"] and value.text and not LABEL.match(value.text):
            out.append((_plain(label["label"]), value))
    return out


def _cut(line: Line, start: int, end: int) -> Line:
    widget = WIDGET_BEHIND.search(line.text, start, end)
    end = widget.start() if widget else end
    piece = line.text[start:end]
    start += len(piece) - len(piece.lstrip())
    text = piece.strip()
    return Line(text, line.start + start, line.start + start + len(text), line.follows)


def _signature(after: list[Line]) -> list[Line]:
    """Organ and date right below the text."""
    out: list[Line] = []
    for line in after[:6]:
        if FOOTER.match(line.text) or is_furniture(line.text) or len(line.text) > 45:
            break
        if names_organ(line.text) or iso_date(line.text):
            out.append(line)
    return out


def signed(line: Line) -> tuple[Line, list[Line]]:
    """The last line of a text without line breaks, and the organ and date that it ends with."""
    match = SIGNED.search(line.text)
    if match is None:
        return line, []
    parts = [_cut(line, *match.span(name)) for name in ("organ", "date") if match[name]]
    return _cut(line, 0, match.start()), parts


def _title_of_file(file: str) -> str:
    stem = PurePosixPath(file).stem
    return stem if sum("\u4e00" <= ch <= "\u9fff" for ch in stem) >= 4 else ""
