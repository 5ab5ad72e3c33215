-- How the SQLite store writes; a row's values come in the order of the columns.

-- name: find_words
SELECT id, pk FROM word

-- name: add_word
INSERT INTO word (id) VALUES (?)

-- name: find_codes
SELECT id, pk FROM code WHERE id IN (:keys)

-- name: add_code
INSERT INTO code (id) VALUES (?)

-- name: find_kept_actors
SELECT actor.id, actor.pk, code.pk AS code_pk, code.id AS code
FROM actor JOIN code ON code.pk = actor.code WHERE actor.id IN (:keys)

-- name: last_actor
SELECT coalesce(max(pk), 0) AS pk FROM actor

-- name: add_actor
INSERT INTO actor (pk, id, kind, name, country, qid, code) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: add_actor_words
INSERT INTO actor_words (rowid, words) VALUES (?, ?)

-- name: count_actor
UPDATE actor SET count = count + ? WHERE pk = ?

-- name: last_article
SELECT max(coalesce((SELECT max(pk) FROM article), 0), coalesce((SELECT max(pk) FROM story), 0)) AS pk

-- name: find_stories
SELECT id, pk FROM story WHERE id IN (:keys)

-- name: find_told_again
SELECT DISTINCT story AS id FROM article WHERE story IN (:keys)

-- name: add_story
INSERT OR IGNORE INTO story (pk, id) VALUES (?, ?)

-- name: add_article
INSERT INTO article (pk, id, title, url, publisher, published, story, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: is_told
SELECT 1 FROM event WHERE source = ? AND target = ? AND type = ? AND status = ? AND story = ? LIMIT 1

-- name: add_event
INSERT INTO event (
    id, source, target, source_code, target_code, type, status, day, article, story, confidence, sentence,
    sentence_start, sentence_end, trigger_text, trigger_start, trigger_end, evidence_date, rule, mode, context
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: find_edges
-- Not IN: SQLite would walk all edges instead of looking up each key.
WITH key (one, two, what, how) AS (VALUES :keys)
SELECT source, target, type, status
FROM key CROSS JOIN edge ON source = one AND target = two AND type = what AND status = how

-- name: add_edge
INSERT INTO edge (
    source, target, type, status, source_code, target_code, count, articles, sources, confidence, first_seen, last_seen
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE
SET count = count + excluded.count,
    articles = articles + excluded.articles,
    sources = sources + excluded.sources,
    confidence = max(confidence, excluded.confidence),
    first_seen = min(coalesce(first_seen, excluded.first_seen), coalesce(excluded.first_seen, first_seen)),
    last_seen = max(coalesce(last_seen, excluded.last_seen), coalesce(excluded.last_seen, last_seen))

-- name: add_pair
INSERT INTO pair (first, second, count, happening) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = count + excluded.count, happening = happening + excluded.happening

-- name: add_around
INSERT INTO around (code, other, type, count) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = count + excluded.count

-- name: add_tone
INSERT INTO tone (code, month, type, status, count) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = count + excluded.count

-- name: grow_state
UPDATE state
SET revision = revision + 1,
    articles = articles + :articles,
    actors = actors + :actors,
    events = events + :events,
    edges = edges + :edges
