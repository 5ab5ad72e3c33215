"""Every store against the slow and plain reference, over random graphs and questions."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from store_reference import (
    count_facets,
    find_ways,
    fold_relations,
    list_relations,
    rank_actors,
    rank_pairs,
    tell_months,
)
from store_samples import CHINA, HAMAS, KIM, KOREA, LAVROV, NOBODY, PUTIN, RUSSIA, UN, make_relation

from dyadgraph.model import STATUSES, Article, Extraction
from dyadgraph.ontology import QUADS
from dyadgraph.store.base import RelationQuery
from dyadgraph.store.sqlite import SqliteStore

ACTORS = (RUSSIA, KOREA, CHINA, PUTIN, LAVROV, KIM, UN, HAMAS, NOBODY)
TYPES = ("visit", "meet", "cooperate", "accuse", "assault")
CODES = (None, None, "RUS", "PRK", "CHN", "UNO", "HAMAS", "Q7747", "Q56226", "jane-doe", "none")


def make_graph(chance):
    """Make a few dozen articles of a month, some undated, with up to five relations each."""
    told = []
    for number in range(40):
        day = chance.choice([None, *(date(2024, 6, 1) + timedelta(days=n) for n in range(30))])
        article = Article.of(f"Text {number}", title=f"{number}", url=f"https://news.example/{number}", published=day)
        if told and chance.random() < 0.3:
            article = replace(article, story=chance.choice(told))
        else:
            told.append(article.id)
        relations = []
        for place in range(chance.randint(0, 5)):
            source, target = chance.sample(ACTORS, 2)
            fact = (source, chance.choice(TYPES), target)
            status = chance.choice(STATUSES[:2] if chance.random() < 0.8 else STATUSES)
            relation = make_relation(article, fact, place=100 * place, status=status, day=day)
            relations.append(replace(relation, confidence=chance.choice([0.4, 0.6, 0.75, 0.9])))
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
        pair=tuple(chance.choices(CODES[2:], k=2)) if chance.random() < 0.2 else None,
        min_confidence=chance.choice([0.0, 0.5, 0.7]) if chance.random() < 0.3 else None,
        sort=chance.choice(["count", "last_seen"]),
        evidence=chance.choice([0, 1, 3, 100]),
    )


def without_text(edge):
    evidence = tuple(replace(each, article=replace(each.article, text="")) for each in edge.evidence)
    return replace(edge, evidence=evidence)


@pytest.fixture(params=range(3))
def seed(request):
    return request.param


@pytest.fixture
def questions(store):
    """How many questions a case asks: a server that plans each new one takes a hundred times as long."""
    return 60 if isinstance(store, SqliteStore) else 15


def fill(store, extractions):
    for start in range(0, len(extractions), 7):
        store.add(extractions[start : start + 7])
    return [relation for extraction in extractions for relation in extraction.relations]


def read_pages(ask, query, limit):
    found, cursor = [], None
    while True:
        page = ask(replace(query, limit=limit, cursor=cursor))
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


def test_store_answers_as_the_reference(store, ontology, seed, questions):
    chance = random.Random(seed)
    extractions = list(make_graph(chance))
    relations = fill(store, extractions)
    for _ in range(questions):
        query = make_query(chance, [extraction.article for extraction in extractions])
        expected = [without_text(edge) for edge in fold_relations(relations, ontology, query)]
        assert read_pages(store.relations, query, 4) == expected, query
        assert list(store.relations(replace(query, limit=500)).items) == expected, query


def test_store_sums_up_as_the_reference(store, ontology, seed, questions):
    chance = random.Random(seed)
    extractions = list(make_graph(chance))
    relations = fill(store, extractions)
    for _ in range(questions):
        query = make_query(chance, [extraction.article for extraction in extractions])
        if chance.random() < 0.3:  # what is kept folded by month answers these
            query = RelationQuery(actor=query.actor, types=query.types, statuses=query.statuses)
        assert [each.id for each in read_pages(store.history, query, 4)] == [
            each.id for each in list_relations(relations, ontology, query)
        ], query
        months = tell_months(relations, ontology, query)
        found = [(m.month, m.count, m.quads, m.goldstein, m.net) for m in store.timeline(query)]
        assert found == [each[:-1] for each in months], query
        told = [m.sources for m in store.timeline(query)]
        assert told in ([each[-1] for each in months], [None] * len(months)), query
        facets = store.facets(query)
        assert (facets.types, facets.statuses, facets.years) == count_facets(relations, ontology, query), query
        assert [(each.actor.id, each.count) for each in store.top_actors(query)] == rank_actors(
            relations, ontology, query
        ), query
        assert [((each.first.id, each.second.id), each.count) for each in store.top_pairs(query)] == rank_pairs(
            relations, ontology, query
        ), query


def test_ways_are_those_of_the_reference(store, seed):
    relations = fill(store, list(make_graph(random.Random(seed))))
    there = sorted({each for relation in relations for each in (relation.source.id, relation.target.id)})
    for first, second in [(one, two) for one in there for two in there if one != two]:
        for kinds in ((), ("person",)):
            found = [tuple(actor.id for actor in path.actors) for path in store.paths(first, second, kinds=kinds)]
            assert found == find_ways(relations, first, second, kinds)[:10]


def test_periods_compare_as_the_reference(store, ontology, seed):
    relations = fill(store, list(make_graph(random.Random(seed))))
    halves = ((date(2024, 6, 1), date(2024, 6, 15)), (date(2024, 6, 16), date(2024, 6, 30)))
    old, new = (fold_relations(relations, ontology, RelationQuery(since=since, until=until)) for since, until in halves)
    found = store.compare(RelationQuery(limit=500), *halves)
    assert list(found.new) == [without_text(each) for each in new if key(each) not in set(map(key, old))]
    assert list(found.gone) == [without_text(each) for each in old if key(each) not in set(map(key, new))]
    assert all(flip.before * flip.after < 0 for flip in found.flipped)


def test_deleting_leaves_the_graph_that_never_had_the_article(store, ontology, seed):
    chance = random.Random(seed)
    extractions = list(make_graph(chance))
    fill(store, extractions)
    gone = chance.sample(extractions, 15)
    for extraction in gone:
        assert store.delete_article(extraction.article.id) == len({each.id for each in extraction.relations})
    left = [relation for each in extractions if each not in gone for relation in each.relations]
    whole = RelationQuery(limit=500)
    assert list(store.relations(whole).items) == [without_text(each) for each in fold_relations(left, ontology, whole)]
    state = store.state()
    assert (state.articles, state.events) == (25, len({each.id for each in left}))
    assert state.actors == len({each.id for relation in left for each in (relation.source, relation.target)})
    before = [store.timeline(whole), store.top_pairs(whole), store.top_actors(whole), store.relations(whole)]
    store.rebuild()
    assert [store.timeline(whole), store.top_pairs(whole), store.top_actors(whole), store.relations(whole)] == before


def key(edge):
    return edge.source.id, edge.type, edge.target.id, edge.status
