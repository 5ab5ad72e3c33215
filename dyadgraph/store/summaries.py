"""Counts of a store in, answers out: months, facets, the strongest of a period, ways, periods compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Protocol

from dyadgraph.model import Actor, ActorKind, ActorSummary, Comparison, Edge, Facets, Flip, Month, PairSummary, Path
from dyadgraph.ontology import Ontology
from dyadgraph.store.base import Period, RelationQuery
from dyadgraph.store.folding import Ends, Folded, Tally, find_flips, only_in, tell_tone, to_facets, to_months
from dyadgraph.store.question import Question, ask_period
from dyadgraph.store.ways import Step, find_ways


class Counts(Protocol):
    """What a store counts, in one transaction."""

    @property
    def ontology(self) -> Ontology:
        """The vocabulary."""
        ...

    def actor(self, actor_id: str) -> Actor:
        """Return one actor; raises NotFoundError."""
        ...

    def find_actors(self, ids: Iterable[str]) -> Mapping[str, Actor]:
        """Return actors by id."""
        ...

    def tally(self, question: Question, *, by_year: bool) -> Sequence[Tally]:
        """Count the events that answer, as `kept_tally` gives what is kept of them."""
        ...

    def kept_tally(self, question: Question, code: str, months: tuple[str, str], *, by_year: bool) -> Sequence[Tally]:
        """Return what is kept folded of a code in some months, both included: by month and type, or by year too.

        By month all statuses are one; by year (YYYY stands for the month) each counts by itself.
        """
        ...

    def month_sources(self, question: Question) -> Mapping[str, int]:
        """Count the distinct stories of each month."""
        ...

    def strongest_actors(self, limit: int) -> tuple[ActorSummary, ...]:
        """Return the actors with most events of all time."""
        ...

    def top_actors(self, question: Question) -> tuple[ActorSummary, ...]:
        """Return the actors with most of the events that answer."""
        ...

    def strongest_pairs(self, limit: int) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most events of all time, with counts by type."""
        ...

    def top_pairs(self, question: Question) -> Mapping[Ends, Mapping[str, int]]:
        """Return the pairs with most of the events that answer, with counts by type."""
        ...

    def folded(self, question: Question) -> Sequence[Folded]:
        """Return all edges of the events that answer, strongest first."""
        ...

    def show_folded(self, rows: Sequence[Folded], question: Question) -> tuple[Edge, ...]:
        """Return the edges that `folded` gave for a question, whole, with the evidence that it asks for."""
        ...

    def steps(self, actor_id: str) -> Sequence[tuple[str, int, ActorKind]]:
        """Return the neighbours of an actor with the number of happening events and their kind."""
        ...

    def steps_between(self, ones: Iterable[str], twos: Iterable[str]) -> Mapping[Ends, int]:
        """Return the happening events between each of some actors and each of others."""
        ...

    def show_steps(self, steps: Iterable[Ends]) -> Mapping[Ends, Edge]:
        """Return the strongest happening edge between each two actors, in either direction, with one evidence."""
        ...


@dataclass(frozen=True, slots=True)
class Summaries:
    """Answers made of counts."""

    counts: Counts

    def timeline(self, question: Question) -> tuple[Month, ...]:
        """Return months, oldest first; stories are counted where an article or both sides are known."""
        is_narrow = question.query.article is not None or question.far is not None
        sources = self.counts.month_sources(question) if is_narrow else None
        return to_months(self._tally(question, by_year=False), sources, self.counts.ontology)

    def facets(self, question: Question) -> Facets:
        """Return numbers by field."""
        return to_facets(self._tally(question, by_year=True), self.counts.ontology)

    def top_actors(self, question: Question) -> tuple[ActorSummary, ...]:
        """Return the actors with most of the events."""
        if _asks_all(question):
            return self.counts.strongest_actors(question.query.limit)
        return self.counts.top_actors(question)

    def top_pairs(self, question: Question) -> tuple[PairSummary, ...]:
        """Return the pairs with most of the events."""
        if _asks_all(question):
            found = self.counts.strongest_pairs(question.query.limit)
        else:
            found = self.counts.top_pairs(question)
        actors = self.counts.find_actors({each for ends in found for each in ends})
        pairs = []
        for (first, second), types in found.items():
            if not {first, second} <= actors.keys():  # a store without snapshots: they were deleted in between
                continue
            tone = tell_tone(types, self.counts.ontology)
            pairs.append(PairSummary(actors[first], actors[second], tone.count, tone.quads, tone.goldstein))
        return tuple(pairs)

    def compare(self, query: RelationQuery, before: Period, after: Period) -> Comparison:
        """Return what is new, gone and turned in the later period."""
        earlier, later = (ask_period(query, period, self.counts.ontology) for period in (before, after))
        old, new = self.counts.folded(earlier), self.counts.folded(later)
        flips = find_flips(old, new, self.counts.ontology)[: query.limit]
        actors = self.counts.find_actors({each for ends, *_ in flips for each in ends})
        return Comparison(
            new=self.counts.show_folded(only_in(new, old, query.limit), later),
            gone=self.counts.show_folded(only_in(old, new, query.limit), earlier),
            flipped=tuple(
                Flip(actors[ends[0]], actors[ends[1]], one, two)
                for ends, one, two in flips
                if set(ends) <= actors.keys()
            ),
        )

    def paths(self, first: str, second: str, kinds: tuple[ActorKind, ...], limit: int) -> tuple[Path, ...]:
        """Return ways between two actors; raises NotFoundError."""
        for each in (first, second):
            self.counts.actor(each)

        def steps(actor_id: str) -> dict[str, Step]:
            found = self.counts.steps(actor_id)
            return {other: Step(count, not kinds or kind in kinds) for other, count, kind in found}

        ways = find_ways(first, second, limit, steps, self.counts.steps_between)
        actors = self.counts.find_actors({each for way in ways for each in way})
        edges = self.counts.show_steps({step for way in ways for step in pairwise(way)})
        return tuple(
            Path(tuple(actors[each] for each in way), tuple(edges[step] for step in pairwise(way)))
            for way in ways
            if set(way) <= actors.keys() and set(pairwise(way)) <= edges.keys()
        )

    def _tally(self, question: Question, *, by_year: bool) -> Sequence[Tally]:
        """Count by month, type and status: from what is kept folded where that can tell, else from the events."""
        code = self._kept_code(question)
        if code is None:
            return self.counts.tally(question, by_year=by_year)
        since, until = question.query.since, question.query.until
        first = since.isoformat()[:7] if since else "0001-01" if until else ""
        last = until.isoformat()[:7] if until else "9999-12"
        return self.counts.kept_tally(question, code, (first, last), by_year=by_year)

    def _kept_code(self, question: Question) -> str | None:
        """Return the code whose folded months answer a question, "" for all; None where they do not."""
        query = question.query
        is_whole = (query.since is None or query.since.day == 1) and (
            query.until is None or (query.until + timedelta(days=1)).day == 1
        )
        others = query.source or query.target or query.pair or query.article or query.min_confidence
        if others or not is_whole:
            return None
        return query.actor or ""


def _asks_all(question: Question) -> bool:
    """Tell whether every event fits, so that what is folded for all time answers."""
    query = question.query
    query = replace(
        query, limit=100, cursor=None, evidence=3, sort="count", min_confidence=query.min_confidence or None
    )
    return query == RelationQuery()
