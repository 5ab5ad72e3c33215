"""How a whole job does, web pages to graph: `python bench/jobs.py [--data ../shared/data] [--soak] [--quick] [--json]`.

pages:   the words a second of `run_job` on web pages (read, coded, stored in SQLite, journal kept), by the clock,
         against bare `nlp.pipe` of the full language pipeline on the text of the same pages, in turns
two:     how much sooner two processes are done with texts than one, their start included
again:   how much sooner the same pages are done when all are there already; with `--soak` 100,000 short articles
memory:  with `--soak` (ten minutes): what 100,000 articles hold at their end, against after the first 10,000
Exits 0 where the goals hold, 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import spacy

from bench.ingest import load_texts
from dyadgraph.model import Article
from dyadgraph.ontology import load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import open_store
from graphapi.wiring import Workbench
from ingest.coder import Coder
from ingest.job import JobReport, Processes, run_job
from ingest.journal import Journal
from ingest.readers import Rejected, Sandbox, find_inputs, read

GOALS = {"pages": 1.0, "two": 1.7, "again": 10.0}
MOST = {"memory": 1.05}
PAGE = """<!doctype html><html lang="en"><head><title>Report {n}</title>
<link rel="canonical" href="https://wire.example/{n}">
<meta property="article:published_time" content="2015-05-01T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<article><h1>Report {n}</h1>{text}</article><footer>Wire</footer></body></html>"""
PLACES = "Kenya Ghana Chile Peru Japan Thailand Norway Poland Egypt Jordan Spain Cuba Nepal Fiji Togo".split()
SOAK, WARM = 100_000, 10_000


