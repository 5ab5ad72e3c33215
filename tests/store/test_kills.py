"""A writer that is killed at any moment loses nothing that was acknowledged, doubles nothing, leaves a sound graph."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bench.store_graphs import make_extractions
from dyadgraph.store import open_store
from dyadgraph.store.files import hash_graph

KILLS = {"sqlite": int(os.environ.get("DYADGRAPH_TEST_STORE_KILLS", "6"))}
KILLS["neo4j"] = max(2, KILLS["sqlite"] // 5)
"""How often a writer is killed; `make torture` asks for more."""
BATCHES, A_BATCH, RELATIONS_EACH = 40, 10, 10
WRITER = """
import itertools, sys
from bench.store_graphs import make_extractions
from dyadgraph.ontology import load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import open_store

settings = Settings(store=sys.argv[1], neo4j_password=sys.argv[2])
ontology = load_ontology()
store = open_store(settings.store, settings, ontology)
made = make_extractions(int(sys.argv[3]), ontology)
print("ready", flush=True)
while batch := list(itertools.islice(made, int(sys.argv[4]))):
    store.add(batch)
    print(batch[-1].article.id, flush=True)
"""


def write(settings, seconds=None):
    """Write until the blow falls or all is written; return the ids that were acknowledged, the last of each batch."""
    events = BATCHES * A_BATCH * RELATIONS_EACH
    command = [sys.executable, "-c", WRITER, settings.store, settings.neo4j_password, str(events), str(A_BATCH)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout.readline() == "ready\n"
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        return process.stdout.read().split()


def count_settled(store):
    """Return the number of articles once it stands still: a server may be about to commit what it got before."""
    number = -1
    while number != (number := store.state().articles):
        time.sleep(0.5)
    return number


def test_killed_writer_loses_and_doubles_nothing(store_settings, empty_store, ontology):
    kind = "sqlite" if store_settings.store.startswith("sqlite") else "neo4j"
    chance = random.Random(5)
    extractions = list(make_extractions(BATCHES * A_BATCH * RELATIONS_EACH, ontology))
    write(store_settings)  # a server learns the statements
    empty_store()
    begun = time.monotonic()
    write(store_settings)
    seconds = time.monotonic() - begun
    with closing(open_store(store_settings.store, store_settings, ontology)) as store:
        expected = hash_graph(store)
    landed = 0
    for _ in range(4 * KILLS[kind]):
        empty_store()
        told = write(store_settings, chance.uniform(0, seconds))
        with closing(open_store(store_settings.store, store_settings, ontology)) as store:
            number = count_settled(store)
            assert store.check() == ()
            assert store.has_articles(told) == set(told)
            assert number % A_BATCH == 0  # a batch is there as a whole or not at all
            landed += 0 < number < len(extractions)
            added = store.add(extractions)
            assert (added.articles, added.duplicates) == (len(extractions) - number, number)
            assert hash_graph(store) == expected
        if landed == KILLS[kind]:
            break
    else:
        pytest.fail(f"only {landed} of {KILLS[kind]} kills fell while the writer was at work, {seconds:.1f} s")
