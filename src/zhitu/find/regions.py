"""Regions: names of the gazetteer, functional zones by grammar, communities, and words by which a report means itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhitu.lexicon.places import (
    NEW_TOWNS,
    ORDINARY,
    WEAK,
    WORDS,
    brief_of,
    counties_below,
    is_province,
    named,
    parts_of,
    short_counties,
    town_stems,
    townships,
)
from zhitu.lexicon.verbs import predicates_of
from zhitu.lexicon.words import is_boundary
from zhitu.model import Mention, Sentence

# A place name that goes on like this is part of another word: 东方市场, 海南区域, 北京大学, 上海路.
NOT_AFTER = {
    "full": re.compile(
        r"场(?!监)|民(?!政|族|主|宗|革|建|盟|进|兵|防|办)|域|位|间|划|别|块链|直(?!机关|属|各|单位|部门)"
    ),
    "short": re.compile(
        r"""
          # words that begin with a place's name: 日照|时间, 四平|台, 丽水|源, 河源|头
          (?<=日照)(?:中心|料|时) | (?<=四平)[台戏] | (?<=水)源 | (?<=河源)头 | (?<=前海口)岸 | (?<=台湾)农民创业园
          # parts of a river or lake: 湘江东|岸
        | (?<=[湖河山江海][东南西北])(?:段|枢纽|片区|侧|岸|延长|端)
          # bodies named for it: 吉林|动画学院, 北京|日报, 上海|银行
        | (?:(?!组建|建设|设立|筹建|成立|创办|引进|举办)[\u4e00-\u9fff]){0,6}?
            (?:大学|学院|律师事务所|集团|有限公司|建工|建投|交投|城投|证券|卫视|日报|晚报)
        | 银行 | [\u4e00-\u9fff]社区
          # roads and stations: 上海|路, 广州|北站
        | [东南西北中]?[路街] | 大道 | 北(?:站|国际) | 站 | 港(?!区|口|务)
          # land and water: 大连|湾, 海南|岛
        | 峡 | 湾 | 海峡 | 岛 | 山(?!区) | 河(?![源池]|北省|南省) | 江(?!省|市|区|县) | 湖(?!区)
          # speech, food, people: 上海|话
        | 话 | 菜 | 人(?!大|民|社|防|力|才)
          # events: 北京|冬奥, 上海|合作组织
        | 冬奥 | 奥运 | 合作组织 | 条约 | 会议 | 时间
        """,
        re.VERBOSE,
    ),
    "office": re.compile(r"[最得了好完过]|区|坊|景|面|心|巷|公|理|法|案|事(?!处)|证|结|学|好|成|税|件|的"),
    "township": re.compile(r"(?<=乡)镇|长|政府所在|域|级|村振兴|风文明|土|愁|情|党委书记"),
}
NOT_BEFORE = {
    "full": re.compile(r"[各跨该邻]$"),
    "short": re.compile(r"(?:迎|周年)$"),  # 迎大庆, 70周年|大庆
    "township": re.compile(r"[各]$"),
    "office": re.compile(r"[\u4e00-\u9fff](?<![的在与和及对向从由到至经以将被为是于由])$"),
}
# full names that read as verb and level word (会同县司法局): only their parent's name makes them sure
VERBLIKE = frozenset(
    "会同县 新建县 应县 成县 和县 与县 达县 共和县 开县 单县 理县 息县 兴县 富县 范县 同心县 互助县 建始县 通道县 融安县 响水县 安县 合作市 共青城市 五大连池市 吉县 礼县 盘县 宁县 文县 康县 随县 固镇 任县 易县 唐县 定县 雄县 献县 景县 任丘 新建区".split()
)
VERBS = frozenset("会同县 和县 与县 应县 达县 开县 随县 合作市 同心县 互助县".split())  # in front of 县司法局 as well
WITH_ORGAN = re.compile(
    r"(?:人民)?政府|[县市区]?委(?![托员派])|人大|政协|人民(?:法院|检察院)|[\u4e00-\u9fff]{2,14}?局(?![长限部面])|20\d\d年"
)  # 兴县|人民政府
FURNITURE = ("title", "header", "signature")  # where no verb stands in front of 县人民政府
LIST_MARKS = ("、", "和", "与")
SHARING_MARKS = ("、", "和", "与", "及")
LEVEL_WORDS = ("乡镇", "镇街", "村镇", "集镇", "小镇", "重镇")
TOWNS = re.compile(
    r"化|居民|职工|人口|就业|登记|失业|老旧|污水|供水|燃气|新增|建设用地|体系|规划|棚户|低保|困难"
)  # 新|城镇人口
# (each alternative begins with a literal, so that the engine can look for the set of first characters)
OF_ZONE = "(?=管委会|党工委|管理委员会)"
OF_AUTHOR = r"(?=管委会|党工委|管理委员会|坚持|认真|深入|紧紧|全面[贯落推]|积极|始终|法治|依法行政|20\d\d年)"
ZONE = re.compile(
    rf"{'|'.join(sorted(NEW_TOWNS))}|火炬高技术产业开发区|高技术产业开发区|高新技术产业开发区|高新技术开发区|高新区(?!块)|国家农业科技园区|农业科技园区|经济技术开发区|经济开发区|经开区|新区(?!块)|综合保税区|保税区|自由贸易试验区|自贸试验区|自贸区|自由贸易港|"
    rf"国际港务区|国际旅游度假区|旅游度假区|边境经济合作区|转型综改示范区|转型综合改革示范区|台湾农民创业园|风景名胜区{OF_ZONE}|风景区{OF_ZONE}|开发区|工业园区|产业园区|示范区(?=管委会|党工委)|管理区(?=管委会|党工委)|"
    rf"经济区{OF_AUTHOR}|合作区{OF_AUTHOR}|试验区{OF_AUTHOR}|示范区{OF_AUTHOR}|管理区{OF_AUTHOR}|旅游区{OF_AUTHOR}|名胜区{OF_AUTHOR}|风景区{OF_AUTHOR}|功能区{OF_AUTHOR}"
)
# what is done to a zone that has no name of its own here: 海沧区|积极融入|自贸区, 中山市|下放|开发区
DONE_TO_ZONE = re.compile(
    r"积极|融入|下放|赋予|支持|推动|推进|建设|设立|批准|委托|授权|进入|入驻|加快|承接|对接|走进|服务|出台|印发|开展|组织|打造|创建|管理|[在向将由对与和及的]"
)
OF_ORGAN = re.compile(r"法院|检察院|政府|委员会|[局厅委办院]$|公安局|办理|涉$")  # 章贡区|人民法院|经开区法庭
OWN_NAME = re.compile(r"(?![市省本我关])[\u4e00-\u9fff]{2,4}")
UNNAMED = ("经济区", "合作区", "试验区", "旅游区", "名胜区", "功能区")  # no zones of their own without a name
FREE_TRADE_PIECE = re.compile(r"[\u4e00-\u9fff]{2,4}?片区")  # 湖南自贸试验区郴州片区
# words that stand before a kind of zone without naming one
ZONE_STOP = re.compile(
    r"(?:各|全|该|本|我|省级|国家级?|市级|县级|一个|几个|个|类|多|建设|创建|推进|打造|城市|入驻|以及|和|与|及|在|对|的|为|由|向|到|区|县|市|内|大|新)$"
)
SETTLEMENT = r"""
    # a verb, and no name
    (?!建成|打造|走进|深入|来到|前往|创建|[赴驻])
    (?P<name>
      # two or three characters, without particles: 翠竹社区, 张家村社区
      (?:(?![以在对向从由将把到和与及])[\u4e00-\u9fff]){2,3}?(?:村(?=社区))?
      # named for a road, a garden or an estate: 人民南路社区, 桃园第二社区
    | (?![以在对向从由将把到和与及])(?:(?![以在对向从由将把到和与及])[\u4e00-\u9fff]){1,4}
        [路街里园苑庄桥门区巷](?:第[一二三四五六七八九十])?
    )
    (?P<kind>社区|居民区|(?<!农)村)
    # a class, or what is in each of them: 社区居民, 村级, 村委, 社区治理
    (?! 社区 | [级委居民干务组镇规支两风霸容史改庄落企庙] | 党 | 卫生 | 矫正 | 治理 | 服务 | 工作 | 建设 | 网格 | 文化 | 养老 | 医
      | 法律 | 自治 | 调解 | 戒 | 康复 | 民警 | 书记 | 管理 | 警务 | 教育 | 普法 | 代表 | 覆盖)
