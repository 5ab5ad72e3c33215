"""Pages of the graph: relations with their facets, an actor, a pair, who stands with whom, two months compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from dyadgraph.model import SURE, Comparison, PairSummary
from dyadgraph.store.base import RelationQuery
from graphapi.months import read_month
from graphapi.pages.charts import draw_months
from graphapi.params import GRAPH_PARAMETERS, RELATION_PARAMETERS, check_names, to_edge_query
from graphapi.routes import workbench

graph = Blueprint("graph", __name__)
IN_A_LIST = 50
IN_A_MATRIX = 16
PAIRS_IN_A_MATRIX = 500


@graph.get("/relations")
def show_relations() -> str:
    """List relations that fit the address's parameters, with the numbers that each further one would leave."""
    check_names(request.args, RELATION_PARAMETERS)
    given = {name: value for name, value in request.args.items() if value}
    bench = workbench()
    query = to_edge_query(given, bench.ontology, limit=IN_A_LIST)
    page = bench.store.relations(query)
    facets = bench.store.facets(replace(query, cursor=None, min_confidence=None)).to_dict()
    return render_template(
        "relations.html",
        edges=page.items,
        facets={name: _links(name, counts, given) for name, counts in facets.items()},
        given=given,
        following=_address({**given, "cursor": page.next}) if page.next else None,
        twin=urlencode({name: value for name, value in given.items() if name in GRAPH_PARAMETERS}),
        types=bench.ontology.types,
        sure=SURE,
    )


@graph.get("/actors/<actor_id>")
def show_actor(actor_id: str) -> str:
    """Show an actor: its map, how its months went, who stands next to it, what it did and what was done to it."""
    bench = workbench()
    actor = bench.store.actor(actor_id)
    query = RelationQuery(actor=actor_id, min_confidence=SURE)
    months = bench.store.timeline(RelationQuery(actor=actor_id))
    return render_template(
        "actor.html",
        actor=actor,
        months=months,
        chart=draw_months(months),
        neighbours=bench.store.neighbours(actor_id, limit=24),
        edges=bench.store.relations(replace(query, limit=30, evidence=1)).items,
        events=bench.store.history(replace(query, limit=10)).items,
        types=bench.ontology.types,
    )


@graph.get("/pairs/<first>/<second>")
def show_pair(first: str, second: str) -> str:
    """Show two actors: how their months went, what each did to the other, with the sentences."""
    bench = workbench()
    ends = [bench.store.actor(each) for each in (first, second)]
    query = RelationQuery(pair=(first, second), limit=IN_A_LIST)
    months = bench.store.timeline(query)
    return render_template(
        "pair.html",
        ends=ends,
        months=months,
        chart=draw_months(months),
        edges=bench.store.relations(replace(query, min_confidence=SURE, evidence=1)).items,
        events=bench.store.history(replace(query, min_confidence=SURE, limit=20)).items,
        types=bench.ontology.types,
    )


@graph.get("/matrix")
def show_matrix() -> str:
    """Show the most involved actors against each other: how many events, and how they were meant."""
    pairs = weigh_pairs()
    query = replace(_to_matrix_query(), limit=IN_A_MATRIX)
    actors = [each.actor for each in workbench().store.top_actors(query)]
    cells: dict[tuple[str, str], PairSummary] = {}
    for pair in pairs:
        cells[pair.first.id, pair.second.id] = cells[pair.second.id, pair.first.id] = pair
    return render_template(
        "matrix.html", actors=actors, cells=cells, given=request.args, query=urlencode(list(request.args.items()))
    )


def weigh_pairs() -> Sequence[PairSummary]:
    """Return the pairs of actors with most events in the period that the address names."""
    return workbench().store.top_pairs(replace(_to_matrix_query(), limit=PAIRS_IN_A_MATRIX))


def _to_matrix_query() -> RelationQuery:
    check_names(request.args, ("since", "until"))
    query = to_edge_query({**request.args, "min_confidence": "0"}, workbench().ontology)
    return replace(query, min_confidence=None)


@graph.get("/compare")
def show_comparison() -> str:
    """Show what is new in a month, what is gone, and between whom the tone turned."""
    months, before, after, found = compare_months()
    return render_template(
        "compare.html", months=months, before=before, after=after, found=found, types=workbench().ontology.types
    )


def compare_months() -> tuple[Sequence[str], str, str, Comparison | None]:
    """Return all months, the two that the address names or the last two, and how they differ."""
    check_names(request.args, ("a", "b"))
    bench = workbench()
    months = [each.month for each in bench.store.timeline(RelationQuery())]
    before = request.args.get("a") or (months[-2] if len(months) > 1 else "")
    after = request.args.get("b") or (months[-1] if months else "")
    found = None
    if before and after:
        query = RelationQuery(limit=30, evidence=1, min_confidence=SURE)
        found = bench.store.compare(query, read_month("a", before), read_month("b", after))
    return months, before, after, found


def _links(name: str, counts: dict[str, int], given: dict[str, str]) -> list[tuple[str, int, str, bool]]:
    """Return each value of a facet with its number, the address that asks for it, or no more for it."""
    rest = {key: value for key, value in given.items() if key != "cursor"}
    found = []
    for value, count in counts.items():
        wish = {"since": f"{value}-01-01", "until": f"{value}-12-31"} if name == "year" else {name: value}
        is_on = all(given.get(key) == wanted for key, wanted in wish.items())
        kept = {key: each for key, each in rest.items() if key not in wish}
        found.append((value, count, _address(kept if is_on else {**kept, **wish}), is_on))
    return found


def _address(given: Mapping[str, str]) -> str:
    return url_for("graph.show_relations") + (f"?{urlencode(given)}" if given else "")
