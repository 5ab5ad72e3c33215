-- From schema 2 to 3: events in numbers. The old tables step aside, schema.sql makes the new ones, migrate.sql fills them.
DROP INDEX IF EXISTS event_pair;
DROP INDEX IF EXISTS event_target;
DROP INDEX IF EXISTS event_date;
DROP INDEX IF EXISTS event_article;
DROP INDEX IF EXISTS actor_country;
DROP INDEX IF EXISTS actor_count;
DROP INDEX IF EXISTS article_story;
DROP INDEX IF EXISTS article_published;
DROP TABLE edge;
DROP TABLE IF EXISTS pair;
DROP TABLE IF EXISTS tone;
ALTER TABLE event RENAME TO old_event;
ALTER TABLE article RENAME TO old_article;
ALTER TABLE actor RENAME TO old_actor;
