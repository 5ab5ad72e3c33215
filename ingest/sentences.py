"""Text in, sentence spans out: a rule splitter that costs nothing, so that only chosen sentences are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words whose full stop does not end a sentence.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt maj capt sgt cmdr adm brig sen rep gov rev hon st jr sr vs no nos vol art "
    "inc corp ltd co jan feb mar apr jun jul aug sep sept oct nov dec approx est fig dept min pres".split()
)
# Words that, behind an abbreviation such as "U.S.", most often open a new sentence.
OPENERS = frozenset(
    "the a an in on at it he she they we i but and however this that these those his her its their there when "
    "while after before as if for since meanwhile according some many most both last earlier mr mrs".split()
)
BOUNDARY = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(\s+)(?=[\"'“‘«(\[]*[A-Z0-9À-Þ])")
LAST_WORD = re.compile(r"([\w.’'-]+)$")
DOTTED = re.compile(r"^(?:[A-Za-z]\.)+[A-Za-z]?$")
NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([A-Za-z]+)")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) characters of each sentence, in order, without surrounding white space.

    A blank line always ends a sentence; a single line break does so where the text has no blank lines
    (each line is then a paragraph), else it is a soft wrap.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        spans.extend(_split_paragraph(text, start, end))
    return spans


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    separator = r"\n\s*\n" if re.search(r"\n[ \t\r]*\n", text.strip()) else r"\n"
    place = 0
    for match in re.finditer(separator, text):
        yield place, match.start()
        place = match.end()
    yield place, len(text)


def _split_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    for match in BOUNDARY.finditer(text, start, end):
        if _ends_sentence(text, place, match):
            yield from _trimmed(text, place, match.end(2))
            place = match.end(3)
    yield from _trimmed(text, place, end)


def _ends_sentence(text: str, place: int, match: re.Match[str]) -> bool:
    if match.group(1) != "." or match.group(2):
        return True
    word = LAST_WORD.search(text, place, match.start())
    last = word.group(1) if word else ""
    if last.lower().strip(".") in ABBREVIATIONS:
        return False
    if DOTTED.match(last + ".") or (len(last) == 1 and last.isupper()):
        following = NEXT_WORD.match(text, match.end())
        return bool(following) and following.group(1).lower() in OPENERS if following else False
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
