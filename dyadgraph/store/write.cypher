// How the Neo4j store writes.

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
