"""Train the gate: which sentences are worth a parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ingest.coder import Coder, NamedBefore
from ingest.gate import SHIPPED, gate_features
from ingest.linear import LinearModel
from tools.relations.fit import fit_linear
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, list_corpora, read_corpus, sentences_of

STRENGTH = 0.3
KEPT = 0.991  # share of the sentences with a relation that pass, on the tuning fold


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """What the gate sees of a sentence, its number of words, and whether its label has a relation."""

    corpus: str
    fold: int
    features: tuple[str, ...]
    words: int
    wanted: bool


def train_gate(coder: Coder, data: Path, out: Path) -> None:
    """Train, choose the threshold on the tuning fold, print the shares on the test fold, write."""
    sentences = [each for corpus in list_corpora() for each in _read(coder, data, corpus)]
    tuned = _fit([each for each in sentences if each.fold not in TEST_FOLDS | {TUNING_FOLD}])
    wanted = [_score(tuned, each) for each in sentences if each.fold == TUNING_FOLD and each.wanted]
    threshold = float(np.quantile(wanted, 1 - KEPT))
    model = replace(_fit([each for each in sentences if each.fold not in TEST_FOLDS]), head={"threshold": threshold})
    print(f"gate: threshold {threshold:.3f}")
    test = [each for each in sentences if each.fold in TEST_FOLDS]
    for corpus in (*list_corpora(), ""):
        kept, words = _shares(model, [each for each in test if corpus in {"", each.corpus}], threshold)
        print(f"  test {corpus or 'all'}: keeps {kept:.3f} of the sentences with a relation, {words:.3f} of all words")
    model.save(out / SHIPPED)


def _read(coder: Coder, data: Path, corpus: str) -> list[LabelledSentence]:
    rows = read_corpus(data, corpus)
    found = []
    before = NamedBefore()
    for row, sentence in zip(rows, sentences_of(rows), strict=True):
        reading = coder.find_names(sentence)
        features = tuple(gate_features(reading, coder.gazetteer, before.count(sentence, reading)))
        wanted = any(relation["type"] != "leads" for relation in row["relations"])
        found.append(LabelledSentence(corpus, row["fold"], features, len(reading.words), wanted))
    return found


def _fit(sentences: Sequence[LabelledSentence]) -> LinearModel:
    return fit_linear([each.features for each in sentences], [([each.wanted for each in sentences], STRENGTH)])


def _score(model: LinearModel, sentence: LabelledSentence) -> float:
    return float(model.probabilities(sentence.features)[0])


def _shares(model: LinearModel, sentences: Sequence[LabelledSentence], threshold: float) -> tuple[float, float]:
    passed = [each for each in sentences if _score(model, each) >= threshold]
    wanted = sum(each.wanted for each in sentences)
    kept = sum(each.wanted for each in passed) / max(wanted, 1)
    return kept, sum(each.words for each in passed) / max(sum(each.words for each in sentences), 1)
