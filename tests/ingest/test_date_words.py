from __future__ import annotations

from datetime import date

import pytest

from ingest.date_words import Clock, find_date_words

WEDNESDAY = date(2024, 6, 19)

# What happened: words -> day, read on Wednesday, 19 June 2024.
HAPPENED = [
    ("on June 12", "2024-06-12"),
    ("on Jun. 12", "2024-06-12"),
    ("on June 12th", "2024-06-12"),
    ("on 12 June", "2024-06-12"),
    ("on the 12th of June", "2024-06-12"),
    ("on June 19", "2024-06-19"),
    ("on June 20", "2024-06-20"),
    ("on June 30", "2024-06-30"),
    ("on December 24", "2023-12-24"),
    ("on Dec 24", "2023-12-24"),
    ("on Sept. 5", "2023-09-05"),
    ("on February 29", "2024-02-29"),
    ("on June 12, 2018", "2018-06-12"),
    ("on June 12 2018", "2018-06-12"),
    ("on 12 June 2018", "2018-06-12"),
    ("on 2018-06-12", "2018-06-12"),
    ("in May", "2024-05-01"),
    ("in June", "2024-06-19"),
    ("in July", "2023-07-01"),
    ("since May", "2024-05-01"),
    ("in late May", "2024-05-01"),
    ("in early January", "2024-01-01"),
    ("at the end of May", "2024-05-01"),
    ("last May", "2024-05-01"),
    ("in May 2015", "2015-05-01"),
    ("in May, 2015", "2015-05-01"),
    ("in May of 2015", "2015-05-01"),
    ("in June 2024", "2024-06-19"),
    ("in March of last year", "2023-03-01"),
    ("in March last year", "2023-03-01"),
    ("in March this year", "2024-03-01"),
    ("in 2015", "2015-01-01"),
    ("since 2014", "2014-01-01"),
    ("in 2024", "2024-06-19"),
    ("in early 2015", "2015-01-01"),
    ("the 2015 deal", "2015-01-01"),
    ("its 1979 invasion", "1979-01-01"),
    ("in the 1990s", "1990-01-01"),
    ("in the late 1990s", "1990-01-01"),
    ("on Monday", "2024-06-17"),
    ("on Thursday", "2024-06-13"),
    ("on Wednesday", "2024-06-19"),
    ("last Wednesday", "2024-06-12"),
    ("last Friday", "2024-06-14"),
    ("next Friday", "2024-06-21"),
    ("Tuesday's visit", "2024-06-18"),
    ("yesterday", "2024-06-18"),
    ("the day before yesterday", "2024-06-17"),
    ("last night", "2024-06-18"),
    ("today", "2024-06-19"),
    ("last week", "2024-06-12"),
    ("last month", "2024-05-01"),
    ("last year", "2023-01-01"),
    ("the previous month", "2024-05-01"),
    ("earlier this week", "2024-06-19"),
    ("this year", "2024-06-19"),
    ("in the past month", "2024-06-19"),
    ("in the last year", "2024-06-19"),
    ("over the last decade", "2024-06-19"),
    ("three days ago", "2024-06-16"),
    ("a week ago", "2024-06-12"),
    ("two months ago", "2024-04-01"),
    ("two years ago", "2022-01-01"),
    ("20 years ago", "2004-01-01"),
    ("48 hours ago", "2024-06-17"),
]

# What is to come.
COMING = [
    ("on Monday", "2024-06-24"),
    ("on Wednesday", "2024-06-19"),
    ("next Wednesday", "2024-06-26"),
    ("this Friday", "2024-06-21"),
    ("tomorrow", "2024-06-20"),
    ("the day after tomorrow", "2024-06-21"),
    ("next week", "2024-06-26"),
    ("next month", "2024-07-01"),
    ("next year", "2025-01-01"),
    ("on June 30", "2024-06-30"),
    ("on January 5", "2025-01-05"),
    ("in September", "2024-09-01"),
    ("in March", "2025-03-01"),
    ("in March next year", "2025-03-01"),
    ("in 2030", "2030-01-01"),
]

NO_DAY = [
    "2,000 troops",
    "killed 2015 people",
    "in 2015 people",
    "They may 5 times",
    "a long march 12 miles",
    "Mondays",
    "on February 30",
    "June 200",
    "flight 2019",
    "Resolution 1929",
    "in time",
    "the week",
    "",
]


def days(text, *, coming=False, published=WEDNESDAY):
    return [words.day.isoformat() for words in find_date_words(text, Clock(published, coming))]


@pytest.mark.parametrize(("text", "day"), HAPPENED)
def test_what_happened_lies_before(text, day):
    assert days(text) == [day]


@pytest.mark.parametrize(("text", "day"), COMING)
def test_what_is_planned_lies_ahead(text, day):
    assert days(text, coming=True) == [day]


@pytest.mark.parametrize("text", NO_DAY)
def test_words_that_name_no_day(text):
    assert days(text) == []


@pytest.mark.parametrize(("text", "day"), [("on 3 May 2011", ["2011-05-03"]), ("in 2011", ["2011-01-01"])])
def test_full_dates_need_no_publication(text, day):
    assert days(text, published=None) == day


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "in May", "on May 3", "last month", "a week ago"])
def test_relative_words_need_publication(text):
    assert days(text, published=None) == []


def test_longer_words_hide_the_shorter_ones_in_them():
    assert days("on June 12, 2018, and in May 2015") == ["2018-06-12", "2015-05-01"]


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("text", ["last week", "next decade", "999 years ago", "yesterday", "tomorrow", "in December"])
def test_days_outside_the_calendar_are_no_days(text, day):
    assert len(days(text, published=day)) <= 1
