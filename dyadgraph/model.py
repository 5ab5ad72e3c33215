"""The nouns of the graph: frozen values that every other part takes and gives.

An `Article` is read, a `Relation` (one coded event with its `Evidence`) is found in it, both travel
together in an `Extraction`. A store folds relations that agree in source, type, target and status into
one `Edge`; a `Subgraph` is a set of edges with their actors, ready to be drawn or exported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

ActorKind = Literal["country", "person", "organization", "armed_group"]
Status = Literal["occurred", "planned", "possible", "denied"]
STATUSES: tuple[Status, ...] = ("occurred", "planned", "possible", "denied")
# What was denied did not happen: it counts in a tone only where it is asked for by name.
HAPPENING: tuple[Status, ...] = ("occurred", "planned", "possible")
KINDS: tuple[ActorKind, ...] = ("country", "person", "organization", "armed_group")
SURE = 0.7
"""Confidence from which about nine claims in ten are right (measured: docs/accuracy.md)."""


def hash_id(*parts: str) -> str:
    """Return 20 hexadecimal digits that depend on every part and on their order."""
    return hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()[:20]


def iso(day: date | None) -> str | None:
    """Return the day as YYYY-MM-DD, None for None."""
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Article:
    """A news article; `id` is the hash of its canonical URL, else of its text.

    `story` is the id of the earlier article whose text this one repeats, None where the text is its own.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    story: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        published: date | None = None,
    ) -> Article:
        """Make an article and its id."""
        return cls(hash_id("article", url or text), text, title, url, publisher, published)

    def to_dict(self) -> dict[str, Any]:
        """Return id, title, url, publisher, published, story (no text)."""
        return {
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "publisher": self.publisher,
            "published": iso(self.published),
            "story": self.story,
        }


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts.

    `id` is ISO 3166-1 alpha-3 for countries, the Wikidata id where known for others, else a slug.
    `country` is the code of the state, organisation or armed group the actor belongs to or acts for:
    ISO 3166-1 alpha-3, or a code of the gazetteer (`UNO`, `NATO`, `HAMAS`); None where unknown.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    qid: str | None = None

    @property
    def code(self) -> str:
        """The code that the actor counts as: `country`, or its own id where that is unknown."""
        return self.country or self.id

    def to_dict(self) -> dict[str, Any]:
        """Return id, name, kind, country."""
        return {"id": self.id, "name": self.name, "kind": self.kind, "country": self.country}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a relation.

    `start:end` cuts `sentence` out of the article's text, `trigger_start:trigger_end` cuts out `trigger`
    (characters, from 0, end excluded). As part of an edge it names the relation that it proves, and its confidence.
    """

    article: Article
    sentence: str
    start: int
    end: int
    trigger: str
    trigger_start: int
    trigger_end: int
    date: date | None = None
    relation: str = ""
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """Return the evidence as the API, the command line and the exports write it."""
        return {
            "sentence": self.sentence,
            "start": self.start,
            "end": self.end,
            "trigger": self.trigger,
            "trigger_start": self.trigger_start,
            "trigger_end": self.trigger_end,
            "date": iso(self.date),
            "relation": self.relation,
            "confidence": round(self.confidence, 3),
            "article": {
                "id": self.article.id,
                "title": self.article.title,
                "url": self.article.url,
                "published": iso(self.article.published),
            },
        }


@dataclass(frozen=True, slots=True)
class Relation:
    """One coded event: source did `type` to target, as one sentence says.

    `rule` names what made it (`verb:visit`, `noun:meeting`), `confidence` lies in 0..1, `mode` and
    `context` are PLOVER's where the words give them, `date` is the event's, else the article's.
    """

    source: Actor
    type: str
    target: Actor
    status: Status
    evidence: Evidence
    rule: str
    confidence: float = 1.0
    date: date | None = None
    mode: str | None = None
    context: str | None = None

    @property
    def id(self) -> str:
        """Hash of article, sentence, type, source and target: adding twice equals adding once."""
        place = f"{self.evidence.start}:{self.evidence.end}"
        return hash_id("event", self.evidence.article.id, place, self.type, self.source.id, self.target.id)


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article and every relation found in it."""

    article: Article
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """All relations of one source, type, target and status, folded.

    `count` is the number of events, `articles` the number of distinct articles, `sources` that of distinct stories (an
    article that repeats another's text is no new source), `confidence` the highest of its events, `goldstein` the
    score of its type, `evidence` the latest few (newest first, of a day the surest).
    """

    source: Actor
    type: str
    plover: str | None
    quad: str
    target: Actor
    status: Status
    count: int
    articles: int
    first_seen: date | None
    last_seen: date | None
    symmetric: bool = False
    evidence: tuple[Evidence, ...] = ()
    sources: int = 1
    confidence: float = 1.0
    goldstein: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the relation as it reads everywhere: API, command line, exports."""
        return {
            "source": self.source.to_dict(),
            "target": self.target.to_dict(),
            "type": self.type,
            "plover": self.plover,
            "quad": self.quad,
            "status": self.status,
            "count": self.count,
            "articles": self.articles,
            "sources": self.sources,
            "confidence": round(self.confidence, 3),
            "goldstein": self.goldstein,
            "first_seen": iso(self.first_seen),
            "last_seen": iso(self.last_seen),
            "evidence": [e.to_dict() for e in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """An actor of the graph with the number of events it takes part in."""

    actor: Actor
    count: int

    def to_dict(self) -> dict[str, Any]:
        """Return the actor's fields and `count`."""
        return {**self.actor.to_dict(), "count": self.count}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor next to another one: how many events join them, and of which types."""

    actor: Actor
    count: int
    types: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the actor's fields, `count` and `types` (type -> count)."""
        return {**self.actor.to_dict(), "count": self.count, "types": dict(self.types)}


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Edges and the actors they join; what a map or an export is made of."""

    actors: tuple[Actor, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, edges: tuple[Edge, ...]) -> Subgraph:
        """Make a subgraph of edges; actors in order of first appearance."""
        seen = {actor.id: actor for edge in edges for actor in (edge.source, edge.target)}
        return cls(tuple(seen.values()), edges)

    def to_dict(self) -> dict[str, Any]:
        """Return `{"actors": […], "relations": […]}`."""
        return {"actors": [a.to_dict() for a in self.actors], "relations": [e.to_dict() for e in self.edges]}


@dataclass(frozen=True, slots=True)
class Month:
    """The events of a month: by class, their mean Goldstein score, cooperative less conflictual ones.

    `month` is YYYY-MM; structural events count but have no tone; `sources` is the number of distinct stories, None
    where the question is too wide to count them.
    """

    month: str
    count: int
    quads: Mapping[str, int]
    goldstein: float | None
    net: int
    sources: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the month for machines."""
        return {
            "month": self.month,
            "count": self.count,
            "quads": dict(self.quads),
            "goldstein": self.goldstein,
            "net": self.net,
            "sources": self.sources,
        }


