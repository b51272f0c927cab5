"""The review: people decide, the next build obeys, and without the file all is as it was read."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import zhitu
from frame.conftest import write_reports
from frame.test_cli import Run
from frame.test_cli import run as run
from frame.test_laws import corpora, outputs
from zhitu import pipeline
from zhitu.errors import UsageError
from zhitu.model import record_id
from zhitu.pipeline import extract, read
from zhitu.review import Decision, Review, Things, apply, read_review
from zhitu.tabulate import tabulate

SLIP = {
    "a.txt": (
        "宿城区 321302 2020\n"
        "issued 重大行政决策程序规定 ~重大行政决策程序\n"
        "by 321302 司法局 implements 重大行政决测程序规定\n"
        "lost region 高新区 region:371500-高新区\n"
    ),
    "b.txt": "宿城区 321302 2021\nimplements 重大行政决测程序规定\nlost region 高新区\nlost agency 管委会\n",
}
RIGHT, WRONG = "document:321302-重大行政决策程序规定", "document:321302-重大行政决测程序规定"
FUSE = f"- same: [{RIGHT}, {WRONG}]\n  note: 错字\n"


@pytest.fixture
def slips(tmp_path: Path) -> Path:
    """Two reports in which one document has two names."""
    return write_reports(tmp_path / "in", SLIP)


@pytest.fixture
def decide(tmp_path: Path, slips: Path) -> Callable[..., Any]:
    """Builds them into `tmp_path/out` with a review of this text; gives the summary."""

    def run_with(text: str, **options: Any) -> Any:
        path = tmp_path / "review.yaml"
        path.write_text(text, encoding="utf-8")
        return pipeline.build(slips, out=tmp_path / "out", review=path, **options)

    return run_with


def ask(out: Path, query: str) -> list[Any]:
    with zhitu.open(out) as graph:
        return graph.connection.execute(query).fetchall()


def review_of(text: str) -> Review:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "review.yaml"
        path.write_text(text, encoding="utf-8")
        return read_review(path)


# the file ------------------------------------------------------------------------------------------------------------

READ = [
    ("an empty file decides nothing", "", []),
    ("comments decide nothing", "# - same: [agency:a, agency:b]\n", []),
    ("same", "- same: [agency:a, agency:b]", [Decision("same", "agency:a", "agency:b")]),
    (
        "the first of several is kept",
        "- same: [agency:a, agency:b, agency:c]",
        [Decision("same", "agency:a", "agency:b"), Decision("same", "agency:a", "agency:c")],
    ),
    ("different goes both ways", "- different: [agency:b, agency:a]", [Decision("different", "agency:a", "agency:b")]),
    (
        "a note, on one line",
        "- same: [agency:a, agency:b]\n  note: |\n    改名\n    2019\n",
        [Decision("same", "agency:a", "agency:b", note="改名 2019")],
    ),
    ("a note left empty", "- same: [agency:a, agency:b]\n  note:\n", [Decision("same", "agency:a", "agency:b")]),
    (
        "a mention, anywhere",
        "- mention: {kind: region, surface: 高新区}\n  is: region:371500-高新区\n",
        [Decision("entity", "region:371500-高新区", kind="region", surface="高新区")],
    ),
    (
        "a mention in one report",
        "- mention: {kind: region, surface: 高新区, report: 市/a.txt}\n  is: nothing\n",
        [Decision("nothing", kind="region", surface="高新区", report="市/a.txt")],
    ),
    (
        "said twice, it is one decision with both notes",
        "- {same: [agency:a, agency:b], note: 二}\n- {same: [agency:a, agency:b], note: 一}\n",
        [Decision("same", "agency:a", "agency:b", note="一; 二")],
    ),
    ("a mark of the encoding", "\ufeff- same: [agency:a, agency:b]", [Decision("same", "agency:a", "agency:b")]),
]  # fmt: skip


@pytest.mark.parametrize(("about", "text", "expected"), READ, ids=[case[0] for case in READ])
def test_a_file_is_read(about: str, text: str, expected: list[Decision]) -> None:
    """Each form of an entry, as decisions."""
    assert list(review_of(text).decisions) == expected


MISTAKES = [
    ("no YAML", "- same: [agency:a", "no YAML"),
    ("no list", "same: [agency:a, agency:b]", "no list"),
    ("no entry", "- agency:a\n", "no entry"),
    ("none of the words", "- equal: [agency:a, agency:b]", "one of same, different, mention"),
    ("two of the words", "- same: [agency:a, agency:b]\n  different: [agency:a, agency:c]", "one of same"),
    (
        "one word twice, the dash forgotten",
        "- same: [agency:a, agency:b]\n  same: [agency:c, agency:d]",
        "twice in one",
    ),
    ("a word that goes with another", "- same: [agency:a, agency:b]\n  is: agency:c", "cannot stand beside same"),
    ("one key", "- same: [agency:a]", "two keys"),
    ("a key that is none", "- same: [agency:a, 司法局]", "no key"),
    ("a key of no entity", "- same: [claim:a, claim:b]", "no key"),
    ("a key twice", "- same: [agency:a, agency:a]", "one key twice"),
    ("different kinds", "- same: [agency:a, institution:a]", "different kinds: agency, institution"),
    ("a note that is a list", "- same: [agency:a, agency:b]\n  note: [x]", "note is no text"),
    ("a mention without kind", "- mention: {surface: x}\n  is: nothing", "mention should be"),
    ("a mention without meaning", "- mention: {kind: agency, surface: x}", "no key"),
    ("an unknown kind", "- mention: {kind: person, surface: x}\n  is: nothing", "no kind 'person'"),
    ("a mention of another kind", "- mention: {kind: agency, surface: x}\n  is: region:321302", "is no agency"),
    ("a surface that YAML takes for a number", "- mention: {kind: agency, surface: 110}\n  is: nothing", "texts"),
    (
        "same and different",
        "- same: [agency:a, agency:b]\n- different: [agency:b, agency:a]",
        "both same and different",
    ),
    (
        "same by way of a third",
        "- same: [agency:a, agency:b]\n- same: [agency:b, agency:c]\n- different: [agency:c, agency:a]",
        "both same and different",
    ),
    ("a circle", "- same: [agency:a, agency:b]\n- same: [agency:b, agency:a]", "ends in itself"),
    (
        "a longer circle",
        "- same: [agency:a, agency:b]\n- same: [agency:b, agency:c]\n- same: [agency:c, agency:a]",
        "ends in itself",
    ),
    ("two that are kept", "- same: [agency:a, agency:c]\n- same: [agency:b, agency:c]", "both agency:a and agency:b"),
    (
        "a mention that is two things",
        "- mention: {kind: agency, surface: x}\n  is: agency:a\n- mention: {kind: agency, surface: x}\n  is: nothing",
        "x is both",
    ),
]


@pytest.mark.parametrize(("about", "text", "said"), MISTAKES, ids=[case[0] for case in MISTAKES])
def test_mistakes_are_told(about: str, text: str, said: str) -> None:
    """A usage error that names file, line and remedy."""
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        review_of(text)
    assert "review.yaml" in caught.value.message
    assert caught.value.remedy
    if "list" not in said:
        assert re.search(r"line \d+", caught.value.message)


def test_a_mistake_is_told_before_the_work(decide: Callable[..., Any], tmp_path: Path) -> None:
    """Nothing has been written when the review makes no sense, or is not there."""
    with pytest.raises(UsageError, match="no key"):
        decide("- same: [x, y]")
    with pytest.raises(UsageError, match="cannot read"):
        pipeline.build(tmp_path / "in", out=tmp_path / "out", review=tmp_path / "none.yaml")
    assert not (tmp_path / "out").exists()


keys = st.sampled_from([f"document:321302-{name}" for name in "甲乙丙丁"])
entries = st.one_of(
    st.builds(lambda pair, note: {"same": list(pair), "note": note}, st.permutations(list("甲乙丙丁")).map(
        lambda names: [f"document:321302-{name}" for name in names[:2]]), st.sampled_from(["", "一", "二"])),
    st.builds(lambda a, b: {"different": [a, b]}, keys, keys),
    st.builds(lambda what, is_: {"mention": {"kind": "document", "surface": what}, "is": is_},
              st.sampled_from(["《办法》", "《规定》"]), st.one_of(keys, st.just("nothing"))),
)  # fmt: skip


@given(said=st.lists(entries, max_size=5), data=st.data())
def test_the_order_of_entries_does_not_matter(said: list[Any], data: st.DataObject) -> None:
    """The same review, or the same complaint, but for the number of the line."""

    def outcome(items: list[Any]) -> object:
        try:
            review = review_of(yaml.safe_dump(items, allow_unicode=True))
        except UsageError as error:
            # of one and the same mistake in several entries, any may be named
            return error.remedy
        return review.decisions, review.digest, review.roots, review.mentions

    one_by_one = [outcome([item]) for item in said]
    if any(isinstance(item, str) for item in one_by_one):
        return  # an entry that is wrong in itself is named first, whichever stands first
    assert outcome(data.draw(st.permutations(said))) == outcome(said)


# what a build makes of it --------------------------------------------------------------------------------------------


def test_same_is_one_thing(decide: Callable[..., Any], tmp_path: Path) -> None:
    """All claims, names and mentions go to the key that is kept; the other is nowhere but in what was decided."""
    summary = decide(FUSE)
    assert (summary.counts["entities_by_kind"]["document"], summary.idle) == (1, ())
    out = tmp_path / "out"
    assert ask(out, "SELECT subject, predicate, object FROM claims ORDER BY ALL") == [
        ("agency:321302-司法局", "implements", RIGHT),
        ("region:321302", "implements", RIGHT),
        ("region:321302", "issued", RIGHT),
    ]
    assert ask(out, f"SELECT role, name FROM label_all WHERE entity = '{RIGHT}' ORDER BY ALL") == [
        ("alt", "重大行政决测程序规定"),
        ("pref", "重大行政决策程序规定"),
    ]
    assert ask(out, f"SELECT count(*) FROM mentions WHERE entity = '{RIGHT}'") == [(3,)]
    assert ask(out, "SELECT DISTINCT family FROM entities WHERE kind = 'document'") == [("family:重大行政决策程序",)]
    written = {name: data.decode() for name, data in outputs(out).items() if name != "build.json"}
    assert [name for name, text in written.items() if WRONG.partition(":")[2] in text] == []


def test_claims_get_the_keys_that_they_would_have_had(decide: Callable[..., Any], tmp_path: Path) -> None:
    """A claim's key follows from digest, rule, place and what it says, as `relate` has it."""
    decide(FUSE)
    query = f"""SELECT c.claim, r.sha256, c.rule, c.char_start, c.char_end, c.subject, c.predicate, c.object
                FROM claims c JOIN reports r USING (report) WHERE c.object = '{RIGHT}' AND c.predicate = 'implements'"""
    for key, *parts in ask(tmp_path / "out", query):
        assert key == f"claim:{record_id(*parts)}"
    seed = sorted((Path(__file__).parents[2] / "seeds").iterdir())[0]
    rows = tabulate(extract(read(seed)))
    digest = rows["reports"][0][1]
    for key, _, subject, predicate, target, _, _, start, end, rule in rows["claims"]:
        assert key == f"claim:{record_id(digest, rule, start, end, subject, predicate, target)}"


