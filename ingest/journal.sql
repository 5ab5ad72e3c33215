CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,           -- what is read: the command's paths, or the media type of a body
    state TEXT NOT NULL,
    counts TEXT NOT NULL,           -- JSON of the report's counts
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    error TEXT,
    body BLOB,                      -- what was sent over HTTP, until the job has ended
    request_key TEXT UNIQUE,        -- the client's Idempotency-Key
    request_hash TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, number);
-- What a job is about to store, written before the store is: tells after a kill what was stored by this job.
CREATE TABLE IF NOT EXISTS intents (
    job TEXT NOT NULL, article TEXT NOT NULL, relations INTEGER NOT NULL, counted INTEGER NOT NULL,
    PRIMARY KEY (job, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL, source TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS rejected_by_job ON rejected (job, kind);
CREATE TABLE IF NOT EXISTS stories (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, story TEXT, sketch BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS marks (mark INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (mark, story))
    STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (place TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Who is told of new relations between two actors or codes, and what is still to be told.
CREATE TABLE IF NOT EXISTS hooks (
    id TEXT PRIMARY KEY, first TEXT NOT NULL, second TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries (
    hook TEXT NOT NULL, relation TEXT NOT NULL, article TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, due REAL NOT NULL, noted REAL NOT NULL,
    PRIMARY KEY (hook, relation)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due) WHERE state = 'waiting';
