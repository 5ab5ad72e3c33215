-- Every statement the SQLite store runs. Lists of types and statuses travel as JSON; ids never do, for SQLite's JSON
-- ends a text at its first NUL.

-- name: find_article
SELECT 1 FROM article WHERE id = :id

-- name: add_article
INSERT INTO article (id, title, url, publisher, published, text)
VALUES (:id, :title, :url, :publisher, :published, :text)

-- name: find_actor
SELECT 1 FROM actor WHERE id = :id

-- name: add_actor
INSERT INTO actor (id, kind, name, country, qid) VALUES (:id, :kind, :name, :country, :qid)

-- name: add_actor_words
INSERT INTO actor_words (rowid, words) SELECT pk, :words FROM actor WHERE id = :id

-- name: count_actor
UPDATE actor SET count = count + :count WHERE id = :id

-- name: add_event
INSERT INTO event (
    id, source, target, type, status, date, article, sentence, sentence_start, sentence_end,
    trigger_text, trigger_start, trigger_end, evidence_date, rule, confidence, mode, context
) VALUES (
    :id, :source, :target, :type, :status, :date, :article, :sentence, :sentence_start, :sentence_end,
    :trigger_text, :trigger_start, :trigger_end, :evidence_date, :rule, :confidence, :mode, :context
)

-- name: make_edge
INSERT OR IGNORE INTO edge (source, target, type, status) VALUES (:source, :target, :type, :status)

-- name: strengthen_edge
UPDATE edge
SET count = count + :count,
    articles = articles + :articles,
    first_seen = min(coalesce(first_seen, :first_seen), coalesce(:first_seen, first_seen)),
    last_seen = max(coalesce(last_seen, :last_seen), coalesce(:last_seen, last_seen))
WHERE source = :source AND target = :target AND type = :type AND status = :status

-- name: grow_state
UPDATE state
SET revision = revision + 1,
    articles = articles + :articles,
    actors = actors + :actors,
    events = events + :events,
    edges = edges + :edges

-- name: state
SELECT revision, articles, actors, events, edges FROM state

-- name: strongest
SELECT source, type, target, status, count, articles, first_seen, last_seen, 0 AS turned
FROM edge
WHERE type IN (SELECT value FROM json_each(:types))
    AND status IN (SELECT value FROM json_each(:statuses))
    AND count <= :after_count
    AND (
        (count, coalesce(last_seen, '')) < (:after_count, :after_seen)
        OR (
            (count, coalesce(last_seen, '')) = (:after_count, :after_seen)
            AND (source, type, target, status) > (:after_source, :after_type, :after_target, :after_status)
        )
    )
ORDER BY count DESC, coalesce(last_seen, '') DESC, source, type, target, status
LIMIT :limit