def main() -> int:
    """Measure, print the figures last, and say by the exit code whether the goals hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--soak", action="store_true", help="100,000 articles, twice")
    parser.add_argument("--soak-child", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="one round on few pages")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    if given.soak_child:
        print(json.dumps(soak(given.soak_child)))
        return 0
    with tempfile.TemporaryDirectory(prefix="dyadgraph-bench-") as folder:
        figures = measure(Path(folder), given.data, quick=given.quick)
        if given.soak:
            figures |= run_soak(Path(folder))
    missed = [name for name, least in GOALS.items() if figures.get(name, least) < least]
    missed += [name for name, most in MOST.items() if figures.get(name, 0) > most]
    if given.json:
        print(json.dumps({"figures": figures, "goals": {**GOALS, **MOST}, "missed": missed}))
    else:
        for name, value in figures.items():
            goal = (
                f" (goal {GOALS[name]})" if name in GOALS else f" (goal at most {MOST[name]})" if name in MOST else ""
            )
            print(f"{name}: {value:,.2f}{goal}")
        print("missed: " + (", ".join(missed) or "nothing"))
    return 1 if missed else 0


def measure(folder: Path, data: Path, *, quick: bool) -> dict[str, float]:
    """Return the figures of pages: in turns bare and whole, then one process and two, then all of it again."""
    sets = load_texts(data, 450 if quick else 2000)
    pages = folder / "pages"
    write_pages([article for articles in sets.values() for article in articles], pages)
    coder = Workbench(Settings.from_environment()).coder
    bare = spacy.load(coder.nlp.path)
    texts = [item.text for item in read_pages(pages) if isinstance(item, Article)]
    words = sum(len(bare.make_doc(text)) for text in texts)
    stores = iter(range(1000))
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: [None for _ in bare.pipe(texts)],
        "whole": lambda: ingest(pages, folder / f"{next(stores)}.db", coder),
    }
    middle = {name: statistics.median(each) for name, each in in_turns(ways, 1 if quick else 3).items()}
    figures = {f"{name}_words_per_second": words / middle[name] for name in ways}
    figures["pages"] = middle["bare"] / middle["whole"]
    many = [article for each in load_texts(data, 450 if quick else 6000).values() for article in each]
    several: dict[str, float] = {"1": 0.0, "2": 0.0}
    for _ in range(1 if quick else 2):
        for name in several:
            way = Processes(int(name))
            several[name] += timed(partial(store_all, many, folder / f"{next(stores)}.db", way))
    figures["two"] = several["1"] / several["2"]
    figures["again"] = middle["whole"] / timed(lambda: ingest(pages, folder / "1.db", coder, again=True))
    return figures


def write_pages(articles: list[Article], folder: Path) -> None:
    """Write each article as a web page."""
    folder.mkdir()
    for n, article in enumerate(articles):
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in article.text.split("\n") if part)
        (folder / f"{n}.html").write_text(PAGE.format(n=n, text=paragraphs), encoding="utf8")


def ingest(pages: Path, graph: Path, coder: Coder, *, again: bool = False) -> None:
    """Read web pages into a graph of their own; raises SystemExit where the job did not do what it should."""
    report = store_all(read_pages(pages), graph, coder)
    if again == bool(report.stored) or report.quarantined:
        raise SystemExit(f"the job did something else: {report.counts()}")


def store_all(articles: Iterable[Article | Rejected], graph: Path, coder: Coder | Processes) -> JobReport:
    """Run a job into a graph of its own."""
    address = f"sqlite:///{graph}"
    settings = replace(Settings.from_environment(), store=address)
    with (
        closing(open_store(address, settings, load_ontology())) as store,
        closing(Journal(graph.with_suffix(".j"))) as book,
    ):
        return run_job(articles, coder, store, journal=book, job=book.open_job("bench"))


def read_pages(folder: Path) -> Iterator[Article | Rejected]:
    """Read the pages as `dyadgraph ingest` does: one process holds the parser."""
    with Sandbox() as sandbox:
        for path in find_inputs(folder):
            yield from read(path, max_characters=10_000_000, sandbox=sandbox)


def in_turns(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each way, round by round; a first round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            seconds = timed(work)
            if number:
                taken[name].append(seconds)
    return taken


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run_soak(folder: Path) -> dict[str, float]:
    """Run the long job in a process of its own, whose memory is its own."""
    command = [sys.executable, __file__, "--soak-child", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def soak(folder: Path) -> dict[str, float]:
    """Code and store 100,000 articles, then the same again; return memory and times."""
    address = f"sqlite:///{folder}/soak.db"
    settings = replace(Settings.from_environment(), store=address)
    coder = Workbench(settings).coder
    held: dict[int, float] = {}

    def watch(report: JobReport) -> None:
        if report.read % WARM == 0:
            held[report.read] = resident()
            print(f"{report.read:,} articles, {held[report.read]:.0f} MB", file=sys.stderr)

    with closing(open_store(address, settings, load_ontology())) as store, closing(Journal(folder / "soak.j")) as book:
        first = timed(
            lambda: run_job(make_articles(), coder, store, journal=book, job=book.open_job("1"), progress=watch)
        )
        kept = store.state()
        second = timed(lambda: run_job(make_articles(), coder, store, journal=book, job=book.open_job("2")))
        if store.state() != kept or kept.articles != SOAK:
            raise SystemExit(f"the second time wrote something: {kept}, then {store.state()}")
    return {
        "soak_articles_per_second": SOAK / first,
        "soak_events": kept.events,
        "again": first / second,
        "memory_mb": held[SOAK],
        "memory": held[SOAK] / held[WARM],
    }


def make_articles() -> Iterator[Article]:
    """Yield short articles, each with words of its own."""
    for n in range(SOAK):
        one, two = PLACES[n % 15], PLACES[(n // 15 + n + 1) % 15]
        text = (
            f"The president of {one} visited {two} with {n} guests. {two} accused {one} of spying in case {n * 7919}."
        )
        yield Article.of(text, url=f"https://wire.example/{n}")


def resident() -> float:
    """Return the megabytes that this process holds for itself, without the pages of files that the system may take."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("RssAnon:")[2].split()[0]) / 1000


if __name__ == "__main__":
    sys.exit(main())
