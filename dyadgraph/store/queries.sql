-- Every statement the SQLite store runs. Lists of types and statuses travel as JSON; ids never do, for SQLite's JSON
-- ends a text at its first NUL.

-- name: find_article
SELECT 1 FROM article WHERE id = :id

-- name: add_article
INSERT INTO article (id, title, url, publisher, published, story, text)
VALUES (:id, :title, :url, :publisher, :published, :story, :text)

-- name: is_told_again
SELECT 1 FROM article WHERE story = :id LIMIT 1

-- name: is_told
SELECT 1 FROM event
WHERE source = :source AND target = :target AND type = :type AND status = :status
    AND coalesce(story, article) = :story
LIMIT 1

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
    trigger_text, trigger_start, trigger_end, evidence_date, rule, confidence, mode, context, story
) VALUES (
    :id, :source, :target, :type, :status, :date, :article, :sentence, :sentence_start, :sentence_end,
    :trigger_text, :trigger_start, :trigger_end, :evidence_date, :rule, :confidence, :mode, :context, :story
)

-- name: find_edge
SELECT 1 FROM edge WHERE source = :source AND target = :target AND type = :type AND status = :status

-- name: make_edge
INSERT INTO edge (source, target, type, status, count, articles, sources, confidence, first_seen, last_seen)
VALUES (:source, :target, :type, :status, :count, :articles, :sources, :confidence, :first_seen, :last_seen)

-- name: strengthen_edge
UPDATE edge
SET count = count + :count,
    articles = articles + :articles,
    sources = sources + :sources,
    confidence = max(confidence, :confidence),
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

-- name: add_pair
INSERT INTO pair (first, second, count, happening) VALUES (:first, :second, :count, :happening)
ON CONFLICT DO UPDATE SET count = count + excluded.count, happening = happening + excluded.happening

-- name: code
SELECT coalesce(country, id) AS code FROM actor WHERE id = :id

-- name: add_tone
INSERT INTO tone (code, month, type, status, count) VALUES (:code, :month, :type, :status, :count)
ON CONFLICT DO UPDATE SET count = count + excluded.count

-- name: strongest
SELECT source, type, target, status, count, articles, sources, confidence, first_seen, last_seen, 0 AS turned
FROM edge
WHERE type IN (SELECT value FROM json_each(:types))
    AND status IN (SELECT value FROM json_each(:statuses))
    AND confidence >= :least
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

-- name: latest
SELECT source, type, target, status, count, articles, sources, confidence, first_seen, last_seen, 0 AS turned
FROM edge
WHERE type IN (SELECT value FROM json_each(:types))
    AND status IN (SELECT value FROM json_each(:statuses))
    AND confidence >= :least
    AND coalesce(last_seen, '') <= :after_seen
    AND (
        (coalesce(last_seen, ''), count) < (:after_seen, :after_count)
        OR (
            (coalesce(last_seen, ''), count) = (:after_seen, :after_count)
            AND (source, type, target, status) > (:after_source, :after_type, :after_target, :after_status)
        )
    )
ORDER BY coalesce(last_seen, '') DESC, count DESC, source, type, target, status
LIMIT :limit

-- name: asked
-- Who is meant: an actor, or all who act for a code.
WITH asked_near AS (
    SELECT id FROM actor WHERE id = :near OR country = :near
), asked_far AS (
    SELECT id FROM actor WHERE id = :far OR country = :far
), asked_source AS (
    SELECT id FROM actor WHERE id = :source OR country = :source
), asked_target AS (
    SELECT id FROM actor WHERE id = :target OR country = :target
), asked_actor AS (
    SELECT id FROM actor WHERE id = :actor OR country = :actor
)

