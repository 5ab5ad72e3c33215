-- The graph in one SQLite file. Does nothing where everything is there.

-- Numbers of the codes that actors count as (`country`, else the id), of types and of statuses (below 63: they fit a mask).
CREATE TABLE IF NOT EXISTS code (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS word (pk INTEGER PRIMARY KEY CHECK (pk < 63), id TEXT NOT NULL UNIQUE);

-- `count` is the number of events the actor takes part in.
CREATE TABLE IF NOT EXISTS actor (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    qid TEXT,
    code INTEGER NOT NULL REFERENCES code (pk),
    count INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS actor_code ON actor (code);
CREATE INDEX IF NOT EXISTS actor_count ON actor (count DESC, id);
CREATE VIRTUAL TABLE IF NOT EXISTS actor_words USING fts5 (
    words, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);

-- `story` is the article whose text this one repeats. The text stands last: a list of titles does not read the pages it fills.
CREATE TABLE IF NOT EXISTS article (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    url TEXT,
    publisher TEXT,
    published TEXT,
    story TEXT,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS article_story ON article (story) WHERE story IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_published ON article (coalesce(published, '') DESC, id);

-- Numbers of the articles that others repeat: theirs, or kept free for them while they are not there.
CREATE TABLE IF NOT EXISTS story (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);

-- Numbers instead of ids: what is counted is small. `day` is YYYYMMDD, 0 where unknown; `story` that of the article's
-- story, which is the article itself unless it repeats another.
CREATE TABLE IF NOT EXISTS event (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES actor (pk),
    target INTEGER NOT NULL REFERENCES actor (pk),
    source_code INTEGER NOT NULL,
    target_code INTEGER NOT NULL,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (pk),
    story INTEGER NOT NULL,
    confidence REAL NOT NULL,
    sentence TEXT NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    trigger_text TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    evidence_date TEXT,
    rule TEXT NOT NULL,
    mode TEXT,
    context TEXT
);
-- These hold all that is counted, so that a count reads no sentence: by actor, by code, by two codes, by day.
CREATE INDEX IF NOT EXISTS event_source
    ON event (source, target, type, status, day, confidence, article, story, source_code, target_code);
CREATE INDEX IF NOT EXISTS event_target
    ON event (target, day, source, type, status, confidence, article, story, source_code, target_code);
CREATE INDEX IF NOT EXISTS event_source_code
    ON event (source_code, day, target_code, source, target, type, status, confidence, article, story);
CREATE INDEX IF NOT EXISTS event_target_code
    ON event (target_code, day, source_code, source, target, type, status, confidence, article, story);
CREATE INDEX IF NOT EXISTS event_codes
    ON event (source_code, target_code, day, source, target, type, status, confidence, article, story);
CREATE INDEX IF NOT EXISTS event_day
    ON event (day, source, target, type, status, confidence, article, story, source_code, target_code);
CREATE INDEX IF NOT EXISTS event_article ON event (article);

-- An event as it was told, in words.
CREATE VIEW IF NOT EXISTS told AS
SELECT event.pk, event.id, s.id AS source, t.id AS target, type.id AS type, status.id AS status,
    CASE WHEN day THEN printf('%04d-%02d-%02d', day / 10000, day / 100 % 100, day % 100) END AS date,
    article.id AS article, article.title, article.url, article.publisher, article.published,
    article.story, article.text, sentence, sentence_start, sentence_end, trigger_text, trigger_start, trigger_end,
    evidence_date, rule, confidence, mode, context
FROM event
CROSS JOIN actor AS s ON s.pk = event.source
CROSS JOIN actor AS t ON t.pk = event.target
CROSS JOIN word AS type ON type.pk = event.type
CROSS JOIN word AS status ON status.pk = event.status
CROSS JOIN article ON article.pk = event.article;

-- Events folded by source, target, type and status; `confidence` is the highest. In words, for lists are in their order.
CREATE TABLE IF NOT EXISTS edge (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    source_code INTEGER NOT NULL,
    target_code INTEGER NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    sources INTEGER NOT NULL DEFAULT 0,
    confidence REAL NOT NULL DEFAULT 0,
    first_seen TEXT,
    last_seen TEXT,
    PRIMARY KEY (source, target, type, status)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edge_target ON edge (target, source);
CREATE INDEX IF NOT EXISTS edge_codes ON edge (source_code, target_code);
CREATE INDEX IF NOT EXISTS edge_target_code ON edge (target_code);
CREATE INDEX IF NOT EXISTS edge_strength
    ON edge (count DESC, coalesce(last_seen, '') DESC, source, type, target, status);
CREATE INDEX IF NOT EXISTS edge_latest
    ON edge (coalesce(last_seen, '') DESC, count DESC, source, type, target, status);

-- Events by the two actors, in order of their ids; `happening` leaves out what was denied.
CREATE TABLE IF NOT EXISTS pair (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    happening INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (first, second)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pair_second ON pair (second, first, happening);
CREATE INDEX IF NOT EXISTS pair_strength ON pair (count DESC, first, second);

-- Events between all who count as a code and each other actor, but for what was denied.
CREATE TABLE IF NOT EXISTS around (
    code INTEGER NOT NULL,
    other INTEGER NOT NULL,
    type INTEGER NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (code, other, type)
) WITHOUT ROWID;

-- Events by month (YYYYMM, 0 where undated) of all (code '') and of each actor and each code that takes part.
CREATE TABLE IF NOT EXISTS tone (
    code TEXT NOT NULL,
    month INTEGER NOT NULL,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (code, month, type, status)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    actors INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    edges INTEGER NOT NULL DEFAULT 0
);
INSERT OR IGNORE INTO state (only) VALUES (1);

-- "DYAD", and the version of this schema: raise it with every change, here and in sqlite_file.py.
PRAGMA application_id = 1146700100;
PRAGMA user_version = 3;
