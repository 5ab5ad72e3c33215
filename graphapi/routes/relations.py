"""`/v1/relations`: relations with their evidence, strongest first."""

from __future__ import annotations

from flask import Blueprint, Response, request

from graphapi.answers import answer
from graphapi.params import RELATION_PARAMETERS, check_names, to_relation_query
from graphapi.routes import workbench

blueprint = Blueprint("relations", __name__, url_prefix="/v1")


@blueprint.get("/relations")
def list_relations() -> Response:
    """List relations that fit every given parameter."""
    check_names(request.args, RELATION_PARAMETERS)
    bench = workbench()
    page = bench.store.relations(to_relation_query(request.args, bench.ontology))
    return answer({"items": [edge.to_dict() for edge in page.items], "next": page.next})
