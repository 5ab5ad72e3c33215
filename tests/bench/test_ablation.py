from __future__ import annotations

from datetime import date

from bench.ablation import list_variants, with_models
from dyadgraph.model import Article
from ingest.coder import split_article
from ingest.linear import MODELS

ARTICLE = Article.of("Vladimir Putin spoke. He visited China. Israel bombed Syria.", published=date(2023, 4, 6))


def found_by(code):
    return {relation.type for relations in code(split_article(ARTICLE)) for relation in relations}


def test_every_variant_codes_every_sentence(coder):
    sentences = split_article(ARTICLE)
    for code in list_variants(coder).values():
        assert len(list(code(sentences))) == len(sentences)


def test_variant_lacks_what_it_names(coder):
    variants = list_variants(coder)
    assert found_by(variants["all parts"]) == {"visit", "assault"}
    assert found_by(variants["without coreference"]) == {"assault"}
    rules = {r.rule for found in variants["rules alone"](split_article(ARTICLE)) for r in found}
    assert "model" not in rules
    models = {
        r.rule for f in variants["models alone: no rules, no classes of words"](split_article(ARTICLE)) for r in f
    }
    assert models <= {"model"}


def test_variants_leave_the_coder_as_it_is(coder):
    before = (coder.gate, coder.pair_model, coder.rules)
    list_variants(coder)
    assert (coder.gate, coder.pair_model, coder.rules) == before


def test_models_of_a_folder_take_the_place_of_those_that_ship(coder):
    other = with_models(coder, MODELS)
    assert other.pair_model is not coder.pair_model
    assert found_by(other.code_sentences) == {"visit", "assault"}
