"""Sentences for the encoder in, the same with other countries out: what holds of one pair holds of another."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from ingest.pair_encoder import CLOSE, MARKS, MIXED
from ingest.pieces import Pieces

SWAPPED = 0.6  # of the sentences, and of the states in such a one
Form = tuple[int, ...]


class Swapper:
    """Puts the name or the adjective of another state where one is marked; two states stay two."""

    def __init__(self, vocabulary: Sequence[str], rng: np.random.Generator) -> None:
        pieces = Pieces(vocabulary)
        self._rng = rng
        self._opens = {pieces.number(mark) for mark in (*MARKS.values(), MIXED)}
        self._close = pieces.number(CLOSE)
        unknown = pieces.number("[UNK]")
        self._forms: list[tuple[Form, Form]] = []
        path = files("dyadgraph") / "gazetteer" / "countries.csv"
        for row in csv.DictReader(path.read_text(encoding="utf8").splitlines()):
            adjective = row["demonyms"].split(";")[0]
            if adjective and row["sovereign"] and not row["end"]:
                forms = pieces.cut(row["name"]), pieces.cut(adjective)
                if not any(unknown in form for form in forms):
                    self._forms.append(forms)
        self._known = {form: (state, kind) for state, own in enumerate(self._forms) for kind, form in enumerate(own)}

    def swap(self, numbers: Sequence[int]) -> tuple[list[int], dict[int, int]]:
        """Return the sentence with some states swapped, and where each opening mark has moved to."""
        chosen: dict[int, int] = {}
        swaps = self._rng.random() < SWAPPED
        swapped: list[int] = []
        moved: dict[int, int] = {}
        place = 0
        while place < len(numbers):
            swapped.append(numbers[place])
            place += 1
            if numbers[place - 1] not in self._opens:
                continue
            moved[place - 1] = len(swapped) - 1
            end = place
            while end < len(numbers) and numbers[end] != self._close:
                end += 1
            mention = tuple(numbers[place:end])
            if swaps and mention in self._known:
                state, kind = self._known[mention]
                mention = self._forms[self._other(state, chosen)][kind]
            swapped += mention
            place = end
        return swapped, moved

    def _other(self, state: int, chosen: dict[int, int]) -> int:
        """Return the state that stands for this one in the sentence: itself, or one drawn."""
        if state not in chosen:
            other = state if self._rng.random() > SWAPPED else int(self._rng.integers(len(self._forms)))
            while other in chosen.values():
                other = int(self._rng.integers(len(self._forms)))
            chosen[state] = other
        return chosen[state]
