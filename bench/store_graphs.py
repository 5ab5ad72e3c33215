"""Graphs made by chance, of any size, that look like news: a few countries and leaders are in most of it."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from dyadgraph.model import Actor, Article, Evidence, Extraction, Relation
from dyadgraph.ontology import Ontology

COUNTRIES = 200
PERSONS = 5000
A_ARTICLE = 10
"""Relations that an article gives."""
BEGIN = date(2004, 1, 1)
DAYS = 20 * 365
LATEST = 30
STATUSES = ("occurred",) * 8 + ("planned", "denied")


class Zipf:
    """Draws numbers below `size`, the n-th one in proportion to 1/n."""

    def __init__(self, size: int) -> None:
        self._sums = list(accumulate(1 / (n + 1) for n in range(size)))

    def draw(self, chance: random.Random) -> int:
        """Return a number."""
        return bisect(self._sums, chance.random() * self._sums[-1])


def make_actors() -> list[Actor]:
    """Return countries, then persons; of a country's persons there are the more, the more it is in the news."""
    chance, zipf = random.Random(7), Zipf(COUNTRIES)
    countries = [Actor(f"C{n:03}", f"Country {n}", "country", f"C{n:03}") for n in range(COUNTRIES)]
    persons = [
        Actor(f"Q{n:05}", f"Person Number {n}", "person", countries[zipf.draw(chance)].id) for n in range(PERSONS)
    ]
    return countries + persons


def make_extractions(events: int, ontology: Ontology, *, seed: int = 1) -> Iterator[Extraction]:
    """Yield articles with ten relations each as news comes in: day after day, some of it late by up to a month."""
    chance, actors = random.Random(seed), make_actors()
    types, by_country, by_person = sorted(ontology.types), Zipf(COUNTRIES), Zipf(PERSONS)
    kinds = Zipf(len(types))
    for number in range(events // A_ARTICLE):
        day = BEGIN + timedelta(
            days=max(0, DAYS * number * A_ARTICLE // events - int(chance.expovariate(0.3)) % LATEST)
        )
        facts = []
        for _ in range(A_ARTICLE):
            ends: set[int] = set()
            while len(ends) < 2:
                is_person = chance.random() < 0.4
                ends.add(COUNTRIES + by_person.draw(chance) if is_person else by_country.draw(chance))
            source, target = chance.sample(sorted(ends), 2)
            facts.append((actors[source], types[kinds.draw(chance)], actors[target]))
        yield _make_extraction(f"{seed}-{number}", facts, day, chance)


def _make_extraction(name: str, facts: list[tuple[Actor, str, Actor]], day: date, chance: random.Random) -> Extraction:
    sentences = [f"{source.name} did {type_id} to {target.name} on that day." for source, type_id, target in facts]
    article = Article.of(" ".join(sentences), title=name, url=f"https://news.example/{name}", published=day)
    relations, place = [], 0
    for (source, type_id, target), sentence in zip(facts, sentences, strict=True):
        start = place + len(source.name) + 5
        evidence = Evidence(article, sentence, place, place + len(sentence), type_id, start, start + len(type_id), day)
        status = chance.choice(STATUSES)
        confidence = round(0.3 + 0.7 * chance.random(), 3)
        relations.append(Relation(source, type_id, target, status, evidence, f"verb:{type_id}", confidence, day))
        place += len(sentence) + 1
    return Extraction(article, tuple(relations))
