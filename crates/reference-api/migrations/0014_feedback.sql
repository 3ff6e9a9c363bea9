-- What customers are asked, what they say, and what came of it. Moments are milliseconds since 1970, UTC.
--
-- Nothing of it is searched or copied elsewhere: what is withdrawn, or erased with its customer, is gone.

-- The questions of a survey as they were when somebody was asked, in every language: a survey that is worded differently later
-- changes no request. Many requests share one.
CREATE TABLE survey_versions (
    hash      TEXT PRIMARY KEY,
    survey_id TEXT NOT NULL,
    questions TEXT NOT NULL      -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE feedback_requests (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT NOT NULL UNIQUE,
    customer_id     TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    survey_hash     TEXT NOT NULL REFERENCES survey_versions (hash),
    -- Nobody is asked twice about one matter.
    interaction_seq INTEGER UNIQUE REFERENCES interactions (seq) ON DELETE CASCADE,
    state           TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'declined', 'expired')),
    requested_at    INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX feedback_requests_by_customer ON feedback_requests (customer_id, requested_at, seq);
CREATE INDEX feedback_requests_running_out ON feedback_requests (expires_at) WHERE state IN ('open', 'declined');
CREATE INDEX feedback_requests_by_time ON feedback_requests (requested_at);

CREATE TABLE improvements (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL CHECK (state IN ('planned', 'done')),
    since       INTEGER NOT NULL,
    -- Pieces of feedback that came another way than through the portal.
    others      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX improvements_by_time ON improvements (since, seq);

CREATE TABLE improvement_texts (
    improvement_seq INTEGER NOT NULL REFERENCES improvements (seq) ON DELETE CASCADE,
    lang            TEXT NOT NULL,      -- BCP 47
    title           TEXT NOT NULL,
    you_said        TEXT NOT NULL,
    we_did          TEXT NOT NULL,
    PRIMARY KEY (improvement_seq, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE feedback (
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT NOT NULL UNIQUE,
    customer_id      TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind             TEXT NOT NULL,
    -- One answer a request, whatever happens.
    request_seq      INTEGER UNIQUE REFERENCES feedback_requests (seq) ON DELETE CASCADE,
    interaction_seq  INTEGER REFERENCES interactions (seq) ON DELETE SET NULL,
    service_id       TEXT,
    questions        TEXT NOT NULL,      -- JSON, as the contract has it: in the language in which they were asked
    answers          TEXT NOT NULL,      -- JSON
    text             TEXT,
    contact_allowed  INTEGER NOT NULL CHECK (contact_allowed IN (0, 1)),
    given_at         INTEGER NOT NULL,
    edited_at        INTEGER,
    editable_until   INTEGER NOT NULL,
    status           TEXT NOT NULL,
    reply_at         INTEGER,
    reply_by         TEXT,
    reply_text       TEXT,
    reply_lang       TEXT,
    improvement_seq  INTEGER REFERENCES improvements (seq) ON DELETE SET NULL,
    -- When the company last answered it or moved it on, and when the customer last looked: unread is the one before the other.
    company_acted_at INTEGER,
    customer_seen_at INTEGER,
    -- Goes up with every change that the customer can see; the etag is made of it.
    version          INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX feedback_by_customer ON feedback (customer_id, given_at, seq);
CREATE INDEX feedback_by_time ON feedback (given_at, seq);
CREATE INDEX feedback_by_interaction ON feedback (interaction_seq);
CREATE INDEX feedback_by_improvement ON feedback (improvement_seq);

CREATE TABLE feedback_steps (
    seq          INTEGER PRIMARY KEY,
    feedback_seq INTEGER NOT NULL REFERENCES feedback (seq) ON DELETE CASCADE,
    status       TEXT NOT NULL,
    at           INTEGER NOT NULL,
    note         TEXT
) STRICT;

CREATE INDEX feedback_steps_by_feedback ON feedback_steps (feedback_seq, seq);

-- Matters that were settled lately and about which nobody was asked: what the sweep looks for.
CREATE INDEX interactions_settled ON interactions (coalesce(resolved_at, ended_at)) WHERE feedback_state = 'not_requested';
