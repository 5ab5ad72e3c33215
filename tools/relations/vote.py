"""Fit the vote on the tuning tenth and measure on the untouched fifth: with the models as they ship."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from ingest.coder import Coder
from ingest.linear import load_linear_model
from ingest.pair_encoder import SHIPPED as ENCODER
from ingest.pair_encoder import load_pair_encoder
from ingest.pair_model import SHIPPED, PairModel
from ingest.vote import INPUTS, RELATED_INPUTS, Ballot, Vote, class_inputs, opposites, related_inputs
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, classes_of, list_corpora, read_corpus, sentences_of

SECONDS = (0.25, 0.3, 0.35, 0.4, 0.45)
THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
# The likeliest type of a related pair is worth keeping even where it is unlikely: that the two have to do with each
# other is right, the confidence says how sure the type is, and who asks for sure relations alone does not see it.
LEASTS = (0.1, 0.15, 0.2, 0.25, 0.3)
EMPTY = Vote((0.0,) * (len(INPUTS) + 1), (0.0,) * (len(RELATED_INPUTS) + 1), 0.4, 0.6, 0.3)


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """What the models say of a sentence's pairs, the labels of each pair, and how many relations lie outside them."""

    corpus: str
    fold: int
    ballot: Ballot | None
    labels: tuple[tuple[str, ...], ...]
    missed: int


def fit_vote(coder: Coder, data: Path, folder: Path) -> None:
    """Fit, choose thresholds, print the figures of the test folds, write the vote beside the linear model."""
    linear = load_linear_model(folder / SHIPPED)
    classes = tuple(linear.head["classes"])
    model = PairModel(linear, load_pair_encoder(folder / ENCODER), classes, EMPTY)
    sentences = [each for corpus in list_corpora() for each in _listen(coder, model, data, corpus)]
    plover = {name: kind.plover or name for name, kind in coder.ontology.types.items()}
    keys = [_key(name, plover) for name in classes]
    votes = {}
    for name, heard in (("vote", sentences), ("fast_vote", [_without_encoder(each) for each in sentences])):
        vote = _choose([each for each in heard if each.fold == TUNING_FOLD], classes, keys)
        test = [each for each in heard if each.fold in TEST_FOLDS]
        print(
            name, "test", score(test, vote, classes, keys), f"calibration {calibration(test, vote, classes, keys):.3f}"
        )
        for corpus in list_corpora():
            print(f"  {corpus:6}", score([each for each in test if each.corpus == corpus], vote, classes, keys))
        votes[name] = asdict(vote)
    replace(linear, head={"classes": classes, **votes}).save(folder / SHIPPED)


def _listen(coder: Coder, model: PairModel, data: Path, corpus: str) -> list[LabelledSentence]:
    symmetric = {name for name, kind in coder.ontology.types.items() if kind.symmetric}
    plover = {name: kind.plover or name for name, kind in coder.ontology.types.items()}
    rows = [row for row in read_corpus(data, corpus) if row["fold"] in TEST_FOLDS | {TUNING_FOLD}]
    found = []
    for row, study in zip(rows, coder.study(sentences_of(rows)), strict=True):
        wanted = {
            (r["source"].get("country"), _key(r["type"], plover), r["target"].get("country")) for r in row["relations"]
        }
        labels = []
        for pair in study.pairs:
            first = pair.first.actor.code
            second = pair.second.actor.code
            labels.append(tuple(classes_of(row["relations"], first, second, symmetric)))
        ballot = model.hear(study.scene, study.pairs) if study.scene is not None and study.pairs else None
        missed = sum(family != "leads" for _, family, _ in wanted)
        missed -= sum(len({_key(name, plover) for name in own}) for own in labels)
        found.append(LabelledSentence(corpus, row["fold"], ballot, tuple(labels), missed))
    return found


def _without_encoder(sentence: LabelledSentence) -> LabelledSentence:
    ballot = sentence.ballot
    return replace(sentence, ballot=ballot and Ballot(ballot.linear, ballot.linear, ballot.claimed))


