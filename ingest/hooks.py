"""New relations of a watched pair in, signed messages to whoever watches it out: at least once, never before storage.

What a job is about to store is noted for the hooks before it is stored, and told only when the article is there: a job
that is killed between the two loses no message, and one that never stores sends none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from dyadgraph.errors import ArticleError, NotFoundError
from dyadgraph.model import SURE, Actor, Extraction, Relation
from ingest.fetching import Fetcher, split_address
from ingest.journal import Journal

SIGNATURE, STAMP = "X-Dyadgraph-Signature", "X-Dyadgraph-Timestamp"
MOST_ATTEMPTS = 12
FIRST_PAUSE = 10.0
"""Seconds until a message that was not taken is sent again; each further pause is twice as long, an hour at most."""
LONGEST_PAUSE = 3600.0
MOST_AT_ONCE = 100
GIVEN_UP = 86_400.0
"""Seconds after which a relation that never came into the graph is no longer waited for."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Somebody who is told of new relations between two actors or codes; the secret signs what he is sent."""

    id: str
    first: str
    second: str
    url: str
    secret: str
    created: str

    def to_dict(self) -> dict[str, Any]:
        """Return what others may see: not the secret, and of the address the host alone."""
        return {
            "id": self.id,
            "pair": [self.first, self.second],
            "host": urlsplit(self.url).hostname,
            "created": self.created,
        }


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Return the signature of a message: HMAC-SHA-256 over its time, a full stop and its body."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class Hooks:
    """The hooks of a journal and what is still to be told."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, pair: tuple[str, str], url: str) -> Hook:
        """Make a hook; raises ArticleError for an address that may not be asked."""
        split_address(url)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        hook = Hook(secrets.token_hex(8), *pair, url, secrets.token_urlsafe(32), created)
        with self._journal.writing() as connection:
            connection.execute(
                "INSERT INTO hooks VALUES (?, ?, ?, ?, ?, ?)",
                (hook.id, hook.first, hook.second, hook.url, hook.secret, hook.created),
            )
        return hook

    def all(self) -> tuple[Hook, ...]:
        """Return every hook, oldest first."""
        return tuple(Hook(**dict(row)) for row in self._journal.rows("SELECT * FROM hooks ORDER BY created, id"))

    def remove(self, hook_id: str) -> None:
        """Take out a hook with what it still waits for; raises NotFoundError."""
        with self._journal.writing() as connection:
            if connection.execute("DELETE FROM hooks WHERE id = ?", (hook_id,)).rowcount == 0:
                raise NotFoundError(f"there is no hook {hook_id[:40]!r}; ask for the list of hooks")
            connection.execute("DELETE FROM deliveries WHERE hook = ?", (hook_id,))

    def note(self, extractions: Sequence[Extraction]) -> None:
        """Note whom the sure relations of articles concern, before they are stored."""
        hooks = self.all()
        if not hooks:
            return
        now = time.time()
        rows = [
            (hook.id, relation.id, extraction.article.id, now, now)
            for extraction in extractions
            for relation in extraction.relations
            for hook in hooks
            if relation.confidence >= SURE and _concerns(relation, hook)
        ]
        with self._journal.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?, 'waiting', 0, ?, ?)", rows)

    def deliver(self, find: Callable[[str], Mapping[str, Any] | None], fetcher: Fetcher) -> int:
        """Send what is due, a message a hook, and return how many messages were taken.

        `find` returns a relation of the graph as it is sent, None where it is not there.
        """
        due = self._journal.rows(
            "SELECT * FROM deliveries WHERE state = 'waiting' AND due <= ? ORDER BY hook, due LIMIT ?",
            (time.time(), MOST_AT_ONCE),
        )
        taken = 0
        for hook in self.all():
            rows = [row for row in due if row["hook"] == hook.id]
            found = {row["relation"]: find(row["relation"]) for row in rows}
            there = [row for row in rows if found[row["relation"]] is not None]
            missing = [row["relation"] for row in rows if found[row["relation"]] is None]
            self._wait_for(hook, missing)
            if not there:
                continue
            attempts = max(row["attempts"] for row in there) + 1
            told = [row["relation"] for row in there]
            if self._send(hook, [found[each] for each in told], fetcher):
                self._settle(hook, told, "told", attempts)
                taken += 1
            else:
                self._settle(hook, told, "waiting" if attempts < MOST_ATTEMPTS else "given up", attempts)
        return taken

    def _send(self, hook: Hook, relations: list[Any], fetcher: Fetcher) -> bool:
        body = json.dumps({"hook": hook.id, "pair": [hook.first, hook.second], "relations": relations}).encode()
        stamp = str(int(time.time()))
        headers = {"Content-Type": "application/json", STAMP: stamp, SIGNATURE: sign(hook.secret, stamp, body)}
        try:
            status = fetcher.post(hook.url, body, headers)
        except ArticleError:
            return False
        return 200 <= status < 300

    def _settle(self, hook: Hook, relations: Iterable[str], state: str, attempts: int) -> None:
        pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
        with self._journal.writing() as connection:
            connection.executemany(
                "UPDATE deliveries SET state = ?, attempts = ?, due = ? WHERE hook = ? AND relation = ?",
                [(state, attempts, time.time() + pause, hook.id, each) for each in relations],
            )

    def _wait_for(self, hook: Hook, relations: Iterable[str]) -> None:
        """Look later for relations that are not stored yet; forget those that never came."""
        now = time.time()
        with self._journal.writing() as connection:
            for each in relations:
                connection.execute(
                    "DELETE FROM deliveries WHERE hook = ? AND relation = ? AND noted < ?",
                    (hook.id, each, now - GIVEN_UP),
                )
                connection.execute(
                    "UPDATE deliveries SET due = ? WHERE hook = ? AND relation = ?", (now + 1, hook.id, each)
                )


def _concerns(relation: Relation, hook: Hook) -> bool:
    ends = (relation.source, relation.target)
    return any(_is_meant(one, hook.first) and _is_meant(two, hook.second) for one, two in (ends, tuple(reversed(ends))))


def _is_meant(actor: Actor, asked: str) -> bool:
    return asked in (actor.id, actor.country)
