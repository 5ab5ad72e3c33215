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
    Edge,
    Extraction,
    Neighbour,
    Relation,
    Subgraph,
    iso,
)
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import AddReport, Page, RelationQuery, StoreState
from dyadgraph.store.batch import Batch, Delta, EdgeKey, check_extractions, fold_batch
from dyadgraph.store.names import fold_words
from dyadgraph.store.question import ask, ask_actors, ask_articles, check_limit
from dyadgraph.store.sqlite_file import SqliteFile
from dyadgraph.store.sqlite_read import SqliteReader, find_ids
from dyadgraph.store.statements import read_statements

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
    there = find_ids(connection, sql["find_actor"], (each.id for each in batch.actors))
    actors = [each for each in batch.actors if each.id not in there]
    connection.executemany(sql["add_actor"], [{**each.to_dict(), "qid": each.qid} for each in actors])
    words = [{"id": each.id, "words": " ".join(fold_words(each.name))} for each in actors]
    connection.executemany(sql["add_actor_words"], words)
    connection.executemany(sql["count_actor"], [{"id": key, "count": n} for key, n in batch.counts.items()])
    connection.executemany(sql["add_event"], [_to_event_row(key, each) for key, each in batch.events.items()])
    edges = [_to_edge_row(key, delta) for key, delta in batch.edges.items()]
    made = connection.executemany(sql["make_edge"], edges).rowcount
    connection.executemany(sql["strengthen_edge"], edges)
    grown = {"articles": len(batch.articles), "actors": len(actors), "events": len(batch.events), "edges": max(made, 0)}
    connection.execute(sql["grow_state"], grown)


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
        "first_seen": iso(delta.first_seen),
        "last_seen": iso(delta.last_seen),
    }
