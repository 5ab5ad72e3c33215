"""Words and a day go in, the actors that bear that name or office come out; exact keys, never similarity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dyadgraph.errors import NotFoundError
from dyadgraph.gazetteer.guards import Guards
from dyadgraph.gazetteer.names import Name, NameKind, Spellings, fold, has_case_of, is_whole, without_initials
from dyadgraph.gazetteer.people import HEAD_OFFICES, Office, Person, Term, choose_bearers
from dyadgraph.gazetteer.titles import Titles
from dyadgraph.model import Actor

REMEMBERED = 20_000
"""Answers kept: an article names the same few actors again and again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as written in a data file, and the days on which it is one."""

    name: Name
    written: str
    since: date | None = None
    until: date | None = None

    def fits(self, text: str, on: date | None) -> bool:
        """Tell whether the text has the capitals of the name and the day is right."""
        if on is not None and ((self.since and on < self.since) or (self.until and on > self.until)):
            return False
        return has_case_of(text, self.written)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the data files hold, by key, code and id."""

    actors: Mapping[str, Actor]
    codes: Mapping[str, Actor]
    leaders: Mapping[str, Office]
    successors: Mapping[str, str]
    entries: Mapping[str, Sequence[Entry]]
    people: Mapping[str, Person]
    full_names: Mapping[str, Sequence[tuple[Person, str]]]
    surnames: Mapping[str, Sequence[tuple[Person, str]]]
    terms: Mapping[str, Sequence[Term]]
    blockers: Mapping[str, str]
    reach: Mapping[str, int]
    lower: frozenset[str]
    inner: frozenset[str]
    spellings: Spellings


