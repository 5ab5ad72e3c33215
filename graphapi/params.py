"""Query strings in, checked questions out; every fault names the parameter and the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from dyadgraph.errors import NotFoundError, QueryError
from dyadgraph.model import KINDS, STATUSES, SURE, ActorKind, Status
from dyadgraph.ontology import QUADS, Ontology
from dyadgraph.store.base import MAX_LIMIT, SORTS, RelationQuery, Sort

T = TypeVar("T")
EVENT_PARAMETERS = ("type", "plover", "quad", "status", "article", "since", "until", "min_confidence")
GRAPH_PARAMETERS = ("source", "target", "actor", "pair", *EVENT_PARAMETERS)
RELATION_PARAMETERS = (*GRAPH_PARAMETERS, "sort", "limit", "cursor", "evidence")
DIFF_PARAMETERS = (
    "a",
    "b",
    *(name for name in GRAPH_PARAMETERS if name not in {"since", "until"}),
    "limit",
    "evidence",
)
PAIR_PARAMETERS = (*EVENT_PARAMETERS, "sort", "limit", "evidence")
HISTORY_PARAMETERS = (*GRAPH_PARAMETERS, "limit", "cursor")
TOP_PARAMETERS = ("of", *GRAPH_PARAMETERS, "limit")
PATH_PARAMETERS = ("first", "second", "kind", "limit")
TOPS = ("actors", "pairs")
STATES = ("queued", "running", "done", "failed", "cancelled", "interrupted")
LIST_PARAMETERS = ("limit", "cursor")
ACTOR_PARAMETERS = ("q", "kind", *LIST_PARAMETERS)


def check_names(given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    """Raise QueryError for a parameter that does not exist here."""
    for name in given:
        if name not in allowed:
            raise QueryError(f"parameter {name!r} does not exist here; use {', '.join(allowed) or 'none'}")


def to_edge_query(given: Mapping[str, str], ontology: Ontology, *, limit: int = 100) -> RelationQuery:
    """Read the parameters of a list of relations, which shows sure ones unless `min_confidence` asks for others.

    Of one article everything is shown: whoever asks for it has the words to judge by.
    """
    query = to_relation_query(given, ontology, limit=limit)
    if query.min_confidence is None and query.article is None:
        return replace(query, min_confidence=SURE)
    return query


def to_relation_query(given: Mapping[str, str], ontology: Ontology, *, limit: int = 100) -> RelationQuery:
    """Read the parameters of a question for relations; lists are comma-separated."""
    return RelationQuery(
        source=given.get("source") or None,
        target=given.get("target") or None,
        actor=given.get("actor") or None,
        pair=_to_pair(given),
        types=_each(given, "type", lambda text: _known_type(text, ontology)),
        plover=_one_of(given, "plover", tuple(t.plover for t in ontology.types.values() if t.plover)),
        quad=_one_of(given, "quad", QUADS),
        statuses=_each(given, "status", lambda text: cast(Status, _member("status", text, STATUSES))),
        article=given.get("article") or None,
        since=to_date(given, "since"),
        until=to_date(given, "until"),
        min_confidence=_to_share(given, "min_confidence"),
        sort=cast(Sort, _one_of(given, "sort", SORTS) or "count"),
        limit=to_number(given, "limit", default=limit, least=1, most=MAX_LIMIT),
        cursor=given.get("cursor") or None,
        evidence=to_number(given, "evidence", default=3, least=0, most=50),
    )


def to_kind(given: Mapping[str, str]) -> ActorKind | None:
    """Read the kind of an actor."""
    return cast("ActorKind | None", _one_of(given, "kind", KINDS))


def to_limit(given: Mapping[str, str]) -> int:
    """Read the length of a list."""
    return to_number(given, "limit", default=100, least=1, most=MAX_LIMIT)


def to_number(given: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number between two bounds, both included."""
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or not least <= int(text) <= most:
        raise QueryError(f"parameter {name}={text[:40]!r} is not a whole number from {least} to {most}")
    return int(text)


def to_date(given: Mapping[str, str], name: str) -> date | None:
    """Read a day written YYYY-MM-DD."""
    text = given.get(name, "")
    if not text:
        return None
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"parameter {name}={text[:40]!r} is no day; write YYYY-MM-DD") from None


def _to_pair(given: Mapping[str, str]) -> tuple[str, str] | None:
    """Read two ids or codes with a comma between them."""
    text = given.get("pair", "")
    if not text:
        return None
    first, comma, second = text.partition(",")
    if not comma or not first.strip() or not second.strip() or "," in second:
        raise QueryError(f"parameter pair={text[:40]!r} is no pair; write two ids or codes, as RUS,PRK")
    return first.strip(), second.strip()


def _to_share(given: Mapping[str, str], name: str) -> float | None:
    """Read a number from 0 to 1."""
    text = given.get(name, "")
    if not text:
        return None
    if not re.fullmatch(r"(?:0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?)", text):
        raise QueryError(f"parameter {name}={text[:40]!r} is no number from 0 to 1; write 0.7")
    return float(text)


def _each(given: Mapping[str, str], name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    return tuple(read(text.strip()) for text in given.get(name, "").split(",") if text.strip())


def _known_type(text: str, ontology: Ontology) -> str:
    try:
        return ontology.get(text.lower()).id
    except NotFoundError as exc:
        raise QueryError(f"parameter type={text[:40]!r}: {exc}") from None


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    text = given.get(name, "")
    return _member(name, text, allowed) if text else None


def _member(name: str, text: str, allowed: tuple[str, ...]) -> str:
    for value in allowed:
        if text.lower() == value.lower():
            return value
    raise QueryError(f"parameter {name}={text[:40]!r} is not one of {', '.join(dict.fromkeys(allowed))}")
