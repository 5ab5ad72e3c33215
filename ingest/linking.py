"""Mentions in, actors out: who each name, title, pronoun or pair of a sentence points at.

Order: a full name or alias valid at the article's date; a title or apposition of this article, which teaches a
person; an office ("the Russian president") at that date; a bare surname, first as named in full here, then as
an office holder at that date; pronouns and pairs within the article. What stays unsure stays unlinked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from dyadgraph.gazetteer import Gazetteer, Name
from dyadgraph.model import Actor
from ingest.descriptions import Descriptions, find_speaker, find_subject, load_descriptions
from ingest.memory import Memory
from ingest.mentions import Reading
from ingest.scene import Reference, Scene, Via

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERSONAL = {"he", "she", "him", "his", "her", "himself", "herself"}
NEUTER = {"it", "its", "itself"}
HONORIFICS = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "president-elect"}
PAIR_NOUNS = {"country", "nation", "side", "leader", "president", "state", "government", "neighbor", "neighbour"}
PAIR_NOUNS |= {"ally", "minister", "power", "man", "rival", "party", "capital", "official"}
PERSON_PAIRS = {"leader", "president", "man", "minister", "premier"}
HEAD_OFFICES = {"head_of_state", "head_of_government", "supreme_leader", "head"}
NOT_HEAD = {"former", "ex", "ex-", "vice", "deputy", "late", "acting", "future", "then"}
LEFT = 9
RIGHT = 12


class Linker:
    """Links the sentences of one article, in order."""

    def __init__(self, gazetteer: Gazetteer, on: date | None) -> None:
        self.gazetteer = gazetteer
        self.on = on
        self.memory = Memory()
        self._descriptions = Descriptions(gazetteer, load_descriptions(), self.memory)

    def link(self, reading: Reading, doc: Doc) -> Scene:
        """Give each token of a parsed sentence that points at somebody its reference."""
        links: dict[int, Reference] = {}
        consumed: set[int] = set()
        leads: list[tuple[Actor, str, int]] = []
        self._link_names(reading, doc, links)
        self._link_unknown_persons(doc, links)
        for token in doc:
            self._link_titled(doc, token, links, consumed, leads)
        self._link_offices(doc, links, consumed, leads)
        for token in doc:
            reference = links.get(token.i)
            if reference is None:
                self._link_pronoun(token, links)
            elif token.i not in consumed:
                for actor in reference.actors:
                    self.memory.see(actor)
        for index in consumed:
            links.pop(index, None)
        links.update(list(self._descriptions.find(doc, links)))
        self.memory.end_sentence(find_subject(doc, links), find_speaker(doc, links))
        return Scene(reading, doc, links, frozenset(consumed), tuple(leads), self.memory.destinations)

    def note(self, reading: Reading) -> None:
        """Remember whom a sentence names that is not worth parsing: the next one may say "he"."""
        links: dict[int, Reference] = {}
        self._link_names(reading, None, links)
        for _, reference in sorted(links.items()):
            for actor in reference.actors:
                self.memory.see(actor)
        self.memory.end_sentence(None, None)

    # names -----------------------------------------------------------------------------------------------

    def _link_names(self, reading: Reading, doc: Doc | None, links: dict[int, Reference]) -> None:
        for index, names in reading.names.items():
            if reference := self._choose(reading, doc, index, names):
                links[index] = reference

    def _choose(self, reading: Reading, doc: Doc | None, index: int, names: tuple[Name, ...]) -> Reference | None:
        text = reading.word(index)
        others = [name for name in names if name.kind not in {"surname", "person"}]
        if others:
            name = others[0]
            return Reference((self.gazetteer.actor(name.actor_id, self.on),), _via(name))
        full = [name for name in names if name.kind == "person"]
        if full:
            person = self.gazetteer.actor(full[0].actor_id, self.on)
            self.memory.learn_person(person, *_surnames(text))
            return Reference((person,), "person")
        return (
            None
            if doc is not None and self._has_unknown_first_name(reading, doc, index)
            else self._choose_surname(text)
        )

    def _has_unknown_first_name(self, reading: Reading, doc: Doc, index: int) -> bool:
        """Tell "Laura Bush" from "Mr. Bush": a given name that is no title and no known name stands before."""
        if index == 0 or index - 1 in reading.names:
            return False
        before = doc[index - 1]
        if before.lower_ in HONORIFICS or self.gazetteer.is_title(before.lower_):
            return False
        return before.ent_type_ == "PERSON" and before.dep_ == "compound"

    def _choose_surname(self, text: str) -> Reference | None:
        if text in self.memory.surnames:
            return Reference((self.memory.surnames[text],), "surname", "remembered")
        holders = self.gazetteer.by_surname(text, self.on)
        countries = {holder.country for holder in holders}
        if holders and (len(holders) == 1 or len(countries) == 1):
            return Reference((holders[0],), "surname", "in office")
        return None

    # persons the article itself introduces -----------------------------------------------------------------

    def _link_unknown_persons(self, doc: Doc, links: dict[int, Reference]) -> None:
        for span in doc.ents:
            if span.label_ != "PERSON" or any(token.i in links for token in span):
                continue
            last = span[-1]
            surname = last.text
            if len(span) == 1 and surname in self.memory.surnames:
                links[last.i] = Reference((self.memory.surnames[surname],), "surname", "remembered")
                continue
            code = self._country_before(doc, span.start, links) or self._country_after(doc, span.end, links)
            if code and len(span) > 1:
                person = Actor(_slug(span.text), span.text, "person", code)
                self.memory.learn_person(person, *_surnames(span.text))
                links[last.i] = Reference((person,), "person", "introduced")
            elif surname in self.memory.surnames and len(span) > 1:
                known = self.memory.surnames[surname]
                if known.name.split()[0][0] == span[0].text[0]:
                    links[last.i] = Reference((known,), "person", "initial")
        for token in doc:
            if token.i not in links and token.text in self.memory.surnames and token.pos_ == "PROPN":
                links[token.i] = Reference((self.memory.surnames[token.text],), "surname", "remembered")

    def _country_before(self, doc: Doc, start: int, links: dict[int, Reference]) -> str | None:
        for token in reversed(doc[max(0, start - LEFT) : start]):
            reference = links.get(token.i)
            if reference and reference.actors[0].kind != "person":
                return reference.actors[0].country if token.i < start - 1 or reference.via == "demonym" else None
            if not (self.gazetteer.is_title(token.lower_) or token.text in {"'s", "'", "-"}):
                return None
        return None

    def _country_after(self, doc: Doc, end: int, links: dict[int, Reference]) -> str | None:
        if end >= len(doc) or doc[end].text != ",":
            return None
        titled = False
        for token in doc[end + 1 : end + RIGHT]:
            titled = titled or self.gazetteer.is_title(token.lower_)
            if token.text in {",", ".", ";"} or token.pos_ == "VERB":
                return None
            reference = links.get(token.i)
            if reference and reference.actors[0].kind != "person":
                following = doc[token.i + 1 : token.i + 6]
                if titled or any(self.gazetteer.is_title(word.lower_) for word in following):
                    return reference.actors[0].country
                return None
        return None

    # titles ------------------------------------------------------------------------------------------------

    def _link_titled(
        self,
        doc: Doc,
        token: Token,
        links: dict[int, Reference],
        consumed: set[int],
        leads: list[tuple[Actor, str, int]],
    ) -> None:
        """Take "Russian President" before Putin as part of Putin, and learn the office."""
        reference = links.get(token.i)
        if reference is None or reference.actors[0].kind != "person":
            return
        person = reference.actors[0]
        start = token.i
        while (
            start > 0
            and start - 1 not in links
            and doc[start - 1].pos_ == "PROPN"
            and doc[start - 1].dep_ == "compound"
        ):
            if self.gazetteer.is_title(doc[start - 1].lower_):
                break
            start -= 1  # given names of an unknown person
        titles: list[Token] = []
        for word in reversed(doc[max(0, start - LEFT) : start]):
            country = links.get(word.i)
            if country is not None:
                if titles and country.actors[0].kind != "person" and country.actors[0].country == person.country:
                    consumed.add(word.i)
                    self._learn_office(person, titles, country.actors[0], word, leads)
                break
            if not (self.gazetteer.is_title(word.lower_) or word.text in {"'s", "'", "-"}):
                break
            if word.text not in {"'s", "'", "-"}:
                titles.append(word)

    def _learn_office(
        self,
        person: Actor,
        titles: list[Token],
        led: Actor,
        place: Token,
        leads: list[tuple[Actor, str, int]],
    ) -> None:
        words = [word.lower_ for word in reversed(titles)]
        title = " ".join(words)
        self.memory.learn_office(title, led.code, person)
        before = place.nbor(-1).lower_ if place.i else ""
        if self._leads(person, words, led, before):
            leads.append((person, led.code, titles[-1].i))

    def _leads(self, person: Actor, words: list[str], led: Actor, before: str) -> bool:
        if before in NOT_HEAD or set(words) & NOT_HEAD or not self.gazetteer.is_head_title(" ".join(words)):
            return False
        code = led.code
        if self.on is None:
            return True
        terms = self.gazetteer.offices(person.id, self.on)
        known = any(term.office in HEAD_OFFICES and term.code == code for term in terms)
        return known or not self.gazetteer.has_terms(person.id)

    def _link_offices(
        self,
        doc: Doc,
        links: dict[int, Reference],
        consumed: set[int],
        leads: list[tuple[Actor, str, int]],
    ) -> None:
        """Link "the Russian president", "Russia's foreign minister", "the president of Russia"."""
        for token in doc:
            if token.i in links or token.pos_ not in {"NOUN", "PROPN"} or not self.gazetteer.is_office(token.lower_):
                continue
            if any(self._names_person(links, other) for other in _named_by(token)):
                continue
            place, title = self._office_of(doc, token, links)
            if place is None:
                person = self._titled_before(title) if _is_definite(token) else None
                if person is not None:
                    links[token.i] = Reference((person,), "office", "titled")
                continue
            led = links[place].actors[0]
            code = led.code
            told = self.memory.offices.get((title, code))
            person = told or self._holder(title, led.id)
            if person is not None:
                links[token.i] = Reference((person,), "office", "told" if told else "held")
                if self._leads(person, title.split(), led, doc[place - 1].lower_ if place else ""):
                    leads.append((person, code, token.i))
            else:
                links[token.i] = Reference((self.gazetteer.actor_of_code(code),), "office", "no holder")
            consumed.add(place)

    def _holder(self, title: str, code: str) -> Actor | None:
        if self.on is None or set(title.split()) & NOT_HEAD:
            return None
        return self.gazetteer.find_holder(title, code, self.on)

    def _names_person(self, links: dict[int, Reference], token: Token) -> bool:
        reference = links.get(token.i)
        return reference is not None and reference.actors[0].kind == "person"

    def _office_of(self, doc: Doc, token: Token, links: dict[int, Reference]) -> tuple[int | None, str]:
        """Return the token of the country that the office belongs to, and the title's words."""
        words = [token.lower_]
        for word in reversed(doc[max(0, token.i - 5) : token.i]):
            reference = links.get(word.i)
            if reference is not None:
                return (word.i if reference.actors[0].kind != "person" else None), " ".join(words)
            if word.text in {"'s", "'"}:
                continue
            if not self.gazetteer.is_title(word.lower_):
                break
            words.insert(0, word.lower_)
        if token.i + 2 < len(doc) and doc[token.i + 1].lower_ in {"of"}:
            for word in doc[token.i + 2 : token.i + 4]:
                reference = links.get(word.i)
                if reference is not None and reference.actors[0].kind != "person":
                    return word.i, " ".join(words)
        return None, " ".join(words)

    def _titled_before(self, title: str) -> Actor | None:
        """Return the person last named whom "the president" without a country can mean."""
        for actor in reversed(self.memory.recent):
            if actor.kind != "person":
                continue
            learned = any(person == actor and title in known for (known, _), person in self.memory.offices.items())
            if learned or any(title in term.title.lower() for term in self.gazetteer.offices(actor.id, self.on)):
                return actor
        return None

    # pronouns and pairs --------------------------------------------------------------------------------------

    def _link_pronoun(self, token: Token, links: dict[int, Reference]) -> None:
        word = token.lower_
        if word in PERSONAL and self.memory.person is not None:
            links[token.i] = Reference((self.memory.person,), "pronoun", "last named")
        elif word in NEUTER:
            subject = _state_subject(token, links)
            if subject is not None:
                links[token.i] = Reference((subject,), "pronoun", "subject")
        elif _is_pair(token):
            persons = token.lemma_.lower() in PERSON_PAIRS
            actors = self.memory.last_two(persons=persons)
            if not persons:
                actors = tuple(self.gazetteer.actor_of_code(a.country) if a.country else a for a in actors)
            if len({actor.id for actor in actors}) == 2:
                links[token.i] = Reference(actors, "pair", "pair")


