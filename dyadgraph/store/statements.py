"""Named statements: a .sql or .cypher file beside this one goes in, statement texts by name come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

_HEAD = re.compile(r"^(?:--|//) name: (\w+)$", re.MULTILINE)
_INCLUDE = re.compile(r"^ *(?:--|//) include: (\w+)$", re.MULTILINE)


def read_statements(file: str) -> Mapping[str, str]:
    """Read a file of statements, each headed by a line `-- name: this` (SQL) or `// name: this` (Cypher).

    A line `-- include: that` stands for the whole of another statement, which comes before.
    """
    text = files("dyadgraph.store").joinpath(file).read_text(encoding="utf-8")
    _, *parts = _HEAD.split(text)
    found: dict[str, str] = {}
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        found[name] = _INCLUDE.sub(lambda asked: found[asked[1]], part).strip()
    return found
