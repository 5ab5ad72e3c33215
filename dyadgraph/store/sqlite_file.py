"""One SQLite file: a path goes in, connections in a transaction come out, and our errors instead of SQLite's."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dyadgraph.errors import QueryError, StoreError, StoreUnavailableError
from dyadgraph.store.statements import read_script

log = logging.getLogger(__name__)
SCHEMA_VERSION = 3
APPLICATION_ID = int.from_bytes(b"DYAD", "big")
MAPPED = 1 << 30
WRITING_CACHE = 64 << 10
"""Pages that a writer keeps at hand, in KiB: its inserts fall all over the indexes (a fifth faster than with 2 MiB)."""
AT_ONCE = 128
"""Keys that one statement looks up."""
PATIENCE = 30.0
"""Seconds to wait for another writer."""
_PASSING = {
    sqlite3.SQLITE_BUSY: "is being written by another process; try again in a moment",
    sqlite3.SQLITE_LOCKED: "is being written by another process; try again in a moment",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full; make room and try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written, the disk reports an error; check it and try again",
}
_LASTING = {
    sqlite3.SQLITE_NOTADB: "is no SQLite file; name another path in DYADGRAPH_STORE, or move the file away",
    sqlite3.SQLITE_CORRUPT: "is damaged; put back a copy, or move it away and ingest the articles again",
    sqlite3.SQLITE_READONLY: "cannot be written; give yourself the right to write it and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and that you may read and write there",
    sqlite3.SQLITE_PERM: "cannot be opened; check that you may read and write it",
}


class SqliteFile:
    """Connections to one file, as many as are used at once; safe for threads, and beside other processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._writer = threading.Lock()
        self._is_closed = False
        self._make_folder()
        with self._translated(), self._connection() as connection:
            self._prepare(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one moment of the graph."""
        try:
            with self._translated(), self._connection() as connection, _transaction(connection, "BEGIN"):
                yield connection
        except UnicodeEncodeError as exc:
            raise QueryError(f"{exc.object!r} is no text that can be searched for; send UTF-8") from exc

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the one connection that may write; all it did is kept at the end, nothing after an error."""
        try:
            with (
                self._writer,
                self._translated(),
                self._connection() as connection,
                _writing_cache(connection),
                _transaction(connection, "BEGIN IMMEDIATE"),
            ):
                yield connection
        except UnicodeEncodeError as exc:
            place = repr(exc.object[max(0, exc.start - 20) : exc.end + 20])
            raise StoreError(f"{place} holds half a character and cannot be stored; read the article as UTF-8") from exc

    def close(self) -> None:
        """Close the connections that are idle now, the others when they come back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend an idle connection or a new one; one that is left in a transaction is not used again."""
        with self._lock:
            if self._is_closed:
                raise StoreError(f"{self._path} was closed; open the store again")
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        try:
            yield connection
        finally:
            with self._lock:
                is_kept = not self._is_closed and not connection.in_transaction
                if is_kept:
                    self._idle.append(connection)
            if not is_kept:
                connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            # Reads of a large graph come from the system's own cache, without a copy.
            connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _make_folder(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            is_folder = self._path.is_dir()
        except OSError as exc:
            raise StoreError(
                f"{self._path} cannot be made: {exc.strerror}; name another path in DYADGRAPH_STORE"
            ) from exc
        if is_folder:
            raise StoreError(f"{self._path} is a folder; name a file in DYADGRAPH_STORE, such as {self._path}/graph.db")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables, or bring those of an older dyadgraph up to date; as a whole or not at all."""
        with _transaction(connection, "BEGIN"):
            if self._find_version(connection) == SCHEMA_VERSION:
                return
        use_write_ahead_log(connection)
        with _transaction(connection, "BEGIN IMMEDIATE"):
            # Another process may have done it while this one waited for the lock.
            version = self._find_version(connection)
            if version == SCHEMA_VERSION:
                return
            for older in range(version or SCHEMA_VERSION, SCHEMA_VERSION):
                run_script(connection, f"migrate_{older}.sql")
            run_script(connection, "schema.sql")
            if version:
                log.info("store_migrated path=%s from=%s to=%s", self._path, version, SCHEMA_VERSION)
                run_script(connection, "migrate.sql")
                run_script(connection, "rebuild.sql")

    def _find_version(self, connection: sqlite3.Connection) -> int:
        """Return the version of our tables, 0 for an empty file; raises StoreError for any other content."""
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if owner == APPLICATION_ID and 1 <= version <= SCHEMA_VERSION:
            return int(version)
        if owner == APPLICATION_ID:
            raise StoreError(
                f"{self._path} has schema {version}, this dyadgraph reads {SCHEMA_VERSION}; update dyadgraph"
            )
        if tables or version:
            raise StoreError(f"{self._path} is another program's SQLite file; name another path in DYADGRAPH_STORE")
        return 0

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as exc:
            code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
            if code in _PASSING:
                raise StoreUnavailableError(f"{self._path} {_PASSING[code]}") from exc
            raise StoreError(f"{self._path} {_LASTING.get(code, f'refused: {exc}')}") from exc


@contextmanager
def _writing_cache(connection: sqlite3.Connection) -> Iterator[None]:
    """Give a connection room to write, and take it back: the next one may only read with it."""
    connection.execute(f"PRAGMA cache_size = -{WRITING_CACHE}")
    try:
        yield
    finally:
        connection.execute("PRAGMA cache_size = -2048")


def look_up(connection: sqlite3.Connection, statement: str, keys: Sequence[Any]) -> list[sqlite3.Row]:
    """Return the rows for some keys, texts or tuples; `:keys` in the statement stands for the list of them."""
    found: list[sqlite3.Row] = []
    for start in range(0, len(keys), AT_ONCE):
        # A short list is filled up with its last key, so that all lists of that length are one prepared statement.
        part = list(keys[start : start + AT_ONCE])
        part += [part[-1]] * ((1 << (len(part) - 1).bit_length()) - len(part))
        if isinstance(part[0], tuple):
            mark = f"({', '.join('?' * len(part[0]))})"
            values = [value for key in part for value in key]
        else:
            mark, values = "?", part
        found += connection.execute(statement.replace(":keys", ", ".join([mark] * len(part))), values).fetchall()
    return found


def run_script(connection: sqlite3.Connection, name: str) -> None:
    """Run every statement of a file beside this one inside the transaction that is open."""
    statement = ""
    for line in read_script(name, "folds.sql").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once; SQLite does not wait for this lock by itself, so we do."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
