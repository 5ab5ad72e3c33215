-- What the SQLite store counts for summaries.

-- name: tally
-- By month and type, or by year, type and status, as what is kept folded is given.
-- include: matching
, tally AS (
    SELECT CASE WHEN :by_year THEN day / 10000 ELSE day / 100 END AS shown, type,
        CASE WHEN :by_year THEN status END AS status, count(*) AS count
    FROM matching GROUP BY 1, 2, 3
)
SELECT CASE WHEN NOT shown THEN '' WHEN :by_year THEN printf('%04d', shown)
    ELSE printf('%04d-%02d', shown / 100, shown % 100) END AS month,
    type.id AS type, CASE WHEN :by_year THEN status.id ELSE 'occurred' END AS status, count
FROM tally JOIN word AS type ON type.pk = tally.type LEFT JOIN word AS status ON status.pk = tally.status

-- name: month_sources
-- include: matching
SELECT printf('%04d-%02d', month / 100, month % 100) AS month, sources FROM (
    SELECT day / 100 AS month, count(DISTINCT story) AS sources FROM matching WHERE day GROUP BY 1
)

-- name: tone
-- By month and type, or by year, type and status.
SELECT CASE WHEN NOT shown THEN '' WHEN :by_year THEN printf('%04d', shown) ELSE printf('%04d-%02d', shown / 100, shown % 100)
    END AS month, type.id AS type, CASE WHEN :by_year THEN status.id ELSE 'occurred' END AS status, counted.count
FROM (
    SELECT CASE WHEN :by_year THEN month / 100 ELSE month END AS shown, type, CASE WHEN :by_year THEN status END AS status,
        sum(count) AS count
    FROM tone
    WHERE code = :code AND month BETWEEN :since_month AND :until_month
        AND (:type_mask >> type & 1) AND (:status_mask >> status & 1)
    GROUP BY 1, 2, 3
) AS counted
JOIN word AS type ON type.pk = counted.type LEFT JOIN word AS status ON status.pk = counted.status

-- name: strongest_actors
SELECT id, kind, name, country, qid, count FROM actor ORDER BY count DESC, id LIMIT :top

-- name: top_actors
-- include: matching
, side AS (
    SELECT source AS pk FROM matching UNION ALL SELECT target FROM matching WHERE target <> source
), counted AS (
    SELECT pk, count(*) AS count FROM side GROUP BY pk
)
SELECT id, kind, name, country, qid, counted.count FROM counted JOIN actor USING (pk)
ORDER BY counted.count DESC, id LIMIT :top

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
    SELECT min(source, target) AS one, max(source, target) AS two, type, count(*) AS count
    FROM matching WHERE source <> target GROUP BY 1, 2, 3
), strongest AS (
    SELECT one, two, sum(counted.count) AS total, min(s.id, t.id) AS first, max(s.id, t.id) AS second
    FROM counted JOIN actor AS s ON s.pk = one JOIN actor AS t ON t.pk = two
    GROUP BY one, two ORDER BY total DESC, first, second LIMIT :top
)
SELECT first, second, total, word.id AS type, counted.count
FROM strongest JOIN counted USING (one, two) JOIN word ON word.pk = counted.type
ORDER BY total DESC, first, second, word.id

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
