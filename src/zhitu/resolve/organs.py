"""Organs and other organisations: which one a mention means, and whose it is."""

from __future__ import annotations

import re
from dataclasses import replace

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.organs import by_name
from zhitu.lexicon.places import short_counties
from zhitu.model import NATION, Entity, Kind, Mention
from zhitu.resolve import organ_names
from zhitu.resolve.ledger import Ledger
from zhitu.resolve.places import NATION_PLACE, Place, brief, choose, find_township, place_of
from zhitu.resolve.regions import clause_region, several

COORDINATES = re.compile(r"(?:小组|联席会议|指挥部)$")
OF_MANY = re.compile(r"街道办事处|乡镇人民政府|司法所|派出所")
NEXT_TO_VERB = re.compile(r"(?:率先|试点|首批|全面|正式|新|先行|探索|联合)*")
FOUNDED_HERE = re.compile(r"(?:成立|设立|组建|建成|建立)了?$")  # 凭祥市设立市综合行政执法局: its own
# …研究院成功落户: it comes from elsewhere
SETTLED = re.compile(r"(?:等)?(?:[\u4e00-\u9fff]{0,6}(?:成功|正式|签约|相继|先后|顺利))?(?:落户|落地|入驻|进驻|迁入)")
HARBOURS = ("region:810000", "region:820000")  # 香港名医诊疗中心, elsewhere, is called after it and not of it
ZONE_ORGANS = ("管委会", "党工委", "管理委员会")

BRANCH = re.compile(r"(?P<field>[\u4e00-\u9fff]{2,8})局(?P<seat>[\u4e00-\u9fff]{2,5}?)[区县市旗]?分局")
OF_PARTY = re.compile(r"全面依法治(?:师市|特区|[省市区县州盟旗])(?:委员会)?(?:办公室|办)?")
OF_OWN_BUREAU = re.compile(r"[局厅](?!$)")


def resolve_organs(ledger: Ledger, mentions: list[Mention]) -> None:
    """Links the mentions of organs, then those of other organisations, which may be short for one another."""
    organs = _Organs(ledger, _department(ledger, mentions))
    for mention in sorted(mentions, key=lambda m: (m.sentence, m.start, -m.end)):
        organs.resolve(mention)
    _link_bodies(ledger, [(_own_body(mention, organs.department), place) for mention, place in organs.bodies])


def _department(ledger: Ledger, mentions: list[Mention]) -> str:
    """The department whose report it is, as the title writes it without its place; empty for a government."""
    titled = (m for m in mentions if m.kind == "agency" and ledger.sentences[m.sentence].kind == "title")
    return next((m.name for m in titled if not organ_names.governs(m.name)), "")


