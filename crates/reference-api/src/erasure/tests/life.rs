//! A customer who has left something in every table, every word of it with a mark in it.

use crate::http::fixture::Scene;
use crate::inventory::TABLES;
use crate::testing::{NOW, TestApi};
use rusqlite::Connection;

/// How many conversations there are besides the marked ones: enough that pages of the database were split.
const OTHERS: i64 = 400;

/// A customer whose values hold `mark`: a few letters that stand in no word.
pub(super) async fn lead(api: &TestApi, mark: &'static str) -> Scene {
    let scene = Scene::on(api, &format!("{mark}.first@{mark}.example")).await;
    let (customer, folder) = (scene.customer.as_str().to_owned(), api.files().to_owned());
    api.state
        .store
        .write(move |tx| {
            for name in ["kept", "gone", "draft"] {
                std::fs::write(
                    folder.join(format!("{customer}-{name}")),
                    format!("{mark} in a file"),
                )?;
            }
            // Told by number, so that one statement can stand under each table.
            for statement in STATEMENTS {
                let sql = statement
                    .replace("$mark", mark)
                    .replace("$customer", &customer)
                    .replace("$now", &NOW.to_string())
                    .replace("$others", &OTHERS.to_string());
                tx.execute_batch(&sql)
                    .unwrap_or_else(|error| panic!("{error}: {sql}"));
            }
            Ok(())
        })
        .await
        .unwrap();
    scene
}

/// In how many rows of each table the customer is.
pub(super) fn rows(db: &Connection, customer: &str) -> Vec<(&'static str, i64)> {
    TABLES
        .iter()
        .map(|held| {
            let sql = format!("SELECT count(*) FROM {} WHERE {}", held.table, held.whose);
            let count = db.query_row(&sql, [customer], |row| row.get(0)).unwrap();
            (held.table, count)
        })
        .collect()
}

