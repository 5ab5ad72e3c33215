"""Values in, HTTP answers out: JSON by orjson, errors as RFC 9457 problem documents."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dyadgraph import errors

log = logging.getLogger(__name__)

# Which status each of our errors has; the first class that fits counts.
STATUS_OF: tuple[tuple[type[errors.DyadgraphError], HTTPStatus], ...] = (
    (errors.UnanswerableError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.QueryError, HTTPStatus.BAD_REQUEST),
    (errors.NotFoundError, HTTPStatus.NOT_FOUND),
    (errors.ArticleError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.DyadgraphError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
RETRY_AFTER = "5"


def answer(body: Any, status: HTTPStatus = HTTPStatus.OK, media: str = "application/json") -> Response:
    """Write a value as JSON."""
    return Response(orjson.dumps(body), status=status, content_type=media)


def list_answer(items: Iterable[Any], cursor: str | None) -> Response:
    """Write a page of a list; `Link: rel=next` is the address of the next one."""
    response = answer({"items": list(items), "next": cursor})
    if cursor:
        asked = urlencode({**request.args, "cursor": cursor})
        response.headers["Link"] = f'<{quote(request.path)}?{asked}>; rel="next"'
    return response


def problem(status: HTTPStatus, detail: str) -> Response:
    """Write an error as application/problem+json."""
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    response = answer({**body, "instance": request.path}, status, "application/problem+json")
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def register_errors(app: Flask) -> None:
    """Answer every error of ours, of HTTP and the unexpected with a problem document."""

    @app.errorhandler(errors.DyadgraphError)
    def ours(exc: errors.DyadgraphError) -> Response:
        status = next(status for kind, status in STATUS_OF if isinstance(exc, kind))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.warning("request_failed path=%s error=%s", request.path, exc)
        return problem(status, str(exc))

    @app.errorhandler(HTTPException)
    def http(exc: HTTPException) -> Response:
        response = problem(HTTPStatus(exc.code or 500), exc.description or "")
        for name, value in exc.get_headers():
            if name not in {"Content-Type", "Content-Length"}:
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unexpected(exc: Exception) -> Response:  # the last resort: a client never sees a stack trace
        log.error("request_crashed path=%s", request.path, exc_info=exc)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the service failed to answer; its log says why")
