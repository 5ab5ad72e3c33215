"""A studied sentence in, why it holds each of its relations out: words, rule, features, codes, who is who.

Made anew from the article's text whenever somebody asks; the normal path pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dyadgraph.gazetteer import Gazetteer
from dyadgraph.model import Actor, Relation, iso
from dyadgraph.ontology import Ontology, RelationType
from ingest.feature_words import in_words
from ingest.grounds import tell_why
from ingest.linear import hash_feature
from ingest.pair_features import Pair
from ingest.pair_model import PairModel
from ingest.relations import Finding
from ingest.scene import Scene
from ingest.status import find_status

if TYPE_CHECKING:
    from ingest.coder import Study

STRONGEST = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an actor got its id: the words that point at it (characters of the article's text) and what they are."""

    actor: Actor
    words: str
    start: int
    end: int
    why: str

    def to_dict(self) -> dict[str, Any]:
        """Return the actor's fields, words, start, end, why."""
        place = {"words": self.words, "start": self.start, "end": self.end}
        return {**self.actor.to_dict(), **place, "why": self.why}


@dataclass(frozen=True, slots=True)
class Feature:
    """What the linear model saw, in words, and its weight in log-odds: above zero it spoke for the relation."""

    words: str
    weight: float

    def to_dict(self) -> dict[str, Any]:
        """Return words, weight."""
        return {"words": self.words, "weight": round(self.weight, 3)}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one relation was found.

    `rule` is the line of the vocabulary that agrees with it, None where the models decided alone; `features` are the
    linear model's strongest, none where rules decided alone. `cameo` is the rule's where it is more special.
    """

    relation: Relation
    type: RelationType
    cameo: str
    rule: str | None
    features: tuple[Feature, ...]
    status: str
    source: Reason
    target: Reason

    def to_dict(self) -> dict[str, Any]:
        """Return everything, as the API and the command line write it."""
        relation, evidence = self.relation, self.relation.evidence
        return {
            "id": relation.id,
            "sentence": evidence.sentence,
            "start": evidence.start,
            "end": evidence.end,
            "trigger": evidence.trigger,
            "trigger_start": evidence.trigger_start,
            "trigger_end": evidence.trigger_end,
            "source": self.source.to_dict(),
            "target": self.target.to_dict(),
            "type": relation.type,
            "plover": self.type.plover,
            "cameo": self.cameo,
            "goldstein": self.type.goldstein,
            "quad": self.type.quad,
            "status": relation.status,
            "status_why": self.status,
            "mode": relation.mode,
            "context": relation.context,
            "date": iso(relation.date),
            "made_by": relation.rule,
            "rule": self.rule,
            "features": [feature.to_dict() for feature in self.features],
            "confidence": relation.confidence,
        }


class Explainer:
    """Explains the relations of a sentence; without a pair model by rules alone."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer, pair_model: PairModel | None) -> None:
        self._ontology = ontology
        self._gazetteer = gazetteer
        self._pair_model = pair_model

    def explain(self, study: Study, on: date | None) -> Iterator[Explanation]:
        """Yield an explanation of each relation of a study, in its order; `on` is the article's day."""
        scene = study.scene
        if scene is None:
            return
        for relation in study.relations:
            finding = _find_finding(scene, study.findings, relation)
            pair = next((each for each in study.pairs if _joins(each, relation)), None)
            kind = self._ontology.get(relation.type)
            yield Explanation(
                relation=relation,
                type=kind,
                cameo=(finding.rule.trigger.cameo if finding else None) or kind.cameo,
                rule=_rule_line(relation, finding),
                features=self._features(pair, relation, kind),
                status=self._status(scene, relation, finding),
                source=self._reason(scene, relation, relation.source, _token(relation.source, finding, pair), on),
                target=self._reason(scene, relation, relation.target, _token(relation.target, finding, pair), on),
            )

    def _features(self, pair: Pair | None, relation: Relation, kind: RelationType) -> tuple[Feature, ...]:
        """Return what moved the linear model most, for and against the class of the relation."""
        if pair is None or self._pair_model is None:
            return ()
        way = "" if kind.symmetric else ">" if pair.first.actor.code == relation.source.code else "<"
        classes = self._pair_model.classes
        if kind.id + way not in classes:
            return ()
        model = self._pair_model.linear
        column = 1 + classes.index(kind.id + way)  # the first column says whether the two are related at all
        known = [(name, model.rows.get(hash_feature(name))) for name in pair.features]
        weighed = [(name, float(model.weights[row, column])) for name, row in known if row is not None]
        weighed.sort(key=lambda each: -abs(each[1]))
        return tuple(Feature(in_words(name), weight) for name, weight in weighed[:STRONGEST] if weight)

    def _status(self, scene: Scene, relation: Relation, finding: Finding | None) -> str:
        if finding is not None and finding.rule.trigger.status:
            return "the rule itself says it"
        place = _trigger_token(scene, relation)
        if place is None or relation.type == "leads":
            return "a title is held"
        by_rules = find_status(scene, scene.doc[place], self._ontology.cues)
        if by_rules != relation.status:
            return f"the words around the trigger, as learned from labels; the rules would say {by_rules}"
        if by_rules == "occurred":
            return "no word around the trigger makes it less than a fact"
        near = [scene.reading.word(token.i) for token in _cue_tokens(scene, place)]
        return "words that govern the trigger: " + ", ".join(f"“{word}”" for word in near)

    def _reason(self, scene: Scene, relation: Relation, actor: Actor, token: int | None, on: date | None) -> Reason:
        offset = relation.evidence.start
        if token is None or actor not in scene.links[token].actors:
            token = _nearest(scene, actor, _trigger_token(scene, relation))
        if token is None:  # "Russian President Putin" leads Russia: the adjective is part of Putin's name
            evidence = relation.evidence
            why = "title, name and country stand together in the sentence"
            return Reason(actor, evidence.trigger, evidence.trigger_start, evidence.trigger_end, why)
        start, end = scene.reading.spans[token]
        why = tell_why(scene.links[token], actor, self._gazetteer, on)
        return Reason(actor, scene.reading.word(token), offset + start, offset + end, why)


