"""What the Neo4j store counts for summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dyadgraph.model import Actor, ActorKind, ActorSummary, Edge
from dyadgraph.ontology import Ontology
from dyadgraph.store.folding import Tally
from dyadgraph.store.neo4j_read import Neo4jReader, bind
from dyadgraph.store.question import Question
from dyadgraph.store.summaries import Ends, Row


@dataclass(frozen=True, slots=True)
class Neo4jCounts:
    """Counts over what a reader reads; see `Counts` for what each method promises."""

    reader: Neo4jReader

    @property
    def ontology(self) -> Ontology:
        """The vocabulary."""
        return self.reader.ontology

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        return self.reader.actor(actor_id)

    def find_actors(self, ids: Iterable[str]) -> Mapping[str, Actor]:
        """Return actors by id."""
        return {each: self.reader.actor(each) for each in ids}

    def tally(self, question: Question) -> Sequence[Tally]:
        """Count the events that answer."""
        return [Tally(**row) for row in self._rows("tally", question)]

    def kept_tally(self, question: Question, code: str, months: tuple[str, str], *, by_year: bool) -> Sequence[Tally]:
        """Return what is kept folded of a code."""
        since, until = months
        rows = self._rows("months", question, code=code, since_month=since, until_month=until, by_year=by_year)
        return [Tally(**row) for row in rows]

    def month_sources(self, question: Question) -> Mapping[str, int]:
        """Count the distinct stories of each month."""
        return {row["month"]: row["sources"] for row in self._rows("month_sources", question)}

    def strongest_actors(self, limit: int) -> tuple[ActorSummary, ...]:
        """Return the actors with most events of all time."""
        return _to_actors(self.reader.rows("strongest_actors", top=limit))

    def top_actors(self, question: Question) -> tuple[ActorSummary, ...]:
        """Return the actors with most of the events that answer."""
        return _to_actors(self._rows("top_actors", question))

    def strongest_pairs(self, limit: int) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most events of all time."""
        return _to_pairs(self.reader.rows("strongest_pairs", top=limit))

    def top_pairs(self, question: Question) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most of the events that answer."""
        return _to_pairs(self._rows("top_pairs", question))

    def folded(self, question: Question) -> Sequence[Row]:
        """Return all edges of the events that answer."""
        return self._rows("folded", question)

    def show(self, rows: Sequence[Row], question: Question) -> tuple[Edge, ...]:
        """Return the edges of rows with their evidence."""
        if not rows:
            return ()
        return tuple(self.reader.to_edge(row) for row in self._rows("shown", question, rows=list(rows)))

    def steps(self, actor_id: str) -> Sequence[tuple[str, int, ActorKind]]:
        """Return the neighbours of an actor."""
        return [(row["other"], row["count"], row["kind"]) for row in self.reader.rows("steps", id=actor_id)]

    def steps_between(self, ones: Iterable[str], twos: Iterable[str]) -> Mapping[Ends, int]:
        """Return the happening events between each of some actors and each of others."""
        rows = self.reader.rows("steps_between", ones=sorted(ones), twos=sorted(twos))
        return {(row["one"], row["two"]): row["count"] for row in rows}

    def strongest_step(self, first: str, second: str) -> Row:
        """Return the strongest happening edge between two actors."""
        (row,) = self.reader.rows("strongest_step", first=first, second=second)
        return row

    def _rows(self, name: str, question: Question, **more: Any) -> list[dict[str, Any]]:
        return self.reader.rows(name, **{**bind(question), "folds": True, "top": question.query.limit, **more})


def _to_actors(rows: Iterable[Mapping[str, Any]]) -> tuple[ActorSummary, ...]:
    return tuple(ActorSummary(Actor(**row["actor"]), row["count"]) for row in rows)


def _to_pairs(rows: Iterable[Mapping[str, Any]]) -> dict[Ends, dict[str, int]]:
    return {
        (row["first"]["id"], row["second"]["id"]): {each["type"]: each["count"] for each in row["types"]}
        for row in rows
    }