@dataclass(frozen=True, slots=True)
class Facets:
    """Numbers of events by type, PLOVER type, class, status and year, largest first (years: latest first)."""

    types: Mapping[str, int]
    plovers: Mapping[str, int]
    quads: Mapping[str, int]
    statuses: Mapping[str, int]
    years: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the facets under the names of the parameters that they narrow by."""
        return {
            "type": dict(self.types),
            "plover": dict(self.plovers),
            "quad": dict(self.quads),
            "status": dict(self.statuses),
            "year": dict(self.years),
        }


@dataclass(frozen=True, slots=True)
class PairSummary:
    """Two actors (in order of their ids) with the number of events between them, by class, and their mean Goldstein."""

    first: Actor
    second: Actor
    count: int
    quads: Mapping[str, int]
    goldstein: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the pair for machines."""
        return {
            "first": self.first.to_dict(),
            "second": self.second.to_dict(),
            "count": self.count,
            "quads": dict(self.quads),
            "goldstein": self.goldstein,
        }


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one actor to another: n actors and, between neighbours, the strongest edge of either direction."""

    actors: tuple[Actor, ...]
    edges: tuple[Edge, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return `{"actors": […], "relations": […]}`."""
        return {"actors": [a.to_dict() for a in self.actors], "relations": [e.to_dict() for e in self.edges]}


@dataclass(frozen=True, slots=True)
class Flip:
    """Two actors (in order of their ids) between whom the mean Goldstein score changed its sign."""

    first: Actor
    second: Actor
    before: float
    after: float

    def to_dict(self) -> dict[str, Any]:
        """Return `{"actors": […], "before": …, "after": …}`."""
        return {
            "actors": [self.first.to_dict(), self.second.to_dict()],
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is new in a later period, what is gone, and between whom the tone changed its sign."""

    new: tuple[Edge, ...]
    gone: tuple[Edge, ...]
    flipped: tuple[Flip, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison for machines."""
        return {
            "new": [edge.to_dict() for edge in self.new],
            "gone": [edge.to_dict() for edge in self.gone],
            "flipped": [flip.to_dict() for flip in self.flipped],
        }