class _Organs:
    """The organs of one report; `bodies` are the mentions that are left, each with the place that it stands in."""

    def __init__(self, ledger: Ledger, department: str) -> None:
        self.ledger = ledger
        self.department = department
        self.bodies: list[tuple[Mention, Place | None]] = []
        self.agencies: dict[tuple[str, str, str, str, Kind], Entity] = {}

    def resolve(self, mention: Mention) -> None:
        own = self.ledger.own
        if mention.note == "upper":
            self._upper(mention)
        elif mention.rule == "organ.central":
            self._link(mention, NATION_PLACE, organ_names.central(mention.name))
        elif mention.note == "own":
            self._own_part(mention)
        elif mention.note == "seat":
            self._seated(mention)
        elif mention.note in ("bare", "body") and several(self.ledger, mention):
            self.ledger.drop(mention, "of several places, each with its own")
        elif mention.note == "local" and (own is None or own.level != "township"):
            self.ledger.drop(mention, "office of one of many townships")
        else:
            self._placed(mention)

    def _placed(self, mention: Mention) -> None:
        """An organ that is known by whose it is."""
        place, placed = self._home(mention)
        if mention.surface.startswith("乡镇"):
            place, placed = None, True  # 乡镇人民政府: a class, in the report of one as well
        if OF_PARTY.fullmatch(mention.name):
            mention = replace(mention, name="委" + mention.name)  # the committee is the Party's
        if mention.rule == "organ.field" and place is not None:
            self._link(mention, place, organ_names.field_office(place, mention.name))
        elif place is None and (placed or mention.note != "body"):
            reason = f"no {mention.place} above this report" if mention.place else "organ without region"
            self.ledger.drop(mention, reason)
        elif mention.kind == "institution" and (not mention.name.startswith("委") or self._of_commission(mention)):
            self.bodies.append((mention, place))
        else:
            assert place is not None
            self._of_place(mention, place)

    def _of_commission(self, mention: Mention) -> bool:
        """委法治建设领导小组, in a commission's report, is not the Party committee's."""
        return self.department.endswith(("委", "委员会")) and not mention.place

    def _of_place(self, mention: Mention, place: Place) -> None:
        """A party, state or judicial organ of the place."""
        zonal = mention.name in ZONE_ORGANS and not place.zone and place.level != "township"
        congress = place.zone and mention.name in ("人大", "政协")  # a zone has none of its own
        if mention.note == "bare" and (place.code == NATION or zonal or congress):
            self.ledger.drop(mention, "organ without region")
            return
        if place.level != "township" and not place.zone and OF_MANY.fullmatch(mention.name):
            return  # 北京市街道办事处: a class
        if (branch := BRANCH.fullmatch(mention.name)) and (county := self._seat(branch["seat"], place)):
            self._link(mention, county, self._branch(mention, place, county, **branch.groupdict()))
            return
        name = "人民政府办公室" if mention.name == "办公室" else mention.name
        if place.zone and name in ("政府", "人民政府"):
            name = "管理委员会"  # 新区政府: a zone has no other
        if OF_OWN_BUREAU.match(name) and self.department.endswith(name[0]):
            name = self.department[:-1] + name  # 市局法制支队
        entity = self._agency(place, name, kind=mention.kind)
        if mention.note in ("place", "short") and place.organ_name.startswith(mention.place):
            entity = _also(entity, mention.surface)  # 钦州海警局
        self._link(mention, place, entity)
        if mention.note == "short":  # 长泰生态环境局 names 长泰县 as well
            self.ledger.link(_county(mention), self.ledger.entities[place.key])

    def _seat(self, name: str, place: Place) -> Place | None:
        """The county of the prefecture in which its bureau has a branch: 市公安局柯城分局."""
        county = self._short_county(name) if name in short_counties() else None
        return county if county is not None and county.within(place) and county.key != place.key else None

    def _branch(self, mention: Mention, place: Place, county: Place, *, field: str, seat: str) -> Entity:
        """市公安局柯城分局, 公安柯城分局, 柯城区公安分局: one bureau of the county, under all of its names."""
        entity = self._agency(county, f"{field}分局", kind="agency")
        names = (place.organ_name + mention.name, f"{field}{seat}分局", f"{seat}{field}分局", mention.surface)
        return replace(entity, names=tuple(sorted({*entity.names, *names} - {entity.name})))

    def _upper(self, mention: Mention) -> None:
        """市局 in the report of a county's bureau is the city's bureau of the same name."""
        place = self.ledger.context.level(mention.place)
        if place is None or not self.department.endswith(("局", "厅")):
            self.ledger.drop(mention, "department of no report")
            return
        self._link(mention, place, self._agency(place, self.department[:-1] + mention.name, kind="agency"))

    def _own_part(self, mention: Mention) -> None:
        """局党组 and 局水政监察支队, in the report of a bureau, are its own."""
        own = self.ledger.own
        if own is not None and self.department.removesuffix("员会").endswith(mention.name[0]):
            name = self.department + mention.name[1:]
            entity = organ_names.central(name) if own.code == NATION else self._agency(own, name, kind="agency")
            self._link(mention, own, entity)

    def _seated(self, mention: Mention) -> None:
        """普淜司法所: the office of the one township of the report's county that is called so, else a name of its own."""
        own = self.ledger.own
        if own is None:
            self.ledger.drop(mention, "organ without region")
            return
        forms = (mention.place + kind for kind in ("镇", "乡", "街道", "苏木", ""))
        found = (find_township(form, behind=None, context=self.ledger.context, earlier=False) for form in forms)
        towns = [town for town in found if town is not None and (town.within(own) or own.within(town))]
        if own.level == "township" and own.name.startswith(mention.place):
            towns = [own]
        place = towns[0] if len(towns) == 1 else own
        entity = organ_names.local_office(place, mention.name, seat=mention.place)
        above = self.ledger.context.level(mention.surface[0])
        words = mention.surface if mention.surface.endswith(mention.name) else mention.surface + mention.name
        whole = above.organ_name + words[1:] if above else words  # 县公安局壶瓶山派出所
        self._link(mention, place, _also(_also(entity, words), whole))

    def _agency(self, place: Place, name: str, *, kind: Kind) -> Entity:
        """The same organ is named over and over: it is written out once a report."""
        known = (place.key, place.organ_name, place.name, name, kind)
        if known not in self.agencies:
            self.agencies[known] = organ_names.agency(place, name, kind=kind)
        return self.agencies[known]

    def _link(self, mention: Mention, place: Place, entity: Entity) -> None:
        self.ledger.add_place(place)
        self.ledger.link(mention, entity)
        if mention.rule != "organ.party":  # no paper is a party group's
            self.ledger.organs[mention.sentence].append((mention.start, mention.end, place, entity.key))

    def _home(self, mention: Mention) -> tuple[Place | None, bool]:
        """Whose organ it is, and whether the words say so."""
        level = self.ledger.context.level
        if mention.note == "level" or (mention.note == "body" and mention.place and level(mention.place)):
            if (host := self._host(mention)) is not None:
                return host, True
            founded = FOUNDED_HERE.search(self.ledger.text(mention), 0, mention.start)
            return (founded and self._of_clause(mention)) or level(mention.place) or self._of_clause(mention), True
        if mention.note == "short":
            return self._short_county(mention.place), True
        if mention.place:
            own = self.ledger.own
            congress = mention.rule == "organ.shared" and mention.surface.startswith("市人")
            if congress and own is not None and own.level == "county" and own.name.endswith("市"):
                return own, True  # 长沙市政府和|市人大常委会, in the report of 浏阳市
            here = self.ledger.places[mention.sentence]
            at = next((here[start] for start in (mention.start, mention.start + 2) if start in here), None)
            if at is not None and mention.rule != "organ.shared":
                return at[1], True
            return self.ledger.place_named.get(mention.place) or level(mention.place), True
        if mention.kind == "agency" and mention.name.endswith("厅"):  # 司法厅 in a city's report
            return level("省") or level("自治区") or self.ledger.own, False
        if mention.rule == "organ.body" and (called := self._called_after(mention.name)) is not None:
            return called, False
        place = clause_region(self.ledger, mention) or self._founded_in(mention) or self._county_department(mention)
        return place or self.ledger.own, False

    def _founded_in(self, mention: Mention) -> Place | None:
        """在湄江街道成立综合行政执法队: of the one place below the reporting region in which it is founded."""
        own, text = self.ledger.own, self.ledger.text(mention)
        if own is None or mention.kind != "agency" or "established" not in mention.predicates or mention.verb is None:
            return None
        for start, (end, place) in self.ledger.places[mention.sentence].items():
            here = text[start - 1 : start] == "在" and NEXT_TO_VERB.fullmatch(text, end, mention.verb[0])
            if here and place.key != own.key and place.within(own):
                return place
        return None

    def _called_after(self, name: str) -> Place | None:
        """深圳仲裁院, in the report of a district, is of the city by whose short name it is called."""
        own = self.ledger.own
        if own is None or own.parent is None:
            return None
        for place in own.parent.chain():
            called = brief(place)
            if called and name.startswith(called):
                return None if name.startswith(brief(own) or own.name, len(called)) else place
        return None

    def _host(self, mention: Mention) -> Place | None:
        """区委, 区政府 in the report of a zone inside a district are that district's: the zone has a 党工委 and a 管委会."""
        own = self.ledger.own
        if own is None or not own.zone or own.parent is None or own.parent.level != "county":
            return None
        return own.parent if mention.place == "区" and organ_names.governs(mention.name) else None

    def _county_department(self, mention: Mention) -> Place | None:
        """司法局, in a township's report, is its county's: no township has one, but groups that coordinate."""
        own, organ = self.ledger.own, by_name().get(mention.name)
        if own is None or own.level != "township" or organ is None or not organ.level or "乡" in organ.level:
            return None
        if COORDINATES.search(organ.name):
            return None
        return own.parent

    def _of_clause(self, mention: Mention) -> Place | None:
        """同仁县成立县政府法律顾问室, in a prefecture's report: the county that heads the clause."""
        place = clause_region(self.ledger, mention)
        return place if place is not None and place.name.endswith(mention.place) else None

    def _short_county(self, name: str) -> Place | None:
        """The county of the short name that stood in the report's year."""
        found, year = short_counties()[name], self.ledger.context.year
        standing = [d for d in found if year is None or d.since <= year <= d.until] or list(found)
        latest = [d for d in standing if not any(other.code in d.successors for other in standing)]
        return choose([place_of(d) for d in latest], behind=None, context=self.ledger.context)[0]


