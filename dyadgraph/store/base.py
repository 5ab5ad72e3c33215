"""What every store can do, and the question it answers; which store it is, nobody above needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, Protocol, TypeVar

from dyadgraph.model import (
    Actor,
    ActorKind,
    ActorSummary,
    Article,
    Comparison,
    Edge,
    Extraction,
    Facets,
    Month,
    Neighbour,
    PairSummary,
    Path,
    Relation,
    Status,
    Subgraph,
)

MAX_LIMIT = 500
MOST_NEIGHBOURS = 200
"""Strongest neighbours of each end that a path of three steps is looked for through."""
LONGEST_PATH = 3
Sort = Literal["count", "last_seen"]
SORTS: tuple[Sort, ...] = ("count", "last_seen")
Period = tuple[date, date]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationQuery:
    """A question for relations; every field narrows, None means any.

    `source` and `target` are an actor's id or a code: the code of a state or organisation means itself
    and everyone who acts for it (`RUS` finds what Vladimir Putin did). Symmetric types match in both
    directions and come back turned so that the asked source is the source. `actor` matches either side; `pair`
    holds two of them, who did something to each other, in either direction.
    `since` and `until` bound the event's date, both included; with either, undated relations are left out.
    `min_confidence` asks of an edge that one of its events is at least so certain, of an event that it is itself.
    `sort` is by count or by the latest event; each falls back on the other, then on the ids.
    """

    source: str | None = None
    target: str | None = None
    actor: str | None = None
    pair: tuple[str, str] | None = None
    types: tuple[str, ...] = ()
    plover: str | None = None
    quad: str | None = None
    statuses: tuple[Status, ...] = ()
    article: str | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    sort: Sort = "count"
    limit: int = 100
    cursor: str | None = None
    evidence: int = 3


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list, and the cursor that asks for the next ones (None at the end)."""

    items: tuple[T, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What one `add` did: counts of articles and of events (relations)."""

    articles: int
    duplicates: int
    events: int


@dataclass(frozen=True, slots=True)
class StoreState:
    """Counts of what is there, and the revision that grows with every commit that changed something."""

    revision: int
    articles: int
    actors: int
    events: int
    edges: int


class GraphStore(Protocol):
    """A place that keeps the graph. All methods raise StoreUnavailableError where it does not answer."""

    def add(self, extractions: Sequence[Extraction]) -> AddReport:
        """Add articles with their relations in one transaction; what is there already is left as it is.

        An article whose id is there already counts as a duplicate and adds nothing.
        """
        ...

    def relations(self, query: RelationQuery) -> Page[Edge]:
        """Return edges, strongest first: by count, then last_seen (newest first), source id, type, target id, status.

        With `sort="last_seen"` by last_seen, then count.

        With `since`, `until` or `article`, counts, days and evidence are of the events that these leave.
        Articles in evidence come without their text.
        """
        ...

    def actors(
        self, *, search: str | None = None, kind: ActorKind | None = None, limit: int = 100, cursor: str | None = None
    ) -> Page[ActorSummary]:
        """Return actors, most events first (then id).

        Every word of `search` must begin a word of the name; case and accents are ignored.
        """
        ...

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        ...

    def neighbours(self, actor_id: str, *, limit: int = 100) -> tuple[Neighbour, ...]:
        """Return those joined to the actor, most events first (then id); denied relations do not count.

        A country's code gathers what its people did too. Raises NotFoundError.
        """
        ...

    def articles(self, *, limit: int = 100, cursor: str | None = None) -> Page[Article]:
        """Return articles without their texts, newest publication first (undated last), then id."""
        ...

    def article(self, article_id: str) -> Article:
        """Return one article with its text; raises NotFoundError."""
        ...

    def events(self, article_id: str) -> tuple[Relation, ...]:
        """Return the relations found in one article, in the order of its text; raises NotFoundError."""
        ...

    def relation(self, relation_id: str) -> Relation:
        """Return one relation, its article with its text; raises NotFoundError."""
        ...

    def history(self, query: RelationQuery) -> Page[Relation]:
        """Return single relations, newest first (undated last), then by id; articles come without their text."""
        ...

    def timeline(self, query: RelationQuery) -> tuple[Month, ...]:
        """Return the months that have events, oldest first; what was denied counts only where `statuses` name it."""
        ...

    def facets(self, query: RelationQuery) -> Facets:
        """Return how many events fit, by each of the fields that a question can narrow."""
        ...

    def top_actors(self, query: RelationQuery) -> tuple[ActorSummary, ...]:
        """Return the `query.limit` actors with most of the events that fit (then id)."""
        ...

    def top_pairs(self, query: RelationQuery) -> tuple[PairSummary, ...]:
        """Return the `query.limit` pairs with most of the events that fit (then ids)."""
        ...

    def paths(self, first: str, second: str, *, kinds: tuple[ActorKind, ...] = (), limit: int = 10) -> tuple[Path, ...]:
        """Return ways between two actors of one to three steps, shortest first, then by their weakest step.

        `kinds` says who may stand between them, () anybody. Denied relations join nobody; ways of three steps lead
        through the strongest MOST_NEIGHBOURS of each end. Raises NotFoundError.
        """
        ...

    def compare(self, query: RelationQuery, before: Period, after: Period) -> Comparison:
        """Return what is new, gone and turned in a later period; at most `query.limit` of each, strongest first."""
        ...

    def delete_article(self, article_id: str) -> int:
        """Take out an article, its relations and whom only these name; return their number. Raises NotFoundError."""
        ...

    def rebuild(self) -> None:
        """Work out anew, from the relations, all that is kept folded."""
        ...

    def check(self) -> tuple[str, ...]:
        """Return what is wrong: relations without their words, folded numbers that differ; () where all is sound."""
        ...

    def has_articles(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the ids that are there."""
        ...

    def subgraph(self, query: RelationQuery) -> Subgraph:
        """Return the strongest `query.limit` edges as a graph."""
        ...

    def state(self) -> StoreState:
        """Return counts and revision; also the way to ask whether the store answers."""
        ...

    def close(self) -> None:
        """Give back connections; the store cannot be used afterwards."""
        ...
