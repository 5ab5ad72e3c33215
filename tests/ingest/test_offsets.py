"""Offsets cut out exactly what they claim, whatever the text: the property test of the whole coder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dyadgraph.model import Article
from ingest.readers import read_articles

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "dyadgraph" / "samples").glob("*.txt"))
DEV = ROOT.parent / "shared" / "data" / "gold" / "dev.text.jsonl"
DAY = date(2023, 4, 6)

NEWS = (
    "Russian President Vladimir Putin met Chinese leader Xi Jinping in Moscow on Monday.",
    "Israel bombed Syria.",
    "U.S. and South Korean forces began joint drills; North Korea condemned them.",
    "“France will not yield,” Macron said of Iran’s demand.",
    "He visited Beijing and accused Taiwan of lying",
    "The two countries signed a treaty",
)
ODD = (
    *(" \n\n", "\t", "\r\n", "\x00", "\x1c", "\x85", "\u2028", "\ud83d", "\udc00", "\U0001f1fa\U0001f1f8"),
    *("\N{ZERO WIDTH SPACE}", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}", "\N{BYTE ORDER MARK}", "\N{SOFT HYPHEN}"),
    *("e\N{COMBINING ACUTE ACCENT}", "\N{ZERO WIDTH JOINER}", "\N{RIGHT-TO-LEFT OVERRIDE}", "ישראל", "روسيا", "俄罗斯"),
    *("x" * 3000, "-" * 300, "..." * 99),
)
PIECES = st.one_of(
    st.sampled_from(NEWS),
    st.sampled_from(ODD),
    st.sampled_from(("Russia", "China", "Putin", "attacked", "talks with", "Iran's", "U.S.", " ", ". ", ", ", "\n")),
    st.text(max_size=30),
    st.text(st.characters(), max_size=8),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=14).flatmap(
    lambda pieces: st.sampled_from(("", " ", "  ", "\n")).map(lambda between: between.join(pieces))
)


def check(article, relations):
    for relation in relations:
        evidence = relation.evidence
        assert article.text[evidence.start : evidence.end] == evidence.sentence
        assert article.text[evidence.trigger_start : evidence.trigger_end] == evidence.trigger
        assert evidence.start <= evidence.trigger_start < evidence.trigger_end <= evidence.end
        assert evidence.trigger.strip() == evidence.trigger
        assert 0 <= relation.confidence <= 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(TEXTS)
def test_offsets_cut_out_sentence_and_trigger_of_any_text(coder, text):
    article = Article.of(text, published=DAY)
    extraction = coder.code_article(article)
    check(article, extraction.relations)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.sampled_from(NEWS), st.sampled_from(ODD), st.data())
def test_offsets_hold_where_something_odd_stands_in_a_sentence(coder, sentence, odd, data):
    place = data.draw(st.integers(0, len(sentence)))
    article = Article.of(f"{NEWS[0]} {sentence[:place]}{odd}{sentence[place:]} {NEWS[1]}", published=DAY)
    check(article, coder.code_article(article).relations)
    for each in coder.explain(article):
        for reason in (each.source, each.target):
            assert article.text[reason.start : reason.end] == reason.words


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_offsets_of_samples(coder, path):
    (article,) = read_articles(path, 1_000_000)
    relations = coder.code_article(article).relations
    assert relations
    check(article, relations)


@pytest.mark.skipif(not DEV.exists(), reason="the labelled sentences lie in ../shared/data, which is not there")
def test_offsets_of_dev(coder):
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf8").splitlines()]
    articles = [Article.of(row["text"], published=DAY) for row in rows]
    for article, extraction in zip(articles, coder.code_articles(articles), strict=True):
        check(article, extraction.relations)
