-- Interactions, their threads and files, the change feed, and the search over them.
--
-- Moments are integers: milliseconds since 1970-01-01 UTC. `seq` is the row's own number and never leaves the server; `id`
-- is the opaque text that travels. Values of open enums (channel, status, role) are kept as they came, known or not.

CREATE TABLE topics (
    id    TEXT PRIMARY KEY,
    label TEXT NOT NULL          -- used where the customer's language has none of its own
) STRICT, WITHOUT ROWID;

CREATE TABLE topic_labels (
    topic_id TEXT NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
    locale   TEXT NOT NULL,      -- BCP 47
    label    TEXT NOT NULL,
    PRIMARY KEY (topic_id, locale)
) STRICT, WITHOUT ROWID;

CREATE TABLE interactions (
    seq                 INTEGER PRIMARY KEY,
    id                  TEXT NOT NULL UNIQUE,
    customer_id         TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    reference           TEXT NOT NULL,
    -- Where an imported one came from, and what it is called there: importing it again finds it.
    source              TEXT,
    source_reference    TEXT,
    subject             TEXT NOT NULL,
    lang                TEXT,
    channel             TEXT NOT NULL,
    direction           TEXT NOT NULL,
    status              TEXT NOT NULL,
    topic_id            TEXT REFERENCES topics (id),
    started_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL,
    ended_at            INTEGER,
    first_response_at   INTEGER,
    first_response_by   INTEGER,
    resolved_at         INTEGER,
    expected_by         INTEGER,
    feedback_state      TEXT NOT NULL DEFAULT 'not_requested',
    feedback_expires_at INTEGER,
    -- When the customer last opened it, and when the company last wrote: unread is the one before the other.
    customer_seen_at    INTEGER,
    company_wrote_at    INTEGER,
    -- Both kept by the triggers below.
    message_count       INTEGER NOT NULL DEFAULT 0,
    last_position       INTEGER NOT NULL DEFAULT 0,
    -- Goes up with every change that the customer can see; the etag is made of it.
    version             INTEGER NOT NULL DEFAULT 1,
    UNIQUE (customer_id, reference),
    UNIQUE (customer_id, source, source_reference)
) STRICT;

-- The list: walked in its order and filtered on the index alone, so that a page costs a page.
CREATE INDEX interactions_by_recency
    ON interactions (customer_id, updated_at, seq, channel, status, direction, topic_id, started_at);
CREATE INDEX interactions_by_status ON interactions (customer_id, status, updated_at);
CREATE INDEX interactions_by_channel ON interactions (customer_id, channel, updated_at);
CREATE INDEX interactions_by_topic ON interactions (customer_id, topic_id, updated_at);
-- The overview's months, the facets' first uses.
CREATE INDEX interactions_by_start ON interactions (customer_id, started_at, channel);
CREATE INDEX interactions_by_first_use ON interactions (customer_id, channel, started_at);

