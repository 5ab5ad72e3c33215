"""Several processes and threads at one graph: counts are exact and nobody meets an error."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

from articles import make_article, write_lines

from bench.store_graphs import make_extractions
from bench.store_questions import QUESTIONS, draw_values
from dyadgraph.errors import NotFoundError
from dyadgraph.store import open_store
from dyadgraph.store.base import RelationQuery

ASKED = ("/v1/relations?limit=5", "/v1/top?of=pairs", "/v1/actors?q=kenya", "/v1/timeline?actor=KEN", "/readyz")


def test_three_ingests_beside_a_service_that_is_read(tmp_path, sqlite_settings, ontology):
    """The three overlap: of 300 articles each reads 200, so that every article comes from two of them."""
    environment = {**os.environ, "DYADGRAPH_STORE": sqlite_settings.store, "DYADGRAPH_WORKER": "0"}
    run = [sys.executable, "-m", "graphapi"]
    paths = [tmp_path / f"{n}.jsonl" for n in range(3)]
    for n, path in enumerate(paths):
        write_lines(map(make_article, range(100 * n, 100 * n + 200)), path)
    service = subprocess.Popen([*run, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+:\d+", service.stdout.readline())[0]
        writers = [
            subprocess.Popen(
                [*run, "ingest", "--json", str(path)],
                env={**environment, "DYADGRAPH_JOURNAL": str(path.with_suffix(".journal"))},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for path in paths
        ]
        answers = 0
        while any(writer.poll() is None for writer in writers):
            for path in ASKED:
                with urllib.request.urlopen(address + path, timeout=30) as answer:
                    assert answer.status == 200
                    answers += 1
        said = [writer.communicate() for writer in writers]
    finally:
        service.terminate()
        service.communicate()
    reports = [json.loads(out) for out, _ in said]
    assert [report["read"] for report in reports] == [200] * 3
    assert sum(report["stored"] for report in reports) == 400
    assert sum(report["duplicates"] for report in reports) == 200
    assert answers > len(ASKED)
    with closing(open_store(sqlite_settings.store, sqlite_settings, ontology)) as store:
        assert store.state().articles == 400
        assert store.check() == ()


def test_eight_readers_beside_a_writer(store, ontology):
    """Each reader asks all kinds of questions as long as something is written."""
    extractions = list(make_extractions(3_000, ontology))
    store.add(extractions[:50])
    done = threading.Event()

    def read(seed):
        chance, answers = random.Random(seed), 0
        while not done.is_set() or not answers:
            values = draw_values(chance)
            for question in QUESTIONS:
                with suppress(NotFoundError):  # of somebody who is in no article yet
                    question.ask(store, values)
                    answers += 1
        return answers

    with ThreadPoolExecutor(8) as threads:
        readers = [threads.submit(read, seed) for seed in range(8)]
        try:
            for start in range(50, len(extractions), 25):
                store.add(extractions[start : start + 25])
        finally:
            done.set()
        assert all(reader.result() for reader in readers)
    assert store.state().articles == len(extractions)
    assert sum(edge.count for edge in store.relations(RelationQuery(limit=500, evidence=0)).items) > 0
    assert store.check() == ()
