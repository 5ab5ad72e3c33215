"""A scene in, its relations out: each trigger word is tried with its rules, the most demanding first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dyadgraph.model import Status
from dyadgraph.ontology import Cues
from ingest.arguments import (
    find_behind,
    find_objects,
    find_opposed,
    find_owners,
    find_parties,
    find_subjects,
    object_tokens,
    prepositional_objects,
)
from ingest.frames import Rule, RuleIndex
from ingest.scene import Party, Scene
from ingest.status import find_status

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBAL = {"VERB", "AUX"}
NOMINAL = {"NOUN", "PROPN"}
BETWEEN = {"between", "among"}
LIGHT_PREPOSITIONS = {"on", "during", "for", "after", "at", "in", "before", "following", "with"}
# "Served during the war": whoever acts in its time is not at war himself; who speaks "after talks" did take part.
TIMES = {"during", "after", "before", "following", "since"}
LONGEST_HEADING = 10
Pairs = Iterator[tuple[Party, Party]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Two parties, the rule that joins them, its trigger token and the status; not yet a Relation."""

    source: Party
    target: Party
    rule: Rule
    trigger: int
    status: Status


def find_relations(scene: Scene, rules: RuleIndex, cues: Cues) -> list[Finding]:
    """Find what each trigger of a sentence says of two actors; one finding a pair and trigger."""
    findings: list[Finding] = []
    if not scene.has_two_sides():
        return findings
    present = {word for token in scene.doc for word in (token.lower_, scene.lemma(token))}
    for token in scene.doc:
        if token.i in scene.links or _is_heading(token):
            continue
        index = rules.nouns if token.pos_ in NOMINAL else rules.verbs
        # Plural-only nouns ("talks", "sanctions") stand in the vocabulary as written.
        words = dict.fromkeys((token.lower_, scene.lemma(token)))
        fitting = [rule for word in words for rule in index.get(word, ()) if present.issuperset(rule.words[1:])]
        findings += _match(scene, token, fitting, cues)
    return findings


def _is_heading(token: Token) -> bool:
    """Tell the first words of "Israeli-Palestinian conflict: …", which name a topic and tell nothing."""
    return (
        token.pos_ in NOMINAL
        and token.i < LONGEST_HEADING
        and token.i + 1 < len(token.doc)
        and token.nbor().text == ":"
    )


def _match(scene: Scene, head: Token, rules: Iterable[Rule], cues: Cues) -> list[Finding]:
    found: dict[frozenset[str], list[Finding]] = {}
    for rule in rules:
        words = _further_words(scene, head, rule.words[1:])
        if words is None:
            continue
        pairs = (
            _noun_pairs(scene, head, rule, cues)
            if rule.trigger.kind == "noun"
            else _verb_pairs(scene, head, rule, words)
        )
        for source, target in pairs:
            key = frozenset((source.actor.id, target.actor.id))
            if key not in found:
                status = rule.trigger.status or find_status(scene, head, cues)
                found[key] = [Finding(source, target, rule, head.i, status)]
                if rule.frame.reciprocal and not rule.type.symmetric:  # "war between A and B": both attack
                    found[key].append(Finding(target, source, rule, head.i, status))
    return [finding for both in found.values() for finding in both]


def _further_words(scene: Scene, head: Token, words: tuple[str, ...]) -> list[Token] | None:
    """Find the trigger's other words below its head, each below the one before; None where one is missing."""
    found: list[Token] = []
    for word in words:
        near = [token for base in [head, *found] for token in base.children]
        near += [grandchild for child in head.children for grandchild in child.children]
        hit = next((token for token in near if word in {token.lower_, scene.lemma(token)}), None)
        if hit is None:
            return None
        found.append(hit)
    return found


# verbs and phrases ---------------------------------------------------------------------------------------------


def _verb_pairs(scene: Scene, verb: Token, rule: Rule, words: list[Token]) -> Pairs:
    frame = rule.frame
    nouns: list[Token] = []
    if frame.takes_noun:
        objects = [*object_tokens(verb), *(below for word in words for below in prepositional_objects(word))]
        nouns = [token for token in objects if not frame.nouns or {scene.lemma(token), token.lower_} & frame.nouns]
        if not nouns:
            return
    around = [verb, *words, *nouns]
    if frame.reciprocal:
        yield from _reciprocal_verb(scene, verb, around)
        return
    subjects = find_subjects(scene, verb)
    others = _others(scene, verb, rule, words, around)
    yield from _ordered_pairs(subjects, others, swap=frame.swap)


def _others(scene: Scene, verb: Token, rule: Rule, words: list[Token], around: list[Token]) -> list[Party]:
    prepositions = rule.frame.prepositions
    others: list[Party] = []
    if not prepositions:
        others = find_objects(scene, verb)
        for word in words:  # "call on B": the object hangs on the particle
            others += [
                p for child in word.children if child.dep_ == "pobj" for p in find_parties(scene, child, target=True)
            ]
        return others
    for base in around:
        others += find_behind(scene, base, prepositions)
    if "of" in prepositions and not others:
        for base in around[1:]:
            others += find_owners(scene, base)
    return others


