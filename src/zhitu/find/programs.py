"""Programs: known ones under any spelling, those that titles name, and unmarked campaigns, platforms and systems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitu.find.quoted import (
    ANY_CLASS,
    BRANDED,
    DOCTRINE,
    HAN,
    NOT_NAME,
    NUMBERED,
    QUOTES,
    SLOGAN,
    WORKS,
    class_word,
    find_quoted,
    within,
)
from zhitu.lexicon.matcher import MARKS, squash
from zhitu.lexicon.programs import Program, by_name, by_spelling, system_of, topics
from zhitu.model import Mention, Sentence

# Marks that may stand inside a program's name without ending it.
INSIDE = frozenset("“”‘’\"'、·-—–()+ /〈〉,和与及")
SYSTEM = re.compile(
    r"^”?(?:的)?(?:制度|机制|改革|模式|体系|工作|活动|行动|创建|建设|试点|平台|工程|监管|服务|常态化|规范化|实质化|全覆盖)"
)
LISTED_SYSTEM = re.compile(
    r"(?:[、和与及][\u4e00-\u9fff]{4,20}?)+(?:等)?(?:三项)?制度"
)  # 公示、审核和记录制度: the last word is shared
CLASS_ONLY = re.compile(
    r"(?:改革|制度|机制|模式|工作|活动|行动|平台|体系|建设|创建|试点|工程|监管|专项|全国|国家级|[省市]级|\d{4}年?)*"
)
FRONT_ONLY = re.compile(r"(?:全国|国家级|[省市]级|专项|\d{4}年?)*")
CALLED = re.compile(r"“([^”]+)”")
THREE_OTHERS = re.compile(r"[\u4e00-\u9fff]{2,12}[、和][\u4e00-\u9fff]{2,12}[、和][\u4e00-\u9fff]{2,12}$")
OF_LAW = re.compile("公示|记录|审核|执法")
NUMBER_OF_PARTS = re.compile("[一二三四五六七八九十]项")
BRANDS = re.compile(
    r"(?:新建|打造|创建|培育|推出|形成|建立|塑造|擦亮)了?(?P<items>(?:[\u4e00-\u9fff]{2,8}、)+[\u4e00-\u9fff]{2,8})等(?P<tail>[\u4e00-\u9fff]{0,10}品牌)"
)
CAMPAIGN = re.compile(
    r"""
    # carried out, or one more of a list
    (?:开展|推进|组织|实施|启动|部署|参与|深化|[、和])了?
    (?P<name>
      [\u4e00-\u9fff\d、]{3,30}?
      (?:
        # 燃气安全专项整治百日行动, 专项执法行动
        专项整治(?:提升)?(?:[三两]年|百日|攻坚)行动 | 专项(?:监督|执法|检查|督查|攻坚|督察)行动
        # 重复信访化解攻坚行动
      | (?:治理|整治|化解|污染防治)攻坚行动
        # without 攻坚 or 百日
      | 专项整治 | 专项治理 | 专项行动 | 集中整治 | 突出问题整治 | 专项整治行动 | 专项清理 | 集中清理 | 百日行动 | 大排查大整治
        # 联合整治|行动
      | (?:综合|联合|全链条|整治提升|隐患)(?:整治|治理|排查)(?=行动)
        # 药品安全巩固提升行动
      | (?:提升|治理|整治|守护|保障|护航|清零|清查|排查|年|夏季|秋季|冬季|春季|除患|会战|攻坚|净化|规范|巩固)(?=行动(?!计划|方案|力|上|派|者|中))
        # years: 项目建设年活动
      | (?:提升|建设|规范|落实|深化|突破|服务|攻坚)年活动
      )
      (?:20\d\d)?(?:行动)?
    )
    """,
    re.VERBOSE,
)
PLATFORM = re.compile(
    r"(?:建成|(?<!线)上线(?!下)|开发|打造|搭建|推出|启用|创建|研发|开通)了?(?:运营|运行|启用|应用|使用|投用|上线|并)*(?P<name>[\u4e00-\u9fffA-Za-z\d+]{4,16}?(?:平台|小程序|系统|(?<=法律服务)网|(?<=政务服务)网))"
)
# 推广321基层治理模式: numbered models without marks
NUMBERED_MODEL = re.compile(
    r"""
    # spread, built, or one more of a list
    (?:推广|推行|打造|构建|探索|建立|实行|形成|创新|运用|深化|[、和与及])了?
    # 321, 1+3+N
    (?P<name>\d+(?:\+(?:\d+|N))*
      # no date, count or measure: 3年, 12个
      (?!年|月|日|个|项|件|次|种|家|名|人|万|亿|多|余|分|小时|天|级|期|类|条|线|岁|公里|位|步|周|大)
      的?[\u4e00-\u9fff]{2,14}?(?:模式|机制|工作法|体系))
    """,
    re.VERBOSE,
)
SYSTEM_NAME = re.compile(
    r"(?:创新|探索|率先|全面)?(?:推行|(?<!落)实行|首创|探索)了?(?:试点|推行|实行|建立|实施)?(?P<name>[\u4e00-\u9fff\d]{4,14}(?<![法机体控编限抑研绘录印强])制)(?![度定造约衡止裁式作订成])"
)
# 建立府院联席会议制度: what is set up is the system, not the meeting
JOINT_MEETING = re.compile(
    r"(?:建立|健全|完善|推行|落实|实行)了?(?P<name>(?:(?!建立|健全|完善|推行|落实|实行)[\u4e00-\u9fff]|“[^“”]{2,10}”){1,18}联席会议(?:工作)?(?:制度|机制))"
)
SYSTEM_BEFORE = re.compile(r"(?:推行|实行|试行)了?(?:全面)?$")
SYSTEM_ENDS = re.compile(r"[,。;、和\d]|$")
# names that many matters bear: 企业开办“一件事”, 收费清单“一张网”
OF_MATTERS = ("一件事", "一张网")
BEHIND = (
    "推行|推出|推进|推动|推广|打造|实现|深化|落实|加快|构建|搭建|做好|做实|织密|织牢|完善|健全|建成|建立|形成|加强"
    "|上线|优化|开展|实施|开通|探索|完成|制定|印发|统筹|负责|牵头|承担|组织"
)
MATTER_OF_ONE = re.compile(
    rf"""
    (?:^ | [,。;:、《] | [省市区县旗州] | (?:{BEHIND})了?)
    (?P<matter>
      (?: (?! {BEHIND} | [省市区县旗州] | [在把将个批项等的] | 跨部门 | 政务 | 全面 | 围绕 | 聚焦 | 高效 | 办成 | 主题 | 高频)
        [\u4e00-\u9fff]
      ){{3,8}}
    )$
    """,
    re.VERBOSE,
)
TWO_CAMPAIGNS = re.compile("(?:计划|行动|工程|活动|整治)和")
PAPERS = re.compile(r"(?:文件|法规|规章|法典)[^,。;]*清理$")  # tidying papers is no campaign
OPENED = re.compile(r"(?:开展|组织|实施|部署|启动|推进|参与)了?")
# words that a cheap look finds first: the patterns above are slow where they cannot match
CAMPAIGN_GATE = re.compile("整治|治理|行动|清理|排查|年活动")
PLATFORM_GATE = re.compile("平台|小程序|系统|律服务网|务服务网")
SYSTEM_GATE = re.compile("推行|实行|首创|探索")
MEETING_GATE = re.compile("联席会议(?:工作)?[制机]")
SETS = re.compile(r"[\d.]+[余多]?[万千百]?[余多]?[套台]")
MODEL_GATE = re.compile(r"\d(?=[\u4e00-\u9fff+N\d]{2,18}(?:模式|机制|工作法|体系))")
UNMARKED_GATE = re.compile(
    "|".join(gate.pattern for gate in (CAMPAIGN_GATE, PLATFORM_GATE, SYSTEM_GATE, MEETING_GATE)) + "|品牌"
)
# without them only a program of the lexicon can be named
# (two patterns, because each begins with a set of characters that the regex engine looks for quickly)
TRIGGERS = (re.compile(f"“|{UNMARKED_GATE.pattern}"), MODEL_GATE)


def find_programs(
    sentence: Sentence, documents: list[Mention], hits: list[tuple[int, int, tuple[Program, ...]]]
) -> list[Mention]:
    """Every program named in the sentence; those inside a document's title know it by `inside`."""
    out = list(_known(sentence, documents, hits)) if hits else []
    if "“" in sentence.text:
        out.extend(find_quoted(sentence, documents, [(m.start, m.end) for m in out]))
        out.extend(_in_titles(sentence, documents, out))
        # “六打六治”打非治违专项行动 is one campaign
        longer = [m for m in out if m.rule == "program.quoted"]
        out = [m for m in out if not any(q.start < m.start and m.end <= q.end for q in longer)]
    if not (UNMARKED_GATE.search(sentence.text) or MODEL_GATE.search(sentence.text)):
        return sorted(out, key=lambda m: (m.start, -m.end)) if len(out) > 1 else out
    for mention in _unmarked(sentence, documents, [(m.start, m.end) for m in out if m.rule != "program.known"]):
        held = [m for m in out if m.start < mention.end and m.end > mention.start]
        if all(mention.start <= m.start and m.end < mention.end for m in held) and (
            not held or mention.rule == "program.system"
        ):
            out = [m for m in out if m not in held] + [mention]
    return sorted(out, key=lambda m: (m.start, -m.end))


