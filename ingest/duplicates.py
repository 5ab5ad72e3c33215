"""A text in, a small sketch of its word sequences out; two sketches tell how much of one text stands in the other.

Agencies sell one story to many papers, which change its headline and cut it from the end. MinHash libraries measure
how much two texts have in common of *both*, and a text cut in half has at most half in common with its whole; so a
sketch keeps the smallest hashes of its word sequences (bottom-k), from which the share of the *shorter* text is read.
That is the question here, no small library answers it, and these are few lines of numpy.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable

import numpy as np

WORD = re.compile(r"[^\W_]+")
LENGTH = 4
"""Words of a sequence: long enough that two reports of one event, written apart, share few of them."""
SKETCH = 160
"""Hashes kept of a text: all of a short one, a sample of a long one."""
MARKS = 32
"""The smallest hashes, by which a text is looked up; a copy that keeps a third of it still shares ten."""
LEAST_SHARED = 2
LEAST_KNOWN = 12
"""Hashes that two sketches must have in range of each other before their share means anything."""
THRESHOLD = 0.35
"""Share of the shorter text from which two texts are one story (chosen on the labelled pairs of the tests)."""
CANDIDATES = 5

_FACTORS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)


def sketch(text: str) -> tuple[int, ...]:
    """Return the smallest hashes of a text's word sequences, ascending; case and punctuation do not count."""
    words = np.array([zlib.crc32(word.encode()) for word in WORD.findall(text.lower())], dtype=np.uint32)
    if len(words) < LENGTH:
        return ()
    mixed = np.zeros(len(words) - LENGTH + 1, dtype=np.uint32)
    for place in range(LENGTH):
        mixed ^= words[place : place + len(mixed)] * _FACTORS[place]
        mixed = (mixed ^ (mixed >> np.uint32(15))) * _FACTORS[0]
    return tuple(np.unique(mixed)[:SKETCH].tolist())


def shared(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    """Return how much of the shorter text stands in the other, 0 to 1, as far as their sketches tell."""
    if not first or not second:
        return 0.0
    ends = [each[-1] for each in (first, second) if len(each) >= SKETCH]
    end = min(ends, default=max(first[-1], second[-1]))
    left = {each for each in first if each <= end}
    right = {each for each in second if each <= end}
    fewer = min(len(left), len(right))
    return len(left & right) / fewer if fewer >= LEAST_KNOWN else 0.0


def likely(found: Iterable[int]) -> list[int]:
    """Return the few texts that share most marks, given the text of every mark found; the oldest first where equal."""
    counts = Counter(found)
    ranked = sorted((-count, each) for each, count in counts.items() if count >= LEAST_SHARED)
    return [each for _, each in ranked[:CANDIDATES]]
