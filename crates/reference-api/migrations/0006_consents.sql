-- What customers decided about the use of their data. Moments are milliseconds since 1970, UTC.

-- Decisions are added and never changed: how a purpose stands is what was decided last.
CREATE TABLE consent_decisions (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    customer_id    TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    purpose_id     TEXT NOT NULL,
    decision       TEXT NOT NULL,
    -- How the purpose stood before, and since.
    status_before  TEXT NOT NULL,
    status         TEXT NOT NULL,
    decided_at     INTEGER NOT NULL,
    route          TEXT NOT NULL,
    -- Who decided; nobody did when a signal came.
    actor_role     TEXT,
    actor_name     TEXT,
    -- The version of the notice that it was decided on, and the language in which it was shown.
    notice_version TEXT NOT NULL,
    language       TEXT,
    -- The receipt as it was issued, to the byte: a purpose that is worded differently later does not change it.
    receipt        BLOB NOT NULL
) STRICT;

CREATE INDEX consent_decisions_by_purpose ON consent_decisions (customer_id, purpose_id, seq);

CREATE TRIGGER consent_decisions_are_final BEFORE UPDATE ON consent_decisions BEGIN
    SELECT raise(ABORT, 'a decision is never changed; a further one is added');
END;

-- Global Privacy Control, once it came with a session, holds for that session: its absence later takes nothing back.
ALTER TABLE sessions ADD COLUMN gpc INTEGER NOT NULL DEFAULT 0;
