"""Features in, probabilities out: linear models over hashed features, kept in one `.npz`, numpy alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from dyadgraph.errors import LanguageModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODELS = Path(str(files("ingest"))) / "model"
"""Where the models that ship lie."""
STEPS = 127
LEAST_SCALE = 1e-6


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic models that share their features: a column is a model, a row a feature, the last row the bias.

    `rows` gives the row of a feature's hash; `head` holds what else was decided in training.
    """

    rows: Mapping[int, int]
    weights: NDArray[np.float32]
    head: Mapping[str, Any]

    def probabilities(self, features: Iterable[str]) -> NDArray[np.float32]:
        """Return the probability of each column; features unknown to the model count nothing."""
        import numpy as np  # noqa: PLC0415

        known = [row for feature in features if (row := self.rows.get(hash_feature(feature))) is not None]
        scores = self.weights[known].sum(axis=0) + self.weights[-1]
        return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the model in the form that `load_linear_model` reads; weights are rounded to 8 bits."""
        import numpy as np  # noqa: PLC0415

        head = np.frombuffer(json.dumps(dict(self.head)).encode(), dtype=np.uint8)
        hashes = np.array(sorted(self.rows, key=self.rows.__getitem__), dtype=np.uint32)
        scales = np.maximum(np.abs(self.weights).max(axis=0), LEAST_SCALE) / STEPS
        weights = np.round(self.weights / scales).astype(np.int8)
        np.savez_compressed(path, head=head, hashes=hashes, weights=weights, scales=scales.astype(np.float32))


def hash_feature(feature: str) -> int:
    """Return the 32 bits under which a feature is kept."""
    return crc32(feature.encode("utf8"))


def load_linear_model(place: Path) -> LinearModel:
    """Load the model of a file; raises LanguageModelError where it is damaged."""
    import numpy as np  # noqa: PLC0415

    try:
        with np.load(place, allow_pickle=False) as stored:
            head = json.loads(bytes(stored["head"]))
            hashes = stored["hashes"].tolist()
            weights = stored["weights"].astype(np.float32) * stored["scales"]
    except (OSError, ValueError, KeyError) as exc:
        raise LanguageModelError(f"model {place} cannot be read ({exc}); install dyadgraph again") from exc
    return LinearModel({value: row for row, value in enumerate(hashes)}, weights, head)
