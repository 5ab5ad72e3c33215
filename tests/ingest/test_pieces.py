from __future__ import annotations

import pytest

from ingest.pieces import Pieces

PIECES = Pieces(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sanction", "##s", "sanctions", "iran", "##ian", "-", "u", ".", "s"]
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sanction", ["sanction"]),
        ("Sanctions", ["sanctions"]),
        ("Iranian", ["iran", "##ian"]),
        ("Irán", ["iran"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("Iran-Iran", ["iran", "-", "iran"]),
        ("Iran–Iran", ["iran", "-", "iran"]),
        ("zebra", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_pieces(word, expected):
    assert list(PIECES.cut(word)) == [PIECES.number(piece) for piece in expected]


def test_a_cut_is_the_same_twice():
    assert PIECES.cut("Iranians") == PIECES.cut("Iranians")
