"""Fixtures of the ways in: `samples_client` and `samples_store` hold the ten sample articles on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dyadgraph.ontology import load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import open_store
from graphapi.app import create_app
from graphapi.cli import main
from ingest.job import run_job
from ingest.readers import find_inputs, read_articles

SAMPLES = Path(__file__).parents[2] / "dyadgraph" / "samples"


@pytest.fixture(scope="session")
def samples_address(tmp_path_factory, coder):
    """Address of an SQLite graph that holds the samples."""

    address = f"sqlite:///{tmp_path_factory.mktemp('samples') / 'graph.db'}"
    store = open_store(address, Settings(store=address), load_ontology())
    report = run_job((a for p in find_inputs(SAMPLES) for a in read_articles(p, 1_000_000)), coder, store)
    store.close()
    assert not report.rejected
    return address


@pytest.fixture
def client(samples_address, coder):
    """HTTP client of the service over the samples; it only reads."""
    yield from _client(Settings(store=samples_address), coder)


@pytest.fixture
def empty_client(tmp_path, coder):
    """HTTP client of the service over an empty graph."""
    yield from _client(
        Settings(store=f"sqlite:///{tmp_path / 'graph.db'}", max_body=100_000, max_article=50_000), coder
    )


def _client(settings, coder):
    app = create_app(settings)
    bench = app.extensions["dyadgraph"]
    bench.__dict__["_coder"] = coder
    with app.test_client() as client:
        yield client
    bench.close()


@pytest.fixture
def cli(tmp_path, monkeypatch):
    """Run the command line on a graph of its own: `cli("relations", "--json")`."""
    monkeypatch.setenv("DYADGRAPH_STORE", f"sqlite:///{tmp_path / 'graph.db'}")

    def run(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)

    return run
