// Every statement the Neo4j store runs. `ANY_TYPE` stands for all relationship types of the vocabulary: with them in the
// text the server walks the aggregate edges alone, not the hundred thousand events of a country (4 ms against 47 ms).

// name: version
CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version

// name: schema_version
OPTIONAL MATCH (g:GraphState {id: 'graph'}) RETURN g.schema AS version

// name: lock
// Writers queue up here, so that none of them meets a deadlock further on.
MATCH (g:GraphState {id: 'graph'}) SET g.locked = true REMOVE g.locked RETURN g.revision AS revision

// name: find_articles
UNWIND $ids AS id MATCH (x:Article {id: id}) RETURN x.id AS id

// name: add_articles
UNWIND $rows AS row
CREATE (x:Article {id: row.id, title: row.title, url: row.url, publisher: row.publisher, published: row.published,
    story: row.story, text: row.text})

// name: told_again
UNWIND $ids AS id
MATCH (x:Article) WHERE x.story = id RETURN DISTINCT id

// name: told
UNWIND $rows AS row
MATCH (e:Event)
WHERE e.source = row.source AND e.target = row.target AND e.type = row.type AND e.status = row.status
    AND coalesce(e.story, e.article) = row.story
RETURN DISTINCT row.source AS source, row.target AS target, row.type AS type, row.status AS status, row.story AS story

// name: codes
UNWIND $ids AS id
MATCH (a:Actor {id: id}) RETURN id, coalesce(a.country, a.id) AS code

// name: add_months
UNWIND $rows AS row
MERGE (m:Month {key: row.key})
ON CREATE SET m.code = row.code, m.month = row.month, m.type = row.type, m.status = row.status, m.count = 0
SET m.count = m.count + row.count

// name: add_actors
UNWIND $rows AS row
MERGE (a:Actor {id: row.id})
ON CREATE SET a:$(row.label), a.kind = row.kind, a.name = row.name, a.country = row.country, a.qid = row.qid,
    a.iso3 = row.iso3, a.words = row.words, a.count = 0
SET a.count = a.count + row.count

// name: add_events
UNWIND $rows AS row
MATCH (s:Actor {id: row.event.source})
MATCH (t:Actor {id: row.event.target})
MATCH (x:Article {id: row.event.article})
CREATE (e:Event)
SET e = row.event
CREATE (e)-[:SOURCE]->(s)
CREATE (e)-[:TARGET]->(t)
CREATE (e)-[v:EVIDENCED_BY]->(x)
SET v = row.evidence

// name: add_edges
UNWIND $rows AS row
MATCH (s:Actor {id: row.source})
MATCH (t:Actor {id: row.target})
MERGE (s)-[r:$(row.type) {status: row.status}]->(t)
ON CREATE SET r.count = 0, r.articles = 0, r.sources = 0, r.confidence = 0.0
SET r.count = r.count + row.count,
    r.articles = r.articles + row.articles,
    r.sources = r.sources + row.sources,
    r.confidence = CASE WHEN r.confidence >= row.confidence THEN r.confidence ELSE row.confidence END,
    r.first_seen = CASE WHEN r.first_seen <= row.first_seen THEN r.first_seen
        ELSE coalesce(row.first_seen, r.first_seen) END,
    r.last_seen = CASE WHEN r.last_seen >= row.last_seen THEN r.last_seen
        ELSE coalesce(row.last_seen, r.last_seen) END

// name: grow_state
MATCH (g:GraphState {id: 'graph'})
SET g.revision = g.revision + 1,
    g.articles = g.articles + $articles,
    g.actors = g.actors + $actors,
    g.events = g.events + $events,
    g.edges = g.edges + $edges

// name: state
MATCH (g:GraphState {id: 'graph'})
RETURN g.revision AS revision, g.articles AS articles, g.actors AS actors, g.events AS events, g.edges AS edges

