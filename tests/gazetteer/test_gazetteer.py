"""Who is who in the data that ship."""

from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.errors import NotFoundError
from dyadgraph.gazetteer import fold, load_gazetteer
from tools.gazetteer.lint import find_faults

EASILY_MERGED = [
    ("North Korea", "South Korea"),
    ("Republic of Korea", "Democratic People's Republic of Korea"),
    ("Democratic Republic of the Congo", "Republic of the Congo"),
    ("Guinea", "Guinea-Bissau"),
    ("Guinea", "Equatorial Guinea"),
    ("Guinea", "Papua New Guinea"),
    ("Niger", "Nigeria"),
    ("Nigerien", "Nigerian"),
    ("Sudan", "South Sudan"),
    ("Dominica", "Dominican Republic"),
    ("Samoa", "American Samoa"),
    ("Ireland", "Northern Ireland"),
    ("Republic of China", "People's Republic of China"),
    ("Austria", "Australia"),
    ("Slovakia", "Slovenia"),
    ("Iran", "Iraq"),
    ("Mali", "Malawi"),
    ("Mauritania", "Mauritius"),
    ("Gambia", "Zambia"),
    ("East Germany", "Germany"),
    ("North Vietnam", "South Vietnam"),
    ("Islamic Jihad", "Islamic State"),
    ("African Union", "European Union"),
    ("Lord's Resistance Army", "Islamic Resistance Movement"),
    ("National Liberation Army", "Karen National Liberation Army"),
    ("Taliban", "Pakistani Taliban"),
    ("Kim Jong Il", "Kim Jong Un"),
    ("George W. Bush", "George H. W. Bush"),
    ("Bill Clinton", "Hillary Clinton"),
    ("Hafez al-Assad", "Bashar al-Assad"),
    ("Raúl Castro", "Fidel Castro"),
    ("Park Geun-hye", "Park Chung-hee"),
    ("Ali Khamenei", "Ruhollah Khomeini"),
]


@pytest.mark.parametrize(("first", "second"), EASILY_MERGED)
def test_names_that_look_alike_stay_two_actors(gazetteer, first, second):
    found = [{name.actor_id for name in gazetteer.find(text, None)} for text in (first, second)]
    assert found[0]
    assert found[1]
    assert found[0].isdisjoint(found[1])


def test_no_name_means_two_states_or_groups(gazetteer):
    bearers = {}
    for written, name in gazetteer.names():
        if name.kind != "person":
            bearers.setdefault(fold(written), set()).add(name.actor_id)
    assert {key: ids for key, ids in bearers.items() if len(ids) > 1 and not gazetteer.has_context(key)} == {}


def test_every_name_finds_its_own_actor(gazetteer):
    lost = [written for written, name in gazetteer.names() if name not in gazetteer.find(written, None)]
    assert lost == []


def test_the_data_files_do_not_contradict_themselves(gazetteer):
    assert find_faults(gazetteer) == []


@pytest.mark.parametrize(
    ("title", "code", "day", "name"),
    [
        ("prime minister", "JPN", "2008-10-01", "Taro Aso"),
        ("president", "FRA", "2016-02-03", "François Hollande"),
        ("leader", "PRK", "2006-02-03", "Kim Jong Il"),
        ("leader", "PRK", "2016-02-03", "Kim Jong Un"),
        ("chancellor", "DEU", "2010-01-01", "Angela Merkel"),
        ("new chancellor", "DEU", "2010-01-01", "Angela Merkel"),
        ("leader", "DEU", "2010-01-01", "Angela Merkel"),
        ("secretary of state", "USA", "2010-01-01", "Hillary Clinton"),
        ("foreign minister", "USA", "2010-01-01", "Hillary Clinton"),
        ("supreme leader", "IRN", "2010-01-01", "Ali Khamenei"),
        ("secretary-general", "UNO", "2005-01-01", "Kofi Annan"),
        ("secretary general", "UNO", "2010-01-01", "Ban Ki-moon"),
        ("president", "RUS", "2010-01-01", "Dmitry Medvedev"),
        ("prime minister", "RUS", "2010-01-01", "Vladimir Putin"),
    ],
)
def test_office_names_its_holder_of_the_day(gazetteer, title, code, day, name):
    holder = gazetteer.find_holder(title, code, date.fromisoformat(day))
    assert holder is not None
    assert fold(holder.name) == fold(name)


@pytest.mark.parametrize(
    "title", ["deputy prime minister", "former chancellor", "vice foreign minister", "rebel leader"]
)
def test_lesser_title_does_not_name_the_head(gazetteer, title):
    assert gazetteer.find_holder(title, "DEU", date(2010, 1, 1)) is None


@pytest.mark.parametrize(("text", "day", "code"), [("Bush", "2006-01-01", "USA"), ("Putin", "2020-01-01", "RUS")])
def test_surname_finds_who_is_in_office(gazetteer, text, day, code):
    assert {actor.country for actor in gazetteer.by_surname(text, date.fromisoformat(day))} == {code}


def test_surname_of_one_long_out_of_office_finds_nobody(gazetteer):
    assert gazetteer.by_surname("Merkel", date(2026, 1, 1)) == []
    assert gazetteer.find("Angela Merkel", date(2026, 1, 1))


def test_unknown_id_and_code_are_named(gazetteer):
    with pytest.raises(NotFoundError, match="'Q0'"):
        gazetteer.actor("Q0")
    with pytest.raises(NotFoundError, match="'XXX'"):
        gazetteer.actor_of_code("XXX")


def test_state_that_is_no_more_acts_as_its_successor(gazetteer):
    soviet = gazetteer.actor("SUN")
    assert (soviet.id, soviet.country) == ("SUN", "RUS")


@pytest.mark.parametrize("word", ["president", "minister", "foreign", "defence", "opposition", "former"])
def test_words_of_titles_are_known(gazetteer, word):
    assert gazetteer.is_title(word)


def test_spokesman_alone_points_at_nobody(gazetteer):
    assert gazetteer.is_office("president")
    assert not gazetteer.is_office("spokesman")
    assert gazetteer.is_head_title("prime minister")
    assert not gazetteer.is_head_title("foreign minister")


def test_loading_twice_gives_two_gazetteers():
    assert load_gazetteer() is not load_gazetteer()
