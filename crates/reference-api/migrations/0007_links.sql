-- The links of email footers. Moments are milliseconds since 1970, UTC.

-- What a link is good for: one contact point of one customer, about some topics. The link itself is signed and not kept; every
-- mail about the same topics to the same contact point carries a link of the same binding, and revoking it ends them all.
CREATE TABLE link_bindings (
    -- 128 random bits.
    id               BLOB PRIMARY KEY,
    customer_id      TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    contact_point_id TEXT NOT NULL,
    -- A JSON list of topics, sorted.
    topics           TEXT NOT NULL CHECK (json_valid(topics)),
    created_at       INTEGER NOT NULL,
    revoked_at       INTEGER,
    -- Why it was revoked: not_me, company.
    revoked_because  TEXT
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX link_bindings_in_force ON link_bindings (customer_id, contact_point_id, topics) WHERE revoked_at IS NULL;
CREATE INDEX link_bindings_by_contact_point ON link_bindings (contact_point_id);

-- What the company has to look at: somebody who reads an address says that it is not the customer's.
CREATE TABLE company_notices (
    seq              INTEGER PRIMARY KEY,
    kind             TEXT NOT NULL,
    customer_id      TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    contact_point_id TEXT NOT NULL,
    noticed_at       INTEGER NOT NULL
) STRICT;

-- Headers that a mail carries besides the usual ones (List-Unsubscribe), one a line.
ALTER TABLE outbox ADD COLUMN headers TEXT NOT NULL DEFAULT '';