def _known(
    sentence: Sentence, documents: list[Mention], hits: list[tuple[int, int, tuple[Program, ...]]]
) -> Iterator[Mention]:
    text = sentence.text
    for start, end, found in hits:
        program, surface = found[0], text[start:end]
        named = CALLED.match(text, end) if program.kind == "campaign" and "“" not in surface else None
        if named and not NUMBERED.match(named[1]):
            continue  # 打击欺诈骗保“清风行动”: the quoted name is the campaign's
        if not surface.isalnum() and not all(ch.isalnum() or ch in INSIDE for ch in surface):
            continue
        if (
            surface == "三项制度"
            and (three := THREE_OTHERS.search(text, 0, start))
            and not OF_LAW.search(three.group())
        ):
            continue  # 公众参与、专家论证、风险评估三项制度
        if not _counts(program, text, start, end, titled=within(documents, start, end) is not None):
            continue
        core = next((core for core in OF_MATTERS if text.startswith(f"“{core}”", start - 1)), "")
        if core and (matter := MATTER_OF_ONE.search(text, max(0, start - 20), start - 1)):
            start, end = matter.start("matter"), start + len(core) + 1
            end += len(class_word(text[end : end + 12]))
            name, inside = text[start : text.index("”", start) + 1], within(documents, start, end)
            note = f"core={core}"
            yield Mention(
                "program", sentence.index, start, end, text[start:end], "program.numbered", name=name, note=note,
                inside=inside,
            )  # fmt: skip
            continue
        if surface.count("“") != surface.count("”") or (text[start - 1 : start] == "“" and text[end : end + 1] == "”"):
            start, end = _whole_quotes(text, start, end)
        program = system_of(program) or program
        inside = within(documents, start, end)
        for a, b, item in ((start, end, program), *(_parts(text, start, end, program) if inside is None else ())):
            note = f"scope={item.scope}"
            yield Mention(
                "program", sentence.index, a, b, text[a:b], "program.known", name=item.name, note=note, inside=inside
            )


