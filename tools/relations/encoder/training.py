"""Labelled pairs in, a trained encoder out: a quarter of an hour on two cores."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from ingest.pair_encoder import TOLD
from ingest.pair_model import claimed_by_rules
from tools.relations.encoder.base import load_base
from tools.relations.encoder.network import encode, judge, make_head
from tools.relations.encoder.swaps import Swapper
from tools.relations.labels import LabelledPair

EPOCHS = 5
RATE = 1e-4
HEAD_RATE = 10  # times RATE: what begins at random learns faster than what is known
ANSWER_RATE = 50
WARM_UP = 0.08
SENTENCES = 24
PAIRS = 64
LENGTHS = (32, 48, 64, 80, 112, 160)  # padded to one of these, so that few shapes are compiled
COMMON = 5  # a told feature seen fewer times is left out

Batch = tuple[np.ndarray, ...]


@dataclass(frozen=True, slots=True)
class TrainedEncoder:
    """Parameters with what they mean."""

    params: dict[str, Any]
    vocabulary: list[str]
    classes: tuple[str, ...]
    extras: tuple[str, ...]

    def probabilities(self, pairs: Sequence[LabelledPair]) -> dict[int, np.ndarray]:
        """Return by the pair's place in the list the probability that it is related and that of each class."""
        loader = Loader(self, None)

        @jax.jit
        def infer(params: Any, batch: Batch) -> Any:
            return jax.nn.sigmoid(_scores(params, batch, None))

        found: dict[int, np.ndarray] = {}
        for batch, numbers in loader.batches(pairs):
            answers = np.asarray(infer(self.params, batch))
            found.update(zip(numbers, answers, strict=False))
        return found


class Loader:
    """Makes batches of pairs; those of one sentence stand in one batch. With an rng: shuffled."""

    def __init__(self, encoder: TrainedEncoder, rng: np.random.Generator | None) -> None:
        self._classes = {name: column for column, name in enumerate(("", *encoder.classes))}
        self._extras = {name: column for column, name in enumerate(encoder.extras)}
        self._rng = rng
        self._swapper = Swapper(encoder.vocabulary, rng) if rng is not None else None

    def batches(self, pairs: Sequence[LabelledPair]) -> Iterator[tuple[Batch, list[int]]]:
        """Yield (pieces, mask, sentence, first, second, extras, labels, weights) and the pairs' places in the list."""
        sentences: dict[str, list[int]] = defaultdict(list)
        for number, pair in enumerate(pairs):
            if pair.places is not None:
                sentences[pair.sentence].append(number)
        groups = list(self._group(pairs, [numbers[:PAIRS] for numbers in sentences.values()]))
        if self._rng is not None:
            self._rng.shuffle(groups)
        for group in groups:
            yield self._fill(pairs, group), [number for numbers in group for number in numbers]

    def _group(self, pairs: Sequence[LabelledPair], sentences: list[list[int]]) -> Iterator[list[list[int]]]:
        """Put sentences of like length together, as many as a batch holds."""

        def length(numbers: list[int]) -> float:
            jitter = self._rng.random() * 12 if self._rng is not None else 0.0
            return len(pairs[numbers[0]].pieces) + jitter

        group: list[list[int]] = []
        for numbers in sorted(sentences, key=length):
            if group and (len(group) == SENTENCES or sum(map(len, group)) + len(numbers) > PAIRS):
                yield group
                group = []
            group.append(numbers)
        if group:
            yield group

    def _fill(self, pairs: Sequence[LabelledPair], group: list[list[int]]) -> Batch:
        sentences = [self._sentence(pairs[numbers[0]].pieces) for numbers in group]
        longest = max(len(own) for own, _ in sentences)
        length = next(each for each in LENGTHS if each >= longest)
        pieces = np.zeros((SENTENCES, length), dtype=np.int32)
        mask = np.zeros((SENTENCES, length), dtype=np.float32)
        mask[:, 0] = 1
        places = np.zeros((3, PAIRS), dtype=np.int32)
        extras = np.zeros((PAIRS, len(self._extras)), dtype=np.float32)
        labels = np.zeros((PAIRS, len(self._classes)), dtype=np.float32)
        weights = np.zeros(PAIRS, dtype=np.float32)
        row = 0
        for sentence, numbers in enumerate(group):
            own, moved = sentences[sentence]
            pieces[sentence, : len(own)], mask[sentence, : len(own)] = own, 1
            for number in numbers:
                pair = pairs[number]
                places[:, row] = sentence, *(moved[place] for place in pair.places or (0, 0))
                extras[row, [self._extras[f] for f in pair.features if f in self._extras]] = 1
                labels[row, [self._classes[c] for c in pair.classes if c in self._classes]] = 1
                labels[row, 0] = bool(pair.classes)
                weights[row] = 1
                row += 1
        return pieces, mask, *places, extras, labels, weights

    def _sentence(self, numbers: Sequence[int]) -> tuple[Sequence[int], Mapping[int, int]]:
        """Return a sentence's pieces, with other states where it is shuffled, and where its marks have moved to."""
        if self._swapper is not None:
            swapped, moved = self._swapper.swap(numbers)
            if len(swapped) <= LENGTHS[-1]:
                return swapped, moved
        return numbers, {place: place for place in range(len(numbers))}


