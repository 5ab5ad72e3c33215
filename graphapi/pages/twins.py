"""Every page for machines too: its address with .json or .csv behind it, and the same parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dyadgraph.errors import QueryError
from dyadgraph.model import Comparison
from graphapi.exports.tables import write_table
from graphapi.pages.graph import compare_months, weigh_pairs
from graphapi.params import GRAPH_PARAMETERS

twins = Blueprint("twins", __name__)
EACH = "<any(json, csv):twin>"


@twins.get(f"/relations.{EACH}")
def lead_to_relations(twin: str) -> BaseResponse:
    """Lead to the list of relations."""
    return _lead("/v1/relations", twin, {})


@twins.get(f"/map.{EACH}")
def lead_to_map(twin: str) -> BaseResponse:
    """Lead to what the map draws."""
    return _lead("/v1/subgraph", twin, {})


@twins.get(f"/actors/<actor_id>.{EACH}")
def lead_to_actor(actor_id: str, twin: str) -> BaseResponse:
    """Lead to an actor, or to the table of its relations."""
    return _lead(f"/v1/actors/{quote(actor_id, safe='')}", twin, {"actor": actor_id})


@twins.get(f"/pairs/<first>/<second>.{EACH}")
def lead_to_pair(first: str, second: str, twin: str) -> BaseResponse:
    """Lead to two actors, or to the table of what they did to each other."""
    return _lead(f"/v1/pairs/{quote(first, safe='')}/{quote(second, safe='')}", twin, {"pair": f"{first},{second}"})


@twins.get(f"/articles/<article_id>.{EACH}")
def lead_to_article(article_id: str, twin: str) -> BaseResponse:
    """Lead to an article, or to the table of its relations."""
    return _lead(f"/v1/articles/{quote(article_id, safe='')}", twin, {"article": article_id})


@twins.get(f"/matrix.{EACH}")
def show_matrix(twin: str) -> BaseResponse:
    """Lead to the pairs of the matrix, or give them as a table."""
    if twin == "json":
        return redirect(f"/v1/top?{urlencode({'of': 'pairs', **_given()})}")
    rows = (
        {
            "first_id": pair.first.id,
            "first_name": pair.first.name,
            "second_id": pair.second.id,
            "second_name": pair.second.name,
            "count": pair.count,
            "goldstein": pair.goldstein,
        }
        for pair in weigh_pairs()
    )
    return _table(("first_id", "first_name", "second_id", "second_name", "count", "goldstein"), rows)


@twins.get(f"/compare.{EACH}")
def show_comparison(twin: str) -> BaseResponse:
    """Lead to the difference of two months, or give it as a table."""
    _, before, after, found = compare_months()
    if found is None:
        raise QueryError("the graph holds fewer than two months; name them: a=2024-05&b=2024-06")
    if twin == "json":
        return redirect(f"/v1/diff?{urlencode({'a': before, 'b': after})}")
    columns = ("change", "source_id", "type", "target_id", "status", "count", "goldstein_before", "goldstein_after")
    return _table(columns, _to_changes(found))


def _to_changes(found: Comparison) -> Iterator[dict[str, Any]]:
    for change, edges in (("new", found.new), ("gone", found.gone)):
        for edge in edges:
            told = {"type": edge.type, "status": edge.status, "count": edge.count}
            yield {"change": change, "source_id": edge.source.id, "target_id": edge.target.id, **told}
    for flip in found.flipped:
        tone = {"goldstein_before": flip.before, "goldstein_after": flip.after}
        yield {"change": "turned", "source_id": flip.first.id, "target_id": flip.second.id, **tone}


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Response:
    return Response("".join(write_table(columns, rows)), content_type="text/csv; charset=utf-8")


def _lead(path: str, twin: str, narrowed: Mapping[str, str]) -> BaseResponse:
    """Lead to an address of the API, or to the same relations as CSV."""
    given = _given()
    if twin == "csv":
        kept = {name: value for name, value in given.items() if name in GRAPH_PARAMETERS}
        path, given = "/v1/export", {"format": "csv", **kept, **narrowed}
    return redirect(f"{path}?{urlencode(given)}" if given else path)


def _given() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if value}
