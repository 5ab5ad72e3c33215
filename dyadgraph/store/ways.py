"""Two actors and who is joined to whom in, the best ways between them out: what both stores do once they can step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dyadgraph.store.base import MOST_NEIGHBOURS

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step to a neighbour: how many events join the two, and whether ways may lead on through it."""

    count: int
    may_lead_on: bool


def find_ways(
    first: str,
    second: str,
    limit: int,
    steps: Callable[[str], Mapping[str, Step]],
    between: Callable[[Iterable[str], Iterable[str]], Mapping[tuple[str, str], int]],
) -> list[Way]:
    """Return at most `limit` ways of one to three steps: shortest first, then the one whose weakest step is strongest.

    Equal ways come in the order of their ids. Ways of three steps lead through the strongest neighbours of each end.
    """
    if first == second:
        return []
    ones, twos = steps(first), steps(second)
    found: list[Way] = [(first, second)] if second in ones else []
    through = [each for each in ones.keys() & twos.keys() - {first, second} if ones[each].may_lead_on]
    found += sorted(
        ((first, each, second) for each in through),
        key=lambda way: (-min(ones[way[1]].count, twos[way[1]].count), way),
    )
    if len(found) < limit:
        near, far = _strongest(ones, {first, second}), _strongest(twos, {first, second})
        longer = [
            (min(near[one], count, far[two]), (first, one, two, second))
            for (one, two), count in between(near, far).items()
            if one != two
        ]
        found += [way for _, way in sorted(longer, key=lambda each: (-each[0], each[1]))]
    return found[:limit]


def _strongest(steps: Mapping[str, Step], ends: set[str]) -> dict[str, int]:
    leading = [(step.count, each) for each, step in steps.items() if step.may_lead_on and each not in ends]
    best = sorted(leading, key=lambda each: (-each[0], each[1]))[:MOST_NEIGHBOURS]
    return {each: count for count, each in best}