-- name: happening
-- Events that may answer, by the quickest way to them.
-- include: asked
, happening AS (
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND article = :article AND (NOT :dated OR date BETWEEN :since AND :until)
    UNION ALL
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND :article IS NULL AND :near IS NULL AND date BETWEEN :since AND :until
    UNION ALL
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND :article IS NULL AND :near IS NULL AND NOT :dated AND date IS NULL
    UNION ALL
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND :article IS NULL AND :far IS NULL AND source IN (SELECT id FROM asked_near)
        AND (NOT :dated OR date BETWEEN :since AND :until)
    UNION ALL
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND :article IS NULL AND :far IS NULL
        AND target IN (SELECT id FROM asked_near) AND source NOT IN (SELECT id FROM asked_near)
        AND (NOT :dated OR date BETWEEN :since AND :until)
    UNION ALL
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND :article IS NULL AND :far IS NOT NULL
        AND source IN (SELECT id FROM asked_near) AND target IN (SELECT id FROM asked_far)
        AND (NOT :dated OR date BETWEEN :since AND :until)
    UNION ALL
    SELECT rowid AS number, source, target, type, status, date, article, story, confidence FROM event
    WHERE :folds AND :article IS NULL AND :far IS NOT NULL
        AND source IN (SELECT id FROM asked_far) AND target IN (SELECT id FROM asked_near)
        AND NOT (source IN (SELECT id FROM asked_near) AND target IN (SELECT id FROM asked_far))
        AND (NOT :dated OR date BETWEEN :since AND :until)
)

-- name: matching
-- Events that answer.
-- include: happening
, matching AS (
    SELECT * FROM happening
    WHERE type IN (SELECT value FROM json_each(:types))
        AND status IN (SELECT value FROM json_each(:statuses))
        AND confidence >= :least
        AND (
            NOT :paired
            OR source IN (SELECT id FROM asked_near) AND target IN (SELECT id FROM asked_far)
            OR source IN (SELECT id FROM asked_far) AND target IN (SELECT id FROM asked_near)
        )
        AND (
            :actor IS NULL
            OR source IN (SELECT id FROM asked_actor)
            OR target IN (SELECT id FROM asked_actor)
        )
        AND (
            (:source IS NULL OR source IN (SELECT id FROM asked_source))
            AND (:target IS NULL OR target IN (SELECT id FROM asked_target))
            OR type IN (SELECT value FROM json_each(:symmetric))
            AND (:source IS NULL OR target IN (SELECT id FROM asked_source))
            AND (:target IS NULL OR source IN (SELECT id FROM asked_target))
        )
)

-- name: matched
-- Edges that answer, as they stand or turned.
, matched AS (
    SELECT candidate.*,
        (:source IS NULL OR source IN (SELECT id FROM asked_source))
            AND (:target IS NULL OR target IN (SELECT id FROM asked_target)) AS straight,
        type IN (SELECT value FROM json_each(:symmetric))
            AND (:source IS NULL OR target IN (SELECT id FROM asked_source))
            AND (:target IS NULL OR source IN (SELECT id FROM asked_target)) AS flipped
    FROM candidate
    WHERE type IN (SELECT value FROM json_each(:types))
        AND status IN (SELECT value FROM json_each(:statuses))
        AND confidence >= :least
        AND (
            NOT :paired
            OR source IN (SELECT id FROM asked_near) AND target IN (SELECT id FROM asked_far)
            OR source IN (SELECT id FROM asked_far) AND target IN (SELECT id FROM asked_near)
        )
        AND (
            :actor IS NULL
            OR source IN (SELECT id FROM asked_actor)
            OR target IN (SELECT id FROM asked_actor)
        )
)

