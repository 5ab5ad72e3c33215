"""Lists page through thousands of rows while a writer adds more: no row twice, none of the old ones missed."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from store_samples import JUNE_19, RUSSIA, make_extraction

from dyadgraph.model import Actor
from graphapi.app import create_app

ROWS = {"sqlite": 10_000, "neo4j": 2_000}
BATCH = 500


def make_rows(first, number):
    """Make articles that each bring a new actor and a new relation."""
    for index in range(first, first + number):
        actor = Actor(f"actor-{index:06}", f"Actor {index}", "person")
        yield make_extraction(f"article-{index:06}", (RUSSIA, "accuse", actor), day=JUNE_19)


def add_rows(store, first, number):
    for begin in range(first, first + number, BATCH):
        store.add(list(make_rows(begin, min(BATCH, first + number - begin))))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/v1/relations?evidence=0", lambda item: item["target"]["id"]),
        ("/v1/actors?", lambda item: item["id"]),
        ("/v1/articles?", lambda item: item["title"]),
    ],
)
def test_old_rows_come_once_each_while_a_writer_adds(request, store_settings, path, key):
    number = ROWS["neo4j" if "neo4j" in request.node.name else "sqlite"]
    app = create_app(replace(store_settings))
    bench = app.extensions["dyadgraph"]
    add_rows(bench.store, 0, number)
    prefix = "article" if "articles" in path else "actor"
    old = {f"{prefix}-{index:06}" for index in range(number)}
    stop = threading.Event()

    def write():
        first = number
        while not stop.is_set():
            add_rows(bench.store, first, 50)
            first += 50

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found, client, address = [], app.test_client(), f"{path}&limit=500"
        while address:
            page = client.get(address)
            found += [key(item) for item in page.json["items"]]
            address = page.headers.get("Link", "").partition(">")[0].removeprefix("<")
    finally:
        stop.set()
        writer.join()
        bench.close()
    assert len(found) == len(set(found))
    assert old <= set(found)
