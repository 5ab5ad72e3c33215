"""A token of a parse in, the actors that its phrase stands for out: subjects, objects, possessors, prepositions.

Labels are ClearNLP's (`nsubj`, `dobj`, `prep` + `pobj`, `poss` …), as in spaCy's English pipelines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingest.scene import Party, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = {"nsubj", "csubj"}
PASSIVE = {"nsubjpass", "csubjpass"}
OBJECT = {"dobj", "obj"}
PREPOSITION = {"prep", "agent", "dative"}
MODIFIER = {"amod", "compound", "poss", "nmod", "nummod", "advmod"}
CLAUSE = {"xcomp", "ccomp", "conj", "advcl", "acl", "pcomp", "parataxis"}
RELATIVE = {"who", "which", "that", "whom"}
# Nouns that lie between a preposition and the actors proper: "one of the countries", "members of Hamas".
OF_NOUNS = {"of", "from"}
# Where these are they belong: "militants in the Gaza Strip"; soldiers and tourists may come from afar.
LOCALS = frozenset("militant insurgent gunman demonstrator protester protestor rioter mob crowd".split())
# Verbs whose object, not subject, does what follows: "urged Iran to stop", "forced Syria to leave".
OBJECT_CONTROL = frozenset(
    "urge ask call force allow help persuade invite want order accuse tell press pressure push request require "
    "enable encourage permit warn demand lead blame criticize criticise condemn praise let make expect compel "
    "advise instruct command beg implore convince get cause oblige authorize assist thank denounce suspect".split()
)
# In place of prepositions in a frame: who acts in the clause under the verb, to whom the infinitive under it is done.
CLAUSAL = {"that", "to-do"}
UNDER_INFINITIVE = {"with", "on", "against", "from", "to", "at"}
HARMING = {"kill", "wound", "injure", "hurt"}
DEPTH = 4


def find_parties(scene: Scene, head: Token, *, target: bool = False, depth: int = 0) -> list[Party]:
    """Return whom a noun phrase stands for, coordinated ones included; places count for targets only."""
    parties = _own(scene, head, target=target) or _modifiers(scene, head, target=target)
    if depth < DEPTH:
        for child in head.children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "X", "NUM"}:
                parties += find_parties(scene, child, target=target, depth=depth + 1)
        parties += _hyphenated(scene, head, target=target)
    return _distinct(parties)


def _own(scene: Scene, token: Token, *, target: bool) -> list[Party]:
    reference = scene.links.get(token.i)
    if reference is None or (reference.via == "place" and not target):
        return []
    return [Party(actor, token.i, reference.via) for actor in reference.actors]


def _modifiers(scene: Scene, head: Token, *, target: bool, depth: int = 0) -> list[Party]:
    """Return the actor inside a phrase about something of it: "Russian troops", "the government of Iran"."""
    if head.pos_ not in {"NOUN", "PROPN", "ADJ", "X", "NUM", "DET", "PRON"} or depth > DEPTH:
        return []
    for child in head.children:
        if child.dep_ == "appos" and (found := _own(scene, child, target=target)):
            return found
    for child in sorted(head.children, key=lambda token: -token.i):
        if child.dep_ in MODIFIER and child.i < head.i:
            found = _own(scene, child, target=True)
            found = found or _modifiers(scene, child, target=target, depth=depth + 1)
            if found:
                return _with_conjuncts(scene, child, found)
    local = scene.lemma(head) in LOCALS
    for child in head.children:
        if child.dep_ == "prep" and (child.lower_ in OF_NOUNS or (local and child.lower_ == "in")):
            for pobj in child.children:
                if pobj.dep_ == "pobj" and (
                    found := find_parties(scene, pobj, target=target or local, depth=depth + 1)
                ):
                    return found
    return []


def _with_conjuncts(scene: Scene, token: Token, found: list[Party]) -> list[Party]:
    for child in token.children:
        if child.dep_ == "conj":
            found = found + _own(scene, child, target=True)
    return found + _hyphenated(scene, token, target=True)


def _hyphenated(scene: Scene, token: Token, *, target: bool) -> list[Party]:
    """Return the other half of "Russia-Ukraine", however the parser hangs it."""
    doc = scene.doc
    parties: list[Party] = []
    if token.i not in scene.links:
        return parties
    for dash, other in ((token.i + 1, token.i + 2), (token.i - 1, token.i - 2)):
        if 0 <= other < len(doc) and doc[dash].text in {"-", "–", "/"} and not doc[dash].whitespace_:
            parties += _own(scene, doc[other], target=target)
    return parties


def _distinct(parties: Iterable[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.actor.id, party)
    return list(seen.values())


def find_subjects(scene: Scene, verb: Token, depth: int = 0) -> list[Party]:
    """Return who does what the verb says, also where another verb carries the subject."""
    for child in verb.children:
        if child.dep_ in SUBJECT:
            return _subject_phrase(scene, verb, child, depth)
    if any(child.dep_ in PASSIVE for child in verb.children):
        return find_behind(scene, verb, {"by"}) or _killers(scene, verb)
    if verb.dep_ == "amod" and verb.tag_ == "VBN":
        return _before_hyphen(scene, verb)
    return _inherited(scene, verb, depth)


def _killers(scene: Scene, verb: Token) -> list[Party]:
    """Return who kills in "three soldiers were killed when insurgents ambushed a patrol"."""
    if scene.lemma(verb) not in HARMING:
        return []
    for clause in verb.children:
        if clause.dep_ == "advcl" and any(child.lower_ == "when" for child in clause.children):
            return [party for child in clause.children if child.dep_ in SUBJECT for party in find_parties(scene, child)]
    return []


def _before_hyphen(scene: Scene, participle: Token) -> list[Party]:
    """Return who stands before the hyphen of "Saudi-backed"."""
    dash, agent = participle.i - 1, participle.i - 2
    if agent < 0 or scene.doc[dash].text not in {"-", "–"}:
        return []
    return _own(scene, scene.doc[agent], target=False)


def _subject_phrase(scene: Scene, verb: Token, child: Token, depth: int) -> list[Party]:
    if child.lower_ in RELATIVE and verb.dep_ == "relcl":
        return find_parties(scene, verb.head)
    found = find_parties(scene, child)
    if not found and child.pos_ == "PRON" and depth < DEPTH and verb.dep_ in {"ccomp", "advcl", "conj"}:
        return find_subjects(scene, verb.head, depth + 1) if child.lower_ in {"it", "they", "he", "she"} else []
    return found


def _inherited(scene: Scene, verb: Token, depth: int) -> list[Party]:
    head = verb.head
    if depth >= DEPTH or head is verb or verb.dep_ not in CLAUSE:
        return []
    if verb.dep_ == "acl" or (head.pos_ in {"NOUN", "PROPN"} and verb.dep_ in {"advcl", "xcomp"}):
        return find_parties(scene, head) if verb.tag_ != "VBN" else find_behind(scene, verb, {"by"})
    if verb.dep_ == "pcomp":
        head = head.head
        if head.pos_ in {"NOUN", "PROPN"}:
            return find_parties(scene, head) or _owner(scene, head, depth)
    if verb.dep_ in {"xcomp", "ccomp", "pcomp", "advcl"} and scene.lemma(head) in OBJECT_CONTROL:
        return find_objects(scene, head) or find_behind(scene, head, {"on", "for", "to"})
    if verb.dep_ == "conj" and (passive := _passive_subject(head)) is not None and verb.tag_ != "VBN":
        return find_parties(scene, passive)
    if (passive := _passive_subject(head)) is not None and verb.dep_ in {"xcomp", "advcl"}:
        return find_parties(scene, passive)
    return find_subjects(scene, head, depth + 1)


def _owner(scene: Scene, noun: Token, depth: int) -> list[Party]:
    """Return who has a plan, a decision, an offer: the possessor, else the subject of its verb."""
    if noun.dep_ in OBJECT and noun.head.pos_ in {"VERB", "AUX"}:
        return find_subjects(scene, noun.head, depth + 1)
    return []


def _passive_subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in PASSIVE), None)


def find_objects(scene: Scene, verb: Token) -> list[Party]:
    """Return whom the verb is done to: direct and dative objects, the subject of a passive."""
    parties: list[Party] = []
    for token in object_tokens(verb):
        parties += find_parties(scene, token, target=True)
    return _distinct(parties)


def object_tokens(verb: Token) -> Iterator[Token]:
    """Yield the heads of the verb's objects, also those of passives, participles and relative clauses."""
    for child in verb.children:
        if child.dep_ in OBJECT | PASSIVE or (child.dep_ == "dative" and child.pos_ != "ADP"):
            if child.lower_ in RELATIVE and verb.dep_ == "relcl":
                yield verb.head
            else:
                yield child
    if verb.tag_ == "VBN" and (verb.dep_ == "acl" or (verb.dep_ == "amod" and _is_hyphenated(verb))):
        yield verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in OBJECT | SUBJECT for c in verb.children):
        passive = _passive_subject(verb.head)
        if passive is not None:
            yield passive