// name: happening
// Events that may answer, by the quickest way to them.
CALL () {
    WITH 1 AS one WHERE $folds AND $article IS NOT NULL
    MATCH (e:Event) WHERE e.article = $article
    RETURN e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NULL AND $dated
    MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until
    RETURN e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NULL AND NOT $dated
    MATCH (e:Event)
    RETURN e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NOT NULL AND $far IS NULL AND $dated
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    CALL (a) {
        MATCH (e:Event) WHERE e.source = a.id AND e.date >= $since AND e.date <= $until
        RETURN e
        UNION
        MATCH (e:Event) WHERE e.target = a.id AND e.date >= $since AND e.date <= $until
        RETURN e
    }
    RETURN DISTINCT e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NOT NULL AND $far IS NULL AND NOT $dated
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (a)<-[:SOURCE|TARGET]-(e:Event)
    RETURN DISTINCT e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $far IS NOT NULL
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (b:Actor) WHERE b.id = $far OR b.country = $far
    CALL (a, b) {
        MATCH (e:Event) WHERE e.source = a.id AND e.target = b.id
        RETURN e
        UNION
        MATCH (e:Event) WHERE e.source = b.id AND e.target = a.id
        RETURN e
    }
    RETURN DISTINCT e
}
WITH e WHERE NOT $dated OR (e.date >= $since AND e.date <= $until)

// name: answering
// Of two actors s and t and a type: those between whom it answers, as it stands or turned.
WITH *
WHERE type IN $types AND status IN $statuses AND confidence >= $least
    AND ($actor IS NULL OR s.id = $actor OR s.country = $actor OR t.id = $actor OR t.country = $actor)
    AND (NOT $paired
        OR ((s.id = $near OR coalesce(s.country = $near, false)) AND (t.id = $far OR coalesce(t.country = $far, false)))
        OR ((s.id = $far OR coalesce(s.country = $far, false)) AND (t.id = $near OR coalesce(t.country = $near, false))))
WITH *,
    ($source IS NULL OR s.id = $source OR coalesce(s.country = $source, false))
        AND ($target IS NULL OR t.id = $target OR coalesce(t.country = $target, false)) AS straight,
    type IN $symmetric
        AND ($source IS NULL OR t.id = $source OR coalesce(t.country = $source, false))
        AND ($target IS NULL OR s.id = $target OR coalesce(s.country = $target, false)) AS flipped
WHERE straight OR flipped

// name: matching
// Events that answer.
CALL () {
    // include: happening
    RETURN e
}
MATCH (s:Actor {id: e.source})
MATCH (t:Actor {id: e.target})
WITH e, s, t, e.type AS type, e.status AS status, e.confidence AS confidence
// include: answering

// name: matching_all
// Events that answer a question which names no actor.
CALL () {
    // include: happening
    RETURN e
}
WITH e WHERE e.type IN $types AND e.status IN $statuses AND e.confidence >= $least

// name: evidenced
CALL (s, t, type, status) {
    MATCH (e:Event)
    WHERE e.source = s.id AND e.target = t.id AND e.type = type AND e.status = status
        AND ($article IS NULL OR e.article = $article)
        AND (NOT $dated OR (e.date >= $since AND e.date <= $until))
    WITH e ORDER BY coalesce(e.date, $earliest) DESC, e.confidence DESC, e.article, e.start, e.id LIMIT $evidence
    MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
    WITH e, v, x ORDER BY coalesce(e.date, $earliest) DESC, e.confidence DESC, e.article, e.start, e.id
    RETURN collect({relation: e.id, confidence: e.confidence, sentence: e.sentence, place: properties(v),
        article: x {.id, .title, .url, .publisher, .published, .story}}) AS evidence
}
RETURN source {.id, .name, .kind, .country, .qid} AS source, type,
    target {.id, .name, .kind, .country, .qid} AS target, status, count, articles, sources, confidence, first_seen,
    last_seen, turned, evidence

// name: ranked
// Edges that answer, in order behind the key of the last one shown, with their newest evidence.
// include: answering
WITH *, coalesce(toString(last_seen), '') AS seen,
    coalesce(10000 * last_seen.year + 100 * last_seen.month + last_seen.day, 0) AS day,
    CASE WHEN straight THEN 0 ELSE 1 END AS turned,
    CASE WHEN straight THEN s ELSE t END AS source,
    CASE WHEN straight THEN t ELSE s END AS target
WITH *, CASE WHEN $by_day THEN day ELSE count END AS high, CASE WHEN $by_day THEN count ELSE day END AS low
WHERE high < $after_high
    OR (high = $after_high AND (low < $after_low OR (low = $after_low
        AND [source.id, type, target.id, status, turned]
            > [$after_source, $after_type, $after_target, $after_status, $after_turned])))
