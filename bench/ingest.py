"""How fast articles become relations, against the bare language pipeline on the same text in the same run.

`python bench/ingest.py [--data ../shared/data] [--quick] [--json]` takes turns, round by round, between
bare:   `nlp.pipe` of the full shipped pipeline, as `spacy.load` gives it, on whole articles
gated:  sentences, words, known names, the gate, and the parse of what passes it
fast:   `Coder.code_articles`, text to relations, with the setting `pair_model=fast`
whole:  the same with the whole pair model
and prints words per second of processor time and the ratios. The texts are the sample articles, and the news beside the
labels where they are there. Exits 0 where the goals hold, 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import spacy

from dyadgraph.model import Article
from dyadgraph.settings import Settings
from graphapi.wiring import Workbench
from ingest.coder import Coder, split_article
from ingest.readers import find_inputs, read_articles

GOALS = {"whole": 2.5, "fast": 2.5, "gated": 4.0}
SAMPLES = Path(str(files("dyadgraph") / "samples"))
SENTENCES = 1500


def load_texts(data: Path, sentences: int) -> dict[str, list[Article]]:
    """Return the articles by the name of their set."""
    samples = [a for path in find_inputs(SAMPLES) for a in read_articles(path, 1_000_000) if isinstance(a, Article)]
    sets = {"samples": samples}
    news = data / "news" / "voa.jsonl"
    if news.exists():
        lines = [json.loads(line) for line in news.read_text(encoding="utf8").splitlines()[:sentences]]
        runs = groupby(enumerate(lines), key=lambda each: each[0] // 15)  # an article has some fifteen sentences
        sets["voa"] = [Article.of(" ".join(row["text"] for _, row in run), url=f"voa:{n}") for n, run in runs]
    return sets


def seconds(work: Callable[[], Iterable[object]]) -> float:
    """Return the processor time that a generator takes to its end."""
    start = time.process_time()
    for _ in work():
        pass
    return time.process_time() - start


def measure(coder: Coder, fast: Coder, articles: list[Article], rounds: int) -> dict[str, float]:
    """Return words per processor second of each way, and the ratios."""
    bare = spacy.load(coder.nlp.path)
    texts = [article.text for article in articles]
    words = sum(len(bare.make_doc(text)) for text in texts)
    ways: dict[str, Callable[[], Iterable[object]]] = {
        "bare": lambda: bare.pipe(texts),
        "gated": lambda: coder.read(sentence for article in articles for sentence in split_article(article)),
        "fast": lambda: fast.code_articles(articles),
        "whole": lambda: coder.code_articles(articles),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, work in ways.items():
            times[name].append(seconds(work))
    middle = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    figures = {f"{name}_words_per_second": words / middle[name] for name in ways}
    return figures | {name: middle["bare"] / middle[name] for name in GOALS}


def main() -> int:
    """Measure each set of texts, print the figures last, and say by the exit code whether the goals hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--quick", action="store_true", help="One round on fewer sentences.")
    parser.add_argument("--json", action="store_true", help="Print JSON.")
    given = parser.parse_args()
    settings = Settings.from_environment()
    coder, fast = (Workbench(replace(settings, pair_model=name)).coder for name in ("full", "fast"))
    found = {}
    for name, articles in load_texts(given.data, 300 if given.quick else SENTENCES).items():
        found[name] = measure(coder, fast, articles, 1 if given.quick else 5)
    judged = found.get("voa", found["samples"])
    missed = [name for name, least in GOALS.items() if judged[name] < least]
    if given.json:
        print(json.dumps({"figures": found, "missed": missed}))
        return 1 if missed else 0
    for name, figures in found.items():
        speeds = "  ".join(f"{way} {figures[way + '_words_per_second']:,.0f} words/s" for way in ("bare", *GOALS))
        print(f"{name:8} {speeds}  " + "  ".join(f"{way}/bare {figures[way]:.2f}" for way in GOALS))
    for name in missed:
        print(f"missed: {name}/bare >= {GOALS[name]}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
