"""A trigger in, its status out: did it happen, is it planned, possible, denied - and what its governor makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dyadgraph.model import Status
from dyadgraph.ontology import Cues
from ingest.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = {"NOUN", "PROPN"}
DEPTH = 3


def find_status(scene: Scene, trigger: Token, cues: Cues) -> Status:
    """Return the status of the event that a verb or a noun names."""
    if trigger.pos_ in NOMINAL:
        return _nominal_status(scene, trigger, cues)
    return _verbal_status(scene, trigger, cues)


def is_told(trigger: Token, cues: Cues) -> bool:
    """Tell whether the verb itself is negated or bears an auxiliary that settles the status; "would" does not."""
    settling = (cues.possible.auxiliaries | cues.planned.auxiliaries) - {"would"}
    return any(child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in settling) for child in trigger.children)


def _verbal_status(scene: Scene, verb: Token, cues: Cues, depth: int = 0) -> Status:
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "neg", "advmod", "mark", "auxpass"}}
    if any(child.dep_ == "neg" for child in verb.children) or words & cues.negation.words:
        return "denied"
    if words & (cues.possible.auxiliaries | cues.possible.adverbs | cues.possible.conjunctions):
        return "possible"
    if words & cues.planned.auxiliaries or _is_headline_future(verb):
        return "planned"
    governor = verb.head
    if depth < DEPTH and governor is not verb and verb.dep_ in {"xcomp", "ccomp", "pcomp", "conj", "advcl", "acl"}:
        return _governed(scene, verb, governor.head if verb.dep_ == "pcomp" else governor, cues, depth)
    return "occurred"


def _is_headline_future(verb: Token) -> bool:
    """Tell "Putin to visit China"."""
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    return to and (verb.dep_ == "ROOT" or any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children))


def _governed(scene: Scene, verb: Token, governor: Token, cues: Cues, depth: int) -> Status:
    if verb.dep_ == "conj":
        own_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
        return "occurred" if own_subject else _verbal_status(scene, governor, cues, depth + 1)
    if verb.dep_ == "advcl":
        return "occurred"
    names = _names(scene, governor)
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    if names & (cues.negation.verbs | cues.refusal.verbs | cues.cancellation.verbs):
        return _undone(governor, cues)
    if names & (cues.possible.verbs | cues.demand.verbs | cues.threat.verbs):
        return "possible"
    if (infinitive or verb.dep_ == "pcomp") and (names & cues.planned.verbs or governor.pos_ in NOMINAL):
        return "planned"
    if infinitive and names & cues.raising_verbs:
        return _verbal_status(scene, governor, cues, depth + 1)
    return "occurred"


def _undone(verb: Token, cues: Cues) -> Status:
    """Return what becomes of an act that a verb undoes; "did not rule out talks" leaves them possible."""
    negated = any(child.dep_ == "neg" or child.lower_ in cues.negation.words for child in verb.children)
    return "possible" if negated else "denied"


def _names(scene: Scene, verb: Token) -> set[str]:
    """Return the verb's lemma alone and with each particle: {"call", "call off"}."""
    lemma = scene.lemma(verb)
    return {lemma, *(f"{lemma} {child.lower_}" for child in verb.children if child.dep_ in {"prt", "prep", "advmod"})}


def _nominal_status(scene: Scene, noun: Token, cues: Cues) -> Status:
    words = {child.lower_ for child in noun.children if child.dep_ in {"amod", "det", "compound", "neg", "advmod"}}
    if words & {"no", "neither"}:
        return "denied"
    if words & cues.planned.adjectives:
        return "planned"
    if words & cues.possible.adjectives:
        return "possible"
    head = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and scene.lemma(head) in cues.negation.nouns:
        return "denied"
    if head.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "pobj", "nsubjpass", "attr", "nsubj"}:
        return _of_verb(scene, noun, head, cues)
    return "occurred"


def _of_verb(scene: Scene, noun: Token, verb: Token, cues: Cues) -> Status:
    names = _names(scene, verb)
    if noun.dep_ in {"dobj", "nsubjpass"}:
        if names & (cues.negation.verbs | cues.refusal.verbs | cues.cancellation.verbs):
            return _undone(verb, cues)
        if names & cues.planned.verbs:
            return "planned"
        return _verbal_status(scene, verb, cues)
    happening = noun.dep_ == "nsubj" and scene.lemma(verb) in {"take", "begin", "start", "resume", "occur", "happen"}
    return _verbal_status(scene, verb, cues) if happening else "occurred"
