"""`/v1/pairs/<first>/<second>`: what two actors did to each other; the same as a feed to watch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, request

from dyadgraph.model import SURE, Edge, Relation, hash_id
from dyadgraph.store.base import GraphStore, RelationQuery
from graphapi.answers import answer, list_answer
from graphapi.contract import contract
from graphapi.exports import FORBIDDEN
from graphapi.params import EVENT_PARAMETERS, PAIR_PARAMETERS, to_edge_query, to_relation_query
from graphapi.routes import workbench

blueprint = Blueprint("pairs", __name__, url_prefix="/v1/pairs")

IN_A_FEED = 50
ATOM = "application/atom+xml"
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@blueprint.get("/<first>/<second>")
@contract("Pair", parameters=PAIR_PARAMETERS)
def get_pair(first: str, second: str) -> Response:
    """Return what each of two actors did to the other, strongest first; codes include all who act for them."""
    bench = workbench()
    ends = [bench.store.actor(actor_id).to_dict() for actor_id in (first, second)]
    query = to_edge_query(request.args, bench.ontology)
    forward, backward = _both_ways(bench.store, query, first, second)
    return answer(
        {
            "first": ends[0],
            "second": ends[1],
            "forward": [edge.to_dict() for edge in forward],
            "backward": [edge.to_dict() for edge in backward],
        }
    )


@blueprint.get("/<first>/<second>/timeline")
@contract("MonthList", parameters=EVENT_PARAMETERS)
def get_timeline(first: str, second: str) -> Response:
    """Return the tone between two actors month by month; what was denied counts only where `status` asks for it."""
    bench = workbench()
    for actor_id in (first, second):
        bench.store.actor(actor_id)
    query = replace(to_relation_query(request.args, bench.ontology), pair=(first, second))
    return list_answer((month.to_dict() for month in bench.store.timeline(query)), None)


@blueprint.get("/<first>/<second>/feed.atom")
@contract("", media=(ATOM,))
def get_feed(first: str, second: str) -> Response:
    """Return the latest sentences about two actors as an Atom feed."""
    bench = workbench()
    names = [bench.store.actor(actor_id).name for actor_id in (first, second)]
    query = RelationQuery(pair=(first, second), min_confidence=SURE, limit=IN_A_FEED)
    found = bench.store.history(query).items
    return Response("".join(_feed(names, found)), content_type=ATOM)


def _both_ways(
    store: GraphStore, query: RelationQuery, first: str, second: str
) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Return the edges of each direction; symmetric ones fit both and come once."""
    forward = store.relations(replace(query, source=first, target=second)).items
    if first == second:
        return forward, ()
    backward = store.relations(replace(query, source=second, target=first)).items
    return forward, tuple(edge for edge in backward if not edge.symmetric)


def _feed(names: list[str], found: tuple[Relation, ...]) -> Iterator[str]:
    title = f"{names[0]} and {names[1]}"
    updated = max(map(_stamp, found), default=UNDATED.isoformat())
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>urn:dyadgraph:pair:{hash_id('pair', request.path)}</id>\n<title>{_text(title)}</title>\n"
    yield f"<updated>{updated}</updated>\n<author><name>dyadgraph</name></author>\n"
    yield f'<link rel="self" href={quoteattr(request.base_url)}/>\n'
    for relation in found:
        said = f"{relation.source.name} – {relation.type} – {relation.target.name} ({relation.status})"
        yield f"<entry><id>urn:dyadgraph:evidence:{relation.id}</id><title>{_text(said)}</title>"
        yield f"<updated>{_stamp(relation)}</updated><content>{_text(relation.evidence.sentence)}</content>"
        address = relation.evidence.article.url
        # Only web addresses become links: a reader may follow whatever stands here.
        if address and address.startswith(("https://", "http://")):
            yield f"<link href={quoteattr(address.translate(FORBIDDEN))}/>"
        yield "</entry>\n"
    yield "</feed>\n"


def _stamp(relation: Relation) -> str:
    day = relation.date or relation.evidence.article.published
    return (datetime.combine(day, time(), UTC) if day else UNDATED).isoformat()


def _text(value: str) -> str:
    return escape(value.translate(FORBIDDEN))
