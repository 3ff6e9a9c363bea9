-- What the company's own systems are told of data requests: which steps, where, and what is still on its way. Nothing here says who a
-- customer is or what was asked for in words. Moments are milliseconds since 1970, UTC.

-- The endpoints of the configuration, taken over when a server starts: so a step is entered for them whichever program takes it.
CREATE TABLE webhook_endpoints (
    name          TEXT PRIMARY KEY,
    url           TEXT NOT NULL,
    -- Which types of messages, as a JSON array; an empty one for all.
    events        TEXT NOT NULL CHECK (json_valid(events)),
    -- Since when nothing arrives; nothing is sent before the pause is over.
    failing_since INTEGER,
    paused_until  INTEGER,
    -- Since when nothing is sent any more, until an operator says so or the address changes.
    disabled_at   INTEGER
) STRICT, WITHOUT ROWID;

-- An outbox: a message is entered in the transaction of the step that it tells of.
CREATE TABLE webhook_messages (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- `webhook-id`: the same at every attempt.
    id           TEXT NOT NULL UNIQUE DEFAULT ('msg_' || lower(hex(randomblob(16)))),
    endpoint     TEXT NOT NULL REFERENCES webhook_endpoints (name) ON DELETE CASCADE,
    type         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    event_id     TEXT NOT NULL,
    request_id   TEXT NOT NULL,
    reference    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    -- How the request stood with that step.
    state        TEXT NOT NULL,
    due_at       INTEGER,
    actor        TEXT NOT NULL,
    -- Not before.
    run_at       INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    last_answer  TEXT,
    delivered_at INTEGER
) STRICT;
CREATE INDEX webhook_messages_on_their_way ON webhook_messages (endpoint, request_id, seq) WHERE delivered_at IS NULL;
CREATE INDEX webhook_messages_by_time ON webhook_messages (at);

CREATE TRIGGER steps_of_data_requests_are_sent AFTER INSERT ON data_request_events BEGIN
    INSERT INTO webhook_messages (endpoint, type, at, event_id, request_id, reference, kind, state, due_at, actor, run_at)
    SELECT w.name, 'data_request.' || new.kind, new.at, new.id, r.id, r.reference, r.kind, coalesce(new.to_state, r.state),
           coalesce(new.due_at, r.due_at), new.actor, new.at
      FROM webhook_endpoints AS w, data_requests AS r
     WHERE r.seq = new.request_seq
       AND (w.events = '[]' OR EXISTS (SELECT 1 FROM json_each(w.events) WHERE value = 'data_request.' || new.kind));
END;
