"""`/v1/facets`, `/v1/timeline`, `/v1/top`, `/v1/paths`: how many events, when, between whom, and who leads to whom."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request

from dyadgraph.errors import QueryError
from dyadgraph.store.base import MAX_LIMIT
from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.params import (
    GRAPH_PARAMETERS,
    PATH_PARAMETERS,
    TOP_PARAMETERS,
    TOPS,
    to_kind,
    to_number,
    to_relation_query,
)
from graphapi.routes import workbench

blueprint = Blueprint("counts", __name__, url_prefix="/v1")


@blueprint.get("/facets")
@contract("Facets", parameters=GRAPH_PARAMETERS)
def get_facets() -> Response:
    """Count the events that fit, by type, PLOVER type, class, status and year."""
    bench = workbench()
    return answer(bench.store.facets(to_relation_query(request.args, bench.ontology)).to_dict())


@blueprint.get("/timeline")
@contract("MonthList", parameters=GRAPH_PARAMETERS)
def get_tone() -> Response:
    """Return the tone of events month by month; what was denied counts only where `status` asks for it."""
    bench = workbench()
    months = bench.store.timeline(to_relation_query(request.args, bench.ontology))
    return list_answer((month.to_dict() for month in months), None)


@blueprint.get("/top")
@contract("Top", parameters=TOP_PARAMETERS)
def list_top() -> Response:
    """Rank `of=actors` or `of=pairs` by their events, most first; of a period with `since` and `until`."""
    bench = workbench()
    asked = request.args.get("of", "")
    if asked not in TOPS:
        raise QueryError(f"parameter of={asked[:40]!r} is not one of {', '.join(TOPS)}")
    query = to_relation_query(request.args, bench.ontology, limit=20)
    found = bench.store.top_actors(query) if asked == "actors" else bench.store.top_pairs(query)
    return list_answer((each.to_dict() for each in found), None)


@blueprint.get("/paths")
@contract("PathList", parameters=PATH_PARAMETERS, errors=(HTTPStatus.NOT_FOUND,))
def find_paths() -> Response:
    """Return ways of one to three steps from `first` to `second`; `kind` says who may stand between them."""
    bench = workbench()
    ends = [request.args.get(name, "") for name in ("first", "second")]
    if not all(ends):
        raise QueryError("parameters first and second are needed: ids of two actors")
    kind = to_kind(request.args)
    limit = to_number(request.args, "limit", default=10, least=1, most=MAX_LIMIT)
    found = bench.store.paths(*ends, kinds=(kind,) if kind else (), limit=limit)
    return list_answer((path.to_dict() for path in found), None)
