"""What a title makes: the document, with its class, edition, family and key, once it is known whose it is."""

from __future__ import annotations

import re
from functools import lru_cache

from zhitu.lexicon.documents import KnownDocument, document_word, known
from zhitu.lexicon.matcher import squash
from zhitu.model import Entity
from zhitu.resolve.families import family_core
from zhitu.resolve.places import NATION_PLACE, Place

EDITION = re.compile(
    r"\(((?:19|20)\d\d年?(?:[-?]?(?:19|20)\d\d)?年?版?|试行|暂行|修订版?|修正版?|第[一二三四五六七八九十\d]+[批版期]|(?:19|20)\d\d年?(?:修订|修正|修改|版|本))\)$"
)
# (草案), (修订草案送审稿): how far a document has come, and no document of its own
STAGE = re.compile(r"\((?:[^()]{0,4}草案[^()]{0,4}|(?:公开)?征求意见稿|送审稿|讨论稿)\)$")
LOST_DASH = re.compile(r"((?:19|20)\d\d)\??((?:19|20)\d\d)")  # (20212025年), (2021?2025年)
NATIONAL = re.compile(r"^(?:中华人民共和国|中共中央|中国共产党|国务院|全国|国家|中央|最高人民法院|最高人民检察院)")
OF_CONGRESS = re.compile(r"全国人(?:民代表大会|大)(?:常务委员会|常委会)?关于.*决定$")
GENERIC = re.compile(
    r"^(?:实施|工作|指导|若干|暂行|分工|行动)?(?:纲要|意见|条例|办法|规定|方案|要点|决定|通知|报告|决议|规划|计划|规则|细则|指标体系|清单|实施意见|实施方案|实施纲要|工作要点|指导意见|实施办法|工作方案)$"
)


def is_generic(title: str) -> bool:
    """《纲要》, 《实施方案》: a word that stands for a title named elsewhere."""
    return bool(GENERIC.match(title))


@lru_cache(maxsize=16384)
def look_up(title: str, year: int | None) -> KnownDocument | None:
    """The known document that a title without place means; of several editions the one of the report's time."""
    title = STAGE.sub("", title)
    plain = re.sub(r"^中华人民共和国", "", title)
    for form in (plain, EDITION.sub("", plain)):
        found = known().get(squash(form), ())
        if len(found) == 1:
            edition = edition_of(title)
            if (
                edition
                and found[0].edition
                and _digits(edition) != _digits(found[0].edition)
                and re.search(r"\d{4}", edition)
            ):
                continue
            return found[0]
        if len(found) > 1:
            fitting = [item for item in found if _fits(item, edition_of(title), year)]
            if len(fitting) == 1:
                return fitting[0]
    return None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _fits(item: KnownDocument, edition: str, year: int | None) -> bool:
    if edition:
        return _digits(edition) == _digits(item.edition)
    years = re.findall(r"(?:19|20)\d\d", item.edition)
    return bool(year and len(years) == 2 and int(years[0]) <= year <= int(years[1]))


WRITTEN_YEARS = re.compile(r"(\d{4})年\)")  # (2014-2020年) is as often written without 年
DRAFT = re.compile(
    r"(?:草案|送审稿|征求意见稿|讨论稿)?(?:\([^()]{1,14}\))*$"
)  # what a title may end in behind its word


@lru_cache(maxsize=16384)
def edition_of(title: str) -> str:
    match = EDITION.search(title)
    return LOST_DASH.sub(r"\1-\2", match[1].replace("年", "")) if match else ""


@lru_cache(maxsize=16384)
def known_document(item: KnownDocument, title: str) -> Entity:
    """The entity of a known document, under its register name."""
    edition = item.edition or edition_of(title)
    bare = EDITION.sub("", item.name)
    slug = squash(re.sub(r"^中华人民共和国", "", bare)) + (f"-{_slug(edition)}" if edition else "")
    name = (
        item.name
        if edition_of(item.name) or not item.edition or not re.search(r"\d", item.edition)
        else f"{bare}({item.edition}年)"
    )
    names = {
        title,
        bare,
        *item.aliases,
        f"中华人民共和国{bare}" if item.law and item.document_class in ("law", "regulation") else "",
    }
    core = (
        ""
        if (item.law and item.document_class == "law") or item.document_class == "publication"
        else (item.family or family_core(bare, places=()))
    )
    return Entity(
        key=f"document:CN-{slug}", kind="document", name=name, names=tuple(sorted(names - {name, ""})), region=NATION_PLACE.key,
        document_class=item.document_class, edition=edition or None, family=f"policyfamily:{squash(core)}" if core else None, family_name=core or None,
    )  # fmt: skip


