"""The graph in one SQLite file: what every store can do, done with SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dyadgraph.errors import StoreError
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
    Relation,
    Subgraph,
    iso,
)
from dyadgraph.model import (
    Path as ActorPath,
)
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import AddReport, Page, Period, RelationQuery, StoreState
from dyadgraph.store.batch import Batch, Delta, EdgeKey, check_extractions, fold_batch, fold_pairs, fold_tone
from dyadgraph.store.names import fold_words
from dyadgraph.store.question import (
    ask,
    ask_actors,
    ask_articles,
    ask_history,
    ask_tone,
    check_kinds,
    check_limit,
)
from dyadgraph.store.sqlite_counts import SqliteCounts
from dyadgraph.store.sqlite_file import SqliteFile
from dyadgraph.store.sqlite_read import SqliteReader, find_ids
from dyadgraph.store.sqlite_upkeep import SqliteUpkeep
from dyadgraph.store.statements import read_statements
from dyadgraph.store.summaries import Summaries

_PREFIX = "sqlite:///"


class SqliteStore:
    """A `GraphStore` in a file; several threads and processes may use it at once."""

    def __init__(self, address: str, ontology: Ontology) -> None:
        self._ontology = ontology
        self._sql = read_statements("queries.sql")
        self._file = SqliteFile(_to_path(address))

    def add(self, extractions: Sequence[Extraction]) -> AddReport:
        """Add articles with their relations in one transaction."""
        check_extractions(extractions, self._ontology)
        with self._file.writing() as connection:
            known = find_ids(connection, self._sql["find_article"], (each.article.id for each in extractions))
            batch = fold_batch(extractions, known)
            if batch.articles:
                _write(connection, self._sql, batch)
        return AddReport(len(batch.articles), batch.duplicates, len(batch.events))

    def relations(self, query: RelationQuery) -> Page[Edge]:
        """Return edges, strongest first."""
        question = ask(query, self._ontology)
        with self._reading() as reader:
            return reader.relations(question)

    def actors(
        self, *, search: str | None = None, kind: ActorKind | None = None, limit: int = 100, cursor: str | None = None
    ) -> Page[ActorSummary]:
        """Return actors, most events first."""
        question = ask_actors(search=search, kind=kind, limit=limit, cursor=cursor)
        with self._reading() as reader:
            return reader.actors(question)

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        with self._reading() as reader:
            return reader.actor(actor_id)

    def neighbours(self, actor_id: str, *, limit: int = 100) -> tuple[Neighbour, ...]:
        """Return those joined to the actor, most events first."""
        check_limit(limit)
        with self._reading() as reader:
            return reader.neighbours(actor_id, limit)

    def articles(self, *, limit: int = 100, cursor: str | None = None) -> Page[Article]:
        """Return articles, newest publication first."""
        question = ask_articles(limit=limit, cursor=cursor)
        with self._reading() as reader:
            return reader.articles(question)

    def article(self, article_id: str) -> Article:
        """Return one article with its text; raises NotFoundError."""
        with self._reading() as reader:
            return reader.article(article_id)

    def events(self, article_id: str) -> tuple[Relation, ...]:
        """Return the relations found in one article, in the order of its text."""
        with self._reading() as reader:
            return reader.events(article_id)

    def relation(self, relation_id: str) -> Relation:
        """Return one relation, its article with its text; raises NotFoundError."""
        with self._reading() as reader:
            return reader.relation(relation_id)

    def history(self, query: RelationQuery) -> Page[Relation]:
        """Return single relations, newest first."""
        question = ask_history(query, self._ontology)
        with self._reading() as reader:
            return reader.history(question)

    def timeline(self, query: RelationQuery) -> tuple[Month, ...]:
        """Return the months that have events, oldest first."""
        question = ask_tone(query, self._ontology)
        with self._reading() as reader:
            return Summaries(SqliteCounts(reader)).timeline(question)

    def facets(self, query: RelationQuery) -> Facets:
        """Return how many events fit, by field."""
        question = ask(query, self._ontology)
        with self._reading() as reader:
            return Summaries(SqliteCounts(reader)).facets(question)

    def top_actors(self, query: RelationQuery) -> tuple[ActorSummary, ...]:
        """Return the actors with most of the events that fit."""
        question = ask(query, self._ontology)
        with self._reading() as reader:
            return Summaries(SqliteCounts(reader)).top_actors(question)

    def top_pairs(self, query: RelationQuery) -> tuple[PairSummary, ...]:
        """Return the pairs with most of the events that fit."""
        question = ask(query, self._ontology)
        with self._reading() as reader:
            return Summaries(SqliteCounts(reader)).top_pairs(question)

    def paths(
        self, first: str, second: str, *, kinds: tuple[ActorKind, ...] = (), limit: int = 10
    ) -> tuple[ActorPath, ...]:
        """Return ways between two actors, shortest first; raises NotFoundError."""
        check_kinds(kinds)
        check_limit(limit)
        with self._reading() as reader:
            return Summaries(SqliteCounts(reader)).paths(first, second, kinds, limit)

    def compare(self, query: RelationQuery, before: Period, after: Period) -> Comparison:
        """Return what is new, gone and turned in a later period."""
        ask(query, self._ontology)
        with self._reading() as reader:
            return Summaries(SqliteCounts(reader)).compare(query, before, after)

    def delete_article(self, article_id: str) -> int:
        """Take out an article and all that only it supports; raises NotFoundError."""
        with self._file.writing() as connection:
            return SqliteUpkeep(connection, self._sql).delete_article(article_id)

    def rebuild(self) -> None:
        """Work out anew all that is kept folded."""
        with self._file.writing() as connection:
            SqliteUpkeep(connection, self._sql).rebuild()

    def check(self) -> tuple[str, ...]:
        """Return what is wrong."""
        with self._file.reading() as connection:
            return SqliteUpkeep(connection, self._sql).check()

    def has_articles(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the ids that are there."""
        with self._reading() as reader:
            return reader.has_articles(article_ids)

    def subgraph(self, query: RelationQuery) -> Subgraph:
        """Return the strongest `query.limit` edges as a graph."""
        return Subgraph.of(self.relations(query).items)

    def state(self) -> StoreState:
        """Return counts and revision."""
        with self._reading() as reader:
            return reader.state()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextmanager
    def _reading(self) -> Iterator[SqliteReader]:
        with self._file.reading() as connection:
            yield SqliteReader(connection, self._sql, self._ontology)


