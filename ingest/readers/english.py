"""A text in, whether it is English out: the share of its words that only English uses so often."""

from __future__ import annotations

import re

from ingest.readers.rejected import SkippedError

# The commonest function words of English, without those that are as common elsewhere ("in", "was", "so", "die", "a").
FUNCTION_WORDS = frozenset(
    "the of and to that is for it with as on by at from has have had said says his her their its this which who were "
    "are been would will not but they after before against between about when more than into over".split()
)
WORD = re.compile(r"[^\W\d_]+")
ENOUGH_WORDS = 25
LOOKED_AT = 20_000
# English news stands between .25 and .40, the ten samples at .27 or more; Dutch and Danish, the nearest, below .08.
SHARE = 0.12


def is_english(text: str) -> bool:
    """Return whether the text reads as English; a text of a few words has the benefit of the doubt.

    A text of another script is not English however short it is.
    """
    words = WORD.findall(text[:LOOKED_AT].lower())
    if not words:
        return True
    if sum(word.isascii() for word in words) * 2 < len(words):
        return False
    if len(words) < ENOUGH_WORDS:
        return True
    return sum(word in FUNCTION_WORDS for word in words) >= SHARE * len(words)


def check_english(text: str, place: str) -> None:
    """Raise SkippedError for a text in another language."""
    if not is_english(text):
        raise SkippedError(f"{place}: is not in English; only English articles are read")