def train_encoder(
    pairs: Sequence[LabelledPair], classes: tuple[str, ...], cache: Path, epochs: int = EPOCHS
) -> TrainedEncoder:
    """Train on labelled pairs from the base model on; the same pairs give the same encoder."""
    rng = np.random.default_rng(0)
    base, vocabulary = load_base(cache)
    counts = Counter(feature for pair in pairs for feature in pair.features if TOLD.match(feature))
    extras = tuple(sorted(feature for feature, n in counts.items() if n >= COMMON))
    claims = [
        (column, classes.index(name) + 1)
        for column, feature in enumerate(extras)
        for name in claimed_by_rules([feature])
        if name in classes
    ]
    params = {"encoder": base, "head": make_head(len(extras), len(classes) + 1, claims, rng)}
    encoder = TrainedEncoder(params, vocabulary, classes, extras)
    loader = Loader(encoder, rng)
    steps = epochs * sum(1 for _ in loader.batches(pairs))
    optimizer = _optimizer(params, steps)
    state = optimizer.init(params)

    @jax.jit
    def step(params: Any, state: Any, batch: Batch, key: Any) -> tuple[Any, Any, Any]:
        loss, gradient = jax.value_and_grad(_loss)(params, batch, key)
        updates, state = optimizer.update(gradient, state, params)
        return optax.apply_updates(params, updates), state, loss

    key = jax.random.PRNGKey(0)
    begun = time.monotonic()
    for epoch in range(epochs):
        losses = []
        for batch, _ in loader.batches(pairs):
            key, own = jax.random.split(key)
            params, state, loss = step(params, state, batch, own)
            losses.append(float(loss))
        print(
            f"encoder: epoch {epoch + 1} loss {np.mean(losses):.3f} after {time.monotonic() - begun:.0f} s", flush=True
        )
    return TrainedEncoder(jax.tree_util.tree_map(np.asarray, params), vocabulary, classes, extras)


def _optimizer(params: Any, steps: int) -> Any:
    def rate(times: float) -> Any:
        peak = RATE * times
        return optax.warmup_cosine_decay_schedule(0.0, peak, int(steps * WARM_UP), steps, peak * 0.02)

    def group(path: Any, _: Any) -> str:
        if path[0].key == "encoder":
            return "encoder"
        return "answer" if path[1].key in {"answer", "direct"} else "head"

    rates = {"encoder": 1.0, "head": HEAD_RATE, "answer": ANSWER_RATE}
    groups = jax.tree_util.tree_map_with_path(group, params)
    parts = {name: optax.adamw(rate(times), weight_decay=0.01) for name, times in rates.items()}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(parts, groups))


def _loss(params: Any, batch: Batch, key: Any) -> Any:
    *_, labels, weights = batch
    losses = optax.sigmoid_binary_cross_entropy(_scores(params, batch, key), labels).sum(-1)
    return (losses * weights).sum() / jnp.maximum(weights.sum(), 1)


def _scores(params: Any, batch: Batch, key: Any | None) -> Any:
    pieces, mask, sentence, first, second, extras, *_ = batch
    keys = jax.random.split(key) if key is not None else (None, None)
    states = encode(params["encoder"], pieces, mask, keys[0])
    return judge(params["head"], states, mask, (sentence, first, second, extras), keys[1])