def test_a_review_that_touches_nothing_changes_no_row() -> None:
    """Of a real report too."""
    seed = sorted((Path(__file__).parents[2] / "seeds").iterdir())[0]
    rows = tabulate(extract(read(seed)))
    review = review_of("- same: [agency:a, agency:b]")
    assert {name: sorted(map(repr, some)) for name, some in apply(rows, review=review, things=Things()).items()} == {
        name: sorted(set(map(repr, some))) for name, some in rows.items()
    }


def test_different_is_no_longer_listed(decide: Callable[..., Any], tmp_path: Path) -> None:
    """The pair leaves the list, and nothing else changes."""
    before = decide("")
    (pair,) = json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))["near_duplicates"]
    assert (pair["a"][0], pair["b"][0], pair["times"], pair["reports"]) == (WRONG, RIGHT, [2, 1], [2, 1]) or (
        pair["a"][0], pair["b"][0], pair["times"], pair["reports"]) == (RIGHT, WRONG, [1, 2], [1, 2])  # fmt: skip
    after = decide(f"- different: [{RIGHT}, {WRONG}]")
    assert json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))["near_duplicates"] == []
    assert after.counts == before.counts


ZONE = "region:371500-高新区"
MENTIONS = [
    (
        "everywhere",
        f"- mention: {{kind: region, surface: 高新区}}\n  is: {ZONE}\n",
        [("a.txt", ZONE), ("b.txt", ZONE)],
        [("b.txt", "管委会")],
    ),
    (
        "in one report",
        f"- mention: {{kind: region, surface: 高新区, report: b.txt}}\n  is: {ZONE}\n",
        [("b.txt", ZONE)],
        [("a.txt", "高新区"), ("b.txt", "管委会")],
    ),
    (
        "one report is an exception",
        f"- mention: {{kind: region, surface: 高新区, report: b.txt}}\n  is: nothing\n"
        f"- mention: {{kind: region, surface: 高新区}}\n  is: {ZONE}\n",
        [("a.txt", ZONE)],
        [("b.txt", "管委会")],
    ),
    (
        "by way of what is the same",
        f"- mention: {{kind: region, surface: 高新区, report: b.txt}}\n  is: region:371500-高新技术区\n"
        f"- same: [{ZONE}, region:371500-高新技术区]\n",
        [("b.txt", ZONE)],
        [("a.txt", "高新区"), ("b.txt", "管委会")],
    ),
    ("no entity", "- mention: {kind: agency, surface: 管委会}\n  is: nothing\n", [],
     [("a.txt", "高新区"), ("b.txt", "高新区")]),
    ("another kind", "- mention: {kind: region, surface: 管委会}\n  is: nothing\n", [],
     [("a.txt", "高新区"), ("b.txt", "管委会"), ("b.txt", "高新区")]),
]  # fmt: skip


