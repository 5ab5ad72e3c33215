from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.model import Article
from ingest.coder import Sentence
from ingest.language import parse
from ingest.linking import Linker


def references(coder, *sentences, day="2024-06-19"):
    """Return {words: (means, names of actors)} of the last of some sentences of one article."""
    on = date.fromisoformat(day) if day else None
    linker = Linker(coder.gazetteer, on)
    article = Article.of(" ".join(sentences), published=on)
    place = 0
    for sentence in sentences:
        reading = coder.find_names(Sentence(article, place, place + len(sentence)))
        (doc,) = parse(coder.nlp, [reading], [True])
        scene = linker.link(reading, doc)
        place += len(sentence) + 1
    return {
        reading.word(index): (reference.via, [actor.name for actor in reference.actors])
        for index, reference in scene.links.items()
    }


def names(found):
    return {word: actors for word, (_, actors) in found.items()}


def test_title_before_a_surname_is_no_first_name(coder):
    found = references(coder, "Kenya's leader was received by Mr. Biden.", day="2021-10-15")
    assert names(found)["Biden"] == ["Joe Biden"]


@pytest.mark.parametrize(("day", "expected"), [("2005-06-01", "George W. Bush"), ("1990-06-01", "George H. W. Bush")])
def test_surname_takes_the_holder_of_the_day(coder, day, expected):
    assert names(references(coder, "Bush spoke.", day=day))["Bush"] == [expected]


def test_unknown_first_name_keeps_a_surname_from_the_office_holder(coder):
    assert "Bush" not in names(references(coder, "Barbro Bush opened a bakery.", day="2005-06-01"))


def test_office_names_its_holder(coder):
    found = references(coder, "The French president flew to Berlin.", day="2016-02-03")
    assert names(found)["president"] == ["François Hollande"]


def test_state_noun_points_at_the_state_the_article_is_about(coder):
    found = references(
        coder, "Mali accused France of spying.", "Mali's army recalled its envoy.", "The government expelled Germany's."
    )
    assert names(found)["government"] == ["Mali"]


def test_state_noun_that_names_its_state_is_left_alone(coder):
    found = references(coder, "Mali accused France of spying.", "The Russian government agreed.")
    assert "government" not in found


def test_group_noun_points_at_the_group_named_last(coder):
    found = references(coder, "Hezbollah fired rockets at Israel.", "Israel bombed the group in return.")
    assert found["group"] == ("group", ["Hezbollah"])


def test_bloc_points_at_the_organisation_named_last(coder):
    found = references(coder, "The European Union met on Monday.", "Serbia asked the bloc for help.")
    assert names(found)["bloc"] == ["European Union"]


def test_we_is_the_state_of_the_speaker(coder):
    found = references(coder, '"Our troops will stay in Syria," Sergei Lavrov said.')
    assert found["Our"] == ("pronoun", ["Russia"])


def test_their_is_the_subject_before(coder):
    found = references(coder, "Thailand said its soldiers were on their own soil.")
    assert names(found)["its"] == ["Thailand"]


def test_nothing_is_taken_from_outside_the_article(coder):
    assert references(coder, "The government rejected the plan, and the rebels left.") == {}
