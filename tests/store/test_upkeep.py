"""A graph can be checked, mended, copied and brought up to date; each case runs on each store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pytest
from click.testing import CliRunner
from neo4j import GraphDatabase
from store_samples import CHINA, JUNE_19, JUNE_20, KIM, KOREA, MAY_16, PUTIN, RUSSIA, make_extraction

from dyadgraph.errors import NotFoundError
from dyadgraph.model import Article, Extraction
from dyadgraph.store import open_store
from dyadgraph.store.base import RelationQuery
from dyadgraph.store.files import copy_store, hash_graph
from graphapi.cli import main

FIRST = make_extraction("first", (PUTIN, "visit", KOREA), (PUTIN, "meet", KIM), day=JUNE_19)
SECOND = make_extraction("second", (CHINA, "accuse", RUSSIA), (PUTIN, "visit", KOREA), day=JUNE_20)
THIRD = make_extraction("third", (KIM, "meet", PUTIN), status="denied", day=MAY_16)
GRAPH = [FIRST, SECOND, THIRD]
# What each store kept before the fault, and the fault.
FAULTS = {
    "sqlite": [
        "UPDATE edge SET count = count + 1 WHERE type = 'visit'",
        "DELETE FROM pair",
        "UPDATE tone SET count = 9 WHERE code = 'RUS'",
        "UPDATE actor SET count = 9 WHERE id = 'CHN'",
        "UPDATE state SET events = 9",
        "UPDATE around SET count = count + 1",
        "UPDATE event SET source_code = target_code",
    ],
    "neo4j": [
        "MATCH ()-[r:VISIT]->() SET r.count = r.count + 1",
        "MATCH (m:Month {code: 'RUS'}) SET m.count = 9",
        "MATCH (a:Actor {id: 'CHN'}) SET a.count = 9",
        "MATCH (g:GraphState) SET g.events = 9",
    ],
}
LOST = {
    "sqlite": "UPDATE article SET text = 'nothing' WHERE title = 'second'",
    "neo4j": "MATCH (x:Article {title: 'second'}) SET x.text = 'nothing'",
}


@pytest.fixture
def spoil(store_settings):
    """Run a statement behind the store's back; returns the kind of store first."""
    if store_settings.store.startswith("sqlite"):

        def run(statement):
            with closing(sqlite3.connect(store_settings.store.removeprefix("sqlite:///"))) as connection:
                connection.executescript(statement)

        return "sqlite", run

    def ask(statement):
        auth = (store_settings.neo4j_user, store_settings.neo4j_password)
        with GraphDatabase.driver(store_settings.store, auth=auth) as driver:
            driver.execute_query(statement, database_="neo4j")

    return "neo4j", ask


def test_graph_is_sound_whatever_came_and_went(store):
    assert store.check() == ()
    store.add(GRAPH)
    assert store.check() == ()
    store.delete_article(FIRST.article.id)
    assert store.check() == ()
    store.rebuild()
    assert store.check() == ()


def test_folded_numbers_that_differ_are_told_and_mended(store, spoil):
    store.add(GRAPH)
    kind, run = spoil
    before = store.relations(RelationQuery()), store.top_actors(RelationQuery()), store.facets(RelationQuery())
    for fault in FAULTS[kind]:
        run(fault)
        assert store.check(), fault
        assert "store rebuild" in store.check()[0]
        store.rebuild()
        assert store.check() == (), fault
        after = store.relations(RelationQuery()), store.top_actors(RelationQuery()), store.facets(RelationQuery())
        assert after == before


def test_words_that_are_not_in_the_article_are_told(store, spoil):
    store.add(GRAPH)
    kind, run = spoil
    run(LOST[kind])
    assert {fault.split()[1].rstrip(":") for fault in store.check()} == {each.id for each in SECOND.relations}


