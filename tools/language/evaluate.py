"""Measure a pipeline: `python -m tools.language.evaluate [MODEL] [--data ../shared/data] [--json]`.

None of what is measured on was learned from. The corpora's texts are tokenized by the pipeline itself, a
sentence at a time, as ingest does it; punctuation counts in no figure of the parse.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.language import load_language
from tools.language.entities import read_universal, read_voa
from tools.language.entity_corpus import VOA_LABELS
from tools.language.sentence import Sentence, to_example
from tools.language.syntax_corpus import read_sentences
from tools.language.train import DATA, HERE

if TYPE_CHECKING:
    from spacy.language import Language

TREEBANKS = ("pud-test", "ewt-test", "gum-open-test")
LABELS = ("nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "poss", "conj", "appos", "compound", "xcomp", "relcl")
SPEED_SENTENCES = 2000


@dataclass(frozen=True, slots=True)
class Score:
    """One test set: its name, how many sentences, and the figures by name, between 0 and 1 where they are shares."""

    name: str
    sentences: int
    figures: dict[str, float]
    by_label: dict[str, float]


def evaluate(nlp: Language, data: Path) -> list[Score]:
    """Score the parse on three treebanks and our own arcs, the names on three sets, and the speed."""
    scores = [score_arcs(nlp)]
    for name in TREEBANKS:
        path = data / "treebanks" / f"{name}.conllu"
        if path.is_file():
            scores.append(score_syntax(nlp, name, read_sentences(path)))
    for name in ("PUD-test", "EWT-test"):
        path = data / "ner" / f"{name}.iob2"
        if path.is_file():
            scores.append(score_entities(nlp, f"UNER {name}", read_universal(path)))
    news = data / "news" / "voa.jsonl"
    if news.is_file():
        scores.append(score_entities(nlp, "VOA names", read_voa(VOA_LABELS, news, "test")))
        texts = [json.loads(line)["text"] for line in news.read_text(encoding="utf-8").splitlines()]
        scores.append(measure_speed(nlp, texts[:SPEED_SENTENCES]))
    return scores


def score_syntax(nlp: Language, name: str, sentences: list[Sentence]) -> Score:
    """Score tags, parts of speech, heads and labels on a converted treebank."""
    with nlp.select_pipes(disable=["ner"]):
        result = nlp.evaluate(to_example(nlp, sentence) for sentence in sentences)
    figures = {"tag": result["tag_acc"], "pos": result["pos_acc"], "uas": result["dep_uas"], "las": result["dep_las"]}
    types = result["dep_las_per_type"]
    return Score(name, len(sentences), figures, {label: types[label]["f"] for label in LABELS if label in types})


def score_entities(nlp: Language, name: str, sentences: list[Sentence]) -> Score:
    """Score names: both ends and the label must be right."""
    with nlp.select_pipes(enable=["ner"]):
        result = nlp.evaluate(to_example(nlp, sentence) for sentence in sentences)
    figures = {"precision": result["ents_p"], "recall": result["ents_r"], "f1": result["ents_f"]}
    return Score(name, len(sentences), figures, {label: one["f"] for label, one in result["ents_per_type"].items()})


def score_arcs(nlp: Language) -> Score:
    """Score the arcs of arcs.toml: the share whose head, and whose head and label, are right."""
    cases = tomllib.loads((HERE / "arcs.toml").read_text(encoding="utf-8"))["sentence"]
    attached = labelled = total = 0
    for case in cases:
        doc = nlp(case["text"])
        for child, head, label in case["arcs"]:
            found = [token for token in doc if token.text == child and token.head.text == head]
            attached += bool(found)
            labelled += any(token.dep_ == label for token in found)
            total += 1
    return Score("own arcs", len(cases), {"uas": attached / total, "las": labelled / total}, {})


def measure_speed(nlp: Language, texts: list[str]) -> Score:
    """Count words per second of processor time, so that what else the machine does changes nothing."""
    docs = [nlp.make_doc(text) for text in texts]
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(docs, batch_size=128))
    return Score("speed", len(texts), {"words_per_second": round(words / (time.process_time() - start))}, {})


def format_table(scores: Iterable[Score]) -> str:
    """Lay the scores out as lines of text."""
    lines = []
    for score in scores:
        figures = "  ".join(f"{name} {_format(value)}" for name, value in score.figures.items())
        labels = "  ".join(f"{name} {_format(value)}" for name, value in score.by_label.items())
        lines.append(f"{score.name:15} {score.sentences:5} sentences  {figures}")
        lines += [f"{'':15} {labels}"] if labels else []
    return "\n".join(lines)


def _format(value: float) -> str:
    return f"{value:.3f}" if value <= 1 else f"{value:.0f}"


def main(arguments: list[str] | None = None) -> int:
    """Parse arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tools.language.evaluate", description=__doc__)
    parser.add_argument("model", nargs="?", default="", help="a pipeline's folder or package; else the one that ships")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with treebanks/, ner/ and news/")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    scores = evaluate(load_language(chosen.model), chosen.data)
    rows: list[dict[str, Any]] = [asdict(score) for score in scores]
    print(json.dumps(rows, indent=1) if chosen.json else format_table(scores))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
