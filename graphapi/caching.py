"""Strong ETags: the same graph revision and the same question have the same answer."""

from __future__ import annotations

import hashlib
import time

from flask import Flask, Response, g, request

from dyadgraph import __version__
from dyadgraph.store.base import GraphStore
from graphapi.contract import find_contract
from graphapi.routes import workbench

FRESH = 0.05


def register_caching(app: Flask) -> None:
    """Tag every answer of the API to a GET, and answer 304 before the store is asked where the tag is known."""
    revision = Revision()

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
        return None

    @app.after_request
    def tag(response: Response) -> Response:
        if request.method not in {"GET", "HEAD"}:
            revision.forget()
        if response.status_code == 200 and "tag" in g:
            response.set_etag(g.tag)
            response.headers["Cache-Control"] = "no-cache"
        return response


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