@pytest.mark.parametrize(("about", "text", "linked", "open_"), MENTIONS, ids=[case[0] for case in MENTIONS])
def test_mentions_that_people_resolved(
    about: str, text: str, linked: Any, open_: Any, decide: Callable[..., Any], tmp_path: Path
) -> None:
    """They become mentions of that entity, under a rule of their own; what is nothing disappears."""
    decide(text)
    query = "SELECT r.file, {} FROM {} m JOIN reports r USING (report) {} ORDER BY ALL"
    out = tmp_path / "out"
    assert ask(out, query.format("m.entity", "mentions", "WHERE m.rule = 'review.mention'")) == linked
    assert ask(out, query.format("m.surface", "unresolved", "")) == open_
    words = (
        "SELECT sha256, char_start, char_end, surface FROM mentions JOIN reports USING (report) WHERE rule LIKE 'rev%'"
    )
    for digest, start, end, surface in ask(out, words):
        assert (out / "texts" / f"{digest}.txt").read_bytes().decode()[start:end] == surface


def test_an_entity_that_no_report_has(decide: Callable[..., Any], tmp_path: Path) -> None:
    """What a key alone tells is known of it: its name, its level, and all that it lies in."""
    decide(f"- mention: {{kind: region, surface: 高新区}}\n  is: {ZONE}\n")
    found = ask(tmp_path / "out", "SELECT entity, label, region, level, zone FROM entity_all WHERE kind = 'region'")
    assert {row[0]: row[1:] for row in found if row[0] != "region:321302"} == {
        ZONE: ("聊城高新区", "region:371500", "county", True),
        "region:371500": ("聊城市", "region:370000", "prefecture", False),
        "region:370000": ("山东省", "region:000000", "province", False),
        "region:000000": ("中国", None, None, False),
    }


