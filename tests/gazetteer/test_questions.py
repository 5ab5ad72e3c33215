"""Questions in words."""

from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.gazetteer.questions import find_whom

ROE = "Jane Roe,,FRA,head_of_state,President,2001-05-01,2005-05-01,Roe,"


QUESTIONS = (
    "the French president",
    "French president",
    "president of France",
    "France's president",
    "Jane Roe",
    "President Roe",
    "French President Jane Roe",
    "Who was the president of France?",
    "Roe",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_office_and_name_lead_to_the_person(with_people, text):
    answers = find_whom(with_people(ROE), text, date(2003, 1, 1))
    assert [(each.actor.name, each.term.title) for each in answers] == [("Jane Roe", "President")]


@pytest.mark.parametrize("text", ["the French president", "president of Mars", "banana"])
def test_nobody_is_nobody(with_people, text):
    assert find_whom(with_people(ROE), text, date(2010, 1, 1)) == []


def test_state_has_no_term(gazetteer):
    answer = find_whom(gazetteer, "the Kremlin", date(2010, 1, 1))[0]
    assert (answer.actor.id, answer.term, answer.to_dict()["office"]) == ("RUS", None, None)


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("U.S. Secretary of State", "1998-01-01", "Madeleine Albright"),
        ("UNHCR chief", "2003-02-01", "Ruud Lubbers"),
        ("European Commission president", "2010-01-01", "José Manuel Barroso"),
        ("the pope", "2001-01-01", "John Paul II"),
        ("the Soviet leader", "1987-01-01", "Mikhail Gorbachev"),
        ("Hamas leader", "2005-01-01", "Khaled Meshaal"),
    ],
)
def test_offices_of_bodies_and_groups_are_known(gazetteer, text, day, name):
    assert find_whom(gazetteer, text, date.fromisoformat(day))[0].actor.name == name
