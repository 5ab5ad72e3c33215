"""The questions that `bench/store.py` asks: each by the store's own method, and in Cypher as one writes it by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.store_graphs import BEGIN, COUNTRIES, DAYS, PERSONS, Zipf
from dyadgraph.store.base import GraphStore, RelationQuery

LIMIT = 50
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of question; `cypher` answers it without our code, from the same graph."""

    name: str
    ask: Callable[[GraphStore, Values], object]
    cypher: str


def draw_values(chance: random.Random) -> dict[str, Any]:
    """Return what one round of questions is about; countries and persons come as often as they do in the news."""
    countries, persons = Zipf(COUNTRIES), Zipf(PERSONS)
    one = countries.draw(chance)
    other = next(each for each in iter(lambda: countries.draw(chance), None) if each != one)
    month = (BEGIN + timedelta(days=chance.randrange(DAYS - 500))).replace(day=1)
    later = (month + timedelta(days=400)).replace(day=1)
    return {
        "one": f"C{one:03}",
        "other": f"C{other:03}",
        "person": f"Q{persons.draw(chance):05}",
        "friend": f"Q{chance.randrange(COUNTRIES):05}",
        "word": f"{chance.randrange(PERSONS)}",
        "since": month,
        "until": end_month(month),
        "later": later,
        "later_until": end_month(later),
    }


def end_month(first: date) -> date:
    """Return the last day of a month."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


SIDES = """MATCH (a:Actor) WHERE a.id = $one OR a.country = $one
MATCH (b:Actor) WHERE b.id = $other OR b.country = $other
CALL (a, b) {
    MATCH (e:Event) WHERE e.source = a.id AND e.target = b.id RETURN e
    UNION MATCH (e:Event) WHERE e.source = b.id AND e.target = a.id RETURN e
}
WITH DISTINCT e
"""
PROOF = """WITH * LIMIT 50
CALL (s, t, r) {
    MATCH (e:Event) WHERE e.source = s.id AND e.target = t.id AND e.type = toLower(type(r)) AND e.status = r.status
    WITH e ORDER BY e.date DESC LIMIT 3
    MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
    RETURN collect([e.sentence, properties(v), x.title, x.url]) AS proof
}
RETURN properties(s), type(r), properties(t), properties(r), proof"""
DAY_FOLD = """WITH e.source AS one, e.target AS two, e.type AS type, e.status AS status, count(*) AS n,
    count(DISTINCT e.article) AS articles, min(e.date) AS first, max(e.date) AS last"""
RELATIONS_OF_MONTH = f"""MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until
{DAY_FOLD}
ORDER BY n DESC, last DESC LIMIT 50
MATCH (s:Actor {{id: one}}) MATCH (t:Actor {{id: two}})
CALL (one, two, type, status) {{
    MATCH (e:Event) WHERE e.source = one AND e.target = two AND e.type = type AND e.status = status
        AND e.date >= $since AND e.date <= $until
    WITH e ORDER BY e.date DESC LIMIT 3
    MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
    RETURN collect([e.sentence, properties(v), x.title, x.url]) AS proof
}}
RETURN properties(s), type, properties(t), status, n, articles, first, last, proof"""
DIFF = f"""CALL () {{ MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until
    {DAY_FOLD} RETURN collect([one, two, type, status, n, first, last]) AS old }}
CALL () {{ MATCH (e:Event) WHERE e.date >= $later AND e.date <= $later_until
    {DAY_FOLD} RETURN collect([one, two, type, status, n, first, last]) AS new }}
