"""Room `resolve`: mentions become entities, each under the key that follows from the mention and its report alone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.places import NEW_AREAS, offices, short, short_counties
from zhitu.lexicon.programs import by_name as known_programs
from zhitu.model import NATION, Entity, Found, Kind, Mention, Report, Resolved, Unresolved
from zhitu.resolve import documents, organs
from zhitu.resolve.own import own_region
from zhitu.resolve.places import (
    BARE_ZONE,
    NATION_PLACE,
    Context,
    Place,
    by_code,
    candidates,
    choose,
    find_township,
    place_of,
    place_of_code,
    settlement_of,
    zone_of,
)

ISSUER_LINK = re.compile(
    r"^(?:联合)?(?:印发|下发|出台|制定|发布|颁布|转发)?(?:的|以)?(?:[\u4e00-\u9fff]{2,8}[〔\[(](?:19|20)\d\d[〕\])]\d+号)?$"
)
HAN = re.compile("[\u4e00-\u9fff]")
# who gave a program its name: 省委“1+1+9”工作部署, 国务院安委会“十五条”
SCOPE_BEFORE = re.compile(r"(自治区|省|市)(?:委|政府|级|里|的)?(?:全会|工作)?$|(省|市)(?:委|政府)[^,。、;“”]{0,4}$")
ABOVE_ALL = re.compile(r"(?:国务院|党中央|中央)(?:安委会|安委办|办公厅)?[^,。、;“”]{0,3}$")
OF_MANY = re.compile(r"街道办事处|乡镇人民政府|司法所|派出所")
CLASS_BEHIND = re.compile(r"(?:改革|制度|机制|模式|活动|行动|建设|试点|平台|工程|监管)+")
NUMBER_NOTE = re.compile(r"number=([^;]+)")
ALIAS_NOTE = re.compile(r"alias=([^;]+)")
LEVELS_BEFORE = re.compile(
    r"(?:国家|中央|自治区|省|市|区|县|州)(?:(?:、|和|与|及|以及)(?:国家|中央|自治区|省|市|区|县|州))+(?:的)?$"
)
LEVEL_ISSUER = re.compile(
    r"(?:^|[、,和与及的实彻据照])(?P<level>国家|中央|全国|省级?|自治区|市级?|区级?|县级?|州级?)(?:制定|印发|出台)?的?$"
)
TITLE_LEVEL = re.compile(
    r"^(?:20\d\d年(?:度)?)?(?:关于)?(?:全)?(?P<level>自治区|省(?!市)|市(?![场民容政域县])|区(?![域块])|县|州)(?=人民政府|政府|委|级|重大|行政|法治|优化|创建|社会|[\u4e00-\u9fff]{2})"
)
DEPARTMENTAL = re.compile(r"我(?:局|厅|委|办|部|院|署|分局|支队|大队)|局党组|厅党[组委]|委党组|本局")
OPENS_REPORT = re.compile(r"(?:20\d\d年(?:度|以来)?,?|近年来,?|一年来,?|今年以来,?|现将)*")
GOVERNING = re.compile(
    r"中共.*委员会$|政协.*委员会$|(?:人民政府|(?<!城市)(?<!监督)管理委员会|工作委员会|人民政府办公室|人民政府办公厅|人民代表大会|人民代表大会常务委员会)$"
)


def resolve(report: Report, found: Found) -> Resolved:
    """Which thing each mention means; what does not come down to one candidate is kept as unresolved."""
    return _Resolver(report, found).run()


class _Resolver:
    """One report's resolution. Kinds go in the order in which one rests on another: places, organs, documents, programs."""

    def __init__(self, report: Report, found: Found) -> None:
        self.report = report
        self.found = found
        self.sentences = {s.index: s for s in report.sentences}
        self.own = own_region(report, found)
        self.context = Context(self.own, report.header.year)
        self.entities: dict[str, Entity] = {}
        self.links: dict[tuple[int, int, int, str], dict[str, Mention]] = defaultdict(dict)
        self.unresolved: list[Unresolved] = []
        self.places: dict[int, dict[int, tuple[int, Place]]] = defaultdict(
            dict
        )  # by sentence and start of the mention: end, place
        self.place_named: dict[str, Place] = {}
        self.organ_places: dict[int, list[tuple[int, int, Place, str]]] = defaultdict(
            list
        )  # by sentence: start, end, place, key
        self.agencies: dict[tuple[str, str, str, str, Kind], Entity] = {}
        self.names_above: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}  # by key and names of the scope
        self.aliases: dict[str, str] = {}
        self.titles: dict[str, Entity] = {}
        self.linked: list[tuple[Mention, str]] = []  # once all is linked, in reading order
        self.held: dict[tuple[int, int | None], list[Mention]] = defaultdict(
            list
        )  # known programs by the title that names them
        for mention in found.mentions:
            if mention.rule == "program.known" and mention.inside is not None:
                self.held[mention.sentence, mention.inside].append(mention)

    def run(self) -> Resolved:
        if self.own is not None:
            self._add_place(self.own)
        by_kind: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.found.mentions:
            by_kind[mention.kind].append(mention)
        self._regions(by_kind["region"])
        agencies = by_kind["agency"] + by_kind["institution"]
        self._organs(sorted(agencies, key=lambda m: (m.sentence, m.start, -m.end)))
        self._documents(by_kind["document"])
        self._programs(by_kind["program"])
        links = [self.links[at] for at in sorted(self.links)]
        self.linked = [(mention, key) for here in links for key, mention in here.items()]
        publisher, agent = self._publisher(), self._department()
        ordered = tuple((mention, key) for here in links for key, mention in sorted(here.items()))
        return Resolved(
            self.own.key if self.own else None,
            self.report.header.year,
            publisher,
            agent,
            self.entities,
            ordered,
            self.found.figures,
            tuple(self.unresolved),
        )

    # bookkeeping --------------------------------------------------------------------------------------------------

    def _link(self, mention: Mention, entity: Entity) -> None:
        known = self.entities.get(entity.key)
        if known is not None and known is not entity and known != entity:
            names = {known.name, entity.name, *known.names, *entity.names}
            name = max((known.name, entity.name), key=_whole if entity.kind == "program" else _long)
            entity = replace(
                entity, name=name, names=tuple(sorted(names - {name})), number=known.number or entity.number
            )
        self.entities[entity.key] = entity
        self.links[mention.sentence, mention.start, -mention.end, mention.kind][entity.key] = mention

    def _drop(self, mention: Mention, reason: str, options: tuple[str, ...] = ()) -> None:
        sentence = self.sentences[mention.sentence]
        self.unresolved.append(
            Unresolved(mention.kind, sentence.span(mention.start, mention.end), mention.surface, reason, options)
        )

    def _add_place(self, place: Place) -> None:
        """A place with its ancestors; they are known, though not thereby mentioned."""
        if place.key in self.entities:
            return
        for item in (*place.chain(), NATION_PLACE):
            if item.key not in self.entities:
                self.entities[item.key] = item.entity()

    # regions ------------------------------------------------------------------------------------------------------

    def _regions(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            behind = self._behind(mention)
            place, reason = self._place(mention, behind)
            if place is None:
                if reason:
                    self._drop(mention, reason)
                continue
            self._add_place(place)
            self.places[mention.sentence][mention.start] = (mention.end, place)
            self.place_named[mention.name] = place
            self._link(mention, self.entities[place.key])

    def _behind(self, mention: Mention) -> Place | None:
        """The place whose name ends where this one begins."""
        return next((place for end, place in self.places[mention.sentence].values() if end == mention.start), None)

    def _place(self, mention: Mention, behind: Place | None) -> tuple[Place | None, str]:
        """The place, or why there is none; an empty reason means that the words name no place at all."""
        if mention.note == "self":
            return self._self(mention.name), ""
        if mention.note == "alias":
            return self.own, ""
        if mention.note == "zone":
            return self._zone(mention, behind)
        if mention.note == "village" and (self.own is None or self.own.level != "township"):
            return None, ""
        if mention.note in ("community", "village"):
            host = behind if behind is not None and behind.level == "township" else self._county()
            return (
                (settlement_of(mention.name, host, level="village"), "")
                if host is not None
                else (None, "no county to belong to")
            )
        if mention.rule == "region.office":
            return find_township(offices()[mention.name], behind=behind, context=self.context), ""
        if mention.rule == "region.township":
            place = find_township(mention.name, behind=behind, context=self.context)
            if (
                place is None
                and self.own is not None
                and self.own.level == "township"
                and self.own.name == mention.name
            ):
                place = self.own
            return place, "" if place else "township not of this report's county"
        options = [
            place_of(d) for d in candidates(mention.name, mention.rule.removeprefix("region."), self.context.year)
        ]
        place, how = choose(options, behind=behind, context=self.context)
        return place, "" if place else f"{how} places of that name"

    def _self(self, words: str) -> Place | None:
        """我区, 全区: the reporting region, if the word names its level; of its ancestors such words name nothing."""
        level = words[1:]
        place = self.context.level("自治区" if level == "自治区" else level)
        return place if place is not None and self.own is not None and place.key == self.own.key else None

    def _county(self) -> Place | None:
        if self.own is None:
            return None
        return next((p for p in self.own.chain() if p.level in ("county", "township")), None)

    def _zone(self, mention: Mention, behind: Place | None) -> tuple[Place | None, str]:
        own = (
            self.own
            if self.own is not None and self.own.zone
            else next((p for p in self.own.chain() if p.zone), None)
            if self.own
            else None
        )
        name = mention.name
        if own is not None and behind is not None and not own.within(behind):
            own = None  # 对标成都高新区, in a report of another zone
        if own is not None and (
            name in (own.name, own.organ_name, *own.names)
            or (BARE_ZONE.match(name) and own.name.endswith(name) and not behind)
        ):
            return own, ""
        if own is not None and behind is not None and own.within(behind) and own.name.endswith(name):
            return own, ""
        if BARE_ZONE.match(name):
            if behind is not None and behind.level in ("prefecture", "county"):
                return zone_of(name, behind), ""
            if name in ("新区", "开发区", "示范区", "管理区", "产业园区", "工业园区", "保税区", "旅游度假区"):
                return None, ""
            return None, "zone without host"
        if behind is not None and behind.level in ("province", "prefecture", "county"):
            return zone_of(name, behind), ""
        if mention.place:
            options = [place_of(d) for d in short_counties().get(mention.place, ())]
            host, _ = choose(options, behind=None, context=self.context)
            if host is not None:
                return zone_of(name, host), ""
        host = place_of_code(next((code for area, code in NEW_AREAS.items() if name.endswith(area)), ""))
        if host is not None:
            return zone_of(name, host), ""
        return None, "zone without host"

    # organs -------------------------------------------------------------------------------------------------------

    def _organs(self, mentions: list[Mention]) -> None:
        bodies: list[tuple[Mention, Place | None]] = []
        department = self._titled(mentions)
        for mention in mentions:
            if mention.note == "upper":
                self._upper(mention, department)
                continue
            if mention.rule == "organ.central":
                self._organ(mention, NATION_PLACE, organs.central(mention.name))
                continue
            if mention.note == "seat":
                self._seated(mention)
                continue
            if mention.note == "local" and (self.own is None or self.own.level != "township"):
                self._drop(mention, "office of one of many townships")
                continue
            place, placed = self._organ_home(mention)
            if mention.rule == "organ.field" and place is not None:
                self._organ(mention, place, organs.field_office(place, mention.name))
                continue
            if place is None and (placed or mention.note != "body"):
                self._drop(
                    mention, f"no {mention.place} above this report" if mention.place else "organ without region"
                )
                continue
            if mention.kind == "institution" and not mention.name.startswith("委"):
                bodies.append((mention, place))
                continue
            assert place is not None
            zonal = mention.name in ("管委会", "党工委", "管理委员会") and not place.zone and place.level != "township"
            if mention.note == "bare" and (place.code == NATION or zonal):
                self._drop(mention, "organ without region")
                continue
            if place.level in ("province", "prefecture") and OF_MANY.fullmatch(mention.name):
                continue  # 北京市街道办事处: a class
            name = "人民政府办公室" if mention.name == "办公室" else mention.name
            entity = self._agency(place, name, kind=mention.kind)
            if mention.note in ("place", "short") and place.organ_name.startswith(mention.place):
                entity = replace(
                    entity, names=tuple(sorted({*entity.names, mention.surface} - {entity.name}))
                )  # 钦州海警局
            self._organ(mention, place, entity)
            if mention.note == "short":  # 长泰生态环境局 names 长泰县 as well
                end = mention.start + len(mention.place)
                county = replace(
                    mention,
                    kind="region",
                    end=end,
                    surface=mention.place,
                    name=mention.place,
                    rule="region.county",
                    predicates=(),
                )
                self._link(county, self.entities[place.key])
        self._bodies(bodies)

    def _titled(self, mentions: list[Mention]) -> str:
        """The department whose report it is, as the title writes it without its place; empty for a government."""
        titled = (m for m in mentions if m.kind == "agency" and self.sentences[m.sentence].kind == "title")
        return next((m.name for m in titled if not GOVERNING.search(m.name)), "")

    def _upper(self, mention: Mention, department: str) -> None:
        """市局 in the report of a county's bureau is the city's bureau of the same name."""
        place = self.context.level(mention.place)
        if place is None or not department.endswith(("局", "厅")):
            self._drop(mention, "department of no report")
            return
        self._organ(mention, place, self._agency(place, department[:-1] + mention.name, kind="agency"))

    def _seated(self, mention: Mention) -> None:
        """普淜司法所: the office of the one township of the report's county that is called so, else a name of its own."""
        if self.own is None:
            self._drop(mention, "organ without region")
            return
        towns = [
            town
            for kind in ("镇", "乡", "街道", "苏木", "")
            if (town := find_township(mention.place + kind, behind=None, context=self.context)) is not None
        ]
        if self.own.level == "township" and self.own.name.startswith(mention.place):
            towns = [self.own]
        place = towns[0] if len(towns) == 1 else self.own
        entity = organs.local_office(place, mention.name, seat=mention.place)
        names = {*entity.names, mention.surface} - {entity.name}
        self._organ(mention, place, replace(entity, names=tuple(sorted(names))))

    def _agency(self, place: Place, name: str, *, kind: Kind) -> Entity:
        """The same organ is named over and over: it is written out once a report."""
        known = (place.key, place.organ_name, place.name, name, kind)
        if known not in self.agencies:
            self.agencies[known] = organs.agency(place, name, kind=kind)
        return self.agencies[known]

    def _organ(self, mention: Mention, place: Place, entity: Entity) -> None:
        self._add_place(place)
        self._link(mention, entity)
        self.organ_places[mention.sentence].append((mention.start, mention.end, place, entity.key))

    def _organ_home(self, mention: Mention) -> tuple[Place | None, bool]:
        """Whose organ it is, and whether the words say so."""
        if mention.note == "level" or (mention.note == "body" and mention.place and self.context.level(mention.place)):
            return self.context.level(mention.place), True
        if mention.note == "short":
            found, year = short_counties()[mention.place], self.context.year
            standing = [d for d in found if year is None or d.since <= year <= d.until] or list(found)
            latest = [d for d in standing if not any(other.code in d.successors for other in standing)]
            return choose([place_of(d) for d in latest], behind=None, context=self.context)[0], True
        if mention.place:
            at = next(
                (p for offset in (0, 2) if (p := self.places[mention.sentence].get(mention.start + offset))), None
            )
            if at is not None and mention.rule != "organ.shared":
                return at[1], True
            return self.place_named.get(mention.place) or self.context.level(mention.place), True
        if mention.name.endswith("厅"):
            return self.context.level("省") or self.context.level(
                "自治区"
            ) or self.own, False  # 司法厅 in a city's report
        return self._clause_region(mention) or self.own, False

    def _body(self, mention: Mention, place: Place | None) -> Entity:
        """A university or a company bears its own name; only a level word (区环境水务有限公司) says whose it is."""
        level = self.context.level(mention.place) is not None
        if not level and (organs.OWN_NAME.search(mention.name) or organs.NATIONAL.match(mention.surface)):
            return organs.body(None, mention.surface, kind=mention.kind)
        return organs.body(
            place,
            mention.name,
            kind=mention.kind,
            placed=mention.place
            if place is not None and (place.organ_name or place.name).startswith(mention.place)
            else "",
        )

    def _bodies(self, bodies: list[tuple[Mention, Place | None]]) -> None:
        """Other organisations; a short form is the one longer name of the report that ends with it."""
        made = [(m, p, self._body(m, p)) for m, p in bodies]
        full = {entity.key: squash(entity.name) for _, _, entity in made}
        for mention, place, entity in made:
            own = squash(mention.name)
            longer = {
                key
                for key, name in full.items()
                if key != entity.key and name.endswith(own) and len(name) > len(full[entity.key])
            }
            if len(longer) == 1 and len(own) >= 4 and not mention.place:
                key = longer.pop()
                entity = next(e for _, _, e in made if e.key == key)
            if place is not None:
                self._add_place(place)
            self._link(mention, entity)

    # documents ----------------------------------------------------------------------------------------------------

    def _documents(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            if documents.is_generic(mention.name) and "alias=" not in mention.note:
                self._short_title(mention)
                continue
            scopes = self._scopes_before(mention)
            if len(scopes) > 1:
                for scope in scopes:
                    self._link(
                        mention,
                        documents.document(mention.name, scope=scope, home=self.own, places=self._place_names(scope))
                        if scope.code != NATION
                        else self._national(mention),
                    )
                continue
            entity = self._document(mention)
            number = NUMBER_NOTE.search(mention.note)
            if number:
                entity = replace(entity, number=number[1])
            self._link(mention, entity)
            self.titles.setdefault(squash(entity.name), entity)
            alias = ALIAS_NOTE.search(mention.note)
            if alias:
                self.aliases[squash(alias[1])] = entity.key

    def _short_title(self, mention: Mention) -> None:
        """《纲要》: the document of that alias, else the one document so far whose title ends with the word."""
        word = squash(mention.name)
        if word in self.aliases:
            self._link(mention, self.entities[self.aliases[word]])
            return
        ending = {e.key for title, e in self.titles.items() if squash(documents.EDITION.sub("", e.name)).endswith(word)}
        if len(ending) == 1:
            self._link(mention, self.entities[ending.pop()])
        else:
            self._drop(
                mention,
                "short title of no document" if not ending else "short title of several documents",
                tuple(sorted(ending)),
            )

    def _document(self, mention: Mention) -> Entity:
        if squash(mention.name) in self.aliases:
            return self.entities[self.aliases[squash(mention.name)]]
        law = documents.look_up(mention.name, self.context.year)
        if law is not None and law.document_class == "law":
            return documents.known_document(
                law, mention.name
            )  # 海南自由贸易港法 begins with a place and is the nation's
        scope = self._scope_by_title(mention)
        issuer = self._issuer(mention)
        if scope is None and (issuer is None or issuer.code == NATION):
            item = documents.look_up(mention.name, self.context.year)
            own = mention.predicates[:1] == ("issued",) and item is not None and not item.law
            if item is not None and not own and not self._level_before(mention):
                return documents.known_document(item, mention.name)
        scope = scope or issuer or self._level_before(mention)
        if (
            scope is None
            and re.search(r"(?:[^办方做立想看手语书]法|条例)$", documents.EDITION.sub("", mention.name))
            and "issued" not in mention.predicates
        ):
            scope = NATION_PLACE
        if scope is None and documents.NATIONAL.match(mention.name):
            scope = NATION_PLACE
        if scope is None and "issued" in mention.predicates:
            agent = self._agent(mention)
            scope = agent[0] if agent else self._clause_region(mention) or self.own
        if scope is None and {"revised", "repealed"} & set(mention.predicates):
            scope = self.own
        if scope is None and mention.inside is None:
            scope = self._earlier(mention)
        if scope is not None:
            self._add_place(scope)
        agent = self._agent(mention)
        return documents.document(
            mention.name, scope=scope, home=self.own, family=self._family_by_program(mention), places=self._place_names(scope),
            by_department=agent is not None and not GOVERNING.search(self.entities[agent[1]].name),
        )  # fmt: skip

    def _earlier(self, mention: Mention) -> Place | None:
        """A title that the report named before with its issuer is that document again."""
        known = self.titles.get(squash(mention.name))
        return next(
            (p for p in (self.own, NATION_PLACE) if known is not None and p is not None and p.key == known.region), None
        )

    def _scope_by_title(self, mention: Mention) -> Place | None:
        """The place with which the title begins."""
        text = self.sentences[mention.sentence].text
        lead = re.match(r"[《〈“]*(?:20\d\d年?(?:度)?|关于(?:印发)?|中共|[《〈“])*", text[mention.start : mention.end])
        at = mention.start + (lead.end() if lead else 0)
        places = self.places[mention.sentence]
        place = None
        while at in places and (place is None or places[at][1].within(place)):
            at, place = places[at]
        if place is not None:
            return self._legislator(place) if mention.name.endswith("条例") else place
        organ = next((found for start, _, found, _ in self.organ_places[mention.sentence] if start == at), None)
        if organ is not None:
            return organ
        name = re.sub(r"^(?:20\d\d年?(?:度)?|关于|中共)+", "", mention.name)
        if name.startswith(("区", "县", "市", "省", "全区", "全县", "全市", "全省", "我区", "我县", "我市")) and (
            level := TITLE_LEVEL.match(name)
        ):
            return self.context.level(level["level"])
        return self._own_short(name)

    @staticmethod
    def _legislator(place: Place) -> Place:
        """Who can enact a 条例 about the place: an autonomous county, else the prefecture or province above."""
        if place.zone and place.parent is not None and "新区" in place.name:
            return next((p for p in place.chain() if p.level == "province"), place)
        return (
            place
            if place.name.endswith(("自治县", "自治旗"))
            else next((p for p in place.chain() if p.level in ("prefecture", "province")), place)
        )

    def _own_short(self, name: str) -> Place | None:
        """宿城“五大行动”…, 法治宿城…: titles that begin with the region's name without its suffix."""
        for place in self.own.chain() if self.own else ():
            brief = short(by_code()[place.code][0]) if place.code else ""
            if len(brief) >= 2 and re.match(rf"(?:法治|平安|数字|智慧)?{brief}", name):
                return place
        return None

    def _issuer(self, mention: Mention) -> Place | None:
        """Whose organ stands right before the title: 聊城市政府办公室《…》."""
        text = self.sentences[mention.sentence].text
        for _, end, place, _ in self.organ_places[mention.sentence]:
            if end <= mention.start and ISSUER_LINK.match(text[end : mention.start]):
                return place
        return None

    def _level_before(self, mention: Mention) -> Place | None:
        text = self.sentences[mention.sentence].text[: mention.start]
        match = LEVEL_ISSUER.search(text)
        if not match:
            return None
        return (
            NATION_PLACE
            if match["level"] in ("国家", "中央", "全国")
            else self.context.level(match["level"].removesuffix("级") if len(match["level"]) > 1 else match["level"])
        )

    def _scopes_before(self, mention: Mention) -> list[Place]:
        """省、市、区《实施方案》: one title, as many documents as levels before it."""
        match = LEVELS_BEFORE.search(self.sentences[mention.sentence].text[: mention.start])
        if not match:
            return []
        words = re.findall(r"国家|中央|自治区|省|市|区|县|州", match.group())
        places = [NATION_PLACE if w in ("国家", "中央") else self.context.level(w) for w in words]
        return [place for place in places if place is not None]

    def _national(self, mention: Mention) -> Entity:
        item = documents.look_up(mention.name, self.context.year)
        return (
            documents.known_document(item, mention.name)
            if item is not None
            else documents.document(mention.name, scope=NATION_PLACE, home=self.own)
        )

    def _clause_region(self, mention: Mention) -> Place | None:
        """The place below the reporting region that heads the mention's clause: 西夏区打造“…”."""
        if not self.places[mention.sentence]:
            return None
        text = self.sentences[mention.sentence].text
        begin = max(
            (m.end() for m in re.finditer(r"[,;。:]|例如|如|其中|指导|推动|支持|督促", text[: mention.start])),
            default=0,
        )
        first = self.places[mention.sentence].get(begin)
        place = first[1] if first is not None else None
        if place is None or self.own is None or place.key == self.own.key or not place.within(self.own):
            return None
        assert first is not None
        listed = text[first[0] : first[0] + 1] == "、"  # of several places, none is the one
        return None if listed else place

    def _agent(self, mention: Mention) -> tuple[Place, str] | None:
        """The organ that issues it, with its place, where the clause names one before the verb."""
        if mention.verb is None:
            return None
        text = self.sentences[mention.sentence].text
        for start, end, place, key in reversed(self.organ_places[mention.sentence]):
            if end <= mention.verb[0] and not re.search(r"[,。;]", text[end : mention.verb[0]]):
                return (
                    (place, key)
                    if text[max(0, start - 1) : start] not in ("据", "照", "按", "实", "彻", "被")
                    else None
                )
        return None

    def _place_names(self, scope: Place | None) -> tuple[str, ...]:
        key = (scope.key, scope.names) if scope is not None else ("", ())
        if key not in self.names_above:
            self.names_above[key] = self._names_of(scope)
        return self.names_above[key]

    def _names_of(self, scope: Place | None) -> tuple[str, ...]:
        """Names of the reporting region, of the scope, and of all above them; longest first."""
        out: list[str] = []
        for place in (*(self.own.chain() if self.own else ()), *(scope.chain() if scope else ())):
            out += [place.full_name, place.organ_name, place.name, *place.names]
        return tuple(sorted({n for n in out if len(n) >= 2}, key=lambda n: (-len(n), n)))

    def _family_by_program(self, mention: Mention) -> str:
        """The family of the one known program that the title names."""
        names = [m.name for m in self.held.get((mention.sentence, mention.start), ())]
        families = {known_programs()[n].family for n in names if n in known_programs()} - {""}
        return families.pop() if len(families) == 1 else ""

    # programs -----------------------------------------------------------------------------------------------------

    def _programs(self, mentions: list[Mention]) -> None:
        self.numbered = self._numbered(mentions)
        last: tuple[Mention, Entity] | None = None
        for mention in mentions:
            if last is not None and self._same_by_word(last[0], mention):
                self._link(mention, replace(last[1], names=(*last[1].names, mention.name)))
                continue
            last = None
            if mention.rule == "program.known":
                if whole := self._whole_name(mention, mentions):
                    mention = replace(mention, name=whole)
                last = (mention, self._known_program(mention))
                self._link(*last)
            elif self.own is None:
                self._drop(mention, "local program of no region")
            elif mention.rule == "program.titled" and not self._of_own_title(mention):
                continue  # what another region's title calls a program is not known to be one
            else:
                last = (mention, self._local_program(mention))
                self._link(*last)

    def _of_own_title(self, mention: Mention) -> bool:
        """Whether the title around the mention is that of a document of the reporting region, or of nobody known."""
        assert self.own is not None
        keys = (
            key
            for (sentence, start, _, kind), found in self.links.items()
            if (sentence, start, kind) == (mention.sentence, mention.inside, "document")
            for key in found
        )
        return all(self.entities[key].region in (None, self.own.key) for key in keys)

    @staticmethod
    def _numbered(mentions: list[Mention]) -> dict[str, str]:
        """“双十工程” → 学位供给“双十工程”, where the report has but one name that ends so."""
        names: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.rule == "program.numbered":
                names[mention.note.removeprefix("core=")].add(mention.name)
        return {core: found.pop() for core, found in names.items() if len(found) == 1}

    def _same_by_word(self, first: Mention, second: Mention) -> bool:
        """“X”,即Y: two names of one program."""
        if first.sentence != second.sentence:
            return False
        between = self.sentences[second.sentence].text[first.end : second.start]
        return bool(re.fullmatch(r"[^,。;]{0,6},?\(?(?:即|也就是|又称|又名)“?", between))

    def _known_program(self, mention: Mention) -> Entity:
        program = known_programs()[mention.name]
        # `own`: a name known everywhere for what each region has of its own
        own = self._program_scope(mention) if program.scope == "own" and self.own else None
        scope = own or place_of_code(program.scope) or NATION_PLACE
        self._add_place(scope)
        return _program(program.name, (mention.surface, *self._with_class(mention)), scope.key)

    @staticmethod
    def _whole_name(mention: Mention, mentions: list[Mention]) -> str:
        """“一件事” in a report that names 高效办成一件事: the one longer known name that ends in a word known in quotes only."""
        if known_programs()[mention.name].marks != "quoted":
            return ""
        longer = {
            m.name
            for m in mentions
            if m.rule == "program.known"
            and m.name != mention.name
            and (m.name.endswith(mention.name) or m.name.startswith(mention.name))
        }
        return longer.pop() if len(longer) == 1 else ""

    def _with_class(self, mention: Mention) -> tuple[str, ...]:
        """“放管服”改革: the name with the class word behind it."""
        tail = CLASS_BEHIND.match(self.sentences[mention.sentence].text, mention.end)
        return (mention.surface + tail.group(),) if tail else ()

    def _local_program(self, mention: Mention) -> Entity:
        """A program of one's own: the quoted name makes the key, so that its mentions meet whatever class word follows;
        figures alone (“1+N”) name nothing without it."""
        assert self.own is not None
        scope = self._program_scope(mention)
        self._add_place(scope)
        tail = mention.note.removeprefix("tail=") if mention.note.startswith("tail=") else ""
        tail = re.sub(r"(?:工作|建设工作)$", "", tail)
        core = self.numbered.get(mention.name, mention.name)
        quoted = mention.rule in ("program.quoted", "program.titled") and core == mention.name
        if core != mention.name:
            tail = ""
        name = (f"“{core}”{tail}" if quoted else core + tail) if tail else f"“{core}”" if quoted else core
        names = {core, name, *(core + t for t in _tails(tail))}
        return Entity(
            key=f"program:{scope.slug}-{squash(core if HAN.search(core) else core + tail)}",
            kind="program",
            name=name,
            names=tuple(sorted(names - {name})),
            region=scope.key,
        )

    def _program_scope(self, mention: Mention) -> Place:
        """The higher region that the words before the name give (市级, 省“…”), else the reporting region."""
        assert self.own is not None
        before = self.sentences[mention.sentence].text[max(0, mention.start - 9) : mention.start]
        if ABOVE_ALL.search(before):
            return NATION_PLACE
        level = SCOPE_BEFORE.search(before)
        place = self.context.level(level[1] or level[2]) if level else None
        return place or self._clause_region(mention) or self.own

    # whose report it is -------------------------------------------------------------------------------------------

    def _publisher(self) -> str | None:
        for kind in ("header", "signature", "title", "source"):
            for mention, key in self.linked:
                if (
                    mention.kind == "agency"
                    and self.sentences[mention.sentence].kind == kind
                    and self.report.header.addressee != self.sentences[mention.sentence].text.rstrip(":")
                ):
                    return key
        return None

    def _department(self) -> str | None:
        """The department whose report it is: the one that the title names."""
        departmental = any(DEPARTMENTAL.search(s.text) for s in self.report.sentences[:20])
        first = {
            "title": True,
            "header": departmental,
            "signature": departmental,
            "body": True,
        }
        body = next((s.index for s in self.report.sentences if s.kind == "body"), -1)
        for kind, fits in first.items():
            for mention, key in self.linked:
                sentence = self.sentences[mention.sentence]
                if (
                    mention.kind != "agency"
                    or sentence.kind != kind
                    or (kind == "body" and sentence.index != body)
                    or not fits
                ):
                    continue
                if kind == "body" and not OPENS_REPORT.fullmatch(
                    re.split(r"[,;:]", sentence.text[: mention.start])[-1]
                ):
                    continue
                if sentence.text.rstrip(":") == self.report.header.addressee:
                    continue
                return key if not GOVERNING.search(self.entities[key].name) and self._of_own(key) else None
            if kind == "title" and self._title_names_region():
                return None
        return None

    def _title_names_region(self) -> bool:
        return any(m.kind == "region" and self.sentences[m.sentence].kind == "title" for m, _ in self.linked)

    def _of_own(self, key: str) -> bool:
        return self.own is not None and self.entities[key].region == self.own.key


def _long(name: str) -> tuple[int, str]:
    return len(name), name


def _whole(name: str) -> tuple[bool, int, str]:
    """A program is called by its name and class word; what else once stood behind it belongs to that sentence."""
    return not name.endswith("”"), -len(name), name


@lru_cache(maxsize=16384)
def _program(name: str, written: tuple[str, ...], scope: str) -> Entity:
    """A known program, as it is written, of the region with the key `scope`."""
    program = known_programs()[name]
    where = "CN" if scope == NATION_PLACE.key else scope.partition(":")[2]
    theme = program.family
    return Entity(
        key=f"program:{where}-{squash(name)}", kind="program", name=name, names=tuple(sorted({*program.variants, *written} - {name})),
        region=scope, family=f"policyfamily:{squash(theme)}" if theme else None, family_name=theme or None,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _tails(tail: str) -> tuple[str, ...]:
    """机制, 监管模式 → every shorter ending under which the name may stand as well."""
    from zhitu.lexicon.words import is_boundary

    return tuple(tail[:i] for i in range(2, len(tail) + 1) if i == len(tail) or is_boundary(tail, i))
