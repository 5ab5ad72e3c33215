"""Relations in, linked data out: JSON-LD, FollowTheMoney."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import quote

import orjson
from babel.core import get_global

from dyadgraph.model import Actor, ActorKind, Edge, hash_id
from graphapi.exports.facts import FORBIDDEN, Edges, attributes, facts, new_actors

VOCABULARY = "urn:dyadgraph:vocabulary:"
SCHEMATA: dict[ActorKind, str] = {
    "country": "PublicBody",
    "person": "Person",
    "organization": "Organization",
    "armed_group": "Organization",
}
"""FollowTheMoney's schema of each kind of actor."""
# Where FollowTheMoney has a code of its own, or CLDR would name the states that came after.
COUNTRIES = {"XKX": "xk", "SUN": "suhh", "YUG": "yucs", "CSK": "cshh", "SCG": "csxx"}


def write_json_ld(edges: Edges) -> Iterator[bytes]:
    """Write relations as RDF statements about actors, in JSON-LD with its context inside."""
    context = {
        "@vocab": VOCABULARY,
        "source": {"@type": "@id"},
        "target": {"@type": "@id"},
        "first_seen": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
        "last_seen": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    }
    yield b'{"@context":' + orjson.dumps(context) + b',"@graph":[\n'
    known: set[str] = set()
    comma = b""
    for edge in edges:
        for actor in new_actors(edge, known):
            yield comma + orjson.dumps({"@id": _iri(actor), "@type": "Actor", "id": actor.id, **facts(actor)})
            comma = b",\n"
        ends = {"source": _iri(edge.source), "target": _iri(edge.target)}
        yield comma + orjson.dumps({"@type": "Relation", **ends, **attributes(edge)})
    yield b"\n]}\n"


def _iri(actor: Actor) -> str:
    return f"urn:dyadgraph:actor:{quote(actor.id, safe='')}"


def write_follow_the_money(edges: Edges) -> Iterator[bytes]:
    """Write one entity a line (followthemoney.tech): actors, and each relation as a link between two of them."""
    known: set[str] = set()
    for edge in edges:
        for actor in new_actors(edge, known):
            yield _entity(_key(actor), SCHEMATA[actor.kind], _properties(actor))
        key = hash_id("relation", edge.source.id, edge.type, edge.target.id, edge.status)
        yield _entity(key, "UnknownLink", _link(edge))


def _entity(key: str, schema: str, properties: dict[str, str | None]) -> bytes:
    given = {name: [value.translate(FORBIDDEN).strip()] for name, value in properties.items() if value}
    told = {"id": key, "schema": schema, "properties": given}
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _key(actor: Actor) -> str:
    return hash_id("actor", actor.id)


def _properties(actor: Actor) -> dict[str, str | None]:
    return {"name": actor.name, "country": _alpha2(actor.country), "wikidataId": actor.qid}


def _link(edge: Edge) -> dict[str, str | None]:
    latest = edge.evidence[0] if edge.evidence else None
    address = latest.article.url if latest else None
    return {
        "subject": _key(edge.source),
        "object": _key(edge.target),
        "role": edge.type,
        "status": edge.status,
        "startDate": edge.first_seen.isoformat() if edge.first_seen else None,
        "endDate": edge.last_seen.isoformat() if edge.last_seen else None,
        "summary": latest.sentence if latest else None,
        "publisher": latest.article.publisher if latest else None,
        "sourceUrl": address if address and address.startswith(("https://", "http://")) else None,
    }


def _alpha2(code: str | None) -> str | None:
    """Return the two letters of a country's code, None for anybody else's."""
    if code in COUNTRIES:
        return COUNTRIES[code]
    short = _territories().get(code or "", ())
    return short[0].lower() if len(short) == 1 else None


@cache
def _territories() -> Mapping[str, list[str]]:
    """Unicode's table of former and longer codes, in which every alpha-3 code stands."""
    return get_global("territory_aliases")
