"""Documents: which one a title means, and whose it is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.programs import by_name as known_programs
from zhitu.model import NATION, Entity, Mention
from zhitu.resolve import titles
from zhitu.resolve.ledger import Ledger
from zhitu.resolve.organ_names import governs
from zhitu.resolve.places import NATION_PLACE, Place, brief
from zhitu.resolve.regions import clause_region

NUMBER_NOTE = re.compile(r"number=([^;]+)")
ALIAS_NOTE = re.compile(r"alias=([^;]+)")
ISSUER_LINK = re.compile(
    r"^(?:联合)?(?:印发|下发|出台|制定|发布|颁布|转发)?(?:的|以)?(?:[\u4e00-\u9fff]{2,8}[〔\[(](?:19|20)\d\d[〕\])]\d+号)?$"
)
LEVELS_BEFORE = re.compile(
    r"(?:国家|中央|自治区|省|市|区|县|州)(?:(?:、|和|与|及|以及)(?:国家|中央|自治区|省|市|区|县|州))+(?:的)?$"
)
LEVEL_ISSUER = re.compile(
    r"(?:^|[、,和与及的实彻据照])(?P<level>国家|中央|全国|省级?|自治区|市级?|区级?|县级?|州级?)(?:制定|印发|出台)?的?$"
)
TITLE_LEVEL = re.compile(
    r"^(?:20\d\d年(?:度)?)?(?:关于)?(?:全)?(?P<level>自治区|省(?!市)|市(?![场民容政域县])|区(?![域块])|县|州)(?=人民政府|政府|委|级|重大|行政|法治|优化|创建|社会|[\u4e00-\u9fff]{2})"
)
# 制发《行政执法监督意见书》5份, 发放《…》读本: of whoever reports it
GIVEN_OUT = re.compile(
    r"(?:发放|印制|编印|制发|下发|发出|下达|送达|编写|制作|编制|梳理|起草|草拟|拟[订定])了?[^,。;《》]{0,8}(?:《[^《》]*》[、和]?)*$|"
    r"(?:^|[,。;照据行实守彻])(?:制定|出台|建立|印发)的?(?:《[^《》]*》[、和]?)*$"  # 严格按照制定的《X》《Y》
)
ABOUT = "推动|推进|促进|加快|深化|优化|加强|建设|实施|开展|做好|进一步|全面"  # 推动|江苏民营经济发展二十条措施
# what stands before the place, organ or level word of a title
LEAD = re.compile(r"[《〈“]*(?:20\d\d年?(?:度)?|关于(?:印发)?|中共|[《〈“])*")
NAME_LEAD = re.compile(r"^(?:20\d\d年?(?:度)?|关于|中共)+")
GOVERNED = re.compile(r"依法治(?P<level>自治区|[省市区县州旗])")
LEVEL_LEADS = ("自治区", "区", "县", "市", "省", "全区", "全县", "全市", "全省", "我区", "我县", "我市")
NATIONAL_WORD = re.compile(r"(?:[^办方做立想看手语书]法|条例)$")  # law or 条例 of nobody named

OTHERS_ISSUE = re.compile(r"推动|推进|促成|促进|配合|参与|协助")  # 推动出台《X》


def resolve_documents(ledger: Ledger, mentions: list[Mention], *, programs: list[Mention]) -> None:
    """Links the mentions of documents, in reading order; `programs` are the mentions of those, some inside titles."""
    documents = _Documents(ledger, programs)
    for mention in mentions:
        documents.resolve(mention)


class _Documents:
    """The documents of one report, with the titles and aliases under which it has named some so far."""

    def __init__(self, ledger: Ledger, programs: list[Mention]) -> None:
        self.ledger = ledger
        self.aliases: dict[str, str] = {}  # to the key
        self.titles: dict[str, Entity] = {}
        self.names_above: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}  # by key and names of the scope
        # known programs, by sentence and start of the title that names them
        self.programs: dict[tuple[int, int], list[str]] = defaultdict(list)
        for program in programs:
            if program.rule == "program.known" and program.inside is not None:
                self.programs[program.sentence, program.inside].append(program.name)

    def resolve(self, mention: Mention) -> None:
        if titles.is_generic(mention.name) and "alias=" not in mention.note:
            self._short_title(mention)
            return
        scopes = _levels_before(self.ledger, mention)
        if len(scopes) > 1:
            for scope in scopes:
                self.ledger.link(mention, self._of_level(mention.name, scope))
            return
        entity = self._document(mention)
        if number := NUMBER_NOTE.search(mention.note):
            entity = replace(entity, number=number[1])
        self.ledger.link(mention, entity)
        self.titles.setdefault(squash(entity.name), entity)
        if alias := ALIAS_NOTE.search(mention.note):
            self.aliases[squash(alias[1])] = entity.key

    def _short_title(self, mention: Mention) -> None:
        """《纲要》: the document of that alias, else the one document so far whose title ends with the word."""
        word = squash(mention.name)
        if word in self.aliases:
            self.ledger.link(mention, self.ledger.entities[self.aliases[word]])
            return
        ending = {e.key for e in self.titles.values() if squash(titles.EDITION.sub("", e.name)).endswith(word)}
        if len(ending) == 1:
            self.ledger.link(mention, self.ledger.entities[ending.pop()])
        else:
            reason = "short title of several documents" if ending else "short title of no document"
            self.ledger.drop(mention, reason, tuple(sorted(ending)))

    def _of_level(self, title: str, scope: Place) -> Entity:
        """The document of one of several levels that share a title."""
        if scope.code != NATION:
            return titles.document(title, scope=scope, home=self.ledger.own, places=self._place_names(scope))
        item = titles.look_up(title, self.ledger.context.year)
        return (
            titles.known_document(item, title)
            if item is not None
            else titles.document(title, scope=NATION_PLACE, home=self.ledger.own)
        )

    def _document(self, mention: Mention) -> Entity:
        """The entity of a full title: one called so before, a known one, or one of whoever it is."""
        ledger = self.ledger
        if (alias := squash(mention.name)) in self.aliases:
            return ledger.entities[self.aliases[alias]]
        item = titles.look_up(mention.name, ledger.context.year)
        if item is not None and item.document_class == "law":
            return titles.known_document(item, mention.name)  # 海南自由贸易港法 begins with a place and is the nation's
        enacted = item is not None and item.law
        scope, issuer = _scope_by_title(ledger, mention, enacted=enacted), _issuer(ledger, mention)
        level = _level_before(ledger, mention)
        named = next((place for place in (scope, level, issuer) if place is not None), NATION_PLACE)
        if item is not None and scope is None and named.code == NATION:
            issued_here = mention.predicates[:1] == ("issued",) and not item.law and self._said_by_someone(mention)
            if not issued_here:
                return titles.known_document(item, mention.name)
        agent = _agent(ledger, mention)
        scope = scope or issuer or level or self._scope_by_use(mention, agent)
        if scope is None and ledger.own is not None and ledger.own.code == NATION:
            scope = ledger.own  # what a ministry names without an issuer is the nation's
        if scope is not None:
            ledger.add_place(scope)
        return titles.document(
            mention.name, scope=scope, home=ledger.own, family=self._family(mention), places=self._place_names(scope),
            by_department=self._by_department(mention, agent[1] if agent else ledger.agent),
        )  # fmt: skip

    def _by_department(self, mention: Mention, agent: str | None) -> bool:
        """Whether a department issued it, be it the one that reports: a government's 办法 is a rule, and a bureau's none."""
        if agent is None or governs(self.ledger.entities[agent].name) or mention.verb is None:
            return False
        start, end = mention.verb
        own = "issued" in mention.predicates or agent != self.ledger.agent
        return own and not OTHERS_ISSUE.search(self.ledger.text(mention), max(0, start - 4), end)

    def _said_by_someone(self, mention: Mention) -> bool:
        """《X》印发以来 says that it was issued, not that it was issued here."""
        behind = mention.verb is not None and mention.verb[0] >= mention.end
        return not behind or _agent(self.ledger, mention) is not None

    def _scope_by_use(self, mention: Mention, agent: tuple[Place, str] | None) -> Place | None:
        """Whose document it is by its kind of title and by what is said of it, where nothing names an issuer."""
        issued = "issued" in mention.predicates
        if not issued and NATIONAL_WORD.search(titles.EDITION.sub("", mention.name)):
            return NATION_PLACE
        if titles.NATIONAL.match(mention.name):
            return NATION_PLACE
        scope = None
        if issued:
            scope = agent[0] if agent else clause_region(self.ledger, mention) or self.ledger.own
        handed_out = GIVEN_OUT.search(self.ledger.text(mention)[: mention.start])
        if scope is None and (handed_out or {"revised", "repealed"} & set(mention.predicates)):
            scope = self.ledger.own
        return self._earlier(mention) if scope is None and mention.inside is None else scope

    def _earlier(self, mention: Mention) -> Place | None:
        """A title that the report named before with its issuer is that document again."""
        known = self.titles.get(squash(mention.name))
        if known is None:
            return None
        return next((p for p in (self.ledger.own, NATION_PLACE) if p is not None and p.key == known.region), None)

    def _family(self, mention: Mention) -> str:
        """The family of the one known program that the title names."""
        names = self.programs.get((mention.sentence, mention.start), ())
        families = {known_programs()[name].family for name in names if name in known_programs()} - {""}
        return families.pop() if len(families) == 1 else ""

    def _place_names(self, scope: Place | None) -> tuple[str, ...]:
        """Names of the reporting region, of the scope, and of all above them; longest first."""
        at = (scope.key, scope.names) if scope is not None else ("", ())
        if at not in self.names_above:
            above = (place for start in (self.ledger.own, scope) if start is not None for place in start.chain())
            names = {n for p in above for n in (p.full_name, p.organ_name, p.name, *p.names) if len(n) >= 2}
            self.names_above[at] = tuple(sorted(names, key=lambda n: (-len(n), n)))
        return self.names_above[at]


# whose it is: by the words of the title, and by those before it ------------------------------------------------------


def _scope_by_title(ledger: Ledger, mention: Mention, *, enacted: bool) -> Place | None:
    """The place, organ or level word with which the title begins; `enacted` is a title of the nation's laws, in which
    an organ is a matter: 看守所条例."""
    text = ledger.text(mention)
    lead = LEAD.match(text[mention.start : mention.end])
    at = mention.start + (lead.end() if lead else 0)
    places = ledger.places[mention.sentence]
    place = None
    while at in places and (place is None or places[at][1].within(place)):
        at, place = places[at]
    if place is not None:
        return _legislator(place) if mention.name.endswith("条例") else place
    if enacted:
        return None
    organ = next((found for start, _, found, _ in ledger.organs[mention.sentence] if start == at), None)
    if organ is not None:
        return organ
    name = NAME_LEAD.sub("", mention.name)
    if name.startswith(LEVEL_LEADS) and (level := TITLE_LEVEL.match(name)):
        return ledger.context.level(level["level"])
    if name.startswith(("局", "厅")):
        return ledger.own  # 局党组工作规则
    return _own_short(ledger.own, name) or _governed(ledger, name)


def _legislator(place: Place) -> Place:
    """Who can enact a 条例 about the place: an autonomous county, else the prefecture or province above."""
    new_area = place.zone and place.parent is not None and "新区" in place.name
    if place.name.endswith(("自治县", "自治旗")) and not new_area:
        return place
    levels = ("province",) if new_area else ("prefecture", "province")
    return next((p for p in place.chain() if p.level in levels), place)


def _own_short(own: Place | None, name: str) -> Place | None:
    """宿城“五大行动”…, 法治宿城…: titles that begin with the region's name without its suffix."""
    for place in own.chain() if own else ():
        # a pattern of its own is compiled for a word only where the title holds it
        if (word := brief(place)) and word in name and re.match(rf"(?:{ABOUT})*(?:法治|平安|数字|智慧)?{word}", name):
            return place
    return None