def test_a_key_that_tells_nothing(decide: Callable[..., Any]) -> None:
    """A division that there is not is an error, with a remedy."""
    with pytest.raises(UsageError, match="region:999999, which is no division"):
        decide("- mention: {kind: region, surface: 高新区}\n  is: region:999999\n")


def test_the_kept_key_may_be_in_no_report(decide: Callable[..., Any], tmp_path: Path) -> None:
    """Then it has what was known of the one that goes."""
    decide(f"- same: [document:321302-新名, {RIGHT}, {WRONG}]")
    assert ask(tmp_path / "out", "SELECT entity, label, region, family FROM entity_all WHERE kind = 'document'") == [
        ("document:321302-新名", "重大行政决测程序规定", "region:321302", "family:重大行政决策程序")
    ]


def test_regions_are_fused_with_all_that_is_theirs(build: Callable[..., Any], tmp_path: Path) -> None:
    """Reports, figures and what belongs to a region go to the one that is kept."""
    write_reports(tmp_path / "in", {
        "a.txt": "宿城区 321302 2020\nruns 河长制\n",
        "b.txt": "老宿城 321399 2018\nissued 办法\nby 321399 司法局 runs 河长制\nfigure 收到申请 3 件\n",
    })  # fmt: skip
    (tmp_path / "r.yaml").write_text("- same: [region:321302, region:321399]\n", encoding="utf-8")
    build(tmp_path / "in", review=tmp_path / "r.yaml")
    query = """SELECT region FROM reports UNION SELECT region FROM observations
               UNION SELECT region FROM entities WHERE kind <> 'region' ORDER BY ALL"""
    assert ask(tmp_path / "out", query) == [("region:321302",)]
    with zhitu.open(tmp_path / "out") as graph:
        assert [entity["label"] for entity in graph.entities("region")] == ["宿城区"]


