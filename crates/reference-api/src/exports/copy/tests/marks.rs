//! A mark in every table that holds something about customers is found in the copy; another customer's is not.

use super::{bytes, demo, names};
use crate::exports::sets;
use crate::inventory::categories::TABLES;
use crate::mail::Language;
use crate::store::Store;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::data_request::DataRequestScope;
use rusqlite::{Connection, named_params};

const WHO: &str = "maya.lindqvist@example.com";

/// Where a table takes a mark.
enum Mark {
    /// An assignment of the text `:mark`.
    Text(&'static str),
    /// A moment.
    Moment(&'static str),
    /// Its rows join two others and hold nothing of their own: a copy has this text because of them.
    Seen(&'static str),
}

use Mark::{Moment as At, Seen, Text};

const MARKS: &[(&str, Mark)] = &[
    ("customers", Text("preferred_name = :mark")),
    ("customer_attributes", Text("value = :mark")),
    ("contact_points", Text("label = :mark")),
    ("contact_point_verifications", Text("channel = :mark")),
    ("company_notices", Text("kind = :mark")),
    ("interactions", Text("subject = :mark")),
    ("participants", Text("display_name = :mark")),
    ("handoffs", Text("reason = :mark")),
    ("channel_changes", Text("from_channel = :mark")),
    ("related_interactions", Seen("\"related\":[\"int_")),
    (
        "ingested",
        Text("source_reference = :mark || interaction_seq"),
    ),
    ("callbacks", Text("option_id = :mark")),
    ("guide_records", Text("words = :mark")),
    (
        "interaction_guides",
        Text("answers = json_object('said', :mark)"),
    ),
    ("messages", Text("text = :mark")),
    ("attachments", Text("file_name = :mark")),
    (
        "preferences",
        Text("settings = json_object('/language', :mark)"),
    ),
    ("preference_changes", Text("subject = :mark")),
    (
        "link_bindings",
        Text("topics = json_array(:mark || hex(id))"),
    ),
    ("consent_decisions", Text("language = :mark")),
    ("feedback", Text("text = :mark")),
    ("feedback_requests", Text("id = :mark || seq")),
    ("feedback_steps", Text("note = :mark")),
    ("notice_deliveries", Text("answer = :mark")),
    ("signals", Text("contest_words = :mark")),
    ("sessions", At("created_at")),
    ("challenges", At("created_at")),
    ("known_devices", At("seen_at")),
    ("events", Text("resource_id = :mark")),
    ("outbox", Text("subject = :mark")),
    ("data_requests", Text("text = :mark")),
    ("data_request_messages", Text("text = :mark")),
    ("data_request_artifacts", Text("file_name = :mark")),
    ("data_request_events", Text("note = :mark")),
    ("export_downloads", At("created_at")),
    ("delegations", Text("note = :mark")),
    ("delegation_events", Text("note = :mark")),
    ("rights_in_force", Text("field = :mark")),
    ("erasures", At("began_at")),
];

/// Rows of sorts that the demonstration has none of; `?1` is the customer.
const ROWS: &[&str] = &[
    "INSERT INTO contact_point_verifications
     SELECT 'v1', seq, x'00', 1, 1, 1, 1, 0, 'email' FROM contact_points WHERE customer_id = ?1 LIMIT 1",
    "INSERT INTO company_notices (kind, customer_id, contact_point_id, noticed_at) VALUES ('k', ?1, 'cp_1', 1)",
    "INSERT INTO link_bindings VALUES (x'01', ?1, 'cp_1', '[\"offers\"]', 1, NULL, NULL)",
    "INSERT INTO guide_records VALUES ('g1' || ?1, ?1, 'guide', '1', 'node', 1, 'w', '[]', 1)",
    "INSERT OR IGNORE INTO interaction_guides
     SELECT seq, 'guide', '[]' FROM interactions WHERE customer_id = ?1 LIMIT 1",
    "INSERT INTO sessions (token_hash, customer_id, auth_time, created_at, last_seen_at, ends_at)
     VALUES (randomblob(32), ?1, 1, 1, 1, 1)",
    "INSERT INTO challenges VALUES ('ch_' || ?1, 'sign_in', x'00', ?1, NULL, x'00', 1, 1, 1, 1, 0)",
    "INSERT INTO known_devices VALUES (randomblob(32), ?1, 1)",
    "INSERT INTO outbox (customer_id, recipient, subject, body, locale, sent_at)
     SELECT customer_id, value, 's', 'b', 'en', 1 FROM contact_points WHERE customer_id = ?1 AND kind = 'email' LIMIT 1",
    "INSERT INTO events (id, customer_id, kind, resource, resource_id, occurred_at) VALUES ('e', ?1, 'k', 'r', 'i', 1)",
    "INSERT OR IGNORE INTO channel_changes
     SELECT seq, 1, 'email', 'chat' FROM interactions WHERE customer_id = ?1 LIMIT 1",
    "INSERT INTO feedback_steps (feedback_seq, status, at)
     SELECT seq, 'received', 1 FROM feedback WHERE customer_id = ?1 LIMIT 1",
    "INSERT INTO data_requests (id, customer_id, reference, kind, scope, state, regime, time_zone, submitted_at, updated_at,
                                closed_at, clock_state, clock_since)
     VALUES ('dr_marked', ?1, 'DR-marked', 'access', '{}', 'completed', 'gdpr', 'UTC', 1, 1, 1, 'stopped', 1)",
    "INSERT INTO data_request_messages (id, request_seq, at, role, author, text)
     SELECT 'drm_marked', seq, 1, 'customer', 'a', 't' FROM data_requests WHERE id = 'dr_marked' AND customer_id = ?1",
    "INSERT INTO data_request_artifacts (id, request_seq, file_name, media_type, state, created_at)
     SELECT 'art_marked', seq, 'f', 'application/zip', 'ready', 1 FROM data_requests WHERE id = 'dr_marked' AND customer_id = ?1",
    "INSERT INTO data_request_events (id, request_seq, at, kind, actor)
     SELECT 'dre_marked', seq, 1, 'submitted', 'customer' FROM data_requests WHERE id = 'dr_marked' AND customer_id = ?1",
    "INSERT INTO delegations (id, delegate_id, role, state, kinds, categories, address, address_mac, requested_at, decide_by, ends_at)
     VALUES ('dgn_marked', ?1, 'agent', 'awaiting_person', '[]', '[]', 'm', x'00', 1, 1, 1)",
    "INSERT INTO delegation_events (id, delegation_seq, at, kind, actor)
     SELECT 'dge_marked', seq, 1, 'requested', 'delegate' FROM delegations WHERE id = 'dgn_marked' AND delegate_id = ?1",
    "INSERT INTO export_downloads (token_hash, artifact_id, created_at, expires_at, used_at)
     SELECT x'00', id, 1, 1, NULL FROM data_request_artifacts WHERE id = 'art_marked' AND ?1 <> ''",
    "INSERT INTO rights_in_force (request_id, position, customer_id, kind, since) VALUES ('dr_marked', 0, ?1, 'objection', 1)",
    "INSERT INTO erasures (request_id, customer_id, whole, began_at) VALUES ('dr_marked', ?1, 0, 1)",
    "INSERT OR IGNORE INTO preferences VALUES (?1, '{}', '{}', 1, 1)",
    "INSERT OR REPLACE INTO customer_attributes (customer_id, key, label, value, origin) VALUES
     (?1, 'told', 'l', 'v', 'told_us'), (?1, 'concluded', 'l', 'v', 'inferred')",
];

fn mark(place: usize) -> String {
    format!("mark{place}x")
}

fn moment(place: usize) -> i64 {
    1_111_111_111_000 + i64::try_from(place).unwrap()
}

/// Writes into every row of the table that is the customer's (or into all).
fn write(db: &Connection, place: usize, text: &str, whose: Option<(&str, &CustomerId)>) {
    let (table, what) = &MARKS[place];
    let of = whose.map_or(String::new(), |(whose, customer)| {
        format!(
            " WHERE {}",
            whose.replace("?1", &format!("'{}'", customer.as_str()))
        )
    });
    match what {
        Text(assignment) => {
            let sql = format!("UPDATE OR IGNORE {table} SET {assignment}{of}");
            db.execute(&sql, named_params! { ":mark": text })
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        At(column) => {
            let at = if whose.is_some() { moment(place) } else { 1 };
            db.execute(&format!("UPDATE {table} SET {column} = {at}{of}"), [])
                .unwrap();
        }
        Seen(_) => {}
    }
}

fn seed(store: &Store, customer: &CustomerId) {
    store
        .write_blocking(|tx| {
            tx.execute_batch("DROP TRIGGER consent_decisions_are_final")?;
            for sql in ROWS {
                tx.execute(sql, [customer])?;
            }
            for place in 0..MARKS.len() {
                write(tx, place, "foreign-mark", None);
            }
            for held in TABLES {
                if let Some(place) = MARKS.iter().position(|(table, _)| *table == held.table) {
                    let sql = format!("SELECT count(*) FROM {} WHERE {}", held.table, held.whose);
                    let rows: i64 = tx.query_row(&sql, [customer], |row| row.get(0))?;
                    assert!(
                        rows > 0,
                        "the customer has a row in {} ({})",
                        held.table,
                        held.whose
                    );
                    write(tx, place, &mark(place), Some((held.whose, customer)));
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_table_is_in_the_copy_or_named_with_the_reason_why_not() {
    let demo = demo();
    let customer = demo.who(WHO);
    seed(&demo.store, &customer);
    let everything = DataRequestScope::everything();
    let mut archive = demo.copy_of(&customer, everything, Language::English);
    let paths: Vec<String> = names(&archive);
    let all = |archive: &mut super::Opened, ending: &str| -> String {
        paths
            .iter()
            .filter(|path| path.ends_with(ending) && !path.starts_with("attachments/"))
            .map(|path| String::from_utf8(bytes(archive, path)).unwrap())
            .collect()
    };
    let (json, csv, html) = (
        all(&mut archive, ".json"),
        all(&mut archive, ".csv"),
        all(&mut archive, ".html"),
    );
    for held in TABLES {
        let place = MARKS.iter().position(|(table, _)| *table == held.table);
        let Some(place) = place else {
            let named = sets::LEFT_OUT
                .iter()
                .any(|left| left.tables.contains(&held.table));
            assert!(named, "{} is neither exported nor named", held.table);
            continue;
        };
        match &MARKS[place].1 {
            Text(_) => {
                for (what, text) in [("JSON", &json), ("CSV", &csv), ("pages", &html)] {
                    assert!(text.contains(&mark(place)), "{} in {what}", held.table);
                }
            }
            At(_) => {
                let at = Moment::from_millis(moment(place)).to_timestamp();
                assert!(json.contains(at.as_str()), "{} in JSON", held.table);
            }
            Seen(text) => assert!(json.contains(text), "{}", held.table),
        }
    }
    for text in [&json, &csv, &html] {
        assert!(
            !text.contains("foreign-mark"),
            "nothing of another customer"
        );
    }
}

#[test]
fn no_secret_is_in_it() {
    let demo = demo();
    let customer = demo.who(WHO);
    demo.store
        .write_blocking(|tx| {
            tx.execute(
                "INSERT INTO outbox (customer_id, recipient, subject, body, code, locale, sent_at)
                 SELECT customer_id, value, '987654 is your code', 'It is 987654.', '987654', 'en', 1 FROM contact_points
                  WHERE customer_id = ?1 AND kind = 'email' LIMIT 1",
                [&customer],
            )?;
            tx.execute(
                "INSERT INTO sessions (token_hash, customer_id, auth_time, created_at, last_seen_at, ends_at)
                 VALUES (x'C0FFEE00C0FFEE00', ?1, 1, 1, 1, 1)",
                [&customer],
            )?;
            let notes = "INSERT INTO internal_notes (id, interaction_seq, author_name, written_at, text)
                         SELECT 'n' || seq, seq, 'A', 1, 'seeded-internal-note' FROM interactions WHERE customer_id = ?1";
            tx.execute(notes, [&customer])?;
            Ok(())
        })
        .unwrap();
    let mut archive = demo.copy_of(&customer, DataRequestScope::everything(), Language::English);
    let paths: Vec<String> = names(&archive);
    for path in paths {
        let text = String::from_utf8_lossy(&bytes(&mut archive, &path)).into_owned();
        for secret in ["987654", "c0ffee00c0ffee00", "seeded-internal-note"] {
            assert!(!text.to_lowercase().contains(secret), "{secret} in {path}");
        }
    }
}
