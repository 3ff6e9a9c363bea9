//! A history of 100,000 interactions.

use super::seed;
use reference_api::data_requests::work;
use reference_api::testing::TestApi;
use std::fs::File;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

const INTERACTIONS: u32 = 100_000;

/// What a copy may take of memory, whatever it holds, in KiB. Pages of the database file, which is mapped, do not count: the system takes
/// them back when it wants them.
const MOST: u64 = 64 * 1024;

/// The memory of this process that belongs to no file, in KiB; none where the system does not say.
fn anonymous() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Looks at it every few milliseconds, from another thread: the system keeps no highest value of it.
struct Watch {
    ended: mpsc::Sender<()>,
    highest: JoinHandle<Option<u64>>,
}

impl Watch {
    fn start() -> Self {
        let (ended, end) = mpsc::channel();
        let highest = std::thread::spawn(move || {
            let mut highest = anonymous();
            while end.recv_timeout(Duration::from_millis(5)).is_err() {
                highest = highest.max(anonymous());
            }
            highest
        });
        Self { ended, highest }
    }

    /// The highest value that was seen.
    fn end(self) -> Option<u64> {
        self.ended.send(()).unwrap();
        self.highest.join().unwrap()
    }
}

#[tokio::test]
async fn a_hundred_thousand_interactions_take_no_more_memory_than_a_few() {
    let api = TestApi::new();
    let seeded = api.state.store.write(|tx| {
        seed::history(tx, INTERACTIONS)?;
        Ok(seed::request(tx, 1)?)
    });
    seeded.await.unwrap();
    let before = anonymous();
    let watch = Watch::start();

    work::once(&api.state).await.unwrap();

    let highest = watch.end();

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
    if let (Some(before), Some(highest)) = (before, highest) {
        let taken = highest.saturating_sub(before);
        println!("anonymous memory: {highest} KiB at most, of which {taken} KiB for the copy");
        assert!(taken < MOST, "{taken} KiB");
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