CREATE TABLE messages (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    author_role     TEXT NOT NULL,
    author_name     TEXT NOT NULL,
    channel         TEXT NOT NULL,
    sent_at         INTEGER NOT NULL,
    text            TEXT NOT NULL,
    lang            TEXT,
    html            TEXT,                         -- sanitised before it came here, or absent
    remote_images   INTEGER NOT NULL DEFAULT 0,
    -- Of an imported one: what it is called there (a mail's Message-ID).
    source_reference TEXT,
    -- Its number within the thread, from 1, given by the trigger; the search finds it by (interaction, position).
    position        INTEGER
) STRICT;

CREATE INDEX messages_by_time ON messages (interaction_seq, sent_at);
CREATE UNIQUE INDEX messages_by_position ON messages (interaction_seq, position);
CREATE UNIQUE INDEX messages_by_source ON messages (interaction_seq, source_reference);

-- What the company's people wrote among themselves. A table of its own, which no endpoint, count or search reads: a filter
-- can be forgotten, this cannot.
CREATE TABLE internal_notes (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    author_name     TEXT NOT NULL,
    written_at      INTEGER NOT NULL,
    text            TEXT NOT NULL
) STRICT;

CREATE INDEX internal_notes_by_interaction ON internal_notes (interaction_seq);

CREATE TABLE participants (
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    role            TEXT NOT NULL,
    display_name    TEXT NOT NULL,
    PRIMARY KEY (interaction_seq, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE handoffs (
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    at              INTEGER NOT NULL,
    from_whom       TEXT NOT NULL,
    to_whom         TEXT NOT NULL,
    reason          TEXT,
    PRIMARY KEY (interaction_seq, at, from_whom, to_whom)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_changes (
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    at              INTEGER NOT NULL,
    from_channel    TEXT NOT NULL,
    to_channel      TEXT NOT NULL,
    PRIMARY KEY (interaction_seq, at)
) STRICT, WITHOUT ROWID;

-- One row for a pair, the lower `seq` first; it reads both ways.
CREATE TABLE related_interactions (
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    other_seq       INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    PRIMARY KEY (interaction_seq, other_seq),
    CHECK (interaction_seq < other_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX related_interactions_backwards ON related_interactions (other_seq);

CREATE TABLE attachments (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    interaction_seq INTEGER NOT NULL REFERENCES interactions (seq) ON DELETE CASCADE,
    message_seq     INTEGER REFERENCES messages (seq) ON DELETE CASCADE,
    -- 1: the customer uploaded it and it waits for its message. 0: it belongs to the thread.
    draft           INTEGER NOT NULL DEFAULT 0 CHECK (draft IN (0, 1)),
    file_name       TEXT NOT NULL,
    media_type      TEXT NOT NULL,
    size_bytes      INTEGER NOT NULL,
    sha256          TEXT NOT NULL,             -- lower-case hexadecimal
    stored_as       TEXT NOT NULL UNIQUE,      -- random name within the attachments directory
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX attachments_by_interaction ON attachments (interaction_seq, created_at);
CREATE INDEX attachments_by_message ON attachments (message_seq);
CREATE INDEX attachments_in_draft ON attachments (created_at) WHERE draft = 1;

-- The change feed. AUTOINCREMENT, so that a number is never given twice and a cursor never goes back.
CREATE TABLE events (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    resource    TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    etag        TEXT,
    occurred_at INTEGER NOT NULL
) STRICT;

CREATE INDEX events_by_customer ON events (customer_id, seq);

-- The search. One row holds one text: an interaction's subject and reference, or one message. Its number is
-- `interaction_seq * 2^20 + position` (0 for the subject), so that a hit says whose it is without a look-up, and a thread of
-- ten thousand messages grows by one row and not by a new copy of itself. `owner` (hexadecimal, so that it is one word) makes a search stay
-- within one customer.
CREATE VIRTUAL TABLE search USING fts5 (
    text, owner,
    content = '', contentless_delete = 1, detail = full,
    prefix = '1 2 3',
    -- Marks count as letters, or the vowel signs of Indic scripts would cut their words apart.
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

CREATE TRIGGER interactions_searched_on_insert AFTER INSERT ON interactions BEGIN
    INSERT INTO search (rowid, text, owner)
    VALUES (new.seq << 20, new.subject || char(10) || new.reference, hex(new.customer_id));
END;

CREATE TRIGGER interactions_searched_on_update AFTER UPDATE OF subject, reference ON interactions BEGIN
    DELETE FROM search WHERE rowid = old.seq << 20;
    INSERT INTO search (rowid, text, owner)
    VALUES (new.seq << 20, new.subject || char(10) || new.reference, hex(new.customer_id));
END;

CREATE TRIGGER interactions_searched_on_delete AFTER DELETE ON interactions BEGIN
    DELETE FROM search WHERE rowid = old.seq << 20;
END;

CREATE TRIGGER messages_counted_on_insert AFTER INSERT ON messages BEGIN
    UPDATE interactions
       SET message_count = message_count + 1, last_position = last_position + 1, version = version + 1
     WHERE seq = new.interaction_seq;
    UPDATE interactions SET updated_at = new.sent_at
     WHERE seq = new.interaction_seq AND updated_at < new.sent_at;
    UPDATE interactions SET company_wrote_at = new.sent_at
     WHERE seq = new.interaction_seq AND new.author_role <> 'customer'
       AND coalesce(company_wrote_at, 0) < new.sent_at;
    UPDATE messages
       SET position = (SELECT last_position FROM interactions WHERE seq = new.interaction_seq)
     WHERE seq = new.seq;
    -- 2^20 messages of one thread are searched; more would run into the next interaction's numbers.
    INSERT INTO search (rowid, text, owner)
    SELECT (seq << 20) + last_position, new.text, hex(customer_id)
      FROM interactions WHERE seq = new.interaction_seq AND last_position < 1048576;
END;

CREATE TRIGGER messages_searched_on_update AFTER UPDATE OF text ON messages BEGIN
    DELETE FROM search WHERE rowid = (old.interaction_seq << 20) + old.position AND old.position < 1048576;
    INSERT INTO search (rowid, text, owner)
    SELECT (seq << 20) + new.position, new.text, hex(customer_id)
      FROM interactions WHERE seq = new.interaction_seq AND new.position < 1048576;
END;

CREATE TRIGGER messages_counted_on_delete AFTER DELETE ON messages BEGIN
    DELETE FROM search WHERE rowid = (old.interaction_seq << 20) + old.position AND old.position < 1048576;
    UPDATE interactions SET message_count = message_count - 1, version = version + 1
     WHERE seq = old.interaction_seq;
END;
