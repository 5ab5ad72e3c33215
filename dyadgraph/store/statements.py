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
    parts = [part for name in names for part in _HEAD.split(_read(name))[1:]]
    found: dict[str, str] = {}
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        found[name] = _fill(part, found).strip()
    return found


def read_script(name: str, *included: str) -> str:
    """Read a file of statements that run one after the other, and may include those of other files."""
    return _fill(_read(name), read_statements(*included))


def _read(name: str) -> str:
    return files("dyadgraph.store").joinpath(name).read_text(encoding="utf-8")


def _fill(text: str, statements: Mapping[str, str]) -> str:
    return _INCLUDE.sub(lambda asked: statements[asked[1]], text)
