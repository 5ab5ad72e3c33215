"""What the SQLite store reads: checked questions go in, the graph's nouns come out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dyadgraph.errors import NotFoundError
from dyadgraph.model import Actor, ActorSummary, Article, Edge, Evidence, Neighbour, Relation
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import Page, StoreState
from dyadgraph.store.cursors import encode_cursor
from dyadgraph.store.question import ActorQuestion, ArticleQuestion, Question, edge_cursor


def find_ids(connection: sqlite3.Connection, statement: str, ids: Iterable[str]) -> frozenset[str]:
    """Return those of the ids for which the statement finds a row."""
    return frozenset(each for each in ids if connection.execute(statement, {"id": each}).fetchone())


@dataclass(frozen=True, slots=True)
class SqliteReader:
    """Reads over one connection, which is in a transaction: every answer is of one moment."""

    connection: sqlite3.Connection
    sql: Mapping[str, str]
    ontology: Ontology

    def relations(self, question: Question) -> Page[Edge]:
        """Return a page of edges with their evidence."""
        parameters = {
            name: json.dumps(value) if isinstance(value, list) else value
            for name, value in question.to_parameters().items()
        }
        is_narrow = question.folds_events or question.anchor is not None
        rows = self._rows("relations" if is_narrow else "strongest", parameters)
        shown = rows[: question.query.limit]
        actors = self._actors({row[side] for row in shown for side in ("source", "target")})
        edges = tuple(self._to_edge(row, actors, parameters) for row in shown)
        if len(rows) == len(shown):
            return Page(edges)
        return Page(edges, edge_cursor(edges[-1], turned=shown[-1]["turned"]))

    def actors(self, question: ActorQuestion) -> Page[ActorSummary]:
        """Return a page of actors."""
        if question.words == ():
            return Page(())
        parameters = {
            "kind": question.kind,
            "after_count": question.after_count,
            "after_id": question.after_id,
            "limit": question.limit + 1,
        }
        if question.words is None:
            rows = self._rows("actors", parameters)
        else:
            words = " ".join(f'"{word}"*' for word in question.words)
            rows = self._rows("search_actors", {**parameters, "words": words})
        items = tuple(ActorSummary(_to_actor(row), row["count"]) for row in rows[: question.limit])
        if len(rows) == len(items):
            return Page(items)
        return Page(items, encode_cursor("actors", (items[-1].count, items[-1].actor.id)))

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        for row in self._rows("actor", {"id": actor_id}):
            return _to_actor(row)
        raise NotFoundError(f"no actor {actor_id!r}; search for the name")

    def neighbours(self, actor_id: str, limit: int) -> tuple[Neighbour, ...]:
        """Return those joined to the actor or to those who act for it; raises NotFoundError."""
        if not self._rows("is_side", {"id": actor_id}):
            raise NotFoundError(f"no actor {actor_id!r}; search for the name")
        found: dict[str, tuple[Actor, int, dict[str, int]]] = {}
        for row in self._rows("neighbours", {"id": actor_id, "limit": limit}):
            _, _, types = found.setdefault(row["id"], (_to_actor(row), row["total"], {}))
            types[row["type"]] = row["count"]
        return tuple(Neighbour(*each) for each in found.values())

    def articles(self, question: ArticleQuestion) -> Page[Article]:
        """Return a page of articles without their texts."""
        parameters = {
            "after_day": question.after_day,
            "after_id": question.after_id,
            "limit": question.limit + 1,
        }
        rows = self._rows("articles", parameters)
        items = tuple(_to_article(row, row["id"]) for row in rows[: question.limit])
        if len(rows) == len(items):
            return Page(items)
        return Page(items, encode_cursor("articles", (rows[len(items) - 1]["published"] or "", items[-1].id)))

    def article(self, article_id: str) -> Article:
        """Return one article with its text; raises NotFoundError."""
        for row in self._rows("article", {"id": article_id}):
            return _to_article(row, row["id"], row["text"])
        raise NotFoundError(f"no article {article_id!r}; list the articles for their ids")

    def events(self, article_id: str) -> tuple[Relation, ...]:
        """Return the relations of one article in the order of its text; raises NotFoundError."""
        article = self.article(article_id)
        rows = self._rows("events", {"article": article_id})
        actors = self._actors({row[side] for row in rows for side in ("source", "target")})
        return tuple(_to_relation(row, actors, article) for row in rows)

    def has_articles(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the ids that are there."""
        return find_ids(self.connection, self.sql["find_article"], article_ids)

    def state(self) -> StoreState:
        """Return counts and revision."""
        (row,) = self._rows("state", {})
        return StoreState(**dict(row))

    def _rows(self, name: str, parameters: Mapping[str, Any]) -> list[sqlite3.Row]:
        return self.connection.execute(self.sql[name], parameters).fetchall()

    def _actors(self, ids: Iterable[str]) -> dict[str, Actor]:
        return {each: self.actor(each) for each in ids}

    def _to_edge(self, row: sqlite3.Row, actors: Mapping[str, Actor], parameters: Mapping[str, Any]) -> Edge:
        type_ = self.ontology.types[row["type"]]
        return Edge(
            source=actors[row["source"]],
            type=type_.id,
            plover=type_.plover,
            quad=type_.quad,
            target=actors[row["target"]],
            status=row["status"],
            count=row["count"],
            articles=row["articles"],
            first_seen=_to_day(row["first_seen"]),
            last_seen=_to_day(row["last_seen"]),
            symmetric=type_.symmetric,
            evidence=self._evidence(row, parameters) if parameters["evidence"] else (),
        )

    def _evidence(self, row: sqlite3.Row, parameters: Mapping[str, Any]) -> tuple[Evidence, ...]:
        source, target = (row["target"], row["source"]) if row["turned"] else (row["source"], row["target"])
        narrow = {name: parameters[name] for name in ("article", "dated", "since", "until", "evidence")}
        key = {"source": source, "target": target, "type": row["type"], "status": row["status"]}
        rows = self._rows("evidence", {**narrow, **key})
        return tuple(_to_evidence(each, _to_article(each, each["article"])) for each in rows)


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _to_actor(row: sqlite3.Row) -> Actor:
    return Actor(row["id"], row["name"], row["kind"], row["country"], row["qid"])


def _to_article(row: sqlite3.Row, article_id: str, text: str = "") -> Article:
    return Article(article_id, text, row["title"], row["url"], row["publisher"], _to_day(row["published"]))


def _to_evidence(row: sqlite3.Row, article: Article) -> Evidence:
    return Evidence(
        article=article,
        sentence=row["sentence"],
        start=row["sentence_start"],
        end=row["sentence_end"],
        trigger=row["trigger_text"],
        trigger_start=row["trigger_start"],
        trigger_end=row["trigger_end"],
        date=_to_day(row["evidence_date"]),
    )


def _to_relation(row: sqlite3.Row, actors: Mapping[str, Actor], article: Article) -> Relation:
    return Relation(
        source=actors[row["source"]],
        type=row["type"],
        target=actors[row["target"]],
        status=row["status"],
        evidence=_to_evidence(row, article),
        rule=row["rule"],
        confidence=row["confidence"],
        date=_to_day(row["date"]),
        mode=row["mode"],
        context=row["context"],
    )
