"""A parsed sentence with who is who in it: the one thing that every relation rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from dyadgraph.model import Actor
from ingest.mentions import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Via = Literal["name", "demonym", "metonym", "place", "person", "surname", "office", "pronoun", "group", "pair"]

# Why a token points at somebody, where `via` alone does not say it; ingest/grounds.py has the words.
Ground = Literal[
    "called",
    "introduced",
    "initial",
    "remembered",
    "in office",
    "told",
    "held",
    "no holder",
    "titled",
    "last named",
    "subject",
    "pair",
    "speaker",
    "group",
    "organization",
    "focus",
]

# The rule lemmatizer leaves auxiliaries as they stand and cuts some words that only look inflected.
MENDED: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("is", "are", "was", "were", "been", "being", "am", "'s", "'re"), "be")
    | dict.fromkeys(("has", "had", "having", "'ve"), "have")
    | dict.fromkeys(("does", "did", "done", "doing"), "do")
    | {"discus": "discuss", "bre": "bring", "nee": "need", "crisi": "crisis", "proces": "process"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom a token points at: one actor, or several for "the two leaders"; `via` says by which means, `ground` why."""

    actors: tuple[Actor, ...]
    via: Via
    ground: Ground = "called"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role, and the token of the sentence that puts it there."""

    actor: Actor
    token: int
    via: Via


@dataclass(frozen=True, slots=True)
class Scene:
    """A parsed sentence, its references by token index, and the tokens that only describe another reference."""

    reading: Reading
    doc: Doc
    links: Mapping[int, Reference]
    consumed: frozenset[int] = frozenset()
    leads: tuple[tuple[Actor, str, int], ...] = field(default=())
    """(person, code led, token of the title) where the sentence itself has title, name and country."""

    destinations: Mapping[str, Actor] = field(default_factory=dict)
    """Whom each actor visits as the article said before: "the visit" without a place means that one."""

    def has_two_sides(self) -> bool:
        """Tell whether actors of two codes are pointed at; no relation holds between fewer."""
        return len({actor.code for each in self.links.values() for actor in each.actors}) > 1

    def lemma(self, token: Token) -> str:
        """Return the lower-case lemma."""
        lemma = (token.lemma_ or token.text).lower()
        return MENDED.get(lemma, lemma)
