-- Browsers that a customer has signed in from: they may ask for codes although strangers have asked for too many.

CREATE TABLE known_devices (
    -- SHA-256 of the cookie.
    token_hash BLOB NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_devices_by_customer ON known_devices (customer_id);
CREATE INDEX known_devices_by_time ON known_devices (seen_at);
