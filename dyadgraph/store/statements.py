"""Named statements: .sql or .cypher files beside this one go in, statement texts by name come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

_HEAD = re.compile(r"^(?:--|//) name: (\w+)$", re.MULTILINE)
_INCLUDE = re.compile(r"^ *(?:--|//) include: (\w+)$", re.MULTILINE)


def read_statements(*names: str) -> Mapping[str, str]:
    """Read files of statements, one after the other.

    A line `-- name: this` (SQL) or `// name: this` (Cypher) heads each statement; a line `-- include: that` stands for
    the whole of another one, which comes before.
    """
    texts = [files("dyadgraph.store").joinpath(name).read_text(encoding="utf-8") for name in names]
    parts = [part for text in texts for part in _HEAD.split(text)[1:]]
    found: dict[str, str] = {}
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        found[name] = _INCLUDE.sub(lambda asked: found[asked[1]], part).strip()
    return found
