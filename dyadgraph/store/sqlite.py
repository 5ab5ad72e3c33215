"""The graph in one SQLite file: what every store can do, done with SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

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
)
from dyadgraph.model import (
    Path as ActorPath,
)
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import AddReport, Page, Period, RelationQuery, StoreState
from dyadgraph.store.batch import check_extractions, fold_batch
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
from dyadgraph.store.sqlite_file import SqliteFile, look_up
from dyadgraph.store.sqlite_read import SqliteReader
from dyadgraph.store.sqlite_upkeep import SqliteUpkeep
from dyadgraph.store.sqlite_write import SqliteWriter
from dyadgraph.store.statements import read_statements
from dyadgraph.store.summaries import Summaries

_PREFIX = "sqlite:///"


class SqliteStore:
    """A `GraphStore` in a file; several threads and processes may use it at once."""

    def __init__(self, address: str, ontology: Ontology) -> None:
        self._ontology = ontology
        self._sql = read_statements("folds.sql", "asks.sql", "read.sql", "counts.sql", "write.sql", "upkeep.sql")
        self._file = SqliteFile(_to_path(address))

    def add(self, extractions: Sequence[Extraction]) -> AddReport:
        """Add articles with their relations in one transaction."""
        check_extractions(extractions, self._ontology)
        with self._file.writing() as connection:
            rows = look_up(connection, self._sql["find_articles"], [each.article.id for each in extractions])
            batch = fold_batch(extractions, {row["id"] for row in rows})
            if batch.articles:
                SqliteWriter(connection, self._sql, batch).write()
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
