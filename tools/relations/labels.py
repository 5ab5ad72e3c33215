"""Labelled sentences in, pairs with their features and labels out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from dyadgraph.model import Article
from ingest.coder import Coder, Sentence
from ingest.dates import find_date
from ingest.pair_encoder import mark_actors
from ingest.pieces import Pieces

OUTSIDE = ("own", "voa", "wce")
OURS = Path(__file__).parent / "sentences"
"""Sentences written for this project, with their text; the texts of the other corpora lie outside it."""

# Ten folds by article. Two of them, a fifth of the labels, are for test: never looked at while rules or features are
# written, never learned from. One chooses thresholds.
FOLDS = 10
TEST_FOLDS = frozenset((3, 8))
TUNING_FOLD = 1


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair of actors of one sentence: what the models see, and the classes that the label gives (none: unrelated).

    `pieces` is the sentence for the encoder and `places` the marks of the two; None where they lie beyond its length.
    """

    sentence: str
    fold: int
    corpus: str
    first: str
    second: str
    features: tuple[str, ...]
    pieces: tuple[int, ...]
    places: tuple[int, int] | None
    classes: tuple[str, ...]


def list_corpora() -> tuple[str, ...]:
    """Return the names of all corpora: those of the data folder, then those written for this project."""
    return (*OUTSIDE, *sorted(path.stem for path in OURS.glob("*.jsonl")))


def read_corpus(data: Path, corpus: str) -> list[dict[str, Any]]:
    """Return the labelled sentences of a corpus with their text, in the order of their documents."""
    if (OURS / f"{corpus}.jsonl").exists():
        rows = list(_lines(OURS / f"{corpus}.jsonl"))
    else:
        texts = {row["id"]: row["text"] for row in _lines(data / "news" / f"{corpus}.jsonl")}
        rows = [{**row, "text": texts[row["id"]]} for row in _lines(data / "gold" / f"train_{corpus}.jsonl")]
    return [{**row, "fold": crc32(row["doc"].encode()) % FOLDS} for row in rows]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def label_pairs(coder: Coder, rows: list[dict[str, Any]], corpus: str, pieces: Pieces) -> Iterator[LabelledPair]:
    """Yield every pair of actors that the coder sees in the sentences, with its label."""
    symmetric = {name for name, kind in coder.ontology.types.items() if kind.symmetric}
    for row, study in zip(rows, coder.study(sentences_of(rows)), strict=True):
        if study.scene is None or not study.pairs:
            continue
        marked = mark_actors(study.scene, pieces)
        for pair in study.pairs:
            first = pair.first.actor.code
            second = pair.second.actor.code
            one, two = marked.places.get(pair.first.token), marked.places.get(pair.second.token)
            places = None if one is None or two is None else (one, two)
            classes = tuple(classes_of(row["relations"], first, second, symmetric))
            yield LabelledPair(
                row["id"], row["fold"], corpus, first, second, pair.features, marked.pieces, places, classes
            )


def classes_of(relations: list[dict[str, Any]], first: str, second: str, symmetric: set[str]) -> Iterator[str]:
    """Yield the classes that hold between two codes: a type, with `>` where the first is the source, else `<`."""
    for relation in relations:
        source, target = relation["source"].get("country"), relation["target"].get("country")
        if relation["type"] != "leads" and source != target and {source, target} == {first, second}:
            way = "" if relation["type"] in symmetric else ">" if source == first else "<"
            yield relation["type"] + way


def sentences_of(rows: list[dict[str, Any]]) -> list[Sentence]:
    """Return labelled rows as sentences of articles; those of one `doc` stand in one article, in their order."""
    sentences: list[Sentence] = []
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        documents.setdefault(row["doc"], []).append(row)
    for name, group in documents.items():
        article = Article.of(
            "\n".join(row["text"] for row in group), url=name, published=find_date(group[0].get("date") or "")
        )
        place = 0
        for row in group:
            sentences.append(Sentence(article, place, place + len(row["text"])))
            place += len(row["text"]) + 1
    return sentences
