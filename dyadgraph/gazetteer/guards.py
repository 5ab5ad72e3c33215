"""A name in its sentence goes in; whether it only looks like an actor comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dyadgraph.gazetteer.names import Name, fold, is_abbreviation

_WORD_BEFORE = re.compile(r"([^\s,;:()\"“”]+?)(-|[ ]+)?$")
_WORD_AFTER = re.compile(r"( +|-)?([^\s,;:()\"“”]+)")
_STATE_AFTER = re.compile(r", ([A-Z][\w.]*(?: [A-Z]\w+)?)")
_STATE_OF = re.compile(r"\b(?:state|city|university) of $", re.IGNORECASE)
_CLAUSE_START = re.compile(r"(?:^|[.!?:;\"“”‘(—–-])\s*$")
_ABBREVIATED_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sen|Rep|Gov|Rev|St)\.\s*$")
_CAPITALISED_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIAL = re.compile(r"[A-Z]\.")
_WORDS = re.compile(r"\w+")
_CAPITALISED = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)?")
_LONG_WORDS = re.compile(r"[a-z-]{5,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = ("'s", "’s")
_TIME = frozenset(
    {"in", "of", "last", "since", "by", "until", "this", "from", "early", "late", "mid", "next", "during"}
)
_INSIDE = frozenset({"of", "in", "from", "between", "against", "toward", "towards", "into"})
_ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ash", "an", "ar", "az"})
_NAME_PARTS = ("al-", "el-", "bin ", "ibn ", "ul-", "ad-", "as-", "ash-")
WINDOW = 400
"""Characters on either side of a span that count as its sentence: nothing splits some lists."""
TITLE_CASE = 0.7
"""Share of longer words with a capital from which a sentence counts as a headline in title case."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an alias needs around it.

    A word just before (lower case), a beginning just behind, a word of the sentence, and words it must not have.
    """

    before: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    sentence: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def allows(self, sentence: Sentence) -> bool:
        """Tell whether the words around are as needed."""
        if self.before and sentence.before.lower() not in self.before:
            return False
        if self.after and not sentence.text[sentence.end :].lstrip().startswith(self.after):
            return False
        words = set(_WORDS.findall(sentence.text)) if self.sentence or self.without else set()
        return (not self.sentence or not self.sentence.isdisjoint(words)) and self.without.isdisjoint(words)


@dataclass(frozen=True, slots=True)
class GuardWords:
    """The lists of guards.toml; each is explained there."""

    person_names: frozenset[str]
    given_names: frozenset[str]
    us_states: frozenset[str]
    georgia_cities: frozenset[str]
    sports: frozenset[str]
    language_verbs: frozenset[str]
    behind_hyphen: frozenset[str]
    not_the_state: frozenset[str]
    word_surnames: frozenset[str]
    always_words: frozenset[str]
    common_surnames: frozenset[str]
    known_alone: frozenset[str]
    speaking_verbs: frozenset[str]
    word_abbreviations: frozenset[str]
    honorifics: frozenset[str]
    crowns: frozenset[str]
    not_given_names: frozenset[str]
    not_surnames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the words next to a span of it; `glued` and `joined` say whether a hyphen ties them to it."""

    text: str
    start: int
    end: int
    before: str
    glued: bool
    after: str
    joined: bool

    @classmethod
    def around(cls, text: str, start: int, end: int) -> Sentence:
        """Look at the neighbours of a span; a comma or a bracket between them and the span hides them."""
        left = max(0, start - WINDOW)
        text, start, end = text[left : end + WINDOW], start - left, end - left
        before = _WORD_BEFORE.search(text[max(0, start - 40) : start])
        after = _WORD_AFTER.match(text[end : end + 40])
        following = after[2].rstrip(".!?'’") if after and after[1] else ""
        return cls(
            text,
            start,
            end,
            before[1] if before else "",
            bool(before and before[2] == "-"),
            following.removesuffix("'s").removesuffix("’s"),
            bool(after and after[1] == "-"),
        )

    @property
    def span(self) -> str:
        """The words themselves."""
        return self.text[self.start : self.end]

    @property
    def opens(self) -> bool:
        """Whether the word before opens the sentence, where every word has a capital."""
        before = self.text[: max(0, self.start - len(self.before) - 1)]
        return not before or bool(_CLAUSE_START.search(before) and not _ABBREVIATED_TITLE.search(before))

    @property
    def is_title_case(self) -> bool:
        """Whether nearly every longer word has a capital, as in headlines: there a capital says nothing."""
        words = [word for word in _LETTERS.findall(self.text) if len(word) > 3]
        return len(words) > 3 and sum(word[0].isupper() for word in words) >= TITLE_CASE * len(words)


