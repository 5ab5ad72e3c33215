"""How many requests a second one process answers, without the network: `python bench/service.py [--quick] [--json]`.

Each question is put straight to the WSGI application over an SQLite graph of the sample articles, in turns with two
plain Flask applications that write the same value with orjson: one asks no store, the other the same store. `export`
tells the most memory that a writer holds while 100,000 relations pass through it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import orjson
from flask import Flask, Response
from werkzeug.test import EnvironBuilder

from dyadgraph.model import Actor, Article, Edge, Evidence
from dyadgraph.settings import Settings
from dyadgraph.store.base import RelationQuery
from graphapi.app import create_app
from graphapi.exports import FORMATS
from ingest.job import run_job
from ingest.readers import find_inputs, read_articles

SAMPLES = Path(__file__).parents[1] / "dyadgraph" / "samples"
QUESTIONS = {"one row": "/v1/relations?limit=1", "fifty rows": "/v1/relations?limit=50"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    share = 10 if options.quick else 1
    figures: dict[str, Any] = {"requests_per_second": measure_requests(2000 // share)}
    figures["export_peak_mb"] = measure_exports(100_000 // share)
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    for name, row in figures["requests_per_second"].items():
        told = "   ".join(f"{key} {value:,.0f}/s" for key, value in row.items() if key != "share")
        print(f"{name:12} {told}   share of plain Flask with store {row['share']:.2f}")
    for name, peak in figures["export_peak_mb"].items():
        print(f"export {name:8} peak {peak:.1f} MB")


def measure_requests(number: int) -> dict[str, dict[str, float]]:
    """Return requests a second by question: ours, its 304, and plain Flask with the same answer."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(store=f"sqlite:///{folder}/graph.db"))
        bench = app.extensions["dyadgraph"]
        run_job((a for p in find_inputs(SAMPLES) for a in read_articles(p, 1_000_000)), bench.coder, bench.store)
        for name, address in QUESTIONS.items():
            first = app.test_client().get(address)
            known = {"If-None-Match": first.headers["ETag"]}
            value = first.json
            query = RelationQuery(limit=len(value["items"]))
            plain = make_plain(lambda value=value: value)
            reading = make_plain(
                lambda query=query: [edge.to_dict() for edge in bench.store.relations(query).items],
            )
            asks = {
                "ours": lambda address=address: ask(app, address),
                "304": lambda address=address, known=known: ask(app, address, known),
                "plain": lambda plain=plain: ask(plain, "/"),
                "plain with store": lambda reading=reading: ask(reading, "/"),
            }
            row = race(asks, number)
            found[name] = {**row, "share": row["ours"] / row["plain with store"]}
        bench.close()
    return found


def make_plain(read: Callable[[], Any]) -> Flask:
    """Make a Flask application that only writes what `read` returns."""
    plain = Flask("plain")
    plain.add_url_rule("/", "value", lambda: Response(orjson.dumps(read()), content_type="application/json"))
    return plain


def ask(app: Flask, address: str, headers: dict[str, str] | None = None) -> None:
    """Put one request to the application and read its answer."""
    environ = EnvironBuilder(path=address, headers=headers or {}).get_environ()
    answer = app.wsgi_app(environ, lambda *_: lambda _: None)
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()


def race(asks: dict[str, Callable[[], None]], number: int) -> dict[str, float]:
    """Return calls a second: the median of five rounds, in turns, so that a busy machine slows all alike."""
    rates: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(5):
        for name, call in asks.items():
            began = time.perf_counter()
            for _ in range(number // 5):
                call()
            rates[name].append(number // 5 / (time.perf_counter() - began))
    return {name: statistics.median(each) for name, each in rates.items()}


def measure_exports(number: int) -> dict[str, float]:
    """Return the most megabytes that each format's writer holds while it writes `number` relations."""
    peaks = {}
    for name, written in FORMATS.items():
        tracemalloc.start()
        for _ in written.write(make_edges(number)):
            pass
        peaks[name] = round(tracemalloc.get_traced_memory()[1] / 1e6, 1)
        tracemalloc.stop()
    return peaks


def make_edges(number: int) -> Iterator[Edge]:
    """Make relations between a thousand actors, one at a time."""
    for index in range(number):
        first, second = (Actor(f"a{each % 1000}", f"Actor {each % 1000}", "person") for each in (index, index * 7 + 1))
        article = Article(f"article-{index}", "")
        evidence = Evidence(article, "One met the other.", 0, 18, "met", 4, 7)
        yield Edge(
            first, "meet", "CONSULT", "verbal_cooperation", second, "occurred", 1, 1, None, None, True, (evidence,)
        )


if __name__ == "__main__":
    main()
