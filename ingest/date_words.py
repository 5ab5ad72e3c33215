"""A sentence in, the days that its words name out, counted from the day on which it was published.

A day is exact where the words say one. Of a month, a year or a decade it is the first day, so that a timeline by months
or years stays right; a period that publication lies in ("this year", "in June" in June) gives publication itself.
Where a day without a year may lie on either side of publication, what happened lies before, what is to come after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
SHIFTS: Mapping[str, int] = MappingProxyType(
    {
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "today": 0,
        "tonight": 0,
        "overnight": 0,
    }
)
WEEK = 7
YEAR = 366
# "The summit on June 30", read on June 19, is this year's, though no word says that it is still to come.
SOON = 60

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUMBER = r"(?P<number>\d{1,3}|an?|" + "|".join(NUMBERS[1:]) + ")"
_PART = r"(?:early|mid|late|(?:the )?(?:start|beginning|middle|end) of)"
_COUNTED = r"(?:\w+ )?(?:people|troops|soldiers|civilians|men|dead|miles|years)"
_OPENING = r"(?:in|since|from|during|of|for|throughout|early|mid|late|the|through|around|between|and|before|after)"


@dataclass(frozen=True, slots=True)
class DateWords:
    """Characters start:end of a text name a day; `day` is None where only publication could tell it and is unknown."""

    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True)
class Clock:
    """What date words are counted from: the day of publication, and whether the act is still to come."""

    published: date | None
    coming: bool

    def year_of(self, month: int, day: int) -> int | None:
        """Return the year in which a day without one lies."""
        if self.published is None:
            return None
        for year in (self.published.year + 1, self.published.year, self.published.year - 1):
            meant = _day(year, month, day)
            if meant is None:
                continue
            earliest, latest = (-1, YEAR - 1) if self.coming else (SOON - YEAR, SOON)
            if earliest <= (meant - self.published).days <= latest:
                return year
        return None


Found = re.Match[str]


def find_date_words(text: str, clock: Clock) -> list[DateWords]:
    """Find all words of a text that name a day; longer expressions hide the shorter ones in them."""
    taken: list[DateWords] = []
    hidden: set[int] = set()
    for pattern, read in _READERS:
        for found in pattern.finditer(text):
            if hidden.intersection(range(*found.span())) or _is_common_word(found):
                continue
            hidden.update(range(*found.span()))
            try:
                day = read(found, clock)
            except (ValueError, OverflowError):  # "June 31", "999 years ago" in the year 500
                continue
            if day is not None:
                taken.append(DateWords(*found.span(), day))
    return sorted(taken, key=lambda words: words.start)


def _is_common_word(found: Found) -> bool:
    """Tell "may 5 of them" and "a march": a month is capitalised."""
    return "month" in found.re.groupindex and not found["month"][0].isupper()


# each reader returns None where the words name no day


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year is not None else None
    except ValueError:
        return None


def _month(found: Found) -> int:
    short = found["month"][:3].lower()
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(short))


def _read_full(found: Found, _clock: Clock) -> date | None:
    return _day(int(found["year"]), _month(found), int(found["day"]))


def _read_iso(found: Found, _clock: Clock) -> date | None:
    return _day(int(found["year"]), int(found["number"]), int(found["day"]))


def _read_day_of_month(found: Found, clock: Clock) -> date | None:
    month, day = _month(found), int(found["day"])
    return _day(clock.year_of(month, day), month, day)


def _read_month_of_year(found: Found, clock: Clock) -> date | None:
    return _within(date(int(found["year"]), _month(found), 1), clock, months=1)


def _read_month_of_other_year(found: Found, clock: Clock) -> date | None:
    if clock.published is None:
        return None
    year = clock.published.year + {"last": -1, "next": 1}.get(found["which"].lower(), 0)
    return _within(date(year, _month(found), 1), clock, months=1)


def _read_month(found: Found, clock: Clock) -> date | None:
    published, month = clock.published, _month(found)
    if published is None:
        return None
    if month == published.month and (found["which"] or "").lower() in {"", "this"}:
        return published
    later = month > published.month
    coming = clock.coming or (found["which"] or "").lower() == "next"
    year = published.year + (0 if later else 1) if coming else published.year - (1 if later else 0)
    return date(year, month, 1)


def _read_weekday(found: Found, clock: Clock) -> date | None:
    if clock.published is None:
        return None
    which = (found["which"] or "").lower()
    back = (clock.published.weekday() - DAYS.index(found["weekday"].lower())) % WEEK
    if which in {"next", "coming"} or (which not in {"last", "past"} and clock.coming):
        return clock.published + timedelta(days=WEEK - back if back or which else 0)
    return clock.published - timedelta(days=back or (WEEK if which in {"last", "past"} else 0))


def _read_shift(found: Found, clock: Clock) -> date | None:
    words = " ".join(found[0].lower().split())
    return clock.published + timedelta(days=SHIFTS[words]) if clock.published else None


def _read_period(found: Found, clock: Clock) -> date | None:
    if clock.published is None:
        return None
    if found["the"] and found["which"].lower() != "previous":  # "in the last month" reaches up to now
        return clock.published
    steps = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(found["which"].lower(), 0)
    return _shifted(clock.published, steps, found["unit"].lower()) if steps else clock.published


def _read_ago(found: Found, clock: Clock) -> date | None:
    if clock.published is None:
        return None
    number = found["number"].lower()
    count = int(number) if number.isdigit() else 1 if number in {"a", "an"} else NUMBERS.index(number)
    unit = found["unit"].lower()
    if unit in {"day", "hour"}:
        return clock.published - timedelta(days=count if unit == "day" else count // 24)
    return _shifted(clock.published, -count, unit)


def _shifted(day: date, steps: int, unit: str) -> date | None:
    """Return the first day of the period so many steps away; a week away is the same weekday."""
    if unit == "week":
        return day + timedelta(weeks=steps)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + steps
        return _day(months // 12, months % 12 + 1, 1)
    return _day(day.year + steps * (10 if unit == "decade" else 1), 1, 1)


def _read_decade(found: Found, _clock: Clock) -> date | None:
    return date(int(found["year"]), 1, 1)


def _read_year(found: Found, clock: Clock) -> date | None:
    return _within(date(int(found["year"]), 1, 1), clock, months=12)


def _within(first: date, clock: Clock, *, months: int) -> date:
    """Return publication where it lies in the period that begins on that day, else the period's first day."""
    after = _shifted(first, months, "month")
    return clock.published if clock.published and after and first <= clock.published < after else first