def _also(entity: Entity, surface: str) -> Entity:
    """The organ with the words of the report among its names."""
    return replace(entity, names=tuple(sorted({*entity.names, surface} - {entity.name})))


def _county(mention: Mention) -> Mention:
    """The county's name in front of its organ's, as a mention of its own."""
    end = mention.start + len(mention.place)
    return replace(
        mention, kind="region", end=end, surface=mention.place, name=mention.place, rule="region.county", predicates=()
    )


def _own_body(mention: Mention, department: str) -> Mention:
    """局法治建设领导小组, in the report of a 局, is that department's."""
    word = department.removesuffix("员会")[-1:]  # 卫生健康委员会 calls itself 委
    alone = not mention.place or (len(mention.place) == 1 and mention.note == "body")  # 县局, in its report
    own = word in ("局", "委", "厅", "办") and alone and mention.name.startswith(word)
    return replace(mention, name=department + mention.name[1:], place="") if own else mention


def _link_bodies(ledger: Ledger, bodies: list[tuple[Mention, Place | None]]) -> None:
    """Other organisations; a short form is the one longer name of the report that ends with it."""
    made = [(mention, place, _body(ledger, mention, place)) for mention, place in bodies]
    entities = {entity.key: entity for _, _, entity in reversed(made)}  # of equal keys the first
    full = {entity.key: squash(entity.name) for _, _, entity in made}
    for mention, place, entity in made:
        short = squash(mention.name)
        if len(short) >= 4 and not mention.place:
            longer = [
                key
                for key, name in full.items()
                if key != entity.key and name.endswith(short) and len(name) > len(full[entity.key])
            ]
            entity = entities[longer[0]] if len(longer) == 1 else entity
        if place is not None:
            ledger.add_place(place)
        ledger.link(mention, entity)


def _body(ledger: Ledger, mention: Mention, place: Place | None) -> Entity:
    """A university or a company bears its own name; only a level word (区环境水务有限公司) says whose it is."""
    level = ledger.context.level(mention.place) is not None
    if level:
        return _body_of(place, mention)
    places = ledger.organs[mention.sentence]
    central = any(start == mention.start and at.code == NATION for start, _, at, _ in places)
    named = organ_names.OWN_NAME.search(mention.name) and not organ_names.OF_TRADE.fullmatch(mention.name)
    called = place is not None and place.key in HARBOURS and (ledger.own is None or not ledger.own.within(place))
    settled = not mention.predicates and SETTLED.match(ledger.text(mention), mention.end)
    if central or named or called or settled or organ_names.NATIONAL.match(mention.surface):
        return organ_names.body(None, mention.surface, kind=mention.kind)
    return _body_of(place, mention)


def _body_of(place: Place | None, mention: Mention) -> Entity:
    """A body with the name of its region before its own, unless it holds one."""
    called = place is not None and (place.organ_name or place.name).startswith(mention.place)
    return organ_names.body(place, mention.name, kind=mention.kind, placed=mention.place if called else "")
