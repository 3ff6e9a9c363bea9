//! A customer with a long history, and requests for a copy of it that are to be worked on.

use rusqlite::{Connection, params};

/// The customer's id.
pub const CUSTOMER: &str = "cus_0000000000000000000000000000000a";

/// Whose the requests are that are done.
const OTHER: &str = "cus_0000000000000000000000000000000b";

/// A moment of the past.
const THEN: i64 = 1_700_000_000_000;

/// Writes a customer with so many interactions, one message in each and a file in every hundredth. Nobody searches them: the index is
/// left out.
pub fn history(db: &Connection, interactions: u32) -> rusqlite::Result<()> {
    db.execute_batch(
        "DROP TRIGGER interactions_searched_on_insert;
         DROP TRIGGER messages_counted_on_insert;",
    )?;
    for customer in [CUSTOMER, OTHER] {
        db.execute(
            "INSERT INTO customers (id, display_name, locale, time_zone, created_at, updated_at)
             VALUES (?1, 'Somebody', 'en', 'Europe/Berlin', ?2, ?2)",
            params![customer, THEN],
        )?;
    }
    db.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?3)
         INSERT INTO interactions (seq, id, customer_id, reference, subject, channel, direction, status, started_at, updated_at)
         SELECT i, 'int_' || i, ?1, 'R-' || i, 'The matter of number ' || i, 'email', 'inbound', 'closed',
                ?2 + i * 1000, ?2 + i * 1000 FROM n",
        params![CUSTOMER, THEN, interactions],
    )?;
    db.execute(
        "INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text, position)
         SELECT 'msg_' || seq, seq, 'customer', 'Somebody', 'email', started_at,
                hex(randomblob(60)) || ' words that were said in it, with \"quotes\", commas and <signs>.', 1 FROM interactions",
        [],
    )?;
    db.execute(
        "INSERT INTO attachments (id, interaction_seq, message_seq, file_name, media_type, size_bytes, sha256, stored_as, created_at)
         SELECT 'att_' || seq, seq, NULL, 'file ' || seq || '.txt', 'text/plain', 5, '', 'content', started_at
           FROM interactions WHERE seq = 100",
        [],
    )?;
    Ok(())
}

/// Enters a request for everything, as it stands while its copy is being made. `number` tells it from others.
pub fn request(db: &Connection, number: u32) -> rusqlite::Result<()> {
    let scope = r#"{"kind":"everything","categories":[],"from":null,"to":null,"interaction_ids":[],"field":null}"#;
    // One of a kind runs at a time, so those before are done; and of one customer only a few copies lie ready, so they are another's.
    db.execute(
        "UPDATE data_requests SET closed_at = ?1, customer_id = ?2 WHERE closed_at IS NULL",
        params![THEN, OTHER],
    )?;
    db.execute(
        "INSERT INTO data_requests (id, customer_id, reference, kind, scope, state, regime, time_zone, submitted_at, updated_at,
                                    clock_state, clock_since)
         VALUES ('dr_' || ?1, ?2, 'DR-' || ?1, 'access', ?3, 'in_progress', 'gdpr', 'Europe/Berlin', ?4, ?4, 'running', ?4)",
        params![number, CUSTOMER, scope, THEN],
    )?;
    let seq = db.last_insert_rowid();
    db.execute(
        "INSERT INTO data_request_artifacts (id, request_seq, file_name, media_type, state, created_at)
         VALUES ('art_' || ?1, ?2, 'your-data.zip', 'application/zip', 'preparing', ?3)",
        params![number, seq, THEN],
    )?;
    db.execute(
        "INSERT INTO data_request_work (request_seq, kind, artifact_id, run_at) VALUES (?1, 'export', 'art_' || ?2, 0)",
        params![seq, number],
    )?;
    Ok(())
}
