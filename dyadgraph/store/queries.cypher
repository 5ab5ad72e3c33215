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
    text: row.text})

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
ON CREATE SET r.count = 0, r.articles = 0
SET r.count = r.count + row.count,
    r.articles = r.articles + row.articles,
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

// name: relations
CALL () {
    // All edges, strongest of all time.
    WITH 1 AS one WHERE NOT $folds AND $anchor IS NULL
    MATCH (s:Actor)-[r:ANY_TYPE]->(t:Actor)
    RETURN s, t, toLower(type(r)) AS type, r.status AS status, r.count AS count, r.articles AS articles,
        r.first_seen AS first_seen, r.last_seen AS last_seen
    UNION ALL
    // The edges of an actor and of those who act for it.
    WITH 1 AS one WHERE NOT $folds AND $anchor IS NOT NULL
    MATCH (a:Actor) WHERE a.id = $anchor OR a.country = $anchor
    MATCH (a)-[r:ANY_TYPE]-(:Actor)
    WITH DISTINCT r
    RETURN startNode(r) AS s, endNode(r) AS t, toLower(type(r)) AS type, r.status AS status, r.count AS count,
        r.articles AS articles, r.first_seen AS first_seen, r.last_seen AS last_seen
    UNION ALL
    // Events of an article, of a period, or of a period and an actor, folded.
    CALL () {
        WITH 1 AS one WHERE $article IS NOT NULL
        MATCH (e:Event) WHERE e.article = $article AND (NOT $dated OR (e.date >= $since AND e.date <= $until))
        RETURN e
        UNION ALL
        WITH 1 AS one WHERE $dated AND $article IS NULL AND $anchor IS NULL
        MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until
        RETURN e
        UNION ALL
        WITH 1 AS one WHERE $dated AND $article IS NULL AND $anchor IS NOT NULL
        MATCH (a:Actor) WHERE a.id = $anchor OR a.country = $anchor
        CALL (a) {
            MATCH (e:Event) WHERE e.source = a.id AND e.date >= $since AND e.date <= $until
            RETURN e
            UNION
            MATCH (e:Event) WHERE e.target = a.id AND e.date >= $since AND e.date <= $until
            RETURN e
        }
        RETURN DISTINCT e
    }
    WITH e.source AS source, e.target AS target, e.type AS type, e.status AS status, count(*) AS count,
        count(DISTINCT e.article) AS articles, min(e.date) AS first_seen, max(e.date) AS last_seen
    MATCH (s:Actor {id: source})
    MATCH (t:Actor {id: target})
    RETURN s, t, type, status, count, articles, first_seen, last_seen
}
WITH *
WHERE type IN $types AND status IN $statuses
    AND ($actor IS NULL OR s.id = $actor OR s.country = $actor OR t.id = $actor OR t.country = $actor)
WITH *,
    ($source IS NULL OR s.id = $source OR coalesce(s.country = $source, false))
        AND ($target IS NULL OR t.id = $target OR coalesce(t.country = $target, false)) AS straight,
    type IN $symmetric
        AND ($source IS NULL OR t.id = $source OR coalesce(t.country = $source, false))
        AND ($target IS NULL OR s.id = $target OR coalesce(s.country = $target, false)) AS flipped
WHERE straight OR flipped
WITH *, coalesce(toString(last_seen), '') AS seen,
    CASE WHEN straight THEN 0 ELSE 1 END AS turned,
    CASE WHEN straight THEN s ELSE t END AS source,
    CASE WHEN straight THEN t ELSE s END AS target
WHERE count < $after_count
    OR (count = $after_count AND (seen < $after_seen OR (seen = $after_seen
        AND [source.id, type, target.id, status, turned]
            > [$after_source, $after_type, $after_target, $after_status, $after_turned])))
WITH *
ORDER BY count DESC, seen DESC, source.id, type, target.id, status, turned
LIMIT $limit
CALL (s, t, type, status) {
    MATCH (e:Event)
    WHERE e.source = s.id AND e.target = t.id AND e.type = type AND e.status = status
        AND ($article IS NULL OR e.article = $article)
        AND (NOT $dated OR (e.date >= $since AND e.date <= $until))
    WITH e ORDER BY coalesce(e.date, $earliest) DESC, e.article, e.start, e.id LIMIT $evidence
    MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
    WITH e, v, x ORDER BY coalesce(e.date, $earliest) DESC, e.article, e.start, e.id
    RETURN collect({sentence: e.sentence, place: properties(v), article: x {.id, .title, .url, .publisher, .published}})
        AS evidence
}
RETURN source {.id, .name, .kind, .country, .qid} AS source, type,
    target {.id, .name, .kind, .country, .qid} AS target, status, count, articles, first_seen, last_seen, turned,
    evidence
ORDER BY count DESC, seen DESC, source.id, type, target.id, status, turned

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
RETURN x {.id, .title, .url, .publisher, .published} AS article
ORDER BY day DESC, article.id
LIMIT $limit

// name: article
MATCH (x:Article {id: $id}) RETURN x {.id, .title, .url, .publisher, .published, .text} AS article

// name: events
MATCH (e:Event) WHERE e.article = $article
MATCH (e)-[v:EVIDENCED_BY]->(:Article)
MATCH (e)-[:SOURCE]->(s:Actor)
MATCH (e)-[:TARGET]->(t:Actor)
RETURN e {.sentence, .type, .status, .date, .rule, .confidence, .mode, .context} AS event, properties(v) AS place,
    s {.id, .name, .kind, .country, .qid} AS source, t {.id, .name, .kind, .country, .qid} AS target
ORDER BY v.start, v.trigger_start, e.type, e.source, e.target, e.id