-- name: relations
-- include: happening
, candidate AS (
    SELECT source, target, type, status, count, articles, sources, confidence, first_seen, last_seen FROM edge
    WHERE NOT :folds AND :far IS NULL AND source IN (SELECT id FROM asked_near)
    UNION ALL
    SELECT source, target, type, status, count, articles, sources, confidence, first_seen, last_seen FROM edge
    WHERE NOT :folds AND :far IS NULL
        AND target IN (SELECT id FROM asked_near) AND source NOT IN (SELECT id FROM asked_near)
    UNION ALL
    SELECT source, target, type, status, count, articles, sources, confidence, first_seen, last_seen FROM edge
    WHERE NOT :folds AND :far IS NOT NULL
        AND source IN (SELECT id FROM asked_near) AND target IN (SELECT id FROM asked_far)
    UNION ALL
    SELECT source, target, type, status, count, articles, sources, confidence, first_seen, last_seen FROM edge
    WHERE NOT :folds AND :far IS NOT NULL
        AND source IN (SELECT id FROM asked_far) AND target IN (SELECT id FROM asked_near)
        AND NOT (source IN (SELECT id FROM asked_near) AND target IN (SELECT id FROM asked_far))
    UNION ALL
    SELECT source, target, type, status, count(*), count(DISTINCT article), count(DISTINCT coalesce(story, article)),
        max(confidence), min(date), max(date)
    FROM happening GROUP BY source, target, type, status
)
-- include: matched
, found AS (
    SELECT
        CASE WHEN straight THEN source ELSE target END AS source,
        type,
        CASE WHEN straight THEN target ELSE source END AS target,
        status, count, articles, sources, confidence, first_seen, last_seen, NOT straight AS turned,
        CAST(replace(coalesce(last_seen, '0'), '-', '') AS INTEGER) AS day
    FROM matched
    WHERE straight OR flipped
), ranked AS (
    SELECT *, CASE WHEN :by_day THEN day ELSE count END AS high, CASE WHEN :by_day THEN count ELSE day END AS low
    FROM found
)
SELECT source, type, target, status, count, articles, sources, confidence, first_seen, last_seen, turned
FROM ranked
WHERE (high, low) < (:after_high, :after_low)
    OR (
        (high, low) = (:after_high, :after_low)
        AND (source, type, target, status, turned)
            > (:after_source, :after_type, :after_target, :after_status, :after_turned)
    )
ORDER BY high DESC, low DESC, source, type, target, status, turned
LIMIT :limit

-- name: strongest_of
-- Of actors who are in much of everything: down the strongest edges until enough of theirs are found.
-- include: asked
, candidate AS (SELECT * FROM edge)
-- include: matched
SELECT shown_source AS source, type, shown_target AS target, status, count, articles, sources, confidence, first_seen,
    last_seen, turned
FROM (
    SELECT CASE WHEN straight THEN source ELSE target END AS shown_source, type,
        CASE WHEN straight THEN target ELSE source END AS shown_target, status, count, articles, sources, confidence,
        first_seen, last_seen, NOT straight AS turned
    FROM matched
    WHERE (straight OR flipped) AND count <= :after_count
        AND (
            (count, coalesce(last_seen, '')) < (:after_count, :after_seen)
            OR (
                (count, coalesce(last_seen, '')) = (:after_count, :after_seen)
                AND (shown_source, type, shown_target, status, turned)
                    > (:after_source, :after_type, :after_target, :after_status, :after_turned)
            )
        )
    ORDER BY count DESC, coalesce(last_seen, '') DESC, shown_source, type, shown_target, status, turned
    LIMIT :limit
)

-- name: latest_of
-- include: asked
, candidate AS (SELECT * FROM edge)
-- include: matched
SELECT shown_source AS source, type, shown_target AS target, status, count, articles, sources, confidence, first_seen,
    last_seen, turned
