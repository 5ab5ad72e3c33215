-- The graph in one SQLite file. Runs as a whole or not at all, and does nothing where everything is there.
BEGIN IMMEDIATE;

-- `count` is the number of events the actor takes part in.
CREATE TABLE IF NOT EXISTS actor (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    qid TEXT,
    count INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS actor_country ON actor (country);
CREATE INDEX IF NOT EXISTS actor_count ON actor (count DESC, id);
CREATE VIRTUAL TABLE IF NOT EXISTS actor_words USING fts5 (
    words, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);

-- The text stands last: a list of titles does not read the pages it fills.
CREATE TABLE IF NOT EXISTS article (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT,
    url TEXT,
    publisher TEXT,
    published TEXT,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS article_published ON article (coalesce(published, '') DESC, id);

CREATE TABLE IF NOT EXISTS event (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL REFERENCES actor (id),
    target TEXT NOT NULL REFERENCES actor (id),
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    date TEXT,
    article TEXT NOT NULL REFERENCES article (id),
    sentence TEXT NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    trigger_text TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    evidence_date TEXT,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    mode TEXT,
    context TEXT
);
CREATE INDEX IF NOT EXISTS event_pair ON event (source, target, type, status, date);
CREATE INDEX IF NOT EXISTS event_target ON event (target, date);
CREATE INDEX IF NOT EXISTS event_date ON event (date, source, target, type, status, article);
CREATE INDEX IF NOT EXISTS event_article ON event (article);

-- Events folded by source, target, type and status.
CREATE TABLE IF NOT EXISTS edge (
    source TEXT NOT NULL REFERENCES actor (id),
    target TEXT NOT NULL REFERENCES actor (id),
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    first_seen TEXT,
    last_seen TEXT,
    PRIMARY KEY (source, target, type, status)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edge_target ON edge (target, source);
CREATE INDEX IF NOT EXISTS edge_strength
    ON edge (count DESC, coalesce(last_seen, '') DESC, source, type, target, status);

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
PRAGMA user_version = 1;

COMMIT;
