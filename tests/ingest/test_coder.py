from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dyadgraph.model import Article
from dyadgraph.ontology import load_ontology
from ingest.readers import find_inputs, read_articles

GOLDEN = Path(__file__).parents[1] / "golden"
SAMPLES = Path(__file__).parents[2] / "dyadgraph" / "samples"
SEED_DAY = date(2024, 6, 19)


def code(coder, text, day=SEED_DAY):
    return coder.code_article(Article.of(text, published=day)).relations


def triples(relations):
    return {(relation.source.name, relation.type, relation.target.name) for relation in relations}


def test_reader_of_the_issue_finds_what_putin_did(coder):
    text = (
        "Russian President Vladimir Putin's visit to Pyongyang drew attention. The meeting between Putin and North "
        "Korean leader Kim Jong Un lasted two hours. Tensions between the United States and Russia have grown."
    )
    found = triples(code(coder, text))
    assert {
        ("Vladimir Putin", "visit", "North Korea"),
        ("Vladimir Putin", "leads", "Russia"),
        ("Kim Jong Un", "leads", "North Korea"),
        ("Russia", "tension", "United States"),
    } <= found
    assert {("Kim Jong Un", "meet", "Vladimir Putin"), ("Vladimir Putin", "meet", "Kim Jong Un")} & found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Emmanuel Macron will travel to Beijing next week.", "planned"),
        ("Emmanuel Macron may visit China.", "possible"),
        ("Emmanuel Macron did not visit China.", "denied"),
        ("Emmanuel Macron ruled out a visit to China.", "denied"),
        ("Emmanuel Macron did not rule out a visit to China.", "possible"),
        ("Emmanuel Macron visited China.", "occurred"),
    ],
)
def test_status_follows_the_words(coder, text, expected):
    assert {r.status for r in code(coder, text, date(2023, 4, 1)) if r.type == "visit"} == {expected}


def test_passive_turns_source_and_target(coder):
    (relation,) = code(coder, "Iran was condemned by France.", date(2023, 4, 1))
    assert (relation.source.id, relation.type, relation.target.id) == ("FRA", "accuse", "IRN")


def test_host_is_the_visited(coder):
    found = triples(code(coder, "Narendra Modi hosted Emmanuel Macron in New Delhi.", date(2024, 1, 26)))
    assert ("Emmanuel Macron", "visit", "Narendra Modi") in found or ("Emmanuel Macron", "visit", "India") in found


def test_bare_surname_takes_person_named_in_full_here(coder):
    text = "Argentina's foreign minister Diana Mondino flew to Brazil. Mondino criticized Venezuela."
    assert ("Diana Mondino", "accuse", "Venezuela") in triples(code(coder, text, date(2024, 4, 15)))


def test_pronoun_takes_person_last_named(coder):
    assert ("Vladimir Putin", "visit", "China") in triples(code(coder, "Vladimir Putin spoke. He visited China."))


def test_symmetric_relation_has_one_order(coder):
    one = code(coder, "Russia and North Korea signed a treaty.")
    two = code(coder, "North Korea and Russia signed a treaty.")
    assert {(r.source.id, r.type, r.target.id) for r in one} == {(r.source.id, r.type, r.target.id) for r in two}
    assert one


def test_domestic_acts_are_no_relations(coder):
    assert not [r for r in code(coder, "Russian police arrested Russian protesters in Moscow.") if r.type != "leads"]


@pytest.mark.parametrize("text", ["", "\n\n", "Rain fell.", "???", "France.", "France France France"])
def test_text_without_relations_gives_none(coder, text):
    assert code(coder, text) == ()


def test_same_text_gives_the_same_ids(coder):
    text = "Israel bombed Syria. Turkey condemned Israel."
    assert [r.id for r in code(coder, text)] == [r.id for r in code(coder, text)]


