"""A disk that ends in the middle of a write: a clear error, and the graph opens afterwards as it was."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bench.store_graphs import make_extractions
from dyadgraph.errors import StoreError
from dyadgraph.store import open_store
from dyadgraph.store.files import hash_graph

NUMBER = int(os.environ.get("DYADGRAPH_TEST_DISKS", "5"))
"""How many disks are full; `make torture` asks for more."""
WRITER = """
import resource, signal, sys
from bench.store_graphs import make_extractions
from dyadgraph.errors import StoreError
from dyadgraph.ontology import load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import open_store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[2])
ontology = load_ontology()
try:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    store = open_store(sys.argv[1], Settings(store=sys.argv[1]), ontology)
    for extraction in make_extractions(3000, ontology, seed=2):
        store.add([extraction])
        print(extraction.article.id, flush=True)
except StoreError as exc:
    print(exc, file=sys.stderr)
    sys.exit(7)
"""


def test_full_disk_leaves_the_graph_as_it_was(sqlite_settings, ontology):
    chance = random.Random(8)
    path = Path(sqlite_settings.store.removeprefix("sqlite:///"))
    extractions = list(make_extractions(3000, ontology, seed=2))
    first = list(make_extractions(100, ontology))
    for _ in range(NUMBER):
        for file in path.parent.glob("graph.db*"):
            file.unlink()
        store = open_store(sqlite_settings.store, sqlite_settings, ontology)
        store.add(first)
        store.close()
        command = [sys.executable, "-c", WRITER, sqlite_settings.store, str(chance.randrange(150_000, 2_500_000))]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 7, done.stderr
        assert "graph.db" in done.stderr
        told = done.stdout.split()
        store = open_store(sqlite_settings.store, sqlite_settings, ontology)
        assert store.check() == ()
        assert store.has_articles(told) == set(told)
        assert store.state().articles - len(first) in {len(told), len(told) + 1}
        store.add(extractions)
        assert store.state().articles == len(first) + len(extractions)
        assert store.check() == ()
        assert hash_graph(store)
        store.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write what is read-only")
def test_read_only_file_is_named(sqlite_settings, ontology):
    path = Path(sqlite_settings.store.removeprefix("sqlite:///"))
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    store.close()
    path.chmod(0o444)
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    with pytest.raises(StoreError, match="write"):
        store.add(list(make_extractions(100, ontology)))
    store.close()


def test_damaged_file_is_named(sqlite_settings, ontology):
    path = Path(sqlite_settings.store.removeprefix("sqlite:///"))
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    store.add(list(make_extractions(2000, ontology)))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:-1] = bytes(len(content) - 8193)
    path.write_bytes(content)

    def look():
        open_store(sqlite_settings.store, sqlite_settings, ontology).check()

    with pytest.raises(StoreError, match=r"graph\.db"):
        look()
