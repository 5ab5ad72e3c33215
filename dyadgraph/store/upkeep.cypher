// How the Neo4j store takes out an article, and works out and checks all that is kept folded.

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
