from __future__ import annotations

import numpy as np
import pytest

from ingest.pair_encoder import CLOSE, MARKS, MIXED
from ingest.pieces import Pieces
from tools.relations.encoder.swaps import Swapper

WORDS = ["[PAD]", "[UNK]", *MARKS.values(), MIXED, CLOSE, "accused", "of", "a", "soldier"]
STATES = ["russia", "russian", "ukraine", "ukrainian", "japan", "japanese", "kenya", "kenyan", "chile", "chilean"]
PIECES = Pieces(WORDS + STATES)
OPEN = MARKS["country"]


def numbers(text):
    return [PIECES.number(piece) for piece in text.split()]


def words(swapped):
    named = {PIECES.number(word): word for word in WORDS + STATES}
    return [named[number] for number in swapped]


@pytest.fixture
def swapper():
    return Swapper(WORDS + STATES, np.random.default_rng(1))


SENTENCE = f"{OPEN} russia {CLOSE} accused {OPEN} ukraine {CLOSE} of a {OPEN} russian {CLOSE} soldier"


def test_marks_are_found_where_they_have_moved_to(swapper):
    given = numbers(SENTENCE)
    marks = [place for place, number in enumerate(given) if number == PIECES.number(OPEN)]
    for _ in range(50):
        swapped, moved = swapper.swap(given)
        assert list(moved) == marks
        assert {swapped[place] for place in moved.values()} == {PIECES.number(OPEN)}


def test_words_outside_the_marks_stay(swapper):
    for _ in range(50):
        said = words(swapper.swap(numbers(SENTENCE))[0])
        assert [word for word in said if word in {"accused", "of", "a", "soldier"}] == ["accused", "of", "a", "soldier"]


def test_name_and_adjective_of_a_state_stay_one_state(swapper):
    changed = 0
    for _ in range(100):
        said = words(swapper.swap(numbers(SENTENCE))[0])
        state, adjective = said[1], said[-3]
        changed += state != "russia"
        assert STATES.index(adjective) == STATES.index(state) + 1
    assert changed


def test_two_states_never_become_one(swapper):
    for _ in range(100):
        swapped, moved = swapper.swap(numbers(f"{OPEN} russia {CLOSE} accused {OPEN} ukraine {CLOSE}"))
        first, second = moved.values()
        assert swapped[first + 1] != swapped[second + 1]