RETURN old, new"""
QUESTIONS = (
    Asked("state", lambda store, _: store.state(), "MATCH (g:GraphState {id: 'graph'}) RETURN properties(g)"),
    Asked(
        "search a name",
        lambda store, v: store.actors(search=v["word"], limit=LIMIT),
        """CALL db.index.fulltext.queryNodes('actor_words', $word + '*') YIELD node AS a
        RETURN properties(a) ORDER BY a.count DESC, a.id LIMIT 50""",
    ),
    Asked(
        "neighbours",
        lambda store, v: store.neighbours(v["one"], limit=LIMIT),
        """MATCH (a:Actor) WHERE a.id = $one OR a.country = $one
        MATCH (a)-[r:ANY_TYPE]-(b:Actor) WHERE r.status <> 'denied' AND b.id <> $one AND coalesce(b.country, '') <> $one
        WITH b, type(r) AS type, sum(r.count) AS n WITH b, sum(n) AS total, collect([type, n]) AS types
        RETURN properties(b), total, types ORDER BY total DESC, b.id LIMIT 50""",
    ),
    Asked(
        "relations, strongest",
        lambda store, _: store.relations(RelationQuery(limit=LIMIT)),
        f"MATCH (s:Actor)-[r:ANY_TYPE]->(t:Actor) WITH s, r, t ORDER BY r.count DESC, r.last_seen DESC {PROOF}",
    ),
    Asked(
        "relations of an actor",
        lambda store, v: store.relations(RelationQuery(actor=v["one"], limit=LIMIT)),
        f"""MATCH (a:Actor) WHERE a.id = $one OR a.country = $one
        MATCH (a)-[r:ANY_TYPE]-(:Actor) WITH DISTINCT r, startNode(r) AS s, endNode(r) AS t
        ORDER BY r.count DESC, r.last_seen DESC {PROOF}""",
    ),
    Asked(
        "pair with evidence",
        lambda store, v: store.relations(RelationQuery(pair=(v["one"], v["other"]), limit=LIMIT)),
        f"""MATCH (a:Actor) WHERE a.id = $one OR a.country = $one
        MATCH (b:Actor) WHERE b.id = $other OR b.country = $other
        MATCH (a)-[r:ANY_TYPE]-(b) WITH DISTINCT r, startNode(r) AS s, endNode(r) AS t
        ORDER BY r.count DESC, r.last_seen DESC {PROOF}""",
    ),
    Asked(
        "source and target",
        lambda store, v: store.relations(RelationQuery(source=v["one"], target=v["other"], limit=LIMIT)),
        f"""MATCH (s:Actor) WHERE s.id = $one OR s.country = $one
        MATCH (t:Actor) WHERE t.id = $other OR t.country = $other
        MATCH (s)-[r:ANY_TYPE]->(t) WITH s, r, t ORDER BY r.count DESC, r.last_seen DESC {PROOF}""",
    ),
    Asked(
        "relations of a person",
        lambda store, v: store.relations(RelationQuery(actor=v["person"], limit=LIMIT)),
        f"""MATCH (a:Actor {{id: $person}})-[r:ANY_TYPE]-(:Actor)
        WITH DISTINCT r, startNode(r) AS s, endNode(r) AS t ORDER BY r.count DESC, r.last_seen DESC {PROOF}""",
    ),
    Asked(
        "relations of a month",
        lambda store, v: store.relations(RelationQuery(since=v["since"], until=v["until"], limit=LIMIT)),
        RELATIONS_OF_MONTH,
    ),
    Asked(
        "timeline of a pair",
        lambda store, v: store.timeline(RelationQuery(pair=(v["one"], v["other"]))),
        f"""{SIDES} WHERE e.date IS NOT NULL AND e.status <> 'denied'
        WITH substring(toString(e.date), 0, 7) AS month, e.type AS type, count(*) AS n,
            collect(DISTINCT coalesce(e.story, e.article)) AS stories
        RETURN month, type, n, size(stories)""",
    ),
    Asked(
        "timeline of an actor",
        lambda store, v: store.timeline(RelationQuery(actor=v["one"])),
        """MATCH (m:Month) WHERE m.code = $one AND m.status <> 'denied' AND m.month <> ''
        RETURN m.month, m.type, sum(m.count)""",
    ),
    Asked(
        "facets of an actor",
        lambda store, v: store.facets(RelationQuery(actor=v["one"])),
        "MATCH (m:Month) WHERE m.code = $one RETURN substring(m.month, 0, 4), m.type, m.status, sum(m.count)",
    ),
    Asked(
        "facets of a pair",
        lambda store, v: store.facets(RelationQuery(pair=(v["one"], v["other"]))),
        f"{SIDES} RETURN substring(toString(e.date), 0, 4) AS year, e.type, e.status, count(*)",
    ),
    Asked(
        "history of a pair",
        lambda store, v: store.history(RelationQuery(pair=(v["one"], v["other"]), limit=LIMIT)),
        f"""{SIDES} ORDER BY e.date DESC, e.id LIMIT 50
        MATCH (e)-[p:EVIDENCED_BY]->(x:Article) MATCH (e)-[:SOURCE]->(s:Actor) MATCH (e)-[:TARGET]->(t:Actor)
        RETURN properties(e), properties(p), x.title, x.url, properties(s), properties(t)""",
    ),
    Asked(
        "top actors",
        lambda store, _: store.top_actors(RelationQuery(limit=LIMIT)),
        "MATCH (a:Actor) RETURN properties(a) ORDER BY a.count DESC, a.id LIMIT 50",
    ),
    Asked(
        "top pairs",
        lambda store, _: store.top_pairs(RelationQuery(limit=LIMIT)),
        """MATCH (s:Actor)-[r:ANY_TYPE]->(t:Actor) WHERE s <> t
        WITH CASE WHEN s.id < t.id THEN s ELSE t END AS a, CASE WHEN s.id < t.id THEN t ELSE s END AS b,
            type(r) AS type, sum(r.count) AS n
        WITH a, b, sum(n) AS total, collect([type, n]) AS types ORDER BY total DESC LIMIT 50
        RETURN properties(a), properties(b), total, types""",
    ),
    Asked(
        "top actors of a month",
        lambda store, v: store.top_actors(RelationQuery(since=v["since"], until=v["until"], limit=LIMIT)),
        """MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until
        UNWIND CASE WHEN e.source = e.target THEN [e.source] ELSE [e.source, e.target] END AS id
        WITH id, count(*) AS n ORDER BY n DESC, id LIMIT 50 MATCH (a:Actor {id: id}) RETURN properties(a), n""",
    ),
    Asked(
        "top pairs of a month",
        lambda store, v: store.top_pairs(RelationQuery(since=v["since"], until=v["until"], limit=LIMIT)),
        """MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until AND e.source <> e.target
        WITH CASE WHEN e.source < e.target THEN [e.source, e.target] ELSE [e.target, e.source] END AS ends,
            e.type AS type, count(*) AS n
        WITH ends, sum(n) AS total, collect([type, n]) AS types ORDER BY total DESC LIMIT 50
        MATCH (a:Actor {id: ends[0]}) MATCH (b:Actor {id: ends[1]})
        RETURN properties(a), properties(b), total, types""",
    ),
    Asked(
        "paths over persons",
        lambda store, v: store.paths(v["one"], v["friend"], kinds=("person",), limit=10),
        """MATCH p = (a:Actor {id: $one})-[r:ANY_TYPE]-(m:Person)-[q:ANY_TYPE]-(b:Actor {id: $friend})
        WHERE r.status <> 'denied' AND q.status <> 'denied'
        WITH a, m, b, sum(r.count) AS x, sum(q.count) AS y
        WITH a, m, b, CASE WHEN x < y THEN x ELSE y END AS weak ORDER BY weak DESC LIMIT 10
        RETURN properties(a), properties(m), properties(b), weak""",
    ),
    Asked(
        "two months compared",
        lambda store, v: store.compare(
            RelationQuery(limit=LIMIT), (v["since"], v["until"]), (v["later"], v["later_until"])
        ),
        DIFF,
    ),
)
