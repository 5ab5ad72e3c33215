"""One Neo4j database: an address goes in, transactions come out, and our errors instead of the driver's."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from dyadgraph import __version__
from dyadgraph.errors import QueryError, StoreError, StoreUnavailableError
from dyadgraph.settings import Settings

log = logging.getLogger(__name__)
SCHEMA_VERSION = 2
OLDEST = (5, 26)
"""The first version that takes relationship types as data."""
PATIENCE = 5.0
"""Seconds to wait for a connection."""
RETRYING = 1.0
"""Seconds to try again after a passing fault: over HTTP, an answer or 503 comes within some two seconds."""
T = TypeVar("T")


class Neo4jDatabase:
    """A driver with the database it talks to; safe for threads."""

    def __init__(self, address: str, settings: Settings) -> None:
        self._address = address
        self._database = settings.neo4j_database
        try:
            self._driver = neo4j.GraphDatabase.driver(
                address,
                auth=(settings.neo4j_user, settings.neo4j_password) if settings.neo4j_password else None,
                connection_timeout=PATIENCE,
                connection_acquisition_timeout=2 * PATIENCE,
                max_transaction_retry_time=RETRYING,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
                user_agent=f"dyadgraph/{__version__}",
            )
        except (DriverError, ValueError) as exc:
            raise StoreError(f"DYADGRAPH_STORE {address!r} cannot be used: {exc}; write bolt://host:7687") from exc

    def read(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Do reads in one transaction, which may be tried twice."""
        try:
            with self._session() as session:
                return session.execute_read(work)
        except UnicodeEncodeError as exc:
            raise QueryError(f"{exc.object!r} is no text that can be searched for; send UTF-8") from exc

    def write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Do writes in one transaction, which may be tried twice: all is kept, or nothing after an error."""
        try:
            with self._session() as session:
                return session.execute_write(work)
        except UnicodeEncodeError as exc:
            place = repr(exc.object[max(0, exc.start - 20) : exc.end + 20])
            raise StoreError(f"{place} holds half a character and cannot be stored; read the article as UTF-8") from exc

    def prepare(
        self,
        queries: Mapping[str, str],
        schema: Mapping[str, str],
        rebuild: Callable[[neo4j.ManagedTransaction], None],
    ) -> None:
        """Check the server and what it holds; make constraints and indexes where it holds nothing of ours.

        What an older dyadgraph left is brought up to date: new indexes, then `rebuild`, then the new version's number.
        """
        with self._translated():
            self._driver.verify_connectivity()
        self._check_version(self.read(lambda tx: tx.run(queries["version"]).single(strict=True)["version"]))
        found = self.read(lambda tx: tx.run(queries["schema_version"]).single(strict=True)["version"])
        if found == SCHEMA_VERSION:
            return
        if found is not None and found > SCHEMA_VERSION:
            raise StoreError(
                f"{self._address} has schema {found} in database {self._database}, "
                f"this dyadgraph reads {SCHEMA_VERSION}; update dyadgraph"
            )
        for name, statement in schema.items():
            if name == "make_state" and found is not None:
                self.write(rebuild)
                log.info("store_migrated address=%s from=%s to=%s", self._address, found, SCHEMA_VERSION)
            self.write(lambda tx, text=statement: tx.run(text, schema=SCHEMA_VERSION).consume())  # type: ignore[misc]

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    @contextmanager
    def _session(self) -> Iterator[neo4j.Session]:
        with self._translated(), self._driver.session(database=self._database) as session:
            yield session

    def _check_version(self, version: str) -> None:
        """Raise StoreError for a server that lacks what we use; versions read `5.26.30`, `2026.08.1`, `5.27-aura`."""
        numbers = tuple(int(each) for each in re.findall(r"\d+", version)[:2])
        if numbers < OLDEST:
            oldest = ".".join(map(str, OLDEST))
            raise StoreError(
                f"{self._address} is Neo4j {version}; dyadgraph needs {oldest} or later, update the server"
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ServiceUnavailable, SessionExpired, ConnectionAcquisitionTimeoutError) as exc:
            raise StoreUnavailableError(
                f"{self._address} does not answer: {exc}; start Neo4j there or mend DYADGRAPH_STORE"
            ) from exc
        except TransientError as exc:
            raise StoreUnavailableError(f"{self._address} cannot do it now: {exc.message}; try again") from exc
        except (Neo4jError, DriverError) as exc:
            raise StoreError(f"{self._address} {self._explain(exc)}") from exc

    def _explain(self, exc: Neo4jError | DriverError) -> str:
        """Return what is wrong and the mend."""
        code = (exc.code if isinstance(exc, Neo4jError) else None) or ""
        match exc:
            case _ if code.endswith("CredentialsExpired"):
                return "wants the first password changed; do so, then set DYADGRAPH_NEO4J_PASSWORD"
            case AuthError():
                return "refuses the user or the password; set DYADGRAPH_NEO4J_USER and DYADGRAPH_NEO4J_PASSWORD"
            case Forbidden():
                return f"lets the user not do this: {exc.message}; give it the rights to read, write and make indexes"
            case ClientError() if code.endswith("DatabaseNotFound"):
                return f"has no database {self._database!r}; make it, or set DYADGRAPH_NEO4J_DATABASE"
            case Neo4jError():
                return f"refused: {exc.message}"
        return f"cannot be used: {exc}"
