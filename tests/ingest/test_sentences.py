from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Iran protested. Iraq agreed.", ["Iran protested.", "Iraq agreed."]),
        ("The U.S. President spoke.", ["The U.S. President spoke."]),
        ("He flew to the U.S. The talks failed.", ["He flew to the U.S.", "The talks failed."]),
        ("Mr. Bush met Gen. Musharraf. They spoke.", ["Mr. Bush met Gen. Musharraf.", "They spoke."]),
        ('"We agree." Macron left.', ['"We agree."', "Macron left."]),
        ("He said: “Stop!” Nobody did.", ["He said: “Stop!”", "Nobody did."]),
        ("Oil rose to $3.50 a litre.", ["Oil rose to $3.50 a litre."]),
        ("George W. Bush spoke.", ["George W. Bush spoke."]),
        ("Putin visits Pyongyang\n\nPutin met Kim.", ["Putin visits Pyongyang", "Putin met Kim."]),
        ("A wrapped\nline.\n\nNext one.", ["A wrapped\nline.", "Next one."]),
        ("Headline here\nFirst line.\nSecond line.", ["Headline here", "First line.", "Second line."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_text_splits_into(text, sentences):
    assert cut(text) == sentences


@given(st.text())
def test_spans_are_ordered_trimmed_and_keep_every_character(text):
    spans = split_sentences(text)
    place = 0
    for start, end in spans:
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()
