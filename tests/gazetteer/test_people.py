"""Terms of office, surnames and days, on persons made up here."""

from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.errors import GazetteerError

ROE = "Jane Roe,,FRA,head_of_state,President,2001-05-01,2005-05-01,Roe,J. Roe;Jane Q. Roe"


def ids(actors):
    return [actor.id for actor in actors]


def test_surname_holds_from_half_a_year_before_to_two_years_after(with_people):
    gazetteer = with_people(ROE)
    days = [date(2000, 9, 1), date(2000, 12, 1), date(2003, 1, 1), date(2007, 4, 1), date(2007, 6, 1)]
    assert [bool(gazetteer.by_surname("Roe", day)) for day in days] == [False, True, True, True, False]


def test_holder_wins_over_the_one_before(with_people):
    gazetteer = with_people(ROE, "Max Roe,,DEU,foreign_minister,Foreign Minister,2005-06-01,2009,Roe,")
    assert ids(gazetteer.by_surname("Roe", date(2006, 1, 1))) == ["max-roe"]


def test_head_wins_over_minister(with_people):
    gazetteer = with_people(ROE, "Max Roe,,DEU,foreign_minister,Foreign Minister,2001,2009,Roe,")
    assert ids(gazetteer.by_surname("Roe", date(2003, 1, 1))) == ["jane-roe"]


def test_two_heads_stay_two(with_people):
    gazetteer = with_people(ROE, "Max Roe,,DEU,head_of_government,Chancellor,2001,2009,Roe,")
    assert sorted(ids(gazetteer.by_surname("Roe", date(2003, 1, 1)))) == ["jane-roe", "max-roe"]


def test_without_a_day_the_long_serving_win(with_people):
    gazetteer = with_people(ROE, "Max Roe,,DEU,head_of_government,Chancellor,2001-01-01,2001-02-01,Roe,")
    assert ids(gazetteer.by_surname("Roe", None)) == ["jane-roe"]


def test_full_name_and_its_spellings_hold_for_ever(with_people):
    gazetteer = with_people(ROE)
    for text in ("Jane Roe", "JANE ROE", "J. Roe", "Jane Q. Roe"):
        assert [name.kind for name in gazetteer.find(text, date(2024, 1, 1))] == ["person"], text


def test_person_belongs_to_whom_the_term_of_the_day_says(with_people):
    gazetteer = with_people(
        "Jane Roe,Q5,PRT,head_of_government,Prime Minister,1995-10,2002-04,Roe,",
        "Jane Roe,Q5,UNO,head,Secretary-General,2017-01-01,,Roe,",
    )
    days = [None, date(1990, 1, 1), date(2000, 1, 1), date(2010, 1, 1), date(2020, 1, 1)]
    assert [gazetteer.actor("Q5", day).country for day in days] == ["UNO", "PRT", "PRT", "PRT", "UNO"]


def test_crown_of_several_states_belongs_to_its_home(with_people):
    gazetteer = with_people(
        "Queen Jane,,CAN,head_of_state,Queen,2000,2010,,",
        "Queen Jane,,GBR,head_of_state,Queen,2000,2010,,",
    )
    assert gazetteer.actor("queen-jane", date(2005, 1, 1)).country == "GBR"
    assert gazetteer.find_holder("queen", "CAN", date(2005, 1, 1)).name == "Queen Jane"


def test_same_name_with_other_qid_is_another_person(with_people):
    gazetteer = with_people(
        "Jane Roe,Q5,FRA,head_of_state,President,1990,1994,Roe,",
        "Jane Roe,Q6,DEU,head_of_government,Chancellor,2000,2004,Roe,",
    )
    assert [name.actor_id for name in gazetteer.find("Jane Roe", date(2003, 1, 1))] == ["Q6", "Q5"]


