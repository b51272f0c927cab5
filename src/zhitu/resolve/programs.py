"""Programs: which one a name means, and of which region it is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from zhitu.lexicon.matcher import squash
from zhitu.lexicon.programs import Program
from zhitu.lexicon.programs import by_name as known_programs
from zhitu.lexicon.words import is_boundary
from zhitu.model import Entity, Mention
from zhitu.resolve.ledger import Ledger
from zhitu.resolve.places import NATION_PLACE, Place, brief, place_of_code
from zhitu.resolve.regions import clause_region, place_behind

# how something is done, which is said of many things: “一站式”服务平台, “一站式”调解平台
MANNER = re.compile(r".*(?:式|型|一体|一条龙|全流程|全链条|全周期|全方位|全覆盖|一张网|一张图|一盘棋|\+)")
HAN = re.compile("[\u4e00-\u9fff]")
# who gave a program its name: 省委“1+1+9”工作部署, 国务院安委会“十五条”
SCOPE_BEFORE = re.compile(r"(自治区|省|市)(?:委|政府|级|里|的)?(?:全会|工作)?$|(省|市)(?:委|政府)[^,。、;“”]{0,4}$")
ABOVE_ALL = re.compile(r"(?:国务院|党中央|中央)(?:安委会|安委办|办公厅)?[^,。、;“”]{0,3}$")
REACH_BEFORE = 9  # characters before the name in which they stand
ALSO_CALLED = re.compile(r"[^,。;]{0,6},?\(?(?:即|也就是|又称|又名)“?")
WORK = re.compile(r"(?:工作|建设工作)$")
COUNT_ALONE = re.compile(r"[两三四五六七八九十]个[\u4e00-\u9fff]{2}")
CLASS_BEHIND = re.compile(r"(?:改革|制度|机制|模式|活动|行动|建设|试点|平台|工程|监管)+")


def resolve_programs(ledger: Ledger, mentions: list[Mention]) -> None:
    """Links the mentions of programs, in reading order."""
    numbered = _numbered(mentions)
    last: tuple[Mention, Entity] | None = None
    for mention in mentions:
        if last is not None and _same_by_word(ledger, last[0], mention):
            ledger.link(mention, replace(last[1], names=(*last[1].names, mention.name)))
            continue
        last = None
        if mention.rule == "program.known" and _elsewhere(ledger, mention):
            mention = replace(mention, rule="program.quoted")  # 集体经济监督管理“四个平台” are not 浙江's
        elif mention.rule == "program.known" and _not_yet(ledger, known_programs()[mention.name]):
            mention = replace(mention, rule="program.quoted", name=mention.surface.strip("“”"))
        if mention.rule == "program.known":
            if whole := _whole_name(mention, mentions):
                mention = replace(mention, name=whole)
            last = (mention, _known(ledger, mention))
        elif ledger.own is None:
            ledger.drop(mention, "local program of no region")
        elif mention.rule != "program.titled" or _of_own_title(ledger, mention, ledger.own):
            # what another region's title calls a program is not known to be one
            last = (mention, _local(ledger, mention, own=ledger.own, core=numbered.get(mention.name, mention.name)))
        if last is not None:
            ledger.link(*last)


def _elsewhere(ledger: Ledger, mention: Mention) -> bool:
    """Whether a known program of one province has a name that says too little to be meant in another."""
    scope = known_programs()[mention.name].scope
    if not scope.isdigit() or not COUNT_ALONE.fullmatch(mention.name) or ledger.own is None:
        return False
    return all(place.code != scope for place in ledger.own.chain())


def _not_yet(ledger: Ledger, program: Program) -> bool:
    """Whether the report is older than the nation's program that a word in quotes may mean: “两重” in 2019."""
    year = ledger.report.header.year
    quoted = program.marks == "quoted" and not program.scope.isdigit() and program.scope != "own"
    return quoted and year is not None and program.since - year > 1 and ledger.own is not None


def _own_version(ledger: Ledger, program: Program, own: Place) -> bool:
    """Whether each region has its own of it: so says the lexicon, or it is a province's that is not the report's, or
    not yet the province's in that year: 接诉即办 outside 北京."""
    if program.scope == "own":
        return True
    if own.key == NATION_PLACE.key or not program.scope.isdigit():
        return False
    year = ledger.report.header.year
    before = program.since - year if year is not None else 0
    return before > 0 or all(place.code != program.scope for place in own.chain())


