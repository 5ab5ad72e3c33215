"""Which rules err, and which words no rule knows: `python -m tools.relations.lexicon --data ../shared/data`.

Rules alone are held against the labels to learn from: never dev, never the test fifth, never the tuning tenth (whose
figures `--score` prints). The first table has the rules that are wrong too often, with what the labels say instead; the
second the words that join two actors whose labelled relation no rule finds.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dyadgraph.gazetteer import load_gazetteer
from dyadgraph.ontology import load_ontology
from ingest.coder import Coder, Study
from ingest.gate import load_gate
from ingest.language import load_language
from ingest.relations import Finding
from tools.relations.labels import TEST_FOLDS, TUNING_FOLD, list_corpora, read_corpus, sentences_of

LEAST_CLAIMS = 4
LEAST_PRECISION = 0.4
LEAST_MISSED = 6
NOTHING = "nothing"
Row = dict[str, Any]
UNDIRECTED = {"CONSULT", "COOPERATE", "AGREE", "tension"}


def read_rows(data: Path, *, tuning: bool) -> list[Row]:
    """Return the labelled sentences to learn from, or those of the tuning tenth."""
    rows = [row for corpus in list_corpora() for row in read_corpus(data, corpus)]
    if tuning:
        return [row for row in rows if row["fold"] == TUNING_FOLD]
    return [row for row in rows if row["fold"] not in TEST_FOLDS | {TUNING_FOLD}]


class Analysis:
    """Counts rights and wrongs of every rule, and the words of what no rule found."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self._family = {name: kind.plover or name for name, kind in coder.ontology.types.items()}
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.instead: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.missing: Counter[tuple[str, str]] = Counter()
        self.labelled = self.found = self.false = 0

    def look(self, rows: list[Row]) -> None:
        """Code the rows by rules alone and compare."""
        for row, study in zip(_by_document(rows), self._coder.study(sentences_of(rows)), strict=True):
            self._compare(row, study)

    def _keys(self, relation: Row) -> Iterator[tuple[str, str, str]]:
        ends = relation["source"].get("country") or "", relation["target"].get("country") or ""
        for name in (relation["type"], *relation.get("alt", ())):
            yield self._key(ends[0], self._family.get(name, name), ends[1])

    def _key(self, source: str, family: str, target: str) -> tuple[str, str, str]:
        one, two = sorted((source, target)) if family in UNDIRECTED else (source, target)
        return one, family, two

    def _compare(self, row: Row, study: Study) -> None:
        relations = [r for r in row["relations"] if r["type"] != "leads" and len(set(_ends(r))) == 2]
        wanted = {key for relation in relations for key in self._keys(relation)}
        claimed: dict[tuple[str, str, str], Finding] = {}
        for finding in study.findings:
            ends = finding.source.actor.code, finding.target.actor.code
            if ends[0] != ends[1]:
                claimed.setdefault(self._key(ends[0], self._family[finding.rule.type.id], ends[1]), finding)
        for key, finding in claimed.items():
            name = f"{finding.rule.type.id}: {finding.rule.trigger.kind} {finding.rule.trigger.line}"[:90]
            (self.right if key in wanted else self.wrong)[name] += 1
            if key not in wanted:
                self.false += 1
                said = [r["type"] for r in relations if set(_ends(r)) == {key[0], key[2]}]
                self.instead[name].update(said or [NOTHING])
        for relation in relations:
            self.labelled += 1
            if any(key in claimed for key in self._keys(relation)):
                self.found += 1
            else:
                self._note_missing(study, relation)

    def _note_missing(self, study: Study, relation: Row) -> None:
        for pair in study.pairs:
            if {pair.first.actor.code, pair.second.actor.code} == set(_ends(relation)) and study.scene is not None:
                token = study.scene.doc[pair.trigger]
                if pair.trigger not in study.scene.links and token.is_alpha:
                    self.missing[f"{study.scene.lemma(token)}/{token.pos_}", relation["type"]] += 1


def _ends(relation: Row) -> tuple[str, str]:
    return relation["source"].get("country") or "", relation["target"].get("country") or ""


def _by_document(rows: list[Row]) -> Iterable[Row]:
    documents: dict[str, list[Row]] = {}
    for row in rows:
        documents.setdefault(row["doc"], []).append(row)
    return [row for group in documents.values() for row in group]


def main() -> None:
    """Print the tables, or the figures of rules alone on the tuning tenth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--score", action="store_true", help="Only figures, of the tuning tenth.")
    given = parser.parse_args()
    gazetteer = load_gazetteer()
    analysis = Analysis(Coder(load_language(), gazetteer, load_ontology(), gate=load_gate(gazetteer)))
    analysis.look(read_rows(given.data, tuning=given.score))
    precision = analysis.found / max(analysis.found + analysis.false, 1)
    recall = analysis.found / max(analysis.labelled, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"rules alone: precision {precision:.3f} recall {recall:.3f} f1 {f1:.3f}")
    if given.score:
        return
    for name, wrong in analysis.wrong.most_common():
        right = analysis.right[name]
        if wrong + right >= LEAST_CLAIMS and right / (wrong + right) < LEAST_PRECISION:
            said = ", ".join(f"{kind} {count}" for kind, count in analysis.instead[name].most_common(4))
            print(f"wrong {wrong:3} right {right:3}  {name}  <- {said}")
    for (word, kind), count in analysis.missing.most_common():
        if count >= LEAST_MISSED:
            print(f"missed {count:3}  {word} {kind}")


if __name__ == "__main__":
    main()
