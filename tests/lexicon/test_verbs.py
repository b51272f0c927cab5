"""Verbs and cue words."""

from __future__ import annotations

import pytest

from zhitu.lexicon.tsv import rows, values
from zhitu.lexicon.verbs import predicates_of

RELATIONS = {"issued", "implements", "studied", "revised", "repealed", "runs", "leads", "established"}
CUES = {"not_issued", "not_established", "honour", "recommend", "negation", "shortfall", "plan"}


def test_columns_hold_known_values():
    """Predicates are relations of the vocabulary or cues; status is done, planned or not stated."""
    for row in rows("verbs"):
        assert values(row["predicate"]) and set(values(row["predicate"])) <= RELATIONS | CUES, row
        assert row["status"] in ("done", "planned", ""), row
        assert row["status"] or not set(values(row["predicate"])) & RELATIONS, row


def test_every_predicate_has_its_verbs():
    """At least a hundred and fifty verbs in all, and five for each predicate but those of one word."""
    names = [name for row in rows("verbs") for name in values(row["predicate"])]
    assert len(rows("verbs")) >= 150
    assert {name for name in RELATIONS | CUES if names.count(name) < 5} == set()


@pytest.mark.parametrize(
    ("verb", "predicate"),
    [
        ("出台", "issued"),
        ("制定下发", "issued"),
        ("联合印发", "issued"),
        ("会签", "issued"),
        ("编写", "issued"),
        ("贯彻落实", "implements"),
        ("根据", "implements"),
        ("集体学习", "studied"),
        ("修订完善", "revised"),
        ("废止", "repealed"),
        ("全面推行", "runs"),
        ("落实", "runs"),
        ("落实", "implements"),
        ("牵头", "leads"),
        ("挂牌成立", "established"),
        ("征求意见", "not_issued"),
        ("起草", "not_issued"),
        ("提请审议", "not_issued"),
        ("荣获", "honour"),
        ("被评为", "honour"),
        ("争创", "recommend"),
        ("未", "negation"),
        ("有待", "shortfall"),
        ("下一步", "plan"),
    ],
)
def test_what_a_verb_says(verb, predicate):
    """A common verb carries its predicate."""
    assert predicate in predicates_of()[verb]


@pytest.mark.parametrize(
    ("verb", "predicate"),
    [
        ("起草", "issued"),
        ("调整", "established"),
        ("召开", "established"),
        ("荣获", "runs"),
        ("提请审议", "issued"),
        ("修订", "issued"),
        ("学习", "implements"),
    ],
)
def test_what_a_verb_does_not_say(verb, predicate):
    """A verb does not carry what it only resembles."""
    assert predicate not in predicates_of()[verb]