def _named_by(title: Token) -> Iterator[Token]:
    """Yield the tokens that may name the person who has the title: head of a compound, apposition."""
    if title.dep_ in {"compound", "nmod", "amod"}:
        yield title.head
    yield from (child for child in title.children if child.dep_ == "appos")
    if title.dep_ == "appos":
        yield title.head
    doc = title.doc
    for token in doc[title.i + 1 : title.i + 3]:
        yield token
        if token.pos_ != "PROPN":
            return


def _is_definite(title: Token) -> bool:
    return any(child.lower_ in {"the", "his", "her"} and child.i < title.i for child in title.children)


def _is_pair(token: Token) -> bool:
    """Tell "both sides", "the two leaders", and "the two" alone."""
    if token.pos_ == "NOUN" and token.lemma_.lower() in PAIR_NOUNS:
        return any(child.lower_ in {"two", "both"} for child in token.children)
    return (
        token.lower_ == "two"
        and token.i > 0
        and token.nbor(-1).lower_ == "the"
        and token.dep_ not in {"nummod", "amod"}
    )


def _state_subject(pronoun: Token, links: dict[int, Reference]) -> Actor | None:
    """Return the state that is the subject of a verb above the pronoun: "Iran said its forces …"."""
    for verb in pronoun.ancestors:
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and child.i < pronoun.i and child.i in links:
                actor = links[child.i].actors[0]
                if actor.kind != "person" and len(links[child.i].actors) == 1:
                    return actor
    return None


def _surnames(name: str) -> tuple[str, ...]:
    """Return the short forms under which a person may return: last word, first word of East Asian names, "al-X"."""
    words = name.split()
    return (words[-1], words[0]) if len(words) == 3 and len(words[0]) <= 5 else (words[-1],)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _via(name: Name) -> Via:
    return "name" if name.kind == "alias" else name.kind
