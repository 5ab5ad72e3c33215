"""What the operator sees: an id a request, one structured log line, Prometheus metrics; never an article's text."""

from __future__ import annotations

import logging
import re
import time
import uuid

import orjson
from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

log = logging.getLogger(__name__)
ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def register_observing(app: Flask) -> None:
    """Count, time, name and log every request; `/metrics` tells the counts of this process."""
    registry = CollectorRegistry()
    answered = Counter(
        "dyadgraph_requests_total", "Requests answered", ("method", "route", "status"), registry=registry
    )
    took = Histogram("dyadgraph_request_seconds", "Time to the first byte", ("route",), registry=registry)

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        # The rule, not the address: an address can be anything, and every label value stays in memory.
        route = request.url_rule.rule if request.url_rule else "none"
        answered.labels(request.method, route, response.status_code).inc()
        took.labels(route).observe(seconds)
        response.headers["X-Request-ID"] = g.request_id
        line = {
            "id": g.request_id,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        }
        log.info("request %s", orjson.dumps(line).decode())
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
