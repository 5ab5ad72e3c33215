// What the Neo4j store reads one by one, or as a list.

// name: version
CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version

// name: schema_version
OPTIONAL MATCH (g:GraphState {id: 'graph'}) RETURN g.schema AS version

// name: state
MATCH (g:GraphState {id: 'graph'})
RETURN g.revision AS revision, g.articles AS articles, g.actors AS actors, g.events AS events, g.edges AS edges

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