def _choose(sentences: Sequence[LabelledSentence], classes: tuple[str, ...], keys: list[str]) -> Vote:
    opposite = opposites(classes)
    heard = [each for each in sentences if each.ballot is not None]
    given = [class_inputs(each.ballot, opposite) for each in heard if each.ballot is not None]
    held = np.array([[name in own for name in classes] for each in heard for own in each.labels])
    weights = _fit(np.concatenate(given).reshape(-1, len(INPUTS)), held.reshape(-1))
    vote = replace(EMPTY, weights=weights)
    counted = [vote.count(each.ballot, opposite)[0] for each in heard if each.ballot is not None]
    related = np.concatenate([related_inputs(each, own) for each, own in zip(given, counted, strict=True)])
    vote = replace(vote, related_weights=_fit(related, held.any(axis=1)))
    choices = [
        replace(vote, second=second, threshold=threshold, least=least)
        for second, threshold, least in product(SECONDS, THRESHOLDS, LEASTS)
    ]
    figures = [(score(sentences, choice, classes, keys), choice) for choice in choices]
    found, chosen = max(figures, key=lambda each: each[0]["typed_f1"])
    print("vote", chosen.second, chosen.threshold, chosen.least, "tuning", found)
    likely, right = zip(*_chosen(sentences, chosen, classes, keys), strict=True)
    given = np.clip(np.array(likely), 1e-6, 1 - 1e-6)
    slope, shift = _fit(np.log(given / (1 - given))[:, None], np.array(right))
    return replace(chosen, slope=slope, shift=shift)


def _fit(given: np.ndarray, labels: np.ndarray) -> tuple[float, ...]:
    model = LogisticRegression(C=1.0, max_iter=3000).fit(given, labels)
    return tuple(round(float(weight), 4) for weight in (*model.coef_[0], model.intercept_[0]))


def score(
    sentences: Sequence[LabelledSentence], vote: Vote, classes: tuple[str, ...], keys: list[str]
) -> dict[str, float]:
    """Return typed and pair precision, recall and F1, relations outside every pair counted as missed."""
    typed, related = Counter[str](), Counter[str]()
    opposite = opposites(classes)
    by_name = dict(zip(classes, keys, strict=True))
    for sentence in sentences:
        typed["wanted"] += sentence.missed
        related["wanted"] += sentence.missed
        if sentence.ballot is None:
            continue
        for own, likely, labels in zip(*vote.count(sentence.ballot, opposite), sentence.labels, strict=True):
            mine = {keys[place] for place in vote.choose(own, float(likely))}
            gold = {by_name.get(name, name) for name in labels}
            typed.update(hit=len(gold & mine), claimed=len(mine), wanted=len(gold))
            related.update(hit=bool(gold and mine), claimed=bool(mine), wanted=bool(gold))
    return {f"{name}_{k}": v for name, count in (("typed", typed), ("pair", related)) for k, v in _prf(count).items()}


def calibration(sentences: Sequence[LabelledSentence], vote: Vote, classes: tuple[str, ...], keys: list[str]) -> float:
    """Return the expected calibration error (ten bins) of the confidence of the relations that hold."""
    chosen = list(_chosen(sentences, vote, classes, keys))
    said, right = [vote.confidence(probability) for probability, _ in chosen], [right for _, right in chosen]
    bins = np.minimum((np.array(said) * 10).astype(int), 9)
    gaps = [abs(np.mean(np.array(said)[bins == b]) - np.mean(np.array(right)[bins == b])) for b in set(bins)]
    return float(np.dot(gaps, [np.mean(bins == b) for b in set(bins)]))


def _chosen(
    sentences: Sequence[LabelledSentence], vote: Vote, classes: tuple[str, ...], keys: list[str]
) -> Iterator[tuple[float, bool]]:
    """Yield the probability of each class that is chosen, and whether the label has it."""
    opposite = opposites(classes)
    by_name = dict(zip(classes, keys, strict=True))
    for sentence in sentences:
        if sentence.ballot is None:
            continue
        for own, likely, labels in zip(*vote.count(sentence.ballot, opposite), sentence.labels, strict=True):
            for place in vote.choose(own, float(likely)):
                yield float(own[place]), keys[place] in {by_name.get(name, name) for name in labels}


def _key(name: str, plover: dict[str, str]) -> str:
    """Return what counts as the same answer: the PLOVER type and the direction, which CONSULT has none of."""
    bare = name.rstrip("<>")
    family = plover[bare]
    return family if family == "CONSULT" else family + name[len(bare) :]


def _prf(count: Counter[str]) -> dict[str, float]:
    precision = count["hit"] / max(count["claimed"], 1)
    recall = count["hit"] / max(count["wanted"], 1)
    return {
        "p": round(precision, 3),
        "r": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
    }
