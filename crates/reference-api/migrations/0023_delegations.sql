-- Acting for another. Moments are milliseconds since 1970, UTC.
--
-- Who is asked about is kept by a mark alone (a keyed hash) and a mask: an address that nobody here has is no business of ours.

CREATE TABLE delegations (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    -- Nobody once whoever acted is erased: the person keeps the history.
    delegate_id  TEXT REFERENCES customers (id) ON DELETE SET NULL,
    -- Nobody when the address is nobody's.
    person_id    TEXT REFERENCES customers (id) ON DELETE CASCADE,
    role         TEXT NOT NULL,
    state        TEXT NOT NULL,
    kinds        TEXT NOT NULL CHECK (json_valid(kinds)),
    -- Empty for all.
    categories   TEXT NOT NULL CHECK (json_valid(categories)),
    text         TEXT,
    note         TEXT,
    -- Masked.
    address      TEXT NOT NULL,
    address_mac  BLOB NOT NULL,
    requested_at INTEGER NOT NULL,
    -- Until when an answer is waited for; kept when it came.
    decide_by    INTEGER NOT NULL,
    began_at     INTEGER,
    ends_at      INTEGER NOT NULL,
    closed_at    INTEGER,
    closed_by    TEXT,
    -- Of one that the person refused: whether it has run out for whoever asked, who is not told of the refusal.
    ran_out      INTEGER NOT NULL DEFAULT 0,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX delegations_by_delegate ON delegations (delegate_id, seq);
CREATE INDEX delegations_by_person ON delegations (person_id, seq);
CREATE INDEX delegations_that_wait ON delegations (decide_by) WHERE state IN ('awaiting_person', 'awaiting_company');
CREATE INDEX delegations_that_hold ON delegations (ends_at) WHERE state = 'active';

CREATE TABLE delegation_events (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    delegation_seq INTEGER NOT NULL REFERENCES delegations (seq) ON DELETE CASCADE,
    at             INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    actor          TEXT NOT NULL,
    request_seq    INTEGER REFERENCES data_requests (seq) ON DELETE SET NULL,
    note           TEXT,
    -- The one side that reads it, where the other does not: delegate, person.
    side           TEXT
) STRICT;
CREATE INDEX delegation_events_by_delegation ON delegation_events (delegation_seq, seq);
CREATE INDEX delegation_events_by_request ON delegation_events (request_seq);

-- What the person is still to be told of by mail. Entered with the event, by whichever program; taken out by the server.
CREATE TABLE delegation_letters (
    event_seq INTEGER PRIMARY KEY REFERENCES delegation_events (seq) ON DELETE CASCADE
) STRICT;

-- The links of those mails.
CREATE TABLE delegation_links (
    -- SHA-256 of the token: a copy of the database decides nothing.
    token_hash     BLOB PRIMARY KEY,
    delegation_seq INTEGER NOT NULL REFERENCES delegations (seq) ON DELETE CASCADE,
    -- Of a link about a data request.
    request_seq    INTEGER REFERENCES data_requests (seq) ON DELETE CASCADE,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    used_at        INTEGER,
    decision       TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX delegation_links_by_delegation ON delegation_links (delegation_seq);
CREATE INDEX delegation_links_by_request ON delegation_links (request_seq);
CREATE INDEX delegation_links_by_end ON delegation_links (expires_at);

-- Under what a data request was made in the customer's name, and as what; the second stays when the first is forgotten.
ALTER TABLE data_requests ADD COLUMN delegation_seq INTEGER REFERENCES delegations (seq) ON DELETE SET NULL;
ALTER TABLE data_requests ADD COLUMN filed_role TEXT;
-- When whoever made it last looked.
ALTER TABLE data_requests ADD COLUMN delegate_seen_at INTEGER;
CREATE INDEX data_requests_by_delegation ON data_requests (delegation_seq) WHERE delegation_seq IS NOT NULL;

-- To whom an address for fetching was given, when not to the customer.
ALTER TABLE export_downloads ADD COLUMN delegation_seq INTEGER REFERENCES delegations (seq) ON DELETE CASCADE;
CREATE INDEX export_downloads_by_delegation ON export_downloads (delegation_seq) WHERE delegation_seq IS NOT NULL;
