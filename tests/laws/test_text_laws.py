"""Laws of the text rooms that hold for any text: seeds cut, shaken and damaged at random, and plain noise."""

from __future__ import annotations

import random
from dataclasses import astuple
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.expect import read
from zhitu.model import KINDS, Extraction

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))
LAW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MARKS = "《》〈〉<>“”\"'（）()〔〕[]【】、，,。；;：:？！·—-"
SPACES = " \u3000\u00a0\u200b\n\t\r"
# what the rules look for: noise made of these comes nearer to their edges than any other
NOISE = (
    MARKS
    + SPACES
    + "0123456789０一二三十百千万亿%％年月日号件次人第批省市县区乡镇局委办院政府法条例规定意见印发制定将未了等和与"
)


@cache
def seeds() -> tuple[str, ...]:
    return tuple(path.read_bytes().decode("utf-8-sig") for path in SEEDS)


@cache
def converter(name: str):
    import opencc

    return opencc.OpenCC(name)


def insert(text: str, rng: random.Random) -> str:
    """Spaces and line breaks anywhere."""
    chars = list(text)
    for _ in range(rng.randint(1, 40)):
        chars.insert(rng.randint(0, len(chars)), rng.choice(SPACES))
    return "".join(chars)


def drop(text: str, rng: random.Random) -> str:
    """Marks get lost."""
    return "".join(ch for ch in text if ch not in MARKS or rng.random() > 0.3)


def double(text: str, rng: random.Random) -> str:
    """Marks get doubled, or become others."""
    return "".join(ch + rng.choice(("", "", ch, rng.choice(MARKS))) if ch in MARKS else ch for ch in text)


def traditional(text: str, rng: random.Random) -> str:
    return converter("s2t").convert(text)


def shuffle(text: str, rng: random.Random) -> str:
    """Lines in another order."""
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def keep(text: str, rng: random.Random) -> str:
    return text


DAMAGES = (keep, insert, drop, double, traditional, shuffle)


@st.composite
def damaged(draw) -> str:
    """A stretch of a seed, with one or two kinds of damage."""
    text = draw(st.sampled_from(seeds()))
    start = draw(st.integers(0, len(text) - 1)) if draw(st.booleans()) else 0
    text = text[start : start + draw(st.integers(1, 2500))]
    rng = random.Random(draw(st.integers(0, 2**32)))
    for damage in draw(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=2)):
        text = damage(text, rng)
    return text


anything = st.one_of(st.text(max_size=300), st.text(alphabet=NOISE, max_size=300))


def check_offsets(text: str, x: Extraction) -> None:
    sentences = x.report.sentences
    for item in (*x.claims, *x.observations):
        assert item.quote and text[item.span.start : item.span.end] == item.quote
    for segment in x.report.segments:
        assert 0 <= segment.span.start <= segment.span.end <= len(text)
    for sentence in sentences:
        assert len(sentence.at) in (len(sentence.text), len(sentence.text) + 1)
        assert list(sentence.at) == sorted(sentence.at)
        assert all(0 <= place <= len(text) for place in sentence.at)
    for link in x.links:
        sentence = sentences[link.sentence]
        assert sentence.index == link.sentence
        assert sentence.text[link.start : link.end] == link.surface
        assert sentence.span(link.start, link.end) == link.span
    for unresolved in x.unresolved:
        assert unresolved.surface and 0 <= unresolved.span.start < unresolved.span.end <= len(text)


def check_shape(x: Extraction) -> None:
    by_key = {e.key: e for e in x.entities}
    assert len(by_key) == len(x.entities)
    for entity in x.entities:
        assert entity.kind in KINDS and entity.key.startswith(f"{entity.kind}:") and entity.name
    for link in x.links:
        assert by_key[link.entity].kind == link.kind and link.rule
    for claim in x.claims:
        assert claim.subject in by_key and claim.object in by_key and claim.rule
        assert claim.status in ("done", "planned")
    for observation in x.observations:
        assert float(observation.value) >= 0 and observation.rule
        assert observation.region is None or observation.region in by_key
    assert len({c.key for c in x.claims}) == len(x.claims)
    assert len({o.key for o in x.observations}) == len(x.observations)
    assert x.region is None or by_key[x.region].kind == "region"


@LAW
@given(damaged())
def test_damaged_reports(text):
    """Whatever happened to a page: it is read, every record stands where it says, and points at what exists."""
    x = read(text)
    check_offsets(text, x)
    check_shape(x)


@LAW
@given(anything)
def test_any_text(text):
    """No text crashes the rooms, and what they find in noise stands where they say."""
    x = read(text)
    check_offsets(text, x)
    check_shape(x)


@LAW
@given(damaged())
def test_determinism(text):
    """Reading a text twice gives the same records in the same order."""
    assert read(text) == read(text)


@pytest.mark.parametrize("text", seeds(), ids=[path.name[:3] for path in SEEDS])
def test_whole_seeds(text):
    """The laws hold for the seeds themselves."""
    x = read(text)
    check_offsets(text, x)
    check_shape(x)


FOLLOWS = ("kind", "region", "code", "level", "full_name", "zone", "document_class", "edition", "family")


def test_an_entity_follows_from_its_key():
    """Two reports that know one key know one thing: everything but its names is equal."""
    met: dict[str, tuple] = {}
    for text in seeds():
        for part in (text, text[: len(text) // 2], text[len(text) // 2 :], converter("s2t").convert(text)):
            for entity in read(part).entities:
                facts = tuple(getattr(entity, name) for name in FOLLOWS)
                assert met.setdefault(entity.key, facts) == facts, entity.key


PRIVATE = {
    "name": ["欧阳振华", "司马晓燕", "诸葛文博"],
    "phone": ["0527-84961234", "13812345678", "010-68960698", "400-810-1234"],
    "mail": ["ouyang.zh@example.com", "1049263697@qq.com", "fzb_2020@163.com"],
}
CONTACTS = (
    "责编：{name}\n联系人：{name}\n电话：{phone}\n邮箱：{mail}\n",
    "\n联系人:{name}  联系电话:{phone}  E-mail:{mail}\n版权所有 网站地图\n",
    "\n（{name}）\n信息来源：司法局 作者：{name} 审核：{name} 电话{phone}\n",
    "\n主办：某某人民政府 承办：信息中心 {phone} 邮编：223800 {mail}\n",
)


@LAW
@given(
    st.sampled_from(seeds()),
    st.sampled_from(CONTACTS),
    *(st.sampled_from(values) for values in PRIVATE.values()),
    st.booleans(),
)
def test_no_private_data(text, contact, name, phone, mail, before):
    """No person's name, telephone or mail address from the furniture of a page stands in any record."""
    block = contact.format(name=name, phone=phone, mail=mail)
    x = read(f"{block}\n{text[:3000]}" if before else f"{text[-3000:]}\n{block}")
    held = [*x.entities, *x.links, *x.claims, *x.observations, *x.unresolved, x.report.header]
    for record in held:
        words = str(astuple(record))
        assert not any(secret in words for secret in (name, phone, mail)), record
