"""A reference in, the reason why it points at its actor out, as a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from dyadgraph.gazetteer import Gazetteer
from dyadgraph.model import Actor
from ingest.scene import Ground, Reference, Via

# {name}: the actor, {day}: the article's, {terms}: the offices held then.
GROUNDS: Mapping[Ground, str] = MappingProxyType(
    {
        "introduced": "the article introduces {name} with a title and a country, or in an apposition that has both",
        "initial": "last name and first initial of {name}, named in full earlier in the article",
        "remembered": "bare last name; the article named {name} in full before",
        "in office": "bare last name; on {day} its only bearer in office was {name}{terms}",
        "told": "an office and its country; the article gave this office to {name} before",
        "held": "an office and its country; on {day} it was held by {name}{terms}",
        "no holder": "an office and its country, and nobody known who held it: stands for {name}",
        "titled": "an office without a country; the last person named who has it is {name}",
        "last named": "pronoun; the person named last before it is {name}",
        "subject": "pronoun; the state, organisation or group that acts before it is {name}",
        "pair": "the two whom the article related or named last; {name} is one of them",
        "speaker": "pronoun of the first person; whoever speaks here speaks for {name}",
        "group": "a noun for armed people; the group named last is {name}",
        "organization": "a noun for an organisation; the one named last is {name}",
        "focus": "a noun for a state; the article is most about {name}",
    }
)
CALLED: Mapping[Via, str] = MappingProxyType(
    {
        "name": "a name of {name} in the gazetteer",
        "demonym": "the adjective or people's name of {name}",
        "metonym": "a capital or seat that stands for {name}",
        "place": "a place in {name}",
        "person": "the full name of {name}{terms}",
    }
)


def tell_why(reference: Reference, actor: Actor, gazetteer: Gazetteer, on: date | None) -> str:
    """Return why the reference points at the actor, in an article published on that day."""
    text = GROUNDS.get(reference.ground) or CALLED.get(reference.via, "a name of {name}")
    return text.format(name=actor.name, day=on.isoformat() if on else "that day", terms=_terms(actor, gazetteer, on))


def _terms(actor: Actor, gazetteer: Gazetteer, on: date | None) -> str:
    if on is None or actor.kind != "person":
        return ""
    held = [f"{term.title} ({term.code})" for term in gazetteer.offices(actor.id, on) if not term.shared]
    return f" – {', '.join(held)}" if held else ""
