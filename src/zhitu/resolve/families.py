"""The policy family of a title: what is left when place, year, edition and document-type word are gone."""

from __future__ import annotations

import re
from functools import lru_cache

from zhitu.lexicon.documents import document_word, is_document_word
from zhitu.lexicon.matcher import squash

TORN = re.compile(
    r"(?:(?<!依法)行政|执|(?<!行)政|后|(?<!安)全|[一二三四五六七八九十]|自由|终身|正面|负面|动态|体制|第一责任人|法治(?:政府|社会|乡村|中国)?|经济和社会|第.{1,3}个五年)$"
)  # what stands before a word for a kind of document ends otherwise
QUOTES = dict.fromkeys(map(ord, "“”"))
WRAPPED = re.compile(
    r"^.{0,30}?(?:贯彻落实|贯彻实施|贯彻|落实|实施|执行|印发|转发)(?:的)?[〈《“](?P<inner>.{4,60})[〉》”]"
)
PLACE = re.compile(r"^[\u4e00-\u9fff]{2,7}?[省市区县州旗](?=[\u4e00-\u9fff]{4})(?<!城市)(?<!社区)")
YEARS = re.compile(
    r"\(?(?:19|20)\d\d年?(?:-(?:19|20)\d\d)?年?度?\)?|十[一二三四五六]五(?:时期|期间)?"
    r"|第.{1,3}个五年(?:规划|计划)?(?:(?:和|及).{4,6}年远景目标)?(?=(?:纲要)?(?:草案)?(?:的建议)?$)"
)
EDITION = re.compile(r"\([^()]*\)$")
# 教育局|依法行政: whose work it is
OF_BUREAU = re.compile(
    r"^[\u4e00-\u9fff]{2,8}?[局厅](?=依法行政|法治政府|法治建设|行政执法|行政规范性文件|规范性文件|重大行政|重大决策|政务公开)"
)
# 人民政府办公室|关于, 管委会|重大行政决策…
GOVERNMENT = re.compile(
    r"^[\u4e00-\u9fff]{0,12}?(?:(?:人民政府|行政公署|管理委员会|管委会|政府)(?:办公室|办公厅)?(?=关于|重大|行政|法治|工作|会议|政府|常务)|政府(?=法律顾问))"
)
# 国务院|关于: who wrote it
WRITER = re.compile(r"^[\u4e00-\u9fff、]{0,20}?(?:中央|国务院|政府|[局厅委部院室])(?=关于)")
# 外商投资|法实施条例
OF_LAW = re.compile(r"(?<![执普司立学用守方办说述释])法(?=实施(?:条例|办法|细则|规定)$)")
LEAD = re.compile(
    r"""^(?:
      # papers passed on
      关于 | 报送 | 印发 | 转发 | 公布 | 调整 | 修改
      # how: 进一步, 全面
    | 进一步 | 全面 | 深入 | 深化 | 扎实 | 切实 | 持续 | 大力 | 积极 | 严格 | 有效 | 充分 | 加快
      # verbs: 推进…, 规范… but not 规范性文件
    | 做好 | 加强 | 强化 | 开展 | 推行 | 推进 | 推动 | 建立 | 健全 | 完善 | 落实 | 贯彻 | 实施 | 实行 | 执行 | 规范(?!性文件)
    | 促进 | 创建 | 发挥 | 改进 | 优化提升
      # particles
    | 和 | 与 | 及 | 的 | 在
      # whose: 全市, 市重大…, 县级
    | 全[省市区县] | [省市区县](?=重大|行政|法治|政府) | 区级 | 市级 | 县级 | 省级 | 人民(?=政府部门)
    | (?:经济特区|自由贸易港|自治区)(?=[\u4e00-\u9fff]{5})
    )""",
    re.VERBOSE,
)
TRAIL = re.compile(
    r"(?:的|暂行|工作(?:情况)?|[二三五]年(?:行动)?|有关|相关|若干|实施|管理|具体|主要|重点|任务|分工|(?<!终身)责任|措施|事项|制度建设|[、,和及]|(?<!参)与)$"
)


@lru_cache(maxsize=16384)
def family_core(title: str, *, places: tuple[str, ...]) -> str:
    """The core title; empty where too little is left to tell policies apart. `places` are names that a title may begin with."""
    inner = WRAPPED.match(title)
    core = (inner["inner"] if inner else title).removeprefix("中华人民共和国")
    whole = core = YEARS.sub("", core.translate(QUOTES))
    previous = None
    while previous != core:
        previous = core
        core = EDITION.sub("", core)
        for place in places:
            if place and core.startswith(place):
                core = core[len(place) :]
        core = GOVERNMENT.sub("", core)
        if _names_place(core):
            core = PLACE.sub("", core)
        for pattern in (WRITER, OF_BUREAU, LEAD, OF_LAW):
            core = pattern.sub("", core)
        core = _without_type(core, first=core == whole)
        if len(squash(core)) > 4:
            core = TRAIL.sub("", core)
    core = core.strip("〈〉《》、,的")
    return core if len(squash(core)) >= 4 else ""


def _without_type(title: str, *, first: bool) -> str:
    """The title without the words for its kind of document, the longest that tears nothing: 目录 and not 决策目录 of
    重大行政决策目录; 法 only of a law's name."""
    word = document_word(title)
    if word is None or len(title) <= len(word[0]):
        return title
    sizes = (
        size
        for size in range(len(word[0]), 0 if first and title.endswith("法") else 1, -1)
        if is_document_word(title[-size:])
    )
    return next((title[:-size] for size in sizes if not TORN.search(title[:-size])), title)


def _names_place(core: str) -> bool:
    from zhitu.lexicon.places import named

    match = re.match(r"[\u4e00-\u9fff]{2,7}?[省市区县州旗]", core)
    return bool(match and match.group() in named())
