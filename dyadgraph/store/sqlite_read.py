"""What the SQLite store reads: checked questions go in, the graph's nouns come out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dyadgraph.errors import NotFoundError
from dyadgraph.model import Actor, ActorSummary, Article, Edge, Evidence, Neighbour, Relation
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import Page, StoreState
from dyadgraph.store.cursors import encode_cursor
from dyadgraph.store.question import (
    ActorQuestion,
    ArticleQuestion,
    HistoryQuestion,
    Question,
    edge_cursor,
    history_cursor,
)
from dyadgraph.store.sqlite_file import look_up


@dataclass(frozen=True, slots=True)
class SqliteReader:
    """Reads over one connection, which is in a transaction: every answer is of one moment."""

    connection: sqlite3.Connection
    sql: Mapping[str, str]
    ontology: Ontology

    def relations(self, question: Question) -> Page[Edge]:
        """Return a page of edges with their evidence."""
        parameters = self.bind(question.to_parameters())
        rows = self.rows(self._find_way(question), parameters)
        shown = rows[: question.query.limit]
        edges = self.edges(shown, parameters)
        if len(rows) == len(shown):
            return Page(edges)
        return Page(edges, edge_cursor(edges[-1], question.query, turned=shown[-1]["turned"]))

    def bind(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters as statements take them: lists as JSON, days and whom they name as numbers too."""
        bound = {name: json.dumps(value) if isinstance(value, list) else value for name, value in parameters.items()}
        (resolved,) = self.rows("resolve", bound)
        days = {
            "since_day": int(bound["since"].replace("-", "")) if bound["dated"] else 0,
            "until_day": int(bound["until"].replace("-", "")),
        }
        return {**bound, **dict(resolved), **days}

    def _find_way(self, question: Question) -> str:
        """Return the statement that answers soonest."""
        if question.folds_events:
            return "relations"
        if question.near is None:
            return "latest" if question.is_by_day else "strongest"
        if self._is_quicker_by_strength(question):
            return "latest_of" if question.is_by_day else "strongest_of"
        return "relations"

    def _is_quicker_by_strength(self, question: Question) -> bool:
        """Estimate whether the asked edges are found sooner among the strongest of all than among their actors' own.

        An actor in one of ten events has one of ten strong edges too, and many thousands of its own to be sorted.
        """
        state = self.state()
        total = max(state.events, 1)
        (near,) = self.rows("weigh", {"id": question.near})
        share, own = near["events"] / total, near["events"]
        if question.far is not None:
            (far,) = self.rows("weigh", {"id": question.far})
            share *= far["events"] / total
            own = share * state.edges
        share *= len(question.types) / len(self.ontology.types)
        return bool(share) and question.query.limit / share < own

    def edges(self, rows: Sequence[sqlite3.Row], parameters: Mapping[str, Any]) -> tuple[Edge, ...]:
        """Return the edges of rows, with as much evidence as the parameters ask for."""
        actors = self.find_actors({row[side] for row in rows for side in ("source", "target")})
        return tuple(self._to_edge(row, actors, parameters) for row in rows)

    def relation(self, relation_id: str) -> Relation:
        """Return one relation with its article; raises NotFoundError."""
        for row in self.rows("relation", {"id": relation_id}):
            actors = self.find_actors({row["source"], row["target"]})
            return _to_relation(row, actors, _to_article(row, row["article"], row["text"]))
        raise NotFoundError(f"no relation {relation_id!r}; the evidence of a list of relations names them")

    def history(self, question: HistoryQuestion) -> Page[Relation]:
        """Return a page of single relations, newest first."""
        asked = question.question
        parameters = self.bind(question.to_parameters())
        parameters["after_number"] = int(question.after_day.replace("-", "") or 0)
        if asked.near is None and asked.query.article is None:
            ids = [row["id"] for row in self.rows("all_history", parameters)]
        else:
            one_sided = asked.far is None and asked.query.article is None
            # Only the newest days are put in order: a country's hundred thousand events need not be.
            for row in self.rows("newest_of" if one_sided else "newest", parameters):
                parameters["since_day"] = row["day"]
            ids = [row["id"] for row in self.rows("history", parameters)]
        limit = asked.query.limit
        rows = [row for each in ids[:limit] for row in self.rows("relation", {"id": each})]
        actors = self.find_actors({row[side] for row in rows for side in ("source", "target")})
        items = tuple(_to_relation(row, actors, _to_article(row, row["article"])) for row in rows)
        return Page(items, history_cursor(items[-1]) if len(ids) > limit else None)

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
            rows = self.rows("actors", parameters)
        else:
            words = " ".join(f'"{word}"*' for word in question.words)
            rows = self.rows("search_actors", {**parameters, "words": words})
        items = tuple(ActorSummary(to_actor(row), row["count"]) for row in rows[: question.limit])
        if len(rows) == len(items):
            return Page(items)
        return Page(items, encode_cursor("actors", (items[-1].count, items[-1].actor.id)))

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        for row in self.rows("actor", {"id": actor_id}):
            return to_actor(row)
        raise NotFoundError(f"no actor {actor_id!r}; search for the name")

    def neighbours(self, actor_id: str, limit: int) -> tuple[Neighbour, ...]:
        """Return those joined to the actor or to those who act for it; raises NotFoundError."""
        if not self.rows("is_side", {"id": actor_id}):
            raise NotFoundError(f"no actor {actor_id!r}; search for the name")
        found: dict[str, tuple[Actor, int, dict[str, int]]] = {}
        # What is kept by code does not know an actor of that id who counts as somebody else.
        name = "neighbours_of_one" if self.rows("is_somebody_else", {"id": actor_id}) else "neighbours"
        for row in self.rows(name, {"id": actor_id, "limit": limit}):
            _, _, types = found.setdefault(row["id"], (to_actor(row), row["total"], {}))
            types[row["type"]] = row["count"]
        return tuple(Neighbour(*each) for each in found.values())

    def articles(self, question: ArticleQuestion) -> Page[Article]:
        """Return a page of articles without their texts."""
        parameters = {
            "after_day": question.after_day,
            "after_id": question.after_id,
            "limit": question.limit + 1,
        }
        rows = self.rows("articles", parameters)
        items = tuple(_to_article(row, row["id"]) for row in rows[: question.limit])
        if len(rows) == len(items):
            return Page(items)
        return Page(items, encode_cursor("articles", (rows[len(items) - 1]["published"] or "", items[-1].id)))

    def article(self, article_id: str) -> Article:
        """Return one article with its text; raises NotFoundError."""
        for row in self.rows("article", {"id": article_id}):
            return _to_article(row, row["id"], row["text"])
        raise NotFoundError(f"no article {article_id!r}; list the articles for their ids")

    def events(self, article_id: str) -> tuple[Relation, ...]:
        """Return the relations of one article in the order of its text; raises NotFoundError."""
        article = self.article(article_id)
        rows = self.rows("events", {"article": article_id})
        actors = self.find_actors({row[side] for row in rows for side in ("source", "target")})
        return tuple(_to_relation(row, actors, article) for row in rows)

    def has_articles(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the ids that are there."""
        rows = look_up(self.connection, self.sql["find_articles"], article_ids)
        return frozenset(row["id"] for row in rows)

    def state(self) -> StoreState:
        """Return counts and revision."""
        (row,) = self.rows("state", {})
        return StoreState(**dict(row))

    def rows(self, name: str, parameters: Mapping[str, Any]) -> list[sqlite3.Row]:
        """Return what a statement finds."""
        return self.connection.execute(self.sql[name], parameters).fetchall()

    def find_actors(self, ids: Iterable[str]) -> dict[str, Actor]:
        """Return actors by id."""
        return {row["id"]: to_actor(row) for row in look_up(self.connection, self.sql["find_actors"], sorted(set(ids)))}

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
            sources=row["sources"],
            confidence=row["confidence"],
            goldstein=type_.goldstein,
            evidence=self._evidence(row, parameters) if parameters["evidence"] else (),
        )

    def _evidence(self, row: sqlite3.Row, parameters: Mapping[str, Any]) -> tuple[Evidence, ...]:
        source, target = (row["target"], row["source"]) if row["turned"] else (row["source"], row["target"])
        narrow = {name: parameters[name] for name in ("article", "article_id", "since_day", "until_day", "evidence")}
        key = {"source": source, "target": target, "type": row["type"], "status": row["status"]}
        rows = self.rows("evidence", {**narrow, **key})
        return tuple(
            replace(
                _to_evidence(each, _to_article(each, each["article"])),
                relation=each["id"],
                confidence=each["confidence"],
            )
            for each in rows
        )


def _to_day(value: str | int | None) -> date | None:
    """Return the day of YYYY-MM-DD, or of the number that a count gives."""
    if isinstance(value, int):
        return date(value // 10000, value // 100 % 100, value % 100)
    return date.fromisoformat(value) if value else None


def to_actor(row: sqlite3.Row) -> Actor:
    """Return the actor of a row."""
    return Actor(row["id"], row["name"], row["kind"], row["country"], row["qid"])


def _to_article(row: sqlite3.Row, article_id: str, text: str = "") -> Article:
    published = _to_day(row["published"])
    return Article(article_id, text, row["title"], row["url"], row["publisher"], published, row["story"])


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
