"""Features of a pair in, the probability of each relation out: linear models, numpy alone.

One model says whether the pair is related at all, one for each class whether it is that. A class is a relation
type, with `>` (the first actor in the text is the source) or `<` behind it where the type has a direction. Where a
rule claims a class, its word counts too. Trained by `tools/relations/train.py`; figures in docs/accuracy.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.linear import LinearModel, load_linear_model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHIPPED = "pairs.npz"
RULE = re.compile(r"rule([<>=])=(.+)")
MOST = 3
LEAST = 0.1  # a class less likely than this is no answer, however related the two are


@dataclass(frozen=True, slots=True)
class PairModel:
    """Says which relations hold between two actors.

    Column 0 of `linear` is "related or not", the others are the `classes`. All probabilities from `second` on are
    relations of the pair; where none is, the likeliest class is one if the pair is related with `threshold` at least
    and the class is not absurd. `trust` is the share that a rule which claims a class has in its probability. The
    three are chosen on labels held back from training.
    """

    linear: LinearModel
    classes: tuple[str, ...]
    threshold: float
    second: float
    trust: float

    def decide(self, features: Sequence[str]) -> list[tuple[str, float]]:
        """Return the classes of a pair with their probabilities, the likeliest first; none where unrelated."""
        return self.choose(self.linear.probabilities(features), claimed_by_rules(features))

    def choose(self, probabilities: NDArray[np.float32], claimed: set[str]) -> list[tuple[str, float]]:
        """Return the classes that hold, given what rules claim."""
        shares = {
            name: float(p) * (1 - self.trust) + self.trust if name in claimed else float(p)
            for name, p in zip(self.classes, probabilities[1:], strict=True)
        }
        likeliest = sorted(shares.items(), key=lambda item: -item[1])[:MOST]
        chosen = [(name, p) for name, p in likeliest if p >= self.second]
        if not chosen and float(probabilities[0]) >= self.threshold:
            chosen = [(name, p) for name, p in likeliest[:1] if p >= LEAST]
        return chosen


def claimed_by_rules(features: Iterable[str]) -> set[str]:
    """Return the classes that rules claim, as the features of a pair tell them (`rule>=visit`)."""
    found = (RULE.fullmatch(feature) for feature in features)
    return {match[2] + match[1].replace("=", "") for match in found if match}


def load_pair_model(path: Path | None = None) -> PairModel:
    """Load the shipped model, or the one at a path; raises LanguageModelError where it is damaged."""
    linear = load_linear_model(SHIPPED, path)
    head = linear.head
    return PairModel(linear, tuple(head["classes"]), head["threshold"], head["second"], head["trust"])
