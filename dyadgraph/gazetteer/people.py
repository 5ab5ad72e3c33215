"""Persons and their terms of office: a day goes in, for whom they act and whom a surname means comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, cast, get_args

Office = Literal[
    "head_of_state",
    "head_of_government",
    "supreme_leader",
    "crown_prince",
    "vice_president",
    "foreign_minister",
    "defence_minister",
    "interior_minister",
    "security_adviser",
    "head",
    "envoy",
    "spokesman",
    "speaker",
    "opposition_leader",
    "other",
]
OFFICES: tuple[Office, ...] = get_args(Office)
HEAD_OFFICES = frozenset({"head_of_state", "head_of_government", "supreme_leader", "head"})
# News still calls somebody by the bare surname for a while after the term, and already before it.
GRACE_AFTER = timedelta(days=730)
GRACE_BEFORE = timedelta(days=180)
# How much more a day in the office makes known than one as an envoy or a senator.
_WEIGHTS: dict[Office, float] = {
    "head_of_state": 3,
    "head_of_government": 3,
    "supreme_leader": 4,
    "head": 1.5,
    "foreign_minister": 1.5,
}
KNOWN_UNTIL = date(2026, 12, 31)


@dataclass(frozen=True, slots=True)
class Term:
    """A person (an actor id) held an office of a state, organisation or group (a code); `end` None: still does."""

    person: str
    code: str
    office: Office
    title: str
    start: date
    end: date | None
    shared: bool = False
    """Whether it comes with the office of another state: the king of the United Kingdom is king of Canada too."""

    def covers(self, on: date) -> bool:
        """Tell whether the term runs on that day."""
        return self.start <= on and (self.end is None or on <= self.end)

    def is_near(self, on: date) -> bool:
        """Tell whether that day lies shortly before or after the term."""
        return self.start - GRACE_BEFORE <= on and (self.end is None or on <= self.end + GRACE_AFTER)

    def distance(self, on: date) -> int:
        """Return the days between that day and the term."""
        if self.covers(on):
            return 0
        return (self.start - on).days if on < self.start else (on - cast(date, self.end)).days


@dataclass(slots=True)
class Person:
    """A person: every spelling of the full name, the short forms, the terms in order of their start."""

    id: str
    name: str
    qid: str | None
    names: list[str] = field(default_factory=list)
    surnames: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def code(self, on: date | None) -> str:
        """Return for whom the person acts that day: by the term that runs, else the last before, else the next.

        Without a day: whom the person led longest, else served longest.
        """
        if on is None:
            return max(dict.fromkeys(term.code for term in self.terms), key=self._days_as_head)
        running = [term for term in self.terms if term.covers(on)]
        if running:
            return max(running, key=_weight).code
        before = [term for term in self.terms if term.start <= on and not term.shared]
        return max(before, key=lambda term: term.end or on).code if before else self.terms[0].code

    def _days_as_head(self, code: str) -> tuple[int, int]:
        terms = [term for term in self.terms if term.code == code and not term.shared]
        return count_days([term for term in terms if term.office in HEAD_OFFICES]), count_days(terms)


def _weight(term: Term) -> tuple[bool, bool, date]:
    return not term.shared, term.office in HEAD_OFFICES, term.start


def count_days(terms: Sequence[Term]) -> int:
    """Return the days of terms together, of two at once both."""
    return sum(((term.end or KNOWN_UNTIL) - term.start).days for term in terms)


def choose_bearers(people: Sequence[Person], on: date | None) -> Iterator[Person]:
    """Yield those whom a bare surname means that day: holders of an office, else those near their term.

    Among holders, heads of states, governments and organisations win over ministers and others. Without a day
    those longest in office, most of all in a leading one, win over those with less than a third of that.
    """
    if on is None:
        yield from _best_known(people)
        return
    running = {person.id: [t for t in person.terms if t.covers(on)] for person in people}
    holders = [person for person in people if running[person.id]]
    if not holders:
        yield from (person for person in people if any(term.is_near(on) for term in person.terms))
        return
    heads = [person for person in holders if any(t.office in HEAD_OFFICES for t in running[person.id])]
    yield from _without_subordinates(heads or holders, running)


def _without_subordinates(holders: list[Person], running: Mapping[str, list[Term]]) -> Iterator[Person]:
    """Leave out those whose state has a supreme leader among the holders: "Kim" in 2018 is Kim Jong Un."""
    led = {t.code for person in holders for t in running[person.id] if t.office == "supreme_leader"}
    for person in holders:
        terms = running[person.id]
        if any(t.office == "supreme_leader" for t in terms) or not any(t.code in led for t in terms):
            yield person


def _best_known(people: Sequence[Person]) -> list[Person]:
    weights = {person.id: sum(_WEIGHTS.get(t.office, 1) * count_days([t]) for t in person.terms) for person in people}
    most = max(weights.values())
    known = [person for person in people if weights[person.id] * 3 >= most]
    return sorted(known, key=lambda person: person.terms[-1].start, reverse=True)
