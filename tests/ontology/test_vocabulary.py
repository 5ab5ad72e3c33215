"""What must hold of the vocabulary that ships."""

import re
from collections import Counter

import pytest

from dyadgraph.errors import NotFoundError
from dyadgraph.model import STATUSES
from dyadgraph.ontology import Ontology, load_ontology, parse_frame

SHIPPED = load_ontology()
TYPES = tuple(SHIPPED.types.values())
GOLDSTEIN_OF_ROOT = {  # Goldstein (1992) as extended to CAMEO; 084 stands for RETREAT
    "03": 4.0, "04": 1.0, "05": 3.5, "06": 6.0, "07": 7.0, "08": 5.0, "084": 7.0, "10": -5.0, "11": -2.0, "12": -4.0,
    "13": -6.0, "14": -6.5, "15": -7.2, "16": -4.0, "17": -7.0, "19": -10.0, "": None,
}  # fmt: skip


def test_shipped_vocabulary_has_the_21_types():
    expected = (
        "visit meet talk negotiate agree cooperate support aid concede retreat request accuse reject threaten "
        "protest sanction mobilize coerce assault tension leads"
    )
    assert list(SHIPPED.types) == expected.split()


def test_plover_type_gives_its_relation_types():
    assert [each.id for each in SHIPPED.by_plover("CONSULT")] == ["visit", "meet", "talk", "negotiate"]
    assert SHIPPED.by_plover("NONE") == ()


def test_only_our_own_types_stand_outside_plover():
    assert [each.id for each in TYPES if each.plover is None] == ["tension", "leads"]


def test_symmetric_types_are_those_of_the_guidelines():
    assert {each.id for each in TYPES if each.symmetric} == {
        "meet", "talk", "negotiate", "agree", "cooperate", "tension",
    }  # fmt: skip


def test_unknown_type_is_not_found():
    with pytest.raises(NotFoundError, match="no relation type 'hug'"):
        SHIPPED.get("hug")


@pytest.mark.parametrize("each", TYPES, ids=lambda each: each.id)
def test_goldstein_is_that_of_the_cameo_root(each):
    assert each.goldstein == GOLDSTEIN_OF_ROOT[each.cameo]


@pytest.mark.parametrize("each", TYPES, ids=lambda each: each.id)
def test_type_has_eight_examples_and_four_non_examples(each):
    assert sum(bool(example.relations) for example in each.examples) >= 8
    assert sum(not example.relations for example in each.examples) >= 4


@pytest.mark.parametrize("each", TYPES, ids=lambda each: each.id)
def test_every_example_holds_its_own_type(each):
    for example in each.examples:
        assert not example.relations or each.id in {relation[1] for relation in example.relations}
        assert set(example.statuses) <= set(STATUSES)


def test_no_example_is_given_twice():
    texts = Counter(example.text for each in TYPES for example in each.examples)
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("each", [each for each in TYPES if each.id != "leads"], ids=lambda each: each.id)
def test_type_has_triggers_of_every_kind(each):
    assert {trigger.kind for trigger in each.triggers} == {"verb", "noun", "phrase"}


@pytest.mark.parametrize("each", TYPES, ids=lambda each: each.id)
def test_every_trigger_parses_and_is_lower_case(each):
    for trigger in each.triggers:
        frame = parse_frame(trigger.frame)
        assert frame.swap == trigger.swap
        assert all(word == word.lower() for word in (*trigger.lemmas, *frame.nouns, *frame.prepositions))


@pytest.mark.parametrize("each", TYPES, ids=lambda each: each.id)
def test_no_trigger_line_is_given_twice_in_a_type(each):
    lines = Counter((trigger.kind, trigger.line) for trigger in each.triggers)
    assert [line for line, count in lines.items() if count > 1] == []


def test_no_verb_takes_the_same_object_in_two_types():
    direct = Counter(
        trigger.lemmas
        for each in TYPES
        for trigger in each.triggers
        if trigger.kind == "verb" and trigger.frame == "A _ B"
    )
    assert [lemmas for lemmas, count in direct.items() if count > 1] == []


def test_sentence_form_of_every_type_is_a_past_tense_phrase():
    assert all(re.fullmatch(r"[a-z]+( [a-z]+)*", each.past) for each in TYPES)


def test_compositions_cover_refusal_demand_and_threat():
    made = {(rule.cue, rule.type) for rule in SHIPPED.cues.compositions}
    assert {("refusal", "reject"), ("demand", "request"), ("threat", "threaten")} <= made


def test_empty_ontology_knows_no_type():
    with pytest.raises(NotFoundError):
        Ontology({}, SHIPPED.cues).get("visit")
