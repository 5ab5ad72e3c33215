"""Names made comparable: a name goes in, its words without case and accents come out, the same for every store."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Letters that no Unicode normal form takes apart.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, accents removed: `Nicolás Maduro` gives nicolas, maduro."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return tuple(_WORD.findall(bare.casefold().translate(_PLAIN)))