WITH *
ORDER BY high DESC, low DESC, source.id, type, target.id, status, turned
LIMIT $limit
// include: evidenced
ORDER BY high DESC, low DESC, source.id, type, target.id, status, turned

// name: paired
// The strongest pairs, a row a type.
WITH first, second, type, sum(count) AS count
WITH first, second, sum(count) AS total, collect({type: type, count: count}) AS types
RETURN first {.id, .name, .kind, .country, .qid} AS first, second {.id, .name, .kind, .country, .qid} AS second,
    total, types
ORDER BY total DESC, first.id, second.id LIMIT $top

// name: asked_edges
// Edges that may answer: all, those of an actor and of those who act for it, those between two sides.
CALL () {
    WITH 1 AS one WHERE $near IS NULL
    MATCH (:Actor)-[r:ANY_TYPE]->(:Actor)
    RETURN r
    UNION ALL
    WITH 1 AS one WHERE $near IS NOT NULL AND $far IS NULL
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (a)-[r:ANY_TYPE]-(:Actor)
    RETURN r
    UNION ALL
    WITH 1 AS one WHERE $far IS NOT NULL
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (b:Actor) WHERE b.id = $far OR b.country = $far
    MATCH (a)-[r:ANY_TYPE]-(b)
    RETURN r
}
WITH r WHERE r.confidence >= $least AND r.status IN $statuses AND ($any_type OR type(r) IN $type_names)

// name: relations
// The last edge of a page may be no weaker (or no earlier) than `floor`: only what is above is put in order by its ids.
// An edge that two ways lead to counts twice, and so each one as a half. Where one side is asked for, all may be needed.
CALL () {
    // include: asked_edges
    WITH CASE WHEN $by_day THEN coalesce(10000 * r.last_seen.year + 100 * r.last_seen.month + r.last_seen.day, 0)
        ELSE r.count END AS high
    WHERE $is_open AND high < $after_high
    WITH high ORDER BY high DESC SKIP 2 * $limit LIMIT 1
    RETURN coalesce(max(high), 0) AS floor
}
CALL (floor) {
    // include: asked_edges
    WITH r
    WHERE ($by_day AND coalesce(10000 * r.last_seen.year + 100 * r.last_seen.month + r.last_seen.day, 0) >= floor)
        OR (NOT $by_day AND r.count >= floor)
    RETURN DISTINCT r
}
WITH startNode(r) AS s, endNode(r) AS t, toLower(type(r)) AS type, r.status AS status, r.count AS count,
    r.articles AS articles, r.sources AS sources, r.confidence AS confidence, r.first_seen AS first_seen,
    r.last_seen AS last_seen
// include: ranked

// name: folded_relations
// include: happening
WITH e.source AS source, e.target AS target, e.type AS type, e.status AS status, count(*) AS count,
    count(DISTINCT e.article) AS articles, count(DISTINCT coalesce(e.story, e.article)) AS sources,
    max(e.confidence) AS confidence, min(e.date) AS first_seen, max(e.date) AS last_seen
MATCH (s:Actor {id: source})
MATCH (t:Actor {id: target})
WITH s, t, type, status, count, articles, sources, confidence, first_seen, last_seen
// include: ranked

// name: actors
MATCH (a:Actor)
WHERE ($kind IS NULL OR a.kind = $kind)
    AND (a.count < $after_count OR (a.count = $after_count AND a.id > $after_id))
RETURN a {.id, .name, .kind, .country, .qid} AS actor, a.count AS count
ORDER BY count DESC, actor.id
LIMIT $limit

// name: search_actors
CALL db.index.fulltext.queryNodes('actor_words', $words) YIELD node AS a
WHERE ($kind IS NULL OR a.kind = $kind)
    AND (a.count < $after_count OR (a.count = $after_count AND a.id > $after_id))
RETURN a {.id, .name, .kind, .country, .qid} AS actor, a.count AS count
ORDER BY count DESC, actor.id
LIMIT $limit

// name: actor
MATCH (a:Actor {id: $id}) RETURN a {.id, .name, .kind, .country, .qid} AS actor

