-- Rights over one's data: what was asked, how it stands, by when it is due, what was said, and what it brought. Moments are
-- milliseconds since 1970, UTC.
--
-- The row of an erasure outlives its customer, as the proof that it was done: whoever erases empties what is personal of it.

CREATE TABLE data_requests (
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT NOT NULL UNIQUE,
    customer_id      TEXT REFERENCES customers (id) ON DELETE SET NULL,
    reference        TEXT NOT NULL UNIQUE,
    kind             TEXT NOT NULL,
    scope            TEXT NOT NULL CHECK (json_valid(scope)),
    formats          TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(formats)),
    proposed         TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(proposed)),
    text             TEXT,
    -- BCP 47 tag of the language in which it was asked: what it brings is written in it.
    locale           TEXT,
    state            TEXT NOT NULL,
    status_reason    TEXT,
    status_note      TEXT,
    regime           TEXT NOT NULL,
    -- Whose holidays count: an ISO 3166 code, empty for weekends alone.
    region           TEXT NOT NULL DEFAULT '',
    time_zone        TEXT NOT NULL,
    submitted_at     INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    confirmed_at     INTEGER,
    closed_at        INTEGER,
    acknowledge_by   INTEGER,
    acknowledged_at  INTEGER,
    due_at           INTEGER,
    original_due_at  INTEGER,
    extension        TEXT CHECK (extension IS NULL OR json_valid(extension)),
    clock_state      TEXT NOT NULL,
    clock_since      INTEGER NOT NULL,
    clock_reason     TEXT,
    expires_at       INTEGER,
    runs_at          INTEGER,
    progress_done    INTEGER,
    progress_total   INTEGER,
    outcome          TEXT CHECK (outcome IS NULL OR json_valid(outcome)),
    -- SHA-256 of the token that reads the status of an erasure.
    tracking_hash    BLOB UNIQUE,
    -- When the company last did something that the customer sees, and when the customer last looked.
    company_acted_at INTEGER,
    seen_at          INTEGER,
    version          INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX data_requests_by_customer ON data_requests (customer_id, submitted_at, seq);
-- One of a kind at a time, whatever happens.
CREATE UNIQUE INDEX data_requests_running ON data_requests (customer_id, kind)
    WHERE closed_at IS NULL AND customer_id IS NOT NULL;
CREATE INDEX data_requests_running_out ON data_requests (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX data_requests_by_due ON data_requests (due_at) WHERE closed_at IS NULL;

CREATE TABLE data_request_messages (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    request_seq INTEGER NOT NULL REFERENCES data_requests (seq) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    role        TEXT NOT NULL,
    author      TEXT NOT NULL,
    text        TEXT NOT NULL,
    -- Of a question of the company: what for, until when, and when it was answered.
    question    TEXT,
    answer_by   INTEGER,
    answered_at INTEGER,
    -- The question that it answers.
    answers     TEXT
) STRICT;
CREATE INDEX data_request_messages_by_request ON data_request_messages (request_seq, seq);

CREATE TABLE data_request_artifacts (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    request_seq   INTEGER NOT NULL REFERENCES data_requests (seq) ON DELETE CASCADE,
    file_name     TEXT NOT NULL,
    media_type    TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('preparing', 'ready', 'expired', 'failed')),
    created_at    INTEGER NOT NULL,
    -- The name of the content in the folder of exports, while there is one.
    stored_as     TEXT UNIQUE,
    size_bytes    INTEGER,
    sha256        TEXT,
    expires_at    INTEGER,
    downloaded_at INTEGER
) STRICT;
CREATE INDEX data_request_artifacts_by_request ON data_request_artifacts (request_seq, seq);
CREATE INDEX data_request_artifacts_by_end ON data_request_artifacts (expires_at) WHERE state = 'ready';

-- The timeline. What it says in words is the company's, or nobody's.
CREATE TABLE data_request_events (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT NOT NULL UNIQUE,
    request_seq     INTEGER NOT NULL REFERENCES data_requests (seq) ON DELETE CASCADE,
    at              INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    actor           TEXT NOT NULL,
    from_state      TEXT,
    to_state        TEXT,
    due_at          INTEGER,
    previous_due_at INTEGER,
    clock_reason    TEXT,
    note            TEXT,
    message_id      TEXT,
    artifact_id     TEXT
) STRICT;
CREATE INDEX data_request_events_by_request ON data_request_events (request_seq, seq);

-- What runs in the background. A row goes in the transaction that ends the work: what is interrupted is found again.
CREATE TABLE data_request_work (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    request_seq INTEGER NOT NULL REFERENCES data_requests (seq) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('export', 'erasure')),
    artifact_id TEXT REFERENCES data_request_artifacts (id) ON DELETE CASCADE,
    -- Not before, by the clock of the server.
    run_at      INTEGER NOT NULL,
    -- Whoever works on it has it until then, by the clock of the machine.
    leased_until INTEGER,
    attempts    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (request_seq, kind, artifact_id)
) STRICT;
CREATE INDEX data_request_work_by_time ON data_request_work (run_at);
