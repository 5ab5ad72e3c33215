"""Labelled sentences and a coder in, judged claims out: which are right, how sure they were, what was missed."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.actors import read_rows
from dyadgraph.model import Relation
from graphapi.commands.code import to_row
from ingest.coder import Sentence
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, list_corpora, sentences_of

Code = Callable[[Sequence[Sentence]], Iterable[tuple[Relation, ...]]]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation that was claimed, by the scorer's rules: once a sentence, source, PLOVER type and target."""

    corpus: str
    type: str
    confidence: float
    right: bool
    status_right: bool | None
    """None where the relation itself is wrong."""
    status: str


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled relation, and whether it was found, and its pair."""

    sentence: str
    pair: tuple[str, str]
    corpus: str
    type: str
    found: bool
    pair_found: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """All claims and labels of a set; `wrong_pairs` has the corpus of each pair that is wrongly claimed."""

    sentences: int
    claims: tuple[Claim, ...]
    labels: tuple[Label, ...]
    wrong_pairs: tuple[str, ...]

    def typed(self) -> tuple[float, float, float]:
        """Return precision, recall, F1 of source, PLOVER type and target."""
        right = sum(label.found for label in self.labels)
        return shares(right, sum(not claim.right for claim in self.claims), len(self.labels) - right)

    def paired(self) -> tuple[float, float, float]:
        """Return precision, recall, F1 of who with whom."""
        pairs = {(label.sentence, label.pair): label.pair_found for label in self.labels}
        right = sum(pairs.values())
        return shares(right, len(self.wrong_pairs), len(pairs) - right)

    def precision(self, least: float) -> tuple[float, int]:
        """Return the share of right ones among claims at least so sure, and their number."""
        sure = [claim.right for claim in self.claims if claim.confidence >= least]
        return sum(sure) / max(len(sure), 1), len(sure)

    def status_right(self) -> float:
        """Return the share of right statuses among the relations found."""
        known = [claim.status_right for claim in self.claims if claim.status_right is not None]
        return sum(known) / max(len(known), 1)


def shares(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision = right / max(right + wrong, 1)
    recall = right / max(right + missed, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def load_scorer(gold: Path) -> ModuleType:
    """Load the scorer that lies beside the labels."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{gold / 'score.py'} cannot be loaded")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def read_set(data: Path, name: str) -> Rows:
    """Return the rows of `dev`, `seed`, `held` (the fifth never learned from) or `tuning` (the tenth that chooses)."""
    if name in {"dev", "seed"}:
        return read_rows(data, name)
    folds = TEST_FOLDS if name == "held" else {TUNING_FOLD}
    rows = [{"source_corpus": corpus, **row} for corpus in list_corpora() for row in read_rows(data, corpus)]
    return [row for row in rows if row["fold"] in folds]


def judge(scorer: ModuleType, rows: Rows, code: Code) -> Verdict:
    """Code the rows and compare with their labels."""
    claims: list[Claim] = []
    labels: list[Label] = []
    wrong_pairs: list[str] = []
    for row, found in zip(_in_order(rows), code(sentences_of(rows)), strict=True):
        corpus = str(row.get("source_corpus") or row["id"].split("-")[0])
        predicted = [to_row(relation) for relation in found]
        _, _, _, wrong, missed = scorer.count(row["relations"], predicted, "typed", (), False)
        _, pairs_wrong, _, _, pairs_missed = scorer.count(row["relations"], predicted, "pair", (), False)
        wrong_pairs += [corpus] * pairs_wrong
        claims += _claims(scorer, row["relations"], predicted, wrong, corpus)
        labels += _labels(scorer, row, missed, pairs_missed, corpus)
    return Verdict(len(rows), tuple(claims), tuple(labels), tuple(wrong_pairs))


def _in_order(rows: Rows) -> Rows:
    """Return rows as `sentences_of` orders them: document by document."""
    documents: dict[str, Rows] = {}
    for row in rows:
        documents.setdefault(row["doc"], []).append(row)
    return [row for group in documents.values() for row in group]


def _claims(scorer: ModuleType, gold: Rows, predicted: Rows, wrong: list[Any], corpus: str) -> list[Claim]:
    claims: dict[Any, Claim] = {}
    labelled = {key: each for each in reversed(gold) for key in scorer.expand(each, "typed")}
    for each in sorted(predicted, key=lambda row: -row["confidence"]):
        if not scorer.usable(each, False):
            continue
        key = scorer.expand(each, "typed")[0]
        right = key not in wrong
        status = each["status"] == labelled[key].get("status", "occurred") if right else None
        claims.setdefault(key, Claim(corpus, key[1], each["confidence"], right, status, each["status"]))
    return list(claims.values())


def _labels(scorer: ModuleType, row: dict[str, Any], missed: list[Any], pairs: list[Any], corpus: str) -> list[Label]:
    labels: dict[Any, Label] = {}
    for each in row["relations"]:
        if scorer.usable(each, False):
            key, pair = scorer.expand(each, "typed")[0], scorer.expand(each, "pair")[0]
            labels.setdefault(key, Label(row["id"], pair, corpus, key[1], key not in missed, pair not in pairs))
    return list(labels.values())
