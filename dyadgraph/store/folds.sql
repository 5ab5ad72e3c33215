-- What is kept folded, worked out from the events: to answer, to check and to rebuild.

-- name: folding
-- Some events as edges, with the numbers of what they join.
SELECT source, target, source_code, target_code, type, status, count(*) AS count, count(DISTINCT article) AS articles,
    count(DISTINCT story) AS sources, max(confidence) AS confidence, min(nullif(day, 0)) AS first_day,
    max(nullif(day, 0)) AS last_day
FROM matching GROUP BY source, target, type, status

-- name: named_edges
-- Such edges as they are kept: ids and dates.
SELECT s.id, t.id, source_code, target_code, type.id, status.id, edges.count, articles, sources, confidence,
    CASE WHEN first_day THEN printf('%04d-%02d-%02d', first_day / 10000, first_day / 100 % 100, first_day % 100) END,
    CASE WHEN last_day THEN printf('%04d-%02d-%02d', last_day / 10000, last_day / 100 % 100, last_day % 100) END
FROM edges
JOIN actor AS s ON s.pk = source JOIN actor AS t ON t.pk = target
JOIN word AS type ON type.pk = edges.type JOIN word AS status ON status.pk = edges.status

-- name: right_pairs
SELECT min(source, target) AS first, max(source, target) AS second, sum(count),
    sum(CASE WHEN status = 'denied' THEN 0 ELSE count END)
FROM edge WHERE source <> target GROUP BY 1, 2

-- name: right_around
SELECT code, other, type, count(*) FROM (
    SELECT source_code AS code, target AS other, type, status FROM event WHERE source_code <> target_code
    UNION ALL SELECT target_code, source, type, status FROM event WHERE source_code <> target_code
)
WHERE status NOT IN (SELECT pk FROM word WHERE id = 'denied')
GROUP BY code, other, type

-- name: right_tone
SELECT code, month, type, status, count(*) FROM (
    WITH side AS (
        SELECT day / 100 AS month, type, status, s.id AS source, t.id AS target, one.id AS one, two.id AS two
        FROM event JOIN actor AS s ON s.pk = source JOIN actor AS t ON t.pk = target
        JOIN code AS one ON one.pk = source_code JOIN code AS two ON two.pk = target_code
    )
    SELECT '' AS code, month, type, status FROM side
    UNION ALL SELECT one, month, type, status FROM side
    UNION ALL SELECT two, month, type, status FROM side WHERE two <> one
    UNION ALL SELECT source, month, type, status FROM side WHERE source NOT IN (one, two)
    UNION ALL SELECT target, month, type, status FROM side WHERE target NOT IN (source, one, two)
)
GROUP BY code, month, type, status
