"""Train the gate and the pair model: `python -m tools.relations.train --data ../shared/data` (half an hour, two cores).

Linear models over hashed features and a small transformer learn on the same labelled pairs of seven tenths of the
articles; one tenth chooses how they vote; the figures printed are of the untouched fifth. What is measured ships.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from dyadgraph.gazetteer import load_gazetteer
from dyadgraph.ontology import load_ontology
from ingest.coder import Coder
from ingest.gate import SHIPPED as GATE
from ingest.gate import load_gate
from ingest.language import load_language
from ingest.pair_encoder import SHIPPED as ENCODER
from ingest.pair_encoder import load_pair_encoder
from ingest.pair_model import SHIPPED
from ingest.pieces import Pieces
from tools.relations.encoder.base import load_base
from tools.relations.encoder.export import write_encoder
from tools.relations.encoder.training import EPOCHS, train_encoder
from tools.relations.fit import fit_linear
from tools.relations.gate import train_gate
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, LabelledPair, label_pairs, list_corpora, read_corpus
from tools.relations.status import train_status
from tools.relations.vote import fit_vote

RELATED_C = 0.1
CLASS_C = 0.05
RAREST = 5


def collect(coder: Coder, data: Path, pieces: Pieces) -> list[LabelledPair]:
    """Return all labelled pairs."""
    pairs: list[LabelledPair] = []
    for corpus in list_corpora():
        rows = read_corpus(data, corpus)
        found = list(label_pairs(coder, rows, corpus, pieces))
        pairs += found
        print(corpus, len(rows), "sentences", len(found), "pairs", flush=True)
    return pairs


def train_models(pairs: list[LabelledPair], out: Path, cache: Path, epochs: int = EPOCHS) -> None:
    """Train the encoder and the linear model on pairs and write them."""
    frequent = Counter(each for pair in pairs for each in set(pair.classes))
    classes = tuple(sorted(name for name, n in frequent.items() if n >= RAREST))
    encoder = train_encoder(pairs, classes, cache, epochs)
    seen = np.unique(np.concatenate([np.array(pair.pieces) for pair in pairs]))
    write_encoder(encoder, (int(piece) for piece in seen), out / ENCODER)
    fit_linear_pairs(pairs, classes, out)


def fit_linear_pairs(pairs: list[LabelledPair], classes: tuple[str, ...], out: Path) -> None:
    """Fit one logistic regression for "related" and one for each class, and write them."""
    columns = [([bool(pair.classes) for pair in pairs], RELATED_C)]
    columns += [([name in pair.classes for pair in pairs], CLASS_C) for name in classes]
    linear = fit_linear([pair.features for pair in pairs], columns)
    replace(linear, head={"classes": classes}).save(out / SHIPPED)


def main() -> None:
    """Train, choose the vote, test, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--language", default="")
    parser.add_argument("--out", type=Path, default=Path("ingest/model"))
    parser.add_argument("--cache", type=Path, default=Path(".work"), help="Where the base model is kept.")
    kept = ("encoder", "models")
    parser.add_argument("--keep", choices=kept, help="Train all but the encoder in --out; or gate and vote alone.")
    parser.add_argument("--quick", action="store_true", help="Few pairs, one epoch: to see that everything runs.")
    given = parser.parse_args()
    for folder in (given.out, given.cache):
        folder.mkdir(parents=True, exist_ok=True)
    ontology = load_ontology()
    nlp, gazetteer = load_language(given.language), load_gazetteer()
    train_gate(Coder(nlp, gazetteer, ontology), given.data, given.out)
    coder = Coder(nlp, gazetteer, ontology, gate=load_gate(gazetteer, given.out / GATE))
    train_status(coder, given.data, given.out)
    if given.keep == "models":
        fit_vote(coder, given.data, given.out)
        return
    pairs = collect(coder, given.data, Pieces(load_base(given.cache)[1]))
    training = [pair for pair in pairs if pair.fold not in TEST_FOLDS | {TUNING_FOLD}]
    training = training[:: 40 if given.quick else 1]
    if given.keep == "encoder":
        fit_linear_pairs(training, load_pair_encoder(given.out / ENCODER).classes, given.out)
    else:
        train_models(training, given.out, given.cache, *([1] if given.quick else []))
    fit_vote(coder, given.data, given.out)


if __name__ == "__main__":
    main()