def test_evidence_cuts_out_sentence_and_trigger(coder):
    for path in find_inputs(SAMPLES):
        for article in read_articles(path, 1_000_000):
            relations = coder.code_article(article).relations
            assert relations
            for relation in relations:
                evidence = relation.evidence
                assert article.text[evidence.start : evidence.end] == evidence.sentence
                assert article.text[evidence.trigger_start : evidence.trigger_end] == evidence.trigger
                assert evidence.start <= evidence.trigger_start < evidence.trigger_end <= evidence.end


def expected_of(stem):
    golden = json.loads((GOLDEN / f"{stem}.json").read_text(encoding="utf8"))
    return {row["text"]: row["relations"] for row in golden["sentences"]}


def keys(rows, ontology):
    found = set()
    for source, type_, target in rows:
        if type_ == "leads":
            continue
        plover = ontology.get(type_).plover or type_
        ends = (source, target)
        if ontology.get(type_).symmetric or plover == "CONSULT":
            ends = tuple(sorted(ends))
        found.add((ends[0], plover, ends[1]))
    return found


def test_samples_agree_with_a_careful_reader(coder):
    """The golden files are a reader's labels, not the program's output; the floor is what has been reached."""
    ontology = load_ontology()
    hits = claimed = wanted = 0
    for path in find_inputs(SAMPLES):
        expected = expected_of(path.stem)
        (article,) = read_articles(path, 1_000_000)
        by_sentence: dict[str, list] = {}
        for r in coder.code_article(article).relations:
            by_sentence.setdefault(r.evidence.sentence, []).append((r.source.country, r.type, r.target.country))
        for sentence, relations in expected.items():
            gold = keys([(r["source"]["country"], r["type"], r["target"]["country"]) for r in relations], ontology)
            mine = keys(by_sentence.get(sentence, []), ontology)
            hits, claimed, wanted = hits + len(gold & mine), claimed + len(mine), wanted + len(gold)
    assert claimed
    assert hits / claimed >= 0.65
    assert hits / wanted >= 0.25


def test_core_of_the_pyongyang_sample_is_found(coder):
    (article,) = read_articles(SAMPLES / "2024-06-20-putin-pyongyang-treaty.txt", 1_000_000)
    found = triples(coder.code_article(article).relations)
    assert ("Vladimir Putin", "visit", "North Korea") in found
    assert any(t == "cooperate" for _, t, _ in found)


@pytest.mark.parametrize("name", ["traps", "traps-fresh"])
def test_traps_hold_no_relation(coder, name):
    """Of 130 sentences that only look like relations, and of 40 written later, two each may still give one."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf8").splitlines()
    traps = [json.loads(line) for line in lines]
    fired = []
    for trap in traps:
        day = date.fromisoformat(trap["date"]) if trap["date"] else None
        fired += [(trap["text"], r.type) for r in code(coder, trap["text"], day) if r.type != "leads"]
    assert len({text for text, _ in fired}) <= 2, fired


def test_vocabulary_examples_are_found(coder, ontology):
    """Every example of the vocabulary runs through the coder; the floor is what has been reached."""
    hits = wanted = false = clean = 0
    for relation_type in ontology.types.values():
        for example in relation_type.examples:
            relations = code(coder, example.text, example.date or date(2024, 6, 1))
            found = {(r.source.country, r.type, r.target.country) for r in relations}
            found |= {(target, type_, source) for source, type_, target in found if ontology.get(type_).symmetric}
            hits += sum(each in found for each in example.relations)
            wanted += len(example.relations)
            if not example.relations:
                clean += 1
                false += any(r.type != "leads" for r in relations)
    assert wanted
    assert hits / wanted >= 0.6
    assert false / max(clean, 1) <= 0.2


@pytest.mark.parametrize("space", ["  ", "\n", "\t", "\N{NO-BREAK SPACE}", " \n  "])
def test_white_space_between_words_is_no_word(coder, space):
    """A blank line elsewhere makes the single line break a soft wrap."""
    text = "North Korea attacked South Korea."
    wrapped = code(coder, f"France left.\n\n{text.replace(' ', space)}")
    assert [(r.source.id, r.type, r.target.id) for r in wrapped] == [("PRK", "assault", "KOR")]
