"""Train the pair model: `python -m tools.relations.train --data ../shared/data` (some minutes on one core).

Logistic regressions over hashed features, one for "related", one for each class; features seen fewer than `LEAST`
times are dropped. Thresholds and the rules' share are chosen on the tuning fold, the figures printed are of the test
fold; the model that is written has learned from everything but the test fold.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dyadgraph.gazetteer import load_gazetteer
from dyadgraph.ontology import load_ontology
from ingest.coder import Coder
from ingest.language import load_language
from ingest.pair_model import SHIPPED, PairModel, hash_feature
from tools.relations.labels import TEST_FOLD, TUNING_FOLD, LabelledPair, label_pairs, list_corpora, read_corpus

LEAST = 2
RELATED_C = 0.1
CLASS_C = 0.05
RAREST = 5
THRESHOLDS = (0.4, 0.45, 0.5, 0.55)
SECONDS = (0.3, 0.35, 0.4, 0.45)
TRUSTS = (0.3, 0.4, 0.5)


def train(pairs: list[LabelledPair]) -> PairModel:
    """Fit all models on labelled pairs; thresholds are set later."""
    counts = Counter(hash_feature(feature) for pair in pairs for feature in pair.features)
    rows = {value: row for row, value in enumerate(sorted(v for v, n in counts.items() if n >= LEAST))}
    matrix = _matrix(pairs, rows)
    fitted = [_fit(matrix, [bool(pair.classes) for pair in pairs], RELATED_C)]
    frequent = Counter(each for pair in pairs for each in set(pair.classes))
    classes = tuple(sorted(name for name, n in frequent.items() if n >= RAREST))
    fitted += [_fit(matrix, [name in pair.classes for pair in pairs], CLASS_C) for name in classes]
    weights = np.vstack(
        [np.hstack([model.coef_.T for model in fitted]), np.hstack([model.intercept_ for model in fitted])]
    )
    return PairModel(rows, weights.astype(np.float32), classes, 0.5, 0.4, 0.4)


def _fit(matrix: Any, labels: list[bool], strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, solver="liblinear").fit(matrix, labels)


def _matrix(pairs: list[LabelledPair], rows: dict[int, int]) -> Any:
    indices = [[rows[h] for f in pair.features if (h := hash_feature(f)) in rows] for pair in pairs]
    starts = np.cumsum([0, *(len(row) for row in indices)])
    flat = np.fromiter((index for row in indices for index in row), dtype=np.int32, count=int(starts[-1]))
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(pairs), len(rows)))


def figures(model: PairModel, pairs: list[LabelledPair], missed: int, plover: dict[str, str]) -> dict[str, float]:
    """Return typed and pair precision, recall and F1; `missed` labels lie outside every pair the coder sees."""
    typed, related = Counter[str](), Counter[str]()
    for pair in pairs:
        gold = {_key(each, plover) for each in pair.classes}
        mine = {_key(each, plover) for each, _ in model.choose(model.probabilities(pair.features), pair.claimed)}
        typed.update(hit=len(gold & mine), claimed=len(mine), wanted=len(gold))
        related.update(hit=bool(gold and mine), claimed=bool(mine), wanted=bool(gold))
    typed["wanted"] += missed
    related["wanted"] += missed
    return {f"{name}_{k}": v for name, count in (("typed", typed), ("pair", related)) for k, v in _prf(count).items()}


def _key(each: str, plover: dict[str, str]) -> str:
    bare = each.rstrip("<>")
    family = plover[bare]
    return family if family == "CONSULT" else each.replace(bare, family)


def _prf(count: Counter[str]) -> dict[str, float]:
    precision = count["hit"] / max(count["claimed"], 1)
    recall = count["hit"] / max(count["wanted"], 1)
    return {
        "p": round(precision, 3),
        "r": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
    }


def save(model: PairModel, path: Path) -> None:
    """Write the model in the form that `load_pair_model` reads."""
    head = json.dumps({name: getattr(model, name) for name in ("classes", "threshold", "second", "trust")})
    hashes = np.array(sorted(model.rows, key=model.rows.__getitem__), dtype=np.uint32)
    np.savez_compressed(
        path, head=np.frombuffer(head.encode(), dtype=np.uint8), hashes=hashes, weights=model.weights.astype(np.float16)
    )


def main() -> None:
    """Train, choose thresholds, test, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--language", default="")
    parser.add_argument("--out", type=Path, default=Path("ingest/model") / SHIPPED)
    given = parser.parse_args()
    ontology = load_ontology()
    coder = Coder(load_language(given.language), load_gazetteer(), ontology, pair_model=None)
    plover = {name: kind.plover or name for name, kind in ontology.types.items()}
    pairs: list[LabelledPair] = []
    missed: Counter[int] = Counter()
    for corpus in list_corpora():
        rows = read_corpus(given.data, corpus)
        found = list(label_pairs(coder, rows, corpus))
        pairs += found
        for row in rows:
            wanted = {
                (r["source"].get("country"), plover[r["type"]], r["target"].get("country")) for r in row["relations"]
            }
            missed[row["fold"]] += sum(family != "leads" for _, family, _ in wanted)
        for pair in found:
            missed[pair.fold] -= len({_key(each, plover) for each in pair.classes})
        print(corpus, len(rows), "sentences", len(found), "pairs", flush=True)
    model = train([pair for pair in pairs if pair.fold not in {TEST_FOLD, TUNING_FOLD}])
    tuning = [pair for pair in pairs if pair.fold == TUNING_FOLD]
    choices = [
        replace(model, threshold=threshold, second=second, trust=trust)
        for threshold, second, trust in product(THRESHOLDS, SECONDS, TRUSTS)
    ]
    best = max(choices, key=lambda m: figures(m, tuning, missed[TUNING_FOLD], plover)["typed_f1"])
    print(
        "tuning",
        best.threshold,
        best.second,
        best.trust,
        figures(best, tuning, missed[TUNING_FOLD], plover),
        flush=True,
    )
    final = train([pair for pair in pairs if pair.fold != TEST_FOLD])
    final = replace(final, threshold=best.threshold, second=best.second, trust=best.trust)
    test = [pair for pair in pairs if pair.fold == TEST_FOLD]
    print("test  ", figures(final, test, missed[TEST_FOLD], plover))
    for corpus in list_corpora():
        print(
            "test  ",
            corpus,
            figures(final, [pair for pair in test if pair.corpus == corpus], 0, plover),
            "(of pairs seen)",
        )
    given.out.parent.mkdir(parents=True, exist_ok=True)
    save(final, given.out)
    print(given.out, given.out.stat().st_size, "bytes,", len(final.rows), "features")


if __name__ == "__main__":
    main()
