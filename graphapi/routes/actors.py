"""`/v1/actors`: who is in the graph, one of them, and who stands next to whom."""

from __future__ import annotations

from flask import Blueprint, Response, request

from graphapi.answers import answer
from graphapi.params import ACTOR_PARAMETERS, check_names, to_kind, to_limit
from graphapi.routes import workbench

blueprint = Blueprint("actors", __name__, url_prefix="/v1/actors")


@blueprint.get("")
def list_actors() -> Response:
    """List actors, those with most events first; `q` searches names, `kind` narrows."""
    check_names(request.args, ACTOR_PARAMETERS)
    page = workbench().store.actors(
        search=request.args.get("q") or None,
        kind=to_kind(request.args),
        limit=to_limit(request.args),
        cursor=request.args.get("cursor") or None,
    )
    return answer({"items": [summary.to_dict() for summary in page.items], "next": page.next})


@blueprint.get("/<actor_id>")
def get_actor(actor_id: str) -> Response:
    """Return one actor."""
    check_names(request.args, ())
    return answer(workbench().store.actor(actor_id).to_dict())


@blueprint.get("/<actor_id>/neighbours")
def list_neighbours(actor_id: str) -> Response:
    """List those that have relations with the actor, most events first."""
    check_names(request.args, ("limit",))
    neighbours = workbench().store.neighbours(actor_id, limit=to_limit(request.args))
    return answer({"items": [neighbour.to_dict() for neighbour in neighbours], "next": None})
