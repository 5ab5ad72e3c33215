from __future__ import annotations

import json
import random
import tomllib
from pathlib import Path

import pytest
import spacy

from tools.language.assembly import shorten_weights
from tools.language.augment import (
    change_case,
    change_quotes,
    fill_template,
    load_names,
    merge_names,
    rename,
    surname,
    swap_names,
)
from tools.language.clearnlp import to_clearnlp
from tools.language.entities import find_gum_entities, read_voa, spell
from tools.language.entity_corpus import VOA_LABELS, strip_titles
from tools.language.evaluate import format_table, measure_speed, score_arcs
from tools.language.sentence import Entity, Sentence, Word, to_example
from tools.language.syntax_corpus import own_sentences, vary
from tools.language.train import main as train
from tools.language.treebanks import read_mentions, read_treebank

SHARED = Path(__file__).parents[3] / "shared" / "data"

CASES = tomllib.loads(Path(__file__).with_name("conversions.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


@pytest.fixture
def rng():
    return random.Random(4)


def conllu(compact, tmp_path):
    rows = [row.split(" ") for row in compact.strip().splitlines()]
    lines = [f"{i}\t{f}\t{f}\t{u}\t{x}\t_\t{h}\t{d}\t_\t_" for i, (f, u, x, h, d) in enumerate(rows, start=1)]
    path = tmp_path / "sample.conllu"
    path.write_text("# text = x\n" + "\n".join(lines) + "\n\n", encoding="utf-8")
    return read_treebank(path)[0]


def arcs(words):
    return {(word.text, word.dep, words[word.head].text) for word in words}


def named(sentence):
    return [(" ".join(w.text for w in sentence.words[e.start : e.end]), e.label) for e in sentence.entities]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_conversion_turns(case, tmp_path):
    assert {tuple(arc) for arc in case["arcs"]} <= arcs(to_clearnlp(conllu(case["words"], tmp_path)))


def test_conversion_gives_up_on_two_roots(tmp_path):
    assert to_clearnlp(conllu("Yes INTJ UH 0 root\nNo INTJ UH 0 root", tmp_path)) is None


def test_reading_gives_a_clitic_the_space_of_its_word(tmp_path):
    lines = ["1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_", "1\tdo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_"]
    lines += ["2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_", "3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No"]
    path = tmp_path / "clitic.conllu"
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    assert [token.space for token in read_treebank(path)[0]] == [False, True, False]


def test_gum_mention_is_cut_to_the_name(tmp_path):
    compact = "former ADJ JJ 3 amod\npresident NOUN NN 3 nmod:desc\nBush PROPN NNP 4 nsubj\nspoke VERB VBD 0 root"
    tokens = conllu(compact, tmp_path)
    opened = [
        replace_misc(tokens[0], "Entity=(1-person-new-x"),
        tokens[1],
        replace_misc(tokens[2], "Entity=1)"),
        tokens[3],
    ]
    assert read_mentions(opened) == [(0, 3, "person")]
    assert find_gum_entities(opened) == (Entity(2, 3, "PERSON"),)


def replace_misc(token, misc):
    return type(token)(*[getattr(token, name) for name in token.__slots__[:-1]], misc)


def test_titles_come_off_a_name():
    words = tuple(spell("Foreign Minister Wang Yi met the Foreign Secretary".split()))
    found = strip_titles(Sentence(words, (Entity(0, 4, "PERSON"), Entity(5, 8, "PERSON"))))
    assert named(found) == [("Wang Yi", "PERSON")]


def test_merged_names_keep_the_tree(rng):
    sentence = next(one for one in own_sentences() if one.text.startswith("Kim Jong Un travelled"))
    for _ in range(20):
        merged = merge_names(sentence, rng)
        root = [word for index, word in enumerate(merged.words) if word.head == index]
        assert [word.text for word in root] == ["travelled"]
        subject = next(word for word in merged.words if word.dep == "nsubj")
        assert merged.words[subject.head].text == "travelled"


def test_renamed_sentence_keeps_its_arcs(rng):
    sentence = next(one for one in own_sentences() if one.text.startswith("Rice held talks"))
    renamed = rename(sentence, rng, load_names())
    assert [(word.head, word.dep) for word in renamed.words] == [(word.head, word.dep) for word in sentence.words]
    assert renamed.text != sentence.text


def test_swapped_names_stay_entities(rng):
    words = tuple(spell("Joe Biden left Paris .".split()))
    swapped = swap_names(Sentence(words, (Entity(0, 2, "PERSON"), Entity(3, 4, "LOC"))), rng, load_names())
    assert [label for _, label in named(swapped)] == ["PERSON", "LOC"]
    assert "Biden" not in swapped.text
    assert " left " in swapped.text


def test_template_marks_names_and_no_titles(rng):
    filled = fill_template("{D} {T} {S} met {P} in {L} , {O} said .", rng, load_names())
    assert [label for _, label in named(filled)] == ["PERSON", "PERSON", "LOC", "ORG"]
    assert not any(name.lower().startswith("the ") for name, _ in named(filled))


@pytest.mark.parametrize(
    ("person", "expected"),
    [("Kim Jong Un", "Kim"), ("Joe Biden", "Biden"), ("Mohammed bin Salman", "bin Salman"), ("Xi Jinping", "Xi")],
)
def test_surname_is_what_a_second_mention_says(person, expected):
    assert surname(person) == expected


def test_quotes_curl_in_pairs():
    words = tuple(spell(['"', "No", '"', ",", "he", "said"]))
    assert [word.text for word in change_quotes(Sentence(words)).words][:3] == ["“", "No", "”"]


def test_headline_keeps_small_words():
    rng = random.Random()
    rng.random = lambda: 0.9
    words = tuple(spell("talks with Iran and Oman in Muscat".split()))
    assert change_case(Sentence(words), rng).text == "Talks with Iran and Oman in Muscat"


def test_own_sentences_are_trees():
    for sentence in own_sentences():
        roots = [index for index, word in enumerate(sentence.words) if word.head == index]
        assert len(roots) == 1, sentence.text
        assert sentence.words[roots[0]].dep == "ROOT"


def test_varied_sentence_is_a_tree_and_becomes_an_example(blank, rng):
    for sentence in own_sentences():
        varied = vary(sentence, rng)
        assert all(0 <= word.head < len(varied.words) for word in varied.words)
        example = to_example(blank, varied)
        assert example.reference.has_annotation("DEP")


def test_own_labels_hold_no_text_and_are_held_back_in_part():
    rows = [json.loads(line) for line in VOA_LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 400
    assert {row["part"] for row in rows} == {"train", "test"}
    assert all(set(row) == {"id", "sha1", "part", "entities"} for row in rows)


def test_own_labels_fit_their_sentences():
    news = SHARED / "news" / "voa.jsonl"
    if not news.is_file():
        pytest.skip(f"{news} is missing: the labelled sentences are not ours to ship")
    read = read_voa(VOA_LABELS, news, "train") + read_voa(VOA_LABELS, news, "test")
    assert len(read) == len(VOA_LABELS.read_text(encoding="utf-8").splitlines())


def test_shortened_weights_keep_three_digits(blank):
    pipe = blank.__class__().add_pipe("tok2vec")
    pipe.model.initialize(X=[blank("Putin met Kim")], Y=None)
    before = [node.get_param(name) for node in pipe.model.walk() for name in node.param_names]
    shorten_weights(pipe.model)
    after = [node.get_param(name) for node in pipe.model.walk() for name in node.param_names]
    assert all(abs(old - new).max() <= 1e-3 * max(abs(old).max(), 1e-9) for old, new in zip(before, after, strict=True))


def test_missing_corpora_are_named(tmp_path, capsys):
    assert train(["--data", str(tmp_path)]) == 1
    assert "ewt-train.conllu" in capsys.readouterr().err


def test_evaluation_prints_every_figure(blank):
    blank_english = spacy.blank("en")
    parser = blank_english.add_pipe("parser")
    parser.add_label("dep")
    blank_english.initialize()
    table = format_table([score_arcs(blank_english), measure_speed(blank_english, ["Putin met Kim."])])
    assert "own arcs" in table
    assert "words_per_second" in table


def test_words_know_whether_they_are_parsed():
    assert not Sentence((Word("Iran"),)).parsed
    assert Sentence((Word("Iran", head=0, dep="ROOT"),)).parsed
