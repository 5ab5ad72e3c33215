"""What a store must answer, worked out the slow way from a plain list of relations: the measure of every store."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from dyadgraph.model import Edge


def fold_relations(relations, ontology, query):
    """Return all edges that answer a query, in order, without paging; evidence articles come without text."""
    groups = defaultdict(list)
    for relation in {each.id: each for each in reversed(relations)}.values():
        way = _find_way(relation, ontology, query)
        if way is not None and _is_asked(relation, ontology, query):
            groups[relation.source, relation.type, relation.target, relation.status, way].append(relation)
    edges = [_to_edge(key, group, ontology, query) for key, group in groups.items()]
    return sorted(edges, key=_rank)


def _matches(actor, asked):
    return asked is None or asked in (actor.id, actor.country)


def _find_way(relation, ontology, query):
    """Return whether the relation is turned to answer; None where it does not answer."""
    if _matches(relation.source, query.source) and _matches(relation.target, query.target):
        return False
    is_turned = _matches(relation.target, query.source) and _matches(relation.source, query.target)
    return True if ontology.types[relation.type].symmetric and is_turned else None


def _is_asked(relation, ontology, query):
    type_ = ontology.types[relation.type]
    return all(
        [
            _matches(relation.source, query.actor) or _matches(relation.target, query.actor),
            not query.types or relation.type in query.types,
            query.plover in (None, type_.plover),
            query.quad in (None, type_.quad),
            not query.statuses or relation.status in query.statuses,
            query.article in (None, relation.evidence.article.id),
            query.since is None or (relation.date is not None and relation.date >= query.since),
            query.until is None or (relation.date is not None and relation.date <= query.until),
        ]
    )


def _to_edge(key, group, ontology, query):
    source, type_id, target, status, is_turned = key
    days = [each.date for each in group if each.date is not None]
    latest = sorted(group, key=lambda each: (_newest(each.date), each.evidence.article.id, each.evidence.start))
    return Edge(
        source=target if is_turned else source,
        type=type_id,
        plover=ontology.types[type_id].plover,
        quad=ontology.types[type_id].quad,
        target=source if is_turned else target,
        status=status,
        count=len(group),
        articles=len({each.evidence.article.id for each in group}),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        symmetric=ontology.types[type_id].symmetric,
        evidence=tuple(each.evidence for each in latest[: query.evidence]),
    )


def _newest(day):
    return -(day or date.min).toordinal()


def _rank(edge):
    return (-edge.count, _newest(edge.last_seen), edge.source.id, edge.type, edge.target.id, edge.status)
