"""What the rules found and what the pair model thinks in, one decision per relation out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dyadgraph.model import Actor, Status
from dyadgraph.ontology import Ontology, RelationType
from ingest.pair_features import Mentioned, Pair
from ingest.pair_model import PairModel
from ingest.relations import Finding
from ingest.scene import Scene
from ingest.status import find_status

# Share of right relations among those that rules alone claim, on labelled sentences (docs/accuracy.md).
RULE_CONFIDENCE = 0.65


@dataclass(frozen=True, slots=True)
class Decision:
    """One relation of a sentence before it becomes a Relation: who, what, to whom, and why."""

    source: Actor
    type: RelationType
    target: Actor
    status: Status
    trigger: int
    rule: str
    confidence: float
    mode: str | None = None
    context: str | None = None


def by_rules(findings: Iterable[Finding]) -> Iterator[Decision]:
    """Take what the rules say as it is."""
    for finding in findings:
        yield _of_finding(finding, RULE_CONFIDENCE)


def by_model(
    scene: Scene, findings: list[Finding], pairs: Sequence[Pair], model: PairModel, ontology: Ontology
) -> Iterator[Decision]:
    """Let the model decide pair by pair; where a rule agrees with it, the rule's words and status are kept."""
    for pair, held in model.decide(scene, pairs):
        families: set[str] = set()
        for name, confidence in held:
            relation_type = ontology.get(name.rstrip("<>"))
            if (family := relation_type.plover or relation_type.id) in families:
                continue  # a visit and a meeting in one sentence are one consultation, unless two rules say so
            families.add(family)
            source, target = (pair.second, pair.first) if name.endswith("<") else (pair.first, pair.second)
            finding = _agreeing(findings, source, target, relation_type)
            if finding is not None:
                yield _of_finding(finding, confidence)
            else:
                status = find_status(scene, scene.doc[pair.trigger], ontology.cues)
                yield Decision(source.actor, relation_type, target.actor, status, pair.trigger, "model", confidence)


def _agreeing(
    findings: list[Finding], source: Mentioned, target: Mentioned, relation_type: RelationType
) -> Finding | None:
    """Return the rule's finding of the same pair and family, the same type before another of the family."""
    ends = source.actor.code, target.actor.code
    same: Finding | None = None
    for finding in findings:
        found = finding.source.actor.code, finding.target.actor.code
        kind = finding.rule.type
        directed = not (kind.symmetric or kind.plover == "CONSULT")
        if found != ends and (directed or found != ends[::-1]):
            continue
        if kind.id == relation_type.id:
            return finding
        if kind.plover and kind.plover == relation_type.plover:
            same = finding
    return same


def _of_finding(finding: Finding, confidence: float) -> Decision:
    rule, trigger = finding.rule, finding.rule.trigger
    source, target = finding.source.actor, finding.target.actor
    said = trigger.mode, trigger.context
    return Decision(source, rule.type, target, finding.status, finding.trigger, rule.name, confidence, *said)
