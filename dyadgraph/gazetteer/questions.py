"""A few words in ("the French president", "Bush", "UN"), the actors they mean on a day out, with the office held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from dyadgraph.gazetteer.gazetteer import Gazetteer
from dyadgraph.gazetteer.people import Term
from dyadgraph.model import Actor, iso

_WORD = re.compile(r"[^\s,]+")
_FILLERS = frozenset({"the", "of", "and", "for", "a", "an", "to", "at"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An actor, and the term of office by which a person was found or which runs that day; else None."""

    actor: Actor
    term: Term | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the actor's fields, qid, office, title, start and end."""
        row = {**self.actor.to_dict(), "qid": self.actor.qid, "office": None, "title": None, "start": None, "end": None}
        if self.term is not None:
            row |= {"office": self.term.office, "title": self.term.title}
            row |= {"start": iso(self.term.start), "end": iso(self.term.end)}
        return row


def find_whom(gazetteer: Gazetteer, text: str, on: date) -> list[Answer]:
    """Return whom the words mean that day: by a name, else by an office of a state, organisation or group."""
    text = " ".join(text.strip(" ?.!").split())
    bare = re.sub(r"^(?:who (?:is|was) )?(?:the )?", "", text, flags=re.IGNORECASE)
    for words in (text, bare):
        if names := gazetteer.find(words, on):
            actors = [gazetteer.actor(name.actor_id, on) for name in names]
            term = gazetteer.find_term(bare, actors[0].id, on, exact=True) if actors[0].kind != "person" else None
            return [_held(gazetteer, term, on)] if term else [_answer(gazetteer, actor, on) for actor in actors]
    if term := _find_office(gazetteer, bare, on):
        return [_held(gazetteer, term, on)]
    titled = _strip_title(gazetteer, bare)
    names = gazetteer.find(titled, on) if titled and titled != bare else ()
    return [_answer(gazetteer, gazetteer.actor(name.actor_id, on), on) for name in names]


def _held(gazetteer: Gazetteer, term: Term, on: date) -> Answer:
    return Answer(gazetteer.actor(term.person, on), term)


def _answer(gazetteer: Gazetteer, actor: Actor, on: date) -> Answer:
    terms = gazetteer.offices(actor.id, on) or gazetteer.offices(actor.id, None)[-1:]
    own = [term for term in terms if term.code == actor.country]
    latest = max(own or terms, key=lambda term: (term.start, term.office == "head_of_state"), default=None)
    return Answer(actor, latest)


def _find_office(gazetteer: Gazetteer, text: str, on: date) -> Term | None:
    """Take the longest name of a state or the like out of the words; what is left is the title."""
    words = _WORD.findall(re.sub(r"['’]s\b", "", text))
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            span = words[start : start + length]
            found = [gazetteer.actor(name.actor_id) for name in gazetteer.find(" ".join(span), on)]
            owners = [actor for actor in found if actor.kind != "person"]
            if owners:
                title = _to_title(words[:start] + words[start + length :])
                body = (
                    f"{span[-1].lower()} {title}"  # "European Commission president": "Commission President" of the EU
                )
                return (
                    gazetteer.find_term(body, owners[0].id, on, exact=True)
                    or gazetteer.find_term(title, owners[0].id, on)
                    or gazetteer.find_term(title, owners[0].country or "", on)
                )
    return None


def _to_title(words: list[str]) -> str:
    title = [word.lower() for word in words]
    while title and title[0] in _FILLERS:
        title = title[1:]
    while title and title[-1] in _FILLERS:
        title = title[:-1]
    return " ".join(title)


def _names_state(gazetteer: Gazetteer, word: str) -> bool:
    return any(name.kind in {"name", "demonym", "alias", "metonym"} for name in gazetteer.find(word, None))


def _strip_title(gazetteer: Gazetteer, text: str) -> str:
    words = text.split()
    while len(words) > 1 and (gazetteer.is_title(words[0].lower().rstrip(".")) or _names_state(gazetteer, words[0])):
        words = words[1:]
    return " ".join(words)