class Guards:
    """Decides from the words around a name."""

    def __init__(
        self,
        words: GuardWords,
        contexts: Mapping[str, Sequence[Context]],
        titles: frozenset[str],
        title_nouns: frozenset[str],
    ) -> None:
        self.words = words
        self.contexts = contexts
        self.titles = titles
        self.honorifics = title_nouns | words.honorifics

    def holds(self, names: Sequence[Name], text: str, start: int, end: int) -> bool:
        """Tell whether the span only looks like an actor."""
        sentence = Sentence.around(text, start, end)
        contexts = self.contexts.get(fold(sentence.span))
        if contexts and not any(context.allows(sentence) for context in contexts):
            return True
        if self._is_shouted(sentence) or self._is_sport(sentence):
            return True
        kinds = {name.kind for name in names}
        if kinds == {"surname"}:
            return self._is_no_surname(sentence)
        if kinds <= {"surname", "person"}:
            return sentence.joined and sentence.after not in self.words.behind_hyphen
        if "demonym" in kinds and self._is_descent_or_language(sentence):
            return True
        return self._is_american_place(sentence) or self._is_person(sentence, is_demonym="demonym" in kinds)

    def _is_shouted(self, sentence: Sentence) -> bool:
        """Tell "TELL US WHY": in a line of capitals a short abbreviation may be a word."""
        if sentence.span not in self.words.word_abbreviations or not is_abbreviation(sentence.span):
            return False
        return sentence.text.isupper() and " " in sentence.text.strip()

    def _is_sport(self, sentence: Sentence) -> bool:
        return not self.words.sports.isdisjoint(_LONG_WORDS.findall(sentence.text.lower()))

    def _is_descent_or_language(self, sentence: Sentence) -> bool:
        before = sentence.before.lower()
        if before in self.words.not_the_state or before in self.words.language_verbs:
            return True
        if sentence.after.lower() == "language":
            return True
        return before == "in" and bool(re.match(r"\s*(?:[.,;!?]|and English|$)", sentence.text[sentence.end :]))

    def _is_american_place(self, sentence: Sentence) -> bool:
        """Tell "Atlanta, Georgia" and "Lebanon, Pennsylvania"."""
        if sentence.span == "Georgia":
            cities = self.words.georgia_cities.intersection(_CAPITALISED.findall(sentence.text))
            if cities or _STATE_OF.search(sentence.text[: sentence.start]):
                return True
        follows = _STATE_AFTER.match(sentence.text[sentence.end :])
        if follows is None or sentence.span not in self.words.person_names:
            return False
        state = follows[1].rstrip(".")
        return state in self.words.us_states and state != sentence.span

    def _is_person(self, sentence: Sentence, *, is_demonym: bool) -> bool:
        """Tell "Michael Jordan", "Chad Smith", "London Breed" from states and capitals."""
        named_before = sentence.before in self.words.given_names and not sentence.glued
        if " " in sentence.span or is_demonym:
            return False
        if sentence.span not in self.words.person_names or sentence.is_title_case:
            return named_before
        if sentence.before.rstrip(".").lower() in self.words.honorifics:
            return True
        if self._is_first_name(sentence):
            return True
        return sentence.before.lower() not in _INSIDE and self._is_surname_following(sentence)

    def _is_first_name(self, sentence: Sentence) -> bool:
        word = sentence.before
        if word in self.words.given_names or _INITIAL.fullmatch(word):
            return True
        if not _is_capitalised(word) or sentence.glued:
            return False
        if sentence.opens and (word.endswith(("ing", "ly")) or not self._is_name_of_both(sentence)):
            return False
        return word not in self.words.not_given_names and word.lower().rstrip(".") not in self.titles

    def _is_name_of_both(self, sentence: Sentence) -> bool:
        return sentence.span in self.words.person_names

    def _is_surname_following(self, sentence: Sentence) -> bool:
        word = sentence.after
        if f"{word.lower()} ".startswith(_NAME_PARTS) and self._is_frequent(sentence.span):
            return True
        if len(word) == 1 and word.isupper() and word not in {"I", "A"}:
            return True
        if not _is_capitalised(word) or sentence.joined:
            return False
        return word not in self.words.not_surnames and word.lower() not in self.titles

    def _is_no_surname(self, sentence: Sentence) -> bool:
        """Tell "in May", "Laura Bush", "Kim Yong Nam" from a leader called by the surname alone."""
        before = sentence.before.rstrip(".").lower()
        titled = before in self.honorifics and not sentence.glued
        if sentence.is_title_case:
            return sentence.before in self.words.given_names or (not titled and self._needs_title(sentence.span))
        if self._is_surname_following(sentence) or (not titled and self._is_named_before(sentence)):
            return True
        if titled:
            return before in self.words.crowns and " " not in sentence.span
        if self._needs_title(sentence.span):
            return sentence.span not in {"May", "Long"} or not self._acts(sentence) or before in _TIME
        opens = sentence.text[: sentence.start].strip(" \"'“‘") == ""
        return sentence.span in self.words.word_surnames and opens and not self._acts(sentence)

    def _is_named_before(self, sentence: Sentence) -> bool:
        """Tell "Laura Bush", "Lubna al-Hussein", "National Park" from "Yesterday Bush" and "Russia's Putin"."""
        word = sentence.before
        if word in self.words.given_names or _INITIAL.fullmatch(word):
            return True
        if sentence.glued:
            return word.lower() in _ARTICLES
        return _is_capitalised(word) and not sentence.opens and word not in self.words.not_given_names

    def _needs_title(self, span: str) -> bool:
        if span in self.words.always_words:
            return True
        return self._is_frequent(span) and span not in self.words.known_alone

    def _is_frequent(self, span: str) -> bool:
        return span in self.words.common_surnames or span in self.words.given_names

    def _acts(self, sentence: Sentence) -> bool:
        after = sentence.after.lower()
        possessive = sentence.text.startswith(_POSSESSIVE, sentence.end)
        return possessive or after in self.words.speaking_verbs or after == "and" or after.endswith("ed")


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper() and bool(_CAPITALISED_WORD.fullmatch(word))
