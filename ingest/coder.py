"""An article goes in, its relations come out: read this first.

article -> sentences -> words -> mentions -> (gate) -> parse -> scene (who is who)
        -> what the rules find -> what the pair model decides -> relations
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from dyadgraph.gazetteer import Gazetteer
from dyadgraph.model import Actor, Article, Evidence, Extraction, Relation
from dyadgraph.ontology import Modes, Ontology
from ingest.batches import batches
from ingest.decide import Decision, Models, by_model, by_rules
from ingest.event_dates import find_event_date
from ingest.frames import compile_rules
from ingest.gate import Gate, actors_named
from ingest.language import parse, tokenize
from ingest.linking import Linker
from ingest.memory import Memory
from ingest.mentions import Reading, find_mentions, may_name_unknown, read_sentence
from ingest.modes import find_context, find_mode
from ingest.pair_features import Pair, find_pairs
from ingest.pair_model import PairModel
from ingest.relations import Finding, find_relations
from ingest.scene import Scene
from ingest.scope import load_scope
from ingest.sentences import split_sentences
from ingest.status_model import StatusModel

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from ingest.explain import Explanation


class Linking(Protocol):
    """What finds out who is who in an article: a Linker, or one of a bench that leaves something out."""

    @property
    def memory(self) -> Memory:
        """What the article has said so far."""
        ...

    def link(self, reading: Reading, doc: Doc) -> Scene:
        """Give each token that points at somebody its reference."""
        ...


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


def split_article(article: Article) -> list[Sentence]:
    """Return the sentences of an article."""
    return [Sentence(article, start, end) for start, end in split_sentences(article.text)]


class NamedBefore:
    """Counts how many actors the sentences before one have named in its article."""

    def __init__(self) -> None:
        self._article = ""
        self._named: set[str] = set()

    def count(self, sentence: Sentence, reading: Reading) -> int:
        """Return the count before this sentence, and take it in; sentences come in the order of their text."""
        if sentence.article.id != self._article:
            self._article, self._named = sentence.article.id, set()
        before = len(self._named)
        self._named |= actors_named(reading)
        return before


@dataclass(frozen=True, slots=True)
class Study:
    """What the coder saw in one sentence; `scene` is None where the gate kept it from being parsed."""

    scene: Scene | None
    pairs: tuple[Pair, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...] = ()


NOTHING = Study(None, (), ())
ARTICLES = 64
SENTENCES = 1024  # as many are parsed together: a tenth faster than 256


class Coder:
    """Codes articles; holds the language pipeline, the gazetteer and the compiled vocabulary.

    Without a gate every sentence is parsed; without a pair model the rules decide alone, without a status model they
    say what happened and what is planned.
    """

    def __init__(  # noqa: PLR0913  (each is a part that may be left out)
        self,
        nlp: Language,
        gazetteer: Gazetteer,
        ontology: Ontology,
        *,
        gate: Gate | None = None,
        pair_model: PairModel | None = None,
        status_model: StatusModel | None = None,
    ) -> None:
        self.nlp = nlp
        self.gazetteer = gazetteer
        self.ontology = ontology
        self.gate = gate
        self.pair_model = pair_model
        self.status_model = status_model
        self.rules = compile_rules(ontology)
        self.scope = load_scope()
        self._lock = Lock()

    def code_article(self, article: Article) -> Extraction:
        """Return every relation of one article, in the order of its text; threads take turns.

        The words that only this article has are forgotten afterwards: memory does not grow with what was read.
        """
        with self._alone():
            (extraction,) = self.code_articles([article])
        return extraction

    def code_articles(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Code articles in their order; the sentences of several are parsed together."""
        for window in batches(articles, ARTICLES):
            split = [split_article(article) for article in window]
            studies = self.study(chain.from_iterable(split))
            for article, sentences in zip(window, split, strict=True):
                found = [study.relations for study in islice(studies, len(sentences))]
                yield Extraction(article, tuple(chain.from_iterable(found)))

    def explain(self, article: Article) -> tuple[Explanation, ...]:
        """Return why each relation of an article was found: the relations of `code_article`, in their order.

        Nothing of this is stored; it is found anew from the article's text.
        """
        from ingest.explain import Explainer  # noqa: PLC0415  (explain.py looks at a Study)

        explainer = Explainer(self.ontology, self.gazetteer, self.pair_model)
        with self._alone():
            studies = self.study(split_article(article))
            return tuple(chain.from_iterable(explainer.explain(study, article.published) for study in studies))

    def code_sentences(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Relation, ...]]:
        """Yield the relations of each sentence; neighbours of the same article are its context."""
        for study in self.study(sentences):
            yield study.relations

    def study(self, sentences: Iterable[Sentence]) -> Iterator[Study]:
        """Yield all that is seen in each sentence: what the pair model learns from and the benches measure."""
        linker: Linker | None = None
        article = ""
        for sentence, reading, doc in self.read(sentences):
            if linker is None or sentence.article.id != article:
                article = sentence.article.id
                linker = Linker(self.gazetteer, sentence.article.published)
            if doc is None:
                linker.note(reading)
                yield NOTHING
            else:
                yield self.study_sentence(linker, sentence, reading, doc)

    def read(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Reading, Doc | None]]:
        """Yield each sentence with its known names, and the parse of those that can hold a relation."""
        before = NamedBefore()
        for window in batches(sentences, SENTENCES):
            readings = [self.find_names(sentence) for sentence in window]
            wanted = [
                self.gate is None or self.gate.can_hold_relation(reading, before.count(sentence, reading))
                for sentence, reading in zip(window, readings, strict=True)
            ]
            kept = [reading for reading, keep in zip(readings, wanted, strict=True) if keep]
            parsed = iter(self._parse(kept))
            for sentence, reading, keep in zip(window, readings, wanted, strict=True):
                yield sentence, reading, next(parsed) if keep else None

    def _parse(self, readings: list[Reading]) -> list[Doc]:
        return parse(self.nlp, readings, [may_name_unknown(reading, self.gazetteer) for reading in readings])

    def find_actors(self, text: str, on: date | None) -> tuple[Actor, ...]:
        """Return everybody whom a text names or points at, in the order of first appearance."""
        article = Article.of(text, published=on)
        linker = Linker(self.gazetteer, on)
        found: dict[str, Actor] = {}
        with self._alone():
            readings = [self.find_names(sentence) for sentence in split_article(article)]
            for reading, doc in zip(readings, self._parse(readings), strict=True):
                scene = linker.link(reading, doc)
                for token in sorted(scene.links):
                    found.update({actor.id: actor for actor in scene.links[token].actors if actor.id not in found})
        return tuple(found.values())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the pipeline alone: what it learns within is freed at the end, and nobody else may stand on it then."""
        with self._lock, self.nlp.memory_zone():
            yield

    def study_sentence(self, linker: Linking, sentence: Sentence, reading: Reading, doc: Doc) -> Study:
        """Study one parsed sentence of the linker's article; its sentences must come in their order."""
        scene = linker.link(reading, doc)
        findings = find_relations(scene, self.rules, self.ontology.cues)
        pairs = tuple(find_pairs(scene, findings, self.rules))
        relations = tuple(self._relations(scene, sentence, findings, pairs))
        _remember(linker.memory, relations)
        return Study(scene, pairs, relations, tuple(findings))

    def find_names(self, sentence: Sentence) -> Reading:
        """Return a sentence with its known names, ready to be parsed."""
        cut = tokenize(self.nlp, sentence.text)
        return read_sentence(sentence.text, cut, find_mentions(cut, self.gazetteer, sentence.article.published))

    def _relations(
        self, scene: Scene, sentence: Sentence, findings: list[Finding], pairs: tuple[Pair, ...]
    ) -> list[Relation]:
        if self.pair_model is None:
            decisions = by_rules(findings)
        else:
            decisions = by_model(scene, findings, pairs, Models(self.pair_model, self.status_model), self.ontology)
        best: dict[tuple[str, str, str], Relation] = {}
        for decision in () if self.scope.is_elsewhere(scene) else decisions:
            if self._is_private(scene, decision):
                continue
            relation = _to_relation(scene, sentence, decision, self.ontology.modes)
            if relation is not None:
                best.setdefault((relation.source.id, relation.type, relation.target.id), relation)
        for person, code, token in scene.leads:
            relation = _leads(scene, sentence, person, self.gazetteer.actor_of_code(code), token)
            best.setdefault((relation.source.id, relation.type, relation.target.id), relation)
        return sorted(best.values(), key=lambda relation: relation.evidence.trigger_start)

    def _is_private(self, scene: Scene, decision: Decision) -> bool:
        """Tell whether the one who acts acts for himself; where both act, whether one of them does."""
        acting = (decision.source, decision.target) if decision.type.symmetric else (decision.source,)
        return any(self.scope.is_private(scene, actor) for actor in acting)


