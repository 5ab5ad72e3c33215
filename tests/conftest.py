"""Fixtures of every test; helper modules that they need lie beside this file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser import BrowserUnavailableError, run_browser
from map_samples import one_article
from neo4j_server import Neo4jUnavailableError, run_neo4j

from dyadgraph.ontology import load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import open_store
from ingest.journal import Journal


@pytest.fixture(scope="session")
def ontology():
    """The vocabulary that ships."""
    return load_ontology()


@pytest.fixture(scope="session")
def miss():
    """Skip for want of a thing; fail where DYADGRAPH_REQUIRE=neo4j,browser names it: `miss("neo4j", reason)`."""
    required = os.environ.get("DYADGRAPH_REQUIRE", "").split(",")

    def miss(thing, reason):
        if thing in required:
            pytest.fail(f"DYADGRAPH_REQUIRE names {thing}: {reason}", pytrace=False)
        pytest.skip(reason)

    return miss


@pytest.fixture(scope="session")
def coder(ontology):
    """The coder as it ships: language pipeline, gazetteer, rules and pair model."""
    from dyadgraph.gazetteer import load_gazetteer  # noqa: PLC0415  (spaCy only for the tests that code)
    from ingest.coder import Coder  # noqa: PLC0415
    from ingest.gate import load_gate  # noqa: PLC0415
    from ingest.language import load_language  # noqa: PLC0415
    from ingest.pair_model import load_pair_model  # noqa: PLC0415
    from ingest.status_model import load_status_model  # noqa: PLC0415

    gazetteer = load_gazetteer()
    return Coder(
        load_language(),
        gazetteer,
        ontology,
        gate=load_gate(gazetteer),
        pair_model=load_pair_model(),
        status_model=load_status_model(),
    )


# The stores


@pytest.fixture(scope="session")
def neo4j_server(miss):
    """A running Neo4j, one for all tests."""
    try:
        with run_neo4j() as server:
            yield server
    except Neo4jUnavailableError as exc:
        miss("neo4j", str(exc))


@pytest.fixture
def neo4j_settings(neo4j_server):
    """Settings of an empty Neo4j store."""
    yield Settings(store=neo4j_server.address, neo4j_password=neo4j_server.password)
    neo4j_server.wipe()


@pytest.fixture
def journal(tmp_path):
    """An empty journal of ingest jobs."""
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


@pytest.fixture
def sqlite_settings(tmp_path):
    """Settings of an SQLite store that does not exist yet."""
    return Settings(store=f"sqlite:///{tmp_path / 'graph.db'}")


@pytest.fixture(params=["sqlite", "neo4j"])
def store_settings(request):
    """Settings of an empty store of every kind."""
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture
def empty_store(store_settings, request):
    """Call it to have the store as if it had never been written; no process may have it open."""
    if store_settings.store.startswith("sqlite"):
        path = Path(store_settings.store.removeprefix("sqlite:///"))
        return lambda: [each.unlink() for each in path.parent.glob(f"{path.name}*")]
    return request.getfixturevalue("neo4j_server").wipe


@pytest.fixture
def store(store_settings, ontology):
    """An empty store of every kind."""
    store = open_store(store_settings.store, store_settings, ontology)
    yield store
    store.close()


# The pages


@pytest.fixture(scope="session")
def browser(miss):
    """A running Chromium, one for all tests."""
    try:
        with run_browser() as browser:
            yield browser
    except BrowserUnavailableError as exc:
        miss("browser", str(exc))


@pytest.fixture(scope="session")
def article_map(ontology, tmp_path_factory):
    """The file of a map of one article."""
    from viz.map import draw_map  # noqa: PLC0415

    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(draw_map(one_article(), title="Putin in Pyongyang", ontology=ontology), encoding="utf8")
    return path
