"""The graph in a Neo4j database: what every store can do, done with Cypher."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import neo4j

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
    Path,
    Relation,
    Subgraph,
)
from dyadgraph.ontology import Ontology
from dyadgraph.settings import Settings
from dyadgraph.store.base import AddReport, Page, Period, RelationQuery, StoreState
from dyadgraph.store.batch import Batch, Delta, EdgeKey, check_extractions, fold_batch, fold_tone
from dyadgraph.store.names import fold_words
from dyadgraph.store.neo4j_counts import Neo4jCounts
from dyadgraph.store.neo4j_database import Neo4jDatabase
from dyadgraph.store.neo4j_read import Neo4jReader
from dyadgraph.store.neo4j_upkeep import Neo4jUpkeep, month_rows
from dyadgraph.store.question import (
    ask,
    ask_actors,
    ask_articles,
    ask_history,
    ask_tone,
    check_kinds,
    check_limit,
)
from dyadgraph.store.statements import read_statements
from dyadgraph.store.summaries import Summaries

LABELS: Mapping[ActorKind, str] = {
    "country": "Country",
    "person": "Person",
    "organization": "Organization",
    "armed_group": "ArmedGroup",
}
"""The second label of an actor, by kind."""
T = TypeVar("T")

STATEMENTS = ("asks.cypher", "read.cypher", "counts.cypher", "write.cypher", "upkeep.cypher")
"""Files of the statements, those first that others include."""


class Neo4jStore:
    """A `GraphStore` in a database; its edges have native relationship types, `(:Person)-[:VISIT]->(:Country)`."""

    def __init__(self, address: str, settings: Settings, ontology: Ontology) -> None:
        self._ontology = ontology
        self._queries = spell_types(read_statements(*STATEMENTS), ontology)
        self._database = Neo4jDatabase(address, settings)
        try:
            self._database.prepare(
                self._queries,
                read_statements("schema.cypher"),
                lambda tx: Neo4jUpkeep(tx, self._queries).rebuild(),
            )
        except BaseException:
            self._database.close()
            raise

    def add(self, extractions: Sequence[Extraction]) -> AddReport:
        """Add articles with their relations in one transaction."""
        check_extractions(extractions, self._ontology)
        batch = self._database.write(lambda tx: self._add(tx, extractions))
        return AddReport(len(batch.articles), batch.duplicates, len(batch.events))

    def relations(self, query: RelationQuery) -> Page[Edge]:
        """Return edges, strongest first."""
        question = ask(query, self._ontology)
        return self._read(lambda reader: reader.relations(question))

    def actors(
        self, *, search: str | None = None, kind: ActorKind | None = None, limit: int = 100, cursor: str | None = None
    ) -> Page[ActorSummary]:
        """Return actors, most events first."""
        question = ask_actors(search=search, kind=kind, limit=limit, cursor=cursor)
        return self._read(lambda reader: reader.actors(question))

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        return self._read(lambda reader: reader.actor(actor_id))

    def neighbours(self, actor_id: str, *, limit: int = 100) -> tuple[Neighbour, ...]:
        """Return those joined to the actor, most events first."""
        check_limit(limit)
        return self._read(lambda reader: reader.neighbours(actor_id, limit))

    def articles(self, *, limit: int = 100, cursor: str | None = None) -> Page[Article]:
        """Return articles, newest publication first."""
        question = ask_articles(limit=limit, cursor=cursor)
        return self._read(lambda reader: reader.articles(question))

    def article(self, article_id: str) -> Article:
        """Return one article with its text; raises NotFoundError."""
        return self._read(lambda reader: reader.article(article_id))

    def events(self, article_id: str) -> tuple[Relation, ...]:
        """Return the relations found in one article, in the order of its text."""
        return self._read(lambda reader: reader.events(article_id))

    def relation(self, relation_id: str) -> Relation:
        """Return one relation, its article with its text; raises NotFoundError."""
        return self._read(lambda reader: reader.relation(relation_id))

    def history(self, query: RelationQuery) -> Page[Relation]:
        """Return single relations, newest first."""
        question = ask_history(query, self._ontology)
        return self._read(lambda reader: reader.history(question))

    def timeline(self, query: RelationQuery) -> tuple[Month, ...]:
        """Return the months that have events, oldest first."""
        question = ask_tone(query, self._ontology)
        return self._sum(lambda sums: sums.timeline(question))

    def facets(self, query: RelationQuery) -> Facets:
        """Return how many events fit, by field."""
        question = ask(query, self._ontology)
        return self._sum(lambda sums: sums.facets(question))

    def top_actors(self, query: RelationQuery) -> tuple[ActorSummary, ...]:
        """Return the actors with most of the events that fit."""
        question = ask(query, self._ontology)
        return self._sum(lambda sums: sums.top_actors(question))

    def top_pairs(self, query: RelationQuery) -> tuple[PairSummary, ...]:
        """Return the pairs with most of the events that fit."""
        question = ask(query, self._ontology)
        return self._sum(lambda sums: sums.top_pairs(question))

    def paths(self, first: str, second: str, *, kinds: tuple[ActorKind, ...] = (), limit: int = 10) -> tuple[Path, ...]:
        """Return ways between two actors, shortest first; raises NotFoundError."""
        check_kinds(kinds)
        check_limit(limit)
        return self._sum(lambda sums: sums.paths(first, second, kinds, limit))

    def compare(self, query: RelationQuery, before: Period, after: Period) -> Comparison:
        """Return what is new, gone and turned in a later period."""
        ask(query, self._ontology)
        return self._sum(lambda sums: sums.compare(query, before, after))

    def delete_article(self, article_id: str) -> int:
        """Take out an article and all that only it supports; raises NotFoundError."""
        return self._database.write(lambda tx: Neo4jUpkeep(tx, self._queries).delete_article(article_id))

    def rebuild(self) -> None:
        """Work out anew all that is kept folded."""
        self._database.write(lambda tx: Neo4jUpkeep(tx, self._queries).rebuild())

    def check(self) -> tuple[str, ...]:
        """Return what is wrong."""
        return self._database.read(lambda tx: Neo4jUpkeep(tx, self._queries).check())

    def has_articles(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the ids that are there."""
        return self._read(lambda reader: reader.has_articles(article_ids))

    def subgraph(self, query: RelationQuery) -> Subgraph:
        """Return the strongest `query.limit` edges as a graph."""
        return Subgraph.of(self.relations(query).items)

    def state(self) -> StoreState:
        """Return counts and revision."""
        return self._read(lambda reader: reader.state())

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def _read(self, work: Callable[[Neo4jReader], T]) -> T:
        return self._database.read(lambda tx: work(Neo4jReader(tx, self._queries, self._ontology)))

    def _sum(self, work: Callable[[Summaries], T]) -> T:
        return self._read(lambda reader: work(Summaries(Neo4jCounts(reader))))

    def _add(self, tx: neo4j.ManagedTransaction, extractions: Sequence[Extraction]) -> Batch:
        """Fold what is new and write it; safe to be run again after a rollback."""
        tx.run(self._queries["lock"]).consume()
        known = Neo4jReader(tx, self._queries, self._ontology).has_articles([each.article.id for each in extractions])
        batch = fold_batch(extractions, known)
        if batch.articles:
            self._write(tx, batch)
        return batch

    def _write(self, tx: neo4j.ManagedTransaction, batch: Batch) -> None:
        def run(name: str, rows: list[dict[str, Any]]) -> neo4j.SummaryCounters:
            return tx.run(self._queries[name], rows=rows).consume().counters

        run("add_articles", [to_article_row(each) for each in batch.articles])
        actors = run("add_actors", [to_actor_row(each, batch.counts[each.id]) for each in batch.actors])
        told = self._find_told(tx, batch)
        run("add_events", [to_event_row(key, each, self._ontology) for key, each in batch.events.items()])
        rows = [
            to_edge_row(key, delta, len(delta.stories - told.get(key, set()))) for key, delta in batch.edges.items()
        ]
        edges = run("add_edges", rows)
        found = tx.run(self._queries["codes"], ids=[each.id for each in batch.actors])
        codes = {record["id"]: record["code"] for record in found}
        run("add_months", month_rows(fold_tone(batch.events.values(), codes)))
        tx.run(
            self._queries["grow_state"],
            articles=len(batch.articles),
            actors=actors.nodes_created,
            events=len(batch.events),
            edges=edges.relationships_created,
        ).consume()

    def _find_told(self, tx: neo4j.ManagedTransaction, batch: Batch) -> dict[EdgeKey, set[str]]:
        """Return by edge which stories of the batch it was told in before; run it before the events are there."""
        ids = [each.id for each in batch.articles]
        doubtful = {each.story for each in batch.articles if each.story}
        doubtful |= {record["id"] for record in tx.run(self._queries["told_again"], ids=ids)}
        if not doubtful:
            return {}
        rows = [
            {"source": source, "target": target, "type": type_id, "status": status, "story": story}
            for (source, target, type_id, status), delta in batch.edges.items()
            for story in delta.stories & doubtful
        ]
        told: dict[EdgeKey, set[str]] = {}
        for row in tx.run(self._queries["told"], rows=rows):
            told.setdefault((row["source"], row["target"], row["type"], row["status"]), set()).add(row["story"])
        return told