def _numbered(mentions: list[Mention]) -> dict[str, str]:
    """“双十工程” → 学位供给“双十工程”, where the report has but one name that ends so."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.rule == "program.numbered":
            names[mention.note.removeprefix("core=")].add(mention.name)
    return {core: found.pop() for core, found in names.items() if len(found) == 1}


def _same_by_word(ledger: Ledger, first: Mention, second: Mention) -> bool:
    """“X”,即Y: two names of one program."""
    if first.sentence != second.sentence:
        return False
    between = ledger.text(second)[first.end : second.start]
    return bool(ALSO_CALLED.fullmatch(between))


def _whole_name(mention: Mention, mentions: list[Mention]) -> str:
    """“一件事” in a report that names 高效办成一件事: the one longer known name around a word known in quotes only."""
    part = mention.name
    if known_programs()[part].marks != "quoted":
        return ""
    known = {m.name for m in mentions if m.rule == "program.known"} - {part}
    longer = [name for name in known if name.endswith(part) or name.startswith(part)]
    return longer[0] if len(longer) == 1 else ""


def _known(ledger: Ledger, mention: Mention) -> Entity:
    """A program of the lexicon: of the region named there, or of each region its own."""
    program = known_programs()[mention.name]
    own = _scope(ledger, mention, ledger.own) if ledger.own and _own_version(ledger, program, ledger.own) else None
    scope = own or place_of_code(program.scope) or NATION_PLACE
    ledger.add_place(scope)
    tail = CLASS_BEHIND.match(ledger.text(mention), mention.end)  # “放管服”改革: with the class word behind it
    written = (mention.surface, mention.surface + tail.group()) if tail else (mention.surface,)
    return _entity(program.name, written, scope.key)


@lru_cache(maxsize=16384)
def _entity(name: str, written: tuple[str, ...], scope: str) -> Entity:
    """A known program, as it is written, of the region with the key `scope`."""
    program = known_programs()[name]
    where = "CN" if scope == NATION_PLACE.key else scope.partition(":")[2]
    theme = program.family
    return Entity(
        key=f"program:{where}-{squash(name)}", kind="program", name=name, names=tuple(sorted({*program.variants, *written} - {name})),
        region=scope, family=f"policyfamily:{squash(theme)}" if theme else None, family_name=theme or None,
    )  # fmt: skip


def _of_own_title(ledger: Ledger, mention: Mention, own: Place) -> bool:
    """Whether the title around the mention is that of a document of the reporting region, or of nobody known."""
    title = (mention.sentence, mention.inside, "document")
    keys = (
        key
        for (sentence, start, _, kind), found in ledger.links.items()
        if (sentence, start, kind) == title
        for key in found
    )
    return all(ledger.entities[key].region in (None, own.key) for key in keys)


def _local(ledger: Ledger, mention: Mention, *, own: Place, core: str) -> Entity:
    """A program of one's own: the quoted name (`core`) makes the key, so that its mentions meet whatever class word
    follows; figures alone (“1+N”) name nothing without it."""
    scope = _scope(ledger, mention, own)
    ledger.add_place(scope)
    told = core == mention.name  # not by a longer name of the report
    quoted = told and mention.rule in ("program.quoted", "program.titled")
    tail = mention.note.removeprefix("tail=") if told and mention.note.startswith("tail=") else ""
    tail = WORK.sub("", tail)
    name = f"“{core}”{tail}" if quoted else core + tail
    names = {core, name, *(core + ending for ending in _tails(tail))}
    return Entity(
        key=f"program:{scope.slug}-{squash(core if HAN.search(core) and not MANNER.fullmatch(core) else core + tail)}",
        kind="program",
        name=name,
        names=tuple(sorted(names - {name})),
        region=scope.key,
    )


@lru_cache(maxsize=4096)
def _tails(tail: str) -> tuple[str, ...]:
    """机制, 监管模式 → every shorter ending under which the name may stand as well."""
    return tuple(tail[:i] for i in range(2, len(tail) + 1) if i == len(tail) or is_boundary(tail, i))


def _scope(ledger: Ledger, mention: Mention, own: Place) -> Place:
    """The higher region that the words before the name give (市级, 省“…”), else the reporting region."""
    if (place := place_behind(ledger, mention)) is not None and mention.rule == "program.known":
        return place  # 浙江省“最多跑一地”改革
    before = ledger.text(mention)[max(0, mention.start - REACH_BEFORE) : mention.start]
    if ABOVE_ALL.search(before):
        return NATION_PLACE
    level = SCOPE_BEFORE.search(before)
    place = ledger.context.level(level[1] or level[2]) if level else None
    place = place or clause_region(ledger, mention)
    if place is not None and place.level in ("township", "village"):
        place = None  # what a town does is told as its county's
    return place or _in_name(mention, own) or own


def _in_name(mention: Mention, own: Place) -> Place | None:
    """The place of the report's chain with whose name the program's begins: “吉林省行政执法公示平台”."""
    for place in own.chain():
        if mention.name.startswith((place.name, *place.names)) or place.name in mention.surface:
            return place
        if (word := brief(place)) and word in mention.name:
            return place  # “山海连城绿美深圳”
    return None