def _parts(text: str, start: int, end: int, whole: Program) -> Iterator[tuple[int, int, Program]]:
    """行政执法公示、执法全过程记录、重大执法决定法制审核制度: a whole that is named by its parts alone names them too."""
    surface = text[start:end]
    if whole.part_of and whole.kind == "platform" and (inner := _first_name(surface, whole.part_of)):
        yield start, start + inner, by_name()[whole.part_of]
        return
    if "、" not in surface or squash(surface) == squash(whole.name) or NUMBER_OF_PARTS.search(surface):
        return
    at = start
    for word in re.split(r"[、和及]", surface):
        part = next((p for name in (word, word + "制度") if (p := by_spelling().get(squash(name))) is not None), None)
        part = part and (system_of(part) or part)
        if part is not None and part.part_of == whole.name:
            yield at, at + len(word), part
        at += len(word) + 1


def _first_name(surface: str, name: str) -> int:
    """How many characters of the surface the program at its front takes: “两法衔接” in “两法衔接”信息平台."""
    spellings = sorted({name, *by_name()[name].variants}, key=len, reverse=True) if name in by_name() else []
    for end in range(len(surface) - 1, 1, -1):
        if squash(surface[:end]) in map(squash, spellings) and surface[:end].count("“") == surface[:end].count("”"):
            return end
    return 0


def _whole_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
        return start - 1, end + 1
    if text[start - 1 : start] == "“" and "”" in text[start:end]:
        start -= 1
    elif text[end : end + 1] == "”" and "“" in text[start:end]:
        end += 1
    return start, end


def _counts(program: Program, text: str, start: int, end: int, *, titled: bool) -> bool:
    """Whether a mention with these marks counts as the program; in a title the matter of a system names the system."""
    opened = text.rfind("“", 0, start + 1)
    closed = text.find("”", opened + 1) if opened >= 0 else -1
    within = opened >= 0 and closed >= start
    quoted = within or "“" in text[start:end]
    if within and not titled and _list_of_known(text[opened + 1 : closed]):
        return True
    if within and not titled:
        front, back = squash(text[opened:start]), squash(text[end : max(end, closed)])
        if not (FRONT_ONLY.fullmatch(front) and CLASS_ONLY.fullmatch(back)):
            return False  # part of a longer quoted name
    match program.marks:
        case "any":
            return True
        case "quoted":
            return quoted
        case "topic":
            tried = text.startswith("试点", end) and system_of(program) is not None  # 重大执法决定法制审核|试点
            return titled or tried or bool(LISTED_SYSTEM.match(text, end)) or _carried_out(text, start, end)
        case "system":
            return (
                titled
                or quoted
                or bool(SYSTEM.match(text[end : end + 6]))
                or bool(re.search(r"(?:制度|机制|改革|责任制|承诺制|制|行动|工程)$", text[start:end]))
            )
    return False