def spell_types(statements: Mapping[str, str], ontology: Ontology) -> dict[str, str]:
    """Put the vocabulary's types in the place of ANY_TYPE; raises StoreError for one that is no plain word."""
    for type_id in ontology.types:
        if not re.fullmatch("[a-z]+", type_id):
            raise StoreError(f"relation type {type_id!r} cannot name a relationship; write it as one lower-case word")
    names = "|".join(sorted(type_id.upper() for type_id in ontology.types))
    return {name: text.replace(":ANY_TYPE", f":{names}") for name, text in statements.items()}


def to_article_row(article: Article) -> dict[str, Any]:
    """Return the properties of an article."""
    return {**article.to_dict(), "published": article.published, "text": article.text}


def to_actor_row(actor: Actor, count: int) -> dict[str, Any]:
    """Return the properties of an actor, and `label`, the second one it has."""
    return {
        **actor.to_dict(),
        "qid": actor.qid,
        "label": LABELS[actor.kind],
        "iso3": actor.id if actor.kind == "country" else None,
        "words": " ".join(fold_words(actor.name)),
        "count": count,
    }


def to_event_row(event_id: str, event: Relation, ontology: Ontology) -> dict[str, Any]:
    """Return the properties of the event, and those of its way to the article."""
    evidence, type_ = event.evidence, ontology.types[event.type]
    return {
        "event": {
            "id": event_id,
            "type": event.type,
            "plover": type_.plover,
            "cameo": type_.cameo,
            "goldstein": type_.goldstein,
            "quad": type_.quad,
            "mode": event.mode,
            "context": event.context,
            "date": event.date,
            "status": event.status,
            "confidence": event.confidence,
            "rule": event.rule,
            "sentence": evidence.sentence,
            "start": evidence.start,
            "source": event.source.id,
            "target": event.target.id,
            "article": evidence.article.id,
            "story": evidence.article.story,
        },
        "evidence": {
            "start": evidence.start,
            "end": evidence.end,
            "trigger": evidence.trigger,
            "trigger_start": evidence.trigger_start,
            "trigger_end": evidence.trigger_end,
            "date": evidence.date,
        },
    }


def to_edge_row(key: EdgeKey, delta: Delta, sources: int) -> dict[str, Any]:
    """Return the change of an edge; `sources` of its stories are new to it."""
    source, target, type_id, status = key
    return {
        "source": source,
        "target": target,
        "type": type_id.upper(),
        "status": status,
        "count": delta.count,
        "articles": len(delta.articles),
        "sources": sources,
        "confidence": delta.confidence,
        "first_seen": delta.first_seen,
        "last_seen": delta.last_seen,
    }
