"""The Spark job and the local job make the same graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dyadgraph.store import open_store
from dyadgraph.store.files import import_graph, read_store
from ingest.job import run_job
from ingest.readers import find_inputs, read_articles

SAMPLES = Path(__file__).parents[2] / "dyadgraph" / "samples"


def make_coder():
    from dyadgraph.settings import Settings  # noqa: PLC0415  (in Spark's workers)
    from graphapi.wiring import Workbench  # noqa: PLC0415

    return Workbench(Settings()).coder


@pytest.fixture
def spark(miss):
    """A Spark session on two threads of this machine."""
    pytest.importorskip("pyspark", reason="no Spark: pip install 'dyadgraph[spark]'")
    from ingest.spark import make_session  # noqa: PLC0415

    session = make_session("local[2]")
    yield session
    session.stop()


def write_lines(path):
    """Write the samples as JSON Lines, one of them twice, and a line that is no article."""
    articles = [article for file in find_inputs(SAMPLES) for article in read_articles(file, 1_000_000)]
    records = [{**article.to_dict(), "text": article.text} for article in [*articles, articles[0]]]
    path.write_text("\n".join([*map(json.dumps, records), '{"title": "no text"}']), encoding="utf8")


@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_spark_makes_the_graph_of_the_local_job(tmp_path, coder, ontology, sqlite_settings, spark):
    from ingest.spark import run_spark_job  # noqa: PLC0415

    lines = tmp_path / "articles.jsonl"
    write_lines(lines)
    local = open_store(sqlite_settings.store, sqlite_settings, ontology)
    run_job(read_articles(lines, 1_000_000), coder, local)
    folder = tmp_path / "coded"
    report = run_spark_job(spark, str(lines), str(folder), make_coder=make_coder, longest=1_000_000)
    assert (report.coded, report.failed) == (11, 1)
    distributed = open_store(f"sqlite:///{tmp_path / 'spark.db'}", sqlite_settings, ontology)
    import_graph(folder, distributed)
    assert list(read_store(distributed)) == list(read_store(local))
    assert distributed.state().events == local.state().events > 100
    local.close()
    distributed.close()
