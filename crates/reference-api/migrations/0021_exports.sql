-- Copies of what is held: addresses at which one can be fetched, once. Moments are milliseconds since 1970, UTC.

CREATE TABLE export_downloads (
    -- SHA-256 of the token in the address: a copy of the database fetches nothing.
    token_hash  BLOB PRIMARY KEY,
    artifact_id TEXT NOT NULL REFERENCES data_request_artifacts (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX export_downloads_by_artifact ON export_downloads (artifact_id);
CREATE INDEX export_downloads_by_end ON export_downloads (expires_at);

-- A copy goes through all interactions of a customer, the newest first, page by page.
CREATE INDEX interactions_by_age ON interactions (customer_id, started_at, seq);

-- Its content goes after it, whatever deletes the entry.
CREATE TRIGGER artifacts_leave_their_content AFTER DELETE ON data_request_artifacts WHEN old.stored_as IS NOT NULL BEGIN
    INSERT OR IGNORE INTO files_to_remove (stored_as) VALUES ('exports/' || old.stored_as);
END;
