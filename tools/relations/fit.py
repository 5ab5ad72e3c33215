"""Features and labels in, a linear model out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from ingest.linear import LinearModel, hash_feature

LEAST = 2  # a feature seen fewer times is dropped


def fit_linear(samples: Sequence[Sequence[str]], columns: Sequence[tuple[Sequence[bool], float]]) -> LinearModel:
    """Fit one logistic regression a column: its labels, one a sample, and the inverse of its regularisation."""
    counts = Counter(hash_feature(feature) for sample in samples for feature in sample)
    rows = {value: row for row, value in enumerate(sorted(v for v, n in counts.items() if n >= LEAST))}
    matrix = _to_matrix(samples, rows)
    fitted = [LogisticRegression(C=c, solver="liblinear").fit(matrix, labels) for labels, c in columns]
    weights = np.vstack(
        [np.hstack([model.coef_.T for model in fitted]), np.hstack([model.intercept_ for model in fitted])]
    )
    return LinearModel(rows, weights.astype(np.float32), {})


def _to_matrix(samples: Sequence[Sequence[str]], rows: dict[int, int]) -> Any:
    indices = [[rows[h] for feature in sample if (h := hash_feature(feature)) in rows] for sample in samples]
    starts = np.cumsum([0, *(len(row) for row in indices)])
    flat = np.fromiter((index for row in indices for index in row), dtype=np.int32, count=int(starts[-1]))
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(samples), len(rows)))
