"""Every store against the slow and plain reference, over random graphs and questions."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from store_reference import fold_relations
from store_samples import CHINA, HAMAS, KIM, KOREA, LAVROV, NOBODY, PUTIN, RUSSIA, UN, make_relation

from dyadgraph.model import STATUSES, Article, Extraction
from dyadgraph.ontology import QUADS
from dyadgraph.store.base import RelationQuery

ACTORS = (RUSSIA, KOREA, CHINA, PUTIN, LAVROV, KIM, UN, HAMAS, NOBODY)
TYPES = ("visit", "meet", "cooperate", "accuse", "assault")
CODES = (None, None, "RUS", "PRK", "CHN", "UNO", "HAMAS", "Q7747", "Q56226", "jane-doe", "none")


def make_graph(chance):
    """Make a few dozen articles of a month, some undated, with up to five relations each."""
    for number in range(40):
        day = chance.choice([None, *(date(2024, 6, 1) + timedelta(days=n) for n in range(30))])
        article = Article.of(f"Text {number}", title=f"{number}", url=f"https://news.example/{number}", published=day)
        relations = []
        for place in range(chance.randint(0, 5)):
            source, target = chance.sample(ACTORS, 2)
            fact = (source, chance.choice(TYPES), target)
            status = chance.choice(STATUSES[:2] if chance.random() < 0.8 else STATUSES)
            relations.append(make_relation(article, fact, place=100 * place, status=status, day=day))
        yield Extraction(article, tuple(relations))


def make_query(chance, articles):
    """Make a question that narrows by a few fields."""
    since = chance.choice([None, None, date(2024, 6, chance.randint(1, 15))])
    until = chance.choice([None, None, date(2024, 6, chance.randint(15, 30))])
    return RelationQuery(
        source=chance.choice(CODES),
        target=chance.choice(CODES),
        actor=chance.choice(CODES) if chance.random() < 0.3 else None,
        types=tuple(chance.sample(TYPES, 2)) if chance.random() < 0.2 else (),
        plover="CONSULT" if chance.random() < 0.1 else None,
        quad=chance.choice(QUADS) if chance.random() < 0.1 else None,
        statuses=tuple(chance.sample(STATUSES, 2)) if chance.random() < 0.2 else (),
        article=chance.choice(articles).id if chance.random() < 0.1 else None,
        since=since,
        until=until,
        evidence=chance.choice([0, 1, 3, 100]),
    )


def without_text(edge):
    evidence = tuple(replace(each, article=replace(each.article, text="")) for each in edge.evidence)
    return replace(edge, evidence=evidence)


@pytest.mark.parametrize("seed", range(3))
def test_store_answers_as_the_reference(store, ontology, seed):
    chance = random.Random(seed)
    extractions = list(make_graph(chance))
    for start in range(0, len(extractions), 7):
        store.add(extractions[start : start + 7])
    relations = [relation for extraction in extractions for relation in extraction.relations]
    for _ in range(60):
        query = make_query(chance, [extraction.article for extraction in extractions])
        expected = [without_text(edge) for edge in fold_relations(relations, ontology, query)]
        found, cursor = [], None
        while True:
            page = store.relations(replace(query, limit=4, cursor=cursor))
            found += page.items
            cursor = page.next
            if cursor is None:
                break
        assert found == expected, query
        assert list(store.relations(replace(query, limit=500)).items) == expected, query
