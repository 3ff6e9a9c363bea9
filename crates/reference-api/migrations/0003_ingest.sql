-- What imports and demonstration data brought, and how it looked when it came: what comes again unchanged changes nothing,
-- and what a customer did with it here (a reply, closing it) is not undone by a second import.

CREATE TABLE ingested (
    source           TEXT NOT NULL,
    source_reference TEXT NOT NULL,
    interaction_seq  INTEGER NOT NULL UNIQUE REFERENCES interactions (seq) ON DELETE CASCADE,
    -- SHA-256 over everything that came.
    digest           BLOB NOT NULL,
    PRIMARY KEY (source, source_reference)
) STRICT, WITHOUT ROWID;
