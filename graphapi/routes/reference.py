"""`/openapi.json`: the machine's description of the API. `/reference`: the same for people, without any script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template

from graphapi.answers import answer
from graphapi.routes import workbench

blueprint = Blueprint("reference", __name__)


@blueprint.get("/openapi.json")
def get_document() -> Response:
    """Return the OpenAPI 3.1 document."""
    return answer(_document())


@blueprint.get("/reference")
def show_reference() -> str:
    """Show every operation with its parameters and answers."""
    document = _document()
    operations = [
        (method.upper(), address, operation)
        for address, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return render_template("reference.html", document=document, operations=operations)


def _document() -> dict[str, Any]:
    from graphapi.openapi import make_document  # noqa: PLC0415  (pydantic only where the document is asked for)

    return make_document(current_app, workbench().ontology)