"""
COMMUNITY = re.compile(
    rf"""
    (?:
      # where a clause or a list begins, behind a year or a particle
      ^ | \d年 | [、,。的以在了驻和与及到是对向从由将把:“(]
      # behind the town: X街道Y社区
    | 街道 | 街办 | [镇乡办]
      # behind verbs: 走进X村, 建成X村法治公园, 设立X社区调解室
    | (?:赴|走进|来到|前往|深入|推广|擦亮)(?=[\u4e00-\u9fff]{{2,3}}(?:村|社区))
    | 建成(?=[\u4e00-\u9fff]{{2,3}}村法治)
    | (?:建成|成立|设立)(?=[\u4e00-\u9fff]{{2,3}}社区[\u4e00-\u9fff“”]{{2,12}}(?:室|站|中心))
    )
    {SETTLEMENT}
    """,
    re.VERBOSE,
)
COMMUNITY_BEHIND = re.compile(SETTLEMENT, re.VERBOSE)  # a place
COMMUNITY_STOP = re.compile(
    r"""
      # verbs: 推行|社区, 打造|村
      实现 | 做到 | 推行 | 新建 | 支持 | 扶持 | 打赢 | 落实 | 守住 | 建设 | 推进 | 推动 | 服务 | 加强 | 开展 | 培育 | 打造 | 构建
    | 创建 | 走进 | 组织 | 完善 | 提升 | 优化 | 创新 | 夯实 | 强化 | 融入 | 探索 | 发展 | 指导 | 引导 | 深化 | 改造 | 实施 | 下沉
    | 深入 | 覆盖 | 帮扶 | 挂钩 | 涉 | 驻
      # all, each, particles
    | 所有 | 所在 | 各 | 本 | 该 | 每 | 某 | 全 | 个 | 几 | 多 | 一(?!$) | 二(?!$) | 两 | 三(?=个)
    | 还是 | 或者 | 以及 | 和 | 与 | 及 | 了 | 的 | 到 | 进 | 入 | 在
      # levels and places
    | 全区 | 全市 | 全县 | 区级 | 市级 | 辖 | 城市 | 农村 | 乡村 | 城乡 | 乡镇 | 镇 | 街道 | 行政 | 自然 | 村居 | 居 | 基层 | 国际
      # what else is in it: 小区, 学校
    | 网格 | 物业 | 商住 | 小区 | 园区 | 单位 | 学校 | 校园 | 机关 | 家庭 | 楼宇 | 商圈 | 中心 | 业农 | 问题
      # what kind of them: 老旧社区, 移民村, 精品村
    | 老年 | 退役 | 儿童 | 青年 | 共享 | 健康 | 精品 | 样板 | 标杆 | 百优 | 零碳 | 低碳 | 生态 | 安全 | 智慧 | 法治 | 示范 | 平安
    | 和谐 | 老旧 | 美丽 | 无讼 | 试点 | 重点 | 新型 | 特色 | 文明 | 绿色 | 完整 | 未来 | 民主 | 幸福 | 宜居 | 贫困 | 安置 | 移民
    | 转制 | 城中 | 空心 | 传统 | 红色 | 党建
    """,
    re.VERBOSE,
)
# verbs and endings that no list of verbs of reports holds, and that no community is called by
NO_COMMUNITY = re.compile(
    r"""
      ^(?:
        # begin, build, run
        出台 | 推出 | 建成 | 建立 | 组建 | 新增 | 新改建 | 盘活 | 开办 | 办好 | 实现 | 完成 | 规划 | 规范 | 整合 | 依托 | 带动
        # better, keep up, press
      | 提高 | 增强 | 扩大 | 加大 | 突出 | 聚焦 | 严格 | 保持 | 守牢 | 抓好 | 激发 | 充实 | 缓解 | 解决 | 促进 | 帮助 | 鼓励 | 奖补
        # reach and hold
      | 惠及 | 辐射 | 涵盖 | 包括 | 下辖 | 管辖 | 面向 | 方便 | 关爱 | 入户
        # persons and cases
      | 调动 | 动员 | 发动 | 引入 | 引进 | 配齐 | 选派 | 提供 | 受理 | 办理 | 承接 | 接收 | 处理 | 响应
        # no verbs
      | 代表 | 产业 | 公共 | 切实为
      )$
      # endings: X性社区, X化社区
    | (?:等|为|性|化|点|面向|率|乡)$
    """,
    re.VERBOSE,
)
# each alternative begins with a literal, so that the engine can look for the set of first characters
SELF = re.compile(
    r"我(?:省|市|区|县|州|盟|旗|镇|乡|街道|自治区|街)(?!级|直|属)|本(?:省|市|区|县|州|盟|旗|镇|乡|街道|自治区|街)(?!级|直|属)|"
    r"全(?<![\u4e00-\u9fff]全)(?:省|市|区|县|州|盟|旗|镇|乡|街道|街)(?![级民年域球面部])"
)
# 佗城、麻布岗、车田3个镇: places that share the word behind them
SHARED = re.compile(
    r"[等个\d两二三四五六七八九十][\d两二三四五六七八九十]{0,3}个?(?P<kind>乡镇|镇街|县区|区县|县市|市县|市州|镇|乡|街道|县|区|市|州|旗)(?![级域内直属长])"
)
KINDS_OF = {
    "乡镇": ("镇", "乡"),
    "镇街": ("镇", "街道"),
    "县区": ("县", "区", "市"),
    "区县": ("县", "区", "市"),
    "县市": ("县", "市"),
    "市县": ("县", "市"),
    "市州": ("市", "州"),
}
TOWN = re.compile(r"(?P<town>(?![各全本该我等])[\u4e00-\u9fff]{2,3}(?:[镇乡]|街道))(?![级长域]|村振兴|办事处)")
TOWN_AHEAD = re.compile(
    r"(?:^|[、,。;:(在对于由指导])(?P<town>(?![各全本该我等在对于由])[\u4e00-\u9fff]{2,3}(?:[镇乡]|街道))[、和与及]$"
)
COUNTY_ENDS = re.compile(r"[、和与及,。;)等两三]|$")
COUNTY_GOES_ON = re.compile(r"[省市县区旗州镇乡]|(?:国际)?机场")
LONGEST_SHARED = 5  # characters of a place's name without its last word
# what a sentence must hold for regions to be in it that the gazetteer does not know
# (two patterns, because each begins with a set of characters that the regex engine looks for quickly)
TRIGGERS = (re.compile(f"{SELF.pattern}|{ZONE.pattern}|社区|居民区|村"), SHARED)


# 威海火炬高技术产业开发区(以下简称“高区”): a word of the report's own for its region
OWN_WORD = re.compile(
    r"(?:[省市县区旗州乡镇]|街道)\((?:以下)?(?:简称|称)[:“]*(?P<word>[\u4e00-\u9fff]{1,4}(?:[市县区旗州乡镇]|街道))”?\)"
)


def own_words(opening: str) -> frozenset[str]:
    """Words by which the report says that it means its region, where no level word, gazetteer or kind of zone has them."""
    found = {match["word"] for match in OWN_WORD.finditer(opening)}
    return frozenset(word for word in found if not ZONE.search(word) and not SELF.fullmatch(word))


@dataclass(frozen=True, slots=True)
class Parts:
    """The counties of the report's prefecture, or the prefectures of its province: full names by short ones, and the patterns that find them."""

    names: dict[str, str]
    one: re.Pattern[str]  # one alone may be a word as well as a name
    listed: re.Pattern[str]  # two and more: 万秀、长洲和龙圩


def own_parts(titles: Iterable[tuple[str, Iterable[tuple[int, int, tuple[str, ...]]]]]) -> Parts | None:
    """The parts of the prefecture or else province that a title names; titles come with the gazetteer's hits in them."""
    names: dict[str, str] = {}
    for title, hits in titles:
        above = {title[start:end] for start, end, kinds in hits if "full" in kinds and parts_of(title[start:end])}
        prefectures = {name for name in above if not is_province(name)}
        if len(prefectures or above) == 1:
            names |= parts_of(*(prefectures or above))
    if not names:
        return None
    one = "|".join(sorted((*names, *names.values()), key=len, reverse=True))
    return Parts(names, re.compile(one), re.compile(f"(?:{one})(?:(?:[、和与及]|以及)(?:{one}))+"))


def named_for_sure(title: str, hits: Iterable[tuple[int, int, tuple[str, ...]]]) -> set[str]:
    """Names that a title has for places, though they read like a verb or a level word elsewhere: 唐县, 市中区."""
    return {
        title[start:end]
        for start, end, kinds in hits
        if "full" in kinds and (title[start:end] in VERBLIKE or title[start:end] in WEAK)
    }


def weak_parts(parts: Parts | None) -> frozenset[str]:
    """桥西区, in a report of 石家庄市: names that count behind their parent's name elsewhere, but for words of any city."""
    weak = (name for name in parts.names.values() if name in WEAK and len(name) > 2) if parts else ()
    return frozenset(weak) - {"老城区", "新城区", "开发区", "市中区", "新市区"}


def own_towns(titles: Iterable[tuple[str, Iterable[tuple[int, int, tuple[str, ...]]]]]) -> frozenset[str]:
    """The towns of the counties and prefectures that a title names, without 镇, 乡, 街道; and its own names that are words."""
    places = {title[start:end] for title, hits in titles for start, end, kinds in hits if "full" in kinds}
    called = {brief for place in places if (brief := brief_of(place)) in WORDS}  # 昌吉|高新技术产业开发区
    return frozenset().union(called, *map(town_stems, places))


def find_regions(
    sentence: Sentence,
    hits: Iterable[tuple[int, int, tuple[str, ...]]],
    words: frozenset[str] = frozenset(),
    *,
    sure: frozenset[str] = frozenset(),
    unlisted: bool,
    parts: Parts | None = None,
    towns: frozenset[str] = frozenset(),
) -> list[Mention]:
    """Every place named in the sentence; `hits` are the gazetteer's, `words` those of `own_words`, `sure` names that
    are no verb in this report, `unlisted` says whether the sentence holds any of `TRIGGERS`; `parts` are `own_parts`
    where it lists any, `towns` those of `own_towns`, which name zones."""
    text = sentence.text
    out: list[Mention] = []
    last = -1
    hits, titled = list(hits), sentence.kind in FURNITURE
    full_starts = {start for start, _, kinds in hits if "full" in kinds}
    town_starts = {start for start, _, kinds in hits if "township" in kinds}
    joint = "联合" in text
    for start, end, kinds in hits:
        if joint and (jointly := _jointly_with(text, start)):
            (start, end), kinds = jointly, ("full",)
        if "zone" in kinds:
            name = text[start:end]
            out.append(Mention("region", sentence.index, start, end, name, "region.zone", name=name, note="zone"))
            last = end
            continue
        beside = last == start - 1 and text[last] in LIST_MARKS if last > 0 else False
        # 乌达区、|海南区 · 在|建始县、巴东县
        known = text[start:end] in sure or beside or (text[end : end + 1] in ("、", "和") and end + 1 in full_starts)
        kind = _kind(
            text, start, end, kinds, chained=start == last, leading=end in town_starts, titled=titled, sure=known
        )
        if kind:
            out.append(
                Mention("region", sentence.index, start, end, text[start:end], f"region.{kind}", name=text[start:end])
            )
            last = end
    out.extend(_sharing(sentence, out, SHARED.finditer(text) if unlisted else ()))
    out.extend(_beside(sentence, out))
    out.extend(_below(sentence, out))
    if parts:
        out.extend(_by_short_names(sentence, out, parts))
    if unlisted:
        out.extend(_zones(sentence, out, towns))
        out.extend(_communities(sentence, out))
    for word in sorted(words):
        for match in re.finditer(re.escape(word), text):
            if not any(m.start < match.end() and m.end > match.start() for m in out):
                out.append(
                    Mention("region", sentence.index, *match.span(), word, "region.alias", name=word, note="alias")
                )
    out.extend(
        Mention("region", sentence.index, m.start(), m.end(), m.group(), "region.self", name=m.group(), note="self")
        for m in (SELF.finditer(text) if unlisted else ())
    )
    return sorted(out, key=lambda m: (m.start, -m.end)) if len(out) > 1 else out


def _kind(
    text: str,
    start: int,
    end: int,
    kinds: tuple[str, ...],
    *,
    chained: bool,
    leading: bool,
    titled: bool,
    sure: bool,
) -> str:
    name = text[start:end]
    sure = sure or text.endswith("中共", 0, start)
    if name == "城区" and chained and text[start - 1] in "县旗":
        return ""  # the built-up part of a county: only cities have a 城区
    for kind in ("full", "short", "township", "office"):
        if kind not in kinds or (NOT_AFTER[kind].match(text, end) and not (kind == "full" and leading)):
            continue  # but 山丹县|位奇镇
        if not chained and NOT_BEFORE[kind].search(text, 0, start):
            continue
        if kind == "short" and not chained and _han_before(text, start) and not is_boundary(text, start):
            continue
        if kind == "short" and not chained and any(text[start - 1 : start + 1] + last in named() for last in "县市区"):
            continue  # 罗湖|北等枢纽, of which 湖北 is cut
        if kind == "short" and not chained and name[0] in "和与" and not is_boundary(text, end):
            continue  # 整治和田|园
        said = WITH_ORGAN.match(text, end) and not _han_before(text, start)
        verb = name in VERBLIKE and (name in VERBS or not said) and not (sure or (titled and said))
        if kind == "full" and not chained and len(name) <= 3 and (verb or _splits_word(text, start, end)):
            return ""
        if (
            kind == "full"
            and name in WEAK
            and not chained
            and not sure
            and not (said and start == 0 and len(name) == 3)
        ):
            return ""
        if name[0] == "新" and text[start - 1 : start] == "高":
            return ""  # 高新|北区
        listed = text[end : end + 1] in LIST_MARKS or text[start - 1 : start] in LIST_MARKS
        apart = listed or titled or not _han_before(text, start)  # 蔡集镇 by itself, but not in 建设新村镇
        if kind == "township" and not titled and (len(name) < 3 or (name[-2:] in LEVEL_WORDS and not apart)):
            return ""
        if kind == "township" and name.endswith("城镇") and TOWNS.match(text, end):
            return ""
        if kind == "township" and name not in townships() and _splits_word(text, start, end):
            return ""  # 江|南水乡, in the county of 南水镇
        if kind == "short" and text[end : end + 1] in "省市州盟" and text[end : end + 1]:
            return ""
        return kind
    return ""


def _splits_word(text: str, start: int, end: int) -> bool:
    """Whether a short county name is cut out of longer words: 会同县 in 司法局会同县人大, 成县 in 建成县."""
    if text.endswith(("中共", "联合"), 0, start):
        return False  # 中共湖南省委, which a dictionary holds as one word, 联合|会东县
    return _han_before(text, start) and not is_boundary(text, start)


def _jointly_with(text: str, start: int) -> tuple[int, int] | None:
    """联合|镇江市公安局, of which 联合镇 is cut, and 联合|肥城市, of which 合肥: the division with which one acts."""
    at = next((start + i for i in (2, 1) if text.startswith("联合", start + i - 2) and start + i >= 2), None)
    if at is None:
        return None
    return next(((at, at + n) for n in range(16, 2, -1) if text[at : at + n] in named()), None)


def _han_before(text: str, at: int) -> bool:
    return (
        "\u4e00" <= text[at - 1 : at] <= "\u9fff"
        and text[at - 1] not in "的在与和及对向从由到至经以将被为是于赴让等全含自据照把给如同了年"
    )


def _sharing(sentence: Sentence, places: list[Mention], shared: Iterable[re.Match[str]]) -> list[Mention]:
    """Places named without their last word, which stands behind the list that they end or lead up to; `shared` are such
    words."""
    text = sentence.text
    ends = [(m.start(), KINDS_OF.get(m["kind"], (m["kind"],))) for m in shared]
    for place in places:
        if place.rule in ("region.full", "region.township") and text[place.start - 1 : place.start] in SHARING_MARKS:
            ends.append((place.start - 1, (_last_word(place.name),)))
    if not ends:
        return []
    taken = {i for m in places for i in range(m.start, m.end)}
    out: list[Mention] = []
    for end, kinds in ends:
        listed: list[tuple[int, int, str]] = []
        while name := _named_with(text, end, kinds):
            start = end - len(name.removesuffix(_last_word(name)))
            if text[end - 1] == "村" and _han_before(text, start):
                break  # 沿溪镇沙|龙村、古港镇
            listed.append((start, end, name))
            if text[start - 1 : start] not in SHARING_MARKS:
                break
            end = start - 1
        together = "、".join(name for _, _, name in listed)
        for start, end, name in listed:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                words = text[start:end]
                out.append(
                    Mention("region", sentence.index, start, end, words, "region.shared", name=name, note=together)
                )
    return out


def _by_short_names(sentence: Sentence, places: list[Mention], parts: Parts) -> Iterable[Mention]:
    """万秀、长洲、龙圩, in the report of their prefecture."""
    for match in parts.listed.finditer(sentence.text):
        for item in parts.one.finditer(sentence.text, *match.span()):
            (start, end), name = item.span(), item.group()
            if name in parts.names and not any(m.start < end and m.end > start for m in places):
                yield Mention("region", sentence.index, start, end, name, "region.shared", name=parts.names[name])


def _last_word(name: str) -> str:
    """What kind of place a full name says that it is: 街道, 镇, 县."""
    return "街道" if name.endswith("街道") else name[-1]


def _beside(sentence: Sentence, places: list[Mention]) -> list[Mention]:
    """Towns that no list holds any more, beside one that it holds: 张公庙镇|、梦溪镇."""
    text = sentence.text
    towns = [m for m in places if m.rule == "region.township" and m.name[-1] in "镇乡道"]
    out: list[Mention] = []
    for town in towns:
        behind = TOWN.match(text, town.end + 1) if text[town.end : town.end + 1] in SHARING_MARKS else None
        ahead = TOWN_AHEAD.search(text, max(0, town.start - 7), town.start)
        for match in filter(None, (behind, ahead)):
            start, end = match.span("town")
            if COMMUNITY_STOP.search(match["town"][:-1]) or match["town"][-2] in "全各本该乡村城":
                continue
            if not any(m.start < end and m.end > start for m in (*places, *out)) and match["town"] not in townships():
                out.append(
                    Mention(
                        "region",
                        sentence.index,
                        start,
                        end,
                        match["town"],
                        "region.beside",
                        match["town"],
                        note=town.name,
                    )
                )
    return out


def _below(sentence: Sentence, places: list[Mention]) -> list[Mention]:
    """浙江诸暨, 广西靖西、那坡: counties without their last word behind their province or prefecture."""
    text = sentence.text
    out: list[Mention] = []
    for above in places:
        at = above.end
        while county := _county_at(text, at, above.name):
            end = at + len(county)
            if any(m.start < end and m.end > at for m in (*places, *out)):
                break
            out.append(Mention("region", sentence.index, at, end, county, "region.below", county, place=above.name))
            if text[end : end + 1] not in SHARING_MARKS:
                break
            at = end + 1
    return out


def _county_at(text: str, at: int, above: str) -> str:
    """The short name at `at` of a county of the place above; empty if there is none."""
    for length in (4, 3, 2):
        stem, end = text[at : at + length], at + length
        if len(stem) < length or stem not in short_counties() or not counties_below(stem, above):
            continue
        ends = COUNTY_ENDS.match(text, end) or (stem not in ORDINARY and is_boundary(text, end))
        if ends and not COUNTY_GOES_ON.match(text, end):
            return stem
    return ""


def _named_with(text: str, end: int, kinds: tuple[str, ...]) -> str:
    """The longest name in the gazetteer that ends before `end`, but for one of the last words; empty if there is none."""
    for length in range(LONGEST_SHARED, 1, -1):
        stem = text[max(0, end - length) : end]
        if stem[-1:] in "镇乡县市区":
            continue  # 涔|南乡 has its own last word
        for kind in kinds:
            name = stem + kind
            if len(stem) == length and (name in townships() or name in named()) and name not in WEAK:
                return name
    return ""


def _zones(sentence: Sentence, places: list[Mention], towns: frozenset[str]) -> list[Mention]:
    """高新区, 金普新区: the zone's own name, with the host that stands right before it as `place`."""
    text = sentence.text
    out = []
    taken = [(m.start, m.end) for m in places]
    for match in ZONE.finditer(text):
        if any(a <= match.start() < b for a, b in taken):
            continue
        known = match.group() in NEW_TOWNS
        start, host = (match.start(), "") if known else _zone_start(text, match.start(), places, towns)
        titled = not known and sentence.kind == "title" and not places and OWN_NAME.fullmatch(text, 0, match.start())
        if titled and text[: match.start()] not in short_counties():
            start = 0  # 火炬开发区2019年…报告
        if start == match.start() and match.group() in UNNAMED:
            continue
        piece = FREE_TRADE_PIECE.match(text, match.end()) if "贸" in match.group() else None
        end = piece.end() if piece else match.end()
        surface, rule = text[start:end], "region.zone"
        name = surface.removeprefix("国家级").removeprefix("国家")
        out.append(Mention("region", sentence.index, start, end, surface, rule, name=name, place=host, note="zone"))
    return out


def _zone_start(text: str, kind_start: int, places: list[Mention], towns: frozenset[str]) -> tuple[int, str]:
    """Where the zone's name begins, and its host: behind the last place name within reach, or what is known beforehand."""
    hosts = [m for m in places if m.end <= kind_start and m.end >= kind_start - 5]
    if hosts:
        host = max(hosts, key=lambda m: m.end)
        between = text[host.end : kind_start]
        if between == ")" and text.endswith("中国(", 0, host.start):
            return kind_start, host.name  # 中国(江苏)自由贸易试验区
        if between in ("国家", "国家级"):
            return host.end, host.name  # 宁波|国家高新区
        if re.fullmatch("[\u4e00-\u9fff]*", between):
            stop = ZONE_STOP.search(between) or DONE_TO_ZONE.search(between) or OF_ORGAN.search(between)
            return (kind_start, "") if stop else (host.end, host.name)
    for length in (4, 3, 2):
        stem = text[max(0, kind_start - length) : kind_start]
        if len(stem) == length and (stem in short_counties() or (stem in towns and stem not in predicates_of())):
            return kind_start - length, stem
    return kind_start, ""  # whatever stands before it may be a verb as well as a name: the kind alone is sure


def _communities(sentence: Sentence, places: list[Mention]) -> list[Mention]:
    text = sentence.text
    if "社区" not in text and "村" not in text and "居民区" not in text:
        return []
    out = []
    behind = (COMMUNITY_BEHIND.match(text, m.end) for m in places if m.rule in ("region.full", "region.township"))
    for match in (*COMMUNITY.finditer(text), *filter(None, behind)):
        if COMMUNITY_STOP.search(match["name"]) or any(
            m.start < match.end() and m.end > match.start("name") for m in places
        ):
            continue
        if match["name"] in predicates_of() or NO_COMMUNITY.search(match["name"]):
            continue
        a, b = match.start("name"), match.end()
        placed = match["kind"] != "村" or any(m.end == a for m in places)
        # a village without its town is known where a town reports, and nowhere else
        note = "community" if placed else "village"
        out.append(Mention("region", sentence.index, a, b, text[a:b], "region.community", name=text[a:b], note=note))
    return out
