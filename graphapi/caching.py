"""Strong ETags: the same graph revision and the same question have the same answer."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, request

from dyadgraph import __version__
from graphapi.contract import find_contract
from graphapi.routes import workbench


def register_caching(app: Flask) -> None:
    """Tag every answer of the API to a GET, and answer 304 before the store is asked where the tag is known."""

    @app.before_request
    def compare() -> Response | None:
        if request.method not in {"GET", "HEAD"} or not request.path.startswith("/v1/"):
            return None
        declared = find_contract(app, request.endpoint)
        if declared is None or declared.changes_alone:
            return None
        # Read before the answer: a commit in between only makes the tag too old, never too new.
        g.tag = _tag()
        known = request.if_none_match
        if g.tag in known.as_set():
            response = Response(status=304)
            response.set_etag(g.tag)
            return response
        return None

    @app.after_request
    def tag(response: Response) -> Response:
        if response.status_code == 200 and "tag" in g:
            response.set_etag(g.tag)
            response.headers["Cache-Control"] = "no-cache"
        return response


def _tag() -> str:
    bench = workbench()
    asked = f"{__version__}\n{bench.settings.store}\n{bench.store.state().revision}\n{request.full_path}"
    return hashlib.sha256(asked.encode("utf8", "surrogatepass")).hexdigest()[:32]
