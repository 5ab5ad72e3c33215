-- The graph in one SQLite file. Does nothing where everything is there.

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

-- `story` is the article whose text this one repeats. The text stands last: a list of titles does not read the pages it fills.
CREATE TABLE IF NOT EXISTS article (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT,
    url TEXT,
    publisher TEXT,
    published TEXT,
    story TEXT,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS article_story ON article (story) WHERE story IS NOT NULL;
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
    context TEXT,
    story TEXT
);
-- `story` is the article's. These three hold all that is counted, so that a count reads no sentence.
CREATE INDEX IF NOT EXISTS event_pair
    ON event (source, target, date, type, status, article, story, confidence);
CREATE INDEX IF NOT EXISTS event_target
    ON event (target, date, source, type, status, article, story, confidence);
CREATE INDEX IF NOT EXISTS event_date
    ON event (date, source, target, type, status, article, story, confidence);
CREATE INDEX IF NOT EXISTS event_article ON event (article);

-- Events folded by source, target, type and status; `confidence` is the highest.
CREATE TABLE IF NOT EXISTS edge (
    source TEXT NOT NULL REFERENCES actor (id),
    target TEXT NOT NULL REFERENCES actor (id),
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    sources INTEGER NOT NULL DEFAULT 0,
    confidence REAL NOT NULL DEFAULT 0,
    first_seen TEXT,
    last_seen TEXT,
    PRIMARY KEY (source, target, type, status)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edge_target ON edge (target, source);
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

-- Events by month ('' where undated) of all (code '') and of each actor and each code that takes part.
CREATE TABLE IF NOT EXISTS tone (
    code TEXT NOT NULL,
    month TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
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
PRAGMA user_version = 2;
