"""`dyadgraph serve`: the HTTP service."""

from __future__ import annotations

import logging
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dyadgraph.settings import Settings


@click.command()
@click.option("--host", default="", help="Address to listen on (setting DYADGRAPH_HOST).")
@click.option(
    "--server",
    type=click.Choice(["waitress", "granian"]),
    default="waitress",
    help="granian: faster, behind a proxy that buffers.",
)
@click.option("--log-requests", is_flag=True, help="Log one line a request to stderr.")
@click.option("--port", default="", help="Port to listen on, 0 for a free one (setting DYADGRAPH_PORT).")
def serve(host: str, port: str, server: str, log_requests: bool) -> None:
    """Answer HTTP: the API under /v1, pages under / and /map."""
    from dataclasses import replace  # noqa: PLC0415

    from dyadgraph.settings import Settings  # noqa: PLC0415
    from graphapi.params import to_number  # noqa: PLC0415

    settings = Settings.from_environment()
    number = to_number({"port": port}, "port", default=settings.port, least=0, most=65_535)
    if log_requests:
        logging.getLogger("graphapi.observing").setLevel(logging.INFO)
    settings = replace(settings, host=host or settings.host, port=number)
    if server == "granian":
        run_granian(settings)
    else:
        run_server(settings)


def run_server(settings: Settings) -> None:
    """Serve until interrupted or terminated; prints the address first."""
    from waitress.server import create_server  # noqa: PLC0415

    from dyadgraph.errors import SettingsError  # noqa: PLC0415
    from graphapi.app import close_service, create_app, start_worker  # noqa: PLC0415

    app = create_app(settings)
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=8,
            ident="dyadgraph",
            max_request_body_size=settings.max_body,
        )
    except OSError as exc:
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port} ({exc.strerror}); choose another DYADGRAPH_PORT"
        ) from exc
    start_worker(app)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Serving http://{host}:{server.effective_port}/  (API: /v1/relations, map: /map; Ctrl-C stops)")
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(SystemExit(0)))
    try:
        # waitress takes the interrupt itself, waits for the answers that are under way, and returns.
        with suppress(KeyboardInterrupt, SystemExit):
            server.run()
    finally:
        server.close()
        close_service(app)
    click.echo("Stopped.")


def run_granian(settings: Settings) -> None:
    """Serve with granian until interrupted or terminated; its worker reads the settings from the environment."""
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    from graphapi.access import read_hashes  # noqa: PLC0415

    read_hashes(settings.api_keys)  # told here, not by a worker that starts over and over
    port = settings.port or _free_port(settings.host)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Serving http://{host}:{port}/  (API: /v1/relations, map: /map; Ctrl-C stops)")
    Granian(
        "graphapi.app:create_service",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=port,
        blocking_threads=8,
        log_enabled=False,
    ).serve()
    click.echo("Stopped.")


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
