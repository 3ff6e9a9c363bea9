//! A history of 100,000 interactions.

use super::seed;
use reference_api::data_requests::work;
use reference_api::testing::TestApi;
use std::fs::File;

const INTERACTIONS: u32 = 100_000;

/// What a copy may take of memory, whatever it holds, in KiB; beside it the pages of the database file count, which is mapped into memory:
/// the system takes them back when it wants them.
const MOST: u64 = 64 * 1024;

/// The most memory that this process ever had, in KiB; none where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[tokio::test]
async fn a_hundred_thousand_interactions_take_no_more_memory_than_a_few() {
    let api = TestApi::new();
    let seeded = api.state.store.write(|tx| {
        seed::history(tx, INTERACTIONS)?;
        Ok(seed::request(tx, 1)?)
    });
    seeded.await.unwrap();
    let before = peak();

    work::once(&api.state).await.unwrap();

    let (state, stored_as, records): (String, String, u64) = api
        .state
        .store
        .read(|db| {
            let sql = "SELECT r.state, a.stored_as, r.progress_done
                         FROM data_requests AS r JOIN data_request_artifacts AS a ON a.request_seq = r.seq";
            Ok(db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
        })
        .await
        .unwrap();
    assert_eq!(state, "ready");
    assert!(records > u64::from(INTERACTIONS) * 2, "{records}");
    let mapped: u64 = api
        .state
        .store
        .read(|db| {
            let sql =
                "SELECT page_count * page_size / 1024 FROM pragma_page_count(), pragma_page_size()";
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    if let (Some(before), Some(after)) = (before, peak()) {
        println!(
            "peak {after} KiB, of which {} KiB for the copy",
            after - before
        );
        assert!(after - before < MOST + mapped, "{} KiB", after - before);
    }
    let path = reference_api::exports::folder(api.files()).join(stored_as);
    println!(
        "the copy has {} bytes",
        std::fs::metadata(&path).unwrap().len()
    );
    let archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    assert!(
        archive.len() > 1_000,
        "a page for every hundred conversations"
    );
}
