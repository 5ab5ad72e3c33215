"""`/v1/actors`: who is in the graph, one of them, and who stands next to whom."""

from __future__ import annotations

from flask import Blueprint, Response, request

from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.params import ACTOR_PARAMETERS, to_kind, to_limit
from graphapi.routes import workbench

blueprint = Blueprint("actors", __name__, url_prefix="/v1/actors")


@blueprint.get("")
@contract("ActorList", parameters=ACTOR_PARAMETERS)
def list_actors() -> Response:
    """List actors, those with most events first; `q` searches names, `kind` narrows."""
    page = workbench().store.actors(
        search=request.args.get("q"),
        kind=to_kind(request.args),
        limit=to_limit(request.args),
        cursor=request.args.get("cursor") or None,
    )
    return list_answer((summary.to_dict() for summary in page.items), page.next)


@blueprint.get("/<actor_id>")
@contract("Actor")
def get_actor(actor_id: str) -> Response:
    """Return one actor."""
    return answer(workbench().store.actor(actor_id).to_dict())


@blueprint.get("/<actor_id>/neighbours")
@contract("NeighbourList", parameters=("limit",))
def list_neighbours(actor_id: str) -> Response:
    """List those that have relations with the actor, most events first."""
    neighbours = workbench().store.neighbours(actor_id, limit=to_limit(request.args))
    return list_answer((neighbour.to_dict() for neighbour in neighbours), None)