def _carried_out(text: str, start: int, end: int) -> bool:
    """试行行政执法公示: a verb that is said of systems, and nothing behind."""
    return bool(SYSTEM_BEFORE.search(text, 0, start) and SYSTEM_ENDS.match(text, end))


def _list_of_known(quoted: str) -> bool:
    """“一网通办、一网统管”: each part is a program by itself."""
    parts = quoted.split("、")
    return len(parts) > 1 and all(squash(part) in by_spelling() for part in parts)


def _in_titles(sentence: Sentence, documents: list[Mention], known: list[Mention]) -> Iterator[Mention]:
    """《…“两统一”工作实施细则》: what a title quotes and calls a reform, work or campaign."""
    text = sentence.text
    for title in documents:
        if title.inside is not None or title.rule == "document.law":
            continue
        for match in QUOTES.finditer(text, title.start, title.end):
            core, tail = match.group()[1:-1], class_word(text[match.end() : title.end])
            bare = MARKS.sub("", core)
            silent = (
                (SLOGAN.search(bare) and not BRANDED.search(tail))
                or DOCTRINE.search(core)
                or NUMBERED.fullmatch(core)
                or bare.lower() in topics()
            )
            if (
                not (tail or text.startswith("工作", match.end()))
                or silent
                or not 3 <= len(bare) <= 16
                or not HAN.search(bare)
            ):
                continue
            if any(
                m.start < match.end() and m.end > match.start()
                for m in (*known, *(d for d in documents if d is not title))
            ):
                continue
            yield Mention(
                "program",
                sentence.index,
                match.start(),
                match.end(),
                match.group(),
                "program.titled",
                name=core,
                note=f"tail={tail}",
                inside=title.start,
            )


def _unmarked(sentence: Sentence, documents: list[Mention], taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Campaigns, platforms and brands that the report says it opened or built, without marks."""
    text = sentence.text

    def free(start: int, end: int) -> bool:
        return not any(a < end and b > start for a, b in taken) and within(documents, start, end) is None

    for rule, pattern, gate in (
        ("campaign", CAMPAIGN, CAMPAIGN_GATE),
        ("platform", PLATFORM, PLATFORM_GATE),
        ("system", SYSTEM_NAME, SYSTEM_GATE),
        ("model", NUMBERED_MODEL, MODEL_GATE),
        ("meeting", JOINT_MEETING, MEETING_GATE),
    ):
        if not gate.search(text):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("name")
            inner = [m.end() for m in OPENED.finditer(match["name"])]
            listed = rule == "campaign" and text[match.start()] in "、和" and not inner
            if listed and not OPENED.search(
                text, max(text.rfind(mark, 0, match.start()) for mark in ",。;:") + 1, match.start()
            ):
                continue  # 对重点路段、重点片区安全隐患专项整治: no list of campaigns
            if rule == "campaign" and PAPERS.search(match["name"]):
                continue
            start += max(inner, default=0)
            start += max((m.end() for m in TWO_CAMPAIGNS.finditer(text[start:end])), default=0)
            front = text[start:end].rpartition("、")[0]
            if ANY_CLASS.search(front) or (front and rule != "campaign"):
                start += len(front) + 1  # what stands before is a name of its own; 形式主义、官僚主义集中整治 is one
            name = text[start:end]
            if rule == "platform" and (re.search("[和及]", name) or WORKS.search(name) or SETS.match(text, end)):
                continue  # 载体和测试平台 is a list, 视频门禁系统1.1万套 are many
            if len(name) >= 5 and not NOT_NAME.search(name) and free(start, end):
                yield Mention("program", sentence.index, start, end, name, f"program.{rule}", name=name)
    for match in BRANDS.finditer(text) if "品牌" in text and "等" in text else ():
        if max(map(len, match["items"].split("、"))) < 3:
            continue  # 醒狮、杂技、曲艺等文艺品牌 are arts
        at = match.start("items")
        for item in match["items"].split("、"):
            if free(at, at + len(item)):
                yield Mention(
                    "program",
                    sentence.index,
                    at,
                    at + len(item),
                    item,
                    "program.brand",
                    name=item,
                    note=f"tail={match['tail']}",
                )
            at += len(item) + 1
