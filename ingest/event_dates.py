"""A trigger in its scene in, the day of its event out: from date words that hang on it, else publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from dyadgraph.model import Status
from ingest.date_words import Clock, DateWords, find_date_words, spread
from ingest.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBAL = {"VERB", "AUX"}
MODALS = {"will", "would", "shall", "may", "might", "could", "can", "should", "must", "to", "'ll"}
# A deadline is no day of an act, and "until" names the end of a state.
BOUNDS = {"by", "until", "till", "before", "after", "than"}
INHERITING = {"xcomp", "conj", "pcomp"}
LONGEST = 12
# "The first clash since 1975": that was the one before.
RECORD = re.compile(r"\b(?:first|worst|biggest|largest|deadliest|heaviest|highest|lowest)\b[^.;]*$", re.IGNORECASE)


def find_event_date(scene: Scene, trigger: int, status: Status, published: date | None) -> date | None:
    """Return the day of the event that a token names, in an article published on that day.

    Date words count where they hang on the trigger or on the verb of its clause: in "Seoul said Tuesday that Israel
    bombed Syria in May" the bombing was in May. Rules of counting: `date_words.py`.
    """
    token = scene.doc[trigger]
    clock = Clock(published, status == "planned" or (status != "occurred" and _is_modal(token)))
    words = find_date_words(scene.reading.text, clock)
    if not words:
        return published
    governors = list(_governors(token, status))
    best: tuple[int, int, date] | None = None
    for each in words:
        place = _place(scene, each, governors)
        if place is not None and (best is None or (*place, each.day) < best):
            best = (*place, each.day)
    return best[2] if best else published


def _is_modal(token: Token) -> bool:
    return any(child.lower_ in MODALS for verb in (token, token.head) for child in verb.children if child.dep_ == "aux")


def _governors(token: Token, status: Status) -> Iterator[Token]:
    """Yield the tokens whose date words date the event: itself, nouns above it, its verb, the verb it shares."""
    for _ in range(LONGEST):
        yield token
        head = token.head
        if head is token:
            return
        if token.pos_ in VERBAL:
            own_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
            # "agreed on Monday to withdraw": the withdrawal is still to come, Monday is not its day.
            if token.dep_ not in INHERITING or own_subject or (token.dep_ != "conj" and status != "occurred"):
                yield from _shared(token)
                return
        token = head


def _shared(verb: Token) -> Iterator[Token]:
    """Yield verbs joined to this one that share its subject: "met and signed a treaty on Monday"."""
    for child in verb.children:
        if child.dep_ == "conj" and not any(below.dep_ in {"nsubj", "nsubjpass"} for below in child.children):
            yield child


def _place(scene: Scene, words: DateWords, governors: list[Token]) -> tuple[int, int] | None:
    """Return how near date words hang to the trigger: the governor they hang on, and the distance in words."""
    covered = list(spread(words, scene.reading.spans))
    inside = set(covered)
    top = next((scene.doc[i] for i in reversed(covered) if scene.doc[i].head.i not in inside), None)
    if top is None:
        return None
    near = {governor.i: place for place, governor in enumerate(governors)}
    if top.text.isdigit() and top.dep_ in {"nummod", "amod", "compound", "nmod"}:  # "scrapped a 2016 deal"
        return (near[top.head.i], 1) if near.get(top.head.i) == 0 else None
    for token in [top, *top.ancestors]:
        if token.lower_ in BOUNDS or (token.lower_ == "since" and RECORD.search(scene.reading.text[: words.start])):
            return None
        if token.i in near:
            return near[token.i], abs(token.i - top.i)
        if token.pos_ in VERBAL or (token is not top and _is_other_event(scene, token)):
            return None
    return None


def _is_other_event(scene: Scene, token: Token) -> bool:
    """Tell the attack in "blamed Iran for an attack in May", whose day is not that of the blame."""
    return token.pos_ == "NOUN" and token.dep_ == "pobj" and token.i not in scene.links
