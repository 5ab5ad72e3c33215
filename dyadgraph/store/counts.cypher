// What the Neo4j store counts for summaries.

// name: tally
// By month and type, or by year, type and status, as what is kept folded is given.
// include: matching
RETURN coalesce(substring(toString(e.date), 0, CASE WHEN $by_year THEN 4 ELSE 7 END), '') AS month, type,
    CASE WHEN $by_year THEN status ELSE 'occurred' END AS status, count(*) AS count

// name: month_sources
// include: matching
WITH e WHERE e.date IS NOT NULL
RETURN substring(toString(e.date), 0, 7) AS month, count(DISTINCT coalesce(e.story, e.article)) AS sources

// name: months
MATCH (m:Month)
WHERE m.code = $code AND m.month >= $since_month AND m.month <= $until_month
    AND m.type IN $types AND m.status IN $statuses
RETURN CASE WHEN $by_year THEN substring(m.month, 0, 4) ELSE m.month END AS month, m.type AS type,
    CASE WHEN $by_year THEN m.status ELSE 'occurred' END AS status, sum(m.count) AS count

// name: strongest_actors
MATCH (a:Actor) WHERE a.count > 0
RETURN a {.id, .name, .kind, .country, .qid} AS actor, a.count AS count ORDER BY count DESC, actor.id LIMIT $top

// name: top_actors
// include: matching
UNWIND CASE WHEN s = t THEN [s] ELSE [s, t] END AS a
WITH a, count(*) AS count
RETURN a {.id, .name, .kind, .country, .qid} AS actor, count ORDER BY count DESC, actor.id LIMIT $top

// name: top_actors_of_all
// include: matching_all
UNWIND CASE WHEN e.source = e.target THEN [e.source] ELSE [e.source, e.target] END AS id
WITH id, count(*) AS count ORDER BY count DESC, id LIMIT $top
MATCH (a:Actor {id: id})
RETURN a {.id, .name, .kind, .country, .qid} AS actor, count ORDER BY count DESC, actor.id

// name: strongest_pairs
MATCH (s:Actor)-[r:ANY_TYPE]->(t:Actor) WHERE s <> t
WITH CASE WHEN s.id < t.id THEN s ELSE t END AS first, CASE WHEN s.id < t.id THEN t ELSE s END AS second,
    toLower(type(r)) AS type, r.count AS count
// include: paired

// name: top_pairs
// include: matching
WITH e, s, t, type WHERE s <> t
WITH CASE WHEN s.id < t.id THEN s ELSE t END AS first, CASE WHEN s.id < t.id THEN t ELSE s END AS second, type,
    1 AS count
// include: paired

// name: top_pairs_of_all
// include: matching_all
WITH e WHERE e.source <> e.target
WITH CASE WHEN e.source < e.target THEN e.source ELSE e.target END AS one,
    CASE WHEN e.source < e.target THEN e.target ELSE e.source END AS two, e.type AS type, count(*) AS count
WITH one, two, sum(count) AS total, collect({type: type, count: count}) AS types
ORDER BY total DESC, one, two LIMIT $top
MATCH (first:Actor {id: one})
MATCH (second:Actor {id: two})
RETURN first {.id, .name, .kind, .country, .qid} AS first, second {.id, .name, .kind, .country, .qid} AS second,
    total, types
ORDER BY total DESC, one, two

// name: folded_of_all
// include: matching_all
WITH e.source AS source, e.target AS target, e.type AS type, e.status AS status, count(*) AS count,
    max(e.date) AS last_seen
RETURN source, target, type, status, count
ORDER BY count DESC, coalesce(toString(last_seen), '') DESC, source, type, target, status

// name: folded
// include: matching
WITH s.id AS source, t.id AS target, type, status, count(*) AS count, max(e.date) AS last_seen
RETURN source, target, type, status, count
ORDER BY count DESC, coalesce(toString(last_seen), '') DESC, source, type, target, status

// name: whole_edges
// Edges of which source, target, type and status are known, with all their numbers in a period.
UNWIND range(0, size($rows) - 1) AS number
WITH number, $rows[number] AS row
MATCH (e:Event)
WHERE e.source = row.source AND e.target = row.target AND e.type = row.type AND e.status = row.status
    AND e.confidence >= $least AND ($article IS NULL OR e.article = $article)
    AND (NOT $dated OR (e.date >= $since AND e.date <= $until))
WITH number, row, row.type AS type, row.status AS status, count(*) AS count, count(DISTINCT e.article) AS articles,
    count(DISTINCT coalesce(e.story, e.article)) AS sources, max(e.confidence) AS confidence,
    min(e.date) AS first_seen, max(e.date) AS last_seen, 0 AS turned
MATCH (s:Actor {id: row.source})
MATCH (t:Actor {id: row.target})
WITH *, s AS source, t AS target
// include: evidenced
ORDER BY number

// name: steps
MATCH (a:Actor {id: $id})-[r:ANY_TYPE]-(b:Actor) WHERE r.status <> 'denied' AND a <> b
RETURN b.id AS other, b.kind AS kind, sum(r.count) AS count

// name: steps_between
UNWIND $ones AS one
MATCH (a:Actor {id: one})-[r:ANY_TYPE]-(b:Actor) WHERE b.id IN $twos AND r.status <> 'denied' AND a <> b
RETURN one, b.id AS two, sum(r.count) AS count

// name: strongest_steps
UNWIND $steps AS step
CALL (step) {
    MATCH (:Actor {id: step[0]})-[r:ANY_TYPE]-(:Actor {id: step[1]}) WHERE r.status <> 'denied'
    WITH r, startNode(r) AS s, endNode(r) AS t, toLower(type(r)) AS type, r.status AS status
    ORDER BY r.count DESC, coalesce(toString(r.last_seen), '') DESC, s.id, type, t.id, status
    LIMIT 1
    RETURN s, t, type, status, r.count AS count, r.articles AS articles, r.sources AS sources,
        r.confidence AS confidence, r.first_seen AS first_seen, r.last_seen AS last_seen, 0 AS turned
}
WITH *, s AS source, t AS target
// include: evidenced
, step