def test_deleted_article_can_be_added_again(store):
    store.add(GRAPH)
    whole = hash_graph(store)
    revision = store.state().revision
    assert store.delete_article(SECOND.article.id) == 2
    assert store.state().revision > revision
    assert [each.actor.id for each in store.actors(search="china").items] == []
    with pytest.raises(NotFoundError):
        store.delete_article(SECOND.article.id)
    store.add([SECOND])
    assert hash_graph(store) == whole


def test_copied_text_is_no_new_source(store):
    copy = make_extraction("copy", (PUTIN, "visit", KOREA), day=JUNE_20)
    article = replace(copy.article, story=FIRST.article.id)
    told = replace(copy, article=article, relations=tuple(
        replace(each, evidence=replace(each.evidence, article=article)) for each in copy.relations
    ))  # fmt: skip
    for order in ([FIRST, told], [told, FIRST]):  # whichever comes first
        for extraction in order:
            store.add([extraction])
        (edge,) = store.relations(RelationQuery(types=("visit",))).items
        assert (edge.count, edge.articles, edge.sources) == (2, 2, 1)
        assert store.article(article.id).story == FIRST.article.id
        for extraction in order:
            store.delete_article(extraction.article.id)


def test_copy_there_and_back_is_the_same_graph(tmp_path, sqlite_settings, neo4j_settings, ontology):
    stores = [
        open_store(address, neo4j_settings, ontology)
        for address in (sqlite_settings.store, neo4j_settings.store, f"sqlite:///{tmp_path}/back.db")
    ]
    stores[0].add(GRAPH)
    for one, two in pairwise(stores):
        assert copy_store(one, two).stored == 3
        assert copy_store(one, two).stored == 0
    assert len({hash_graph(each) for each in stores}) == 1
    whole = RelationQuery(evidence=9)
    assert stores[0].relations(whole) == stores[1].relations(whole) == stores[2].relations(whole)
    for each in stores:
        each.close()


def test_sqlite_graph_of_schema_2_is_brought_up_to_date(sqlite_settings, ontology):
    story = replace(SECOND.article, id="told-again", url="https://news.example/again", story=SECOND.article.id)
    copied = Extraction(story, tuple(replace(r, evidence=replace(r.evidence, article=story)) for r in SECOND.relations))
    lost = replace(Article.of("Nothing is known of what it repeats."), story="never seen")
    with closing(open_store(sqlite_settings.store, sqlite_settings, ontology)) as store:
        store.add([*GRAPH, copied, Extraction(lost, ())])
        before = store.relations(RelationQuery()), hash_graph(store)
    with closing(sqlite3.connect(sqlite_settings.store.removeprefix("sqlite:///"))) as connection:
        connection.executescript(TO_SCHEMA_2)
    with closing(open_store(sqlite_settings.store, sqlite_settings, ontology)) as store:
        assert (store.relations(RelationQuery()), hash_graph(store)) == before
        assert store.check() == ()
        store.add([make_extraction("later", (PUTIN, "visit", KOREA), day=JUNE_20)])
        assert store.check() == ()


def test_graph_of_schema_1_is_brought_up_to_date(store, store_settings, ontology, spoil):
    store.add(GRAPH)
    before = [store.relations(RelationQuery()), store.top_pairs(RelationQuery()), store.facets(RelationQuery())]
    store.close()
    kind, run = spoil
    for statement in TO_SCHEMA_1[kind]:
        run(statement)
    again = open_store(store_settings.store, store_settings, ontology)
    after = [again.relations(RelationQuery()), again.top_pairs(RelationQuery()), again.facets(RelationQuery())]
    assert after == before
    assert again.check() == ()
    again.close()


