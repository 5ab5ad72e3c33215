"""A parsed sentence and what the article has said so far in, the references without a name out.

"the government", "the rebels", "the bloc", "their troops", "we": each points at the actor that the article made
salient, never outside it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from dyadgraph.gazetteer import Gazetteer
from dyadgraph.model import Actor
from ingest.memory import Memory
from ingest.scene import Ground, Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OURS = {"we", "our", "us", "ours"}
THEIRS = {"they", "their", "them", "it", "its", "itself", "themselves"}
DEFINITE = {"the", "its", "their", "this", "that", "his", "her"}
SPEAKING = {"say", "tell", "add", "warn", "declare", "announce", "vow", "state", "insist", "reply"}
SUBJECTS = {"nsubj", "nsubjpass"}


def load_descriptions() -> Mapping[str, frozenset[str]]:
    """Read the nouns that point back, by what they point at: state, group, organization."""
    text = files("ingest").joinpath("descriptions.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


class Descriptions:
    """Finds whom nouns without a name and plural pronouns point at."""

    def __init__(self, gazetteer: Gazetteer, nouns: Mapping[str, frozenset[str]], memory: Memory) -> None:
        self._gazetteer = gazetteer
        self._nouns = nouns
        self._memory = memory

    def find(self, doc: Doc, links: Mapping[int, Reference]) -> Iterator[tuple[int, Reference]]:
        """Yield the token and the reference of each description of a sentence whose names are linked already."""
        named = {actor.country for reference in links.values() for actor in reference.actors}
        for token in doc:
            if token.i in links:
                continue
            word = token.lower_
            if word in OURS:
                reference = _pointing(self._speaker(doc, links), "speaker")
            elif word in THEIRS:
                reference = _pointing(_subject_before(doc, token, links) or self._memory.subject, "subject")
            else:
                reference = self._described(token, links, named)
            if reference is not None:
                yield token.i, reference

    def _described(self, token: Token, links: Mapping[int, Reference], named: set[str | None]) -> Reference | None:
        if token.pos_ != "NOUN" or not _is_definite(token) or _is_of_somebody(token, links):
            return None
        lemma = token.lemma_.lower()
        if lemma in self._nouns["group"] and self._memory.group is not None:
            return Reference((self._memory.group,), "group", "group")
        if lemma in self._nouns["organization"] and self._memory.organization is not None:
            return Reference((self._memory.organization,), "group", "organization")
        if lemma in self._nouns["state"] and (code := self._memory.focus(named)):
            return Reference((self._gazetteer.actor_of_code(code),), "group", "focus")
        return None

    def _speaker(self, doc: Doc, links: Mapping[int, Reference]) -> Actor | None:
        """Return the state that "we" stands for: that of the speaker of this sentence, else of the one before."""
        speaker = find_speaker(doc, links) or self._memory.speaker
        if speaker is None or speaker.country is None:
            return None
        return self._gazetteer.actor_of_code(speaker.country)


def _pointing(actor: Actor | None, ground: Ground) -> Reference | None:
    return None if actor is None else Reference((actor,), "pronoun", ground)


def find_speaker(doc: Doc, links: Mapping[int, Reference]) -> Actor | None:
    """Return the actor who says something in a sentence, None where nobody linked does."""
    for verb in doc:
        if verb.lemma_.lower() not in SPEAKING:
            continue
        for child in verb.children:
            if child.dep_ not in SUBJECTS:
                continue
            if child.i in links:
                return links[child.i].actors[0]
            owner = next((below for below in child.subtree if below.i in links), None)
            if owner is not None:
                return links[owner.i].actors[0]
    return None


def find_subject(doc: Doc, links: Mapping[int, Reference]) -> Actor | None:
    """Return the state, organisation or group that is the subject of the sentence's main verb."""
    for token in doc:
        if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT":
            near = [token, *(child for child in token.children if child.dep_ in {"amod", "compound", "poss", "nmod"})]
            for each in near:
                if each.i in links and links[each.i].actors[0].kind != "person":
                    return links[each.i].actors[0]
    return None


def _subject_before(doc: Doc, pronoun: Token, links: Mapping[int, Reference]) -> Actor | None:
    """Return the subject of this sentence that "they" can mean: a state or group named before it."""
    for token in doc[: pronoun.i]:
        if token.dep_ in SUBJECTS:
            for each in (token, *token.children):
                if each.i in links and links[each.i].actors[0].kind != "person":
                    return links[each.i].actors[0]
    return None


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in DEFINITE and child.i < noun.i for child in noun.children)


def _is_of_somebody(noun: Token, links: Mapping[int, Reference]) -> bool:
    """Tell "the Russian government" and "the government of Mali", which name their state themselves."""
    return any(below.i in links for child in noun.children for below in [child, *child.children])
