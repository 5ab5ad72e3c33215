"""`/v1/relations`: relations with their evidence, strongest first; as a graph; as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from flask import Blueprint, Response, request, stream_with_context

from dyadgraph.errors import QueryError
from dyadgraph.model import Edge
from dyadgraph.store.base import MAX_LIMIT, GraphStore, RelationQuery
from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.exports import FORMATS
from graphapi.params import DIFF_PARAMETERS, GRAPH_PARAMETERS, RELATION_PARAMETERS, to_relation_query
from graphapi.periods import YearMonth, compare_months
from graphapi.routes import workbench

blueprint = Blueprint("relations", __name__, url_prefix="/v1")


@blueprint.get("/relations")
@contract("RelationList", parameters=RELATION_PARAMETERS)
def list_relations() -> Response:
    """List relations that fit every given parameter."""
    bench = workbench()
    page = bench.store.relations(to_relation_query(request.args, bench.ontology))
    return list_answer((edge.to_dict() for edge in page.items), page.next)


@blueprint.get("/subgraph")
@contract("Subgraph", parameters=(*GRAPH_PARAMETERS, "limit", "evidence"))
def get_subgraph() -> Response:
    """Return the strongest relations and the actors that they join."""
    bench = workbench()
    return answer(bench.store.subgraph(to_relation_query(request.args, bench.ontology)).to_dict())


@blueprint.get("/diff")
@contract("Difference", parameters=DIFF_PARAMETERS)
def get_difference() -> Response:
    """Compare two months: which relations are new, which are gone, between whom the tone changed its sign."""
    bench = workbench()
    first, second = (YearMonth.read(name, request.args.get(name, "")) for name in ("a", "b"))
    query = to_relation_query(request.args, bench.ontology)
    return answer(compare_months(bench.store, query, (first, second), bench.ontology))


@blueprint.get("/export")
@contract("", parameters=("format", *GRAPH_PARAMETERS), media=tuple(each.media for each in FORMATS.values()))
def export() -> Response:
    """Write every relation that fits as a file, sent while it is written."""
    bench = workbench()
    written = FORMATS.get(request.args.get("format", ""))
    if written is None:
        raise QueryError(f"parameter format is not one of {', '.join(sorted(FORMATS))}")
    given = {name: value for name, value in request.args.items() if name != "format"}
    query = replace(to_relation_query(given, bench.ontology), limit=MAX_LIMIT, evidence=1)
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
