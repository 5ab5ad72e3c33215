"""What a file says of an edge and of its actors, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dyadgraph.model import Actor, Edge

Edges = Iterable[Edge]
# Attributes of a line in the graph formats, with their XML type.
ATTRIBUTES = {
    "type": "string",
    "plover": "string",
    "quad": "string",
    "status": "string",
    "count": "int",
    "articles": "int",
    "first_seen": "string",
    "last_seen": "string",
}
ACTOR_ATTRIBUTES = ("name", "kind", "country")
# What XML 1.0 cannot hold at all, not even escaped.
FORBIDDEN = {
    code: None for code in (*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in {0x9, 0xA, 0xD}
}


def new_actors(edge: Edge, known: set[str]) -> Iterator[Actor]:
    """Return those of an edge's actors that are not known yet, and know them."""
    for actor in (edge.source, edge.target):
        if actor.id not in known:
            known.add(actor.id)
            yield actor


def facts(actor: Actor) -> dict[str, Any]:
    """Return what is known of an actor."""
    told = actor.to_dict()
    return {name: told[name] for name in ACTOR_ATTRIBUTES if told[name] is not None}


def attributes(edge: Edge) -> dict[str, Any]:
    """Return what is known of an edge, without its actors and sentences."""
    told = edge.to_dict()
    return {name: told[name] for name in ATTRIBUTES if told[name] is not None}
