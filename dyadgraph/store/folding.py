"""Counted events in, the graph's summaries out: what both stores answer once they have counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dyadgraph.model import HAPPENING, Facets, Month, Status
from dyadgraph.ontology import Ontology

COOPERATIVE = ("verbal_cooperation", "material_cooperation")
CONFLICTUAL = ("verbal_conflict", "material_conflict")
Ends = tuple[str, str]
Folded = tuple[str, str, str, Status, int]
"""Source id, target id, type, status and number of events of an edge."""


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
        # A store without snapshots may have counted the stories before the month was there.
        told = None if sources is None else sources.get(month)
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
    before: Iterable[Folded], after: Iterable[Folded], ontology: Ontology
) -> list[tuple[Ends, float, float]]:
    """Return pairs whose mean Goldstein changed its sign, with both means; most events first, then by ids."""
    old, new = _by_pair(before, ontology), _by_pair(after, ontology)
    found = []
    for ends in old.keys() & new.keys():
        (one, first), (two, second) = _mean(old[ends]), _mean(new[ends])
        if one * two < 0:
            found.append((first + second, ends, one, two))
    return [each[1:] for each in sorted(found, key=lambda each: (-each[0], each[1]))]


def only_in(rows: Iterable[Folded], others: Iterable[Folded], limit: int) -> Sequence[Folded]:
    """Return the first edges that the others have not, however many events theirs are of."""
    known = {each[:4] for each in others}
    return list(islice((each for each in rows if each[:4] not in known), limit))


def _by_pair(rows: Iterable[Folded], ontology: Ontology) -> dict[Ends, list[tuple[int, float | None]]]:
    """Return by pair the number of happening events and the Goldstein of each row, None where it has no tone."""
    ratings = {each.id: None if each.quad == "structural" else each.goldstein for each in ontology.types.values()}
    found: dict[Ends, list[tuple[int, float | None]]] = {}
    for source, target, type_id, status, count in rows:
        if status in HAPPENING and source != target:
            ends = (source, target) if source < target else (target, source)
            found.setdefault(ends, []).append((count, ratings[type_id]))
    return found


def _mean(parts: Iterable[tuple[int, float | None]]) -> tuple[float, int]:
    """Return the mean Goldstein of a pair's rows (0 where none has one), and the number of events."""
    total, rated, events = 0.0, 0, 0
    for count, rating in parts:
        events += count
        if rating is not None:
            total += count * rating
            rated += count
    return (round(total / rated, 2) if rated else 0.0), events


def _sum_by(types: Mapping[str, int], name: Callable[[str], str | None]) -> Counter[str]:
    found: Counter[str] = Counter()
    for type_id, count in types.items():
        found[name(type_id) or ""] += count
    found.pop("", None)
    return found


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