def test_a_region_and_its_host(decide: Callable[..., Any], tmp_path: Path) -> None:
    """A zone fused with its host lies in what the host lies in; a place never lies in itself."""
    mention = f"- mention: {{kind: region, surface: 高新区}}\n  is: {ZONE}\n"
    decide(mention + f"- same: [{ZONE}, region:371500]\n")
    assert ask(tmp_path / "out", f"SELECT region FROM entity_all WHERE entity = '{ZONE}'") == [("region:370000",)]
    with pytest.raises(UsageError, match="lie in itself"):
        decide(mention + f"- same: [{ZONE}, region:370000]\n")


def test_a_claim_of_a_thing_with_itself_is_none(build: Callable[..., Any], tmp_path: Path) -> None:
    """Where both ends become one nothing is left to say."""
    write_reports(tmp_path / "in", {"a.txt": "宿城区 321302 2020\nby 321302 司法局 runs 河长制\n"})
    rows = {"a": "- same: [program:321302-河长制, program:CN-河长制]\n"}
    (tmp_path / "r.yaml").write_text(rows["a"], encoding="utf-8")
    assert build(tmp_path / "in", review=tmp_path / "r.yaml").counts["claims"] == 1
    one = {name: [] for name in ("reports", "segments", "entities", "names", "mentions", "observations", "unresolved")}
    report = ("report:1", "0" * 64, "a.txt", *[None] * 9)
    claim = ("claim:1", "report:1", "document:a", "implements", "document:b", "done", "x", 0, 1, "r")
    review = review_of("- same: [document:a, document:b]")
    assert apply({**one, "reports": [report], "claims": [claim]}, review=review, things=Things())["claims"] == []