def _governed(ledger: Ledger, name: str) -> Place | None:
    """2022年全面依法治市工作要点: of the city that is governed."""
    governed = GOVERNED.search(name)
    return ledger.context.level(governed["level"]) if governed else None


def _issuer(ledger: Ledger, mention: Mention) -> Place | None:
    """Whose organ stands right before the title: 聊城市政府办公室《…》."""
    text = ledger.text(mention)
    for _, end, place, _ in ledger.organs[mention.sentence]:
        if end <= mention.start and ISSUER_LINK.match(text[end : mention.start]):
            return place
    return None


def _level_before(ledger: Ledger, mention: Mention) -> Place | None:
    """The level word right before the title: 省《…》, 县级制定的《…》."""
    match = LEVEL_ISSUER.search(ledger.text(mention)[: mention.start])
    return _of_word(ledger, match["level"].removesuffix("级")) if match else None


def _levels_before(ledger: Ledger, mention: Mention) -> list[Place]:
    """省、市、区《实施方案》: one title, as many documents as levels before it."""
    match = LEVELS_BEFORE.search(ledger.text(mention)[: mention.start])
    words = re.findall(r"国家|中央|自治区|省|市|区|县|州", match.group()) if match else ()
    return [place for word in words if (place := _of_word(ledger, word)) is not None]


def _of_word(ledger: Ledger, word: str) -> Place | None:
    return NATION_PLACE if word in ("国家", "中央", "全国") else ledger.context.level(word)


def _agent(ledger: Ledger, mention: Mention) -> tuple[Place, str] | None:
    """The organ that issues it, with its place, where the clause names one before the verb."""
    if mention.verb is None:
        return None
    text = ledger.text(mention)
    for start, end, place, key in reversed(ledger.organs[mention.sentence]):
        if end <= mention.verb[0] and not re.search(r"[,。;]", text[end : mention.verb[0]]):
            led = text[max(0, start - 1) : start] in ("据", "照", "按", "实", "彻", "被")
            return None if led else (place, key)
    return None
