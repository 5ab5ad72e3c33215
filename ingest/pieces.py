"""A word in, the numbers of its word pieces out (WordPiece, Wu et al. 2016, as BERT cuts lower-case English)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

PART = re.compile(r"\w+|[^\w\s]")
PLAIN = str.maketrans("’‘“”–—_", "''\"\"-- ")
REMEMBERED = 20_000
"""Words whose pieces are kept at hand; then all are forgotten, and the usual ones soon known again."""
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"


class Pieces:
    """A vocabulary: a word is cut into the longest known pieces, left to right; those inside a word begin with ##."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._cut: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, piece: str) -> int:
        """Return the number of a piece that the vocabulary holds; raises KeyError."""
        return self._numbers[piece]

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces, that of [UNK] for a part that no pieces make up."""
        found = self._cut.get(word)
        if found is None:
            found = tuple(number for part in PART.findall(_plain(word)) for number in self._cut_part(part))
            found = found or (self._numbers[UNKNOWN],)
            if len(self._cut) >= REMEMBERED:
                self._cut.clear()
            self._cut[word] = found
        return found

    def _cut_part(self, part: str) -> list[int]:
        numbers: list[int] = []
        start = 0
        while start < len(part):
            end = len(part)
            while end > start and self._piece(part, start, end) not in self._numbers:
                end -= 1
            if end == start:
                return [self._numbers[UNKNOWN]]
            numbers.append(self._numbers[self._piece(part, start, end)])
            start = end
        return numbers

    @staticmethod
    def _piece(part: str, start: int, end: int) -> str:
        return part[start:end] if start == 0 else f"##{part[start:end]}"


def _plain(word: str) -> str:
    """Return a word in lower case without accents and typographic signs."""
    if word.isascii():
        return word.lower().replace("_", " ")
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(each for each in letters if unicodedata.category(each) != "Mn").translate(PLAIN)
