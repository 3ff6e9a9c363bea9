-- Faster lists and searches.

-- Walked in the order of the list and holding all that a filter asks for, like interactions_by_recency: rows of one status,
-- channel, topic or direction are met without meeting the others.
DROP INDEX interactions_by_status;
DROP INDEX interactions_by_channel;
DROP INDEX interactions_by_topic;
CREATE INDEX interactions_by_status
    ON interactions (customer_id, status, updated_at, seq, channel, direction, topic_id, started_at);
CREATE INDEX interactions_by_channel
    ON interactions (customer_id, channel, updated_at, seq, status, direction, topic_id, started_at);
CREATE INDEX interactions_by_topic
    ON interactions (customer_id, topic_id, updated_at, seq, channel, status, direction, started_at);
CREATE INDEX interactions_by_direction
    ON interactions (customer_id, direction, updated_at, seq, channel, status, topic_id, started_at);

-- Scripts without spaces between words are found by their pairs of characters. `pairs_of` is a function of this program: another
-- one can read the tables and not write texts into them.
DROP TRIGGER interactions_searched_on_insert;
DROP TRIGGER interactions_searched_on_update;
DROP TRIGGER messages_counted_on_insert;
DROP TRIGGER messages_searched_on_update;
DROP TABLE search;

CREATE VIRTUAL TABLE search USING fts5 (
    text, pairs, owner,
    content = '', contentless_delete = 1, detail = full,
    prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

INSERT INTO search (rowid, text, pairs, owner)
SELECT seq << 20, subject || char(10) || reference, pairs_of(subject || char(10) || reference), hex(customer_id)
  FROM interactions;

INSERT INTO search (rowid, text, pairs, owner)
SELECT (m.interaction_seq << 20) + m.position, m.text, pairs_of(m.text), hex(i.customer_id)
  FROM messages AS m CROSS JOIN interactions AS i ON i.seq = m.interaction_seq
 WHERE m.position < 1048576;

CREATE TRIGGER interactions_searched_on_insert AFTER INSERT ON interactions BEGIN
    INSERT INTO search (rowid, text, pairs, owner)
    VALUES (new.seq << 20, new.subject || char(10) || new.reference,
            pairs_of(new.subject || char(10) || new.reference), hex(new.customer_id));
END;

CREATE TRIGGER interactions_searched_on_update AFTER UPDATE OF subject, reference ON interactions BEGIN
    DELETE FROM search WHERE rowid = old.seq << 20;
    INSERT INTO search (rowid, text, pairs, owner)
    VALUES (new.seq << 20, new.subject || char(10) || new.reference,
            pairs_of(new.subject || char(10) || new.reference), hex(new.customer_id));
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
    INSERT INTO search (rowid, text, pairs, owner)
    SELECT (seq << 20) + last_position, new.text, pairs_of(new.text), hex(customer_id)
      FROM interactions WHERE seq = new.interaction_seq AND last_position < 1048576;
END;

CREATE TRIGGER messages_searched_on_update AFTER UPDATE OF text ON messages BEGIN
    DELETE FROM search WHERE rowid = (old.interaction_seq << 20) + old.position AND old.position < 1048576;
    INSERT INTO search (rowid, text, pairs, owner)
    SELECT (seq << 20) + new.position, new.text, pairs_of(new.text), hex(customer_id)
      FROM interactions WHERE seq = new.interaction_seq AND new.position < 1048576;
END;
