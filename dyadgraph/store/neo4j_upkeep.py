"""What keeps a graph in Neo4j sound: deletion, everything folded worked out anew, a check of all that must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import neo4j

from dyadgraph.errors import NotFoundError

MOST_NAMED = 20
"""Faults of a kind that a check names."""
MEND = "run `dyadgraph store rebuild`"
CHECKS = {
    "wordless_events": "relation {id} lacks its article or an actor, or its places do not hold its trigger",
    "wrong_edges": "edge {source} {type} {target} ({status}) differs from its relations; " + MEND,
    "wrong_actors": "actor {id} differs in count from its relations; " + MEND,
}
MONTH = ("code", "month", "type", "status")


def month_rows(counts: Mapping[tuple[str, str, str, str], int]) -> list[dict[str, Any]]:
    """Return the change of each month, in the order of its key."""
    return [
        {**dict(zip(MONTH, each, strict=True)), "key": "|".join(each), "count": count}
        for each, count in sorted(counts.items())
    ]


@dataclass(frozen=True, slots=True)
class Neo4jUpkeep:
    """Works in one transaction."""

    tx: neo4j.ManagedTransaction
    queries: Mapping[str, str]

    def delete_article(self, article_id: str) -> int:
        """Take out an article with all that only it supports; return the number of its relations."""
        self._run("lock")
        if not self._rows("find_articles", ids=[article_id]):
            raise NotFoundError(f"no article {article_id!r}; list the articles for their ids")
        events = self._rows("article_keys", id=article_id)
        sides = Counter(side for event in events for side in {event["source"], event["target"]})
        codes = {row["id"]: row["code"] for row in self._rows("codes", ids=sorted(sides))}
        months: Counter[tuple[str, str, str, str]] = Counter()
        for event in events:
            month = event["date"].iso_format()[:7] if event["date"] else ""
            source, target = event["source"], event["target"]
            for code in {"", source, target, codes[source], codes[target]}:
                months[code, month, event["type"], event["status"]] += 1
        keys = {(each["source"], each["target"], each["type"].upper(), each["status"]) for each in events}
        edges = [dict(zip(("source", "target", "type", "status"), key, strict=True)) for key in sorted(keys)]
        self._run("delete_article", id=article_id)
        self._run("delete_edges", rows=edges)
        self._run("fold_edges", rows=edges)
        self._run("lessen_months", rows=month_rows(months))
        self._run("lessen_actors", rows=[{"id": each, "count": count} for each, count in sorted(sides.items())])
        self._run("set_state")
        return len(events)

    def rebuild(self) -> None:
        """Work out everything that is folded from the events."""
        self._run("lock")
        self._run("forget_edges")
        self._run("fold_edges", rows=self._rows("all_edge_keys"))
        self._run("forget_months")
        self._run("add_months", rows=month_rows(self._months("right_months")))
        self._run("count_actors")
        self._run("set_state")

    def check(self) -> tuple[str, ...]:
        """Return what is wrong."""
        faults = [words.format(**row) for name, words in CHECKS.items() for row in self._rows(name, limit=MOST_NAMED)]
        right, kept = self._months("right_months"), self._months("kept_months")
        wrong = sorted({key[:2] for key in right.keys() | kept.keys() if right.get(key) != kept.get(key)})
        faults += [f"month {month!r} of {code!r} differs from its relations; {MEND}" for code, month in wrong][
            :MOST_NAMED
        ]
        (state,), (there,) = self._rows("state"), self._rows("right_state")
        faults += [
            f"the count of {name} is {state[name]}, there are {there[name]}; {MEND}"
            for name in there
            if state[name] != there[name]
        ]
        return (*faults, *islice(self._misplaced(), MOST_NAMED))

    def _misplaced(self) -> Iterator[str]:
        """Yield relations whose places do not cut out their words, as Python counts characters."""
        for row in self.tx.run(self.queries["places"]):
            text, place = row["text"], row["place"]
            if (
                text[place["start"] : place["end"]] != row["sentence"]
                or text[place["trigger_start"] : place["trigger_end"]] != place["trigger"]
            ):
                yield f"relation {row['id']}: its places do not cut out its words"

    def _months(self, name: str) -> dict[tuple[str, str, str, str], int]:
        return {(row["code"], row["month"], row["type"], row["status"]): row["count"] for row in self._rows(name)}

    def _rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        return [dict(record) for record in self.tx.run(self.queries[name], parameters)]

    def _run(self, name: str, **parameters: Any) -> None:
        self.tx.run(self.queries[name], parameters).consume()
