-- From schema 1 to 2: stories.
ALTER TABLE article ADD COLUMN story TEXT;
ALTER TABLE event ADD COLUMN story TEXT;