def test_same_qid_with_other_spelling_is_one_person(with_people):
    gazetteer = with_people(
        "Jane Roe,Q5,FRA,head_of_state,President,1990,1994,Roe,",
        "Jane Röh,Q5,FRA,head_of_government,Prime Minister,1995,1996,Röh,",
    )
    assert gazetteer.find("Jane Röh", None) == gazetteer.find("Jane Roe", None)


def test_line_without_qid_joins_the_person_of_that_name(with_people):
    gazetteer = with_people(
        "Jane Roe,,FRA,head_of_state,President,1990,1994,Roe,",
        "Jane Roe,Q5,FRA,other,Senator,1995,1996,Roe,",
    )
    assert gazetteer.find("Jane Roe", None)[0].actor_id == "Q5"
    assert len(gazetteer.offices("Q5", None)) == 2


def test_year_and_month_stand_for_first_and_last_day(with_people):
    term = with_people("Jane Roe,,FRA,other,Envoy,2001-02,2004-02,Roe,").offices("jane-roe", None)[0]
    assert (term.start, term.end) == (date(2001, 2, 1), date(2004, 2, 29))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Jane Roe,,FRA,boss,President,2001,,Roe,", "line 2: office is 'boss'"),
        ("Jane Roe,,FRA,head,President,,,Roe,", "line 2: start is missing"),
        ("Jane Roe,,FRA,head,President,2001-13,,Roe,", "'2001-13' is no date"),
        ("Jane Roe,,FRA,head,President,2001,1999,Roe,", "ends before it starts"),
        ("Jane Roe,,ZZZ,head,President,2001,,Roe,", "'ZZZ', which names nobody"),
        (",,FRA,head,President,2001,,Roe,", "person or code is missing"),
        ("Jane Roe,,FRA,head,President,2001", "6 cells for 9"),
    ],
)
def test_line_that_cannot_be_used_is_named(with_people, line, message):
    with pytest.raises(GazetteerError, match=message):
        with_people(line)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Sergei Zelenskyy", "Sergey Zelensky"),
        ("Bashar al-Roe", "Bashar Roe"),
        ("Gerhard Röhe", "Gerhard Roehe"),
        ("Mohammed Roe", "Muhammad Roe"),
        ("A.P.J. Roe", "A. P. J. Roe"),
        ("Donald Roe", "Donald J. Roe"),
    ],
)
def test_spellings_of_a_name_find_the_person(with_people, written, text):
    gazetteer = with_people(f"{written},Q5,SYR,head_of_state,President,2000,2010,,")
    assert [name.actor_id for name in gazetteer.find(text, None)] == ["Q5"]


def test_monarch_is_found_with_title_and_state(with_people):
    gazetteer = with_people(
        "Roland II,Q5,JOR,head_of_state,King,2000,2010,,", "Roland,Q6,SAU,head_of_state,King,2000,2010,,"
    )
    on = date(2005, 1, 1)
    assert [actor.id for actor in gazetteer.by_surname("King Roland", on)] == ["Q5", "Q6"]
    assert [name.actor_id for name in gazetteer.find("King Roland of Jordan", on)] == ["Q5"]
    assert [name.actor_id for name in gazetteer.find("King Roland II", on)] == ["Q5"]


def test_same_name_at_the_head_of_two_states_is_two_persons(with_people):
    gazetteer = with_people(
        "Albert II,,BEL,head_of_state,King,1993,2013,,", "Albert II,,MCO,head_of_state,Prince,2005,,,"
    )
    assert {person.terms[0].code for person in gazetteer.people} == {"BEL", "MCO"}


def test_lines_that_name_each_other_are_one_person(with_people):
    gazetteer = with_people(
        "Jane Roe,,FRA,foreign_minister,Foreign Minister,2001,2005,Roe,Jane Mary Roe",
        "Jane Mary Roe,,UNO,head,Secretary-General,2007,2010,Roe,Jane Roe",
    )
    assert len(gazetteer.people) == 1
    assert gazetteer.actor("jane-roe", date(2008, 1, 1)).country == "UNO"
