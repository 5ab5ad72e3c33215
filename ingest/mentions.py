"""Words in, mentions out: the spans of a sentence that carry a known name, longest first, traps left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dyadgraph.gazetteer import Gazetteer, Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A parser trained on treebanks knows these words; it reads "Xi met Yoon Suk Yeol" best as "Bush met Bush".
STAND_INS = {"name": "Iraq", "metonym": "Iraq", "place": "Iraq", "alias": "Iraq", "person": "Bush", "surname": "Bush"}
DEMONYM = "American"
PEOPLE = "Americans"
CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words start:end of a Cut, and the names that they may be; never empty."""

    start: int
    end: int
    names: tuple[Name, ...]


def find_mentions(cut: Cut, gazetteer: Gazetteer, on: date | None) -> list[Mention]:
    """Find every known name in the words of a sentence; the longest wins, a blocker hides what it covers."""
    mentions: list[Mention] = []
    start = 0
    while start < len(cut.words):
        if gazetteer.reach(cut.words[start]) == 0:  # most words of a text
            start += 1
            continue
        end, names = _longest(cut, start, gazetteer, on)
        if names and not gazetteer.is_guarded(names, cut.text, *cut.span(start, end)):
            mentions.append(Mention(start, end, names))
        start = max(end, start + 1)
    return mentions


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with the characters and the words of its tokens, white space left out.

    spaCy makes tokens of line breaks and runs of blanks: they lead the parser astray.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str, doc: Doc) -> Cut:
        """Read all tokens of a text's Doc at once: three times as fast as to ask them one by one."""
        spans = tuple((start, start + length) for start, length in doc.to_array(["IDX", "LENGTH"]).tolist())
        words = tuple(text[start:end] for start, end in spans)
        if not any(word.isspace() for word in words):
            return cls(text, spans, words)
        kept = [index for index, word in enumerate(words) if not word.isspace()]
        return cls(text, tuple(spans[index] for index in kept), tuple(words[index] for index in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of tokens start:end."""
        return self.spans[start][0], self.spans[end - 1][1]


def _longest(cut: Cut, start: int, gazetteer: Gazetteer, on: date | None) -> tuple[int, tuple[Name, ...]]:
    words = cut.words
    stop = min(len(words), start + gazetteer.reach(words[start]))
    last = start + 1
    while last < stop and gazetteer.may_stand_inside(words[last]):
        last += 1
    for end in range(last, start, -1):
        name = cut.text[slice(*cut.span(start, end))]
        if gazetteer.is_blocker(name):
            return end, ()
        names = gazetteer.find(name, on)
        if not names and name.endswith(".") and len(words[end - 1]) > 1:  # "a letter from Hun Sen.": no senator
            names = gazetteer.find(name[:-1], on)
        if names:
            return end, names
    return start, ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence ready to be parsed: each known name is one token, and a stand-in stands for it.

    `words` are what the parser is to see; `spans[i]` are the characters of the sentence that token i stands for, and
    `names` the candidates of each token that is a mention.
    """

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    names: Mapping[int, tuple[Name, ...]]

    @property
    def spaces(self) -> list[bool]:
        """Whether white space follows each token."""
        return [self.text[end : end + 1].isspace() for _, end in self.spans]

    def word(self, index: int) -> str:
        """Return the words of the sentence that a token stands for."""
        start, end = self.spans[index]
        return self.text[start:end]


def read_sentence(text: str, cut: Cut, mentions: list[Mention]) -> Reading:
    """Put a stand-in for each mention, so that the parser meets no name it does not know."""
    starts = {mention.start: mention for mention in mentions}
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    names: dict[int, tuple[Name, ...]] = {}
    index = 0
    while index < len(cut.words):
        mention = starts.get(index)
        end = mention.end if mention else index + 1
        span = cut.span(index, end)
        if mention:
            names[len(words)] = mention.names
            words.append(_stand_in(mention.names[0], text[slice(*span)]))
        else:
            words.append(cut.words[index])
        spans.append(span)
        index = end
    return Reading(text, tuple(words), tuple(spans), names)


def may_name_unknown(reading: Reading, gazetteer: Gazetteer) -> bool:
    """Tell whether a capitalised word is left that may name a person whom nobody knows yet."""
    for index, word in enumerate(reading.words):
        if index in reading.names or not word[0].isupper() or word in CALENDAR:
            continue
        opens = index == 0 and 1 not in reading.names  # the first word is always capitalised
        if not opens and not gazetteer.is_title(word.lower()):
            return True
    return False


def _stand_in(name: Name, text: str) -> str:
    if name.kind == "demonym":
        return PEOPLE if text.endswith("s") and not text.endswith("ss") else DEMONYM
    return STAND_INS[name.kind]