-- name: relations
WITH anchor AS (
    SELECT id FROM actor WHERE id = :anchor OR country = :anchor
), asked_source AS (
    SELECT id FROM actor WHERE id = :source OR country = :source
), asked_target AS (
    SELECT id FROM actor WHERE id = :target OR country = :target
), asked_actor AS (
    SELECT id FROM actor WHERE id = :actor OR country = :actor
), happening AS (
    SELECT source, target, type, status, date, article FROM event
    WHERE article = :article AND (NOT :dated OR date BETWEEN :since AND :until)
    UNION ALL
    SELECT source, target, type, status, date, article FROM event
    WHERE :dated AND :article IS NULL AND :anchor IS NULL AND date BETWEEN :since AND :until
    UNION ALL
    SELECT source, target, type, status, date, article FROM event
    WHERE :dated AND :article IS NULL AND date BETWEEN :since AND :until
        AND source IN (SELECT id FROM anchor)
    UNION ALL
    SELECT source, target, type, status, date, article FROM event
    WHERE :dated AND :article IS NULL AND date BETWEEN :since AND :until
        AND target IN (SELECT id FROM anchor) AND source NOT IN (SELECT id FROM anchor)
), candidate AS (
    SELECT source, target, type, status, count, articles, first_seen, last_seen FROM edge
    WHERE NOT :dated AND :article IS NULL AND source IN (SELECT id FROM anchor)
    UNION ALL
    SELECT source, target, type, status, count, articles, first_seen, last_seen FROM edge
    WHERE NOT :dated AND :article IS NULL
        AND target IN (SELECT id FROM anchor) AND source NOT IN (SELECT id FROM anchor)
    UNION ALL
    SELECT source, target, type, status, count(*), count(DISTINCT article), min(date), max(date) FROM happening
    GROUP BY source, target, type, status
), matched AS (
    SELECT candidate.*,
        (:source IS NULL OR source IN (SELECT id FROM asked_source))
            AND (:target IS NULL OR target IN (SELECT id FROM asked_target)) AS straight,
        type IN (SELECT value FROM json_each(:symmetric))
            AND (:source IS NULL OR target IN (SELECT id FROM asked_source))
            AND (:target IS NULL OR source IN (SELECT id FROM asked_target)) AS flipped
    FROM candidate
    WHERE type IN (SELECT value FROM json_each(:types))
        AND status IN (SELECT value FROM json_each(:statuses))
        AND (
            :actor IS NULL
            OR source IN (SELECT id FROM asked_actor)
            OR target IN (SELECT id FROM asked_actor)
        )
), found AS (
    SELECT
        CASE WHEN straight THEN source ELSE target END AS source,
        type,
        CASE WHEN straight THEN target ELSE source END AS target,
        status, count, articles, first_seen, last_seen, NOT straight AS turned, coalesce(last_seen, '') AS seen
    FROM matched
    WHERE straight OR flipped
)
SELECT source, type, target, status, count, articles, first_seen, last_seen, turned
FROM found
WHERE (count, seen) < (:after_count, :after_seen)
    OR (
        (count, seen) = (:after_count, :after_seen)
        AND (source, type, target, status, turned)
            > (:after_source, :after_type, :after_target, :after_status, :after_turned)
    )
ORDER BY count DESC, seen DESC, source, type, target, status, turned
LIMIT :limit

-- name: evidence
SELECT event.*, title, url, publisher, published
FROM event CROSS JOIN article ON article.id = event.article
WHERE source = :source AND target = :target AND type = :type AND status = :status
    AND (:article IS NULL OR event.article = :article)
    AND (NOT :dated OR date BETWEEN :since AND :until)
ORDER BY date DESC, event.article, sentence_start, trigger_start, event.id
LIMIT :evidence

-- name: actors
SELECT id, kind, name, country, qid, count
FROM actor
WHERE (:kind IS NULL OR kind = :kind)
    AND count <= :after_count
    AND (count < :after_count OR id > :after_id)
ORDER BY count DESC, id
LIMIT :limit

-- name: search_actors
SELECT id, kind, name, country, qid, count
FROM actor
WHERE pk IN (SELECT rowid FROM actor_words WHERE actor_words MATCH :words)
    AND (:kind IS NULL OR kind = :kind)
    AND count <= :after_count
    AND (count < :after_count OR id > :after_id)
ORDER BY count DESC, id
LIMIT :limit

-- name: actor
SELECT id, kind, name, country, qid FROM actor WHERE id = :id

-- name: is_side
SELECT 1 FROM actor WHERE id = :id OR country = :id LIMIT 1

-- name: neighbours
WITH self AS (
    SELECT id FROM actor WHERE id = :id OR country = :id
), joined AS (
    SELECT target AS other, type, count FROM edge
    WHERE source IN (SELECT id FROM self) AND target NOT IN (SELECT id FROM self) AND status <> 'denied'
    UNION ALL
    SELECT source, type, count FROM edge
    WHERE target IN (SELECT id FROM self) AND source NOT IN (SELECT id FROM self) AND status <> 'denied'
), strongest AS (
    SELECT other, sum(count) AS total FROM joined GROUP BY other ORDER BY total DESC, other LIMIT :limit
)
SELECT actor.id, kind, name, country, qid, total, type, sum(joined.count) AS count
FROM strongest JOIN joined USING (other) JOIN actor ON actor.id = other
GROUP BY other, type
ORDER BY total DESC, other, sum(joined.count) DESC, type

-- name: articles
SELECT id, title, url, publisher, published
FROM article
WHERE coalesce(published, '') <= :after_day
    AND (coalesce(published, '') < :after_day OR id > :after_id)
ORDER BY coalesce(published, '') DESC, id
LIMIT :limit

-- name: article
SELECT id, title, url, publisher, published, text FROM article WHERE id = :id

-- name: events
SELECT * FROM event WHERE article = :article
ORDER BY sentence_start, trigger_start, type, source, target, id
