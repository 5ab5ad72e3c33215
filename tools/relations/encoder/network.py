"""The network, in JAX: a BERT encoder, and on it a judge of pairs. `export.py` says the same in ONNX."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ingest.piece_table import BLOCK, LEAST_SCALE, STEPS
from tools.relations.encoder.base import HEADS, WIDTH

HIDDEN = 256
DROPPED = 0.1
EXTRAS_DROPPED = 0.15
EPSILON = 1e-12
FAR = -1e9
RARE = -3.0  # a class's bias to begin with: most pairs have none

Tree = dict[str, Any]


def make_head(extras: int, classes: int, claims: list[tuple[int, int]], rng: np.random.Generator) -> Tree:
    """Return fresh parameters of the judge; a rule's claim (column of extras, class) counts from the beginning."""

    def linear(rows: int, columns: int, scale: float) -> Tree:
        return {
            "w": rng.normal(0, scale, (rows, columns)).astype(np.float32),
            "b": np.zeros(columns, dtype=np.float32),
        }

    direct = np.zeros((extras, classes), dtype=np.float32)
    for column, number in claims:
        direct[column, number] = 3.0
        direct[column, 0] = 1.5
    return {
        "look": linear(2 * WIDTH, WIDTH, (2 * WIDTH) ** -0.5),
        "states": linear(4 * WIDTH, HIDDEN, (4 * WIDTH) ** -0.5),
        "extras": linear(extras, HIDDEN, 0.1),
        "answer": {
            "w": np.zeros((HIDDEN, classes), dtype=np.float32),
            "b": np.full(classes, RARE, dtype=np.float32),
        },
        "direct": {"w": direct, "b": np.zeros(classes, dtype=np.float32)},
    }


def encode(params: Tree, pieces: Any, mask: Any, key: Any | None) -> Any:
    """Return the states (batch, length, width) of piece numbers (batch, length); a key turns dropout on."""
    batch, length = pieces.shape
    states = _norm(params["norm"], _round(params["pieces"][pieces]) + params["places"][:length])
    far = (1 - mask)[:, None, None, :] * FAR
    for number, layer in enumerate(params["layers"]):
        keys = jax.random.split(jax.random.fold_in(key, number), 3) if key is not None else (None, None, None)
        query, name, value = (
            _linear(layer[part], states).reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weights = jax.nn.softmax(query @ name.transpose(0, 1, 3, 2) / np.sqrt(WIDTH / HEADS) + far, -1)
        mixed = (_drop(keys[0], weights, DROPPED) @ value).transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)
        states = _norm(layer["mix_norm"], states + _drop(keys[1], _linear(layer["mix"], mixed), DROPPED))
        wide = jax.nn.gelu(_linear(layer["wide"], states), approximate=False)
        states = _norm(layer["norm"], states + _drop(keys[2], _linear(layer["narrow"], wide), DROPPED))
    return states


def judge(params: Tree, states: Any, mask: Any, pairs: tuple[Any, Any, Any, Any], key: Any | None) -> Any:
    """Return the scores (pairs, classes); `pairs`: sentence in the batch, places of the two marks, extras."""
    sentence, one, two, extras = pairs
    first, second, own = states[sentence, one], states[sentence, two], states[sentence]
    look = _linear(params["look"], jnp.concatenate([first, second], -1))
    heard = jnp.einsum("ph,pth->pt", look, own) / np.sqrt(WIDTH) + (1 - mask[sentence]) * FAR
    context = jnp.einsum("pt,pth->ph", jax.nn.softmax(heard, -1), own)
    joined = jnp.concatenate([first, second, context, first * second], -1)
    keys = jax.random.split(key, 3) if key is not None else (None, None, None)
    extras = _drop(keys[1], extras, EXTRAS_DROPPED)
    hidden = jnp.tanh(_linear(params["states"], _drop(keys[0], joined, DROPPED)) + _linear(params["extras"], extras))
    return _linear(params["answer"], _drop(keys[2], hidden, DROPPED)) + _linear(params["direct"], extras)


def _round(rows: Any) -> Any:
    """Round rows of the table as it is kept (`export.py`), so that the rest learns to live with it.

    The gradient passes as if nothing had been rounded.
    """
    blocks = rows.reshape(*rows.shape[:-1], WIDTH // BLOCK, BLOCK)
    scales = jnp.maximum(jnp.abs(blocks).max(-1, keepdims=True), LEAST_SCALE) / STEPS
    rounded = (jnp.round(blocks / scales) * scales).reshape(rows.shape)
    return rows + jax.lax.stop_gradient(rounded - rows)


def _linear(params: Tree, given: Any) -> Any:
    return given @ params["w"] + params["b"]


def _norm(params: Tree, given: Any) -> Any:
    centred = given - given.mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(-1, keepdims=True) + EPSILON) * params["g"] + params["b"]


def _drop(key: Any | None, given: Any, rate: float) -> Any:
    if key is None:
        return given
    return jnp.where(jax.random.bernoulli(key, 1 - rate, given.shape), given / (1 - rate), 0)
