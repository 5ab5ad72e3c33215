"""Counted events in, the graph's summaries out: what both stores answer once they have counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dyadgraph.model import HAPPENING, Facets, Month, Status
from dyadgraph.ontology import Ontology

COOPERATIVE = ("verbal_cooperation", "material_cooperation")
CONFLICTUAL = ("verbal_conflict", "material_conflict")
Row = TypeVar("Row")
Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """So many events of a month (YYYY-MM, "" where undated), a type and a status."""

    month: str
    type: str
    status: Status
    count: int


@dataclass(frozen=True, slots=True)
class Tone:
    """What some events say together: number, numbers by class, mean Goldstein, cooperative less conflictual."""

    count: int
    quads: Mapping[str, int]
    goldstein: float | None
    net: int


def tell_tone(counts: Mapping[str, int], ontology: Ontology) -> Tone:
    """Return the tone of events counted by type; structural ones have none, but count."""
    quads: Counter[str] = Counter()
    total, rated = 0.0, 0
    for type_id, count in counts.items():
        type_ = ontology.types[type_id]
        quads[type_.quad] += count
        if type_.goldstein is not None and type_.quad != "structural":
            total += type_.goldstein * count
            rated += count
    cooperative, conflictual = (sum(quads[each] for each in side) for side in (COOPERATIVE, CONFLICTUAL))
    mean = round(total / rated, 2) if rated else None
    return Tone(quads.total(), dict(quads.most_common()), mean, cooperative - conflictual)


def to_months(tallies: Iterable[Tally], sources: Mapping[str, int] | None, ontology: Ontology) -> tuple[Month, ...]:
    """Return months, oldest first; `sources` are the distinct stories of each, None where nobody counted them."""
    months: dict[str, Counter[str]] = {}
    for tally in tallies:
        if tally.month:
            months.setdefault(tally.month, Counter())[tally.type] += tally.count
    found = []
    for month in sorted(months):
        tone = tell_tone(months[month], ontology)
        told = None if sources is None else sources[month]
        found.append(Month(month, tone.count, tone.quads, tone.goldstein, tone.net, told))
    return tuple(found)


def to_facets(tallies: Iterable[Tally], ontology: Ontology) -> Facets:
    """Return the numbers of events by each field."""
    types: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for tally in tallies:
        types[tally.type] += tally.count
        statuses[tally.status] += tally.count
        if tally.month:
            years[tally.month[:4]] += tally.count
    return Facets(
        types=_ordered(types),
        plovers=_ordered(_sum_by(types, lambda each: ontology.types[each].plover)),
        quads=_ordered(_sum_by(types, lambda each: ontology.types[each].quad)),
        statuses=_ordered(statuses),
        years=dict(sorted(years.items(), reverse=True)),
    )


def find_flips(
    before: Iterable[tuple[Ends, str, Status, int]], after: Iterable[tuple[Ends, str, Status, int]], ontology: Ontology
) -> list[tuple[Ends, float, float]]:
    """Return pairs whose mean Goldstein changed its sign, with both means; most events first, then by ids.

    Each row is of one edge: its two actors, type, status, number of events.
    """
    old, new = _by_pair(before), _by_pair(after)
    found = []
    for ends in old.keys() & new.keys():
        one, two = tell_tone(old[ends], ontology).goldstein, tell_tone(new[ends], ontology).goldstein
        if one is not None and two is not None and one * two < 0:
            found.append((ends, one, two))
    return sorted(found, key=lambda each: (-old[each[0]].total() - new[each[0]].total(), each[0]))


def only_in(rows: Iterable[Row], others: Iterable[Row], key: Callable[[Row], object], limit: int) -> Sequence[Row]:
    """Return the first rows whose key none of the others has."""
    known = {key(each) for each in others}
    return [each for each in rows if key(each) not in known][:limit]


def _by_pair(rows: Iterable[tuple[Ends, str, Status, int]]) -> dict[Ends, Counter[str]]:
    found: dict[Ends, Counter[str]] = {}
    for (source, target), type_id, status, count in rows:
        if status in HAPPENING and source != target:
            found.setdefault((min(source, target), max(source, target)), Counter())[type_id] += count
    return found


def _sum_by(types: Mapping[str, int], name: Callable[[str], str | None]) -> Counter[str]:
    found: Counter[str] = Counter()
    for type_id, count in types.items():
        found[name(type_id) or ""] += count
    found.pop("", None)
    return found


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