def _is_hyphenated(participle: Token) -> bool:
    return participle.i > 1 and participle.doc[participle.i - 1].text in {"-", "–"}


def find_behind(scene: Scene, base: Token, prepositions: Iterable[str]) -> list[Party]:
    """Return who stands behind one of the prepositions of a verb or a noun, or in the clause under it."""
    wanted = set(prepositions)
    parties = _in_clause(scene, base, wanted) if wanted & CLAUSAL else []
    for child in base.children:
        if child.dep_ in PREPOSITION and child.lower_ in wanted:
            for token in prepositional_objects(child):
                parties += find_parties(scene, token, target=True)
        elif child.dep_ == "prep" and child.lower_ not in wanted:
            for deeper in child.children:
                if deeper.dep_ == "prep" and deeper.lower_ in wanted:
                    for token in prepositional_objects(deeper):
                        parties += find_parties(scene, token, target=True)
    return _distinct(parties)


def _in_clause(scene: Scene, verb: Token, wanted: set[str]) -> list[Party]:
    """Return who does what is demanded (`that`), or to whom what is threatened would be done (`to-do`)."""
    parties: list[Party] = []
    for clause in verb.children:
        own = next((child for child in clause.children if child.dep_ in SUBJECT | PASSIVE), None)
        if "that" in wanted and clause.dep_ in {"ccomp", "xcomp"} and own is not None:
            parties += find_parties(scene, own)
        elif "to-do" in wanted and clause.dep_ == "xcomp" and own is None:
            parties += find_objects(scene, clause) or find_behind(scene, clause, UNDER_INFINITIVE)
    return _distinct(parties)


def prepositional_objects(preposition: Token) -> Iterator[Token]:
    """Yield the noun heads behind a preposition, those of a coordinated preposition included."""
    for child in preposition.children:
        if child.dep_ in {"pobj", "dep"}:
            yield child
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from prepositional_objects(child)


def find_owners(scene: Scene, noun: Token) -> list[Party]:
    """Return who stands before a noun as its possessor or adjective: "Putin's", "Russian", "Russia-Ukraine"."""
    return _distinct(p for child in _before(noun) if not _is_anti(child) for p in find_parties(scene, child))


def find_opposed(scene: Scene, noun: Token) -> list[Party]:
    """Return whom an act is against by its own name: "an anti-Taliban offensive"."""
    return _distinct(p for child in _before(noun) if _is_anti(child) for p in find_parties(scene, child, target=True))


def _before(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.i < noun.i and c.dep_ in {"poss", "amod", "compound", "nmod"}]


def _is_anti(token: Token) -> bool:
    doc = token.doc
    return token.i > 1 and doc[token.i - 1].text in {"-", "–"} and doc[token.i - 2].lower_ == "anti"
