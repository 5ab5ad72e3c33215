"""Named statements: a .sql or .cypher file beside this one goes in, statement texts by name come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

_HEAD = re.compile(r"^(?:--|//) name: (\w+)$", re.MULTILINE)


def read_statements(file: str) -> Mapping[str, str]:
    """Read a file of statements, each headed by a line `-- name: this` (SQL) or `// name: this` (Cypher)."""
    text = files("dyadgraph.store").joinpath(file).read_text(encoding="utf-8")
    _, *parts = _HEAD.split(text)
    return dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))
