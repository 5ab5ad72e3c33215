"""Jobs that are stopped go on: counts of an uninterrupted run, nothing twice, nothing lost."""

from __future__ import annotations

import pytest
from articles import make_article, write_lines

from dyadgraph.errors import QueryError
from dyadgraph.store import open_store
from dyadgraph.store.files import read_store
from ingest.job import Processes, run_job
from ingest.readers import Rejected, read_articles


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "articles.jsonl"
    write_lines(map(make_article, range(30)), path)
    text = path.read_text(encoding="utf8")
    path.write_text("\n".join([text, "no article", text.partition("\n")[0]]), encoding="utf8")
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
