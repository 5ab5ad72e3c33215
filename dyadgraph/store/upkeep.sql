-- How the SQLite store takes out an article, and checks all that is kept folded.

-- name: article_number
SELECT pk FROM article WHERE id = :id

-- name: article_edges
SELECT DISTINCT source, target, type, status FROM told WHERE pk IN (SELECT pk FROM event WHERE article = :article)

-- name: article_events
SELECT event.day / 100 AS month, event.type, event.status, denied.id IS NOT NULL AS is_denied, s.id AS source,
    t.id AS target, event.source AS source_pk, event.target AS target_pk, source_code, target_code,
    one.id AS one, two.id AS two
FROM event
JOIN actor AS s ON s.pk = event.source JOIN actor AS t ON t.pk = event.target
JOIN code AS one ON one.pk = source_code JOIN code AS two ON two.pk = target_code
LEFT JOIN word AS denied ON denied.pk = event.status AND denied.id = 'denied'
WHERE article = :article

-- name: delete_events
DELETE FROM event WHERE article = :article

-- name: delete_article
DELETE FROM article WHERE pk = :article

-- name: delete_edge
DELETE FROM edge WHERE source = :source AND target = :target AND type = :type AND status = :status

-- name: fold_edge
WITH matching AS (
    SELECT * FROM event
    WHERE source = (SELECT pk FROM actor WHERE id = :source) AND target = (SELECT pk FROM actor WHERE id = :target)
        AND type = (SELECT pk FROM word WHERE id = :type) AND status = (SELECT pk FROM word WHERE id = :status)
), edges AS (
    -- include: folding
)
INSERT INTO edge (
    source, target, source_code, target_code, type, status, count, articles, sources, confidence, first_seen, last_seen
)
-- include: named_edges

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

-- name: lessen_around
UPDATE around SET count = count - :count WHERE code = :code AND other = :other AND type = :type

-- name: sweep_around
DELETE FROM around WHERE count = 0 AND code = :code AND other = :other AND type = :type

-- name: actor_row
SELECT id, name, count FROM actor WHERE pk = :pk

-- name: lessen_actor
UPDATE actor SET count = count - :count WHERE pk = :pk

-- name: forget_actor_words
INSERT INTO actor_words (actor_words, rowid, words) VALUES ('delete', :pk, :words)

-- name: delete_actor
DELETE FROM actor WHERE pk = :pk

-- name: delete_codes
-- A code that nobody counts as is not known.
DELETE FROM code WHERE id = :id AND NOT EXISTS (SELECT 1 FROM actor WHERE actor.code = code.pk)

-- name: wordless_events
SELECT event.id FROM event LEFT JOIN told USING (pk)
WHERE told.pk IS NULL OR event.trigger_start < event.sentence_start OR event.trigger_end > event.sentence_end
ORDER BY event.id
LIMIT :limit

-- name: places
SELECT id, sentence, sentence_start, sentence_end, trigger_text, trigger_start, trigger_end, text FROM told

-- name: wrong_codes
SELECT event.id FROM event JOIN actor AS s ON s.pk = source JOIN actor AS t ON t.pk = target
LEFT JOIN code AS one ON one.pk = s.code LEFT JOIN code AS two ON two.pk = t.code
WHERE source_code <> s.code OR target_code <> t.code
    OR one.id IS NOT coalesce(s.country, s.id) OR two.id IS NOT coalesce(t.country, t.id)
ORDER BY event.id
LIMIT :limit

-- name: wrong_edges
WITH matching AS (
    SELECT * FROM event
), right AS (
    -- include: folding
), kept AS (
    SELECT s.pk, t.pk, source_code, target_code, type.pk, status.pk, edge.count, articles, sources, confidence,
        CAST(replace(first_seen, '-', '') AS INTEGER), CAST(replace(last_seen, '-', '') AS INTEGER)
    FROM edge LEFT JOIN actor AS s ON s.id = source LEFT JOIN actor AS t ON t.id = target
    LEFT JOIN word AS type ON type.id = edge.type LEFT JOIN word AS status ON status.id = edge.status
), differing AS (
    SELECT * FROM (SELECT * FROM right EXCEPT SELECT * FROM kept)
    UNION SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM right)
)
SELECT DISTINCT s.id AS source, t.id AS target, type.id AS type, status.id AS status
FROM differing LEFT JOIN actor AS s ON s.pk = source LEFT JOIN actor AS t ON t.pk = target
LEFT JOIN word AS type ON type.pk = differing.type LEFT JOIN word AS status ON status.pk = differing.status
ORDER BY 1, 2, 3, 4 LIMIT :limit

-- name: wrong_pairs
WITH right AS (
    -- include: right_pairs
)
SELECT first, second FROM (
    SELECT * FROM (SELECT * FROM right EXCEPT SELECT first, second, count, happening FROM pair)
    UNION SELECT * FROM (SELECT first, second, count, happening FROM pair EXCEPT SELECT * FROM right)
) GROUP BY first, second LIMIT :limit

-- name: wrong_months
WITH right AS (
    -- include: right_tone
)
SELECT code, month FROM (
    SELECT * FROM (SELECT * FROM right EXCEPT SELECT * FROM tone)
    UNION SELECT * FROM (SELECT * FROM tone EXCEPT SELECT * FROM right)
) GROUP BY code, month LIMIT :limit

-- name: wrong_neighbours
WITH right AS (
    -- include: right_around
), differing AS (
    SELECT * FROM (SELECT * FROM right EXCEPT SELECT * FROM around)
    UNION SELECT * FROM (SELECT * FROM around EXCEPT SELECT * FROM right)
)
SELECT DISTINCT code.id AS code, actor.id AS other
FROM differing LEFT JOIN code ON code.pk = differing.code LEFT JOIN actor ON actor.pk = other
ORDER BY 1, 2 LIMIT :limit

-- name: wrong_actors
SELECT id FROM actor
WHERE count <> (SELECT count(*) FROM event WHERE source = actor.pk)
    + (SELECT count(*) FROM event WHERE target = actor.pk AND source <> target)
ORDER BY id LIMIT :limit

-- name: right_state
SELECT (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM actor) AS actors,
    (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM edge) AS edges
