"""Settings in, a Flask application out."""

from __future__ import annotations

from flask import Flask, Response

from dyadgraph.settings import Settings
from graphapi.access import register_access
from graphapi.answers import register_errors
from graphapi.caching import register_caching
from graphapi.contract import register_contracts
from graphapi.observing import register_observing
from graphapi.pages import register_pages
from graphapi.routes import actors, articles, counts, health, hooks, ingest, jobs, pairs, reference, relations, types
from graphapi.wiring import Workbench

KEY = "dyadgraph"
# Pages load nothing from elsewhere and run no inline script.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def create_app(settings: Settings | None = None) -> Flask:
    """Make the service; the store is opened when it is first needed, so that `/healthz` answers without it."""
    app = Flask("graphapi", static_folder=None)
    settings = settings or Settings.from_environment()
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.extensions[KEY] = Workbench(settings)
    app.url_map.strict_slashes = False
    for routes in (relations, counts, actors, pairs, articles, types, ingest, jobs, hooks, health, reference):
        app.register_blueprint(routes.blueprint)
    register_pages(app)
    register_errors(app)
    register_observing(app)
    register_access(app, settings)
    register_contracts(app)
    register_caching(app)

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return app


def create_service() -> Flask:
    """Make the service as the environment's settings say, with its worker: what granian starts."""
    app = create_app()
    start_worker(app)
    return app


def start_worker(app: Flask) -> None:
    """Work off the jobs that are sent to the service, in a thread beside it, unless the settings say otherwise."""
    from graphapi.worker import Worker  # noqa: PLC0415  (it brings the readers along)

    bench: Workbench = app.extensions[KEY]
    if bench.settings.worker:
        app.extensions["worker"] = worker = Worker(bench)
        worker.start()


def close_service(app: Flask) -> None:
    """Stop the worker after the batch in hand, then close the store."""
    worker = app.extensions.pop("worker", None)
    if worker is not None:
        worker.stop()
    app.extensions[KEY].close()
