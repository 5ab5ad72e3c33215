-- How the SQLite store finds the events and edges that a question asks for. Lists of types and statuses travel as JSON;
-- ids never do, for SQLite's JSON ends a text at its first NUL.

-- name: resolve
-- The numbers of what a question names: of the code, and of the actor where it counts as somebody else; -1 is nobody.
-- A mask has a bit for each type or status.
SELECT
    coalesce((SELECT pk FROM code WHERE id = :near), -1) AS near_code,
    coalesce(
        (SELECT pk FROM actor WHERE id = :near AND code IS NOT (SELECT pk FROM code WHERE id = :near)), -1
    ) AS near_id,
    coalesce((SELECT pk FROM code WHERE id = :far), -1) AS far_code,
    coalesce(
        (SELECT pk FROM actor WHERE id = :far AND code IS NOT (SELECT pk FROM code WHERE id = :far)), -1
    ) AS far_id,
    coalesce((SELECT pk FROM code WHERE id = :source), -1) AS source_code,
    coalesce(
        (SELECT pk FROM actor WHERE id = :source AND code IS NOT (SELECT pk FROM code WHERE id = :source)), -1
    ) AS source_id,
    coalesce((SELECT pk FROM code WHERE id = :target), -1) AS target_code,
    coalesce(
        (SELECT pk FROM actor WHERE id = :target AND code IS NOT (SELECT pk FROM code WHERE id = :target)), -1
    ) AS target_id,
    coalesce((SELECT pk FROM code WHERE id = :actor), -1) AS actor_code,
    coalesce(
        (SELECT pk FROM actor WHERE id = :actor AND code IS NOT (SELECT pk FROM code WHERE id = :actor)), -1
    ) AS actor_id,
    coalesce((SELECT pk FROM article WHERE id = :article), -1) AS article_id,
    (SELECT coalesce(sum(1 << pk), 0) FROM word WHERE id IN (SELECT value FROM json_each(:types))) AS type_mask,
    (SELECT coalesce(sum(1 << pk), 0) FROM word WHERE id IN (SELECT value FROM json_each(:statuses))) AS status_mask,
    (SELECT coalesce(sum(1 << pk), 0) FROM word WHERE id IN (SELECT value FROM json_each(:symmetric))) AS symmetric_mask

-- name: weigh
-- Events and actors of a side.
SELECT count(*) AS actors, coalesce(sum(count), 0) AS events FROM actor
WHERE id = :id OR code = (SELECT pk FROM code WHERE id = :id)

-- name: row
SELECT pk, source, target, source_code, target_code, type, status, day, article, story, confidence FROM event

-- name: happening
-- Events that may answer, by the quickest way to them. Undated ones have day 0, which only an undated question spans.
-- (A plus keeps the planner off an index: it would walk all events of a country for those of one of its persons.)
WITH happening AS (
    -- include: row
    WHERE :folds AND article = :article_id AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND :near IS NULL AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND :far IS NULL AND source_code = :near_code
        AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND :far IS NULL AND source = :near_id AND source_code <> :near_code
        AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND :far IS NULL AND target_code = :near_code
        AND NOT (source_code = :near_code OR source = :near_id) AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND :far IS NULL AND target = :near_id AND target_code <> :near_code
        AND NOT (source_code = :near_code OR source = :near_id) AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND source_code = :near_code AND target_code = :far_code
        AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND +source_code = :near_code AND target = :far_id AND target_code <> :far_code
        AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND source = :near_id AND source_code <> :near_code
        AND (+target_code = :far_code OR target = :far_id) AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND source_code = :far_code AND target_code = :near_code
        AND NOT ((source_code = :near_code OR source = :near_id) AND (target_code = :far_code OR target = :far_id))
        AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND +source_code = :far_code AND target = :near_id AND target_code <> :near_code
        AND NOT ((source_code = :near_code OR source = :near_id) AND (target_code = :far_code OR target = :far_id))
        AND day BETWEEN :since_day AND :until_day
    UNION ALL
    -- include: row
    WHERE :folds AND :article IS NULL AND source = :far_id AND source_code <> :far_code
        AND (+target_code = :near_code OR target = :near_id)
        AND NOT ((source_code = :near_code OR source = :near_id) AND (target_code = :far_code OR target = :far_id))
        AND day BETWEEN :since_day AND :until_day
)

-- name: fits
-- Whether an event answers.
    (:type_mask >> type & 1) AND (:status_mask >> status & 1) AND confidence >= :least
    AND (
        NOT :paired
        OR (source_code = :near_code OR source = :near_id) AND (target_code = :far_code OR target = :far_id)
        OR (source_code = :far_code OR source = :far_id) AND (target_code = :near_code OR target = :near_id)
    )
    AND (
        :actor IS NULL
        OR source_code = :actor_code OR source = :actor_id OR target_code = :actor_code OR target = :actor_id
    )
    AND (
        (:source IS NULL OR source_code = :source_code OR source = :source_id)
        AND (:target IS NULL OR target_code = :target_code OR target = :target_id)
        OR (:symmetric_mask >> type & 1)
        AND (:source IS NULL OR target_code = :source_code OR target = :source_id)
        AND (:target IS NULL OR source_code = :target_code OR source = :target_id)
    )

