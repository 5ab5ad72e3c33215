"""What the Neo4j store reads: checked questions go in, the graph's nouns come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import neo4j
import neo4j.time

from dyadgraph.errors import NotFoundError
from dyadgraph.model import Actor, ActorSummary, Article, Edge, Evidence, Neighbour, Relation, iso
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


def bind(question: Question) -> dict[str, Any]:
    """Return parameters as Neo4j takes them: days as days, types as the names of relationships too.

    `is_open` says that all edges of the actor that is asked for answer; of a source's, those that lead to it do not.
    """
    query = question.query
    return {
        **question.to_parameters(),
        "type_names": [each.upper() for each in question.types],
        "any_type": not (query.types or query.plover or query.quad),
        "is_open": not (query.source or query.target or query.pair),
        "since": question.query.since or date.min,
        "until": question.query.until or date.max,
        "earliest": date.min,
    }


@dataclass(frozen=True, slots=True)
class Neo4jReader:
    """Reads in one transaction."""

    tx: neo4j.ManagedTransaction
    queries: Mapping[str, str]
    ontology: Ontology

    def relations(self, question: Question) -> Page[Edge]:
        """Return a page of edges with their evidence."""
        rows = self.rows("folded_relations" if question.folds_events else "relations", **bind(question))
        shown = rows[: question.query.limit]
        edges = tuple(self.to_edge(row) for row in shown)
        if len(rows) == len(shown):
            return Page(edges)
        return Page(edges, edge_cursor(edges[-1], question.query, turned=bool(shown[-1]["turned"])))

    def relation(self, relation_id: str) -> Relation:
        """Return one relation with its article; raises NotFoundError."""
        for row in self.rows("relation", id=relation_id):
            return _to_relation(row, _to_article(row["article"]))
        raise NotFoundError(f"no relation {relation_id!r}; the evidence of a list of relations names them")

    def history(self, question: HistoryQuestion) -> Page[Relation]:
        """Return a page of single relations, newest first."""
        limit = question.question.query.limit
        after = {"after_day": question.after_day, "after_id": question.after_id, "folds": True}
        rows = self.rows("history", **{**bind(question.question), **after})
        items = tuple(_to_relation(row, _to_article(row["article"])) for row in rows[:limit])
        return Page(items, history_cursor(items[-1]) if len(rows) > limit else None)

    def actors(self, question: ActorQuestion) -> Page[ActorSummary]:
        """Return a page of actors."""
        if question.words == ():
            return Page(())
        rows = self.rows(
            "actors" if question.words is None else "search_actors",
            words=" ".join(f"+{word}*" for word in question.words or ()),
            kind=question.kind,
            after_count=question.after_count,
            after_id=question.after_id,
            limit=question.limit + 1,
        )
        items = tuple(ActorSummary(Actor(**row["actor"]), row["count"]) for row in rows[: question.limit])
        if len(rows) == len(items):
            return Page(items)
        return Page(items, encode_cursor("actors", (items[-1].count, items[-1].actor.id)))

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        for row in self.rows("actor", id=actor_id):
            return Actor(**row["actor"])
        raise NotFoundError(f"no actor {actor_id!r}; search for the name")

    def neighbours(self, actor_id: str, limit: int) -> tuple[Neighbour, ...]:
        """Return those joined to the actor or to those who act for it; raises NotFoundError."""
        if not self.rows("is_side", id=actor_id):
            raise NotFoundError(f"no actor {actor_id!r}; search for the name")
        return tuple(
            Neighbour(Actor(**row["actor"]), row["total"], {each["type"]: each["count"] for each in row["types"]})
            for row in self.rows("neighbours", id=actor_id, limit=limit)
        )

    def articles(self, question: ArticleQuestion) -> Page[Article]:
        """Return a page of articles without their texts."""
        rows = self.rows("articles", after_day=question.after_day, after_id=question.after_id, limit=question.limit + 1)
        items = tuple(_to_article(row["article"]) for row in rows[: question.limit])
        if len(rows) == len(items):
            return Page(items)
        return Page(items, encode_cursor("articles", (iso(items[-1].published) or "", items[-1].id)))

    def article(self, article_id: str) -> Article:
        """Return one article with its text; raises NotFoundError."""
        for row in self.rows("article", id=article_id):
            return _to_article(row["article"])
        raise NotFoundError(f"no article {article_id!r}; list the articles for their ids")

    def events(self, article_id: str) -> tuple[Relation, ...]:
        """Return the relations of one article in the order of its text; raises NotFoundError."""
        article = self.article(article_id)
        return tuple(_to_relation(row, article) for row in self.rows("events", article=article_id))

    def has_articles(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the ids that are there."""
        return frozenset(row["id"] for row in self.rows("find_articles", ids=list(article_ids)))

    def state(self) -> StoreState:
        """Return counts and revision."""
        (row,) = self.rows("state")
        return StoreState(**row)

    def rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return what a statement finds."""
        return [dict(record) for record in self.tx.run(self.queries[name], parameters)]

    def to_edge(self, row: Mapping[str, Any]) -> Edge:
        """Return the edge of a row."""
        type_ = self.ontology.types[row["type"]]
        return Edge(
            source=Actor(**row["source"]),
            type=type_.id,
            plover=type_.plover,
            quad=type_.quad,
            target=Actor(**row["target"]),
            status=row["status"],
            count=row["count"],
            articles=row["articles"],
            first_seen=_to_day(row["first_seen"]),
            last_seen=_to_day(row["last_seen"]),
            symmetric=type_.symmetric,
            sources=row["sources"],
            confidence=row["confidence"],
            goldstein=type_.goldstein,
            evidence=tuple(
                replace(
                    _to_evidence(each["sentence"], each["place"], _to_article(each["article"])),
                    relation=each["relation"],
                    confidence=each["confidence"],
                )
                for each in row["evidence"]
            ),
        )


def _to_day(given: neo4j.time.Date | None) -> date | None:
    return given.to_native() if given is not None else None


def _to_article(properties: Mapping[str, Any]) -> Article:
    known = {**properties, "published": _to_day(properties["published"])}
    return Article(**{"text": "", **known})


def _to_evidence(sentence: str, place: Mapping[str, Any], article: Article) -> Evidence:
    return Evidence(
        article=article,
        sentence=sentence,
        start=place["start"],
        end=place["end"],
        trigger=place["trigger"],
        trigger_start=place["trigger_start"],
        trigger_end=place["trigger_end"],
        date=_to_day(place.get("date")),
    )


def _to_relation(row: Mapping[str, Any], article: Article) -> Relation:
    event = row["event"]
    return Relation(
        source=Actor(**row["source"]),
        type=event["type"],
        target=Actor(**row["target"]),
        status=event["status"],
        evidence=_to_evidence(event["sentence"], row["place"], article),
        rule=event["rule"],
        confidence=event["confidence"],
        date=_to_day(event["date"]),
        mode=event["mode"],
        context=event["context"],
    )
