-- Customers, how they prove who they are, and what every write needs. Moments are milliseconds since 1970, UTC.

CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    -- The company's own number for the customer. It never leaves the server.
    reference TEXT UNIQUE,
    display_name TEXT NOT NULL,
    preferred_name TEXT,
    pronouns TEXT,
    locale TEXT,
    time_zone TEXT,
    date_of_birth TEXT,
    -- A JSON list of names (large_print).
    accommodations TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(accommodations)),
    jurisdiction_code TEXT,
    jurisdiction_regime TEXT,
    jurisdiction_source TEXT,
    -- Counts changes; the etag of /v1/me.
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE customer_attributes (
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    label TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    purpose_id TEXT,
    collected_at INTEGER,
    editable INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, key)
) STRICT, WITHOUT ROWID;

-- The addresses that a customer signs in with.
CREATE TABLE login_addresses (
    -- In lower case: one mailbox is one customer, however the address is typed.
    address TEXT PRIMARY KEY,
    -- As the customer writes it; mail goes here.
    written_as TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_addresses_by_customer ON login_addresses (customer_id, created_at);

CREATE TABLE sessions (
    -- AUTOINCREMENT: a number is never given twice, so that the end of one session is not taken for another's.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the cookie: a copy of the database signs nobody in.
    token_hash BLOB NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    auth_time INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_customer ON sessions (customer_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- One-time codes that were sent, or would have been: an address that nobody has gets a row alike.
CREATE TABLE challenges (
    id TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'step_up')),
    -- HMAC of the address in lower case, so that unknown addresses are not kept.
    address_hash BLOB NOT NULL,
    customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
    session_id INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    resend_after INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    attempts_left INTEGER NOT NULL,
    consumed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX challenges_by_address ON challenges (purpose, address_hash, created_at);
CREATE INDEX challenges_by_end ON challenges (expires_at);

-- What was asked for, for the limits. The bucket is an HMAC of an address or a network address.
CREATE TABLE quota_uses (
    bucket BLOB NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quota_uses_by_bucket ON quota_uses (bucket, used_at);
CREATE INDEX quota_uses_by_time ON quota_uses (used_at);

-- First answers to writes, for repeating them (Idempotency-Key).
CREATE TABLE idempotency_records (
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    -- SHA-256 of method, path and body.
    fingerprint BLOB NOT NULL,
    status INTEGER NOT NULL,
    etag TEXT,
    body BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (customer_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_records_by_end ON idempotency_records (expires_at);

-- Mail that has nowhere to go because no mail server is configured.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    code TEXT,
    locale TEXT NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;

-- Keys that the server made for itself where the configuration gives none.
CREATE TABLE server_keys (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
