"""What the SQLite store counts for summaries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dyadgraph.model import STATUSES, Actor, ActorKind, ActorSummary, Edge
from dyadgraph.ontology import Ontology
from dyadgraph.store.folding import Tally
from dyadgraph.store.question import Question
from dyadgraph.store.sqlite_read import SqliteReader, bind, to_actor
from dyadgraph.store.summaries import Ends, Row


@dataclass(frozen=True, slots=True)
class SqliteCounts:
    """Counts over what a reader reads; see `Counts` for what each method promises."""

    reader: SqliteReader

    @property
    def ontology(self) -> Ontology:
        """The vocabulary."""
        return self.reader.ontology

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        return self.reader.actor(actor_id)

    def find_actors(self, ids: Iterable[str]) -> Mapping[str, Actor]:
        """Return actors by id."""
        return self.reader.find_actors(ids)

    def tally(self, question: Question) -> Sequence[Tally]:
        """Count the events that answer."""
        return [_to_tally(row) for row in self._rows("tally", question)]

    def kept_tally(self, question: Question, code: str, months: tuple[str, str], *, by_year: bool) -> Sequence[Tally]:
        """Return what is kept folded of a code."""
        since, until = months
        rows = self._rows("tone", question, code=code, since_month=since, until_month=until, by_year=by_year)
        return [_to_tally(row) for row in rows]

    def month_sources(self, question: Question) -> Mapping[str, int]:
        """Count the distinct stories of each month."""
        return {row["month"]: row["sources"] for row in self._rows("month_sources", question)}

    def strongest_actors(self, limit: int) -> tuple[ActorSummary, ...]:
        """Return the actors with most events of all time."""
        return tuple(
            ActorSummary(to_actor(row), row["count"]) for row in self.reader.rows("strongest_actors", {"top": limit})
        )

    def top_actors(self, question: Question) -> tuple[ActorSummary, ...]:
        """Return the actors with most of the events that answer."""
        return tuple(ActorSummary(to_actor(row), row["count"]) for row in self._rows("top_actors", question))

    def strongest_pairs(self, limit: int) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most events of all time."""
        found = {}
        for row in self.reader.rows("strongest_pairs", {"top": limit}):
            ends = {"first": row["first"], "second": row["second"], "statuses": json.dumps(STATUSES)}
            types = self.reader.rows("pair_types", ends)
            found[row["first"], row["second"]] = {each["type"]: each["count"] for each in types}
        return found

    def top_pairs(self, question: Question) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most of the events that answer."""
        found: dict[Ends, dict[str, int]] = {}
        for row in self._rows("top_pairs", question):
            found.setdefault((row["first"], row["second"]), {})[row["type"]] = row["count"]
        return found

    def folded(self, question: Question) -> Sequence[Row]:
        """Return all edges of the events that answer."""
        return self._rows("folded", question)

    def show(self, rows: Sequence[Row], question: Question) -> tuple[Edge, ...]:
        """Return the edges of rows with their evidence."""
        return self.reader.edges(rows, bind(question.to_parameters()))

    def steps(self, actor_id: str) -> Sequence[tuple[str, int, ActorKind]]:
        """Return the neighbours of an actor."""
        return [(row["other"], row["count"], row["kind"]) for row in self.reader.rows("steps", {"id": actor_id})]

    def steps_between(self, ones: Iterable[str], twos: Iterable[str]) -> Mapping[Ends, int]:
        """Return the happening events between each of some actors and each of others."""
        near, far = json.dumps(sorted(ones)), json.dumps(sorted(twos))
        straight = self.reader.rows("steps_between", {"ones": near, "twos": far})
        turned = self.reader.rows("steps_between", {"ones": far, "twos": near})
        found = {(row["first"], row["second"]): row["count"] for row in straight}
        return found | {(row["second"], row["first"]): row["count"] for row in turned}

    def strongest_step(self, first: str, second: str) -> Row:
        """Return the strongest happening edge between two actors."""
        (row,) = self.reader.rows("strongest_step", {"first": first, "second": second})
        return row

    def _rows(self, name: str, question: Question, **more: Any) -> list[sqlite3.Row]:
        parameters = bind(question.to_parameters())
        return self.reader.rows(name, {**parameters, "folds": True, "top": question.query.limit, **more})


def _to_tally(row: Row) -> Tally:
    return Tally(row["month"], row["type"], row["status"], row["count"])