# laws ----------------------------------------------------------------------------------------------------------------

REVIEWS = [
    "- same: [document:321302-乙办法, document:321302-甲规定]\n"
    "- same: [program:CN-一网通办, program:CN-行政执法三项制度]\n",
    "- same: [region:420111, region:321302]\n- different: [document:321302-乙办法, document:321302-甲规定]\n",
    "- same: [agency:321302-司法局, agency:420111-政府办]\n"
    "- same: [document:420111-丙, document:321302-甲规定, document:420111-甲规定]\n"
    "- mention: {kind: region, surface: 高新区}\n  is: region:371500-高新区\n",
]


@settings(max_examples=12, deadline=None)
@given(texts=corpora, data=st.data())
def test_builds_with_reviews_do_not_depend_on_the_way(texts: list[str], data: st.DataObject) -> None:
    """One by one, with other reviews or none on the way: the same bytes as at once; without one as if none had been."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lost = "lost region 高新区\n"
        write_reports(folder / "in", {f"{number}.txt": text + lost for number, text in enumerate(texts)})
        reviews: list[Path | None] = [None]
        for number, text in enumerate(REVIEWS):
            reviews.append(folder / f"{number}.yaml")
            (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
        last = data.draw(st.sampled_from(reviews))
        pipeline.build(folder / "in", out=folder / "once", review=last)
        for path in data.draw(st.permutations(sorted((folder / "in").iterdir()))):
            pipeline.build(path, out=folder / "steps", review=data.draw(st.sampled_from(reviews)))
        pipeline.build(folder / "in", out=folder / "steps", review=last)
        assert outputs(folder / "steps") == outputs(folder / "once")


def test_nothing_is_read_again_for_a_decision(decide: Callable[..., Any], slips: Path, tmp_path: Path) -> None:
    """A review is applied to what was read; it also holds for reports that this build was not given."""
    decide("")
    assert (decide(FUSE).read, decide(FUSE).kept) == (0, 2)
    write_reports(tmp_path / "more", {"c.txt": "洪山区 420111 2019\nruns 河长制\n"})
    summary = pipeline.build(tmp_path / "more", out=tmp_path / "out", review=tmp_path / "review.yaml")
    assert (summary.read, summary.counts["entities_by_kind"]["document"]) == (1, 1)


def test_nothing_is_written_again_for_the_same_decisions(decide: Callable[..., Any], tmp_path: Path) -> None:
    """The way the file is written does not count."""
    decide(FUSE + f"- different: [{RIGHT}, document:321302-乙]\n")
    before = (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns
    decide(f"# 顺序不同\n- different: [document:321302-乙, {RIGHT}]\n{FUSE}")
    assert (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns == before


def test_an_interrupted_review_is_taken_up(
    decide: Callable[..., Any], slips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut short between two reports, the next build gives the same bytes."""
    decide(FUSE)
    pipeline.build(slips, out=tmp_path / "plain")
    monkeypatch.setattr("zhitu.store.duck.BATCH", 1)
    seen = []

    def stop(rows: Any, **options: Any) -> Any:
        seen.append(rows)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return apply(rows, **options)

    monkeypatch.setattr("zhitu.review.apply", stop)
    with pytest.raises(KeyboardInterrupt):
        decide(FUSE + f"- different: [{RIGHT}, document:321302-乙]\n")
    monkeypatch.setattr("zhitu.review.apply", apply)
    pipeline.build(slips, out=tmp_path / "out")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "plain")


