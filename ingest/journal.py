"""The journal of ingest: jobs, what each is about to store, what could not be read, and the stories already told.

One SQLite file beside the graph, whichever store keeps the graph. The order of writing is what makes a job safe to
kill: stories, intents, then the store's own transaction, then counts. A job that goes on reads its inputs again from
the start; what is there and was intended by it counts as stored, so its report is that of a run which nothing stopped.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from dyadgraph.errors import NotFoundError, StoreError, StoreUnavailableError, UnanswerableError
from dyadgraph.model import Article
from dyadgraph.store.sqlite_file import use_write_ahead_log
from ingest.duplicates import MARKS, THRESHOLD, likely, shared, sketch
from ingest.readers.rejected import Rejected

State = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")
MEMORY = ":memory:"
PATIENCE = 30.0
MOST_MARKED = 2000
"""Texts looked at for one article: a sentence that stands below every article must not make this grow."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the journal knows it; `counts` are those of its last committed batch."""

    id: str
    source: str
    state: State
    counts: Mapping[str, int]
    created: str
    updated: str
    error: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the job for machines."""
        return {
            "id": self.id,
            "source": self.source,
            "state": self.state,
            "counts": dict(self.counts),
            "created": self.created,
            "updated": self.updated,
            "error": self.error,
        }


class Journal:
    """The open journal; safe for threads, and beside other processes."""

    def __init__(self, path: Path | str = MEMORY) -> None:
        self._path = str(path)
        self._lock = threading.RLock()
        try:
            if self._path != MEMORY:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            if self._path != MEMORY:
                use_write_ahead_log(self._connection)
            self._connection.executescript(files("ingest").joinpath("journal.sql").read_text(encoding="utf8"))
        except (OSError, sqlite3.Error) as exc:
            raise StoreError(
                f"the journal {self._path} cannot be opened ({exc}); name another path in DYADGRAPH_JOURNAL"
            ) from exc

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction; all that is written is kept, or nothing after an error."""
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Return what a question finds."""
        with self._lock, self._translated():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as exc:
            raise StoreUnavailableError(f"the journal {self._path} cannot be used now: {exc}; try again") from exc
        except sqlite3.Error as exc:
            raise StoreError(f"the journal {self._path} is damaged ({exc}); move it away") from exc

    # Jobs

    def open_job(self, source: str) -> Job:
        """Go on with the job that was stopped while it read the same source, else begin one; it is running then."""
        with self.writing() as connection:
            row = connection.execute(
                "SELECT id FROM jobs WHERE source = ? AND body IS NULL AND state IN ('running', 'interrupted') "
                "ORDER BY number DESC LIMIT 1",
                (source,),
            ).fetchone()
            job_id = row["id"] if row else _insert(connection, source)
            _start(connection, job_id)
        return self.job(job_id)

    def begin_job(self, source: str) -> Job:
        """Begin a job that nobody goes on with; it is running then."""
        with self.writing() as connection:
            job_id = _insert(connection, source)
            _start(connection, job_id)
        return self.job(job_id)

    def enqueue(self, source: str, body: bytes, *, key: str | None = None, digest: str = "") -> tuple[Job, bool]:
        """Keep a body to be read by a worker; return its job, and whether it is a new one.

        The same key with the same digest gives the job of the first time; with another one it raises UnanswerableError.
        """
        with self.writing() as connection:
            row = key and connection.execute("SELECT * FROM jobs WHERE request_key = ?", (key,)).fetchone()
            if row:
                if row["request_hash"] != digest:
                    raise UnanswerableError(f"Idempotency-Key {key!r} was used for another body; send a new key")
                return _to_job(row), False
            job_id = _insert(connection, source, body=body, key=key, digest=digest)
        return self.job(job_id), True

    def claim(self) -> tuple[Job, bytes] | None:
        """Take the oldest queued job; None where there is none."""
        with self.writing() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1").fetchone()
            if row is None:
                return None
            _start(connection, row["id"])
        return replace(_to_job(row), state="running"), row["body"]

    def requeue(self, job_id: str, error: str | None = None) -> None:
        """Queue a job again that was stopped on its way, with what stood in it; a cancelled one stays cancelled."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'queued', error = ?, updated = ? WHERE id = ? AND body IS NOT NULL "
                "AND state IN ('running', 'interrupted')",
                (error, _now(), job_id),
            )

    def fail(self, job_id: str, error: str) -> None:
        """Write that a job ended without being done, and why; a cancelled one stays cancelled."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', error = ?, updated = ?, body = NULL WHERE id = ? "
                "AND state IN ('running', 'interrupted')",
                (error, _now(), job_id),
            )

    def requeue_orphans(self) -> int:
        """Queue again what a worker left when it was killed; only who holds the worker's lock may ask."""
        with self.writing() as connection:
            return connection.execute(
                "UPDATE jobs SET state = 'queued' WHERE state IN ('running', 'interrupted') AND body IS NOT NULL"
            ).rowcount

    def job(self, job_id: str) -> Job:
        """Return one job; raises NotFoundError."""
        rows = self.rows("SELECT * FROM jobs WHERE id = ?", (job_id,))
        if not rows:
            raise NotFoundError(f"there is no job {job_id[:40]!r}; ask for the list of jobs")
        return _to_job(rows[0])

    def jobs(self, *, limit: int = 100, state: str | None = None) -> tuple[Job, ...]:
        """Return jobs, newest first."""
        rows = self.rows(
            "SELECT * FROM jobs WHERE :state IS NULL OR state = :state ORDER BY number DESC LIMIT :limit",
            {"state": state, "limit": limit},
        )
        return tuple(_to_job(row) for row in rows)

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that has not ended; a running one stops after its batch, what it stored stays."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'cancelled', updated = ? WHERE id = ? "
                "AND state IN ('queued', 'running', 'interrupted')",
                (_now(), job_id),
            )
        return self.job(job_id)

    def save(self, job_id: str, counts: Mapping[str, int]) -> State:
        """Keep the counts of a job after a batch; return its state, which somebody may have set to cancelled."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE jobs SET counts = ?, updated = ? WHERE id = ?", (json.dumps(dict(counts)), _now(), job_id)
            )
        return self.job(job_id).state

    def end(self, job_id: str, state: State, error: str | None = None) -> None:
        """Write how a job ended; a cancelled one stays cancelled."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, error = ?, updated = ? WHERE id = ? AND state = 'running'",
                (state, error, _now(), job_id),
            )
            if state in ENDED:
                connection.execute("UPDATE jobs SET body = NULL WHERE id = ?", (job_id,))
                connection.execute("DELETE FROM intents WHERE job = ?", (job_id,))

    # What a job is about to store

    def intend(self, job_id: str, articles: Mapping[str, int]) -> None:
        """Write down what the job stores next: article ids with their numbers of relations."""
        with self.writing() as connection:
            connection.executemany(
                "INSERT INTO intents VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET relations = excluded.relations, "
                "counted = 1",
                [(job_id, article, relations) for article, relations in articles.items()],
            )

    def count_intended(self, job_id: str, articles: Iterable[str]) -> dict[str, int]:
        """Return those of the stored articles that this job stored before it was stopped, each only once."""
        found: dict[str, int] = {}
        with self.writing() as connection:
            for article in articles:
                row = connection.execute(
                    "UPDATE intents SET counted = 1 WHERE job = ? AND article = ? AND counted = 0 RETURNING relations",
                    (job_id, article),
                ).fetchone()
                if row:
                    found[article] = row["relations"]
        return found

    # What could not be read

    def reject(self, job: Job, items: Iterable[Rejected]) -> None:
        """Keep what gave no article, and why."""
        with self.writing() as connection:
            connection.executemany(
                "INSERT INTO rejected (job, source, place, reason, kind) VALUES (?, ?, ?, ?, ?)",
                [(job.id, job.source, item.place, item.reason, item.kind) for item in items],
            )

    def rejected(self, job_id: str | None = None, *, kind: str | None = None, limit: int = 1000) -> list[Rejected]:
        """Return what gave no article, of one job or of all, oldest first."""
        rows = self.rows(
            "SELECT place, reason, kind FROM rejected WHERE (:job IS NULL OR job = :job) "
            "AND (:kind IS NULL OR kind = :kind) ORDER BY number LIMIT :limit",
            {"job": job_id, "kind": kind, "limit": limit},
        )
        return [Rejected(row["place"], row["reason"], row["kind"]) for row in rows]

    def release(self, places: Iterable[str]) -> None:
        """Take places out of the quarantine because they are tried again; what fails again comes back by itself."""
        with self.writing() as connection:
            connection.executemany(
                "DELETE FROM rejected WHERE place = ? AND kind = 'quarantined'", [(place,) for place in places]
            )

    # Stories

    def assign_stories(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles with the story each repeats; an answer once given is kept, whatever comes later."""
        with self.writing() as connection:
            return [replace(article, story=_story(connection, article)) for article in articles]

    # Files of a watched folder

    def seen(self, place: str) -> str | None:
        """Return the state in which a place was last read, None where it never was."""
        rows = self.rows("SELECT state FROM seen WHERE place = ?", (place,))
        return rows[0]["state"] if rows else None

    def see(self, states: Mapping[str, str]) -> None:
        """Remember the state in which places were read."""
        with self.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", list(states.items()))


def _insert(
    connection: sqlite3.Connection, source: str, *, body: bytes | None = None, key: str | None = None, digest: str = ""
) -> str:
    job_id = uuid.uuid4().hex[:20]
    connection.execute(
        "INSERT INTO jobs (id, source, state, counts, created, updated, body, request_key, request_hash) "
        "VALUES (?, ?, 'queued', '{}', ?, ?, ?, ?, ?)",
        (job_id, source, _now(), _now(), body, key, digest),
    )
    return job_id


def _start(connection: sqlite3.Connection, job_id: str) -> None:
    """Set a job running; what an earlier run of it counted is counted anew."""
    connection.execute("UPDATE jobs SET state = 'running', updated = ? WHERE id = ?", (_now(), job_id))
    connection.execute("UPDATE intents SET counted = 0 WHERE job = ?", (job_id,))
    connection.execute("DELETE FROM rejected WHERE job = ?", (job_id,))


def _story(connection: sqlite3.Connection, article: Article) -> str | None:
    known = connection.execute("SELECT story FROM stories WHERE article = ?", (article.id,)).fetchone()
    if known:
        return str(known["story"]) if known["story"] else None
    drawn = sketch(article.text)
    story = _find_story(connection, drawn)
    number = connection.execute(
        "INSERT INTO stories (article, story, sketch) VALUES (?, ?, ?)", (article.id, story, json.dumps(drawn).encode())
    ).lastrowid
    connection.executemany("INSERT INTO marks VALUES (?, ?)", [(mark, number) for mark in drawn[:MARKS]])
    return story


def _find_story(connection: sqlite3.Connection, drawn: tuple[int, ...]) -> str | None:
    marks = drawn[:MARKS]
    found = connection.execute(
        f"SELECT story FROM marks WHERE mark IN ({','.join('?' * len(marks))}) LIMIT {MOST_MARKED}",  # noqa: S608
        marks,
    )
    for number in likely(row["story"] for row in found):
        row = connection.execute("SELECT article, story, sketch FROM stories WHERE number = ?", (number,)).fetchone()
        if shared(drawn, tuple(json.loads(row["sketch"]))) >= THRESHOLD:
            return str(row["story"] or row["article"])
    return None


def _to_job(row: sqlite3.Row) -> Job:
    return Job(
        row["id"], row["source"], row["state"], json.loads(row["counts"]), row["created"], row["updated"], row["error"]
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
