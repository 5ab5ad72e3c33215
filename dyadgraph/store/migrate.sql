-- Moves what an older schema kept into the tables of this one; rebuild.sql then works out the rest.
INSERT INTO code (id) SELECT DISTINCT coalesce(country, id) FROM old_actor;
INSERT INTO word (id) SELECT DISTINCT type FROM old_event UNION SELECT DISTINCT status FROM old_event;
INSERT INTO actor (pk, id, kind, name, country, qid, code)
SELECT pk, id, kind, name, country, qid, (SELECT code.pk FROM code WHERE code.id = coalesce(country, old_actor.id))
FROM old_actor;
INSERT INTO article (pk, id, title, url, publisher, published, story, text)
SELECT rowid, id, title, url, publisher, published, story, text FROM old_article;
INSERT INTO story (pk, id)
SELECT DISTINCT known.pk, known.id FROM old_article JOIN article AS known ON known.id = old_article.story;
INSERT INTO story (pk, id)
SELECT (SELECT max(pk) FROM article) + row_number() OVER (ORDER BY story), story
FROM (SELECT DISTINCT story FROM old_article WHERE story IS NOT NULL AND story NOT IN (SELECT id FROM story));
INSERT INTO event (
    id, source, target, source_code, target_code, type, status, day, article, story, confidence, sentence,
    sentence_start, sentence_end, trigger_text, trigger_start, trigger_end, evidence_date, rule, mode, context
)
SELECT old_event.id, s.pk, t.pk, s.code, t.code, type.pk, status.pk,
    coalesce(CAST(replace(date, '-', '') AS INTEGER), 0), article.pk, coalesce(story.pk, article.pk), confidence, sentence,
    sentence_start, sentence_end, trigger_text, trigger_start, trigger_end, evidence_date, rule, mode, context
FROM old_event
JOIN actor AS s ON s.id = old_event.source JOIN actor AS t ON t.id = old_event.target
JOIN word AS type ON type.id = old_event.type JOIN word AS status ON status.id = old_event.status
JOIN article ON article.id = old_event.article LEFT JOIN story ON story.id = article.story;
DROP TABLE old_event;
DROP TABLE old_article;
DROP TABLE old_actor;
