"""What the SQLite store counts for summaries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dyadgraph.model import STATUSES, Actor, ActorKind, ActorSummary, Edge
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import RelationQuery
from dyadgraph.store.folding import Ends, Folded, Tally
from dyadgraph.store.question import Question
from dyadgraph.store.sqlite_read import SqliteReader, to_actor


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

    def tally(self, question: Question, *, by_year: bool) -> Sequence[Tally]:
        """Count the events that answer, by month or by year."""
        return [_to_tally(row) for row in self._rows("tally", question, by_year=by_year)]

    def kept_tally(self, question: Question, code: str, months: tuple[str, str], *, by_year: bool) -> Sequence[Tally]:
        """Return what is kept folded of a code."""
        since, until = (int(month.replace("-", "") or 0) for month in months)
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

    def folded(self, question: Question) -> Sequence[Folded]:
        """Return all edges of the events that answer."""
        cursor = self.reader.connection.cursor()
        cursor.row_factory = None  # thousands of plain rows
        parameters = {**self.reader.bind(question.to_parameters()), "folds": True}
        return cursor.execute(self.reader.sql["folded"], parameters).fetchall()

    def show_folded(self, rows: Sequence[Folded], question: Question) -> tuple[Edge, ...]:
        """Return folded edges whole with their evidence."""
        parameters = self.reader.bind(question.to_parameters())
        names = ("edge_source", "edge_target", "edge_type", "edge_status")
        keys = [dict(zip(names, row, strict=False)) for row in rows]
        whole = [self.reader.rows("whole_edge", {**parameters, **key})[0] for key in keys]
        return self.reader.edges(whole, parameters)

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

    def show_steps(self, steps: Iterable[Ends]) -> Mapping[Ends, Edge]:
        """Return the strongest happening edge between each two actors."""
        ends = sorted(steps)
        rows = [self.reader.rows("strongest_step", {"first": one, "second": two})[0] for one, two in ends]
        parameters = self.reader.bind(Question(RelationQuery(evidence=1), (), (), ()).to_parameters())
        return dict(zip(ends, self.reader.edges(rows, parameters), strict=True))

    def _rows(self, name: str, question: Question, **more: Any) -> list[sqlite3.Row]:
        parameters = self.reader.bind(question.to_parameters())
        return self.reader.rows(name, {**parameters, "folds": True, "top": question.query.limit, **more})


def _to_tally(row: sqlite3.Row) -> Tally:
    return Tally(row["month"], row["type"], row["status"], row["count"])
