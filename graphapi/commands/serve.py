"""`dyadgraph serve`: the HTTP service."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dyadgraph.settings import Settings


@click.command()
@click.option("--host", default="", help="Address to listen on (setting DYADGRAPH_HOST).")
@click.option("--port", default="", help="Port to listen on, 0 for a free one (setting DYADGRAPH_PORT).")
def serve(host: str, port: str) -> None:
    """Answer HTTP: the API under /v1, pages under / and /map."""
    from dataclasses import replace  # noqa: PLC0415

    from dyadgraph.settings import Settings  # noqa: PLC0415
    from graphapi.params import to_number  # noqa: PLC0415

    settings = Settings.from_environment()
    number = to_number({"port": port}, "port", default=settings.port, least=0, most=65_535)
    run_server(replace(settings, host=host or settings.host, port=number))


def run_server(settings: Settings) -> None:
    """Serve until interrupted or terminated; prints the address first."""
    from waitress.server import create_server  # noqa: PLC0415

    from dyadgraph.errors import SettingsError  # noqa: PLC0415
    from graphapi.app import create_app  # noqa: PLC0415

    app = create_app(settings)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=8, ident="dyadgraph")
    except OSError as exc:
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port} ({exc.strerror}); choose another DYADGRAPH_PORT"
        ) from exc
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Serving http://{host}:{server.effective_port}/  (API: /v1/relations, map: /map; Ctrl-C stops)")
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(SystemExit(0)))
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        click.echo("Stopped.")
    finally:
        server.close()
        app.extensions["dyadgraph"].close()
