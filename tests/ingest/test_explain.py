from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dyadgraph.model import Article
from ingest.coder import Coder, split_article
from ingest.feature_words import WORDS, in_words
from ingest.readers import read_articles

SAMPLE = Path(__file__).parents[2] / "dyadgraph" / "samples" / "2024-06-20-putin-pyongyang-treaty.txt"


def explain(coder, text, day=date(2024, 6, 19)):
    return coder.explain(Article.of(text, published=day))


def why(coder, text, name, day=date(2024, 6, 19)):
    """Return the reasons why the relations of a text have the actor."""
    found = explain(coder, text, day)
    return [reason.why for each in found for reason in (each.source, each.target) if reason.actor.name == name]


def test_every_relation_of_an_article_is_explained_in_order(coder):
    (article,) = read_articles(SAMPLE, 1_000_000)
    explained = [each.relation for each in coder.explain(article)]
    assert tuple(explained) == coder.code_article(article).relations


def test_explanation_cuts_the_words_of_its_actors_out_of_the_article(coder):
    (article,) = read_articles(SAMPLE, 1_000_000)
    for each in coder.explain(article):
        for reason in (each.source, each.target):
            assert article.text[reason.start : reason.end] == reason.words
            assert reason.words


def test_explanation_names_rule_codes_and_strongest_features(coder):
    (found,) = explain(coder, "Emmanuel Macron visited China.", date(2023, 4, 6))
    assert found.rule == "verb visit : A _ B"
    told = found.to_dict()
    assert (told["plover"], told["goldstein"], told["quad"]) == ("CONSULT", 1.0, "verbal_cooperation")
    assert found.features
    assert sorted(found.features, key=lambda each: -abs(each.weight)) == list(found.features)
    assert json.loads(json.dumps(told))["trigger"] == "visited"


def test_without_a_model_the_rule_explains_alone(coder):
    by_rules = Coder(coder.nlp, coder.gazetteer, coder.ontology)
    (found,) = explain(by_rules, "Emmanuel Macron visited China.", date(2023, 4, 6))
    assert found.rule == "verb visit : A _ B"
    assert found.features == ()


def test_special_rule_gives_its_own_cameo_code(coder):
    (found,) = explain(coder, "Emmanuel Macron arrived in China.", date(2023, 4, 6))
    assert found.cameo == "042"


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Emmanuel Macron visited China.", "Emmanuel Macron", "the full name of Emmanuel Macron – President"),
        ("Emmanuel Macron visited China.", "China", "a name of China"),
        ("Emmanuel Macron visited Beijing.", "China", "stands for China"),
        ("Chinese forces attacked India.", "China", "adjective or people's name"),
        ("Macron visited China.", "Emmanuel Macron", "only bearer in office was Emmanuel Macron"),
        ("The French president visited China.", "Emmanuel Macron", "was held by Emmanuel Macron"),
        ("Vladimir Putin spoke. He visited China.", "Vladimir Putin", "person named last before it is Vladimir Putin"),
        (
            "Argentina's foreign minister Diana Mondino flew to Brazil. Mondino criticized Venezuela.",
            "Diana Mondino",
            "named Diana Mondino in full before",
        ),
        (
            "Vladimir Putin met Kim Jong Un. The two leaders signed a treaty.",
            "Kim Jong Un",
            "Kim Jong Un is one of them",
        ),
    ],
)
def test_actor_has_the_reason_of_its_id(coder, text, name, words):
    assert any(words in reason for reason in why(coder, text, name))


def test_leads_is_explained_by_title_name_and_country(coder):
    found = explain(coder, "Russian President Vladimir Putin visited China.")
    (leads,) = [each for each in found if each.relation.type == "leads"]
    assert "title, name and country" in leads.target.why


@pytest.mark.parametrize(("text", "cue"), [("Macron may visit China.", "may"), ("Macron did not visit China.", "not")])
def test_status_names_its_cue(coder, text, cue):
    (found,) = explain(coder, text, date(2023, 4, 1))
    assert f"“{cue}”" in found.status


def test_every_feature_of_a_sentence_has_plain_words(coder):
    article = Article.of("Russia did not call on Iran and Israel to hold talks with Syria after French raids in Mali.")
    studies = coder.study(split_article(article))
    names = {name for study in studies for pair in study.pairs for name in pair.features}
    assert names
    assert not [name for name in names if in_words(name) == name]


def test_plain_words_name_the_side():
    assert in_words("dep<=pobj") == "role of the second actor: pobj"
    assert in_words("rule==meet") == "a rule relates the actors: meet"
    assert in_words("of another kind") == "of another kind"
    assert "rule" in WORDS
