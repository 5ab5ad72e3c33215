"""How fast both stores are on one made-up graph: `python bench/store.py [--events N] [--sqlite] [--quick] [--json]`.

A million events between 200 countries and 5,000 persons, a few of them in most of it (`bench/store_graphs.py`), are
asked twenty kinds of questions (`bench/store_questions.py`) of countries, persons and months drawn as the news would.
SQLite: milliseconds. Neo4j (Java 17 and Maven; `--sqlite`: without it) was filled by our bulk export: milliseconds, and
the share of the raw driver with one statement written by hand for the same question on the same server, in turns.

Writing: events a second of processor time (SQLite), and by the clock against the bare `UNWIND` of the same rows without
anything folded (Neo4j), in turns. Exits 0 where the goals hold, 1 where one is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
os.environ.setdefault("DYADGRAPH_TEST_NEO4J_HEAP", "4g")
os.environ.setdefault("DYADGRAPH_TEST_NEO4J_PAGES", "4g")

import neo4j
from neo4j_server import Neo4jServer, run_imported, run_neo4j

from bench.store_graphs import make_extractions
from bench.store_questions import QUESTIONS, Asked, draw_values
from dyadgraph.model import Extraction
from dyadgraph.ontology import Ontology, load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import GraphStore, open_store
from dyadgraph.store.bulk import import_arguments, write_bulk
from dyadgraph.store.neo4j import STATEMENTS, spell_types, to_actor_row, to_article_row, to_event_row
from dyadgraph.store.statements import read_statements

BATCH = 500
"""Articles a transaction, of ten events each."""
GOALS = {"slowest p95 of SQLite, ms": 50.0, "slowest p95 of Neo4j to the raw driver's": 4.0}
LEAST = {"events a CPU-second, SQLite": 15_000.0, "writing Neo4j to bare UNWIND": 0.9}
Row = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, help="default 1000000, with --quick 10000")
    parser.add_argument("--sqlite", action="store_true", help="without Neo4j")
    parser.add_argument("--quick", action="store_true", help="a small graph, within a minute")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    events = given.events or (10_000 if given.quick else 1_000_000)
    rounds = 5 if given.quick else 20
    ontology = load_ontology()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="dyadgraph-bench-") as folder:
        rows = measure_sqlite(Path(folder) / "graph.db", events, rounds, ontology, figures)
        if not given.sqlite:
            written = 5_000 if given.quick else 100_000
            with fill_neo4j(Path(folder) / "csv", events, ontology, figures) as server:
                measure_neo4j(server, rounds, ontology, rows, figures)
            figures["writing Neo4j to bare UNWIND"] = compare_writing(written, ontology)
    missed = [name for name, most in GOALS.items() if figures.get(name, 0) > most]
    missed += [name for name, least in LEAST.items() if figures.get(name, least) < least]
    if given.json:
        print(json.dumps({"questions": rows, "figures": figures, "goals": {**GOALS, **LEAST}, "missed": missed}))
    else:
        show(rows, figures)
        print("missed: " + (", ".join(missed) or "nothing"))
    sys.exit(bool(missed))


def show(rows: Sequence[Row], figures: Mapping[str, float]) -> None:
    """Print the table of docs/performance.md, then the figures with goals."""
    print("| question | SQLite p50 / p95 ms | Neo4j p50 / p95 ms | raw driver p50 / p95 ms | ratio of p95 |")
    print("|---|---|---|---|---|")
    for row in rows:
        cells = [
            f"{row[f'{who} p50']:.1f} / {row[f'{who} p95']:.1f}"
            for who in ("sqlite", "neo4j", "raw")
            if f"{who} p50" in row
        ]
        ratio = [f"{row['ratio']:.2f}"] if "ratio" in row else []
        print("| " + " | ".join([row["question"], *cells, *ratio]) + " |")
    for name, value in figures.items():
        goal = (
            f" (goal at most {GOALS[name]:g})" if name in GOALS else f" (goal {LEAST[name]:g})" if name in LEAST else ""
        )
        print(f"{name}: {value:,.2f}{goal}")


def batches(events: int, ontology: Ontology, seed: int = 1) -> Iterator[list[Extraction]]:
    """Yield the graph in transactions."""
    made = make_extractions(events, ontology, seed=seed)
    while batch := list(islice(made, BATCH)):
        yield batch


def measure_sqlite(place: Path, events: int, rounds: int, ontology: Ontology, figures: dict[str, float]) -> list[Row]:
    """Fill a file, then ask it; returns a row a question."""
    address = f"sqlite:///{place}"
    with closing(open_store(address, Settings(store=address), ontology)) as store:
        spent, soon, written = 0.0, 0.0, 0
        for batch in batches(events, ontology):
            begun = time.process_time()
            store.add(batch)
            spent += time.process_time() - begun
            written += sum(len(each.relations) for each in batch)
            soon = spent if written <= 100_000 else soon
        figures["events a CPU-second, SQLite"] = min(written, 100_000) / soon
        figures[f"events a CPU-second, SQLite, all {written:,}"] = written / spent
        figures["SQLite bytes an event"] = place.stat().st_size / written
        times = ask_in_turns(
            [("sqlite", each, lambda values, each=each: each.ask(store, values)) for each in QUESTIONS], rounds
        )
        begun = time.perf_counter()
        store.rebuild()
        figures["SQLite rebuild, s"] = time.perf_counter() - begun
    rows = [{"question": each.name, **spread("sqlite", times["sqlite", each.name])} for each in QUESTIONS]
    figures["slowest p95 of SQLite, ms"] = max(row["sqlite p95"] for row in rows)
    return rows


@contextmanager
def fill_neo4j(folder: Path, events: int, ontology: Ontology, figures: dict[str, float]) -> Iterator[Neo4jServer]:
    """Give a server that our bulk export filled."""
    begun = time.perf_counter()
    write_bulk(make_extractions(events, ontology), folder, ontology)
    exported = time.perf_counter()
    with run_imported(folder, import_arguments()) as server:
        figures["bulk export, s"] = exported - begun
        figures["bulk import and start, s"] = time.perf_counter() - exported
        yield server


def measure_neo4j(
    server: Neo4jServer, rounds: int, ontology: Ontology, rows: Sequence[Row], figures: dict[str, float]
) -> None:
    """Ask a server through the store and through the bare driver, in turns."""
    with closing(open_neo4j(server, ontology)) as store, server.connect() as driver:
        spelled = spell_types({each.name: each.cypher for each in QUESTIONS}, ontology)
        ways: list[tuple[str, Asked, Callable[[Row], object]]] = []
        for each in QUESTIONS:
            ways.append(("neo4j", each, lambda values, each=each: each.ask(store, values)))
            ways.append(("raw", each, lambda values, each=each: run_raw(driver, spelled[each.name], values)))
        times = ask_in_turns(ways, rounds)
    for row in rows:
        name = row["question"]
        row.update(spread("neo4j", times["neo4j", name]) | spread("raw", times["raw", name]))
        row["ratio"] = row["neo4j p95"] / row["raw p95"]
    figures["slowest p95 of Neo4j to the raw driver's"] = max(row["ratio"] for row in rows)


def open_neo4j(server: Neo4jServer, ontology: Ontology) -> GraphStore:
    """Open our store on a server."""
    return open_store(server.address, Settings(store=server.address, neo4j_password=server.password), ontology)


def run_raw(driver: neo4j.Driver, statement: str, values: Mapping[str, Any]) -> list[Row]:
    """Ask the bare driver."""
    with driver.session(database="neo4j") as session:
        return session.execute_read(lambda tx: [dict(record) for record in tx.run(statement, values)])


def ask_in_turns(
    ways: Sequence[tuple[str, Asked, Callable[[Row], object]]], rounds: int
) -> dict[tuple[str, str], list[float]]:
    """Return milliseconds by who answered and question; every round asks all ways of the same values."""
    chance = random.Random(11)
    times: dict[tuple[str, str], list[float]] = {(who, each.name): [] for who, each, _ in ways}
    gc.freeze()  # as whoever loads the coder does
    for number in range(rounds + 1):
        values = draw_values(chance)
        for who, each, ask in ways:
            begun = time.perf_counter()
            ask(values)
            if number:  # the first round warms caches and plans
                times[who, each.name].append(1000 * (time.perf_counter() - begun))
    return times


def spread(who: str, times: Sequence[float]) -> dict[str, float]:
    """Return the middle of times and what nineteen of twenty stay below."""
    return {
        f"{who} p50": statistics.median(times),
        f"{who} p95": statistics.quantiles(times, n=20, method="inclusive")[-1],
    }


def compare_writing(events: int, ontology: Ontology) -> float:
    """Return how fast the store writes to an empty server, to the bare rows of the same events on another one."""
    rates = []
    for write in (write_ours, write_bare):
        with run_neo4j() as server, closing(open_neo4j(server, ontology)) as store, server.connect() as driver:
            for batch in batches(5_000, ontology, seed=9):  # warm up the server's compiler
                write(store, driver, batch, ontology)
            spent = 0.0
            for batch in batches(events, ontology):
                begun = time.perf_counter()
                write(store, driver, batch, ontology)
                spent += time.perf_counter() - begun
            rates.append(events / spent)
    return rates[0] / rates[1]


def write_ours(store: GraphStore, _: neo4j.Driver, batch: Sequence[Extraction], __: Ontology) -> None:
    """Add a batch as the store does."""
    store.add(batch)


def write_bare(_: GraphStore, driver: neo4j.Driver, batch: Sequence[Extraction], ontology: Ontology) -> None:
    """Add articles, actors, events and what joins them, and nothing that is folded."""
    statements = read_statements(*STATEMENTS)
    events = {event.id: event for each in batch for event in each.relations}
    actors = {actor.id: actor for event in events.values() for actor in (event.source, event.target)}

    def work(tx: neo4j.ManagedTransaction) -> None:
        tx.run(statements["add_articles"], rows=[to_article_row(each.article) for each in batch]).consume()
        tx.run(statements["add_actors"], rows=[to_actor_row(each, 0) for each in actors.values()]).consume()
        tx.run(statements["add_events"], rows=[to_event_row(*each, ontology) for each in events.items()]).consume()

    with driver.session(database="neo4j") as session:
        session.execute_write(work)


if __name__ == "__main__":
    main()
