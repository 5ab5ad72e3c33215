"""schemathesis asks the real service, over each store, all that the OpenAPI document allows and much that it forbids.

DYADGRAPH_TEST_EXAMPLES says how many examples an operation gets in each phase; with 100 it asks some 5,000 times.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from waitress.server import create_server

from dyadgraph.settings import Settings
from graphapi.app import create_app
from ingest.job import run_job
from ingest.readers import find_inputs, read_articles

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "dyadgraph" / "samples"


@pytest.fixture
def address(store_settings, coder):
    """Address of a running service over the samples."""
    given = {name: getattr(store_settings, name) for name in ("store", "neo4j_password")}
    app = create_app(Settings(**given, max_body=100_000, max_article=50_000))
    bench = app.extensions["dyadgraph"]
    bench.__dict__["_coder"] = coder
    run_job((a for path in find_inputs(SAMPLES) for a in read_articles(path, 1_000_000)), coder, bench.store)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.pull_trigger()
    server.close()
    server.asyncore.close_all(server._map)
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()
    bench.close()


def test_service_is_as_its_document_says(request, address, tmp_path):
    examples = os.environ.get("DYADGRAPH_TEST_EXAMPLES", "")
    program = Path(sys.executable).with_name("st")
    command = [program, "--config-file", HERE / "schemathesis.toml", "run", f"{address}/openapi.json"]
    command += ["--checks", "all", "--max-examples", examples or "3", "--continue-on-failure", "--no-color"]
    if not examples and "neo4j" in request.node.name:
        # A thousand fixed cases, which take Neo4j half a minute: short runs ask them of SQLite only.
        command += ["--phases", "examples,fuzzing,stateful"]
    done = subprocess.run([*map(str, command)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-30000:] + done.stderr
    told = re.search(r"(\d+) generated, \1 passed", done.stdout)
    assert told, done.stdout[-2000:]
    print(told[0])  # noqa: T201  (pytest -s shows how many cases there were)
