-- How, when and about what customers want to be contacted. Moments are milliseconds since 1970, UTC.

-- What a customer has decided; a customer without a row has decided nothing.
CREATE TABLE preferences (
    customer_id TEXT PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    -- One JSON object: the pointer of each value that was decided (/topics/offers/email/enabled), and the value. What is not
    -- in it is as the catalogue has it.
    settings    TEXT NOT NULL CHECK (json_valid(settings)),
    -- When each thing was last switched off that is off now: one JSON object, pointer and milliseconds.
    off_since   TEXT NOT NULL CHECK (json_valid(off_since)),
    -- Counts changes; the etag.
    version     INTEGER NOT NULL,
    -- When something that people see last changed.
    updated_at  INTEGER
) STRICT, WITHOUT ROWID;

-- Every change of preferences, contact points and consents: a receipt for each, never changed but for who undid it.
CREATE TABLE preference_changes (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    changed_at  INTEGER NOT NULL,
    route       TEXT NOT NULL,
    subject     TEXT NOT NULL,
    actor_role  TEXT,
    actor_name  TEXT,
    -- A JSON list of {pointer, before, after}, as people saw the values.
    changes     TEXT NOT NULL CHECK (json_valid(changes)),
    -- Of a change of preferences: what stood in `settings` at the pointers that changed, null for nothing. Undoing puts it back.
    restores    TEXT CHECK (restores IS NULL OR json_valid(restores)),
    undoes      TEXT,
    undone_by   TEXT
) STRICT;
CREATE INDEX preference_changes_by_customer ON preference_changes (customer_id, changed_at, seq);
