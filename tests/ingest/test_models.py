"""The gate, the linear models and the pair encoder: what they say, and what happens where a file is damaged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dyadgraph.errors import LanguageModelError
from dyadgraph.model import Article
from ingest.coder import Sentence
from ingest.linear import MODELS, LinearModel, hash_feature, load_linear_model
from ingest.pair_encoder import load_pair_encoder, mark_actors
from ingest.pair_model import load_pair_model
from ingest.vote import Ballot, opposites


def study(coder, text):
    article = Article.of(text, published=date(2020, 5, 1))
    return next(coder.study([Sentence(article, 0, len(text))]))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Russia accused Ukraine of shelling a border village.", True),
        ("Putin will visit China next week.", True),
        ("The recipe needs two eggs and a cup of flour.", False),
        ("It rained all day.", False),
        ("The Brazilian striker destroyed Germany in the semi-final.", False),
    ],
)
def test_gate_keeps_what_can_hold_a_relation(coder, text, kept):
    article = Article.of(text, published=date(2020, 5, 1))
    reading = coder.find_names(Sentence(article, 0, len(text)))
    assert coder.gate.can_hold_relation(reading, 0) is kept


def test_linear_model_adds_what_it_knows():
    model = LinearModel({hash_feature("a"): 0, hash_feature("b"): 1}, np.array([[2.0], [-1.0], [0.0]]), {})
    assert model.probabilities(["a", "unknown"])[0] == pytest.approx(1 / (1 + np.exp(-2)))
    assert model.probabilities([])[0] == pytest.approx(0.5)


def test_linear_model_survives_its_file(tmp_path):
    model = LinearModel(
        {hash_feature("a"): 0}, np.array([[2.0, 0.0], [0.5, 0.0]], dtype=np.float32), {"threshold": 0.3}
    )
    model.save(tmp_path / "model.npz")
    again = load_linear_model(tmp_path / "model.npz")
    assert again.head == {"threshold": 0.3}
    assert again.probabilities(["a"]) == pytest.approx(model.probabilities(["a"]), abs=2e-3)


def test_every_actor_stands_between_marks(coder):
    scene = study(coder, "Russia accused Ukraine of shelling a border village.").scene
    pieces = coder.pair_model.encoder.pieces
    marked = mark_actors(scene, pieces)
    assert [scene.reading.word(token) for token in marked.places] == ["Russia", "Ukraine"]
    assert {marked.pieces[place] for place in marked.places.values()} == {pieces.number("[unused1]")}
    assert marked.pieces.count(pieces.number("[unused9]")) == 2


def test_pair_beyond_the_longest_length_is_left_to_the_linear_model(coder):
    text = "Russia, " + "which has a very long border and a great many neighbours, " * 20 + "accused Ukraine."
    seen = study(coder, text)
    assert seen.pairs
    assert coder.pair_model.encoder.probabilities(seen.scene, seen.pairs) == [None]


def test_encoder_gives_a_probability_for_each_class(coder):
    seen = study(coder, "Russia accused Ukraine of shelling a border village.")
    encoder = coder.pair_model.encoder
    (answer,) = encoder.probabilities(seen.scene, seen.pairs)
    assert answer.shape == (len(encoder.classes) + 1,)
    assert ((answer >= 0) & (answer <= 1)).all()
    assert encoder.classes[int(answer[1:].argmax())] == "accuse>"


def heard(linear, claimed):
    linear = np.array(linear, dtype=np.float32)
    return Ballot(linear, linear, np.array(claimed, dtype=np.float32))


def test_claim_of_a_rule_raises_its_class(coder):
    vote = coder.pair_model.vote
    opposite = [-1, -1]
    (without,), _ = vote.count(heard([[0.5, 0.2, 0.2]], [[0, 0]]), opposite)
    (with_claim,), _ = vote.count(heard([[0.5, 0.2, 0.2]], [[0, 1]]), opposite)
    assert with_claim[1] > without[1]
    assert with_claim[0] < with_claim[1]


def test_word_that_relates_another_pair_counts_less_here(coder):
    vote = coder.pair_model.vote
    alone, _ = vote.count(heard([[0.5, 0.3]], [[0]]), [-1])
    beside, _ = vote.count(heard([[0.5, 0.3], [0.95, 0.9]], [[0], [1]]), [-1])
    assert beside[0, 0] < alone[0, 0]


def test_likeliest_class_holds_where_the_pair_is_surely_related(coder):
    vote = replace(coder.pair_model.vote, second=0.3, threshold=0.6, least=0.2)
    assert vote.choose(np.array([0.5, 0.1, 0.4]), 0.1) == [0, 2]
    assert vote.choose(np.array([0.25, 0.1]), 0.7) == [0]
    assert vote.choose(np.array([0.15, 0.1]), 0.7) == []
    assert vote.choose(np.array([0.25, 0.1]), 0.5) == []


def test_every_direction_knows_its_other():
    assert opposites(("agree", "visit<", "visit>", "aid>")) == [-1, 2, 1, -1]


@pytest.mark.parametrize("name", ["encoder.onnx", "head.json", "vocabulary.txt", "pieces.npz"])
def test_damaged_encoder_says_what_to_do(tmp_path, name):
    shutil.copytree(MODELS / "pair_encoder", tmp_path / "pair_encoder")
    (tmp_path / "pair_encoder" / name).unlink()
    with pytest.raises(LanguageModelError, match="install dyadgraph again"):
        load_pair_encoder(tmp_path / "pair_encoder")


def test_damaged_linear_model_says_what_to_do(tmp_path):
    (tmp_path / "gate.npz").write_bytes(b"no archive")
    with pytest.raises(LanguageModelError, match="install dyadgraph again"):
        load_linear_model(tmp_path / "gate.npz")


def test_pair_model_does_without_the_encoder(tmp_path):
    shutil.copy(MODELS / "pairs.npz", tmp_path)
    assert load_pair_model(tmp_path).encoder is None
