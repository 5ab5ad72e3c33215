"""What two models and the rules say of the pairs of one sentence in, one probability for each pair and class out.

A logistic model weighs them, the same for every class: its inputs are log-odds, claims of rules, and how a pair stands
beside the other pairs of the sentence, since one word seldom relates everybody. Fitted by `tools/relations/vote.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 3
SURE = 1e-6
FAR = 4.0
INPUTS = (
    "linear", "encoder", "linear related", "encoder related", "claimed", "another class claimed",
    "linear below best", "encoder below best", "nothing claimed", "best of linear", "best of encoder",
    "other direction claimed", "claimed of another pair", "encoder above other pairs", "linear above other pairs",
    "only other pairs claimed", "pairs", "encoder related above other pairs",
)  # fmt: skip
RELATED_INPUTS = (
    "linear related", "encoder related", "claimed", "only other pairs claimed", "pairs",
    "encoder related above other pairs", "likeliest class", "any class",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ballot:
    """What was said of the pairs of a sentence: probabilities (pairs, 1 + classes), claims (pairs, classes), 0 or 1."""

    linear: NDArray[np.float32]
    encoded: NDArray[np.float32]
    claimed: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vote:
    """Weights of the inputs, the last one the bias, and the thresholds.

    All classes of a pair from `second` on hold; where none does, the likeliest holds if the pair is related with
    `threshold` at least and the class is as likely as `least`. What was chosen as the best of several is right less
    often than its own probability says: `slope` and `shift` turn its log-odds into those of the confidence.
    """

    weights: Sequence[float]
    related_weights: Sequence[float]
    second: float
    threshold: float
    least: float
    slope: float = 1.0
    shift: float = 0.0

    def count(self, ballot: Ballot, opposite: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the probability of each class (pairs, classes) and that of being related (pairs)."""
        import numpy as np  # noqa: PLC0415

        inputs = class_inputs(ballot, opposite)
        classes = _turn(_logistic(inputs, np.asarray(self.weights)), ballot.claimed, opposite)
        return classes, _logistic(related_inputs(inputs, classes), np.asarray(self.related_weights))

    def choose(self, classes: NDArray[np.float32], related: float) -> list[int]:
        """Return the places of the classes of one pair that hold, the likeliest first."""
        likeliest = [int(place) for place in (-classes).argsort()[:MOST]]
        chosen = [place for place in likeliest if classes[place] >= self.second]
        if not chosen and related >= self.threshold:
            chosen = [place for place in likeliest[:1] if classes[place] >= self.least]
        return chosen

    def confidence(self, probability: float) -> float:
        """Return how often a chosen class of this probability is right."""
        odds = math.log(max(probability, SURE) / max(1 - probability, SURE))
        return 1 / (1 + math.exp(-(self.slope * odds + self.shift)))


@cache
def opposites(classes: tuple[str, ...]) -> list[int]:
    """Return for each class the place of its other direction ("visit<" for "visit>"), -1 where there is none."""
    turned = [name[:-1] + {">": "<", "<": ">"}.get(name[-1], "=") for name in classes]
    return [classes.index(name) if name in classes else -1 for name in turned]


def class_inputs(ballot: Ballot, opposite: Sequence[int]) -> NDArray[np.float32]:
    """Return the inputs (pairs, classes, INPUTS)."""
    import numpy as np  # noqa: PLC0415

    linear, encoded, claimed = _log_odds(ballot.linear), _log_odds(ballot.encoded), ballot.claimed
    pairs, number = claimed.shape
    given = np.zeros((pairs, number, len(INPUTS)), dtype=np.float32)
    own, any_claimed = claimed.sum(1, keepdims=True), claimed.max(1, keepdims=True)
    turned = np.where(np.asarray(opposite) >= 0, claimed[:, opposite], 0)
    given[:, :, 0], given[:, :, 1] = linear[:, 1:], encoded[:, 1:]
    given[:, :, 2], given[:, :, 3] = linear[:, :1], encoded[:, :1]
    given[:, :, 4], given[:, :, 5] = claimed, own - claimed > 0
    best_linear, best_encoded = linear[:, 1:].max(1, keepdims=True), encoded[:, 1:].max(1, keepdims=True)
    given[:, :, 6], given[:, :, 7] = linear[:, 1:] - best_linear, encoded[:, 1:] - best_encoded
    given[:, :, 8] = any_claimed == 0
    given[:, :, 9], given[:, :, 10] = linear[:, 1:] == best_linear, encoded[:, 1:] == best_encoded
    given[:, :, 11] = turned
    if pairs > 1:
        given[:, :, 12] = (_others(claimed) > 0) & (claimed == 0)
        given[:, :, 13] = np.clip(encoded[:, 1:] - _others(encoded[:, 1:]), -FAR, FAR)
        given[:, :, 14] = np.clip(linear[:, 1:] - _others(linear[:, 1:]), -FAR, FAR)
        given[:, :, 15] = (_others(any_claimed) > 0) & (any_claimed == 0)
        given[:, :, 16] = min(pairs, 10) / 10
        given[:, :, 17] = np.clip(encoded[:, :1] - _others(encoded[:, :1]), -FAR, FAR)
    return given


def related_inputs(given: NDArray[np.float32], classes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the inputs (pairs, RELATED_INPUTS) of whether a pair is related, once its classes are counted."""
    import numpy as np  # noqa: PLC0415

    none = np.log(1e-4 + 1 - np.prod(1 - classes, axis=1, keepdims=True))
    return np.concatenate(
        [given[:, 0, 2:4], given[:, :, 4].max(1, keepdims=True), given[:, 0, 15:], classes.max(1, keepdims=True), none],
        axis=1,
    )


def _turn(classes: NDArray[np.float32], claimed: NDArray[np.float32], opposite: Sequence[int]) -> NDArray[np.float32]:
    """Give a class's probability to its other direction where rules claim only that: a parse knows its passives."""
    import numpy as np  # noqa: PLC0415

    places = np.asarray(opposite)
    turned = np.where(places >= 0, claimed[:, places], 0)
    wrong = (turned == 1) & (claimed == 0)
    right = (claimed == 1) & (turned == 0) & (places >= 0)
    given = np.where(right, np.maximum(classes, classes[:, places]), classes)
    return np.asarray(np.where(wrong, 0.0, given), dtype=np.float32)


def _others(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each pair the highest value among the other pairs of the sentence."""
    import numpy as np  # noqa: PLC0415

    return np.stack([np.delete(values, row, axis=0).max(0) for row in range(len(values))])


def _logistic(given: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float32]:
    import numpy as np  # noqa: PLC0415

    return np.asarray(1 / (1 + np.exp(-(given @ weights[:-1] + weights[-1]))), dtype=np.float32)


def _log_odds(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np  # noqa: PLC0415

    clipped = np.clip(probabilities, SURE, 1 - SURE)
    return np.asarray(np.log(clipped / (1 - clipped)), dtype=np.float32)
