"""One file a resource of the HTTP API."""

from __future__ import annotations

from flask import current_app

from graphapi.wiring import Workbench


def workbench() -> Workbench:
    """Return the parts of the running application."""
    bench: Workbench = current_app.extensions["dyadgraph"]
    return bench