# Makes of a graph what an older dyadgraph would have left.
TO_SCHEMA_2 = """
    CREATE TABLE a (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
        country TEXT, qid TEXT, count INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE x (id TEXT NOT NULL PRIMARY KEY, title TEXT, url TEXT, publisher TEXT, published TEXT, story TEXT,
        text TEXT NOT NULL);
    CREATE TABLE e (id TEXT NOT NULL PRIMARY KEY, source TEXT NOT NULL REFERENCES a (id),
        target TEXT NOT NULL REFERENCES a (id), type TEXT NOT NULL, status TEXT NOT NULL, date TEXT,
        article TEXT NOT NULL REFERENCES x (id), sentence TEXT NOT NULL, sentence_start INTEGER NOT NULL,
        sentence_end INTEGER NOT NULL, trigger_text TEXT NOT NULL, trigger_start INTEGER NOT NULL,
        trigger_end INTEGER NOT NULL, evidence_date TEXT, rule TEXT NOT NULL, confidence REAL NOT NULL,
        mode TEXT, context TEXT, story TEXT);
    INSERT INTO a SELECT pk, id, kind, name, country, qid, count FROM actor;
    INSERT INTO x SELECT id, title, url, publisher, published, story, text FROM article;
    INSERT INTO e SELECT id, source, target, type, status, date, article, sentence, sentence_start, sentence_end,
        trigger_text, trigger_start, trigger_end, evidence_date, rule, confidence, mode, context, story FROM told;
    DROP VIEW told; DROP TABLE event; DROP TABLE article; DROP TABLE actor; DROP TABLE edge; DROP TABLE around;
    DROP TABLE tone; DROP TABLE word; DROP TABLE code; DROP TABLE story;
    ALTER TABLE a RENAME TO actor; ALTER TABLE x RENAME TO article; ALTER TABLE e RENAME TO event;
    CREATE TABLE edge (source TEXT, target TEXT, type TEXT, status TEXT, count INTEGER);
    CREATE TABLE tone (code TEXT);
    CREATE INDEX event_pair ON event (source, target, date); CREATE INDEX event_target ON event (target, date);
    CREATE INDEX event_date ON event (date); CREATE INDEX event_article ON event (article);
    CREATE INDEX article_story ON article (story); CREATE INDEX actor_count ON actor (count);
    PRAGMA user_version = 2;
"""
TO_SCHEMA_1 = {
    "sqlite": [
        f"""
        {TO_SCHEMA_2}
        DROP TABLE pair; DROP TABLE tone; DROP INDEX article_story;
        ALTER TABLE article DROP COLUMN story; ALTER TABLE event DROP COLUMN story;
        PRAGMA user_version = 1;
        """
    ],
    "neo4j": [
        "MATCH (m:Month) DELETE m",
        "DROP CONSTRAINT month_key",
        "MATCH ()-[r]->() WHERE r.sources IS NOT NULL REMOVE r.sources, r.confidence",
        "MATCH (g:GraphState) SET g.schema = 1",
    ],
}


def test_commands_check_rebuild_copy_and_delete(sqlite_settings, tmp_path, ontology):
    cli = CliRunner()
    with closing(open_store(sqlite_settings.store, sqlite_settings, ontology)) as store:
        store.add(GRAPH)
    env = {"DYADGRAPH_STORE": sqlite_settings.store}
    checked = cli.invoke(main, ["store", "check", "--hash"], env=env)
    assert checked.exit_code == 0
    assert checked.output.startswith("3 articles, 5 relations: sound\n")
    other = f"sqlite:///{tmp_path}/other.db"
    copied = cli.invoke(main, ["store", "copy", sqlite_settings.store, other], env=env)
    assert copied.output == "3 articles: 3 stored, 0 already there; 5 relations\n"
    assert cli.invoke(main, ["store", "check", "--hash"], env={"DYADGRAPH_STORE": other}).output == checked.output
    assert cli.invoke(main, ["store", "delete", FIRST.article.id], env=env).output.endswith("with 2 relations\n")
    with closing(sqlite3.connect(sqlite_settings.store.removeprefix("sqlite:///"))) as connection:
        connection.executescript("DELETE FROM pair")
    assert cli.invoke(main, ["store", "check"], env=env).exit_code == 1
    assert cli.invoke(main, ["store", "rebuild"], env=env).output == "3 edges of 3 relations\n"
    assert '"sound": true' in cli.invoke(main, ["store", "check", "--json"], env=env).output
