"""What keeps an SQLite graph sound: deletion, everything folded worked out anew, a check of all that must hold."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dyadgraph.errors import NotFoundError
from dyadgraph.store.names import fold_words
from dyadgraph.store.sqlite_file import run_script

MOST_NAMED = 20
"""Faults of a kind that a check names."""
CHECKS = {
    "wordless_events": "relation {id} lacks its article or an actor, or its places do not hold its trigger",
    "wrong_edges": "edge {source} {type} {target} ({status}) differs from its relations; run `dyadgraph store rebuild`",
    "wrong_pairs": "pair {first} {second} differs from its relations; run `dyadgraph store rebuild`",
    "wrong_neighbours": "{other!r} beside {code!r} differs from its relations; run `dyadgraph store rebuild`",
    "wrong_codes": "relation {id} counts for other codes than its actors; run `dyadgraph store rebuild`",
    "wrong_months": "month {month!r} of {code!r} differs from its relations; run `dyadgraph store rebuild`",
    "wrong_actors": "actor {id} differs in count from its relations; run `dyadgraph store rebuild`",
}


@dataclass(frozen=True, slots=True)
class SqliteUpkeep:
    """Works over one connection that is in a transaction."""

    connection: sqlite3.Connection
    sql: Mapping[str, str]

    def delete_article(self, article_id: str) -> int:
        """Take out an article with all that only it supports; return the number of its relations."""
        numbers = self._rows("article_number", {"id": article_id})
        if not numbers:
            raise NotFoundError(f"no article {article_id!r}; list the articles for their ids")
        key = {"article": numbers[0]["pk"]}
        edges = [dict(row) for row in self._rows("article_edges", key)]
        events = self._rows("article_events", key)
        number = self._run("delete_events", key)
        self._run("delete_article", key)
        for edge in edges:
            self._run("delete_edge", edge)
            self._run("fold_edge", edge)
        for first, second in {tuple(sorted((edge["source"], edge["target"]))) for edge in edges}:
            if first != second:
                self._run("delete_pair", {"first": first, "second": second})
                self._run("fold_pair", {"first": first, "second": second})
        self._lessen("tone", ("code", "month", "type", "status"), _count_tone(events))
        self._lessen("around", ("code", "other", "type"), _count_around(events))
        for pk, count in Counter(pk for row in events for pk in {row["source_pk"], row["target_pk"]}).items():
            self._lessen_actor(pk, count)
        for code in {row[side] for row in events for side in ("one", "two")}:
            self._run("delete_codes", {"id": code})
        self._set_state()
        return number

    def rebuild(self) -> None:
        """Work out everything that is folded from the events."""
        run_script(self.connection, "rebuild.sql")

    def check(self) -> tuple[str, ...]:
        """Return what is wrong."""
        faults = [
            words.format(**row) for name, words in CHECKS.items() for row in self._rows(name, {"limit": MOST_NAMED})
        ]
        (kept,), (right,) = self._rows("state", {}), self._rows("right_state", {})
        faults += [
            f"the count of {name} is {kept[name]}, there are {right[name]}; run `dyadgraph store rebuild`"
            for name in right.keys()  # noqa: SIM118  (a row is no mapping)
            if kept[name] != right[name]
        ]
        return (*faults, *islice(self._misplaced(), MOST_NAMED))

    def _misplaced(self) -> Iterator[str]:
        """Yield relations whose places do not cut out their words (counted in Python: SQLite stops at a NUL)."""
        for row in self.connection.execute(self.sql["places"]):
            sentence = row["text"][row["sentence_start"] : row["sentence_end"]]
            trigger = row["text"][row["trigger_start"] : row["trigger_end"]]
            if (sentence, trigger) != (row["sentence"], row["trigger_text"]):
                yield f"relation {row['id']}: its places do not cut out its words"

    def _lessen(self, table: str, columns: Sequence[str], counts: Mapping[tuple[object, ...], int]) -> None:
        for key, count in counts.items():
            place = dict(zip(columns, key, strict=True))
            self._run(f"lessen_{table}", {**place, "count": count})
            self._run(f"sweep_{table}", place)

    def _lessen_actor(self, pk: int, count: int) -> None:
        (row,) = self._rows("actor_row", {"pk": pk})
        if row["count"] > count:
            self._run("lessen_actor", {"pk": pk, "count": count})
            return
        self._run("forget_actor_words", {"pk": pk, "words": " ".join(fold_words(row["name"]))})
        self._run("delete_actor", {"pk": pk})

    def _set_state(self) -> None:
        (kept,), (right,) = self._rows("state", {}), self._rows("right_state", {})
        self._run("grow_state", {name: right[name] - kept[name] for name in right.keys()})  # noqa: SIM118

    def _rows(self, name: str, parameters: Mapping[str, object]) -> list[sqlite3.Row]:
        return self.connection.execute(self.sql[name], parameters).fetchall()

    def _run(self, name: str, parameters: Mapping[str, object]) -> int:
        return self.connection.execute(self.sql[name], parameters).rowcount


def _count_tone(events: Iterable[sqlite3.Row]) -> Counter[tuple[object, ...]]:
    return Counter(
        (code, row["month"], row["type"], row["status"])
        for row in events
        for code in {"", row["source"], row["target"], row["one"], row["two"]}
    )


def _count_around(events: Iterable[sqlite3.Row]) -> Counter[tuple[object, ...]]:
    apart = [row for row in events if row["source_code"] != row["target_code"] and not row["is_denied"]]
    return Counter(
        each
        for row in apart
        for each in (
            (row["source_code"], row["target_pk"], row["type"]),
            (row["target_code"], row["source_pk"], row["type"]),
        )
    )