def _rule_line(relation: Relation, finding: Finding | None) -> str | None:
    if relation.rule == "title":
        return "title, name and country of a person stand together"
    return f"{finding.rule.trigger.kind} {finding.rule.trigger.line}" if finding else None


def _find_finding(scene: Scene, findings: tuple[Finding, ...], relation: Relation) -> Finding | None:
    """Return the rule's finding that a relation was made of."""
    ends = {relation.source.id, relation.target.id}
    place = _trigger_token(scene, relation)
    for finding in findings:
        same = finding.rule.name == relation.rule and finding.rule.type.id == relation.type
        if same and finding.trigger == place and {finding.source.actor.id, finding.target.actor.id} == ends:
            return finding
    return None


def _joins(pair: Pair, relation: Relation) -> bool:
    return {pair.first.actor.code, pair.second.actor.code} == {relation.source.code, relation.target.code}


def _token(actor: Actor, finding: Finding | None, pair: Pair | None) -> int | None:
    """Return the token that put the actor into the relation."""
    if finding is not None:
        return finding.source.token if finding.source.actor == actor else finding.target.token
    if pair is not None:
        return pair.first.token if pair.first.actor == actor else pair.second.token
    return None


def _nearest(scene: Scene, actor: Actor, place: int | None) -> int | None:
    found = [token for token, reference in scene.links.items() if actor in reference.actors]
    return min(found, key=lambda token: abs(token - (place or 0)), default=None)


def _trigger_token(scene: Scene, relation: Relation) -> int | None:
    evidence = relation.evidence
    span = evidence.trigger_start - evidence.start, evidence.trigger_end - evidence.start
    return scene.reading.spans.index(span) if span in scene.reading.spans else None


def _cue_tokens(scene: Scene, place: int) -> list[Any]:
    """Return the words that colour a trigger: its auxiliaries, negation, adjectives, and what governs it."""
    trigger = scene.doc[place]
    colouring = {"aux", "neg", "advmod", "mark", "amod", "det"}
    near = [child for child in trigger.children if child.dep_ in colouring and child.i not in scene.links]
    if trigger.head is not trigger:
        near.append(trigger.head)
    return sorted(near, key=lambda token: token.i)