class Gazetteer:
    """The actors we know; every look-up may take the day of the article."""

    def __init__(self, tables: Tables, titles: Titles, guards: Guards) -> None:
        self._tables = tables
        self._titles = titles
        self._guards = guards
        self.max_words = max(tables.reach.values(), default=1)
        self._find_again = lru_cache(maxsize=REMEMBERED)(self._find)

    # names

    def reach(self, word: str) -> int:
        """Return how many tokens a known name or blocker that begins with this word can have; 0: none does."""
        key = fold(word).partition(" ")[0]
        if word[0].islower() and key not in self._tables.lower:
            return 0  # most words of a text end here
        reach, same = self._tables.reach, self._tables.spellings.word(key)
        return reach.get(key, 0) if same == key else max(reach.get(key, 0), reach.get(same, 0))

    def may_stand_inside(self, word: str) -> bool:
        """Tell whether a token can stand in a name behind its first: no small-letter word that no name has does."""
        return not word[0].islower() or word in self._tables.inner

    def find(self, text: str, on: date | None) -> tuple[Name, ...]:
        """Return whom the words can mean: states and groups first, then full names, then surnames of that day."""
        return self._find_again(text, on)

    def _find(self, text: str, on: date | None) -> tuple[Name, ...]:
        if not is_whole(text):
            return ()
        key = fold(text)
        names = [entry.name for entry in self._tables.entries.get(key, ()) if entry.fits(text, on)]
        names += [Name(kind, person.id) for kind, person in self._find_people(key, text, on)]
        return tuple(dict.fromkeys(names))

    def _find_people(self, key: str, text: str, on: date | None) -> list[tuple[NameKind, Person]]:
        full = self._full_names(key, text)
        if len(full) > 1 and on is None:
            best = list(choose_bearers(full, None))
            full = [*best, *(person for person in full if person not in best)]
        elif len(full) > 1 and on is not None:
            days = {person.id: min(term.distance(on) for term in person.terms) for person in full}
            full.sort(key=lambda person: days[person.id])
            nearest = [person for person in full if days[person.id] == days[full[0].id]]
            if len(nearest) > 1:
                return [("surname", person) for person in nearest]
        if full:
            return [("person", person) for person in full]
        return [("surname", person) for person in self._bearers(text, on)]

    def _full_names(self, key: str, text: str) -> list[Person]:
        """Return the bearers of a full name: of several those who are spelled just so."""
        spelled = self._tables.spellings.key(key)
        known = self._tables.full_names.get(spelled) or self._tables.full_names.get(without_initials(spelled), ())
        found = [(person, written) for person, written in known if has_case_of(text, written)]
        exact = [person for person, _ in found if any(fold(name) == key for name in person.names)]
        return exact or [person for person, _ in found] if len(found) > 1 else [person for person, _ in found]

    def is_blocker(self, text: str) -> bool:
        """Tell whether the words hold a name but name no actor: "South China Sea"."""
        written = self._tables.blockers.get(fold(text))
        return written is not None and is_whole(text) and has_case_of(text, written)

    def is_guarded(self, names: Sequence[Name], text: str, start: int, end: int) -> bool:
        """Tell whether the words around characters start:end show that the names do not fit."""
        return self._guards.holds(names, text, start, end)

    # actors

    def actor(self, actor_id: str, on: date | None = None) -> Actor:
        """Return the actor of an id; a person belongs to whom the term of that day says, else the latest one.

        Raises NotFoundError for an id that names nothing.
        """
        person = self._tables.people.get(actor_id)
        if person is not None:
            return Actor(person.id, person.name, "person", self._acts_as(person.code(on)), person.qid)
        if actor_id in self._tables.actors:
            return self._tables.actors[actor_id]
        raise NotFoundError(f"actor {actor_id!r} is not in the gazetteer; look it up with `dyadgraph who NAME`")

    def actor_of_code(self, code: str) -> Actor:
        """Return the state, organisation or group of a code; raises NotFoundError."""
        if code in self._tables.codes:
            return self._tables.codes[code]
        raise NotFoundError(
            f"code {code!r} is not in the gazetteer; use ISO 3166-1 alpha-3 or one of docs/gazetteer.md"
        )

    def _acts_as(self, code: str) -> str:
        """Return the code that a state, organisation or group acts as: UNICEF as UNO."""
        return self._tables.codes[code].country or code

    def by_surname(self, text: str, on: date | None) -> list[Actor]:
        """Return whom a bare surname means that day; several where it stays open."""
        return [self.actor(person.id, on) for person in self._bearers(text, on)]

    def _bearers(self, text: str, on: date | None) -> list[Person]:
        key = self._tables.spellings.key(fold(text))
        found = self._tables.surnames.get(key) or self._tables.full_names.get(key, ())
        people = [person for person, written in found if has_case_of(text, written)]
        return list(choose_bearers(people, on)) if people else []

    # titles and offices

    def is_title(self, word: str) -> bool:
        """Tell whether a lower-case word can be part of a title."""
        return word in self._titles.words

    def is_office(self, word: str) -> bool:
        """Tell whether a lower-case noun can point at a person on its own: "the president"."""
        return word in self._titles.nouns

    def is_head_title(self, words: str) -> bool:
        """Tell whether lower-case words are the title of who leads a state, an organisation or a group."""
        return " ".join(words.replace("-", " ").split()) in self._titles.heads

    def offices(self, person_id: str, on: date | None) -> list[Term]:
        """Return the person's terms that run that day, all without a day; none for an unknown person."""
        person = self._tables.people.get(person_id)
        return [term for term in person.terms if on is None or term.covers(on)] if person else []

    def has_terms(self, person_id: str) -> bool:
        """Tell whether we know any office of the person."""
        return person_id in self._tables.people

    def find_holder(self, title: str, code: str, on: date | None) -> Actor | None:
        """Return who held the office of a state, organisation or group, given by code or id, that day."""
        term = self.find_term(title, code, on)
        return self.actor(term.person, on) if term else None

    def find_term(self, title: str, code: str, on: date | None, *, exact: bool = False) -> Term | None:
        """Return the term of who held the office that day, of two at once the later one.

        A term with just that title wins; `exact` takes no other.
        """
        if on is None:
            return None
        if code in self._tables.actors and code not in self._tables.codes:
            code = next(known for known, actor in self._tables.codes.items() if actor.id == code)
        code = self._tables.successors.get(code, code)
        running = [term for term in self._tables.terms.get(code, ()) if term.covers(on)]
        wanted = fold(title)
        same = [term for term in running if fold(term.title) == wanted]
        if same:
            return max(same, key=lambda term: term.start)
        if exact:
            return None
        for office in self._wanted_offices(wanted, code):
            found = [term for term in running if term.office == office]
            if found:
                return max(found, key=lambda term: term.start)
        return None

    def _wanted_offices(self, title: str, code: str) -> tuple[Office, ...]:
        found = self._titles.find_offices(title)
        if found or not self._titles.means_leader(title):
            return found
        leads = self._tables.leaders.get(code, "head")
        order: tuple[Office, ...] = ("supreme_leader", leads, "head", "head_of_state", "head_of_government")
        return tuple(dict.fromkeys(order))

    # everything, for the linter and the coverage page

    @property
    def people(self) -> Sequence[Person]:
        """Every person."""
        return tuple(self._tables.people.values())

    @property
    def actors(self) -> Sequence[Actor]:
        """Every state, organisation and group."""
        return tuple(self._tables.actors.values())

    def has_context(self, key: str) -> bool:
        """Tell whether an alias, given by its key, depends on the words around it."""
        return key in self._guards.contexts

    def names(self) -> list[tuple[str, Name]]:
        """Return every name as written with what it means, surnames left out."""
        return [(entry.written, entry.name) for entries in self._tables.entries.values() for entry in entries] + [
            (written, Name("person", person.id))
            for bearers in self._tables.full_names.values()
            for person, written in bearers
        ]


def is_head(term: Term) -> bool:
    """Tell whether the term is that of who leads a state, an organisation or a group."""
    return term.office in HEAD_OFFICES
