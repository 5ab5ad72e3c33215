"""Jobs that are stopped go on: counts of an uninterrupted run, nothing twice, nothing lost."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from dyadgraph.errors import QueryError
from dyadgraph.store import open_store
from dyadgraph.store.files import read_store
from ingest.job import Processes, run_job
from ingest.readers import Rejected, read_articles

KILLS = int(os.environ.get("DYADGRAPH_TEST_KILLS", "3"))
"""How often the job is killed; `make torture` asks for more."""
PLACES = "Kenya Ghana Chile Peru Japan Thailand Norway Poland Egypt Jordan".split()


def write_articles(path, number):
    lines = []
    for n in range(number):
        one, two = PLACES[n % 10], PLACES[(n // 10 + n + 1) % 10]
        text = f"The president of {one} visited {two} on day {n}.\n\n{one} accused {two} of spying, report {n} said."
        lines.append(json.dumps({"text": text, "url": f"https://wire.example/{n}", "date": "2020-05-01"}))
    path.write_text("\n".join([*lines, "no article", lines[0]]), encoding="utf8")


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "articles.jsonl"
    write_articles(path, 30)
    return path


def add_up(report):
    return report.read == report.stored + report.duplicates + report.skipped + report.quarantined


def test_counts_add_up_and_quarantine_names_the_place(lines, coder, journal, sqlite_settings, ontology):
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)
    report = run_job(read_articles(lines, 10_000), coder, store, journal=journal, job=journal.open_job("x"))
    assert add_up(report)
    assert (report.read, report.stored, report.duplicates, report.quarantined) == (32, 30, 1, 1)
    (rejected,) = journal.rejected(kind="quarantined")
    assert str(lines) in rejected.place
    assert journal.job(report.job).state == "done"
    store.close()


def test_job_that_was_interrupted_reports_like_one_that_was_not(lines, coder, journal, sqlite_settings, ontology):
    store = open_store(sqlite_settings.store, sqlite_settings, ontology)

    def stop(_):
        raise KeyboardInterrupt

    long = [*read_articles(lines, 10_000)] * 2
    with pytest.raises(KeyboardInterrupt):
        run_job(long, coder, store, journal=journal, job=journal.open_job("x"), progress=stop)
    report = run_job(long, coder, store, journal=journal, job=journal.open_job("x"))
    assert add_up(report)
    assert (report.read, report.stored, report.duplicates, report.quarantined) == (64, 30, 32, 2)
    store.close()


def test_two_processes_make_the_same_graph(lines, coder, sqlite_settings, ontology, tmp_path):
    graphs = []
    for name, way in (("one", coder), ("two", Processes(2))):
        store = open_store(f"sqlite:///{tmp_path / name}.db", sqlite_settings, ontology)
        run_job(read_articles(lines, 10_000), way, store)
        graphs.append(list(read_store(store)))
        store.close()
    assert graphs[0] == graphs[1]


def start(store, path):
    environment = {**os.environ, "DYADGRAPH_STORE": store}
    command = [sys.executable, "-m", "graphapi", "ingest", "--json", str(path)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def read_graph(store, settings, ontology):
    opened = open_store(store, settings, ontology)
    graph = list(read_store(opened))
    opened.close()
    return graph


def kill_when(process, path, stored, delay):
    """Kill the command a moment after it stored so many articles; tell whether its job was still under way."""
    journal = path.with_name(path.name + ".journal")
    while process.poll() is None:
        if path.exists() and journal.exists() and count_stored(journal) >= stored:
            time.sleep(delay)
            break
        time.sleep(0.005)
    process.kill()
    process.communicate()
    return job_state(journal) != "done"


def read_jobs(path, sql):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(sql).fetchone()
        except sqlite3.OperationalError:  # the table is about to be made
            return None


def count_stored(journal):
    row = read_jobs(journal, "SELECT counts FROM jobs")
    return json.loads(row[0]).get("stored", 0) if row else -1


def job_state(journal):
    row = read_jobs(journal, "SELECT state FROM jobs")
    return row[0] if row else None


def test_job_killed_at_any_moment_goes_on(tmp_path, sqlite_settings, ontology):
    """The command is killed, run again, and ends with the graph and the counts of a run that nothing stopped."""
    path = tmp_path / "articles.jsonl"
    write_articles(path, 300)
    rng = random.Random(1)
    whole = f"sqlite:///{tmp_path}/whole.db"
    wanted = json.loads(start(whole, path).communicate()[0])
    graph = read_graph(whole, sqlite_settings, ontology)
    killed = 0
    for number in range(10 * KILLS):
        file = tmp_path / f"killed{number}.db"
        store = f"sqlite:///{file}"
        process = start(store, path)
        # A quick machine may be done before the blow falls; that kill proves nothing and does not count.
        if not kill_when(process, file, rng.choice((0, 50, 100, 150, 200)), rng.uniform(0, 0.2)):
            continue
        report = json.loads(start(store, path).communicate()[0])
        assert {**report, "job": ""} == {**wanted, "job": ""}
        assert read_graph(store, sqlite_settings, ontology) == graph
        killed += 1
        if killed == KILLS:
            return
    pytest.fail(f"only {killed} of {KILLS} kills fell while the job was under way")


def test_body_that_came_twice_is_one_job(journal):
    job, new = journal.enqueue("application/json", b"{}", key="k", digest="d")
    again, second = journal.enqueue("application/json", b"{}", key="k", digest="d")
    assert (job.id, new, second) == (again.id, True, False)
    with pytest.raises(QueryError, match="another body"):
        journal.enqueue("application/json", b"[]", key="k", digest="e")


def test_quarantine_is_emptied_by_a_retry(journal):
    job = journal.open_job("x")
    journal.reject(job, [Rejected("a.html", "a.html: is empty"), Rejected("b.html", "b.html: is German", "skipped")])
    journal.release(["a.html", "b.html"])
    assert [each.place for each in journal.rejected()] == ["b.html"]
