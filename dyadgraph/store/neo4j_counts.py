"""What the Neo4j store counts for summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dyadgraph.model import Actor, ActorKind, ActorSummary, Edge
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import RelationQuery
from dyadgraph.store.folding import Ends, Folded, Tally
from dyadgraph.store.neo4j_read import Neo4jReader, bind
from dyadgraph.store.question import Question


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
        return {row["actor"]["id"]: Actor(**row["actor"]) for row in self.reader.rows("find_actors", ids=sorted(ids))}

    def tally(self, question: Question, *, by_year: bool) -> Sequence[Tally]:
        """Count the events that answer, by month or by year."""
        return [Tally(**row) for row in self._rows("tally", question, by_year=by_year)]

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
        return _to_actors(self._rows(_narrow("top_actors", question), question))

    def strongest_pairs(self, limit: int) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most events of all time."""
        return _to_pairs(self.reader.rows("strongest_pairs", top=limit))

    def top_pairs(self, question: Question) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most of the events that answer."""
        return _to_pairs(self._rows(_narrow("top_pairs", question), question))

    def folded(self, question: Question) -> Sequence[Folded]:
        """Return all edges of the events that answer."""
        names = ("source", "target", "type", "status", "count")
        return [tuple(row[name] for name in names) for row in self._rows(_narrow("folded", question), question)]

    def show_folded(self, rows: Sequence[Folded], question: Question) -> tuple[Edge, ...]:
        """Return folded edges whole with their evidence."""
        names = ("source", "target", "type", "status")
        keys = [dict(zip(names, row, strict=False)) for row in rows]
        return tuple(self.reader.to_edge(row) for row in self._rows("whole_edges", question, rows=keys))

    def steps(self, actor_id: str) -> Sequence[tuple[str, int, ActorKind]]:
        """Return the neighbours of an actor."""
        return [(row["other"], row["count"], row["kind"]) for row in self.reader.rows("steps", id=actor_id)]

    def steps_between(self, ones: Iterable[str], twos: Iterable[str]) -> Mapping[Ends, int]:
        """Return the happening events between each of some actors and each of others."""
        rows = self.reader.rows("steps_between", ones=sorted(ones), twos=sorted(twos))
        return {(row["one"], row["two"]): row["count"] for row in rows}

    def show_steps(self, steps: Iterable[Ends]) -> Mapping[Ends, Edge]:
        """Return the strongest happening edge between each two actors."""
        question = Question(RelationQuery(evidence=1), (), (), ())
        rows = self._rows("strongest_steps", question, steps=[list(step) for step in sorted(steps)])
        return {(row["step"][0], row["step"][1]): self.reader.to_edge(row) for row in rows}

    def _rows(self, name: str, question: Question, **more: Any) -> list[dict[str, Any]]:
        return self.reader.rows(name, **{**bind(question), "folds": True, "top": question.query.limit, **more})


def _narrow(name: str, question: Question) -> str:
    """Return the statement that asks for no actor where the question names none."""
    return f"{name}_of_all" if question.near is None else name


def _to_actors(rows: Iterable[Mapping[str, Any]]) -> tuple[ActorSummary, ...]:
    return tuple(ActorSummary(Actor(**row["actor"]), row["count"]) for row in rows)


def _to_pairs(rows: Iterable[Mapping[str, Any]]) -> dict[Ends, dict[str, int]]:
    return {
        (row["first"]["id"], row["second"]["id"]): {each["type"]: each["count"] for each in row["types"]}
        for row in rows
    }
