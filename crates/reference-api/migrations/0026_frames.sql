-- Identity in a frame on the company's site.

-- A frame's session has a bearer in the place of a cookie, and ends after its minutes whatever is done with it.
ALTER TABLE sessions ADD COLUMN in_frame INTEGER NOT NULL DEFAULT 0 CHECK (in_frame IN (0, 1));

-- Assertions that were exchanged: each is good once. Of one nothing is kept but a keyed hash of `iss` and `jti`.
CREATE TABLE used_assertions (
    mark BLOB PRIMARY KEY,
    -- From then on it is too old anyway.
    forget_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX used_assertions_by_end ON used_assertions (forget_at);
