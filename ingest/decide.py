"""What the rules found and what the pair model thinks in, one decision per relation out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dyadgraph.model import Actor, Status
from dyadgraph.ontology import Cues, Ontology, RelationType
from ingest.pair_features import Mentioned, Pair
from ingest.pair_model import PairModel
from ingest.relations import Finding
from ingest.scene import Scene
from ingest.status import find_status, is_told
from ingest.status_model import StatusModel

# Share of right relations among those that rules alone claim, on labelled sentences (docs/accuracy.md).
RULE_CONFIDENCE = 0.65
DATED = frozenset(("CONSULT", "AGREE"))


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


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned from labels: which relations a pair has; which status a relation has, else rules say it."""

    pair: PairModel
    status: StatusModel | None = None


def by_rules(findings: Iterable[Finding]) -> Iterator[Decision]:
    """Take what the rules say as it is."""
    for finding in findings:
        yield _of_finding(finding, RULE_CONFIDENCE)


def by_model(
    scene: Scene, findings: list[Finding], pairs: Sequence[Pair], models: Models, ontology: Ontology
) -> Iterator[Decision]:
    """Let the models decide pair by pair; where a rule agrees with them, the rule's words are kept."""
    for pair, held in models.pair.decide(scene, pairs):
        families: set[str] = set()
        for name, confidence in held:
            relation_type = ontology.get(name.rstrip("<>"))
            if (family := relation_type.plover or relation_type.id) in families:
                continue  # a visit and a meeting in one sentence are one consultation, unless two rules say so
            families.add(family)
            source, target = (pair.second, pair.first) if name.endswith("<") else (pair.first, pair.second)
            finding = agreeing(findings, source, target, relation_type)
            if finding is not None:
                decision = _of_finding(finding, confidence)
            else:
                status = find_status(scene, scene.doc[pair.trigger], ontology.cues)
                decision = Decision(
                    source.actor, relation_type, target.actor, status, pair.trigger, "model", confidence
                )
            yield _with_status(scene, decision, models, ontology.cues)


def _with_status(scene: Scene, decision: Decision, models: Models, cues: Cues) -> Decision:
    """Let the model say the status, unless a rule knows better.

    It does where the act's own verb bears a "not", "may" or "will", and where a meeting or an agreement is ruled out,
    planned or hoped for ("rejected a request" is no such case: the request was made).
    """
    trigger = scene.doc[decision.trigger]
    settled = decision.rule != "model" and (
        is_told(trigger, cues) or (decision.status != "occurred" and decision.type.plover in DATED)
    )
    if models.status is None or settled:
        return decision
    return replace(decision, status=models.status.judge(scene, trigger, decision.type.id, decision.status))


def agreeing(
    findings: Sequence[Finding], source: Mentioned, target: Mentioned, relation_type: RelationType
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