_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?"
_SOURCES: tuple[tuple[str, Callable[[Found, Clock], date | None]], ...] = (
    (rf"\b{_YEAR}-(?P<number>\d\d)-{_DAY}\b", _read_iso),
    (rf"\b{_MONTH} {_DAY},? {_YEAR}\b", _read_full),
    (rf"\b(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}\b", _read_full),
    (rf"\b{_MONTH},? (?:of )?{_YEAR}\b", _read_month_of_year),
    (rf"\b{_MONTH} (?:of )?(?P<which>last|this|next) year\b", _read_month_of_other_year),
    (rf"\b{_MONTH} {_DAY}\b(?![,.:]?\d|%| (?:percent|million|billion))", _read_day_of_month),
    (rf"\b(?:the )?{_DAY}(?: of)? {_MONTH}(?![a-z])", _read_day_of_month),
    (rf"\b(?:(?P<which>last|past|next|coming|this) )?{_WEEKDAY}(?!s\b)\b", _read_weekday),
    (rf"\b(?:{'|'.join(SHIFTS)})\b", _read_shift),
    (rf"\b{_NUMBER} {_UNIT} (?:ago|earlier)\b", _read_ago),
    (rf"\b(?P<the>the )?(?P<which>last|past|previous|this|next|coming) {_UNIT}\b", _read_period),
    (rf"\b(?:in|since|during|from|by|until|{_PART})(?: {_PART})? (?:the )?(?P<year>(?:19|20)\d0)s\b", _read_decade),
    (rf"\b(?:in|since|during|from|through|throughout|for|{_PART}) (?P<which>){_MONTH}(?![a-z])(?! \d)", _read_month),
    (rf"\b(?P<which>last|this|next) {_MONTH}(?![a-z])(?! \d)", _read_month),
    (rf"\b{_OPENING} (?:the year )?{_YEAR}\b(?![-,.]?\d| {_COUNTED})", _read_year),
    (rf"\b(?:the|its|their|his|her|a|'s|’s) {_YEAR}\b(?! {_COUNTED})", _read_year),
)  # fmt: skip
_READERS = tuple((re.compile(source, re.IGNORECASE), read) for source, read in _SOURCES)


def spread(words: DateWords, spans: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Yield the tokens that the date words cover, given each token's characters."""
    for index, (start, end) in enumerate(spans):
        if start < words.end and end > words.start:
            yield index
