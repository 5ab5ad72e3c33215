"""The CSV of a bulk export makes the same Neo4j graph as the store's own writes."""

from __future__ import annotations

import csv

import pytest
from neo4j_server import Neo4jUnavailableError, run_imported
from store_samples import CHINA, HAMAS, JUNE_19, JUNE_20, KIM, KOREA, NOBODY, PUTIN, RUSSIA, UN, make_extraction

from dyadgraph.errors import StoreError
from dyadgraph.model import Article, Extraction
from dyadgraph.settings import Settings
from dyadgraph.store import open_store
from dyadgraph.store.base import RelationQuery
from dyadgraph.store.bulk import import_arguments, write_bulk
from dyadgraph.store.files import hash_graph

GRAPH = [
    make_extraction("treaty", (PUTIN, "visit", KOREA), (RUSSIA, "agree", KOREA), day=JUNE_20),
    make_extraction("again", (PUTIN, "visit", KOREA), (KIM, "meet", PUTIN), day=JUNE_19),
    make_extraction("denial", (CHINA, "aid", RUSSIA), status="denied"),
    make_extraction('a "quoted", \\ name\r\nof two lines', (UN, "accuse", HAMAS), (NOBODY, "support", UN)),
    Extraction(Article.of("", title="", url="https://news.example/empty")),
]
SHAPE = """
MATCH (n) UNWIND labels(n) AS label UNWIND keys(n) AS key
WITH label, key, count(*) AS count, collect(DISTINCT valueType(n[key])) AS types
RETURN label, key, count, types ORDER BY label, key
UNION ALL
MATCH (a)-[r]->(b) UNWIND CASE WHEN keys(r) = [] THEN [''] ELSE keys(r) END AS key
WITH type(r) AS label, key, count(*) AS count, collect(DISTINCT valueType(r[key])) AS types
RETURN label, key, count, types ORDER BY label, key
"""


def shape_of(address, password):
    """Return every label and relationship type with its properties, their number and kinds."""
    from neo4j import GraphDatabase  # noqa: PLC0415

    with GraphDatabase.driver(address, auth=("neo4j", password), notifications_min_severity="OFF") as driver:
        return [record.values() for record in driver.execute_query(SHAPE, database_="neo4j").records]


def count_rows(path):
    with path.open(encoding="utf8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


@pytest.fixture(scope="module")
def imported(tmp_path_factory, ontology, miss):
    """A server that was filled by neo4j-admin."""
    folder = tmp_path_factory.mktemp("bulk")
    write_bulk(GRAPH, folder, ontology)
    try:
        with run_imported(folder, import_arguments()) as server:
            yield server
    except Neo4jUnavailableError as exc:
        miss("neo4j", str(exc))


def test_imported_graph_equals_the_written_one(imported, neo4j_settings, ontology):
    written = open_store(neo4j_settings.store, neo4j_settings, ontology)
    for extraction in GRAPH:
        written.add([extraction])
    settings = Settings(store=imported.address, neo4j_password=imported.password)
    store = open_store(settings.store, settings, ontology)
    assert store.relations(RelationQuery(evidence=9)) == written.relations(RelationQuery(evidence=9))
    assert [store.article(each.article.id) for each in GRAPH] == [each.article for each in GRAPH]
    assert store.actors(search="kim jong") == written.actors(search="kim jong")
    assert shape_of(imported.address, imported.password) == shape_of(neo4j_settings.store, imported.password)
    assert store.check() == ()
    assert hash_graph(store) == hash_graph(written)
    assert store.add(GRAPH).duplicates == len(GRAPH)
    written.close()
    store.close()


def test_files_hold_one_line_a_thing(tmp_path, ontology):
    script = write_bulk(GRAPH, tmp_path / "bulk", ontology)
    assert script.read_text().startswith("#!/bin/sh")
    lines = {path.stem: count_rows(path) for path in script.parent.glob("*.csv")}
    relations = sum(len(each.relations) for each in GRAPH)
    sides = {
        (side, str(event.date)[:7], event.type, event.status)
        for each in GRAPH
        for event in each.relations
        for side in ("", event.source.id, event.source.code, event.target.id, event.target.code)
    }
    assert lines == {
        "article": 5, "actor": 8, "event": relations, "state": 1, "month": len(sides),
        "source": relations, "target": relations, "evidence": relations, "edge": relations - 1,
    }  # fmt: skip


def test_folder_that_holds_something_is_refused(tmp_path, ontology):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(StoreError, match="not empty"):
        write_bulk(GRAPH, tmp_path, ontology)
