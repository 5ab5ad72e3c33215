-- All that is kept folded, worked out anew from the events; runs inside one transaction.
INSERT OR IGNORE INTO code (id) SELECT coalesce(country, id) FROM actor;
UPDATE actor SET code = (SELECT pk FROM code WHERE id = coalesce(country, actor.id));
DELETE FROM code WHERE pk NOT IN (SELECT code FROM actor);
UPDATE event SET source_code = s.code, target_code = t.code FROM actor AS s, actor AS t
WHERE s.pk = event.source AND t.pk = event.target AND (source_code <> s.code OR target_code <> t.code);

DELETE FROM edge;
WITH matching AS (
    SELECT * FROM event
), edges AS (
    -- include: folding
)
INSERT INTO edge (
    source, target, source_code, target_code, type, status, count, articles, sources, confidence, first_seen, last_seen
)
-- include: named_edges
ORDER BY s.id, t.id, type.id, status.id;

DELETE FROM pair;
INSERT INTO pair (first, second, count, happening)
-- include: right_pairs
;

DELETE FROM around;
INSERT INTO around (code, other, type, count)
-- include: right_around
;

DELETE FROM tone;
INSERT INTO tone (code, month, type, status, count)
-- include: right_tone
;

UPDATE actor SET count = (SELECT count(*) FROM event WHERE source = actor.pk)
    + (SELECT count(*) FROM event WHERE target = actor.pk AND source <> target);

UPDATE state SET
    revision = revision + 1,
    articles = (SELECT count(*) FROM article),
    actors = (SELECT count(*) FROM actor),
    events = (SELECT count(*) FROM event),
    edges = (SELECT count(*) FROM edge);
