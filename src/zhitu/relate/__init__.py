"""Room `relate`: what the report says of its entities: claims with agents, status and evidence, and observations."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import repeat

from zhitu.lexicon.figures import indicator_of, topic_of
from zhitu.model import (
    NATION,
    Claim,
    Extraction,
    Link,
    Mention,
    Observation,
    Report,
    Resolved,
    Sentence,
    Span,
    Status,
    record_id,
)
from zhitu.relate.agents import Agents
from zhitu.relate.titles import title_claims

PLANNED = re.compile(
    r"""
      # 将 before what is to be done
      将(?=
        # how and where
        以 | 要 | 继续 | 进一步 | 全面 | 持续 | 深入 | 加快 | 坚持 | 按照 | 严格 | 认真 | 着力 | 大力 | 重点 | 不断 | 积极 | 切实 | 始终
        | 紧紧 | 围绕 | 聚焦 | 在 | 于 | 从 | 对
        # what
        | 选择 | 推进 | 推动 | 出台 | 制定 | 开展 | 落实 | 深化 | 完善 | 建立 | 加强 | 印发 | 启动 | 组织 | 探索 | 实施 | 健全 | 优化
        | 打造 | 统筹 | 修订 | 实行 | 推行 | 协调 | 会同 | 联合
      )
      # at the head of a clause: 拟 but not 拟定, 拟废止3件; 计划, 下一步
    | (?:^|[,、])
        (?:拟(?![定订制]|(?:修改|修订|废止|宣布失效|保留)\d)|计划|打算|力争|争取|准备|下一?步|今后|明年)
      # under way or thought of: 谋划建设, 正在起草
    | 谋划(?=“|新建|建设|打造|设立|成立|创建|实施|开展)
    | (?:正在|抓紧|加快|即将|尽快)(?=制定|建成|成立|完成|上线|启用|编制|起草|修订|出台|研究)
      # intended: 拟出台
    | 拟(?= 出台 | 制定 | 修订 | 印发 | 建立 | 成立 | 开展 | 启动 | 实施 | 推行 | 新建 | 建设 | 组建 | 设立 | 打造 | 起草 | 编制 | 举办
        | 召开 | 探索 | 试点 | 推广 | 推出)
      # by a date: 确保年底前
    | (?:力争|争取|确保)(?=[^,。]{0,20}(?:年底|年内|前))
    """,
    re.VERBOSE,
)
DENIED = re.compile(
    r"(?:尚无|没有|无)(?:单位|部门|地区|县区|乡镇|镇街)$|(?:未|没有|尚未|无|不再|并未|暂未|从未|不)(?:能|有|再|曾|完全|予|及时|严格|真正|充分|切实)?$"
)
TITLE = re.compile(r"《[^《》]*》")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!结转|遗留|以来|以后|之后|至今|起)")
TEACHES = re.compile(r"党校|讲师团|宣讲团|普法团|学院|大学")  # who teaches a law has it studied: the region studies
# what stands between an organ and what it has issued, runs or has founded, where that is told of it in passing
JOINTLY = "(?:联合|共同|合力|联名|会同)?"
ATTRIBUTED = {
    "document": ("issued", re.compile(rf"{JOINTLY}(?:印发|出台|发布|制定|公布|下发|颁布|编写|编印)的$")),
    "program": ("runs", re.compile(rf"{JOINTLY}(?:推出|组织|开展|打造|首创|推行|创办|建设|开发)的$")),
    "institution": ("established", re.compile(rf"{JOINTLY}(?:成立|组建|设立|共建|建立|建成)的$")),
}
REVISED = re.compile(r"(?:修订|修改)后的(?:《[^《》]*》[、和]?)*$")  # 公布修改后的《A》《B》
TO_BE_REVISED = re.compile(r"列[为入]修[订改](?:项目|计划)")
BASIS = re.compile(r"根据|依据|按照|依照|遵照|对照|(?<=为)(?:贯彻|落实|贯彻落实)")
SPREAD = re.compile(r"被[^,。;]{2,30}(?:推广|推开)$")
# 某校学生绘制的《X》由街道编印: the one that reports
BY_SELF = re.compile(r"由(?:[我本]?(?:街道|[镇乡县市区局厅委])|我们)(?=牵头|联合|组织|共同|统一|编|印|制|拟|发|出)")
# 公布|38个|县直部门权力清单: departments and places are counted, and not what the clause is about
BODIES_BEHIND = re.compile(
    r"(?:[省市州县区旗镇乡]?直|[省市州县区旗镇乡]级|行政|执法|政府|有关|相关|所属|各类|主要|成员|责任|设区)*"
    r"(?:部门|单位|机关|乡镇|镇街|街道|县区|县市|市州|盟市|旗县|苏木|嘎查|社区|[镇乡村市县区州旗](?![级政委直民场域]))"
)
CLAUSE = re.compile(r"[,。;:!?]")
# 建立Y机制,由X牵头、Z配合: who led what the clause before names
BY_LEADER = re.compile(r"(?:工作|制度|机制|活动|行动|改革|试点)?,由[^,;。]{2,30}")
HEAD = re.compile(r"(?:^|[。;:])$")
LED_ALONE = re.compile(r"牵头(?:抓总|负责|组织|落实|实施)?(?:[、,;。]|$)")
LED_REACH = 3  # clauses behind the one that names who leads
LED = frozenset(("issued", "established"))  # what whoever leads brings about


def relate(report: Report, resolved: Resolved) -> Extraction:
    """All that the report states, each with the shortest stretch of the source that carries it."""
    builder = _Builder(report, resolved)
    claims = builder.claims()
    links = tuple(
        Link(key, m.kind, builder.span(m.sentence, m.start, m.end), m.surface, m.rule, m.sentence, m.start, m.end)
        for m, key in resolved.mentions
    )
    return Extraction(
        report=report, region=resolved.region, year=resolved.year, publisher=resolved.publisher, agent=resolved.agent,
        entities=tuple(resolved.entities[key] for key in sorted(resolved.entities)), links=links, claims=claims,
        observations=builder.observations(), unresolved=resolved.unresolved,
    )  # fmt: skip


class _Builder:
    def __init__(self, report: Report, resolved: Resolved) -> None:
        self.report = report
        self.resolved = resolved
        self.sentences = {s.index: s for s in report.sentences}
        self.by_sentence: dict[int, list[tuple[Mention, str]]] = defaultdict(list)
        for mention, key in resolved.mentions:
            self.by_sentence[mention.sentence].append((mention, key))
        self.out: dict[str, Claim] = {}

    def span(self, sentence: int, start: int, end: int) -> Span:
        return self.sentences[sentence].span(start, end)

    def claims(self) -> tuple[Claim, ...]:
        default = self.resolved.agent or self.resolved.region
        agents = Agents(self.resolved, default)
        for sentence in self.report.sentences:
            mentions = self.by_sentence.get(sentence.index, [])
            agents.enter(sentence, mentions, goes_on=sentence.goes_on)
            if sentence.kind in ("header", "source", "signature", "note") or not mentions:
                continue
            for at, (mention, key) in enumerate(mentions):
                self._stated(sentence, mention, key, agents)
                self._attributed(sentence, mention, key, mentions[:at])
            self._led(sentence, mentions, agents)
        for subject, predicate, obj, (mention, start, end) in title_claims(self.resolved):
            self._claim(
                self.sentences[mention.sentence], subject, predicate, obj, start, end, "done", f"{predicate}.title"
            )
        # what is planned to go on with what is done, is done
        done = {(c.subject, c.predicate, c.object) for c in self.out.values() if c.status == "done"}
        said = (c for c in self.out.values() if c.status == "done" or (c.subject, c.predicate, c.object) not in done)
        return tuple(sorted(said, key=lambda c: (c.span.start, c.span.end, c.predicate, c.subject, c.object)))

    def _stated(self, sentence: Sentence, mention: Mention, key: str, agents: Agents) -> None:
        """What the verb that governs the mention says."""
        if not mention.predicates or mention.verb is None or mention.inside is not None:
            return
        verb = mention.verb
        if DENIED.search(sentence.text[max(0, verb[0] - 4) : verb[0]]):
            return
        start, end = min(verb[0], mention.start), max(verb[1], mention.end)
        if "随着" in sentence.text and sentence.text.startswith(
            "随着", max(map(sentence.text.rfind, ",。;", repeat(0), repeat(start))) + 1
        ):
            return  # 随着X实施: a circumstance, and nobody's deed
        status = self._status(sentence, start)
        if sentence.shortfall and mention.kind == "program" and status != "planned":
            return
        if status == "planned" and "了" in sentence.text[verb[1] - 1 : verb[1] + 1]:
            status = "done"  # 编制了《…》, among plans
        if "已" in sentence.text[mention.end : verb[1]] or sentence.text[verb[0] - 1 : verb[0]] == "已":
            status = "done"  # 拟修改2件,其中《X》已废止 · 拟废止11件,已废止《X》
        if mention.predicates == ("revised",) and TO_BE_REVISED.search(sentence.text, *verb):
            status = "planned"
        subjects, leading = agents.at(verb[0])
        leading = leading or (mention.verb_id == "right" and sentence.text.endswith("牵头", mention.end, verb[1]))
        if mention.verb_id == "head":
            subjects = self._of_owner(mention, verb[0]) or agents.nobody
        elif mention.predicates == ("studied",) and all(map(TEACHES.search, subjects)):
            subjects = tuple(dict.fromkeys((*subjects, *agents.nobody)))
        elif key in subjects:
            subjects = agents.nobody  # A、B挂牌成立: they are what is founded, and nobody is said to do it
        if (
            subjects == agents.nobody
            and BASIS.fullmatch(sentence.text, *verb)
            and mention.predicates == ("implements",)
            and sentence.text[verb[0] - 1 : verb[0]] in ("", ",", ";", "。", "-", "—", "为")
        ):
            at, behind = agents.behind(mention.end)
            if sentence.text[mention.end : at].count(",") == 1:
                subjects = behind or subjects  # 依据X,县法制办审查…: whoever then acts does so by X
        made_up = mention.predicates == ("established",) and sentence.text.startswith("组成", verb[0])
        if made_up and all(subject.startswith("institution:") for subject in subjects):
            subjects = agents.nobody  # 由A、B的专家组成: they are its members
        if BY_SELF.search(sentence.text, mention.end, verb[1]):
            subjects = agents.nobody
        spread = SPREAD.search(sentence.text, mention.end, verb[1])
        if spread and (by := self._standing_at(mention.sentence, spread.start() + 1)):
            subjects = by  # 机制被省局作为经验推开
        subjects = self._respective(sentence, mention, subjects)
        owner = self.resolved.entities[key].region
        national = owner == f"region:{NATION}"
        behind_it = verb[0] >= mention.end and "issued" in mention.predicates
        if behind_it and subjects == agents.nobody and owner is not None and owner == self.resolved.region:
            subjects = (owner,)  # 《陕西省…》颁布, in the report of the province's department
        if behind_it and subjects == agents.nobody and owner not in (None, *agents.nobody):
            return  # 《深圳市…》正式出台, in a district's report: it says not who did it
        if {"repealed", "revised"} & {*mention.predicates} and agents.only_carried(subjects):
            subjects = agents.nobody  # 区司法局审查文件9件;清理文件,废止《X》: the region's deed
        for predicate in mention.predicates:
            if not subjects and predicate == "leads":
                continue
            if national and predicate in ("revised", "repealed") and owner != self.resolved.region:
                continue  # only the State changes what the State has issued
            for subject in subjects:
                said = "leads" if leading and predicate in ("runs",) else predicate
                if leading and predicate in ("issued", "revised", "established") and not subject.startswith("region:"):
                    self._claim(sentence, subject, "leads", key, start, end, status, f"leads.{mention.verb_id}")
                if said == "leads" and self._in_body(mention):
                    continue  # 牵头建立|公平竞争审查|联席会议: the body is led
                if said == "leads" and subject.startswith("region:"):
                    said = {"program": "runs", "institution": "established"}.get(mention.kind, "issued")
                if subject != key:
                    self._claim(sentence, subject, said, key, start, end, status, f"{said}.{mention.verb_id}")

    def _respective(self, sentence: Sentence, mention: Mention, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """A、B分别公布《X》《Y》: as many who act as there are objects, one to one; A、B立法,《A条例》《B条例》颁布: each its own."""
        if mention.verb is None or len(subjects) < 2:
            return subjects
        if "issued" in mention.predicates:
            named = {key for m, key in self.by_sentence[mention.sentence] if m.start == mention.start + 1 and m.inside}
            if (own := named & {*subjects}) and all(key.startswith("region:") for key in subjects):
                return tuple(own)
        start, end = mention.verb
        if "分别" not in sentence.text[max(0, start - 4) : end]:
            return subjects
        objects = [m for m, _ in self.by_sentence[mention.sentence] if m.verb == mention.verb and m.inside is None]
        return (subjects[objects.index(mention)],) if len(objects) == len(subjects) else subjects

    def _standing_at(self, sentence: int, place: int) -> tuple[str, ...]:
        """The organ whose name begins there, if one does."""
        return tuple(key for m, key in self.by_sentence[sentence] if m.start == place and m.kind == "agency")[:1]

    def _in_body(self, mention: Mention) -> bool:
        """Whether it is a program in the name of a body."""
        return mention.kind == "program" and any(
            m.kind == "institution" and m.start <= mention.start and m.end > mention.end
            for m, _ in self.by_sentence[mention.sentence]
        )

    def _of_owner(self, mention: Mention, at: int) -> tuple[str, ...]:
        """The place or organ whose name stands there: 洱源县“古村和事佬”调处纠纷1960件."""
        here = [(m, key) for m, key in self.by_sentence[mention.sentence] if m.start == at and m.end <= mention.start]
        key = next((key for m, key in here if m.kind in ("region", "agency")), "")
        return (key,) if key and key != self.resolved.region else ()

    def _attributed(self, sentence: Sentence, mention: Mention, key: str, before: list[tuple[Mention, str]]) -> None:
        """县政府办公室印发的《X》, 市工商局推出的“Y”系统: whose it is, said beside what is done with it."""
        revised = REVISED.search(sentence.text, 0, mention.start) if mention.kind == "document" else None
        own = self.resolved.region
        if revised and own and self.resolved.entities[key].region == own and mention.inside is None:
            by, rule = self.resolved.agent or own, "revised.attributed"
            self._claim(sentence, by, "revised", key, revised.start(), mention.end, "done", rule)
        said = ATTRIBUTED.get(mention.kind)
        if said is None or mention.inside is not None or sentence.text[mention.start - 1 : mention.start] != "的":
            return
        predicate, verb = said
        match = verb.search(sentence.text, max(0, mention.start - 12), mention.start)
        if match is None:
            return
        end, subjects = match.start(), []
        for organ, organ_key in reversed(before):
            if organ.kind != "agency" or organ.inside is not None:
                continue
            if sentence.text[organ.end : end] not in ("", "、", "和", "与", "会同", "联合") or organ.end > end:
                break
            subjects.append(organ_key)
            end = organ.start
        for subject in subjects:
            if subject != key:
                self._claim(sentence, subject, predicate, key, end, mention.end, "done", f"{predicate}.attributed")

    def _led(self, sentence: Sentence, mentions: list[tuple[Mention, str]], agents: Agents) -> None:
        """由X牵头,…Y: X leads what the sentence then says is issued or founded, and the first program that it names,
        even where no verb runs it; and where it names nothing more, what the clause before did: 建立Y,由X牵头."""
        # most sentences name no leader, and their clauses need not be read for it
        lead = agents.leader if "牵头" in sentence.text else None
        if lead is None:
            return
        subjects, begin, end = lead
        program, led = False, []
        for mention, key in mentions:
            if mention.inside is not None or mention.start < begin or key in subjects:
                continue
            if mention.start >= end or sentence.text.count(",", begin, mention.start) > LED_REACH:
                break
            if mention.kind == "program":
                if program or any(m.kind == "institution" and m.start <= mention.start < m.end for m, _ in mentions):
                    continue
                program = True
            elif not LED.intersection(mention.predicates) or subjects != agents.at(mention.start)[0][: len(subjects)]:
                continue
            led.append((mention, key))
        alone = not led and LED_ALONE.match(sentence.text, begin)
        if alone and not any(mention.predicates for mention, _ in mentions if mention.start > begin):
            led = [
                (mention, key)
                for mention, key in mentions
                if mention.inside is None
                and mention.kind in ("program", "institution")
                and (mention.predicates or HEAD.search(sentence.text, 0, mention.start))
                and mention.end < begin
                and BY_LEADER.fullmatch(sentence.text, mention.end, begin)
            ]
        for mention, key in led:
            status = self._status(sentence, mention.start)
            for subject in subjects:
                if subject != key:
                    self._claim(sentence, subject, "leads", key, mention.start, mention.end, status, "leads.clause")

    def _status(self, sentence: Sentence, at: int) -> Status:
        if sentence.planned:
            return "planned"
        begin = max(map(sentence.text.rfind, "。;!?", repeat(0), repeat(at))) + 1
        return "planned" if PLANNED.search(sentence.text, begin, at + 3) else "done"

    def _claim(
        self,
        sentence: Sentence,
        subject: str,
        predicate: str,
        obj: str,
        start: int,
        end: int,
        status: Status,
        rule: str,
    ) -> None:
        span = sentence.span(start, end)
        key = record_id(self.report.source.sha256, rule, span.start, span.end, subject, predicate, obj)
        quote = self.report.source.text[span.start : span.end]
        self.out.setdefault(key, Claim(f"claim:{key}", subject, predicate, obj, status, span, quote, rule))

    def observations(self) -> tuple[Observation, ...]:
        out: dict[str, Observation] = {}
        agents = Agents(self.resolved, self.resolved.region)
        entered, topic = -1, ""
        for figure in self.resolved.figures:
            sentence = self.sentences[figure.sentence]
            if entered != sentence.index:
                agents.enter(sentence, self.by_sentence.get(sentence.index, []), goes_on=False)
                entered, topic = sentence.index, ""
            topic = topic_of(figure.indicator) or topic
            wording = figure.indicator
            bodies = figure.unit in ("个", "家") and BODIES_BEHIND.match(sentence.text, figure.end) is not None
            indicator = indicator_of(wording, figure.unit, bodies=bodies)
            about = topic if indicator is None and topic not in wording else ""
            if about and (indicator := indicator_of(about + wording, figure.unit, bodies=bodies)):
                wording = about + wording  # 收到行政复议申请22件,直接纠错3件
            named = not sentence.text[figure.start].isnumeric()  # a rate of a list
            start = figure.start if named else self._quote_start(sentence, figure.start)
            end = self._quote_end(sentence, figure.end, figure.indicator)
            span = sentence.span(start, end)
            key = record_id(
                self.report.source.sha256, figure.rule, span.start, span.end, figure.start, figure.value, figure.unit
            )
            before = sentence.text[max(0, start - 12) : figure.start]
            year = YEAR.findall(TITLE.sub("", before)) if "年" in before else []
            out.setdefault(
                key,
                Observation(
                    f"observation:{key}", indicator, wording, figure.value, figure.unit, self._whose(agents.at(figure.start)[0]),
                    int(year[-1]) if year else self.resolved.year, span, self.report.source.text[span.start : span.end], figure.rule,
                ),
            )  # fmt: skip
        return tuple(sorted(out.values(), key=lambda o: (o.span.start, o.span.end, o.value, o.unit)))

    def _whose(self, subjects: tuple[str, ...]) -> str | None:
        """The region whose figure it is: that of a subordinate place or of its organ which heads the clause, else the report's."""
        for key in () if self.resolved.region in subjects else subjects:
            entity = self.resolved.entities[key]
            region = key if entity.kind == "region" else entity.region
            if region and region in self.resolved.entities and region != f"region:{NATION}":
                return region
        return self.resolved.region

    @staticmethod
    def _quote_start(sentence: Sentence, at: int) -> int:
        return max(map(sentence.text.rfind, ",。;:!?、", repeat(0), repeat(at))) + 1

    @staticmethod
    def _quote_end(sentence: Sentence, at: int, indicator: str) -> int:
        """The noun behind the measure word belongs to the quote as far as the indicator took it in."""
        text = sentence.text
        end = at
        while end < len(text) and text[at : end + 1] in indicator and not CLAUSE.match(text[end]):
            end += 1
        return end
