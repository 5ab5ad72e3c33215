"""An article goes in, its relations come out: read this first.

article -> sentences -> words -> mentions -> (gate) -> parse -> scene (who is who)
        -> what the rules find -> what the pair model decides -> relations
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from dyadgraph.gazetteer import Gazetteer
from dyadgraph.model import Actor, Article, Evidence, Extraction, Relation
from dyadgraph.ontology import Ontology
from ingest.decide import Decision, by_model, by_rules
from ingest.frames import compile_rules
from ingest.gate import can_hold_relation
from ingest.language import parse, tokenize
from ingest.linking import Linker
from ingest.memory import Memory
from ingest.mentions import Reading, find_mentions, read_sentence
from ingest.pair_features import Pair, find_pairs
from ingest.pair_model import PairModel
from ingest.relations import Finding, find_relations
from ingest.scene import Scene
from ingest.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article: characters start:end of its text."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Study:
    """What the coder saw in one sentence; `scene` is None where the gate kept it from being parsed."""

    scene: Scene | None
    pairs: tuple[Pair, ...]
    relations: tuple[Relation, ...]


NOTHING = Study(None, (), ())


class Coder:
    """Codes articles; holds the language pipeline, the gazetteer and the compiled vocabulary."""

    def __init__(
        self, nlp: Language, gazetteer: Gazetteer, ontology: Ontology, pair_model: PairModel | None = None
    ) -> None:
        self.nlp = nlp
        self.gazetteer = gazetteer
        self.ontology = ontology
        self.pair_model = pair_model
        self.rules = compile_rules(ontology)

    def code_article(self, article: Article) -> Extraction:
        """Return every relation of one article, in the order of its text."""
        return next(self.code_articles([article]))

    def code_articles(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Code articles one after another; sentences of several are parsed together."""
        for article in articles:
            sentences = [Sentence(article, start, end) for start, end in split_sentences(article.text)]
            relations = [relation for found in self.code_sentences(sentences) for relation in found]
            yield Extraction(article, tuple(relations))

    def code_sentences(self, sentences: Sequence[Sentence]) -> Iterator[tuple[Relation, ...]]:
        """Yield the relations of each sentence; neighbours of the same article are its context."""
        for study in self.study(sentences):
            yield study.relations

    def study(self, sentences: Sequence[Sentence]) -> Iterator[Study]:
        """Yield all that is seen in each sentence: what the pair model learns from and the benches measure."""
        for _, group in groupby(sentences, key=lambda sentence: sentence.article.id):
            yield from self._study_document(list(group))

    def find_actors(self, text: str, on: date | None) -> tuple[Actor, ...]:
        """Return everybody whom a text names or points at, in the order of first appearance."""
        article = Article.of(text, published=on)
        readings = [self._read(Sentence(article, start, end), on) for start, end in split_sentences(text)]
        linker = Linker(self.gazetteer, on)
        found: dict[str, Actor] = {}
        for reading, doc in zip(readings, parse(self.nlp, (reading.doc for reading in readings)), strict=True):
            scene = linker.link(replace(reading, doc=doc))
            for token in sorted(scene.links):
                found.update({actor.id: actor for actor in scene.links[token].actors if actor.id not in found})
        return tuple(found.values())

    def _study_document(self, sentences: list[Sentence]) -> Iterator[Study]:
        on = sentences[0].article.published
        readings = [self._read(sentence, on) for sentence in sentences]
        wanted = [can_hold_relation(reading, self.gazetteer) for reading in readings]
        parsed = parse(self.nlp, (reading.doc for reading, keep in zip(readings, wanted, strict=True) if keep))
        linker = Linker(self.gazetteer, on)
        for sentence, reading, keep in zip(sentences, readings, wanted, strict=True):
            if not keep:
                linker.note(reading)
                yield NOTHING
                continue
            scene = linker.link(replace(reading, doc=next(parsed)))
            findings = find_relations(scene, self.rules, self.ontology.cues)
            pairs = tuple(find_pairs(scene, findings, self.rules))
            relations = tuple(self._relations(scene, sentence, findings, pairs))
            _remember(linker.memory, relations)
            yield Study(scene, pairs, relations)

    def _read(self, sentence: Sentence, on: date | None) -> Reading:
        doc = tokenize(self.nlp, sentence.text)
        return read_sentence(sentence.text, doc, find_mentions(doc, self.gazetteer, on))

    def _relations(
        self, scene: Scene, sentence: Sentence, findings: list[Finding], pairs: tuple[Pair, ...]
    ) -> list[Relation]:
        if self.pair_model is None:
            decisions = by_rules(findings)
        else:
            decisions = by_model(scene, findings, pairs, self.pair_model, self.ontology)
        best: dict[tuple[str, str, str], Relation] = {}
        for decision in decisions:
            relation = _to_relation(scene, sentence, decision)
            if relation is not None:
                best.setdefault((relation.source.id, relation.type, relation.target.id), relation)
        for person, code, token in scene.leads:
            relation = _leads(scene, sentence, person, self.gazetteer.actor_of_code(code), token)
            best.setdefault((relation.source.id, relation.type, relation.target.id), relation)
        return sorted(best.values(), key=lambda relation: relation.evidence.trigger_start)


def _remember(memory: Memory, relations: Iterable[Relation]) -> None:
    for relation in relations:
        if relation.type == "visit":
            memory.destinations[relation.source.id] = relation.target
        if relation.type != "leads":
            memory.pair = relation.source, relation.target


def _to_relation(scene: Scene, sentence: Sentence, decision: Decision) -> Relation | None:
    """Make a relation of a decision, unless it is domestic; symmetric ones get one order."""
    source, target = decision.source, decision.target
    if source.id == target.id or (source.country and source.country == target.country):
        return None
    if decision.type.symmetric and target.id < source.id:
        source, target = target, source
    return Relation(
        source=source,
        type=decision.type.id,
        target=target,
        status=decision.status,
        evidence=_evidence(scene, sentence, decision.trigger),
        rule=decision.rule,
        confidence=round(decision.confidence, 3),
        date=sentence.article.published,
        mode=decision.mode,
    )


def _leads(scene: Scene, sentence: Sentence, person: Actor, led: Actor, token: int) -> Relation:
    evidence = _evidence(scene, sentence, token)
    return Relation(person, "leads", led, "occurred", evidence, "title", date=sentence.article.published)


def _evidence(scene: Scene, sentence: Sentence, token: int) -> Evidence:
    first, last = scene.reading.spans[token]
    start, end = sentence.start + first, sentence.start + last
    text = sentence.article.text
    day = sentence.article.published
    return Evidence(sentence.article, sentence.text, sentence.start, sentence.end, text[start:end], start, end, day)