FROM (
    SELECT CASE WHEN straight THEN source ELSE target END AS shown_source, type,
        CASE WHEN straight THEN target ELSE source END AS shown_target, status, count, articles, sources, confidence,
        first_seen, last_seen, NOT straight AS turned
    FROM matched
    WHERE (straight OR flipped) AND coalesce(last_seen, '') <= :after_seen
        AND (
            (coalesce(last_seen, ''), count) < (:after_seen, :after_count)
            OR (
                (coalesce(last_seen, ''), count) = (:after_seen, :after_count)
                AND (shown_source, type, shown_target, status, turned)
                    > (:after_source, :after_type, :after_target, :after_status, :after_turned)
            )
        )
    ORDER BY coalesce(last_seen, '') DESC, count DESC, shown_source, type, shown_target, status, turned
    LIMIT :limit
)

-- name: weigh
SELECT count(*) AS actors, coalesce(sum(count), 0) AS events FROM actor WHERE id = :id OR country = :id

-- name: evidence
SELECT event.*, title, url, publisher, published, article.story AS article_story
FROM event CROSS JOIN article ON article.id = event.article
WHERE source = :source AND target = :target AND type = :type AND status = :status
    AND (:article IS NULL OR event.article = :article)
    AND (NOT :dated OR date BETWEEN :since AND :until)
ORDER BY date DESC, confidence DESC, event.article, sentence_start, trigger_start, event.id
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
SELECT id, title, url, publisher, published, story
FROM article
WHERE coalesce(published, '') <= :after_day
    AND (coalesce(published, '') < :after_day OR id > :after_id)
ORDER BY coalesce(published, '') DESC, id
LIMIT :limit

-- name: article
SELECT id, title, url, publisher, published, story, text FROM article WHERE id = :id

-- name: events
SELECT * FROM event WHERE article = :article
ORDER BY sentence_start, trigger_start, type, source, target, id

-- name: relation
SELECT event.*, text, title, url, publisher, published, article.story AS article_story
FROM event JOIN article ON article.id = event.article
WHERE event.id = :id

-- name: history
-- include: matching
SELECT event.id FROM matching JOIN event ON event.rowid = number
WHERE coalesce(matching.date, '') <= :after_day AND (coalesce(matching.date, '') < :after_day OR event.id > :after_id)
ORDER BY coalesce(matching.date, '') DESC, event.id
LIMIT :limit

-- name: all_history
SELECT id, date AS day FROM event
WHERE date <= :after_day AND (date < :after_day OR id > :after_id) AND date BETWEEN :since AND :until
    AND type IN (SELECT value FROM json_each(:types))
    AND status IN (SELECT value FROM json_each(:statuses))
    AND confidence >= :least
UNION ALL
SELECT id, '' FROM event
WHERE date IS NULL AND NOT :dated AND ('' < :after_day OR id > :after_id)
    AND type IN (SELECT value FROM json_each(:types))
    AND status IN (SELECT value FROM json_each(:statuses))
    AND confidence >= :least
ORDER BY day DESC, id
LIMIT :limit

-- name: tally
-- include: matching
SELECT substr(coalesce(date, ''), 1, 7) AS month, type, status, count(*) AS count FROM matching GROUP BY 1, 2, 3

-- name: month_sources
-- include: matching
SELECT substr(date, 1, 7) AS month, count(DISTINCT coalesce(story, article)) AS sources
FROM matching WHERE date IS NOT NULL GROUP BY 1

-- name: tone
-- By month and type, or by year, type and status.
SELECT CASE WHEN :by_year THEN substr(month, 1, 4) ELSE month END AS month, type,
    CASE WHEN :by_year THEN status ELSE 'occurred' END AS status, sum(count) AS count
FROM tone
WHERE code = :code AND month BETWEEN :since_month AND :until_month
    AND type IN (SELECT value FROM json_each(:types))
    AND status IN (SELECT value FROM json_each(:statuses))
GROUP BY 1, 2, 3

-- name: strongest_actors
SELECT id, kind, name, country, qid, count FROM actor ORDER BY count DESC, id LIMIT :top