// name: find_actors
UNWIND $ids AS id MATCH (a:Actor {id: id}) RETURN a {.id, .name, .kind, .country, .qid} AS actor

// name: is_side
MATCH (a:Actor) WHERE a.id = $id OR a.country = $id RETURN a.id AS id LIMIT 1

// name: neighbours
MATCH (a:Actor) WHERE a.id = $id OR a.country = $id
MATCH (a)-[r:ANY_TYPE]-(b:Actor)
WHERE r.status <> 'denied' AND b.id <> $id AND NOT coalesce(b.country = $id, false)
WITH b, toLower(type(r)) AS type, sum(r.count) AS count
ORDER BY count DESC, type
WITH b, sum(count) AS total, collect({type: type, count: count}) AS types
RETURN b {.id, .name, .kind, .country, .qid} AS actor, total, types
ORDER BY total DESC, actor.id
LIMIT $limit

// name: articles
MATCH (x:Article)
WITH x, coalesce(toString(x.published), '') AS day
WHERE day < $after_day OR (day = $after_day AND x.id > $after_id)
RETURN x {.id, .title, .url, .publisher, .published, .story} AS article
ORDER BY day DESC, article.id
LIMIT $limit

// name: article
MATCH (x:Article {id: $id}) RETURN x {.id, .title, .url, .publisher, .published, .story, .text} AS article

// name: events
MATCH (e:Event) WHERE e.article = $article
MATCH (e)-[v:EVIDENCED_BY]->(:Article)
MATCH (e)-[:SOURCE]->(s:Actor)
MATCH (e)-[:TARGET]->(t:Actor)
RETURN e {.sentence, .type, .status, .date, .rule, .confidence, .mode, .context} AS event, properties(v) AS place,
    s {.id, .name, .kind, .country, .qid} AS source, t {.id, .name, .kind, .country, .qid} AS target
ORDER BY v.start, v.trigger_start, e.type, e.source, e.target, e.id

// name: relation
MATCH (e:Event {id: $id})
MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
MATCH (e)-[:SOURCE]->(s:Actor)
MATCH (e)-[:TARGET]->(t:Actor)
RETURN e {.sentence, .type, .status, .date, .rule, .confidence, .mode, .context} AS event, properties(v) AS place,
    s {.id, .name, .kind, .country, .qid} AS source, t {.id, .name, .kind, .country, .qid} AS target,
    x {.id, .title, .url, .publisher, .published, .story, .text} AS article

// name: history
// include: matching
WITH e, s, t, coalesce(toString(e.date), '') AS day
WHERE day < $after_day OR (day = $after_day AND e.id > $after_id)
WITH e, s, t, day ORDER BY day DESC, e.id LIMIT $limit
MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
RETURN e {.sentence, .type, .status, .date, .rule, .confidence, .mode, .context} AS event, properties(v) AS place,
    s {.id, .name, .kind, .country, .qid} AS source, t {.id, .name, .kind, .country, .qid} AS target,
    x {.id, .title, .url, .publisher, .published, .story} AS article
ORDER BY day DESC, e.id

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

// name: article_keys
MATCH (e:Event) WHERE e.article = $id
RETURN e.source AS source, e.target AS target, e.type AS type, e.status AS status, e.date AS date

// name: delete_article
MATCH (x:Article {id: $id})
OPTIONAL MATCH (e:Event) WHERE e.article = $id
DETACH DELETE e, x

// name: delete_edges
UNWIND $rows AS row
MATCH (s:Actor {id: row.source})-[r:ANY_TYPE {status: row.status}]->(t:Actor {id: row.target})
WHERE type(r) = row.type
DELETE r

// name: fold_edges
UNWIND $rows AS row
MATCH (e:Event)
WHERE e.source = row.source AND e.target = row.target AND e.type = toLower(row.type) AND e.status = row.status
WITH row, count(*) AS count, count(DISTINCT e.article) AS articles,
    count(DISTINCT coalesce(e.story, e.article)) AS sources, max(e.confidence) AS confidence,
    min(e.date) AS first_seen, max(e.date) AS last_seen
MATCH (s:Actor {id: row.source})
MATCH (t:Actor {id: row.target})
CREATE (s)-[r:$(row.type) {status: row.status}]->(t)
SET r.count = count, r.articles = articles, r.sources = sources, r.confidence = confidence,
    r.first_seen = first_seen, r.last_seen = last_seen

