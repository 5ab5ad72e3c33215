"""CoNLL-U in, raw tokens out: words as the treebank has them, before any conversion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
BRACKET = re.compile(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Token:
    """One line of CoNLL-U; `head` counts from 1 and is 0 at the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    space: bool
    misc: str


def read_treebank(path: Path) -> list[list[Token]]:
    """Read every sentence of a CoNLL-U file, in its order."""
    with path.open(encoding="utf-8") as lines:
        return [tokens for tokens in _sentences(lines) if tokens]


def _sentences(lines: Iterable[str]) -> Iterator[list[Token]]:
    tokens: list[Token] = []
    last, spaced = 0, True
    for raw in lines:
        line = raw.rstrip("\n")
        if not line:
            yield tokens
            tokens, last = [], 0
            continue
        columns = line.split("\t")
        if line.startswith("#") or "." in columns[0]:
            continue
        space = "SpaceAfter=No" not in columns[9]
        if "-" in columns[0]:
            # "don't" stands above "do" and "n't": only what comes after the whole says whether a space follows.
            last, spaced = int(columns[0].split("-")[1]), space
            continue
        number = int(columns[0])
        if number <= last:
            space = spaced if number == last else False
        form, lemma, upos, xpos = columns[1:5]
        tokens.append(Token(form, lemma, upos, xpos, int(columns[6]), columns[7], space, columns[9]))
    yield tokens


def read_mentions(tokens: list[Token]) -> list[tuple[int, int, str]]:
    """Read GUM's `Entity=` brackets: first token, token after the last, entity type."""
    opened: list[tuple[int, str]] = []
    mentions: list[tuple[int, int, str]] = []
    for index, token in enumerate(tokens):
        match = ENTITY.search(token.misc)
        for whole, start, end in BRACKET.findall(match.group(1)) if match else ():
            if whole:
                mentions.append((index, index + 1, _kind(whole)))
            elif start:
                opened.append((index, start))
            else:
                number = end.split("-")[0]
                place = next((i for i in reversed(range(len(opened))) if opened[i][1].split("-")[0] == number), None)
                if place is not None:
                    first, name = opened.pop(place)
                    mentions.append((first, index + 1, _kind(name)))
    return mentions


def _kind(name: str) -> str:
    return name.split("-")[1]