def _remember(memory: Memory, relations: Iterable[Relation]) -> None:
    for relation in relations:
        if relation.type == "visit":
            memory.destinations[relation.source.id] = relation.target
        if relation.type != "leads":
            memory.pair = relation.source, relation.target


def _to_relation(scene: Scene, sentence: Sentence, decision: Decision, modes: Modes) -> Relation | None:
    """Make a relation of a decision, unless it is domestic; symmetric ones get one order."""
    source, target = decision.source, decision.target
    if source.id == target.id or (source.country and source.country == target.country):
        return None
    if decision.type.symmetric and target.id < source.id:
        source, target = target, source
    day = find_event_date(scene, decision.trigger, decision.status, sentence.article.published)
    return Relation(
        source=source,
        type=decision.type.id,
        target=target,
        status=decision.status,
        evidence=_evidence(scene, sentence, decision.trigger, day),
        rule=decision.rule,
        confidence=round(decision.confidence, 3),
        date=day,
        mode=decision.mode or find_mode(scene, decision.trigger, decision.type, modes),
        context=decision.context or find_context(scene, decision.trigger, modes),
    )


def _leads(scene: Scene, sentence: Sentence, person: Actor, led: Actor, token: int) -> Relation:
    day = sentence.article.published
    return Relation(person, "leads", led, "occurred", _evidence(scene, sentence, token, day), "title", date=day)


def _evidence(scene: Scene, sentence: Sentence, token: int, day: date | None) -> Evidence:
    first, last = scene.reading.spans[token]
    start, end = sentence.start + first, sentence.start + last
    text = sentence.article.text
    return Evidence(sentence.article, sentence.text, sentence.start, sentence.end, text[start:end], start, end, day)