-- name: top_actors
-- include: matching
, side AS (
    SELECT source AS id FROM matching UNION ALL SELECT target FROM matching WHERE target <> source
), strongest AS (
    SELECT id, count(*) AS count FROM side GROUP BY id ORDER BY count(*) DESC, id LIMIT :top
)
SELECT actor.id, kind, name, country, qid, strongest.count FROM strongest JOIN actor USING (id)
ORDER BY strongest.count DESC, actor.id

-- name: strongest_pairs
SELECT first, second, count FROM pair ORDER BY count DESC, first, second LIMIT :top

-- name: pair_types
SELECT type, sum(count) AS count FROM edge
WHERE (source = :first AND target = :second OR source = :second AND target = :first)
    AND status IN (SELECT value FROM json_each(:statuses))
GROUP BY type

-- name: top_pairs
-- include: matching
, counted AS (
    SELECT min(source, target) AS first, max(source, target) AS second, type, count(*) AS count
    FROM matching WHERE source <> target GROUP BY 1, 2, 3
), strongest AS (
    SELECT first, second, sum(count) AS total FROM counted
    GROUP BY first, second ORDER BY sum(count) DESC, first, second LIMIT :top
)
SELECT first, second, total, type, counted.count FROM strongest JOIN counted USING (first, second)
ORDER BY total DESC, first, second, type

-- name: folded
-- include: matching
SELECT source, type, target, status, count(*) AS count, count(DISTINCT article) AS articles,
    count(DISTINCT coalesce(story, article)) AS sources, max(confidence) AS confidence,
    min(date) AS first_seen, max(date) AS last_seen, 0 AS turned
FROM matching GROUP BY source, type, target, status
ORDER BY count(*) DESC, coalesce(max(date), '') DESC, source, type, target, status

-- name: steps
SELECT second AS other, happening AS count, kind FROM pair JOIN actor ON actor.id = second
WHERE first = :id AND happening > 0
UNION ALL
SELECT first, happening, kind FROM pair JOIN actor ON actor.id = first
WHERE second = :id AND happening > 0

-- name: steps_between
SELECT first, second, happening AS count FROM pair
WHERE happening > 0 AND first IN (SELECT value FROM json_each(:ones)) AND second IN (SELECT value FROM json_each(:twos))

-- name: strongest_step
SELECT source, type, target, status, count, articles, sources, confidence, first_seen, last_seen, 0 AS turned
FROM edge
WHERE (source = :first AND target = :second OR source = :second AND target = :first) AND status <> 'denied'
ORDER BY count DESC, coalesce(last_seen, '') DESC, source, type, target, status
LIMIT 1

-- name: article_keys
SELECT DISTINCT source, target, type, status FROM event WHERE article = :id

-- name: article_tone
SELECT substr(coalesce(date, ''), 1, 7) AS month, type, status, source, target FROM event WHERE article = :id

-- name: article_sides
SELECT actor, count(*) AS count FROM (
    SELECT source AS actor FROM event WHERE article = :id
    UNION ALL SELECT target FROM event WHERE article = :id AND target <> source
) GROUP BY actor

-- name: delete_events
DELETE FROM event WHERE article = :id

-- name: delete_article
DELETE FROM article WHERE id = :id

-- name: delete_edge
DELETE FROM edge WHERE source = :source AND target = :target AND type = :type AND status = :status

-- name: fold_edge
INSERT INTO edge (source, target, type, status, count, articles, sources, confidence, first_seen, last_seen)
SELECT source, target, type, status, count(*), count(DISTINCT article), count(DISTINCT coalesce(story, article)),
    max(confidence), min(date), max(date)
FROM event WHERE source = :source AND target = :target AND type = :type AND status = :status
GROUP BY source, target, type, status

-- name: delete_pair
DELETE FROM pair WHERE first = :first AND second = :second

-- name: fold_pair
INSERT INTO pair (first, second, count, happening)
SELECT :first, :second, sum(count), sum(CASE WHEN status = 'denied' THEN 0 ELSE count END)
FROM edge WHERE source = :first AND target = :second OR source = :second AND target = :first
GROUP BY 1, 2

