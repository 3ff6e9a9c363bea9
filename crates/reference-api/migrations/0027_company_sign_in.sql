-- The company's own sign-in (OpenID Connect). Moments are milliseconds since 1970, UTC.

-- Of a session that began there: who the provider says it is, which of its own sessions that was, and the ID token, which it wants to
-- see again at the sign-out. They go with the session.
ALTER TABLE sessions ADD COLUMN company_subject TEXT;
ALTER TABLE sessions ADD COLUMN company_sid TEXT;
ALTER TABLE sessions ADD COLUMN company_id_token TEXT;
CREATE INDEX sessions_by_company_sid ON sessions (company_sid) WHERE company_sid IS NOT NULL;
CREATE INDEX sessions_by_company_subject ON sessions (company_subject) WHERE company_subject IS NOT NULL;

-- Logout tokens that came (OpenID Connect Back-Channel Logout 1.0): each is good once.
CREATE TABLE company_logout_tokens (
    -- SHA-256 of the `jti`, which is as long as a provider likes.
    jti_hash BLOB PRIMARY KEY,
    until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX company_logout_tokens_by_end ON company_logout_tokens (until);
