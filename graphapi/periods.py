"""Relations of a time in, its tone by month or its difference from another time out."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dyadgraph.errors import QueryError
from dyadgraph.model import Edge, Status
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import MAX_LIMIT, GraphStore, RelationQuery

# What was denied did not happen; it is counted only where it is asked for by name.
HAPPENING: tuple[Status, ...] = ("occurred", "planned", "possible")
COOPERATIVE = ("verbal_cooperation", "material_cooperation")
MONTH = re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])")
CONFLICTUAL = ("verbal_conflict", "material_conflict")


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> YearMonth:
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, name: str, text: str) -> YearMonth:
        """Read YYYY-MM; raises QueryError that names the parameter."""
        if not MONTH.fullmatch(text):
            raise QueryError(f"parameter {name}={text[:40]!r} is no month; write YYYY-MM")
        return cls(int(text[:4]), int(text[5:]))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def number(self) -> int:
        """Months since year 0, to count with."""
        return self.year * 12 + self.month - 1

    @classmethod
    def from_number(cls, number: int) -> YearMonth:
        """Return the month of a `number`."""
        return cls(number // 12, number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def read_edges(store: GraphStore, query: RelationQuery) -> Iterator[Edge]:
    """Return every edge of a query, a page at a time."""
    page = store.relations(replace(query, limit=MAX_LIMIT))
    yield from page.items
    while page.next:
        page = store.relations(replace(query, limit=MAX_LIMIT, cursor=page.next))
        yield from page.items


def read_between(store: GraphStore, query: RelationQuery, first: str, second: str) -> Iterator[Edge]:
    """Return every edge between two actors, each direction; symmetric ones fit both and come once."""
    yield from read_edges(store, replace(query, source=first, target=second))
    if first != second:
        backward = read_edges(store, replace(query, source=second, target=first))
        yield from (edge for edge in backward if not edge.symmetric)


def months_between(
    store: GraphStore, query: RelationQuery, first: str, second: str, ontology: Ontology
) -> list[dict[str, Any]]:
    """Return one row a month that has events between two actors, oldest first.

    `goldstein` is the mean of the events' types, `net` the number of cooperative less that of conflictual events.
    """
    query = replace(query, statuses=query.statuses or HAPPENING, evidence=0)
    days = [
        day for edge in read_between(store, query, first, second) for day in (edge.first_seen, edge.last_seen) if day
    ]
    if not days:
        return []
    rows: list[dict[str, Any]] = []

    def walk(begin: int, end: int) -> None:
        """Halve the time until a month is left; a part without events costs one question."""
        since, until = YearMonth.from_number(begin).first, YearMonth.from_number(end).last
        part = replace(query, since=max(since, query.since or since), until=min(until, query.until or until))
        edges = list(read_between(store, part, first, second))
        if not edges:
            return
        if begin == end:
            rows.append({"month": str(YearMonth.from_number(begin)), **tell_tone(edges, ontology)})
            return
        middle = (begin + end) // 2
        walk(begin, middle)
        walk(middle + 1, end)

    walk(YearMonth.of(min(days)).number, YearMonth.of(max(days)).number)
    return rows


def tell_tone(edges: Iterable[Edge], ontology: Ontology) -> dict[str, Any]:
    """Return count, quads, goldstein and net of some edges."""
    edges = list(edges)
    quads: Counter[str] = Counter()
    for edge in edges:
        quads[edge.quad] += edge.count
    cooperative, conflictual = (sum(quads[each] for each in side) for side in (COOPERATIVE, CONFLICTUAL))
    return {
        "count": quads.total(),
        "quads": dict(quads),
        "goldstein": _mean_goldstein(edges, ontology),
        "net": cooperative - conflictual,
    }


def compare_months(
    store: GraphStore, query: RelationQuery, months: tuple[YearMonth, YearMonth], ontology: Ontology
) -> dict[str, Any]:
    """Return what is new in the second month, what is gone, and the pairs whose mean Goldstein changed its sign."""
    before, after = (
        {
            (edge.source.id, edge.type, edge.target.id, edge.status): edge
            for edge in read_edges(store, replace(query, since=month.first, until=month.last))
        }
        for month in months
    )
    return {
        "new": [edge.to_dict() for key, edge in after.items() if key not in before][: query.limit],
        "gone": [edge.to_dict() for key, edge in before.items() if key not in after][: query.limit],
        "flipped": list(_flipped(_by_pair(before.values()), _by_pair(after.values()), ontology))[: query.limit],
    }


def _by_pair(edges: Iterable[Edge]) -> dict[tuple[str, str], list[Edge]]:
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        if edge.status in HAPPENING:
            first, second = sorted((edge.source.id, edge.target.id))
            pairs.setdefault((first, second), []).append(edge)
    return pairs


def _flipped(
    before: Mapping[tuple[str, str], list[Edge]], after: Mapping[tuple[str, str], list[Edge]], ontology: Ontology
) -> Iterator[dict[str, Any]]:
    for pair in sorted(before.keys() & after.keys()):
        old, new = (_mean_goldstein(each[pair], ontology) for each in (before, after))
        if old is not None and new is not None and old * new < 0:
            ends = {actor.id: actor for edge in after[pair] for actor in (edge.source, edge.target)}
            yield {"actors": [ends[each].to_dict() for each in pair], "before": old, "after": new}


def _mean_goldstein(edges: Iterable[Edge], ontology: Ontology) -> float | None:
    total, count = 0.0, 0
    for edge in edges:
        value = ontology.types[edge.type].goldstein
        if value is not None and edge.quad != "structural":
            total += value * edge.count
            count += edge.count
    return round(total / count, 2) if count else None
