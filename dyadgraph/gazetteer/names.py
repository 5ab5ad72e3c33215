"""A name as news writes it: the key it is looked up by, and whether a text has it in the right letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

NameKind = Literal["name", "demonym", "metonym", "place", "alias", "person", "surname"]

_LETTERS = str.maketrans(
    {".": None, "'": None, "’": None, "‘": None, "ʼ": None, "`": None, "´": None, "ʻ": None, "ʿ": None}
    | dict.fromkeys("-–—‐‑/,()_", " ")
    | {"ı": "i", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "Æ": "ae"}
    | {"ə": "a", "Ə": "a", "ð": "d", "þ": "th", "œ": "oe"}
)
_FIRST_PIECE = re.compile(r"[^\s'’\-–/,(]+")
_PIECES = re.compile(r"\w+|[^\w\s]")
WORDS = re.compile(r"\w+")
_DROPPED = frozenset({"al", "el", "ul"})
_SKY = ("skyy", "skyi", "skiy", "skii", "skij")  # each as long as the others
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# Words that a name may begin with in small letters though it is written with a capital: "the Gambia", "al-Shabaab".
ARTICLES = frozenset(
    {"the", "al", "el", "ash", "as", "an", "ad", "d", "de", "da", "del", "bin", "ibn", "van", "von", "ul"}
)
_DOTTED_END = re.compile(r"(?:^|[\s,(])(?:(?:[A-Z]\.)+|[JS]r\.)$")
_ABBREVIATION = re.compile(r"[A-Z0-9&][A-Z0-9.&+/-]*")


@dataclass(frozen=True, slots=True)
class Name:
    """What a text may mean by some words: an actor, and by what kind of name it is called."""

    kind: NameKind
    actor_id: str


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the key of a name: no case, no diacritics, no apostrophes or full stops, hyphens as spaces."""
    if not text.isascii():
        text = text.translate(_LETTERS)
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(text.translate(_LETTERS).lower().split())


@dataclass(frozen=True, slots=True)
class Spellings:
    """Which spellings of a word in a person's name count as one; keys of spellings.toml."""

    words: Mapping[str, str]

    def key(self, key: str) -> str:
        """Return the key of a person's name: known spellings made one, inner articles dropped, initials joined."""
        given = key.split(" ")
        if len(given) == 1:
            return self.word(key)
        words: list[str] = []
        initials = False
        for index, word in enumerate(given):
            if initials and len(word) == 1:
                words[-1] += word
            elif index in {0, len(given) - 1} or word not in _DROPPED:
                words.append(self.word(word))
                initials = len(word) == 1
        return " ".join(words)

    def word(self, word: str) -> str:
        """Return the spelling that a word counts as: "Zelenskyy" and "Zelenskiy" as "Zelensky"."""
        if word.endswith(_SKY):
            return f"{word[:-4]}sky"
        return self.words.get(word, word)


def without_initials(key: str) -> str:
    """Return the key of a name without single letters between the first and the last word: "Donald J. Trump"."""
    words = key.split()
    return " ".join(word for index, word in enumerate(words) if len(word) > 1 or index in {0, len(words) - 1})


def spell_out(written: str) -> str:
    """Return a name with umlauts written as two letters: "Schroeder"."""
    return written.translate(_TWO_LETTERS)


def first_keys(written: str, key: str) -> tuple[str, ...]:
    """Return the keys of the first token of a name, however a tokenizer cuts it: "People's" or "People"."""
    first = key.partition(" ")[0]
    if written.isascii() and "'" not in written:
        return (first,)
    piece = _FIRST_PIECE.match(written)
    return (first, fold(piece[0]).partition(" ")[0]) if piece else (first,)


def count_pieces(written: str) -> int:
    """Return into how many tokens a name can fall at most."""
    spaces = written.count(" ")
    return spaces + 1 if written.replace(" ", "").isalpha() else len(_PIECES.findall(written))


def is_whole(text: str) -> bool:
    """Tell "Israel" from "Israel." and "Israel,": punctuation at the end must belong to the name, as in "U.S."."""
    last = text[-1:]
    if last == ".":
        return bool(_DOTTED_END.search(text))
    return last.isalnum() or last == "+" or (last == ")" and "(" in text)


def is_abbreviation(written: str) -> bool:
    """Tell "U.S." and "IMF" from "Iran"."""
    return bool(_ABBREVIATION.fullmatch(written))


def has_case_of(text: str, written: str) -> bool:
    """Tell whether a text has the capitals that the name as written needs: "us" is not "US", "RUSSIA" is "Russia"."""
    if is_abbreviation(written):
        return text == text.upper() if len(written) > 1 else text == written
    if text == text.upper() and any(letter.isalpha() for letter in text):
        return len(text) > 1
    words, wanted = text.split(), written.split()
    return _starts_like(words[0], wanted[0]) and _starts_like(words[-1], wanted[-1])


def _starts_like(word: str, wanted: str) -> bool:
    if word[0].isupper() or not word[0].isalpha() or not wanted[0].isupper():
        return True
    article = _PIECES.match(word)
    return article is not None and article[0] in ARTICLES
