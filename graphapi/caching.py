"""The same graph revision and the same question have the same answer: strong ETags, and answers kept for the next."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, g, request

from dyadgraph import __version__
from dyadgraph.store.base import GraphStore
from graphapi.contract import find_contract
from graphapi.routes import workbench

Key = tuple[str, str]
"""Tag and host."""
FRESH = 0.05
KEPT = 16_000_000
"""Bytes of answers that a process keeps; the ones asked for longest ago go first."""
LONGEST_KEPT = 500_000
NAMED = ("Content-Type", "Link")
"""Headers that belong to an answer; all others are made for each request."""


def register_caching(app: Flask) -> None:
    """Tag every answer of the API to a GET; before the store is asked, answer 304 or what was answered last time."""
    revision, answers = Revision(), Answers()

    @app.before_request
    def compare() -> Response | None:
        if request.method not in {"GET", "HEAD"} or not request.path.startswith("/v1/"):
            return None
        declared = find_contract(app, request.endpoint)
        if declared is None or declared.changes_alone:
            return None
        # Read before the answer: a commit in between only makes the tag too old, never too new.
        g.tag = _tag(revision)
        known = request.if_none_match
        if g.tag in known.as_set():
            response = Response(status=304)
            response.set_etag(g.tag)
            return response
        return answers.find((g.tag, request.host))

    @app.after_request
    def tag(response: Response) -> Response:
        if request.method not in {"GET", "HEAD"}:
            revision.forget()
        if response.status_code == 200 and "tag" in g:
            response.set_etag(g.tag)
            response.headers["Cache-Control"] = "no-cache"
            if request.method == "GET":
                answers.keep((g.tag, request.host), response)
        return response


class Answers:
    """Whole answers by tag; a tag holds the revision, so that none outlives the graph that it tells of. Thread-safe."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[bytes, list[tuple[str, str]]]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Key) -> Response | None:
        """Return a copy of the answer."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            body, headers = self._kept[key]
        return Response(body, headers=headers)

    def keep(self, key: Key, response: Response) -> None:
        """Keep an answer that is not streamed and not too long."""
        if response.is_streamed or (response.content_length or LONGEST_KEPT) >= LONGEST_KEPT:
            return
        headers = [(name, response.headers[name]) for name in NAMED if name in response.headers]
        body = response.get_data()
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = (body, headers)
            self._bytes += len(body)
            while self._bytes > KEPT:
                _, (oldest, _) = self._kept.popitem(last=False)
                self._bytes -= len(oldest)


class Revision:
    """The graph's revision, asked of the store at most every FRESH seconds.

    To a client, an answer that is so little too old reads like one that was asked for so much sooner; what this process
    is sent to write counts at once.
    """

    def __init__(self) -> None:
        self._known: tuple[float, int] = (0.0, 0)

    def find(self, store: GraphStore) -> int:
        """Return the revision."""
        asked, revision = self._known
        now = time.monotonic()
        if now - asked > FRESH:
            revision = store.state().revision
            self._known = (now, revision)
        return revision

    def forget(self) -> None:
        """Ask again next time."""
        self._known = (0.0, 0)


def _tag(revision: Revision) -> str:
    bench = workbench()
    asked = f"{__version__}\n{bench.settings.store}\n{revision.find(bench.store)}\n{request.full_path}"
    return hashlib.sha256(asked.encode("utf8", "surrogatepass")).hexdigest()[:32]
