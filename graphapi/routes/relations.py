"""`/v1/relations`: relations with their evidence, strongest first; as a graph; as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from flask import Blueprint, Response, request, stream_with_context

from dyadgraph.errors import NotFoundError, QueryError
from dyadgraph.model import Edge
from dyadgraph.store.base import MAX_LIMIT, GraphStore, RelationQuery
from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.exports import FORMATS
from graphapi.months import read_month
from graphapi.params import (
    DIFF_PARAMETERS,
    GRAPH_PARAMETERS,
    HISTORY_PARAMETERS,
    RELATION_PARAMETERS,
    to_edge_query,
    to_relation_query,
)
from graphapi.routes import workbench
from graphapi.vocabulary import to_event

blueprint = Blueprint("relations", __name__, url_prefix="/v1")


@blueprint.get("/relations")
@contract("RelationList", parameters=RELATION_PARAMETERS)
def list_relations() -> Response:
    """List relations that fit every given parameter."""
    bench = workbench()
    page = bench.store.relations(to_edge_query(request.args, bench.ontology))
    return list_answer((edge.to_dict() for edge in page.items), page.next)


@blueprint.get("/relations/<relation_id>")
@contract("Event")
def get_relation(relation_id: str) -> Response:
    """Return one relation with its sentence, its codes and what found it; `evidence` of the lists names its id."""
    bench = workbench()
    return answer(to_event(bench.store.relation(relation_id), bench.ontology))


@blueprint.get("/relations/<relation_id>/explain")
@contract("Explained")
def explain_relation(relation_id: str) -> Response:
    """Say why a relation was found: trigger, rule, the model's strongest features, codes, and who is who."""
    bench = workbench()
    relation = bench.store.relation(relation_id)
    for found in bench.coder.explain(relation.evidence.article):
        if found.relation.id == relation_id:
            return answer({"id": relation_id, "explanation": found.to_dict()})
    raise NotFoundError(f"relation {relation_id!r} is not found in its article by the coder of today")


@blueprint.get("/history")
@contract("EventList", parameters=HISTORY_PARAMETERS)
def list_history() -> Response:
    """List single relations, each with its sentence, newest first."""
    bench = workbench()
    page = bench.store.history(to_edge_query(request.args, bench.ontology))
    return list_answer((to_event(each, bench.ontology) for each in page.items), page.next)


@blueprint.get("/subgraph")
@contract("Subgraph", parameters=(*GRAPH_PARAMETERS, "limit", "evidence"))
def get_subgraph() -> Response:
    """Return the strongest relations and the actors that they join."""
    bench = workbench()
    return answer(bench.store.subgraph(to_edge_query(request.args, bench.ontology)).to_dict())


@blueprint.get("/diff")
@contract("Difference", parameters=DIFF_PARAMETERS)
def get_difference() -> Response:
    """Compare two months: which relations are new, which are gone, between whom the tone changed its sign."""
    bench = workbench()
    before, after = (read_month(name, request.args.get(name, "")) for name in ("a", "b"))
    query = to_relation_query(request.args, bench.ontology)
    return answer(bench.store.compare(query, before, after).to_dict())


@blueprint.get("/export")
@contract("", parameters=("format", *GRAPH_PARAMETERS), media=tuple(each.media for each in FORMATS.values()))
def export() -> Response:
    """Write every relation that fits as a file, sent while it is written."""
    bench = workbench()
    written = FORMATS.get(request.args.get("format", ""))
    if written is None:
        raise QueryError(f"parameter format is not one of {', '.join(sorted(FORMATS))}")
    given = {name: value for name, value in request.args.items() if name != "format"}
    query = replace(to_edge_query(given, bench.ontology), limit=MAX_LIMIT, evidence=1)
    # First page and first piece are asked for here: a store that is down, a library that is missing, answer a problem.
    first = bench.store.relations(query)
    edges = _Edges(bench.store, query, first.items, first.next)
    pieces = (each if isinstance(each, bytes) else each.encode("utf8", "replace") for each in written.write(edges))
    head = next(pieces, b"")
    response = Response(stream_with_context(chain((head,), pieces)), content_type=written.media)
    response.headers["Content-Disposition"] = f'attachment; filename="relations.{written.ending}"'
    return response


@dataclass(frozen=True, slots=True)
class _Edges:
    """Every edge of a query, a page at a time."""

    store: GraphStore
    query: RelationQuery
    first: tuple[Edge, ...]
    cursor: str | None

    def __iter__(self) -> Iterator[Edge]:
        yield from self.first
        cursor = self.cursor
        while cursor:
            page = self.store.relations(replace(self.query, cursor=cursor))
            yield from page.items
            cursor = page.next
