"""What a store must answer, worked out the slow way from a plain list of relations: the measure of every store."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import pairwise

from dyadgraph.model import HAPPENING, Edge


def fold_relations(relations, ontology, query):
    """Return all edges that answer a query, in order, without paging; evidence articles come without text."""
    groups = defaultdict(list)
    least = query.min_confidence or 0
    for relation, way in _find_matching(relations, ontology, replace(query, min_confidence=None)):
        groups[relation.source, relation.type, relation.target, relation.status, way].append(relation)
    # Of two edges that read the same, the one that was not turned comes first.
    edges = [_to_edge(key, groups[key], ontology, query) for key in sorted(groups, key=lambda key: key[-1])]
    return sorted((edge for edge in edges if edge.confidence >= least), key=RANKS[query.sort])


def list_relations(relations, ontology, query):
    """Return all relations that answer a query, newest first."""
    found = [relation for relation, _ in _find_matching(relations, ontology, query)]
    return sorted(found, key=lambda each: (_newest(each.date), each.id))


def tell_months(relations, ontology, query):
    """Return (month, count, quads, Goldstein mean, net, distinct stories) of each month, oldest first."""
    months = defaultdict(list)
    for relation in list_relations(relations, ontology, replace(query, statuses=query.statuses or HAPPENING)):
        if relation.date:
            months[relation.date.isoformat()[:7]].append(relation)
    return [(month, *tell_tone(months[month], ontology)) for month in sorted(months)]


def tell_tone(relations, ontology):
    """Return count, quads, Goldstein mean, net and distinct stories of relations."""
    types = [ontology.types[each.type] for each in relations]
    quads = Counter(each.quad for each in types)
    scores = [each.goldstein for each in types if each.quad != "structural" and each.goldstein is not None]
    net = sum(n * (1 if "cooperation" in quad else -1) for quad, n in quads.items() if quad != "structural")
    mean = round(sum(scores) / len(scores), 2) if scores else None
    return len(relations), dict(quads), mean, net, len({_story(each) for each in relations})


def count_facets(relations, ontology, query):
    """Return numbers of events by type, status and year."""
    found = list_relations(relations, ontology, query)
    years = Counter(str(each.date.year) for each in found if each.date)
    return Counter(each.type for each in found), Counter(each.status for each in found), years


def rank_actors(relations, ontology, query):
    """Return (id, events), most events first."""
    found = list_relations(relations, ontology, query)
    counts = Counter(side for each in found for side in {each.source.id, each.target.id})
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def rank_pairs(relations, ontology, query):
    """Return ((id, id), events), most events first."""
    found = list_relations(relations, ontology, query)
    counts = Counter(_ends(each) for each in found if each.source.id != each.target.id)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def find_ways(relations, first, second, kinds=()):
    """Return every way of one to three steps between two actors, best first."""
    steps, actors = Counter(), {}
    for each in {one.id: one for one in reversed(relations)}.values():
        actors |= {each.source.id: each.source, each.target.id: each.target}
        if each.status in HAPPENING and each.source.id != each.target.id:
            steps[_ends(each)] += 1
    inner = [each for each in actors if each not in (first, second) and (not kinds or actors[each].kind in kinds)]
    ways = [(first, second), *((first, each, second) for each in inner)]
    ways += [(first, one, two, second) for one in inner for two in inner if one != two]
    weights = {way: min(steps[tuple(sorted(step))] for step in pairwise(way)) for way in ways}
    found = [way for way, weight in weights.items() if weight]
    return sorted(found, key=lambda way: (len(way), -weights[way], way))


def _find_matching(relations, ontology, query):
    for relation in {each.id: each for each in reversed(relations)}.values():
        way = _find_way(relation, ontology, query)
        if way is not None and _is_asked(relation, ontology, query):
            yield relation, way


def _story(relation):
    article = relation.evidence.article
    return article.story or article.id


def _ends(relation):
    return tuple(sorted((relation.source.id, relation.target.id)))


def _joins(relation, pair):
    return any(
        _matches(relation.source, one) and _matches(relation.target, two) for one, two in (pair, tuple(reversed(pair)))
    )


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
            query.pair is None or _joins(relation, query.pair),
            relation.confidence >= (query.min_confidence or 0),
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
    latest = sorted(
        group, key=lambda each: (_newest(each.date), -each.confidence, each.evidence.article.id, each.evidence.start)
    )
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
        evidence=tuple(
            replace(each.evidence, relation=each.id, confidence=each.confidence) for each in latest[: query.evidence]
        ),
        sources=len({_story(each) for each in group}),
        confidence=max(each.confidence for each in group),
        goldstein=ontology.types[type_id].goldstein,
    )


def _freshness(relation):
    evidence = relation.evidence
    return _newest(relation.date), -relation.confidence, evidence.article.id, evidence.start


def _newest(day):
    return -(day or date.min).toordinal()


def _ids(edge):
    return edge.source.id, edge.type, edge.target.id, edge.status


RANKS = {
    "count": lambda edge: (-edge.count, _newest(edge.last_seen), *_ids(edge)),
    "last_seen": lambda edge: (_newest(edge.last_seen), -edge.count, *_ids(edge)),
}
