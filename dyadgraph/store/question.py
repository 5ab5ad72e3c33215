"""A RelationQuery and the vocabulary go in, a checked question that a store can bind comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dyadgraph.errors import QueryError, UnanswerableError
from dyadgraph.model import HAPPENING, KINDS, STATUSES, ActorKind, Edge, Relation, iso
from dyadgraph.ontology import QUADS, Ontology, RelationType
from dyadgraph.store.base import MAX_LIMIT, SORTS, Period, RelationQuery
from dyadgraph.store.cursors import Key, decode_cursor, encode_cursor
from dyadgraph.store.names import fold_words

LARGEST = 2**63 - 1
_START: Key = (LARGEST, "9999-99-99", "", "", "", "", 0)


@dataclass(frozen=True, slots=True)
class Question:
    """What both stores ask: the query's values, its types spelled out, and the key to go on from.

    `near` is an actor that every edge found has on one of its sides, None where any edge may do; `far`, where it is
    known, stands on the other side.
    `folds_events` says that edges must be folded from events, because period or article narrow the count.
    """

    query: RelationQuery
    types: tuple[str, ...]
    symmetric: tuple[str, ...]
    after: Key

    @property
    def near(self) -> str | None:
        """The actor to start looking from."""
        query = self.query
        return (query.pair[0] if query.pair else None) or query.actor or query.source or query.target or None

    @property
    def far(self) -> str | None:
        """The actor that stands on the other side of all that is asked for, where both sides are known."""
        query = self.query
        if query.pair:
            return query.pair[1]
        return (query.target or None) if query.source and not query.actor else None

    @property
    def folds_events(self) -> bool:
        """Whether the all-time aggregate does not answer."""
        return self.is_dated or self.query.article is not None

    @property
    def is_by_day(self) -> bool:
        """Whether the latest edges come first."""
        return self.query.sort == "last_seen"

    @property
    def is_dated(self) -> bool:
        """Whether events without a date are left out."""
        return self.query.since is not None or self.query.until is not None

    def to_parameters(self) -> dict[str, Any]:
        """Return the values that statements name; dates are text, so that they compare as dates do."""
        count, seen, source, type_id, target, status, turned = self.after or _START
        day = int(str(seen).replace("-", "") or 0)
        return {
            "source": self.query.source or None,
            "target": self.query.target or None,
            "actor": self.query.actor or None,
            "near": self.near,
            "far": self.far,
            "paired": self.query.pair is not None,
            "folds": self.folds_events,
            "least": self.query.min_confidence or 0.0,
            "by_day": self.is_by_day,
            "after_high": day if self.is_by_day else count,
            "after_low": count if self.is_by_day else day,
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
    if query.sort not in SORTS:
        raise QueryError(f"sort {query.sort!r} is not known; use one of {', '.join(SORTS)}")
    if query.min_confidence is not None and not 0 <= query.min_confidence <= 1:
        raise QueryError(f"min_confidence is {query.min_confidence}; give a number from 0 to 1")
    if query.pair is not None and not all(query.pair):
        raise QueryError("pair has an empty end; give two ids or codes")
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
        decode_cursor(query.cursor, _listing(query), _START),
    )


def ask_tone(query: RelationQuery, ontology: Ontology) -> Question:
    """Check a question for the tone of months: what was denied counts only where it is asked for by name."""
    return ask(replace(query, statuses=query.statuses or HAPPENING, cursor=None), ontology)


def ask_period(query: RelationQuery, period: Period, ontology: Ontology) -> Question:
    """Check a question for all edges of a period."""
    since, until = period
    return ask(replace(query, since=since, until=until, cursor=None), ontology)


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """A checked question for single relations, with the key to go on from; an undated one has day ""."""

    question: Question
    after_day: str
    after_id: str

    def to_parameters(self) -> dict[str, Any]:
        """Return the values that statements name."""
        return {
            **self.question.to_parameters(),
            "folds": True,
            "after_day": self.after_day,
            "after_id": self.after_id,
        }


def ask_history(query: RelationQuery, ontology: Ontology) -> HistoryQuestion:
    """Check a question for single relations."""
    day, relation_id = decode_cursor(query.cursor, "history", ("9999-99-99", ""))
    return HistoryQuestion(ask(replace(query, cursor=None), ontology), str(day), str(relation_id))


def history_cursor(relation: Relation) -> str:
    """Return the cursor that goes on behind a relation."""
    return encode_cursor("history", (iso(relation.date) or "", relation.id))


def _listing(query: RelationQuery) -> str:
    """Return the name of a list; each way to sort makes another one."""
    return "relations" if query.sort == "count" else f"relations by {query.sort}"


def check_kinds(kinds: Sequence[ActorKind]) -> None:
    """Raise QueryError for a kind of actor that there is not."""
    _check_known("kind", kinds, KINDS)


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


def edge_cursor(edge: Edge, query: RelationQuery, *, turned: bool) -> str:
    """Return the cursor that goes on behind an edge of a query's answer."""
    seen = iso(edge.last_seen) or ""
    key = (edge.count, seen, edge.source.id, edge.type, edge.target.id, edge.status, int(turned))
    return encode_cursor(_listing(query), key)


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