# what people see -----------------------------------------------------------------------------------------------------


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_show_reason_and_demand(decide: Callable[..., Any], tmp_path: Path) -> None:
    """How often, in how many reports, and what it may be."""
    decide("")
    first = table(tmp_path / "out" / "tables" / "unresolved.csv")[0]
    wanted = {"surface": "高新区", "reason": "several", "candidates": ZONE, "times": "2", "reports": "2"}
    assert {name: first[name] for name in wanted} == wanted
    (pair,) = table(tmp_path / "out" / "tables" / "near_duplicates.csv")
    assert pair["reason"] in ("one character differs: 策/测", "one character differs: 测/策")
    assert {pair["a"]: (pair["a_times"], pair["a_reports"]), pair["b"]: (pair["b_times"], pair["b_reports"])} == {
        RIGHT: ("1", "1"),
        WRONG: ("2", "2"),
    }
    open_ = json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))["unresolved"]
    assert open_[0] == {
        "kind": "region", "surface": "高新区", "reason": "several", "times": 2, "reports": 2, "candidates": [ZONE],
    }  # fmt: skip


def test_build_json_keeps_what_was_decided(decide: Callable[..., Any], tmp_path: Path) -> None:
    """With the note, and in how many reports it found something."""
    summary = decide(FUSE + "- same: [document:321302-丙, document:321302-丁]\n")
    assert summary.idle == ("same: document:321302-丙, document:321302-丁",)
    assert json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))["review"] == [
        {"verdict": "same", "key": "document:321302-丙", "other": "document:321302-丁", "reports": 0},
        {"verdict": "same", "key": RIGHT, "other": WRONG, "note": "错字", "reports": 2},
    ]


def test_the_template_only_has_to_be_uncommented(
    run: Run,
    decide: Callable[..., Any],
    slips: Path,
    tmp_path: Path,
) -> None:
    """As printed it decides nothing; uncommented it decides all that was open."""
    decide("")
    code, text, _ = run("review", tmp_path / "out")
    assert (code, review_of(text)) == (0, Review())
    assert "2 mentions in 2 reports; a.txt: …" in text
    assert "【高新区】" in text
    chosen = [line for line in text.splitlines() if "different" not in line]
    chosen = "\n".join(line.removeprefix("# ") for line in chosen)
    chosen = re.sub(rf"- mention: .*\n  is: {ZONE}\n", "", chosen)  # of two meanings, one
    summary = decide(chosen)
    assert (summary.counts["unresolved"], summary.idle) == (0, ())
    assert run("review", tmp_path / "out")[1].count("- ") == 0


AWKWARD = ["110", "no", "《a: b》", "x, y", "[z]", "#1", "'", '"', "- x", "a\u0007b", "平\u200b台", "null", "高新区"]


@pytest.mark.parametrize("surface", AWKWARD)
def test_any_name_can_stand_in_a_review(surface: str) -> None:
    """What is no plain text in YAML is put in quotes."""
    from zhitu.emit.review import _clean, _scalar

    text = f"## {_clean(surface)}\n- mention: {{kind: agency, surface: {_scalar(surface)}}}\n  is: nothing\n"
    assert review_of(text).decisions == (Decision("nothing", kind="agency", surface=surface),)


def test_the_command(run: Run, slips: Path, tmp_path: Path, decide: Callable[..., Any]) -> None:
    """The template can be saved, never over another; a build with it says what was decided and what found nothing."""
    decide("")
    path = tmp_path / "my.yaml"
    assert "1 pairs and 2 unresolved names" in run("review", tmp_path / "out", "--save", path)[1]
    code, _, err = run("review", tmp_path / "out", "--save", path)
    assert (code, "is there already" in err) == (2, True)
    path.write_text("- same: [document:321302-丙, document:321302-丁]\n", encoding="utf-8")
    code, out, _ = run("build", slips, "-o", tmp_path / "out", "--workers", 0, "--review", path)
    assert code == 0
    assert "1 decisions, 1 found nothing to decide\n             same: document:321302-丙, document:321302-丁" in out
    assert "- mention" not in run("review", tmp_path / "out", "--limit", 0)[1]
