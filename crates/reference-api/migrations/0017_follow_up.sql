-- A call about a matter that there was before, and a mail about an answer to feedback.

-- Whether the interaction began with the call: then nothing is left of it when the call is called off.
ALTER TABLE callbacks ADD COLUMN begins INTEGER NOT NULL DEFAULT 1 CHECK (begins IN (0, 1));

-- From when on the customer may be told by mail that the company answered; nothing where nobody is to be told.
ALTER TABLE feedback ADD COLUMN tell_at INTEGER;

CREATE INDEX feedback_to_tell ON feedback (tell_at) WHERE tell_at IS NOT NULL;
