"""Documents: titles in 《》 by a bracket stack, titles nested in them, titles in “” alone, laws named bare, aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhitu.lexicon.documents import KnownDocument, document_word
from zhitu.lexicon.places import named
from zhitu.model import Mention, Sentence

PAIRS = {"〈": "〉", "《": "》", "“": "”"}
OPENERS = {"《": "》", "〈": "〉"}
# An unclosed 《 swallows what follows it: no real title of such reports is longer.
LONGEST = 120
WRAPPER = re.compile(
    r"(?:印发|转发|批转|发布|公布|实施|贯彻|落实|执行|关于|修改|修订|废止|学习|宣传|推进|推行|制定|报送|开展|做好|遵守|适用)$"
)
AFTER = re.compile(
    r"""
      (?P<edition>\((?:试行|暂行|修订版?|修正版?|20\d\d年?(?:修订|修正|修改|版|本)|第[一二三四五六七八九十\d]+[批版期]|20\d\d年?-20\d\d年?|[^()]{0,4}草案[^()]{0,4}|(?:公开)?征求意见稿|送审稿|讨论稿)\))?
      (?P<number>\([\u4e00-\u9fff]{1,14}[〔\[(【]?(?:19|20)\d\d[〕\])】]?第?\d+号\)|[\u4e00-\u9fff]{2,10}[〔\[【](?:19|20)\d\d[〕\]】]第?\d+号)?
      (?P<alias>\((?:以下|下)?(?:文)?(?:统|简)?称(?:为|:)?[^()]{1,30}\))?
    """,
    re.VERBOSE,
)
ALIAS = re.compile(r"称(?:为|:)?[《“〈]?([^《》“”〈〉]{1,20})[》”〉]?\)$")
YEARS = re.compile(r"\(?(20\d\d)年?[-—–―~至]{0,2}(20\d\d)年?\)?")
FORMULA = re.compile("[\u4e00-\u9fff][+][\u4e00-\u9fff]")  # “实施方案+授权清单” names no document
HONOUR = re.compile(r"(?:获得|获评|荣获|入选|评为|授予)[^,。;]{0,6}$")
OF_ARTICLES = re.compile(
    r"(?!第)[\u4e00-\u9fff]{1,10}?(?:[\d一二三四五六七八九十百]+)条(?:措施)?"
)  # “稳增长66条” is a paper
QUOTED_TITLE = re.compile(
    rf"“([^“”《》]{{8,60}}?(?:\(20\d\d年?-?20\d\d年?\))?|{OF_ARTICLES.pattern})”(?!(?:跟踪|管理|联动|工作|推进)?(?:机制|制度|模式|工作法|活动|体系|巡演|展演|演出|宣讲|讲堂|课堂|大赛|竞赛|系列))"
)
IN_BRACKETS = re.compile(r"\([^()]*\)$")
NOTICE = re.compile(r"关于.{4,}的(?:通知|决定|通告|公告|批复|报告|函)$")
# What may not follow a law's name: it is part of a longer word or of another name.
NOT_AFTER = re.compile(
    r"制|规(?!定)|治|律|官|院(?!院)|庭|人(?!民)|定|盲|学|系|网|务|理|宝|援|徒|师|案|法律|和法律|宣传|广场|公园|主题|日|周|月|宣誓|馆|知识|教育|文化|讲|大道|小镇|长廊|课堂|大讲堂|进|典|专项|检查|竞赛"
)
NOT_BEFORE = re.compile(r"(?:司|非|违|合|执|守|普|用|学|立|依|释|书|技|方|办|做|手)$")
# what a central document's title without marks stands between: 贯彻国务院|全面推进依法行政实施纲要|的要求
CITED_BEFORE = re.compile(
    r"(?:^|[,。;:、(]|国务院|中央|中办|国办|国家|贯彻|落实|执行|实施|学习|按照|根据|依据|依照|遵照|围绕|对照|对标|以|和|与|及|的)$"
)
CITED_AFTER = re.compile(
    r"(?P<edition>\(20\d\d年?-20\d\d年?\))?(?=[,。;:、)(]|$|和|与|及|以及|等|的|为|精神|要求|规定|任务|目标|部署|收官|实施以来)"
)
# a regulation of a place, named without marks
REGIONAL = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州|自治县|自治旗)"
    r"(?P<matter>(?:(?!贯彻|落实|执行|实施|学习|宣传|制定|修[订改]|出台|废止|起草|审议|开展|对照|根据|按照|依据|政府|人大|常委会|司法[局厅]|条例|[的和与及等有各将对把由向从以])[\u4e00-\u9fff]){2,20})"
    r"条例(?!草案|\(草案|修[订正]|立法|(?:实施)?(?:细则|办法|意见))"
)
TRIGGER = re.compile(f"《|条例|{QUOTED_TITLE.pattern}")  # without it only a law of the lexicon can be named


COMPANION = re.compile("(?:以?及|和|与)其(?P<words>实施条例|实施细则|实施办法)")


def find_documents(
    sentence: Sentence, laws: Iterable[tuple[int, int, tuple[KnownDocument, ...]]] = ()
) -> list[Mention]:
    """Every document named in the sentence, outer titles before the ones nested in them."""
    text = sentence.text
    out: list[Mention] = []
    if "《" in text:
        defined = 0  # one past an alias just given: 《A》(以下简称《纲要》) names one document
        for start, end, closed in bracketed(text):
            if start < defined:
                continue
            tail = AFTER.match(text, end)
            defined = tail.end() if tail and tail["alias"] else 0
            out.extend(_titled(sentence, start, end, rule="document.marks" if closed else "document.unclosed"))
    taken = [(m.start, m.end) for m in out]
    if "“" in text:
        out.extend(_quoted(sentence, taken))
    if "条例" in text:
        out.extend(_regional(sentence, [(m.start, m.end) for m in out]))
    out.extend(_laws(sentence, [(m.start, m.end) for m in out], laws))
    if "及其实施" in text:
        out.extend([*filter(None, (_companion(sentence, m.name, m.end) for m in out if m.inside is None))])
    return out


def bracketed(text: str) -> Iterator[tuple[int, int, bool]]:
    """Ranges of the outermost 《…》, and whether they were closed in the text."""
    at = 0
    while (start := text.find("《", at)) >= 0:
        end = _closing(text, start)
        if end is not None:
            yield start, end, True
            at = end
            continue
        inner = text.find("《", start + 1)
        limit = min(inner if inner > 0 else len(text), start + LONGEST)
        stop = _unclosed_end(text, start, limit)
        if stop:
            yield start, stop, False
        at = stop or start + 1


def _closing(text: str, start: int) -> int | None:
    """One past the mark that closes the 《 at `start`; None if it never closes, or only by swallowing other titles."""
    depth = 0
    limit = min(len(text), start + LONGEST)
    for i in range(start, limit):
        if text[i] == "《":
            nested = depth and (text[i - 1] == "《" or WRAPPER.search(text[start:i]))
            if depth and not nested:
                return None
            depth += 1
        elif text[i] == "》":
            depth -= 1
            if depth == 0:
                return i + 1 + (text[i + 1 : i + 2] == "》")  # a doubled mark belongs to the title
    return None


def _unclosed_end(text: str, start: int, limit: int) -> int | None:
    """Where the title of an unclosed 《 ends: behind the first document word that a mark or the end follows."""
    for match in re.finditer(r"(?=[,。;、:(《]|等|$)", text[start + 1 : limit]):
        title = text[start + 1 : start + 1 + match.start()]
        if len(title) >= 3 and document_word(re.sub(r"\(.*$", "", title)):
            return start + 1 + len(title)
        if len(title) > 40:
            break
    return None


def _titled(sentence: Sentence, start: int, end: int, *, rule: str) -> Iterator[Mention]:
    text = sentence.text
    tail = AFTER.match(text, end)
    assert tail  # every part of it is optional
    name = clean_title(text[start:end] + (tail["edition"] or ""))
    if len(name) < 2:
        return
    note = []
    if tail["number"]:
        note.append(f"number={tail['number'].strip('()')}")
    if tail["alias"] and (alias := ALIAS.search(tail["alias"])):
        note.append(f"alias={clean_title(alias[1])}")
    stop = tail.end("edition") if tail["edition"] else end
    yield Mention("document", sentence.index, start, stop, text[start:stop], rule, name=name, note=";".join(note))
    yield from _nested(sentence, start, end)


def _nested(sentence: Sentence, start: int, end: int) -> Iterator[Mention]:
    """Titles inside a title: in 〈〉 or 《》 always, in “” when they look like titles."""
    text = sentence.text
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    for i in range(start + 1, end - 1):
        if text[i] in "〈《“":
            stack.append(i)
        elif text[i] in "〉》”":
            while stack and PAIRS[text[stack[-1]]] != text[i]:
                stack.pop()
            if stack:
                found.append((stack.pop(), i + 1))
    for a, b in sorted(found):
        title = clean_title(text[a + 1 : b - 1])
        if len(title) >= 2 and (text[a] != "“" or is_title(title)):
            yield Mention("document", sentence.index, a, b, text[a:b], "document.nested", name=title, inside=start)


def _quoted(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    text = sentence.text
    for match in QUOTED_TITLE.finditer(text):
        if any(a <= match.start() < b for a, b in taken):
            continue
        if not (is_title(clean_title(match[1])) or OF_ARTICLES.fullmatch(match[1])):
            continue
        if text.endswith("》(", 0, match.start()) and text.startswith(")", match.end()):
            continue  # 《…若干政策》(“金十条”): another name of the same
        if HONOUR.search(text, 0, match.start()) or FORMULA.search(match[1]) or match[1].endswith("机制"):
            continue
        yield Mention(
            "document",
            sentence.index,
            match.start(),
            match.end(),
            match.group(),
            "document.quotes",
            name=clean_title(match[1]),
        )


def _laws(
    sentence: Sentence, taken: list[tuple[int, int]], laws: Iterable[tuple[int, int, tuple[KnownDocument, ...]]]
) -> Iterator[Mention]:
    text = sentence.text
    last = ""
    for start, end, found in laws:
        if any(a <= start < b for a, b in taken) or "《" in text[max(0, start - 40) : start].rpartition("》")[2]:
            continue
        if NOT_AFTER.match(text, end) or (end - start <= 3 and NOT_BEFORE.search(text, 0, start)):
            continue
        if _in_quotes(text, start, end):
            continue
        if not found[0].law:
            if CITED_BEFORE.search(text, 0, start) and (cited := CITED_AFTER.match(text, end)):
                end += len(cited["edition"] or "")
                name = clean_title(text[start:end])
                yield Mention("document", sentence.index, start, end, text[start:end], "document.known", name=name)
            continue
        last = found[0].name
        yield Mention("document", sentence.index, start, end, text[start:end], "document.law", name=last)


def _companion(sentence: Sentence, law: str, end: int) -> Mention | None:
    """《行政复议法》|及其实施条例: what carries the law out, named with it."""
    found = COMPANION.match(sentence.text, end) if law.endswith(("法", "条例")) else None
    if found is None:
        return None
    words = found["words"]
    start, end = found.span("words")
    return Mention("document", sentence.index, start, end, words, "document.law", name=law + words)


def _regional(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """学习|江苏省未成年人保护条例: a regulation named without marks, by the place whose it is."""
    text = sentence.text
    for match in REGIONAL.finditer(text):
        behind, end = match.start("matter"), match.end()  # behind the place
        start = next((at for at in range(match.start(), behind) if text[at:behind] in named()), None)
        if start is None:
            continue
        inside = any(a < end and start < b for a, b in taken) or "《" in text[:start].rpartition("》")[2]
        if not inside and not _in_quotes(text, start, end):
            name = text[start:end]
            yield Mention("document", sentence.index, start, end, name, "document.regional", name=name)


def _in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a longer quoted name holds the law's name as a part."""
    opened = text.rfind("“", 0, start + 1)
    return (
        opened >= 0
        and text.find("”", opened, end) < 0
        and not (text[start - 1 : start] == "“" and text[end : end + 1] == "”")
    )


def is_title(title: str) -> bool:
    """Whether words without 《》 look like a title: they end in a strong document word and are no slogan."""
    bare = IN_BRACKETS.sub("", title)
    found = document_word(bare)
    notice = NOTICE.match(bare)
    return bool(notice) or bool(
        found
        and found[2] == "strong"
        and len(bare) > len(found[0]) + 3
        and not re.search(r"[,。;、!?]|^[一二三四五六七八九十]+号", bare)
    )


def clean_title(title: str) -> str:
    """A title without its outer marks, blanks and damage: year ranges written 2021-2025年."""
    name = title.replace(" ", "")
    while name[:1] in "《〈" and name:
        closer = OPENERS[name[0]]
        at = name.rfind(closer)
        name = name[1:at] + name[at + 1 :] if at > 0 else name[1:]
    if "》" in name and "《" not in name:
        name = name.replace("》", "")
    if name.endswith("〉") and name.count("〉") > name.count("〈"):
        name = name[:-1]
    return YEARS.sub(_years, name)


def _years(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    if not 0 < last - first <= 20:
        return match.group()
    inner = f"{first}-{last}年"
    return f"({inner})" if match.group().startswith("(") else inner
