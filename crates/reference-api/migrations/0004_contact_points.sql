-- Where the company can reach a customer. Moments are milliseconds since 1970, UTC.

CREATE TABLE contact_points (
    seq                   INTEGER PRIMARY KEY,
    id                    TEXT NOT NULL UNIQUE,
    customer_id           TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind                  TEXT NOT NULL,      -- email, phone, postal, push, messaging, social; another one is kept
    -- As it is shown: as the customer wrote it, a number in international form, a postal address line by line.
    value                 TEXT NOT NULL,
    -- As it is compared and as machines reach it: E.164, an address with its domain in ASCII and in lower case.
    compared              TEXT NOT NULL,
    service               TEXT,               -- of a messaging or social account alone
    -- Of a postal address alone.
    postal_lines          TEXT CHECK (postal_lines IS NULL OR json_valid(postal_lines)),
    postal_code           TEXT,
    country               TEXT,               -- ISO 3166, two letters
    label                 TEXT,
    preferred             INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
    -- Days, YYYY-MM-DD, in the customer's zone; the last one included.
    valid_from            TEXT,
    valid_to              TEXT,
    verified_at           INTEGER,
    deliverability        TEXT NOT NULL DEFAULT 'ok',
    deliverability_since  INTEGER,
    deliverability_reason TEXT,
    -- The one that goes as soon as this one is verified.
    replaces              INTEGER REFERENCES contact_points (seq) ON DELETE SET NULL,
    version               INTEGER NOT NULL DEFAULT 1,
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL,
    UNIQUE (customer_id, kind, compared)
) STRICT;

CREATE INDEX contact_points_by_customer ON contact_points (customer_id, seq);
CREATE INDEX contact_points_by_replaced ON contact_points (replaces) WHERE replaces IS NOT NULL;
CREATE UNIQUE INDEX contact_points_preferred ON contact_points (customer_id, kind) WHERE preferred = 1;
CREATE INDEX contact_points_that_sign_in ON contact_points (compared, verified_at, seq)
    WHERE kind = 'email' AND verified_at IS NOT NULL;

-- Sign-in follows the verified email addresses: there is no second list of them that could say something else. Who verified an
-- address first and still has it signs in with it; a second customer who can read the same mailbox is written to there, no more.
INSERT INTO contact_points (id, customer_id, kind, value, compared, preferred, verified_at, created_at, updated_at)
SELECT 'cp_' || lower(hex(randomblob(16))), a.customer_id, 'email', a.written_as, a.address,
       row_number() OVER (PARTITION BY a.customer_id ORDER BY a.created_at, a.address) = 1,
       a.created_at, a.created_at, a.created_at
  FROM login_addresses AS a
 ORDER BY a.created_at, a.address;

DROP TABLE login_addresses;

CREATE VIEW login_addresses (address, written_as, customer_id, created_at) AS
SELECT mine.compared, mine.value, mine.customer_id, mine.verified_at
  FROM contact_points AS mine
 WHERE mine.kind = 'email' AND mine.verified_at IS NOT NULL
   AND NOT EXISTS (
       SELECT 1 FROM contact_points AS earlier
        WHERE earlier.kind = 'email' AND earlier.verified_at IS NOT NULL AND earlier.compared = mine.compared
          AND (earlier.verified_at, earlier.seq) < (mine.verified_at, mine.seq));

-- Codes on their way to a contact point.
CREATE TABLE contact_point_verifications (
    id                TEXT PRIMARY KEY,
    contact_point_seq INTEGER NOT NULL REFERENCES contact_points (seq) ON DELETE CASCADE,
    code_hash         BLOB NOT NULL,
    created_at        INTEGER NOT NULL,
    resend_after      INTEGER NOT NULL,
    expires_at        INTEGER NOT NULL,
    attempts_left     INTEGER NOT NULL,
    consumed          INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_point_verifications_by_point ON contact_point_verifications (contact_point_seq, created_at);
CREATE INDEX contact_point_verifications_by_end ON contact_point_verifications (expires_at);

-- Each code that was sent, for the limits. The bucket is an HMAC of a target or a customer: removing a contact point does not
-- give its codes back.
CREATE TABLE verification_sends (
    bucket  BLOB NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX verification_sends_by_bucket ON verification_sends (bucket, sent_at);
CREATE INDEX verification_sends_by_time ON verification_sends (sent_at);

-- What is no mail waits here for the company's own gateway.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';
