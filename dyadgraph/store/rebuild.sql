-- All that is kept folded, worked out anew from the events; runs inside one transaction.
DELETE FROM edge;
INSERT INTO edge (source, target, type, status, count, articles, sources, confidence, first_seen, last_seen)
SELECT source, target, type, status, count(*), count(DISTINCT article), count(DISTINCT coalesce(story, article)),
    max(confidence), min(date), max(date)
FROM event GROUP BY source, target, type, status;

DELETE FROM pair;
INSERT INTO pair (first, second, count, happening)
SELECT min(source, target), max(source, target), sum(count), sum(CASE WHEN status = 'denied' THEN 0 ELSE count END)
FROM edge WHERE source <> target GROUP BY 1, 2;

DELETE FROM tone;
INSERT INTO tone (code, month, type, status, count)
WITH side AS (
    SELECT event.id, substr(coalesce(date, ''), 1, 7) AS month, type, status, source, target,
        coalesce(s.country, s.id) AS one, coalesce(t.country, t.id) AS two
    FROM event JOIN actor AS s ON s.id = source JOIN actor AS t ON t.id = target
)
SELECT code, month, type, status, count(*) FROM (
    SELECT '' AS code, month, type, status FROM side
    UNION ALL SELECT one, month, type, status FROM side
    UNION ALL SELECT two, month, type, status FROM side WHERE two <> one
    UNION ALL SELECT source, month, type, status FROM side WHERE source NOT IN (one, two)
    UNION ALL SELECT target, month, type, status FROM side WHERE target NOT IN (source, one, two)
)
GROUP BY code, month, type, status;

UPDATE actor SET count = (SELECT count(*) FROM event WHERE source = actor.id)
    + (SELECT count(*) FROM event WHERE target = actor.id AND source <> target);

UPDATE state SET
    revision = revision + 1,
    articles = (SELECT count(*) FROM article),
    actors = (SELECT count(*) FROM actor),
    events = (SELECT count(*) FROM event),
    edges = (SELECT count(*) FROM edge);
