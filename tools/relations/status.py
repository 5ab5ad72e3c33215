"""Labelled relations in, the model of their status out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dyadgraph.model import STATUSES, Status
from ingest.coder import Coder, Study
from ingest.decide import agreeing
from ingest.relations import find_relations
from ingest.status import find_status
from ingest.status_model import SHIPPED, status_features
from tools.relations.fit import fit_linear
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, list_corpora, read_corpus, sentences_of

STRENGTH = 0.3  # best on the tuning fold of .03, .1, .3


@dataclass(frozen=True, slots=True)
class LabelledStatus:
    """A relation whose two actors are found: what the model sees, what the rules say, what the label says."""

    corpus: str
    fold: int
    features: tuple[str, ...]
    said: Status
    status: Status


def train_status(coder: Coder, data: Path, out: Path) -> None:
    """Train on all but the tuning and the test folds, print the shares of right answers on these, write."""
    relations = [each for corpus in list_corpora() for each in _read(coder, data, corpus)]
    training = [each for each in relations if each.fold not in TEST_FOLDS | {TUNING_FOLD}]
    columns = [([each.status == status for each in training], STRENGTH) for status in STATUSES]
    model = fit_linear([each.features for each in training], columns)
    model.save(out / SHIPPED)
    for name, folds in (("tuning", {TUNING_FOLD}), ("test", TEST_FOLDS)):
        held = [each for each in relations if each.fold in folds]
        learned = [STATUSES[int(model.probabilities(each.features).argmax())] == each.status for each in held]
        ruled = [each.said == each.status for each in held]
        print(f"status: {name} {len(held)} relations, rules {np.mean(ruled):.3f}, model {np.mean(learned):.3f}")


def _read(coder: Coder, data: Path, corpus: str) -> Iterator[LabelledStatus]:
    rows = read_corpus(data, corpus)
    for row, study in zip(rows, coder.study(sentences_of(rows)), strict=True):
        if study.scene is not None:
            yield from (LabelledStatus(corpus, row["fold"], *each) for each in _statuses(coder, row, study))


def _statuses(coder: Coder, row: dict[str, Any], study: Study) -> Iterator[tuple[tuple[str, ...], Status, Status]]:
    scene = study.scene
    assert scene is not None
    findings = find_relations(scene, coder.rules, coder.ontology.cues)
    pairs = {(pair.first.actor.code, pair.second.actor.code): pair for pair in reversed(study.pairs)}
    for relation in row["relations"]:
        source, target = relation["source"].get("country"), relation["target"].get("country")
        pair = pairs.get((source, target)) or pairs.get((target, source))
        kind = coder.ontology.types.get(relation["type"])
        if pair is None or kind is None:
            continue
        turned = pair.first.actor.code != source
        ends = (pair.second, pair.first) if turned else (pair.first, pair.second)
        finding = agreeing(findings, *ends, kind)
        trigger = scene.doc[finding.trigger if finding else pair.trigger]
        said = finding.status if finding else find_status(scene, trigger, coder.ontology.cues)
        yield tuple(status_features(scene, trigger, kind.id, said)), said, relation["status"]