const STATEMENTS: &[&str] = &[
    "UPDATE customers SET reference = '$mark-4711', display_name = '$mark Lindqvist', preferred_name = '$mark', pronouns = '$mark/her',
            date_of_birth = '1971-$mark', accommodations = '[\"$mark\"]', jurisdiction_code = '$mark' WHERE id = '$customer'",
    "INSERT INTO customer_attributes (customer_id, key, label, value, origin)
     VALUES ('$customer', 'told', '$mark label', '$mark value', 'told_us'),
            ('$customer', 'guessed', '$mark label', '$mark value', 'inferred')",
    "INSERT INTO contact_points (id, customer_id, kind, value, compared, label, created_at, updated_at)
     VALUES ('cp_$mark', '$customer', 'postal', '$mark street', '$mark street', '$mark home', 0, 0)",
    "INSERT INTO contact_point_verifications (id, contact_point_seq, code_hash, created_at, resend_after, expires_at, attempts_left)
     SELECT 'ver_$mark', seq, x'00', 0, 0, $now + 99999999, 5 FROM contact_points WHERE id = 'cp_$mark'",
    "INSERT INTO company_notices (kind, customer_id, contact_point_id, noticed_at) VALUES ('not_me', '$customer', 'cp_$mark', 0)",
    "INSERT OR IGNORE INTO topics (id, label) VALUES ('billing', 'Bills'), ('moving', 'Moving home')",
    "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $others)
     INSERT INTO interactions (id, customer_id, reference, subject, channel, direction, status, topic_id, started_at, updated_at)
     SELECT 'int_$mark' || n, '$customer', '$mark-' || n, '$mark subject ' || n, 'email', 'inbound', 'open', 'moving', $now - n, $now - n
       FROM n",
    "INSERT INTO interactions (id, customer_id, reference, subject, channel, direction, status, topic_id, started_at, updated_at)
     VALUES ('int_$mark_bill', '$customer', '$mark-BILL', '$mark about a bill', 'email', 'inbound', 'closed', 'billing', $now, $now)",
    "INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text, html)
     SELECT 'msg_$mark' || i.seq || '_' || k.value, i.seq, 'customer', '$mark Lindqvist', 'email', $now,
            '$mark' || i.seq || ' wrote ' || hex(randomblob(200)), '<p>$mark</p>'
       FROM interactions AS i, json_each('[1,2,3]') AS k WHERE i.customer_id = '$customer'",
    "INSERT INTO attachments (id, interaction_seq, message_seq, file_name, media_type, size_bytes, sha256, stored_as, created_at)
     SELECT 'att_$mark_gone', i.seq, min(m.seq), '$mark.txt', 'text/plain', 9, '00', '$customer-gone', $now
       FROM interactions AS i JOIN messages AS m ON m.interaction_seq = i.seq WHERE i.id = 'int_$mark1'
     UNION ALL
     SELECT 'att_$mark_kept', i.seq, min(m.seq), '$mark.pdf', 'text/plain', 9, '00', '$customer-kept', $now
       FROM interactions AS i JOIN messages AS m ON m.interaction_seq = i.seq WHERE i.id = 'int_$mark_bill'",
    "INSERT INTO attachments (id, draft, draft_of, file_name, media_type, size_bytes, sha256, stored_as, created_at)
     VALUES ('att_$mark_draft', 1, '$customer', '$mark.txt', 'text/plain', 9, '00', '$customer-draft', $now)",
    "INSERT INTO internal_notes (id, interaction_seq, author_name, written_at, text)
     SELECT 'note_$mark', seq, 'An agent', 0, '$mark is angry' FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO participants SELECT seq, 1, 'customer', '$mark' FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO handoffs SELECT seq, 0, 'a', 'b', '$mark' FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO channel_changes SELECT seq, 0, 'email', 'phone' FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO related_interactions
     SELECT one.seq, other.seq FROM interactions AS one, interactions AS other WHERE one.id = 'int_$mark1' AND other.id = 'int_$mark2'",
    "INSERT INTO ingested SELECT 'csv', '$mark 1', seq, x'00' FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO callbacks (uid, interaction_seq, customer_id, option_id, state, starts_at, ends_at, time_zone, number, number_shown, changed_at)
     SELECT 'uid-$mark', seq, '$customer', 'call', 'planned', $now, $now, 'UTC', '+49$mark', '+49 $mark', 0
       FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO guide_records (id, customer_id, guide_id, version, node, solved, words, steps, recorded_at)
     VALUES ('gr_$mark', '$customer', 'g', 'v', 'n', 1, '$mark words', '[]', 0)",
    "INSERT INTO interaction_guides SELECT seq, 'g', '{\"$mark\":1}' FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO preferences (customer_id, settings, off_since, version)
     VALUES ('$customer', '{\"/global_opt_out\":true,\"/language\":\"$mark\"}', '{}', 1)",
    "INSERT INTO preference_changes (id, customer_id, changed_at, route, subject, actor_role, actor_name, changes)
     VALUES ('chg_$mark', '$customer', 0, 'portal', 'contact_point', 'customer', '$mark', '[{\"pointer\":\"/a\",\"after\":\"$mark\"}]')",
    "INSERT INTO link_bindings (id, customer_id, contact_point_id, topics, created_at)
     VALUES (randomblob(16), '$customer', 'cp_$mark', '[\"$mark\"]', 0)",
    "INSERT INTO consent_decisions (id, customer_id, purpose_id, decision, status_before, status, decided_at, route, actor_role, actor_name,
                                    notice_version, receipt)
     VALUES ('cdr_$mark', '$customer', 'supply', 'withdraw', 'granted', 'withdrawn', $now, 'portal', 'customer', '$mark', '2024-05', CAST('$mark' AS BLOB)),
            ('cdr_old_$mark', '$customer', 'supply', 'grant', 'not_asked', 'granted', 0, 'portal', 'customer', '$mark', '2024-05', CAST('$mark' AS BLOB))",
    "INSERT OR IGNORE INTO survey_versions (hash, survey_id, questions) VALUES ('h', 's', '[]')",
    "INSERT INTO feedback_requests (id, customer_id, survey_hash, interaction_seq, requested_at, expires_at)
     SELECT 'frq_$mark', '$customer', 'h', seq, 0, $now + 99999999 FROM interactions WHERE id = 'int_$mark1'",
    "INSERT INTO feedback (id, customer_id, kind, interaction_seq, questions, answers, text, contact_allowed, given_at, editable_until, status,
                           reply_text)
     SELECT 'fdb_$mark' || seq, '$customer', 'words', seq, '[]', '[]', '$mark words', 0, 0, 0, 'received', 'Dear $mark'
       FROM interactions WHERE id IN ('int_$mark1', 'int_$mark_bill')
     UNION ALL
     SELECT 'fdb_$mark', '$customer', 'words', NULL, '[]', '[]', '$mark words', 0, 0, 0, 'received', 'Dear $mark'",
    "INSERT INTO feedback_steps (feedback_seq, status, at, note) SELECT seq, 'read', 0, '$mark note' FROM feedback WHERE id = 'fdb_$mark'",
    "INSERT INTO notices (key, kind, severity, topic_id, since, content, added_at)
     VALUES ('$mark-outage', 'outage', 'high', 'outages', 0, '{\"for\":\"$mark\"}', 0)",
    "INSERT INTO notice_deliveries (id, notice_seq, customer_id, interaction_seq, answer)
     SELECT 'ntc_$mark', n.seq, '$customer', i.seq, '$mark' FROM notices AS n, interactions AS i
      WHERE n.key = '$mark-outage' AND i.id = 'int_$mark_bill'",
    "INSERT INTO signals (id, interaction_seq, kind, inferred_at, content, contest_words)
     SELECT 'sig_$mark' || seq, seq, 'mood', 0, '{\"en\":\"$mark is angry\"}', '$mark is not' FROM interactions
      WHERE id IN ('int_$mark1', 'int_$mark_bill')",
    "INSERT INTO known_devices (token_hash, customer_id, seen_at) VALUES (randomblob(32), '$customer', $now)",
    "INSERT INTO idempotency_records (customer_id, key, fingerprint, status, body, expires_at)
     VALUES ('$customer', 'key-$mark', x'00', 201, CAST('{\"text\":\"$mark wrote\"}' AS BLOB), $now + 99999999)",
    "INSERT INTO events (id, customer_id, kind, resource, resource_id, occurred_at)
     VALUES ('evt_$mark', '$customer', 'interaction.updated', 'interaction', 'int_$mark1', $now)",
    // A letter to an address that the customer had once.
    "INSERT INTO outbox (customer_id, recipient, subject, body, locale, sent_at)
     VALUES ('$customer', '$mark.old@$mark.example', 'Dear $mark', '$mark', 'en', 0)",
    "INSERT INTO data_requests (id, customer_id, reference, kind, scope, proposed, text, state, regime, time_zone, submitted_at, updated_at,
                                closed_at, clock_state, clock_since, status_note, tracking_hash)
     VALUES ('dr_older_$mark', '$customer', 'DR-$mark', 'access', '{\"kind\":\"everything\"}', '[\"$mark\"]', '$mark wants it', 'denied',
             'gdpr', 'UTC', 0, 0, 1, 'stopped', 0, 'Dear $mark', randomblob(32))",
    "INSERT INTO data_request_messages (id, request_seq, at, role, author, text)
     SELECT 'drm_$mark', seq, 0, 'customer', '$mark', '$mark asks' FROM data_requests WHERE id = 'dr_older_$mark'",
    "INSERT INTO data_request_artifacts (id, request_seq, file_name, media_type, state, created_at)
     SELECT 'art_$mark', seq, '$mark.zip', 'application/zip', 'expired', 0 FROM data_requests WHERE id = 'dr_older_$mark'",
    "INSERT INTO export_downloads (token_hash, artifact_id, created_at, expires_at)
     VALUES (randomblob(32), 'art_$mark', 0, $now + 99999999)",
    "INSERT INTO data_request_events (id, request_seq, at, kind, actor, note)
     SELECT 'dre_$mark', seq, 0, 'state_changed', 'company', 'Dear $mark' FROM data_requests WHERE id = 'dr_older_$mark'",
    "INSERT OR IGNORE INTO data_request_letters (event_seq) SELECT seq FROM data_request_events WHERE id = 'dre_$mark'",
    "INSERT INTO data_request_work (request_seq, kind, run_at) SELECT seq, 'export', $now + 99999999 FROM data_requests
      WHERE id = 'dr_older_$mark'",
    "INSERT INTO delegations (id, delegate_id, role, state, kinds, categories, text, note, address, address_mac, requested_at,
                              decide_by, began_at, ends_at)
     VALUES ('dgn_$mark', '$customer', 'agent', 'active', '[]', '[]', '$mark asks', '$mark', '$mark', x'00', 0, $now, 0, $now + 9999)",
    "INSERT INTO delegation_events (id, delegation_seq, at, kind, actor, note)
     SELECT 'dge_$mark', seq, 0, 'accepted', 'company', '$mark' FROM delegations WHERE id = 'dgn_$mark'",
    "INSERT INTO delegation_letters (event_seq) SELECT seq FROM delegation_events WHERE id = 'dge_$mark'",
    "INSERT INTO delegation_links (token_hash, delegation_seq, created_at, expires_at)
     SELECT randomblob(32), seq, 0, $now + 9999 FROM delegations WHERE id = 'dgn_$mark'",
    "INSERT INTO rights_in_force (request_id, position, customer_id, kind, field, since)
     VALUES ('dr_other_$mark', 1, '$customer', 'objection', '$mark', 0)",
    "INSERT INTO erasures (request_id, customer_id, whole, began_at) VALUES ('dr_part_$mark', '$customer', 0, 0)",
];
