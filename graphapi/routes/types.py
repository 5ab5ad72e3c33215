"""`/v1/types`: the vocabulary of relation types."""

from __future__ import annotations

from flask import Blueprint, Response

from graphapi.answers import list_answer
from graphapi.contract import contract
from graphapi.routes import workbench
from graphapi.vocabulary import type_rows

blueprint = Blueprint("types", __name__, url_prefix="/v1")


@blueprint.get("/types")
@contract("TypeList")
def list_types() -> Response:
    """List the relation types with their codes."""
    return list_answer(type_rows(workbench().ontology), None)
