"""A trained encoder in, the folder that the product loads out: weights in 8 bits, rare pieces left out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from ingest.piece_table import pack_pieces
from tools.relations.encoder.base import HEADS, WIDTH
from tools.relations.encoder.network import EPSILON
from tools.relations.encoder.training import TrainedEncoder

# The vocabulary of BERT begins with letters, then runs from frequent to rare; of the rare ones those seen are kept.
FREQUENT = 13_000
PLACES = 160
PARTS = ("query", "key", "value")
OPSET = 17


class Graph:
    """An ONNX graph in the making: each method adds a node and returns the name of what it gives."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, np.ndarray] = {}

    def add(self, kind: str, *given: str, **settings: Any) -> str:
        """Add a node of a kind with its inputs and settings."""
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(given), [name], name=name, **settings))
        return name

    def constant(self, value: Any) -> str:
        """Add a constant array."""
        name = f"constant{len(self.constants)}"
        self.constants[name] = np.asarray(value)
        return name

    def linear(self, params: Any, given: str) -> str:
        """Add given @ w + b."""
        return self.add("Add", self.add("MatMul", given, self.constant(params["w"])), self.constant(params["b"]))

    def split(self, given: str, number: int) -> list[str]:
        """Add the split of the last axis into equal parts."""
        names = [f"Split{len(self.nodes)}_{part}" for part in range(number)]
        self.nodes.append(helper.make_node("Split", [given], names, name=names[0], axis=-1))
        return names

    def norm(self, params: Any, given: str) -> str:
        """Add a layer normalisation."""
        weights = self.constant(params["g"]), self.constant(params["b"])
        return self.add("LayerNormalization", given, *weights, axis=-1, epsilon=EPSILON)

    def build(self, answer: str) -> Any:
        """Return the model: vectors (length, width), first, second (pairs), extras (pairs, columns) in, answers out."""
        whole = TensorProto.INT64
        given = [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["length", WIDTH]),
            helper.make_tensor_value_info("first", whole, ["pairs"]),
            helper.make_tensor_value_info("second", whole, ["pairs"]),
            helper.make_tensor_value_info("extras", TensorProto.FLOAT, ["pairs", "columns"]),
        ]
        answers = [helper.make_tensor_value_info(answer, TensorProto.FLOAT, ["pairs", "classes"])]
        constants = [numpy_helper.from_array(value, name) for name, value in self.constants.items()]
        graph = helper.make_graph(self.nodes, "pair_encoder", given, answers, constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)


def write_encoder(encoder: TrainedEncoder, seen: Iterable[int], folder: Path) -> None:
    """Write encoder.onnx, pieces.npz, vocabulary.txt and head.json; `seen`: the pieces of the labelled sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = sorted(set(range(FREQUENT)) | set(seen))
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        onnx.save(_to_onnx(encoder.params), str(exact))
        # Signed weights take half the time of unsigned ones; in 7 bits they do not overflow without VNNI either.
        quantize_dynamic(
            str(exact),
            str(folder / "encoder.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    pack_pieces(encoder.params["encoder"]["pieces"][kept]).save(folder / "pieces.npz")
    (folder / "vocabulary.txt").write_text("\n".join(encoder.vocabulary[piece] for piece in kept), encoding="utf8")
    head = {"classes": encoder.classes, "extras": encoder.extras}
    (folder / "head.json").write_text(json.dumps(head, ensure_ascii=False, indent=0) + "\n", encoding="utf8")


def _to_onnx(params: Any) -> Any:
    graph = Graph()
    states = _encode(graph, params["encoder"])
    return graph.build(graph.add("Sigmoid", _judge(graph, params["head"], states)))


def _encode(graph: Graph, params: Any) -> str:
    length = graph.add("Shape", "vectors", start=0, end=1)
    zero = graph.constant(np.array([0], dtype=np.int64))
    places = graph.add("Slice", graph.constant(params["places"][:PLACES]), zero, length)
    states = graph.norm(params["norm"], graph.add("Add", "vectors", places))
    split = graph.constant(np.array([0, HEADS, WIDTH // HEADS], dtype=np.int64))
    joined = graph.constant(np.array([0, WIDTH], dtype=np.int64))
    scale = graph.constant(np.float32((WIDTH / HEADS) ** -0.5))
    for layer in params["layers"]:
        # One product for the three: the input is rounded to 8 bits once.
        whole = {part: np.concatenate([layer[name][part] for name in PARTS], axis=-1) for part in ("w", "b")}
        parts = graph.split(graph.linear(whole, states), len(PARTS))
        query, name, value = (graph.add("Reshape", part, split) for part in parts)
        query = graph.add("Transpose", query, perm=[1, 0, 2])
        name = graph.add("Transpose", name, perm=[1, 2, 0])
        value = graph.add("Transpose", value, perm=[1, 0, 2])
        heard = graph.add("Mul", graph.add("MatMul", query, name), scale)
        mixed = graph.add("MatMul", graph.add("Softmax", heard, axis=-1), value)
        mixed = graph.add("Reshape", graph.add("Transpose", mixed, perm=[1, 0, 2]), joined)
        states = graph.norm(layer["mix_norm"], graph.add("Add", states, graph.linear(layer["mix"], mixed)))
        wide = _gelu(graph, graph.linear(layer["wide"], states))
        states = graph.norm(layer["norm"], graph.add("Add", states, graph.linear(layer["narrow"], wide)))
    return states


def _gelu(graph: Graph, given: str) -> str:
    """Add x * (1 + erf(x / sqrt 2)) / 2, the form that onnxruntime joins to one step."""
    bent = graph.add("Erf", graph.add("Div", given, graph.constant(np.float32(np.sqrt(2)))))
    raised = graph.add("Mul", given, graph.add("Add", bent, graph.constant(np.float32(1))))
    return graph.add("Mul", raised, graph.constant(np.float32(0.5)))


def _judge(graph: Graph, params: Any, states: str) -> str:
    first, second = graph.add("Gather", states, "first"), graph.add("Gather", states, "second")
    look = graph.linear(params["look"], graph.add("Concat", first, second, axis=-1))
    heard = graph.add("MatMul", look, graph.add("Transpose", states, perm=[1, 0]))
    heard = graph.add("Mul", heard, graph.constant(np.float32(WIDTH**-0.5)))
    context = graph.add("MatMul", graph.add("Softmax", heard, axis=-1), states)
    joined = graph.add("Concat", first, second, context, graph.add("Mul", first, second), axis=-1)
    hidden = graph.add("Add", graph.linear(params["states"], joined), graph.linear(params["extras"], "extras"))
    hidden = graph.add("Tanh", hidden)
    return graph.add("Add", graph.linear(params["answer"], hidden), graph.linear(params["direct"], "extras"))
