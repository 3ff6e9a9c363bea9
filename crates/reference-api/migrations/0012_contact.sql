-- Getting in touch: calls that customers ask for, how ways stand at this moment, files before there is an interaction.
-- Moments are milliseconds since 1970, UTC.

-- At most one for an interaction: a call that is moved keeps its row.
CREATE TABLE callbacks (
    seq             INTEGER PRIMARY KEY,
    -- What calendars know it by, whatever becomes of it (RFC 5545, UID).
    uid             TEXT NOT NULL UNIQUE,
    interaction_seq INTEGER NOT NULL UNIQUE REFERENCES interactions (seq) ON DELETE CASCADE,
    customer_id     TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    option_id       TEXT NOT NULL,
    state           TEXT NOT NULL,
    starts_at       INTEGER NOT NULL,
    ends_at         INTEGER NOT NULL,
    time_zone       TEXT NOT NULL,         -- IANA name of the zone in which the company plans
    number          TEXT NOT NULL,         -- E.164
    number_shown    TEXT NOT NULL,
    language        TEXT,                  -- BCP 47
    -- How often it was moved or called off (RFC 5545, SEQUENCE), and when that was.
    sequence        INTEGER NOT NULL DEFAULT 0,
    changed_at      INTEGER NOT NULL
) STRICT;

-- How full a slot is; what a customer has planned.
CREATE INDEX callbacks_planned ON callbacks (option_id, starts_at, ends_at) WHERE state = 'planned';
CREATE INDEX callbacks_by_customer ON callbacks (customer_id, starts_at);

-- What the company's systems say of a way; of most nothing is said.
CREATE TABLE contact_options_now (
    option_id      TEXT PRIMARY KEY,
    wait_minutes   INTEGER,
    measured_at    INTEGER,
    closed         INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
    -- Why, by the tag of the language: a JSON object.
    closed_because TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(closed_because)),
    closed_until   INTEGER,
    CHECK ((wait_minutes IS NULL) = (measured_at IS NULL))
) STRICT, WITHOUT ROWID;

-- A file may wait for an interaction that does not exist yet: then only `draft_of` says whose it is. The table is made anew because
-- a column cannot stop being NOT NULL.
CREATE TABLE attachments_anew (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    interaction_seq INTEGER REFERENCES interactions (seq) ON DELETE CASCADE,
    message_seq     INTEGER REFERENCES messages (seq) ON DELETE CASCADE,
    -- 1: the customer uploaded it and it waits for its message. 0: it belongs to the thread.
    draft           INTEGER NOT NULL DEFAULT 0 CHECK (draft IN (0, 1)),
    file_name       TEXT NOT NULL,
    media_type      TEXT NOT NULL,
    size_bytes      INTEGER NOT NULL,
    sha256          TEXT NOT NULL,             -- lower-case hexadecimal
    stored_as       TEXT NOT NULL UNIQUE,      -- random name within the attachments directory
    created_at      INTEGER NOT NULL,
    -- Whose file it is while it waits for its message. Meaningless once it is sent.
    draft_of        TEXT,
    CHECK (interaction_seq IS NOT NULL OR (draft = 1 AND draft_of IS NOT NULL))
) STRICT;

INSERT INTO attachments_anew (seq, id, interaction_seq, message_seq, draft, file_name, media_type, size_bytes, sha256,
                              stored_as, created_at, draft_of)
SELECT seq, id, interaction_seq, message_seq, draft, file_name, media_type, size_bytes, sha256, stored_as, created_at, draft_of
  FROM attachments;

DROP TABLE attachments;
ALTER TABLE attachments_anew RENAME TO attachments;

CREATE INDEX attachments_by_interaction ON attachments (interaction_seq, created_at);
CREATE INDEX attachments_by_message ON attachments (message_seq);
CREATE INDEX attachments_in_draft ON attachments (created_at) WHERE draft = 1;
CREATE INDEX attachments_unsent ON attachments (draft_of, size_bytes, created_at) WHERE draft = 1;
