"""What the SQLite store writes: a folded batch goes in, rows of numbers and of words come out."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dyadgraph.model import HAPPENING, Actor, Relation, iso
from dyadgraph.store.batch import Batch, Delta, EdgeKey, fold_pairs
from dyadgraph.store.names import fold_words
from dyadgraph.store.sqlite_file import look_up

Numbers = dict[str, int]


def to_number(day: date | None) -> int:
    """Return a day as YYYYMMDD, 0 for none."""
    return day.year * 10000 + day.month * 100 + day.day if day else 0


@dataclass(frozen=True, slots=True)
class Side:
    """An actor as events name it: its number, the number and the text of the code it counts as."""

    pk: int
    code_pk: int
    code: str


@dataclass(slots=True)
class SqliteWriter:
    """Writes one batch over a connection whose transaction nobody else writes in; numbers are given out here."""

    connection: sqlite3.Connection
    sql: Mapping[str, str]
    batch: Batch
    words: Numbers = field(default_factory=dict)
    sides: dict[str, Side] = field(default_factory=dict)
    articles: Numbers = field(default_factory=dict)
    """By id of a new article or of a story."""

    def write(self) -> None:
        """Write everything of the batch, which has articles."""
        self.words = self._number_words()
        actors = self._write_actors()
        told = self._number_articles()
        edges = list(self._to_edges(told))
        known = {tuple(row) for row in self._look_up("find_edges", [edge[:4] for edge in edges])}
        self._many("add_event", map(self._to_event, self.batch.events.items()))
        self._many("add_edge", edges)
        self._many("add_pair", ((*ends, *counts) for ends, counts in fold_pairs(self.batch.edges).items()))
        self._many("add_around", ((*key, count) for key, count in sorted(self._fold_around().items())))
        self._many("add_tone", ((*key, count) for key, count in sorted(self._fold_tone().items())))
        grown = {
            "articles": len(self.batch.articles),
            "actors": actors,
            "events": len(self.batch.events),
            "edges": len(edges) - len(known),
        }
        self.connection.execute(self.sql["grow_state"], grown)

    def _number_words(self) -> Numbers:
        asked = sorted({each for _, _, *words in self.batch.edges for each in words})
        known = _to_numbers(self.connection.execute(self.sql["find_words"]))
        self._many("add_word", ((each,) for each in asked if each not in known))
        return _to_numbers(self.connection.execute(self.sql["find_words"]))

    def _write_actors(self) -> int:
        """Write the new actors, and return how many; the others stay as they came first."""
        known = {row["id"]: row for row in self._look_up("find_kept_actors", [each.id for each in self.batch.actors])}
        new = [each for each in self.batch.actors if each.id not in known]
        codes = self._number_codes({each.code for each in new})
        (last,) = self.connection.execute(self.sql["last_actor"]).fetchone()
        self.sides = {row["id"]: Side(row["pk"], row["code_pk"], row["code"]) for row in known.values()}
        self.sides |= {each.id: Side(last + n, codes[each.code], each.code) for n, each in enumerate(new, 1)}
        self._many("add_actor", map(self._to_actor, new))
        self._many("add_actor_words", ((self.sides[each.id].pk, " ".join(fold_words(each.name))) for each in new))
        self._many("count_actor", ((count, self.sides[each].pk) for each, count in self.batch.counts.items()))
        return len(new)

    def _number_codes(self, asked: set[str]) -> Numbers:
        known = _to_numbers(self._look_up("find_codes", sorted(asked)))
        self._many("add_code", ((each,) for each in sorted(asked - known.keys())))
        return _to_numbers(self._look_up("find_codes", sorted(asked)))

    def _number_articles(self) -> frozenset[str]:
        """Write the articles and return the stories that were told before.

        An article that another one repeats keeps its number, whichever of the two came first.
        """
        articles = self.batch.articles
        own = [each.id for each in articles]
        copied = sorted({each.story for each in articles if each.story})
        kept = _to_numbers(self._look_up("find_stories", [*own, *copied])) | _to_numbers(
            self._look_up("find_articles", copied)
        )
        (last,) = self.connection.execute(self.sql["last_article"]).fetchone()
        new = [each for each in dict.fromkeys([*own, *copied]) if each not in kept]
        self.articles = kept | {each: last + n for n, each in enumerate(new, 1)}
        self._many("add_story", ((self.articles[each], each) for each in copied))
        rows = (
            (self.articles[x.id], x.id, x.title, x.url, x.publisher, iso(x.published), x.story, x.text)
            for x in articles
        )
        told = {row["id"] for row in self._look_up("find_told_again", own)}
        self._many("add_article", rows)
        return frozenset(told.union(copied))

    def _to_edges(self, told: frozenset[str]) -> Iterator[tuple[Any, ...]]:
        """Yield a row an edge; `told` are the stories that may have been told of it before."""
        for (source, target, type_id, status), delta in self.batch.edges.items():
            one, two = self.sides[source], self.sides[target]
            yield (
                *(source, target, type_id, status, one.code_pk, two.code_pk, delta.count, len(delta.articles)),
                len(delta.stories) - self._count_told((source, target, type_id, status), delta, told),
                *(delta.confidence, iso(delta.first_seen), iso(delta.last_seen)),
            )

    def _count_told(self, key: EdgeKey, delta: Delta, told: frozenset[str]) -> int:
        source, target, type_id, status = key
        ends = (self.sides[source].pk, self.sides[target].pk, self.words[type_id], self.words[status])
        doubtful = [(*ends, self.articles[each]) for each in delta.stories & told]
        return sum(self.connection.execute(self.sql["is_told"], each).fetchone() is not None for each in doubtful)

    def _to_actor(self, actor: Actor) -> tuple[Any, ...]:
        side = self.sides[actor.id]
        return (side.pk, actor.id, actor.kind, actor.name, actor.country, actor.qid, side.code_pk)

    def _to_event(self, item: tuple[str, Relation]) -> tuple[Any, ...]:
        event_id, event = item
        evidence, article = event.evidence, event.evidence.article
        one, two = self.sides[event.source.id], self.sides[event.target.id]
        return (
            *(event_id, one.pk, two.pk, one.code_pk, two.code_pk, self.words[event.type], self.words[event.status]),
            *(to_number(event.date), self.articles[article.id], self.articles[article.story or article.id]),
            *(event.confidence, evidence.sentence, evidence.start, evidence.end),
            *(evidence.trigger, evidence.trigger_start, evidence.trigger_end, iso(evidence.date)),
            *(event.rule, event.mode, event.context),
        )

    def _fold_around(self) -> Counter[tuple[int, int, int]]:
        """Count what was not denied by (code of one side, actor of the other, type)."""
        found: Counter[tuple[int, int, int]] = Counter()
        for (source, target, type_id, status), delta in self.batch.edges.items():
            one, two = self.sides[source], self.sides[target]
            if status in HAPPENING and one.code_pk != two.code_pk:
                found[one.code_pk, two.pk, self.words[type_id]] += delta.count
                found[two.code_pk, one.pk, self.words[type_id]] += delta.count
        return found

    def _fold_tone(self) -> Counter[tuple[str, int, int, int]]:
        """Count by (side, month, type, status), as `fold_tone` does, in numbers."""
        found: Counter[tuple[str, int, int, int]] = Counter()
        for event in self.batch.events.values():
            source, target = event.source.id, event.target.id
            place = (to_number(event.date) // 100, self.words[event.type], self.words[event.status])
            for side in {"", source, target, self.sides[source].code, self.sides[target].code}:
                found[side, *place] += 1
        return found

    def _look_up(self, name: str, keys: Sequence[Any]) -> list[sqlite3.Row]:
        return look_up(self.connection, self.sql[name], keys)

    def _many(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.connection.executemany(self.sql[name], rows)


def _to_numbers(rows: Iterable[sqlite3.Row]) -> Numbers:
    return {row["id"]: row["pk"] for row in rows}