def _slug(edition: str) -> str:
    return re.sub(r"[^0-9A-Za-z\u4e00-\u9fff-]", "", edition)


def document(
    title: str,
    *,
    scope: Place | None,
    home: Place | None,
    family: str = "",
    places: tuple[str, ...] = (),
    by_department: bool = False,
) -> Entity:
    """The entity of a title. Without a known scope it stays within the reporting region (`home`), and says no scope."""
    staged, title = title, STAGE.sub("", title) or title
    edition = edition_of(title)
    bare = EDITION.sub("", title)
    core = bare
    owner = scope or home
    if owner is not None and owner.code != NATION_PLACE.code:
        core = _without_place(bare, owner)
    where = (
        "CN"
        if scope is not None and scope.code == NATION_PLACE.code
        else owner.slug
        if owner is not None
        else "unknown"
    )
    # a title whose scope is unknown is kept apart from one that is surely the region's own
    where = where if scope is not None or owner is None else f"{where}-x"
    kind = class_of(bare, scope)
    kind = "normative" if kind == "rule" and by_department else kind  # 规章 are the government's, not its bureaus'
    theme = "" if kind in ("law", "publication") else family or family_core(bare, places=places)
    return Entity(
        key=f"document:{where}-{squash(core)}" + (f"-{_slug(edition)}" if edition else ""), kind="document", name=title,
        names=tuple(sorted({bare, staged, WRITTEN_YEARS.sub(r"\1)", title)} - {title})), region=scope.key if scope is not None else None, document_class=kind, edition=edition or None,
        family=f"policyfamily:{squash(theme)}" if theme else None, family_name=theme or None,
    )  # fmt: skip


def _without_place(title: str, owner: Place) -> str:
    """The title without its own region's name in front, as far as that name is the region's: 宿城区X and X are one."""
    forms = sorted(
        {owner.full_name, owner.organ_name, owner.name, *(n for n in owner.names if len(n) > 2)},
        key=lambda n: (-len(n), n),
    )
    for form in forms:
        if form and title.startswith(form) and len(title) > len(form) + 3:
            return title[len(form) :]
    return title


# 西藏自治区实施〈中华人民共和国草原法〉办法: a congress carries out a law
CARRYING_OUT = re.compile(r"(?:省|市|自治区)实施[〈《「]?中华人民共和国[^〈〉《》]+法[〉》」]?(?:的?办法|条例)$")


# 小手学宪法, 漫画民法典: about a law
TELLS_OF_LAW = re.compile(r"(?:学|说|话|画|讲|读|读懂|漫画|图解|趣味|身边的|邂逅|遇见|与|和)(?:宪法|民法典)$")


def class_of(title: str, scope: Place | None) -> str:
    """Document class by the word that the title ends in and by who issued it."""
    if TELLS_OF_LAW.search(title):
        return "publication"
    if NATIONAL.match(title) and re.search(r"法(?:典)?$", title):
        return "law"
    if OF_CONGRESS.match(title):
        return "law"
    if CARRYING_OUT.search(title):
        return "regulation"
    title = DRAFT.sub("", title) or title
    found = document_word(title)
    if found is None and re.search(r"[\d一二三四五六七八九十百]条(?:措施|政策)?$", title):
        return "normative"  # 外资10条
    if found is None:
        return (
            "law"
            if re.search(r"[^办方做立]法$", title) and (scope is None or scope.code == NATION_PLACE.code)
            else "publication"
        )
    kind = found[1]
    if kind == "law" and scope is not None and scope.code != NATION_PLACE.code:
        return "normative"
    if kind == "rule?":
        high = scope is not None and scope.level in ("province", "prefecture", None) and not scope.zone
        own = re.search(r"^.{2,12}?(?:局|厅|委员会|办公室|法院|检察院)", title)
        prefecture = scope is not None and scope.name.endswith(("盟", "地区"))  # no government that could make rules
        return "rule" if high and not own and not prefecture else "normative"
    return kind
