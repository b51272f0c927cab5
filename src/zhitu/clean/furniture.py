"""Which lines of a page are the report and which are the site around it.

A line is judged by what it is, and by where it stands: before the first line of prose, among prose, or after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PROSE_LENGTH = 25  # shortest line with a comma or full stop inside that counts as prose; navigation lines are shorter
FOOTER_RESET = 60  # a line of prose this long after a footer mark shows that the mark was none

BREADCRUMB = re.compile(
    r"^[^。]{0,12}(?:位置|导航)\s*[:：]|^首页\s*[〉|/·-]|^(?!.*[,。;》])(?:.*[〉→].*[〉→]|\S{2,8}\s*〉)"
)
WIDGET = re.compile(
    r"^[\[【(]?\s*(?:字体|字号|打印|关闭|收藏|分享|下载|视力保护|语音播报|朗读|无障碍|长者|繁體|简体|AI脑图|浏览|阅读|访问|点击|人气|大\s+中\s+小)"
    r"[^。]{0,60}$|^今天是|^[^。]{0,40}本页面是由|^[^。]{0,60}操作帮助请按|^欢迎|^您好|^请输入|^搜索|^热搜|^登录|^注册|^微信扫|^扫一扫|^分享到|^TOP$|^\d+人觉得"
)
# page numbers and the imprint, which a printed page repeats between its paragraphs
REPEATED = re.compile(
    r"^第\s*\d+\s*页(?:\s*[,/]?\s*共\s*\d+\s*页)?$|^[-—]\s*\d+\s*[-—]$|^(?:主办|承办|主管|版权所有)(?:单位)?\s*[:：][^。]{0,60}$"
)
LABELS = (
    "索引号|名称|标题|信息名称|文号|发文字号|文件编号|发布机构|发文机关|发文机构|制发机构|发文单位|发布单位|公开责任部门|责任部门|信息来源|"
    "成文日期|发文日期|生成日期|公文生成日期|著录时间|发布日期|公开日期|发布时间|生效日期|实施日期|废止日期|失效时间|有效性|效力状态|"
    "时效性|时效|主题分类|组配分类|体裁分类|分类|主题词|关键词|公开方式|公开范围|公开时限|公开形式|内容概述|内容概览|服务对象|"
    "在线链接地址|文件下载|公开目录|信息分类|所属主题|载体类型|备注"
)
_OTHERS = "文章来源|来源|稿源|作者|更新时间|时间|日期|浏览次数|点击数"
_SPACED_LABELS = "|".join(r"\s*".join(label) for label in LABELS.split("|"))  # 索 引 号
SPACED = "|".join((_SPACED_LABELS, *(r"\s*".join(label) for label in _OTHERS.split("|"))))
LABEL = re.compile(rf"^[\[【*·•\-\s]*(?P<label>{_SPACED_LABELS})\s*[\]】]?\s*(?P<sep>[:：|]|\s|$)\s*(?P<value>.*)$")
TABLE = re.compile(rf"^(?:{SPACED})?\s*[:：]?\s*\|.*\|")  # | 索引号 | … |, 索引号: | … |
META = re.compile(
    r"^(?:信息来源|文章来源|稿源|来源|作者|编辑|发布时间|发布日期|发稿时间|更新时间|日期|时间|浏览次数|阅读次数|字体|审核|责任编辑)\s*[:：]"
)
CONTACT = re.compile(
    r"^(?:联系人|联系电话|联系方式|咨询电话|监督电话|举报电话|电话|传真|电子邮箱|邮箱|E-?mail|邮编|邮政编码|地址|办公地址|通讯地址|网址|投稿邮箱|微信)\s*[:：]",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"^[\[【(|·•\s]*(?:抄送|抄报|主送|此件|责编|责任编辑|编辑|审核|校对|初审|终审|上一篇|下一篇|上一条|下一条|相关推荐|相关阅读|相关链接|相关新闻|相关文件|相关信息|相关文章|相关解读|"
    r"热门|最近搜索|最新|推荐阅读|猜你喜欢|版权|主办|承办|协办|网站地图|网站标识|网站声明|政府网站|ICP|粤ICP|关注我们|扫一扫|分享到|分享|附件下载|标签|返回顶部|"
    r"友情链接|技术支持|关于我们|打印本页|打印|关闭窗口|关闭|Copyright|©|查看详情|招标|法律声明|免责声明|隐私|站点地图|联系我们|收藏本站|您是第|总访问|我要纠错)",
    re.IGNORECASE,
)  # fmt: skip
# 办理行政许可  187,346件: a row of a table that lost its frame
FIGURE_ROW = re.compile(r"[\u4e00-\u9fff“”():、]{2,30}[\s:]*\d[\d,.]*[百千万亿]*(?:[\u4e00-\u9fff]{1,2}|%)$")
TITLE_END = re.compile(r"(?:报告|情况|总结|汇报|年报)(?:\([^()]*\))?$|[:：]$|\d日$")
# what a site says of itself, though it may read like prose
OF_SITE = re.compile(r"^.{0,8}[:：]|版权|网站|ICP|Copyright|©|上一|下一|相关", re.IGNORECASE)
CHAPTER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
SENTENCE_MARK = re.compile(r"[,。;]")
NUMBERED = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．,]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}\s*[.、．](?!\d)|第[一二三四五六七八九十]+[章节部])"
)


def is_prose(line: str) -> bool:
    """A line of running text: long enough, with punctuation inside, and no metadata."""
    if len(line) < PROSE_LENGTH or not SENTENCE_MARK.search(line):
        return False
    return not (
        TABLE.match(line) or META.match(line) or CONTACT.match(line) or WIDGET.match(line) or BREADCRUMB.match(line)
    )


def is_furniture(line: str) -> bool:
    """A line that is never part of a report, wherever it stands."""
    return not is_long(line) and any(p.match(line) for p in (BREADCRUMB, WIDGET, CONTACT, REPEATED))


def is_long(line: str) -> bool:
    return len(line) >= FOOTER_RESET and "。" in line


def body_range(lines: list[str], *, full: Callable[[str], bool]) -> tuple[int, int]:
    """First and one past the last line of the body among stripped, folded lines; `full` says which lines a page broke
    at its width.

    The body begins with the first prose or numbered line and ends with the last line of prose before the footer.
    """
    prose = [i for i, line in enumerate(lines) if is_prose(line)]
    running = set(prose)
    if not prose:
        return 0, len(lines)
    start = next(
        (
            i
            for i in range(prose[0])
            if (CHAPTER.match(lines[i]) or lines[i].endswith("。"))
            and not is_furniture(lines[i])
            and not META.match(lines[i])
        ),
        prose[0],
    )
    while start and full(lines[start - 1]) and not _of_header(lines[start - 1]):
        start -= 1  # 根据《X》和省委《|关于Y的通知》要求,…
    footer = next((i for i in range(start + 1, len(lines)) if _starts_footer(lines, i)), len(lines))
    last = max(
        (
            i
            for i in range(start, footer)
            if i in running
            or NUMBERED.match(lines[i])
            or lines[i].endswith(("。", ";", ":"))
            or (FIGURE_ROW.match(lines[i]) and not is_furniture(lines[i]) and not META.match(lines[i]))
        ),
        default=start,
    )
    return start, last + 1


def _of_header(line: str) -> bool:
    return bool(META.match(line) or LABEL.match(line) or TITLE_END.search(line)) or is_furniture(line)


def _starts_footer(lines: list[str], at: int) -> bool:
    line = lines[at]
    if is_long(line) or not (FOOTER.match(line) or CONTACT.match(line)):
        return False
    if is_prose(line) and not OF_SITE.search(line):
        return False  # 审核|人员仅1名;三是…: a line of the report that its page broke there
    return not any(is_long(later) or CHAPTER.match(later) for later in lines[at + 1 :])
