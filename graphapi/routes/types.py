"""`/v1/types`: the vocabulary of relation types."""

from __future__ import annotations

from flask import Blueprint, Response, request

from graphapi.answers import answer
from graphapi.params import check_names
from graphapi.routes import workbench
from graphapi.vocabulary import type_rows

blueprint = Blueprint("types", __name__, url_prefix="/v1")


@blueprint.get("/types")
def list_types() -> Response:
    """List the relation types with their codes."""
    check_names(request.args, ())
    return answer({"items": type_rows(workbench().ontology), "next": None})
