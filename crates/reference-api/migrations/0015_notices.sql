-- What the company tells customers by itself, what it inferred from their contacts, and what the touch points are counted from.
-- Moments are milliseconds since 1970, UTC.

-- A notice as the company wrote it, once for all whom it concerns.
CREATE TABLE notices (
    seq          INTEGER PRIMARY KEY,
    -- The company's own name for it: what comes under the same name again changes it.
    key          TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL,
    severity     TEXT NOT NULL,
    -- The topic of the preference catalogue that governs it.
    topic_id     TEXT NOT NULL,
    -- The topic of interactions that it is about.
    about_topic  TEXT REFERENCES topics (id),
    since        INTEGER NOT NULL,
    expected_end INTEGER,
    until        INTEGER,
    -- Words by language, link and answers, as JSON.
    content      TEXT NOT NULL,
    added_at     INTEGER NOT NULL,
    updated_at   INTEGER,
    ended_at     INTEGER
) STRICT;

-- A notice as one customer has it. Its id is of this customer alone, so that nobody learns from one what another was told.
CREATE TABLE notice_deliveries (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    notice_seq      INTEGER NOT NULL REFERENCES notices (seq) ON DELETE CASCADE,
    customer_id     TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    interaction_seq INTEGER REFERENCES interactions (seq) ON DELETE CASCADE,
    dismissed_at    INTEGER,
    snoozed_until   INTEGER,
    answer          TEXT,
    answered_at     INTEGER,
    version         INTEGER NOT NULL DEFAULT 1,
    UNIQUE (customer_id, notice_seq)
) STRICT;

CREATE INDEX notice_deliveries_by_notice ON notice_deliveries (notice_seq);
CREATE INDEX notice_deliveries_by_interaction ON notice_deliveries (interaction_seq);

-- What was inferred from an interaction.
CREATE TABLE signals (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    kind            TEXT NOT NULL,
    -- The purpose that it is used for.
    purpose_id      TEXT,
    inferred_at     INTEGER NOT NULL,
    -- What it says, who inferred it and from what, by language, as JSON.
    content         TEXT NOT NULL,
    contested_at    INTEGER,
    contest_words   TEXT
) STRICT;

CREATE INDEX signals_by_interaction ON signals (interaction_seq, inferred_at);

-- The year at one glance, from the index alone.
CREATE INDEX interactions_by_promise
    ON interactions (customer_id, started_at, direction, status, first_response_at, first_response_by, resolved_at, expected_by);
-- Check-ins look for what was resolved lately.
CREATE INDEX interactions_by_resolution ON interactions (resolved_at) WHERE resolved_at IS NOT NULL;