// name: lessen_months
UNWIND $rows AS row
MATCH (m:Month {key: row.key})
SET m.count = m.count - row.count
WITH m WHERE m.count <= 0
DELETE m

// name: lessen_actors
UNWIND $rows AS row
MATCH (a:Actor {id: row.id})
SET a.count = a.count - row.count
WITH a WHERE a.count <= 0
DETACH DELETE a

// name: set_state
MATCH (g:GraphState {id: 'graph'})
SET g.revision = g.revision + 1,
    g.articles = COUNT { (:Article) },
    g.actors = COUNT { (:Actor) },
    g.events = COUNT { (:Event) },
    g.edges = COUNT { (:Actor)-[:ANY_TYPE]->(:Actor) }

// name: all_edge_keys
MATCH (e:Event)
RETURN DISTINCT e.source AS source, e.target AS target, toUpper(e.type) AS type, e.status AS status

// name: forget_edges
MATCH (:Actor)-[r:ANY_TYPE]->(:Actor) DELETE r

// name: forget_months
MATCH (m:Month) DELETE m

// name: right_months
MATCH (e:Event)
MATCH (s:Actor {id: e.source})
MATCH (t:Actor {id: e.target})
WITH coalesce(substring(toString(e.date), 0, 7), '') AS month, e.type AS type, e.status AS status,
    ['', s.id, t.id, coalesce(s.country, s.id), coalesce(t.country, t.id)] AS sides
UNWIND [n IN range(0, 4) WHERE NOT sides[n] IN sides[0..n] | sides[n]] AS code
RETURN code, month, type, status, count(*) AS count

// name: kept_months
MATCH (m:Month) RETURN m.code AS code, m.month AS month, m.type AS type, m.status AS status, m.count AS count

// name: count_actors
MATCH (a:Actor)
OPTIONAL MATCH (a)<-[:SOURCE|TARGET]-(e:Event)
WITH a, count(DISTINCT e) AS count
SET a.count = count

// name: wordless_events
MATCH (e:Event)
OPTIONAL MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
OPTIONAL MATCH (e)-[:SOURCE]->(s:Actor)
OPTIONAL MATCH (e)-[:TARGET]->(t:Actor)
WITH e, v, x, s, t
WHERE x IS NULL OR s IS NULL OR t IS NULL OR s.id <> e.source OR t.id <> e.target OR x.id <> e.article
    OR v.trigger_start < v.start OR v.trigger_end > v.end
RETURN e.id AS id ORDER BY id LIMIT $limit

// name: wrong_edges
MATCH (e:Event)
WITH e.source AS source, e.target AS target, e.type AS type, e.status AS status, count(*) AS count,
    count(DISTINCT e.article) AS articles, count(DISTINCT coalesce(e.story, e.article)) AS sources,
    max(e.confidence) AS confidence, min(e.date) AS first_seen, max(e.date) AS last_seen
OPTIONAL MATCH (:Actor {id: source})-[r:ANY_TYPE {status: status}]->(:Actor {id: target})
WHERE toLower(type(r)) = type AND r.count = count AND r.articles = articles AND r.sources = sources
    AND r.confidence = confidence AND coalesce(r.first_seen = first_seen, first_seen IS NULL)
    AND coalesce(r.last_seen = last_seen, last_seen IS NULL)
WITH source, target, type, status, count(r) AS same WHERE same <> 1
RETURN source, target, type, status ORDER BY source, target, type, status LIMIT $limit

// name: wrong_actors
MATCH (a:Actor)
OPTIONAL MATCH (a)<-[:SOURCE|TARGET]-(e:Event)
WITH a, count(DISTINCT e) AS count WHERE a.count <> count
RETURN a.id AS id ORDER BY id LIMIT $limit

// name: right_state
RETURN COUNT { (:Article) } AS articles, COUNT { (:Actor) } AS actors, COUNT { (:Event) } AS events,
    COUNT { (:Actor)-[:ANY_TYPE]->(:Actor) } AS edges

// name: places
MATCH (e:Event)-[v:EVIDENCED_BY]->(x:Article)
RETURN e.id AS id, e.sentence AS sentence, properties(v) AS place, x.text AS text
