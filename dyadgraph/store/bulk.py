"""Extractions go in, the CSV files that `neo4j-admin database import full` reads come out, and the command to run.

The import builds a graph that equals what the Neo4j store would have written, a hundred times as fast; it fills an
empty database while the server is down. Constraints and indexes are made when dyadgraph first opens the database.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from dyadgraph.errors import StoreError
from dyadgraph.model import Actor, Extraction, Relation
from dyadgraph.ontology import Ontology
from dyadgraph.store.batch import Delta, EdgeKey, check_extractions, fold_tone
from dyadgraph.store.neo4j import to_actor_row, to_article_row, to_edge_row, to_event_row
from dyadgraph.store.neo4j_upkeep import month_rows

NODES: Mapping[str, tuple[str, ...]] = {
    "article": ("id:ID(Article)", "title", "url", "publisher", "published:date", "story", "text"),
    "actor": ("id:ID(Actor)", "kind", "name", "country", "qid", "iso3", "words", "count:long", ":LABEL"),
    "event": (
        "id:ID(Event)", "type", "plover", "cameo", "goldstein:double", "quad", "mode", "context", "date:date", "status",
        "confidence:double", "rule", "sentence", "start:long", "source", "target", "article", "story",
    ),
    "month": ("key:ID(Month)", "code", "month", "type", "status", "count:long"),
    "state": ("id:ID(GraphState)", "revision:long", "articles:long", "actors:long", "events:long", "edges:long"),
}  # fmt: skip
"""Columns by file; a name after the last colon is the type, as neo4j-admin has it."""
LABELS: Mapping[str, str] = {
    "article": "Article",
    "actor": "Actor",
    "event": "Event",
    "month": "Month",
    "state": "GraphState",
}
RELATIONSHIPS: Mapping[str, tuple[str, ...]] = {
    "source": (":START_ID(Event)", ":END_ID(Actor)"),
    "target": (":START_ID(Event)", ":END_ID(Actor)"),
    "evidence": (
        ":START_ID(Event)", ":END_ID(Article)", "start:long", "end:long", "trigger", "trigger_start:long",
        "trigger_end:long", "date:date",
    ),
    "edge": (
        ":START_ID(Actor)", ":END_ID(Actor)", ":TYPE", "status", "count:long", "articles:long", "sources:long",
        "confidence:double", "first_seen:date", "last_seen:date",
    ),
}  # fmt: skip
TYPES: Mapping[str, str] = {"source": "SOURCE", "target": "TARGET", "evidence": "EVIDENCED_BY", "edge": ""}
COMMAND = "import.sh"


def write_bulk(extractions: Iterable[Extraction], folder: Path, ontology: Ontology) -> Path:
    """Write the files of a graph into an empty or new folder, and return the script that imports them.

    Articles, events and their ways are written as they come; actors and edges are held until the end, for they
    are counted. Raises StoreError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError(f"{folder} is not empty; name a new folder")
        with ExitStack() as files:
            tables = {
                name: files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
                for name in (*NODES, *RELATIONSHIPS)
            }
            _BulkWriter(tables, ontology).write(extractions)
        script = folder / COMMAND
        script.write_text(_write_script(), encoding="utf-8")
        script.chmod(0o755)
    except OSError as exc:
        raise StoreError(f"{folder} cannot be written: {exc.strerror or exc}; name another folder") from exc
    return script


def import_arguments() -> list[str]:
    """Return what follows `neo4j-admin database import full`, for files in the folder that it is run in."""
    nodes = [f"--nodes={LABELS[name]}={name}.csv" for name in NODES]
    ways = [
        f"--relationships={TYPES[name]}={name}.csv" if TYPES[name] else f"--relationships={name}.csv"
        for name in RELATIONSHIPS
    ]
    # Sentences hold line ends, and an article of two million characters must fit into the buffer.
    return [*nodes, *ways, "--multiline-fields=true", "--read-buffer-size=8m", "--overwrite-destination"]


def _write_script() -> str:
    return (
        "#!/bin/sh\n"
        "# Fills a Neo4j database while its server is down: ./import.sh [database]; what it held is lost.\n"
        'cd "$(dirname "$0")" || exit 1\n'
        f'exec neo4j-admin database import full {shlex.join(import_arguments())} "${{1:-neo4j}}"\n'
    )


class _BulkWriter:
    """Writes rows, and counts what only the end knows."""

    def __init__(self, tables: Mapping[str, TextIO], ontology: Ontology) -> None:
        self._tables = tables
        self._ontology = ontology
        self._columns = {name: [each.split(":")[0] for each in NODES.get(name, ())] for name in tables}
        self._actors: dict[str, Actor] = {}
        self._counts: dict[str, int] = {}
        self._edges: dict[EdgeKey, Delta] = {}
        self._months: Counter[tuple[str, str, str, str]] = Counter()
        self._articles = 0
        self._events = 0

    def write(self, extractions: Iterable[Extraction]) -> None:
        for name, columns in {**NODES, **RELATIONSHIPS}.items():
            self._tables[name].write(",".join(columns) + "\n")
        for extraction in extractions:
            self._write_extraction(extraction)
        for actor_id, actor in sorted(self._actors.items()):
            row = to_actor_row(actor, self._counts[actor_id])
            self._row("actor", [row[name] for name in self._columns["actor"][:-1]] + [f"Actor;{row['label']}"])
        for key, delta in sorted(self._edges.items()):
            row = to_edge_row(key, delta, len(delta.stories))
            self._row("edge", row.values())
        for row in month_rows(self._months):
            self._row("month", [row[name] for name in self._columns["month"]])
        counts = [self._articles, len(self._actors), self._events, len(self._edges)]
        self._row("state", ["graph", 1, *counts])

    def _write_extraction(self, extraction: Extraction) -> None:
        check_extractions([extraction], self._ontology)
        article = to_article_row(extraction.article)
        self._row("article", [article[name] for name in self._columns["article"]])
        self._articles += 1
        for event_id, event in {each.id: each for each in reversed(extraction.relations)}.items():
            self._write_event(event_id, event)

    def _write_event(self, event_id: str, event: Relation) -> None:
        row = to_event_row(event_id, event, self._ontology)
        self._row("event", [row["event"][name] for name in self._columns["event"]])
        self._row("source", [event_id, event.source.id])
        self._row("target", [event_id, event.target.id])
        self._row("evidence", [event_id, event.evidence.article.id, *row["evidence"].values()])
        for actor in {event.source, event.target}:
            self._actors.setdefault(actor.id, actor)
            self._counts[actor.id] = self._counts.get(actor.id, 0) + 1
        key = (event.source.id, event.target.id, event.type, event.status)
        self._edges.setdefault(key, Delta()).add(event)
        codes = {each: self._actors[each].code for each in (event.source.id, event.target.id)}
        self._months.update(fold_tone([event], codes))
        self._events += 1

    def _row(self, name: str, values: Iterable[Any]) -> None:
        self._tables[name].write(",".join(map(_to_field, values)) + "\n")


def _to_field(value: Any) -> str:
    """Quote text; nothing at all stands for None, so that "" stays an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return value.isoformat() if isinstance(value, date) else str(value)
