"""Extractions go in, what a store has to write comes out: new articles, actors, events and the change of each edge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from dyadgraph.errors import StoreError
from dyadgraph.model import HAPPENING, KINDS, STATUSES, Actor, Article, Extraction, Relation, Status
from dyadgraph.ontology import Ontology

EdgeKey = tuple[str, str, str, Status]


@dataclass(slots=True)
class Delta:
    """What a batch adds to one edge; `articles` holds ids, all new to the store, `stories` those of the texts told."""

    count: int = 0
    articles: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    confidence: float = 0.0
    first_seen: date | None = None
    last_seen: date | None = None

    def add(self, relation: Relation) -> None:
        """Count one more event."""
        self.count += 1
        article = relation.evidence.article
        self.articles.add(article.id)
        self.stories.add(article.story or article.id)
        self.confidence = max(self.confidence, relation.confidence)
        if relation.date is not None:
            self.first_seen = min(self.first_seen or relation.date, relation.date)
            self.last_seen = max(self.last_seen or relation.date, relation.date)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is new: every article and event once; `counts` are events by actor id; `edges` in order of their key."""

    articles: tuple[Article, ...]
    duplicates: int
    actors: tuple[Actor, ...]
    counts: Mapping[str, int]
    events: Mapping[str, Relation]
    edges: Mapping[EdgeKey, Delta]


def check_extractions(extractions: Iterable[Extraction], ontology: Ontology) -> None:
    """Raise StoreError for the first relation that no store may keep."""
    for extraction in extractions:
        for relation in extraction.relations:
            fault = _find_fault(relation, extraction.article, ontology)
            if fault is not None:
                raise StoreError(f"article {extraction.article.id}: relation {relation.id} {fault}")


def _find_fault(relation: Relation, article: Article, ontology: Ontology) -> str | None:
    if relation.type not in ontology.types or not re.fullmatch("[a-z]+", relation.type):
        return f"has type {relation.type!r}, which is not in the vocabulary; add it there or mend the coder"
    if relation.status not in STATUSES:
        return f"has status {relation.status!r}; use one of {', '.join(STATUSES)}"
    for actor in (relation.source, relation.target):
        if actor.kind not in KINDS:
            return f"has actor {actor.id!r} of kind {actor.kind!r}; use one of {', '.join(KINDS)}"
    if relation.evidence.article.id != article.id:
        return f"has its evidence in article {relation.evidence.article.id}; put it into that article's extraction"
    return None


def fold_batch(extractions: Sequence[Extraction], known: Set[str]) -> Batch:
    """Leave out articles whose id is known or came before, and fold the others' relations."""
    fresh: dict[str, Extraction] = {}
    for extraction in extractions:
        if extraction.article.id not in known:
            fresh.setdefault(extraction.article.id, extraction)
    events: dict[str, Relation] = {}
    for extraction in fresh.values():
        for relation in extraction.relations:
            events.setdefault(relation.id, relation)
    actors = {actor.id: actor for event in reversed(events.values()) for actor in (event.target, event.source)}
    return Batch(
        articles=tuple(extraction.article for extraction in fresh.values()),
        duplicates=len(extractions) - len(fresh),
        actors=tuple(actors[each] for each in sorted(actors)),
        counts=Counter(each for event in events.values() for each in {event.source.id, event.target.id}),
        events=events,
        edges=_fold_edges(events.values()),
    )


def fold_tone(events: Iterable[Relation], codes: Mapping[str, str]) -> Counter[tuple[str, str, str, str]]:
    """Count events by (side, month, type, status): once for all (side ""), once for each actor and code in them."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for event in events:
        month = event.date.isoformat()[:7] if event.date else ""
        source, target = event.source.id, event.target.id
        for side in {"", source, target, codes[source], codes[target]}:
            found[side, month, event.type, event.status] += 1
    return found


def fold_pairs(edges: Mapping[EdgeKey, Delta]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return by pair (in order of ids) the events between two actors, and those of them that were not denied."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for (source, target, _, status), delta in edges.items():
        if source != target:
            key = (min(source, target), max(source, target))
            count, happening = found.get(key, (0, 0))
            found[key] = (count + delta.count, happening + (delta.count if status in HAPPENING else 0))
    return found


def _fold_edges(events: Iterable[Relation]) -> dict[EdgeKey, Delta]:
    edges: dict[EdgeKey, Delta] = {}
    for event in events:
        key = (event.source.id, event.target.id, event.type, event.status)
        edges.setdefault(key, Delta()).add(event)
    return dict(sorted(edges.items()))
