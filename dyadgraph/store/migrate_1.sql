-- From schema 1 to 2: stories, and the folded tables that schema.sql then makes and rebuild.sql fills.
ALTER TABLE article ADD COLUMN story TEXT;
ALTER TABLE event ADD COLUMN story TEXT;
DROP INDEX event_pair;
DROP INDEX event_target;
DROP INDEX event_date;
DROP TABLE edge;
