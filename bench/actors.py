"""How many of the labelled actors the coder finds: for bench/accuracy.py."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.coder import Coder, Study
from tools.relations.labels import read_corpus, sentences_of


def measure_actors(coder: Coder, data: Path, corpora: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Return by corpus: relation sentences that the gate keeps, actors found, pairs of whom both are found (shares)."""
    return {corpus: _shares(coder, read_rows(data, corpus)) for corpus in corpora}


def read_rows(data: Path, corpus: str) -> list[dict[str, Any]]:
    """Return the labelled sentences of a set with their text: `dev`, `seed`, or a corpus to learn from."""
    if corpus not in {"dev", "seed"}:
        return read_corpus(data, corpus)
    texts = {row["id"]: row for row in _lines(data / "gold" / f"{corpus}.text.jsonl")}
    return [{**row, **texts[row["id"]]} for row in _lines(data / "gold" / f"{corpus}.jsonl")]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def _shares(coder: Coder, rows: list[dict[str, Any]]) -> dict[str, float]:
    count: Counter[str] = Counter()
    for row, study in zip(rows, coder.study(sentences_of(rows)), strict=True):
        found = _codes(study)
        relations = [(r["source"].get("country"), r["target"].get("country")) for r in row["relations"]]
        pairs = {frozenset(pair) for pair in relations if len(set(pair)) == 2}
        actors = {code for pair in relations for code in pair}
        count.update(sentences=bool(relations), kept=bool(relations and study.scene is not None))
        count.update(actors=len(actors), found=len(actors & found))
        count.update(pairs=len(pairs), reached=sum(pair <= found for pair in pairs))
    return {
        "kept": count["kept"] / max(count["sentences"], 1),
        "actors": count["found"] / max(count["actors"], 1),
        "pairs": count["reached"] / max(count["pairs"], 1),
    }


def _codes(study: Study) -> set[str]:
    if study.scene is None:
        return set()
    references = study.scene.links.values()
    told = {code for person, code, _ in study.scene.leads for code in (code, person.code)}
    return told | {actor.code for reference in references for actor in reference.actors}