-- name: matching
-- Events that answer.
-- include: happening
, matching AS (
    SELECT * FROM happening WHERE
    -- include: fits
)

-- name: folded
-- All edges of the events that answer, with what puts them in order.
-- include: matching
, edges AS (
    SELECT source, target, type, status, count(*) AS count, max(day) AS last_day
    FROM matching GROUP BY source, target, type, status
)
SELECT s.id, t.id, type.id, status.id, edges.count
FROM edges
JOIN actor AS s ON s.pk = source JOIN actor AS t ON t.pk = target
JOIN word AS type ON type.pk = edges.type JOIN word AS status ON status.pk = edges.status
ORDER BY edges.count DESC, last_day DESC, s.id, type.id, t.id, status.id

-- name: whole_edge
-- One of them with all its numbers.
SELECT :edge_source AS source, :edge_type AS type, :edge_target AS target, :edge_status AS status, count(*) AS count,
    count(DISTINCT article) AS articles, count(DISTINCT story) AS sources, max(confidence) AS confidence,
    min(nullif(day, 0)) AS first_seen, max(nullif(day, 0)) AS last_seen, 0 AS turned
FROM event
WHERE source = (SELECT pk FROM actor WHERE id = :edge_source)
    AND target = (SELECT pk FROM actor WHERE id = :edge_target)
    AND type = (SELECT pk FROM word WHERE id = :edge_type) AND status = (SELECT pk FROM word WHERE id = :edge_status)
    AND day BETWEEN :since_day AND :until_day AND confidence >= :least
    AND (:article IS NULL OR article = :article_id)

-- name: edge_row
SELECT source, target, source_code, target_code, type, status, count, articles, sources, confidence, first_seen,
    last_seen
FROM edge

-- name: matched
-- Edges that answer, as they stand or turned.
, matched AS (
    SELECT candidate.*,
        (:source IS NULL OR source_code = :source_code OR source = :source)
            AND (:target IS NULL OR target_code = :target_code OR target = :target) AS straight,
        type IN (SELECT value FROM json_each(:symmetric))
            AND (:source IS NULL OR target_code = :source_code OR target = :source)
            AND (:target IS NULL OR source_code = :target_code OR source = :target) AS flipped
    FROM candidate
    WHERE type IN (SELECT value FROM json_each(:types))
        AND status IN (SELECT value FROM json_each(:statuses))
        AND confidence >= :least
        AND (
            NOT :paired
            OR (source_code = :near_code OR source = :near) AND (target_code = :far_code OR target = :far)
            OR (source_code = :far_code OR source = :far) AND (target_code = :near_code OR target = :near)
        )
        AND (
            :actor IS NULL
            OR source_code = :actor_code OR source = :actor OR target_code = :actor_code OR target = :actor
        )
)

-- name: relations
-- An edge is as sure as its surest event, so that events are chosen by type and status alone.
-- include: happening
, matching AS (
    SELECT * FROM happening WHERE (:type_mask >> type & 1) AND (:status_mask >> status & 1)
), edges AS (
    -- include: folding
), candidate AS (
    -- include: edge_row
    WHERE NOT :folds AND :far IS NULL AND source_code = :near_code
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND :far IS NULL AND source = :near AND source_code <> :near_code
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND :far IS NULL AND target_code = :near_code
        AND NOT (source_code = :near_code OR source = :near)
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND :far IS NULL AND target = :near AND target_code <> :near_code
        AND NOT (source_code = :near_code OR source = :near)
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND source_code = :near_code AND target_code = :far_code
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND +source_code = :near_code AND target = :far AND target_code <> :far_code
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND source = :near AND source_code <> :near_code AND (target_code = :far_code OR target = :far)
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND source_code = :far_code AND target_code = :near_code
        AND NOT ((source_code = :near_code OR source = :near) AND (target_code = :far_code OR target = :far))
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND +source_code = :far_code AND target = :near AND target_code <> :near_code
        AND NOT ((source_code = :near_code OR source = :near) AND (target_code = :far_code OR target = :far))
    UNION ALL
    -- include: edge_row
    WHERE NOT :folds AND source = :far AND source_code <> :far_code AND (target_code = :near_code OR target = :near)
        AND NOT ((source_code = :near_code OR source = :near) AND (target_code = :far_code OR target = :far))
    UNION ALL
    -- include: named_edges
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

-- name: shown
-- Edges that answer, the way they are shown.
SELECT CASE WHEN straight THEN source ELSE target END AS shown_source, type,
    CASE WHEN straight THEN target ELSE source END AS shown_target, status, count, articles, sources, confidence,
    first_seen, last_seen, NOT straight AS turned
FROM matched
WHERE (straight OR flipped)

-- name: strongest_of
-- Of actors who are in much of everything: down the strongest edges until enough of theirs are found.
WITH candidate AS (SELECT * FROM edge)
-- include: matched
SELECT shown_source AS source, type, shown_target AS target, status, count, articles, sources, confidence, first_seen,
    last_seen, turned
FROM (
    -- include: shown
        AND count <= :after_count
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
WITH candidate AS (SELECT * FROM edge)
-- include: matched
SELECT shown_source AS source, type, shown_target AS target, status, count, articles, sources, confidence, first_seen,
    last_seen, turned
FROM (
    -- include: shown
        AND coalesce(last_seen, '') <= :after_seen
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
