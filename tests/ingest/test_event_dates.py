from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.model import Article

WEDNESDAY = date(2024, 6, 19)


@pytest.mark.parametrize(
    ("text", "type_id", "day"),
    [
        ("Israel bombed Syria.", "assault", "2024-06-19"),
        ("Israel bombed Syria on Monday.", "assault", "2024-06-17"),
        ("On Monday, Israel bombed Syria.", "assault", "2024-06-17"),
        ("Israel bombed Syria last month.", "assault", "2024-05-01"),
        ("Russia invaded Ukraine on February 24, 2022.", "assault", "2022-02-24"),
        ("Russia invaded Ukraine in 2022.", "assault", "2022-01-01"),
        ("Russia's 2022 invasion of Ukraine shook Europe.", "assault", "2022-01-01"),
        ("Emmanuel Macron visited China yesterday.", "visit", "2024-06-18"),
        ("Emmanuel Macron will visit China on Monday.", "visit", "2024-06-24"),
        ("Emmanuel Macron will visit China next month.", "visit", "2024-07-01"),
        ("Emmanuel Macron plans to visit China in September.", "visit", "2024-09-01"),
        ("South Korea said on Tuesday that Israel bombed Syria in May.", "assault", "2024-05-01"),
        ("Iran was condemned by France on Monday.", "accuse", "2024-06-17"),
        ("The 1979 revolution brought Iran trouble, and France condemned Iran.", "accuse", "2024-06-19"),
        ("France blamed Iran for an attack in May.", "accuse", "2024-06-19"),
        ("Australia scrapped a 2016 agreement with France.", "reject", "2024-06-19"),
        ("It was the first clash between India and China since 1975.", "assault", "2024-06-19"),
    ],
)
def test_event_has_the_day_that_the_words_give_it(coder, text, type_id, day):
    relations = coder.code_article(Article.of(text, published=WEDNESDAY)).relations
    assert {relation.date.isoformat() for relation in relations if relation.type == type_id} == {day}
    assert all(relation.evidence.date == relation.date for relation in relations)


def test_without_publication_only_full_dates_count(coder):
    (dated,) = coder.code_article(Article.of("Israel bombed Syria on May 3, 2011.")).relations
    assert dated.date == date(2011, 5, 3)
    (undated,) = coder.code_article(Article.of("Israel bombed Syria on Monday.")).relations
    assert undated.date is None


def test_deadline_is_no_day_of_an_act(coder):
    text = "Israel bombed Syria until 2019."
    relations = coder.code_article(Article.of(text, published=WEDNESDAY)).relations
    assert {relation.date for relation in relations} == {WEDNESDAY}
