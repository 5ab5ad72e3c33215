from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.model import Article


def triples(coder, text):
    relations = coder.code_article(Article.of(text, published=date(2022, 2, 4))).relations
    return {(r.source.country, r.type, r.target.country) for r in relations if r.type != "leads"}


@pytest.mark.parametrize(
    "text",
    [
        "France attacked Wales from the kickoff.",
        "A Danish retailer sued a Swedish chain.",
        "A Japanese tourist attacked a Peruvian singer.",
        "Germany crushed the Brazilian hosts 7-1.",
        "The lira pulled Turkey's bourse down and Argentina's peso with it.",
        "A Korean brewer signed a deal with a Czech ministry's caterer.",
        "Her Iranian aunt met her Italian cousin.",
    ],
)
def test_sport_and_private_affairs_are_no_news_of_states(coder, text):
    assert triples(coder, text) == set()


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        (
            "The United States announced a diplomatic boycott of the Olympics and condemned China.",
            ("USA", "accuse", "CHN"),
        ),
        ("The European Union imposed sanctions on Russian banks.", ("EUU", "sanction", "RUS")),
        ("The Security Council condemned Iran by 14-1.", ("UNO", "accuse", "IRN")),
        ("A Syrian political group rejected a proposal of France.", ("SYR", "reject", "FRA")),
        ("Iranian police arrested a French tourist.", ("IRN", "coerce", "FRA")),
        ("Russian state broadcasters accused Ukraine of lying.", ("RUS", "accuse", "UKR")),
        ("Iranian military researchers visited North Korea.", ("IRN", "visit", "PRK")),
    ],
)
def test_politics_with_such_words_stays(coder, text, triple):
    assert triple in triples(coder, text)


def test_private_actor_that_is_named_otherwise_too_is_the_state(coder):
    text = "France expelled a Malian student and accused Mali of spying."
    assert ("FRA", "accuse", "MLI") in triples(coder, text)
