"""A sentence with its known names in, a yes or no out: only those that can hold a relation are parsed.

A linear model over the words of the sentence and the number of actors that may be pointed at, trained by
`tools/relations` on all labelled sentences; its threshold keeps nearly all that hold a relation (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dyadgraph.gazetteer import Gazetteer
from ingest.linear import LinearModel, load_linear_model
from ingest.mentions import Reading

SHIPPED = "gate.npz"
POINTERS = frozenset("he she him his her it its they them their both two sides we our us ours".split())


@dataclass(frozen=True, slots=True)
class Gate:
    """Tells of sentences whether they are worth a parse."""

    model: LinearModel
    gazetteer: Gazetteer

    def can_hold_relation(self, reading: Reading) -> bool:
        """Tell whether a relation between two actors may stand in the sentence."""
        features = list(gate_features(reading, self.gazetteer))
        return bool(self.model.probabilities(features)[0] >= self.model.head["threshold"])


def gate_features(reading: Reading, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what the gate looks at: words, and how many names, pointers, titles and unknown capitalised words."""
    named = len({name.actor_id for names in reading.names.values() for name in names[:1]})
    pointers = titles = capitals = 0
    words: set[str] = set()
    for token in reading.doc:
        if token.i in reading.names:
            continue
        word = token.lower_
        words.add(word)
        if word in POINTERS:
            pointers += 1
        elif gazetteer.is_office(word):
            titles += 1
        elif token.i and token.text[0].isupper():
            capitals += 1
    yield from (f"w={word}" for word in words)
    yield f"named={min(named, 3)}"
    yield f"mentions={min(len(reading.names), 4)}"
    yield f"pointers={min(pointers, 2)}"
    yield f"titles={min(titles, 2)}"
    yield f"capitals={min(capitals, 3)}"
    yield f"mix={min(named, 2)}{min(pointers, 1)}{min(titles, 1)}{min(capitals, 1)}"
    yield f"length={min(len(reading.doc) // 8, 6)}"


def load_gate(gazetteer: Gazetteer, path: Path | None = None) -> Gate:
    """Load the gate that ships, or the one at a path; raises LanguageModelError where it is damaged."""
    return Gate(load_linear_model(SHIPPED, path), gazetteer)
