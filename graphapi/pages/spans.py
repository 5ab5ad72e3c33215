"""An article's text and its relations in, pieces to be shown out: plain text, and sentences with their triggers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dyadgraph.model import Relation


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; of a sentence that proves relations, `parts` are its words with whether they are a trigger."""

    text: str
    start: int
    relations: tuple[Relation, ...] = ()
    parts: tuple[tuple[str, bool], ...] = ()


def cut_text(text: str, relations: Sequence[Relation]) -> list[Piece]:
    """Cut a text at the sentences of its relations; sentences that overlap become one piece."""
    pieces: list[Piece] = []
    place = 0
    ordered = sorted(relations, key=lambda each: (each.evidence.start, each.evidence.end))
    while ordered:
        start, end = ordered[0].evidence.start, ordered[0].evidence.end
        group = []
        while ordered and ordered[0].evidence.start < end:
            end = max(end, ordered[0].evidence.end)
            group.append(ordered.pop(0))
        if not group:  # an empty span would never be passed
            ordered.pop(0)
            continue
        if start > place:
            pieces.append(Piece(text[place:start], place))
        pieces.append(Piece(text[start:end], start, tuple(group), _mark(text, start, end, group)))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:], place))
    return pieces


def _mark(text: str, start: int, end: int, group: Sequence[Relation]) -> tuple[tuple[str, bool], ...]:
    marked = {index for each in group for index in range(each.evidence.trigger_start, each.evidence.trigger_end)}
    parts: list[tuple[str, bool]] = []
    place = start
    for index in range(start + 1, end + 1):
        if index == end or (index in marked) != (place in marked):
            parts.append((text[place:index], place in marked))
            place = index
    return tuple(parts)
