"""Pairs of a sentence in, the relations of each with their probabilities out: two models and the rules vote.

A linear model over the words and paths between the two (`linear.py`) and a small transformer that reads the sentence
with both marked (`pair_encoder.py`) each say whether the pair is related at all, and of each class whether it is that.
A class is a relation type, with `>` (the first actor in the text is the source) or `<` behind it where the type has a
direction. `vote.py` joins them and what rules claim. Trained by `tools/relations`; figures in docs/accuracy.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.linear import MODELS, LinearModel, load_linear_model
from ingest.pair_encoder import SHIPPED as ENCODER
from ingest.pair_encoder import PairEncoder, load_pair_encoder
from ingest.pair_features import Pair
from ingest.scene import Scene
from ingest.vote import Ballot, Vote, opposites

SHIPPED = "pairs.npz"
RULE = re.compile(r"rule([<>=])=(.+)")


@dataclass(frozen=True, slots=True)
class PairModel:
    """Says which relations hold between two actors; without an encoder the linear model speaks for both."""

    linear: LinearModel
    encoder: PairEncoder | None
    classes: tuple[str, ...]
    vote: Vote

    def decide(self, scene: Scene, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, list[tuple[str, float]]]]:
        """Yield each pair with the classes that hold and their probabilities, the likeliest first."""
        if not pairs:
            return
        classes, related = self.vote.count(self.hear(scene, pairs), opposites(self.classes))
        for pair, own, likely in zip(pairs, classes, related, strict=True):
            chosen = self.vote.choose(own, float(likely))
            yield pair, [(self.classes[place], self.vote.confidence(float(own[place]))) for place in chosen]

    def hear(self, scene: Scene, pairs: Sequence[Pair]) -> Ballot:
        """Ask both models and the rules about the pairs of a sentence; at least one pair."""
        import numpy as np  # noqa: PLC0415

        linear = np.stack([self.linear.probabilities(pair.features) for pair in pairs])
        encoded = self.encoder.probabilities(scene, pairs) if self.encoder else [None] * len(pairs)
        claimed = np.zeros((len(pairs), len(self.classes)), dtype=np.float32)
        for row, pair in enumerate(pairs):
            claimed[row, [self.classes.index(n) for n in claimed_by_rules(pair.features) if n in self.classes]] = 1
        spoken = [own if answer is None else answer for own, answer in zip(linear, encoded, strict=True)]
        return Ballot(linear, np.stack(spoken), claimed)


def claimed_by_rules(features: Iterable[str]) -> set[str]:
    """Return the classes that rules claim, as the features of a pair tell them (`rule>=visit`)."""
    found = (RULE.fullmatch(feature) for feature in features)
    return {match[2] + match[1].replace("=", "") for match in found if match}


def load_pair_model(folder: Path | None = None, *, fast: bool = False) -> PairModel:
    """Load the shipped model, or the one in a folder; raises LanguageModelError where it is damaged.

    With `fast`, or where there is no folder of the encoder, the linear model speaks for both, with a vote of its own.
    """
    place = folder or MODELS
    linear = load_linear_model(place / SHIPPED)
    fast = fast or not (place / ENCODER).exists()
    encoder = None if fast else load_pair_encoder(place / ENCODER)
    return PairModel(
        linear, encoder, tuple(linear.head["classes"]), Vote(**linear.head["fast_vote" if fast else "vote"])
    )