def _to_path(address: str) -> Path:
    path = address.partition(_PREFIX)[2]
    if not path or "\0" in path:
        raise StoreError(
            f"DYADGRAPH_STORE {address!r} names no file; write sqlite:///path, sqlite:////path from the root"
        )
    return Path(path).expanduser().absolute()


def _write(connection: sqlite3.Connection, sql: Mapping[str, str], batch: Batch) -> None:
    connection.executemany(sql["add_article"], [{**each.to_dict(), "text": each.text} for each in batch.articles])
    known_actors = find_ids(connection, sql["find_actor"], (each.id for each in batch.actors))
    actors = [each for each in batch.actors if each.id not in known_actors]
    connection.executemany(sql["add_actor"], [{**each.to_dict(), "qid": each.qid} for each in actors])
    words = [{"id": each.id, "words": " ".join(fold_words(each.name))} for each in actors]
    connection.executemany(sql["add_actor_words"], words)
    connection.executemany(sql["count_actor"], [{"id": key, "count": n} for key, n in batch.counts.items()])
    sources = _count_sources(connection, sql, batch)
    connection.executemany(sql["add_event"], [_to_event_row(key, each) for key, each in batch.events.items()])
    edges = [_to_edge_row(key, delta) for key, delta in batch.edges.items()]
    for row, number in zip(edges, sources, strict=True):
        row["sources"] = number
    # One insert each for what is new: an upsert would tell nobody how many there were.
    there = [connection.execute(sql["find_edge"], row).fetchone() is not None for row in edges]
    connection.executemany(sql["make_edge"], [row for row, known in zip(edges, there, strict=True) if not known])
    connection.executemany(sql["strengthen_edge"], [row for row, known in zip(edges, there, strict=True) if known])
    pairs = [(*ends, *counts) for ends, counts in fold_pairs(batch.edges).items()]
    names = ("first", "second", "count", "happening")
    connection.executemany(sql["add_pair"], [dict(zip(names, each, strict=True)) for each in pairs])
    _add_tone(connection, sql, batch)
    grown = {
        "articles": len(batch.articles),
        "actors": len(actors),
        "events": len(batch.events),
        "edges": there.count(False),
    }
    connection.execute(sql["grow_state"], grown)


def _add_tone(connection: sqlite3.Connection, sql: Mapping[str, str], batch: Batch) -> None:
    """Count by the codes under which actors are kept, which are those that came first."""
    codes = {each.id: str(connection.execute(sql["code"], {"id": each.id}).fetchone()["code"]) for each in batch.actors}
    names = ("code", "month", "type", "status", "count")
    tone = fold_tone(batch.events.values(), codes)
    rows = [dict(zip(names, (*key, count), strict=True)) for key, count in sorted(tone.items())]
    connection.executemany(sql["add_tone"], rows)


def _count_sources(connection: sqlite3.Connection, sql: Mapping[str, str], batch: Batch) -> list[int]:
    """Return by edge how many stories of the batch it was not told in before; run it before the events are there."""
    copied = {each.story for each in batch.articles if each.story}
    told = {each.id for each in batch.articles if connection.execute(sql["is_told_again"], {"id": each.id}).fetchone()}
    numbers = []
    for (source, target, type_id, status), delta in batch.edges.items():
        edge = {"source": source, "target": target, "type": type_id, "status": status}
        doubtful = [{**edge, "story": story} for story in delta.stories & (copied | told)]
        known = sum(connection.execute(sql["is_told"], each).fetchone() is not None for each in doubtful)
        numbers.append(len(delta.stories) - known)
    return numbers


def _to_event_row(event_id: str, event: Relation) -> dict[str, Any]:
    evidence = event.evidence
    return {
        "id": event_id,
        "source": event.source.id,
        "target": event.target.id,
        "type": event.type,
        "status": event.status,
        "date": iso(event.date),
        "article": evidence.article.id,
        "sentence": evidence.sentence,
        "sentence_start": evidence.start,
        "sentence_end": evidence.end,
        "trigger_text": evidence.trigger,
        "trigger_start": evidence.trigger_start,
        "trigger_end": evidence.trigger_end,
        "evidence_date": iso(evidence.date),
        "rule": event.rule,
        "confidence": event.confidence,
        "mode": event.mode,
        "context": event.context,
        "story": evidence.article.story,
    }


def _to_edge_row(key: EdgeKey, delta: Delta) -> dict[str, Any]:
    source, target, type_id, status = key
    return {
        "source": source,
        "target": target,
        "type": type_id,
        "status": status,
        "count": delta.count,
        "articles": len(delta.articles),
        "confidence": delta.confidence,
        "first_seen": iso(delta.first_seen),
        "last_seen": iso(delta.last_seen),
    }
