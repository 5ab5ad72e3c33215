from __future__ import annotations

from datetime import date

import pytest

from dyadgraph.model import Article
from dyadgraph.store import open_store
from ingest.batches import batches
from ingest.coder import Coder
from ingest.job import run_job


class Stumbling(Coder):
    """The coder, but it breaks on one article."""

    def find_names(self, sentence):
        if "STUMBLE" in sentence.text:
            raise RuntimeError("stumbled")
        return super().find_names(sentence)


@pytest.fixture
def sqlite_store(sqlite_settings, ontology):
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    yield store
    store.close()


def articles(number, *, bad=()):
    for index in range(number):
        word = "STUMBLE" if index in bad else "sabotage"
        yield Article.of(f"Iran accused Israel of {word}, report {index}.", published=date(2021, 4, 12))


def test_article_that_breaks_the_coder_loses_only_itself(coder, sqlite_store):
    stumbling = Stumbling(coder.nlp, coder.gazetteer, coder.ontology, gate=coder.gate, pair_model=coder.pair_model)
    report = run_job(articles(7, bad={3}), stumbling, sqlite_store)
    assert (report.read, report.stored, report.duplicates, report.quarantined) == (7, 6, 0, 1)
    assert "stumbled" in report.rejected[0].reason


def test_articles_coded_together_are_coded_as_if_alone(coder):
    texts = list(articles(5))
    together = [extraction.relations for extraction in coder.code_articles(texts)]
    assert together == [coder.code_article(article).relations for article in texts]
    assert all(together)


def test_article_without_a_sentence_keeps_its_place(coder):
    texts = [*articles(1), Article.of("."), *articles(1)]
    assert [bool(extraction.relations) for extraction in coder.code_articles(texts)] == [True, False, True]


@pytest.mark.parametrize(("number", "sizes"), [(0, []), (3, [3]), (4, [4]), (9, [4, 4, 1])])
def test_batches_leave_nothing_out(number, sizes):
    found = list(batches(range(number), 4))
    assert [len(batch) for batch in found] == sizes
    assert [item for batch in found for item in batch] == list(range(number))