-- name: lessen_tone
UPDATE tone SET count = count - :count WHERE code = :code AND month = :month AND type = :type AND status = :status

-- name: sweep_tone
DELETE FROM tone WHERE count = 0 AND code = :code AND month = :month AND type = :type AND status = :status

-- name: actor_row
SELECT pk, name, count FROM actor WHERE id = :id

-- name: forget_actor_words
INSERT INTO actor_words (actor_words, rowid, words) VALUES ('delete', :pk, :words)

-- name: delete_actor
DELETE FROM actor WHERE id = :id

-- name: wordless_events
SELECT event.id FROM event LEFT JOIN article ON article.id = event.article
LEFT JOIN actor AS s ON s.id = source LEFT JOIN actor AS t ON t.id = target
WHERE article.id IS NULL OR s.id IS NULL OR t.id IS NULL
    OR trigger_start < sentence_start OR trigger_end > sentence_end
ORDER BY event.id
LIMIT :limit

-- name: places
SELECT event.id, sentence, sentence_start, sentence_end, trigger_text, trigger_start, trigger_end, text
FROM event JOIN article ON article.id = event.article

-- name: wrong_edges
WITH right AS (
    SELECT source, target, type, status, count(*), count(DISTINCT article), count(DISTINCT coalesce(story, article)),
        max(confidence), min(date), max(date)
    FROM event GROUP BY source, target, type, status
)
SELECT source, target, type, status FROM (
    SELECT * FROM (SELECT * FROM right EXCEPT
        SELECT source, target, type, status, count, articles, sources, confidence, first_seen, last_seen FROM edge)
    UNION SELECT * FROM (
        SELECT source, target, type, status, count, articles, sources, confidence, first_seen, last_seen FROM edge
        EXCEPT SELECT * FROM right)
) GROUP BY source, target, type, status LIMIT :limit

-- name: wrong_pairs
WITH right AS (
    SELECT min(source, target) AS first, max(source, target) AS second, count(*),
        sum(status <> 'denied') FROM event WHERE source <> target GROUP BY 1, 2
)
SELECT first, second FROM (
    SELECT * FROM (SELECT * FROM right EXCEPT SELECT first, second, count, happening FROM pair)
    UNION SELECT * FROM (SELECT first, second, count, happening FROM pair EXCEPT SELECT * FROM right)
) GROUP BY first, second LIMIT :limit

-- name: wrong_months
WITH side AS (
    SELECT substr(coalesce(date, ''), 1, 7) AS month, type, status, source, target,
        coalesce(s.country, s.id) AS one, coalesce(t.country, t.id) AS two
    FROM event JOIN actor AS s ON s.id = source JOIN actor AS t ON t.id = target
), right AS (
    SELECT code, month, type, status, count(*) FROM (
        SELECT '' AS code, month, type, status FROM side
        UNION ALL SELECT one, month, type, status FROM side
        UNION ALL SELECT two, month, type, status FROM side WHERE two <> one
        UNION ALL SELECT source, month, type, status FROM side WHERE source NOT IN (one, two)
        UNION ALL SELECT target, month, type, status FROM side WHERE target NOT IN (source, one, two)
    ) GROUP BY code, month, type, status
)
SELECT code, month FROM (
    SELECT * FROM (SELECT * FROM right EXCEPT SELECT * FROM tone)
    UNION SELECT * FROM (SELECT * FROM tone EXCEPT SELECT * FROM right)
) GROUP BY code, month LIMIT :limit

-- name: wrong_actors
SELECT id FROM actor
WHERE count <> (SELECT count(*) FROM event WHERE source = actor.id)
    + (SELECT count(*) FROM event WHERE target = actor.id AND source <> target)
ORDER BY id LIMIT :limit

-- name: right_state
SELECT (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM actor) AS actors,
    (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM edge) AS edges
