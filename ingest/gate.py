"""A sentence with its known names in, a yes or no out: only those that can hold a relation are parsed.

A linear model over the words of the sentence and the number of actors that may be pointed at, trained by
`tools/relations` on all labelled sentences; its threshold keeps nearly all that hold a relation (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dyadgraph.gazetteer import Gazetteer
from ingest.linear import MODELS, LinearModel, load_linear_model
from ingest.mentions import Reading

SHIPPED = "gate.npz"
POINTERS = frozenset("he she him his her it its they them their both two sides we our us ours".split())

# Words of sport alone: its attacks, defeats and visits are none. "Cup" and "games" are left out: states boycott them.
SPORT = frozenset(
    "coach coaches striker midfielder midfielders goalkeeper goalkeepers batsman batsmen bowler bowlers innings wicket "
    "wickets semifinal semifinals semi-final semi-finals quarterfinal quarterfinals quarter-final quarter-finals "
    "playoff playoffs rematch halftime half-time midfield hat-trick touchdown scorer goalless equaliser equalizer "
    "cricketer cricketers teammate teammates offside umpire referee medallist "
    "stoppage-time quarterback semifinalist".split()
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Tells of sentences whether they are worth a parse."""

    model: LinearModel
    gazetteer: Gazetteer

    def can_hold_relation(self, reading: Reading, before: int) -> bool:
        """Tell whether a relation may stand in the sentence; `before`: how many actors the article has named so far."""
        nobody = not reading.names and before == 0
        if nobody or any(word.lower() in SPORT for word in reading.words):
            return False
        features = list(gate_features(reading, self.gazetteer, before))
        return bool(self.model.probabilities(features)[0] >= self.model.head["threshold"])


def gate_features(reading: Reading, gazetteer: Gazetteer, before: int) -> Iterator[str]:
    """Yield what the gate looks at: words, and how many names, pointers, titles and unknown capitalised words."""
    named = len(actors_named(reading))
    pointers = titles = capitals = 0
    words: set[str] = set()
    for index, written in enumerate(reading.words):
        if index in reading.names:
            continue
        word = written.lower()
        words.add(word)
        if word in POINTERS:
            pointers += 1
        elif gazetteer.is_office(word):
            titles += 1
        elif index and written[0].isupper():
            capitals += 1
    yield from (f"w={word}" for word in words)
    yield from {f"stem={word[:5]}" for word in words if len(word) > 4}
    yield f"named={min(named, 3)}"
    yield f"mentions={min(len(reading.names), 4)}"
    yield f"pointers={min(pointers, 2)}"
    yield f"titles={min(titles, 2)}"
    yield f"capitals={min(capitals, 3)}"
    yield f"mix={min(named, 2)}{min(pointers, 1)}{min(titles, 1)}{min(capitals, 1)}"
    known = min(before, 2)
    yield f"known={known}"
    yield f"reach={known}{min(named, 2)}{min(pointers, 2)}{min(titles, 1)}"
    yield from (f"{word}|{known}" for word in words if word in POINTERS)


def actors_named(reading: Reading) -> set[str]:
    """Return the ids of the actors that the names of a sentence most likely mean."""
    return {names[0].actor_id for names in reading.names.values()}


def load_gate(gazetteer: Gazetteer, path: Path | None = None) -> Gate:
    """Load the gate that ships, or the one at a path; raises LanguageModelError where it is damaged."""
    return Gate(load_linear_model(path or MODELS / SHIPPED), gazetteer)