def _reciprocal_verb(scene: Scene, verb: Token, around: list[Token]) -> Pairs:
    partners = [party for base in around for party in find_behind(scene, base, {"with"})]
    partners = partners or [party for base in around[1:] for party in _partners_of_purpose(scene, base)]
    subjects = find_subjects(scene, verb)
    if partners:
        yield from _ordered_pairs(subjects, partners)
        return
    between = [party for base in around[1:] for party in find_behind(scene, base, BETWEEN)]
    yield from _combinations(between if len(between) > 1 else subjects)


def _partners_of_purpose(scene: Scene, noun: Token) -> list[Party]:
    """Return with whom the purpose of a noun is: "agreements to establish ties with the Emirates"."""
    purposes = [child for child in noun.children if child.dep_ == "acl"]
    bases = [base for purpose in purposes for base in (purpose, *object_tokens(purpose))]
    return [party for base in bases for party in find_behind(scene, base, {"with"})]


# nouns -----------------------------------------------------------------------------------------------------------


def _noun_pairs(scene: Scene, noun: Token, rule: Rule, cues: Cues) -> Pairs:
    return _reciprocal_noun(scene, noun, rule, cues) if rule.frame.reciprocal else _directed_noun(scene, noun, rule)


def _reciprocal_noun(scene: Scene, noun: Token, rule: Rule, cues: Cues) -> Pairs:
    """Read "talks between A and B", "A's talks with B", "A-B talks", "A held talks with B"."""
    between = find_behind(scene, noun, BETWEEN)
    if len(between) > 1:
        yield from _combinations(between)
        return
    owners = find_owners(scene, noun)
    fought = rule.type.quad == "material_conflict" and noun.dep_ == "pobj" and noun.head.lower_ in TIMES
    carriers = [] if fought else _carriers(scene, noun)
    partners = find_behind(scene, noun, {"with", "and"})
    verb = _light_verb(noun)
    if not partners and verb is not None:
        partners = find_behind(scene, verb, {"with"})
    partners = partners or _partners_of_purpose(scene, noun)
    if partners:
        yield from _ordered_pairs(owners or carriers, partners)
    elif len(owners) > 1:
        yield from _combinations(owners)
    elif carriers and owners:
        yield from _ordered_pairs(carriers, owners)
    elif carriers and verb is not None and not _comments(scene, verb, cues):
        yield from _combinations(carriers)
    else:
        of = find_behind(scene, noun, {"of"})
        if len(of) > 1:
            yield from _combinations(of)


def _comments(scene: Scene, verb: Token, cues: Cues) -> bool:
    """Tell "A and B cheered the talks" from "A and B held talks"."""
    return scene.lemma(verb) in cues.comment_verbs


def _directed_noun(scene: Scene, noun: Token, rule: Rule) -> Pairs:
    """Read "A's visit to B", "Israeli raids in B", "the invasion of B by A", "A paid a visit to B"."""
    prepositions = set(rule.frame.prepositions)
    targets = find_behind(scene, noun, prepositions - {"in"}) or find_opposed(scene, noun)
    targets = targets or find_behind(scene, noun, prepositions)
    verb = _light_verb(noun)
    if not targets and verb is not None:
        targets = find_behind(scene, verb, prepositions & {"to", "on", "against", "with", "for"})
    sources = find_behind(scene, noun, {"by", "from"} - prepositions)
    owners = find_owners(scene, noun)
    if not sources:
        sources = owners
    elif not targets:
        targets = owners
    if not sources and "of" not in prepositions:
        sources = find_behind(scene, noun, {"of"})
    sources = sources or _carriers(scene, noun)
    if not targets and rule.type.id == "visit":
        targets = _known_destination(scene, sources)
    yield from _ordered_pairs(sources, targets, swap=rule.frame.swap)


def _known_destination(scene: Scene, visitors: list[Party]) -> list[Party]:
    """Return where "Putin's visit" went, if the article said so before and this sentence names the place too."""
    for visitor in visitors:
        visited = scene.destinations.get(visitor.actor.id)
        for index, reference in scene.links.items():
            if visited is not None and visited in reference.actors:
                return [Party(visited, index, reference.via)]
    return []


def _light_verb(noun: Token, depth: int = 0) -> Token | None:
    """Return the verb that a noun completes: "held talks", "talks were held", "arrived for talks"."""
    if noun.dep_ in {"dobj", "nsubjpass", "attr"} and noun.head.pos_ in VERBAL:
        return noun.head
    if noun.dep_ != "pobj" or depth > 2:
        return None
    above = noun.head.head
    if noun.head.lower_ in LIGHT_PREPOSITIONS and above.pos_ in VERBAL:
        return above
    if noun.head.lower_ in LIGHT_PREPOSITIONS | {"of"} and above.pos_ in NOMINAL:
        return _light_verb(above, depth + 1)  # "considered a resumption of talks"
    return None


def _carriers(scene: Scene, noun: Token) -> list[Party]:
    """Return who does what the noun says through the verb it completes."""
    verb = _light_verb(noun)
    return find_subjects(scene, verb) if verb is not None else []


# pairs -----------------------------------------------------------------------------------------------------------


def _ordered_pairs(sources: list[Party], targets: list[Party], *, swap: bool = False) -> Pairs:
    for source in sources:
        for target in targets:
            yield (target, source) if swap else (source, target)


def _combinations(parties: list[Party]) -> Pairs:
    for index, first in enumerate(parties):
        for second in parties[index + 1 :]:
            yield first, second
