-- All that is kept folded, worked out anew from the events; runs inside one transaction.
INSERT OR IGNORE INTO code (id) SELECT coalesce(country, id) FROM actor;
UPDATE actor SET code = (SELECT pk FROM code WHERE id = coalesce(country, actor.id));
DELETE FROM code WHERE pk NOT IN (SELECT code FROM actor);
UPDATE event SET source_code = s.code, target_code = t.code FROM actor AS s, actor AS t
WHERE s.pk = event.source AND t.pk = event.target AND (source_code <> s.code OR target_code <> t.code);

DELETE FROM edge;
INSERT INTO edge (
    source, target, type, status, source_code, target_code, count, articles, sources, confidence, first_seen, last_seen
)
SELECT s.id, t.id, type.id, status.id, source_code, target_code, number, articles, sources, highest,
    CASE WHEN first THEN printf('%04d-%02d-%02d', first / 10000, first / 100 % 100, first % 100) END,
    CASE WHEN last THEN printf('%04d-%02d-%02d', last / 10000, last / 100 % 100, last % 100) END
FROM (
    SELECT source, target, type, status, source_code, target_code, count(*) AS number,
        count(DISTINCT article) AS articles, count(DISTINCT story) AS sources, max(confidence) AS highest,
        min(nullif(day, 0)) AS first, max(nullif(day, 0)) AS last
    FROM event GROUP BY source, target, type, status
) AS folded
JOIN actor AS s ON s.pk = source JOIN actor AS t ON t.pk = target
JOIN word AS type ON type.pk = folded.type JOIN word AS status ON status.pk = folded.status
ORDER BY 1, 2, 3, 4;

DELETE FROM pair;
INSERT INTO pair (first, second, count, happening)
SELECT min(source, target), max(source, target), sum(count), sum(CASE WHEN status = 'denied' THEN 0 ELSE count END)
FROM edge WHERE source <> target GROUP BY 1, 2;

DELETE FROM around;
INSERT INTO around (code, other, type, count)
SELECT code, other, type, count(*) FROM (
    SELECT source_code AS code, target AS other, type FROM event
    WHERE source_code <> target_code AND status NOT IN (SELECT pk FROM word WHERE id = 'denied')
    UNION ALL
    SELECT target_code, source, type FROM event
    WHERE source_code <> target_code AND status NOT IN (SELECT pk FROM word WHERE id = 'denied')
)
GROUP BY 1, 2, 3;

DELETE FROM tone;
INSERT INTO tone (code, month, type, status, count)
WITH side AS (
    SELECT event.day / 100 AS month, event.type, event.status, s.id AS source, t.id AS target, one.id AS one, two.id AS two
    FROM event JOIN actor AS s ON s.pk = source JOIN actor AS t ON t.pk = target
    JOIN code AS one ON one.pk = source_code JOIN code AS two ON two.pk = target_code
)
SELECT code, month, type, status, count(*) FROM (
    SELECT '' AS code, month, type, status FROM side
    UNION ALL SELECT one, month, type, status FROM side
    UNION ALL SELECT two, month, type, status FROM side WHERE two <> one
    UNION ALL SELECT source, month, type, status FROM side WHERE source NOT IN (one, two)
    UNION ALL SELECT target, month, type, status FROM side WHERE target NOT IN (source, one, two)
)
GROUP BY code, month, type, status;

UPDATE actor SET count = (SELECT count(*) FROM event WHERE source = actor.pk)
    + (SELECT count(*) FROM event WHERE target = actor.pk AND source <> target);

UPDATE state SET
    revision = revision + 1,
    articles = (SELECT count(*) FROM article),
    actors = (SELECT count(*) FROM actor),
    events = (SELECT count(*) FROM event),
    edges = (SELECT count(*) FROM edge);
