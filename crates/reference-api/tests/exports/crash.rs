//! The program is killed while it makes copies, again and again: each copy is made in the end, and once.

use super::program::Served;
use super::seed;
use reference_api::Store;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

const KILLS: u32 = 50;

/// Enough that a copy is likely to be cut short, and few enough that many are made.
const INTERACTIONS: u32 = 200;

fn start(folder: &Path) -> Served {
    Served::launch(folder, &[], &[], Stdio::null()).0
}

/// Waits so long; nothing tells when a moment at random has come.
fn pass(time: Duration) {
    let (_sender, nothing) = mpsc::channel::<()>();
    nothing.recv_timeout(time).unwrap_err();
}

fn waiting(store: &Store) -> u32 {
    let sql = "SELECT count(*) FROM data_request_work";
    store
        .read_blocking(|db| Ok(db.query_row(sql, [], |row| row.get(0))?))
        .unwrap()
}

#[test]
fn a_copy_that_is_cut_short_fifty_times_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("portal.db")).unwrap();
    store
        .write_blocking(|tx| Ok(seed::history(tx, INTERACTIONS)?))
        .unwrap();
    std::fs::create_dir_all(folder.path().join("files")).unwrap();
    std::fs::write(folder.path().join("files/content"), "words").unwrap();

    let (mut requests, mut cut_short) = (0, 0);
    for kill in 0..KILLS {
        if waiting(&store) == 0 {
            requests += 1;
            store
                .write_blocking(|tx| Ok(seed::request(tx, requests)?))
                .unwrap();
        }
        let server = start(folder.path());
        // From at once to after the copy is made, in uneven steps; longer where none was made so far, because the machine is slow.
        let step = 4 * (1 + u64::from(kill / (requests * 4)));
        pass(Duration::from_millis(u64::from(kill * 37 % 50) * step));
        drop(server);
        cut_short += u32::from(waiting(&store) > 0);
    }
    let server = start(folder.path());
    let begun = Instant::now();
    while waiting(&store) > 0 {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "it is made in the end"
        );
        pass(Duration::from_millis(20));
    }
    drop(server);
    println!("{requests} copies, cut short {cut_short} times");
    each_is_made_once(&store, folder.path(), requests);
}

fn each_is_made_once(store: &Store, folder: &Path, requests: u32) {
    let exports = reference_api::exports::folder(&folder.join("files"));
    let made: Vec<(String, String, i64, i64)> = store
        .read_blocking(|db| {
            let mut statement = db.prepare(
                "SELECT a.stored_as, a.sha256,
                        (SELECT count(*) FROM data_request_events AS e WHERE e.request_seq = r.seq AND e.kind = 'artifact_ready'),
                        (SELECT count(*) FROM data_request_events AS e WHERE e.request_seq = r.seq AND e.to_state = 'ready')
                   FROM data_requests AS r JOIN data_request_artifacts AS a ON a.request_seq = r.seq
                  WHERE r.state = 'ready' AND a.state = 'ready'",
            )?;
            let rows = statement.query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap();
    assert_eq!(made.len(), requests as usize, "each request has its copy");
    let mut names = BTreeSet::new();
    for (stored_as, sha256, ready, turned) in made {
        assert_eq!((ready, turned), (1, 1), "and heard of it once");
        let bytes = std::fs::read(exports.join(&stored_as)).unwrap();
        let sum: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(sum, sha256);
        let archive = zip::ZipArchive::new(File::open(exports.join(&stored_as)).unwrap()).unwrap();
        assert!(
            archive.index_for_name("manifest.json").is_some(),
            "whole to its end"
        );
        names.insert(stored_as);
    }
    let there: BTreeSet<String> = std::fs::read_dir(exports)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(there, names, "and nothing else lies there");
}
