-- Erasing: how far it has come, what must stay although its customer is gone, and rights that are in force. Moments are milliseconds
-- since 1970, UTC. Once an erasure is done, nothing in the first two tables says whose it was.

CREATE TABLE erasures (
    -- The data request that asked for it.
    request_id      TEXT PRIMARY KEY,
    -- Whose; nothing once their rows are gone.
    customer_id     TEXT,
    -- Whether the account goes too.
    whole           INTEGER NOT NULL CHECK (whole IN (0, 1)),
    began_at        INTEGER NOT NULL,
    -- The conversation up to which it has come, in the order in which they last changed.
    walked_at       INTEGER,
    walked_seq      INTEGER,
    -- When the last row was gone; what lies outside of rows (files, remains in the database file) goes after that.
    rows_gone_at    INTEGER,
    done_at         INTEGER
) STRICT, WITHOUT ROWID;

-- What came of it so far: added to by the transaction that erases or keeps.
CREATE TABLE erasure_counts (
    request_id TEXT NOT NULL REFERENCES erasures (request_id) ON DELETE CASCADE,
    category   TEXT NOT NULL,
    -- The rule by which records stay; empty for those that are gone.
    ground     TEXT NOT NULL DEFAULT '',
    records    INTEGER NOT NULL,
    until      INTEGER,
    PRIMARY KEY (request_id, category, ground)
) STRICT, WITHOUT ROWID;

-- Records that a law wants kept. No account, no search and no endpoint reads them; they go when their time is over.
CREATE TABLE retained_records (
    id         TEXT PRIMARY KEY,
    request_id TEXT NOT NULL,
    category   TEXT NOT NULL,
    ground     TEXT NOT NULL,
    kept_at    INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    content    TEXT NOT NULL CHECK (json_valid(content))
) STRICT, WITHOUT ROWID;
CREATE INDEX retained_records_by_end ON retained_records (until);

CREATE TABLE retained_files (
    stored_as TEXT PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES retained_records (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX retained_files_by_record ON retained_files (record_id);

-- Contents in the folder of attachments whose entry is gone. Entered by whatever deletes the entry, so that no content is left
-- behind when the program ends in between.
CREATE TABLE files_to_remove (stored_as TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TRIGGER attachments_leave_their_content AFTER DELETE ON attachments
WHEN NOT EXISTS (SELECT 1 FROM retained_files WHERE stored_as = old.stored_as) BEGIN
    INSERT OR IGNORE INTO files_to_remove (stored_as) VALUES (old.stored_as);
END;

CREATE TRIGGER retained_files_leave_their_content AFTER DELETE ON retained_files BEGIN
    INSERT OR IGNORE INTO files_to_remove (stored_as) VALUES (old.stored_as);
END;

-- A file that comes in while its customer is being erased belongs to nobody.
CREATE TRIGGER attachments_belong_to_somebody BEFORE INSERT ON attachments
WHEN new.draft_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = new.draft_of) BEGIN
    SELECT raise(ABORT, 'FOREIGN KEY constraint failed: attachments.draft_of');
END;

-- Addresses whose customer wanted no advertising when they left, as keyed hashes (GDPR, article 21 (3)).
CREATE TABLE suppressed_addresses (
    mac   BLOB PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose letter it is; nothing of one to an address that nobody has any more.
ALTER TABLE outbox ADD COLUMN customer_id TEXT;
UPDATE outbox SET customer_id = (SELECT customer_id FROM contact_points WHERE value = outbox.recipient LIMIT 1);

-- What a customer's right holds back (restriction, objection, opt-out, limit, review). About everything when all four are absent.
CREATE TABLE rights_in_force (
    request_id      TEXT NOT NULL,
    position        INTEGER NOT NULL,
    customer_id     TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL,
    category        TEXT,
    interaction_seq INTEGER REFERENCES interactions (seq) ON DELETE CASCADE,
    field           TEXT,
    -- What was decided about this purpose because of it: ending the right takes that back where the law lets it.
    purpose_id      TEXT,
    since           INTEGER NOT NULL,
    ended_at        INTEGER,
    PRIMARY KEY (request_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX rights_in_force_by_customer ON rights_in_force (customer_id) WHERE ended_at IS NULL;
CREATE INDEX rights_in_force_by_interaction ON rights_in_force (interaction_seq);
