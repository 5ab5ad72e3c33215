from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.model import Article


@pytest.mark.parametrize(
    ("text", "type_id", "mode", "context"),
    [
        ("Emmanuel Macron visited China.", "visit", "visit", None),
        ("Emmanuel Macron spoke by telephone with Xi Jinping.", "talk", "phone", None),
        ("Russia massed 100,000 troops near Ukraine.", "mobilize", "troops", "military"),
        ("The United States imposed sanctions on Iran.", "sanction", "restrict", "economic"),
        ("France recalled its ambassador to Australia.", "sanction", "withdraw", "diplomatic"),
        ("Iran freed three American prisoners.", "retreat", "release", "legal"),
        ("France withdrew its soldiers from Niger.", "retreat", "withdraw", "military"),
        ("Iranian police arrested two British diplomats.", "coerce", "arrest", "legal"),
        ("Russia annexed Crimea from Ukraine.", "coerce", "seize", "territory"),
        ("Germany accused Russia of a cyberattack.", "accuse", "allege", "cyber"),
        ("France condemned Iran's nuclear program.", "accuse", "disapprove", "cbrn"),
        ("Ukraine asked Germany for tanks.", "request", None, "military"),
        ("Iran refused to negotiate with the United States.", "reject", "meet", "diplomatic"),
        ("Israel bombed Syria.", "assault", "explosives", "military"),
        ("Russia fired missiles at Ukraine.", "assault", "heavy-weapons", "military"),
        ("Pakistani demonstrators marched to protest against Israel.", "protest", "demo", None),
        ("Japan sent food and medicine to Haiti after the earthquake.", "aid", None, "health"),
    ],
)
def test_words_show_mode_and_context(coder, text, type_id, mode, context):
    relations = coder.code_article(Article.of(text, published=date(2023, 4, 6))).relations
    found = {(relation.mode, relation.context) for relation in relations if relation.type == type_id}
    assert found == {(mode, context)}


def test_words_of_another_clause_show_nothing(coder):
    text = "France criticized Iran, which had bought missiles."
    found = [
        r for r in coder.code_article(Article.of(text, published=date(2023, 4, 6))).relations if r.type == "accuse"
    ]
    assert [(relation.mode, relation.context) for relation in found] == [("disapprove", None)]


def test_every_mode_and_context_has_words(ontology):
    for words in [
        *ontology.modes.contexts.values(),
        *(w for m in ontology.modes.of_event.values() for w in m.values()),
    ]:
        assert words
