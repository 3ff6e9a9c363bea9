//! An erasure that is killed again and again: real processes, killed at random points, end it exactly once.

use crate::program::Served;
use reference_api::Store;
use reference_api::store::customers::{self, NewCustomer};
use reference_api::store::time::Moment;
use rusqlite::Connection;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Letters that stand in no word.
const MARK: &str = "zqxvk";

/// How many erasures, and how often each is killed.
const ERASURES: u32 = 10;
const KILLS: u32 = 5;

/// A customer with some hundred conversations, whose erasure is due.
fn prepare(folder: &Path) {
    let store = Store::open(folder.join("portal.db")).unwrap();
    let files = folder.join("files");
    std::fs::create_dir_all(&files).unwrap();
    std::fs::write(files.join("stored-content"), format!("{MARK} in a file")).unwrap();
    let customer = NewCustomer {
        display_name: format!("{MARK} Lindqvist"),
        addresses: vec![format!("{MARK}@example.com")],
        ..NewCustomer::default()
    };
    store
        .write_blocking(|tx| {
            let id = customers::insert(tx, &customer, Moment::from_millis(1_000))?;
            let sql = DATA
                .replace("$mark", MARK)
                .replace("$customer", id.as_str());
            tx.execute_batch(&sql)?;
            Ok(())
        })
        .unwrap();
}

const DATA: &str = "
    INSERT INTO topics (id, label) VALUES ('moving', 'Moving home');
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600)
    INSERT INTO interactions (id, customer_id, reference, subject, channel, direction, status, topic_id, started_at, updated_at)
    SELECT 'int_' || n, '$customer', '$mark-' || n, '$mark subject', 'email', 'inbound', 'open', 'moving', n, n FROM n;
    INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text)
    SELECT 'msg_' || i.seq || '_' || k.value, i.seq, 'customer', '$mark', 'email', i.seq, '$mark wrote ' || hex(randomblob(60))
      FROM interactions AS i, json_each('[1,2,3,4,5]') AS k;
    INSERT INTO attachments (id, interaction_seq, message_seq, file_name, media_type, size_bytes, sha256, stored_as, created_at)
    SELECT 'att_1', interaction_seq, seq, '$mark.txt', 'text/plain', 15, '00', 'stored-content', 1 FROM messages LIMIT 1;
    INSERT INTO data_requests (id, customer_id, reference, kind, scope, text, state, regime, time_zone, submitted_at, updated_at, confirmed_at,
                               runs_at, clock_state, clock_since)
    VALUES ('dr_1', '$customer', 'DR-1', 'erasure',
            '{\"kind\":\"everything\",\"categories\":[],\"from\":null,\"to\":null,\"interaction_ids\":[],\"field\":null}',
            '$mark has had enough', 'scheduled', 'gdpr', 'UTC', 1, 1, 1, 2, 'running', 1);
    INSERT INTO data_request_work (request_seq, kind, run_at) SELECT seq, 'erasure', 2 FROM data_requests;
";

fn start(folder: &Path) -> Served {
    Served::launch(folder, &[], &[], Stdio::null()).0
}

/// Waits so long; nothing tells when a moment at random has come.
fn pass(time: Duration) {
    let (_sender, nothing) = mpsc::channel::<()>();
    nothing.recv_timeout(time).unwrap_err();
}

fn one<T: rusqlite::types::FromSql>(db: &Connection, sql: &str) -> T {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn state(folder: &Path) -> String {
    let db = Connection::open(folder.join("portal.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    one(&db, "SELECT state FROM data_requests WHERE id = 'dr_1'")
}

/// Serves until the erasure is completed, and says how long that took.
fn let_it_end(folder: &Path) -> Duration {
    let server = start(folder);
    let begun = Instant::now();
    while state(folder) == "scheduled" {
        assert!(begun.elapsed() < Duration::from_secs(60), "it ends");
        pass(Duration::from_millis(5));
    }
    drop(server);
    begun.elapsed()
}

fn check(folder: &Path) {
    assert_eq!(state(folder), "completed");
    let db = Connection::open(folder.join("portal.db")).unwrap();
    let ends = "SELECT count(*) FROM data_request_events WHERE to_state IN ('completed', 'partially_completed')";
    assert_eq!(one::<i64>(&db, ends), 1);
    assert_eq!(one::<i64>(&db, "SELECT count(*) FROM data_request_work"), 0);
    let erased = |category: &str| -> i64 {
        one(
            &db,
            &format!(
                "SELECT records FROM erasure_counts WHERE category = '{category}' AND ground = ''"
            ),
        )
    };
    // Counted once, however often it was interrupted.
    assert_eq!(
        (
            erased("interactions"),
            erased("messages"),
            erased("attachments")
        ),
        (600, 3_000, 1)
    );
    assert_eq!(one::<i64>(&db, "SELECT count(*) FROM customers"), 0);
    drop(db);
    let files = std::fs::read_dir(folder)
        .unwrap()
        .chain(std::fs::read_dir(folder.join("files")).unwrap());
    for file in files
        .map(|file| file.unwrap().path())
        .filter(|file| file.is_file())
    {
        let content = std::fs::read(&file).unwrap().to_ascii_lowercase();
        let found = content
            .windows(MARK.len())
            .any(|bytes| bytes == MARK.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

/// A number below `most`, another each time.
fn any_below(most: u64) -> u64 {
    let random = uuid::Uuid::new_v4().as_u128();
    u64::try_from(random % u128::from(most.max(1))).expect("it is smaller than a number of 64 bits")
}

#[test]
fn an_erasure_that_is_killed_at_any_point_ends_exactly_once() {
    let template = TempDir::new().unwrap();
    prepare(template.path());
    let copy = || {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("files")).unwrap();
        for name in ["portal.db", "files/stored-content"] {
            std::fs::copy(template.path().join(name), folder.path().join(name)).unwrap();
        }
        folder
    };
    let db = Connection::open(template.path().join("portal.db")).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    drop(db);
    let undisturbed = copy();
    let usual = let_it_end(undisturbed.path());
    check(undisturbed.path());
    let within =
        u64::try_from(usual.as_micros()).expect("it is no eternity") / u64::from(KILLS) * 3;
    let mut interrupted = 0;
    for _ in 0..ERASURES {
        let folder = copy();
        for _ in 0..KILLS {
            let server = start(folder.path());
            pass(Duration::from_micros(any_below(within)));
            drop(server);
            interrupted += u32::from(state(folder.path()) == "scheduled");
        }
        let_it_end(folder.path());
        check(folder.path());
    }
    assert!(interrupted > 0, "some were killed while they ran");
}
