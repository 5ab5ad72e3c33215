"""A RelationQuery and the vocabulary go in, a checked question that a store can bind comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dyadgraph.errors import QueryError, UnanswerableError
from dyadgraph.model import KINDS, STATUSES, ActorKind, Edge, iso
from dyadgraph.ontology import QUADS, Ontology, RelationType
from dyadgraph.store.base import MAX_LIMIT, RelationQuery
from dyadgraph.store.cursors import Key, decode_cursor, encode_cursor
from dyadgraph.store.names import fold_words

LARGEST = 2**63 - 1
_START: Key = (LARGEST, "9999-99-99", "", "", "", "", 0)


@dataclass(frozen=True, slots=True)
class Question:
    """What both stores ask: the query's values, its types spelled out, and the key to go on from.

    `anchor` is an actor that every edge found has on one of its sides, None where any edge may do.
    `folds_events` says that edges must be folded from events, because period or article narrow the count.
    """

    query: RelationQuery
    types: tuple[str, ...]
    symmetric: tuple[str, ...]
    after: Key

    @property
    def anchor(self) -> str | None:
        """The actor to start looking from."""
        return next((each for each in (self.query.actor, self.query.source, self.query.target) if each), None)

    @property
    def folds_events(self) -> bool:
        """Whether the all-time aggregate does not answer."""
        return self.is_dated or self.query.article is not None

    @property
    def is_dated(self) -> bool:
        """Whether events without a date are left out."""
        return self.query.since is not None or self.query.until is not None

    def to_parameters(self) -> dict[str, Any]:
        """Return the values that statements name; dates are text, so that they compare as dates do."""
        count, seen, source, type_id, target, status, turned = self.after
        return {
            "source": self.query.source or None,
            "target": self.query.target or None,
            "actor": self.query.actor or None,
            "anchor": self.anchor,
            "types": list(self.types),
            "symmetric": list(self.symmetric),
            "statuses": list(self.query.statuses or STATUSES),
            "article": self.query.article,
            "dated": self.is_dated,
            "since": iso(self.query.since) or "0001-01-01",
            "until": iso(self.query.until) or "9999-12-31",
            "after_count": count,
            "after_seen": seen,
            "after_source": source,
            "after_type": type_id,
            "after_target": target,
            "after_status": status,
            "after_turned": turned,
            "limit": self.query.limit + 1,
            "evidence": self.query.evidence,
        }


def ask(query: RelationQuery, ontology: Ontology) -> Question:
    """Check a query; raises QueryError that names the field and the mend."""
    check_limit(query.limit)
    if query.evidence < 0:
        raise QueryError(f"evidence is {query.evidence}; give 0 or more")
    if query.since and query.until and query.since > query.until:
        raise UnanswerableError(f"since {query.since} is later than until {query.until}; swap them")
    _check_known("status", query.statuses, STATUSES)
    _check_known("type", query.types, tuple(ontology.types))
    _check_known("quad", (query.quad,) if query.quad is not None else (), QUADS)
    if query.plover is not None:
        _check_known("plover", (query.plover,), tuple(sorted({t.plover for t in ontology.types.values() if t.plover})))
    return Question(
        query,
        tuple(each.id for each in ontology.types.values() if _is_asked(each, query)),
        tuple(each.id for each in ontology.types.values() if each.symmetric),
        decode_cursor(query.cursor, "relations", _START),
    )


def check_limit(limit: int) -> None:
    """Raise QueryError for a limit that no list takes."""
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"limit is {limit}; give a number from 1 to {MAX_LIMIT}")


@dataclass(frozen=True, slots=True)
class ActorQuestion:
    """A checked question for actors: folded words that must all match, the key to go on from."""

    words: tuple[str, ...] | None
    kind: ActorKind | None
    limit: int
    after_count: int
    after_id: str


def ask_actors(*, search: str | None, kind: ActorKind | None, limit: int, cursor: str | None) -> ActorQuestion:
    """Check a question for actors; a search without a letter asks for all."""
    check_limit(limit)
    _check_known("kind", (kind,) if kind is not None else (), KINDS)
    count, actor_id = decode_cursor(cursor, "actors", (LARGEST, ""))
    words = fold_words(search or "")
    is_search = bool(search and search.strip())
    return ActorQuestion(words if is_search else None, kind, limit, int(count), str(actor_id))


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """A checked question for articles, with the key to go on from; an undated article has day ""."""

    limit: int
    after_day: str
    after_id: str


def ask_articles(*, limit: int, cursor: str | None) -> ArticleQuestion:
    """Check a question for articles."""
    check_limit(limit)
    day, article_id = decode_cursor(cursor, "articles", ("9999-99-99", ""))
    return ArticleQuestion(limit, str(day), str(article_id))


def edge_cursor(edge: Edge, *, turned: bool) -> str:
    """Return the cursor that goes on behind an edge."""
    seen = iso(edge.last_seen) or ""
    key = (edge.count, seen, edge.source.id, edge.type, edge.target.id, edge.status, int(turned))
    return encode_cursor("relations", key)


def _is_asked(each: RelationType, query: RelationQuery) -> bool:
    return (
        (not query.types or each.id in query.types)
        and (query.plover is None or each.plover == query.plover)
        and (query.quad is None or each.quad == query.quad)
    )


def _check_known(field: str, given: Sequence[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            raise QueryError(f"{field} {value!r} is not known; use one of {', '.join(known)}")
