// The graph's constraints and indexes; each statement does nothing where its index is there. Community edition is enough.
// (:Actor:Country|Person|Organization|ArmedGroup {id, kind, name, country, qid, iso3, count, words})
// (:Article {id, title, url, publisher, published, story, text})
// (:Month {key, code, month, type, status, count}): events of a code ("" for all) in a month
// (:Event {id, type, plover, …, source, target, article})-[:SOURCE|TARGET]->(:Actor), -[:EVIDENCED_BY {start, end, …}]->(:Article)
// (:Actor)-[:VISIT|MEET|… {status, count, articles, sources, confidence, first_seen, last_seen}]->(:Actor)

// name: actor_id
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE

// name: article_id
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE

// name: event_id
CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE

// name: country_iso3
CREATE CONSTRAINT country_iso3 IF NOT EXISTS FOR (n:Country) REQUIRE n.iso3 IS UNIQUE

// name: graph_state_id
CREATE CONSTRAINT graph_state_id IF NOT EXISTS FOR (n:GraphState) REQUIRE n.id IS UNIQUE

// name: actor_country
CREATE INDEX actor_country IF NOT EXISTS FOR (n:Actor) ON (n.country)

// name: article_published
CREATE INDEX article_published IF NOT EXISTS FOR (n:Article) ON (n.published)

// name: event_pair
CREATE INDEX event_pair IF NOT EXISTS FOR (n:Event) ON (n.source, n.target, n.type, n.status)

// name: event_source
CREATE INDEX event_source IF NOT EXISTS FOR (n:Event) ON (n.source, n.date)

// name: event_target
CREATE INDEX event_target IF NOT EXISTS FOR (n:Event) ON (n.target, n.date)

// name: event_date
CREATE INDEX event_date IF NOT EXISTS FOR (n:Event) ON (n.date)

// name: event_article
CREATE INDEX event_article IF NOT EXISTS FOR (n:Event) ON (n.article)

// name: actor_words
CREATE FULLTEXT INDEX actor_words IF NOT EXISTS FOR (n:Actor) ON EACH [n.words]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}

// name: event_ends
CREATE INDEX event_ends IF NOT EXISTS FOR (n:Event) ON (n.source, n.target)

// name: article_story
CREATE INDEX article_story IF NOT EXISTS FOR (n:Article) ON (n.story)

// name: month_key
CREATE CONSTRAINT month_key IF NOT EXISTS FOR (n:Month) REQUIRE n.key IS UNIQUE

// name: month_code
CREATE INDEX month_code IF NOT EXISTS FOR (n:Month) ON (n.code)

// name: await_indexes
CALL db.awaitIndexes(60)

// name: make_state
MERGE (g:GraphState {id: 'graph'})
ON CREATE SET g.revision = 0, g.articles = 0, g.actors = 0, g.events = 0, g.edges = 0
// A graph that neo4j-admin has imported has counts but no version, so that its indexes are made.
SET g.schema = $schema
