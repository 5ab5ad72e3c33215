"""`/healthz`: the process lives. `/readyz`: it can answer, because its store does."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response

from graphapi.answers import answer
from graphapi.contract import contract
from graphapi.routes import workbench

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@contract("Alive")
def healthz() -> Response:
    """Answer as long as the process lives."""
    return answer({"status": "ok"})


@blueprint.get("/readyz")
@contract("Ready")
def readyz() -> Response:
    """Answer with the store's counts; 503 where it does not answer."""
    return answer({"status": "ready", "store": asdict(workbench().store.state())})
