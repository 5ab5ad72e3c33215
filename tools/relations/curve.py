"""How much the labels give: `python -m tools.relations.curve --sizes 500 1000 2000 [--without own]` (some minutes).

Encoder, linear model and vote are trained anew on so many sentences of the training articles, drawn by chance, or on
all without the corpora whose names begin so; the figures of the untouched fifth are printed. Nothing is written.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dyadgraph.gazetteer import load_gazetteer
from dyadgraph.ontology import load_ontology
from ingest.coder import Coder
from ingest.gate import load_gate
from ingest.language import load_language
from ingest.pieces import Pieces
from tools.relations.encoder.base import load_base
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, LabelledPair
from tools.relations.train import collect, train_models
from tools.relations.vote import fit_vote


def main() -> None:
    """Train on each choice of sentences and print what the untouched fifth says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".work"), help="Where the base model is kept.")
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="Numbers of sentences with two actors.")
    parser.add_argument("--without", help="Leave out the corpora whose names begin so.")
    given = parser.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    gazetteer = load_gazetteer()
    coder = Coder(load_language(), gazetteer, load_ontology(), gate=load_gate(gazetteer))
    pairs = collect(coder, given.data, Pieces(load_base(given.cache)[1]))
    training = [pair for pair in pairs if pair.fold not in TEST_FOLDS | {TUNING_FOLD}]
    for name, chosen in choose(training, given.sizes, given.without):
        print("learned from", name, len(chosen), "pairs", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            train_models(chosen, Path(folder), given.cache)
            fit_vote(coder, given.data, Path(folder))


def choose(
    pairs: list[LabelledPair], sizes: list[int], without: str | None
) -> Iterator[tuple[str, list[LabelledPair]]]:
    """Yield each choice of sentences with its name; the smaller ones lie within the larger ones."""
    sentences = sorted({pair.sentence for pair in pairs})
    random.Random(0).shuffle(sentences)
    for size in sizes:
        chosen = set(sentences[:size])
        yield f"{size} sentences", [pair for pair in pairs if pair.sentence in chosen]
    if without:
        yield f"all but {without}*", [pair for pair in pairs if not pair.corpus.startswith(without)]


if __name__ == "__main__":
    main()
