"""The service over Neo4j against the same Cypher over raw Bolt: `python bench/service_bolt.py [--quick] [--json]`.

A real Neo4j (Java 17 and Maven) holds the sample articles; granian serves it. As many clients, each a process of its
own, ask in turns: the service for one row and for fifty, each time a question that nobody has asked yet (another
`min_confidence`, the same rows), and again and again the same one, whose answer the service keeps; the same with a
known ETag; the server itself, by the driver, for the same rows with the statement and the parameters that the service
uses. Exits 0 where the goals hold.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from dyadgraph.ontology import load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store.base import RelationQuery
from dyadgraph.store.neo4j import STATEMENTS, spell_types
from dyadgraph.store.neo4j_read import bind
from dyadgraph.store.question import ask
from dyadgraph.store.statements import read_statements
from graphapi.wiring import Workbench
from ingest.job import run_job
from ingest.readers import find_inputs, read_articles

ROOT = Path(__file__).parents[1]
CLIENTS = 4
ROWS = {"one row": 1, "fifty rows": 50}
GOALS = {"one row": 0.85, "one row, kept": 0.85, "fifty rows": 0.85, "fifty rows, kept": 0.85, "304": 3.0}
Ask = Callable[[], object]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few seconds")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    rounds, seconds = (2, 0.5) if given.quick else (5, 2.0)
    sys.path.insert(0, str(ROOT / "tests"))
    from neo4j_server import run_neo4j  # noqa: PLC0415  (it lies beside the tests, which it serves too)

    with run_neo4j() as server:
        settings = Settings(store=server.address, neo4j_password=server.password)
        fill(settings)
        with run_service(settings) as port:
            figures = measure(settings, port, rounds, seconds)
    missed = [name for name, least in GOALS.items() if figures[name]["ratio"] < least]
    if given.json:
        print(json.dumps({"figures": figures, "goals": GOALS, "missed": missed}))
    else:
        for name, row in figures.items():
            print(
                f"{name:16} {row['ours']:7,.0f}/s over HTTP   {row['bolt']:7,.0f}/s over Bolt   "
                f"ratio {row['ratio']:.2f} (goal {GOALS[name]})"
            )
    sys.exit(bool(missed))


def fill(settings: Settings) -> None:
    """Put the sample articles into the graph."""
    bench = Workbench(settings)
    paths = find_inputs(ROOT / "dyadgraph" / "samples")
    run_job((each for path in paths for each in read_articles(path, 1_000_000)), bench.coder, bench.store)
    bench.close()


@contextmanager
def run_service(settings: Settings) -> Iterator[int]:
    """Serve with granian in a process of its own."""
    environment = {
        **os.environ,
        "DYADGRAPH_STORE": settings.store,
        "DYADGRAPH_NEO4J_PASSWORD": settings.neo4j_password,
        "DYADGRAPH_WORKER": "0",
    }
    command = [sys.executable, "-m", "graphapi", "serve", "--server", "granian", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            port = int(process.stdout.readline().split("/")[2].rpartition(":")[2])
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Return when the service answers."""
    for _ in range(300):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the service did not start")


def measure(settings: Settings, port: int, rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """Return questions a second by name, over HTTP and over Bolt, and their ratio."""
    ways: dict[str, tuple[str, Any]] = {}
    for name, rows in ROWS.items():
        address = f"/v1/relations?limit={rows}"
        ways[f"{name} http"] = ("http", (port, address + "&min_confidence=0.7{}", False))
        ways[f"{name}, kept http"] = ("http", (port, address, False))
        ways[f"{name} bolt"] = ("bolt", (settings, rows))
    ways["304 http"] = ("http", (port, "/v1/relations?limit=1", True))
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):  # in turns, so that a busy machine slows all alike
        for name, (kind, details) in ways.items():
            with multiprocessing.Pool(CLIENTS) as pool:
                rates[name].append(sum(pool.starmap(run_client, [(kind, details, seconds)] * CLIENTS)))
    middle = {name: statistics.median(each) for name, each in rates.items()}
    found = {
        f"{name}{kept}": {"ours": middle[f"{name}{kept} http"], "bolt": middle[f"{name} bolt"]}
        for name in ROWS
        for kept in ("", ", kept")
    }
    found["304"] = {"ours": middle["304 http"], "bolt": middle["one row bolt"]}
    return {name: {**row, "ratio": row["ours"] / row["bolt"]} for name, row in found.items()}


def run_client(kind: str, details: tuple[Any, ...], seconds: float) -> float:
    """Ask for so many seconds, and return how many answers came in one."""
    with closing(open_http(*details) if kind == "http" else open_bolt(*details)) as asks:
        next(asks)  # the first answer pays for the connection
        begun, number = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            next(asks)
            number += 1
        return number / (time.perf_counter() - begun)


def open_http(port: int, address: str, is_known: bool) -> Iterator[None]:
    """Ask over one connection, again and again."""
    headers: dict[str, str] = {}
    chance = random.Random()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        while True:
            connection.request("GET", address.format(f"{chance.randrange(100_000):05}"), headers=headers)
            response = connection.getresponse()
            response.read()
            if response.status not in {200, 304}:
                raise SystemExit(f"{address}: {response.status}")
            if is_known:
                headers = {"If-None-Match": response.headers["ETag"]}
            yield


def open_bolt(settings: Settings, rows: int) -> Iterator[None]:
    """Ask over one session, again and again."""
    import neo4j  # noqa: PLC0415

    ontology = load_ontology()
    statement = spell_types(read_statements(*STATEMENTS), ontology)["relations"]
    parameters = bind(ask(RelationQuery(limit=rows, min_confidence=0.7), ontology))
    auth = (settings.neo4j_user, settings.neo4j_password)
    with (
        neo4j.GraphDatabase.driver(settings.store, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=settings.neo4j_database) as session,
    ):
        while True:
            session.execute_read(lambda tx: [dict(record) for record in tx.run(statement, parameters)])
            yield


if __name__ == "__main__":
    main()
