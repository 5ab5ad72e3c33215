"""Who may do what, decided before a body is read: keys for writing, bounds of a body, a rate limit, other origins."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized
from werkzeug.middleware.proxy_fix import ProxyFix

from dyadgraph.errors import SettingsError
from dyadgraph.settings import Settings
from graphapi.contract import find_contract

READING = frozenset({"GET", "HEAD", "OPTIONS"})
ASKED = WWWAuthenticate("bearer", {"realm": "dyadgraph"})
# The monitors of an operator must not be told to come back later.
UNLIMITED = frozenset({"health.healthz", "health.readyz", "metrics"})


def make_key() -> tuple[str, str]:
    """Return a new key and the hash of it that the setting holds."""
    key = secrets.token_urlsafe(32)
    return key, hash_key(key)


def hash_key(key: str) -> str:
    """Return the hash that stands for a key; a key is random and long, so one round is enough."""
    return hashlib.sha256(key.encode("utf8", "surrogatepass")).hexdigest()


def read_hashes(setting: str) -> tuple[str, ...]:
    """Read the comma-separated hashes of a setting; raises SettingsError, which does not repeat the value."""
    hashes = tuple(each.strip().lower() for each in setting.split(",") if each.strip())
    for number, each in enumerate(hashes, 1):
        if len(each) != 64 or not set(each) <= set("0123456789abcdef"):
            raise SettingsError(
                f"DYADGRAPH_API_KEYS: entry {number} is no SHA-256 hash; write what `dyadgraph keys` prints as hash"
            )
    return hashes


def register_access(app: Flask, settings: Settings) -> None:
    """Refuse writes without a key once one is set, bodies without a length or too long, and too many requests."""
    hashes = read_hashes(settings.api_keys)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    if settings.rate_limit:
        _limit(app, settings.rate_limit)

    @app.before_request
    def check_write() -> None:
        # What no route takes is answered by 404 or 405, without a look at key or body.
        if request.method in READING or request.routing_exception is not None:
            return
        if hashes and not _is_known(request.headers.get("Authorization", ""), hashes):
            raise Unauthorized("writing needs a key; send Authorization: Bearer <key>", www_authenticate=ASKED)
        declared = find_contract(app, request.endpoint)
        if request.content_length is None and declared is not None and not declared.body:
            return  # none is read
        if request.content_length is None:
            # A chunked body would be cut at the limit without a word by some servers: measured with granian.
            abort(411, "the body's length is not told; send Content-Length")
        if request.content_length > settings.max_body:
            abort(413, f"the body is longer than {settings.max_body:,} bytes; split it")

    if settings.cors_origin:

        @app.after_request
        def share(response: Response) -> Response:
            response.headers["Access-Control-Allow-Origin"] = settings.cors_origin
            response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-Request-ID"
            response.headers.add("Vary", "Origin")
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, DELETE, OPTIONS"
                response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
            return response


def _is_known(header: str, hashes: tuple[str, ...]) -> bool:
    scheme, _, key = header.partition(" ")
    given = hash_key(key.strip())
    # Every hash is compared, each in constant time: how long it takes tells nothing.
    found = [hmac.compare_digest(given, known) for known in hashes]
    return scheme.lower() == "bearer" and any(found)


def _limit(app: Flask, a_minute: int) -> None:
    limiter = Limiter(
        get_remote_address,
        # Of all routes together, not of each.
        application_limits=[f"{a_minute} per minute"],
        storage_uri="memory://",
        headers_enabled=True,
    )

    @limiter.request_filter
    def is_unlimited() -> bool:
        return request.endpoint in UNLIMITED

    limiter.init_app(app)
