"""Train the gate and the pair model: `python -m tools.relations.train --data ../shared/data` (some minutes, one core).

Logistic regressions over hashed features, one for "related", one for each class; rare features are
dropped. Thresholds and the rules' share are chosen on the tuning fold, the figures printed are of the test
fold; the model that is written has learned from everything but the test fold.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path

from dyadgraph.gazetteer import load_gazetteer
from dyadgraph.ontology import load_ontology
from ingest.coder import Coder
from ingest.gate import SHIPPED as GATE
from ingest.gate import load_gate
from ingest.language import load_language
from ingest.pair_model import SHIPPED, PairModel
from tools.relations.fit import fit_linear
from tools.relations.gate import train_gate
from tools.relations.labels import TEST_FOLD, TUNING_FOLD, LabelledPair, label_pairs, list_corpora, read_corpus

RELATED_C = 0.1
CLASS_C = 0.05
RAREST = 5
THRESHOLDS = (0.4, 0.45, 0.5, 0.55)
SECONDS = (0.3, 0.35, 0.4, 0.45)
TRUSTS = (0.3, 0.4, 0.5)


def train(pairs: list[LabelledPair]) -> PairModel:
    """Fit all models on labelled pairs; thresholds are set later."""
    frequent = Counter(each for pair in pairs for each in set(pair.classes))
    classes = tuple(sorted(name for name, n in frequent.items() if n >= RAREST))
    columns = [([bool(pair.classes) for pair in pairs], RELATED_C)]
    columns += [([name in pair.classes for pair in pairs], CLASS_C) for name in classes]
    return PairModel(fit_linear([pair.features for pair in pairs], columns), classes, 0.5, 0.4, 0.4)


def figures(model: PairModel, pairs: list[LabelledPair], missed: int, plover: dict[str, str]) -> dict[str, float]:
    """Return typed and pair precision, recall and F1; `missed` labels lie outside every pair the coder sees."""
    typed, related = Counter[str](), Counter[str]()
    for pair in pairs:
        gold = {_key(each, plover) for each in pair.classes}
        mine = {_key(each, plover) for each, _ in model.decide(pair.features)}
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
    head = {name: getattr(model, name) for name in ("classes", "threshold", "second", "trust")}
    replace(model.linear, head=head).save(path)


def main() -> None:
    """Train, choose thresholds, test, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--language", default="")
    parser.add_argument("--out", type=Path, default=Path("ingest/model"))
    given = parser.parse_args()
    ontology = load_ontology()
    given.out.mkdir(parents=True, exist_ok=True)
    nlp, gazetteer = load_language(given.language), load_gazetteer()
    train_gate(Coder(nlp, gazetteer, ontology), given.data, given.out)
    coder = Coder(nlp, gazetteer, ontology, gate=load_gate(gazetteer, given.out / GATE))
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
    place = given.out / SHIPPED
    save(final, place)
    print(place, place.stat().st_size, "bytes,", len(final.linear.rows), "features")


if __name__ == "__main__":
    main()
