-- What the SQLite store reads one by one, or as a list.

-- name: state
SELECT revision, articles, actors, events, edges FROM state

-- name: find_articles
SELECT id, pk FROM article WHERE id IN (:keys)

-- name: evidence
SELECT * FROM told
WHERE pk IN (
    SELECT event.pk FROM event JOIN article ON article.pk = event.article
    WHERE source = (SELECT pk FROM actor WHERE id = :source) AND target = (SELECT pk FROM actor WHERE id = :target)
        AND type = (SELECT pk FROM word WHERE id = :type) AND status = (SELECT pk FROM word WHERE id = :status)
        AND day BETWEEN :since_day AND :until_day
        AND (:article IS NULL OR event.article = :article_id)
    ORDER BY day DESC, confidence DESC, article.id, sentence_start, trigger_start, event.id
    LIMIT :evidence
)
ORDER BY date DESC, confidence DESC, article, sentence_start, trigger_start, id

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

-- name: find_actors
SELECT id, kind, name, country, qid FROM actor WHERE id IN (:keys)

-- name: is_side
SELECT 1 FROM actor WHERE id = :id UNION SELECT 1 FROM code WHERE id = :id

-- name: is_somebody_else
SELECT 1 FROM actor WHERE id = :id AND code IS NOT (SELECT pk FROM code WHERE id = :id)

-- name: neighbours
-- Of a code: those whom its events join to others, kept folded.
WITH joined AS (
    SELECT other, type, around.count FROM around JOIN actor ON actor.pk = other
    WHERE around.code = (SELECT pk FROM code WHERE id = :id) AND actor.id <> :id
), strongest AS (
    SELECT other, sum(joined.count) AS total, actor.id FROM joined JOIN actor ON actor.pk = other
    GROUP BY other ORDER BY total DESC, actor.id LIMIT :limit
)
SELECT actor.id, kind, name, country, qid, total, word.id AS type, joined.count
FROM strongest JOIN joined USING (other) JOIN actor ON actor.pk = other JOIN word ON word.pk = type
ORDER BY total DESC, actor.id, joined.count DESC, word.id

-- name: neighbours_of_one
-- Of an actor that counts as somebody else.
WITH self AS (
    SELECT id FROM actor WHERE id = :id OR code = (SELECT pk FROM code WHERE id = :id)
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
SELECT id, title, url, publisher, published, story
FROM article
WHERE coalesce(published, '') <= :after_day
    AND (coalesce(published, '') < :after_day OR id > :after_id)
ORDER BY coalesce(published, '') DESC, id
LIMIT :limit

-- name: article
SELECT id, title, url, publisher, published, story, text FROM article WHERE id = :id

-- name: events
SELECT * FROM told WHERE pk IN (SELECT pk FROM event WHERE article = (SELECT pk FROM article WHERE id = :article))
ORDER BY sentence_start, trigger_start, type, source, target, id

-- name: relation
SELECT * FROM told WHERE id = :id

-- name: newest
-- The day behind which enough events lie that answer; of a side, each of its indexes is read from its end.
-- include: matching
SELECT day FROM matching WHERE day < :after_number ORDER BY day DESC LIMIT 1 OFFSET :limit - 1

-- name: newest_of
SELECT day FROM (
    SELECT * FROM (
        SELECT day FROM event
        WHERE source_code = :near_code AND day BETWEEN :since_day AND :until_day AND day < :after_number AND
        -- include: fits
        ORDER BY day DESC LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT day FROM event
        WHERE source = :near_id AND source_code <> :near_code AND day BETWEEN :since_day AND :until_day
            AND day < :after_number AND
        -- include: fits
        ORDER BY day DESC LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT day FROM event
        WHERE target_code = :near_code AND NOT (source_code = :near_code OR source = :near_id)
            AND day BETWEEN :since_day AND :until_day AND day < :after_number AND
        -- include: fits
        ORDER BY day DESC LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT day FROM event
        WHERE target = :near_id AND target_code <> :near_code AND NOT (source_code = :near_code OR source = :near_id)
            AND day BETWEEN :since_day AND :until_day AND day < :after_number AND
        -- include: fits
        ORDER BY day DESC LIMIT :limit
    )
)
ORDER BY day DESC LIMIT 1 OFFSET :limit - 1

-- name: history
-- include: matching
SELECT event.id FROM matching JOIN event USING (pk)
WHERE matching.day <= :after_number AND (matching.day < :after_number OR event.id > :after_id)
ORDER BY matching.day DESC, event.id
LIMIT :limit

-- name: all_history
SELECT id FROM event
WHERE day <= :after_number AND (day < :after_number OR id > :after_id) AND day BETWEEN :since_day AND :until_day
    AND (:type_mask >> type & 1) AND (:status_mask >> status & 1) AND confidence >= :least
ORDER BY day DESC, id
LIMIT :limit
