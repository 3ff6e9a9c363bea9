use super::*;
use crate::import::Progress;
use crate::store::Store;
use crate::store::ingest::Files;
use crate::store::time::Moment;
use crate::testing::Kept;
use std::sync::LazyLock;

fn now() -> Moment {
    Moment::from_timestamp(&"2026-03-01T12:00:00Z".parse().unwrap()).unwrap()
}

/// Told once, and a copy of it for each test.
fn seeded() -> (Store, tempfile::TempDir) {
    static TOLD: LazyLock<Kept> = LazyLock::new(|| Kept::demonstration(now()));
    TOLD.unpacked()
}

fn told_anew() -> (Store, tempfile::TempDir, Seeded) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::in_memory().unwrap();
    let seeded = seed(&store, &Files::in_directory(folder.path()), now()).unwrap();
    (store, folder, seeded)
}

fn number(store: &Store, query: &str) -> i64 {
    store
        .read_blocking(|db| Ok(db.query_row(query, [], |row| row.get(0))?))
        .unwrap()
}

/// Everything that a customer can come to see, as one text.
fn everything(store: &Store) -> String {
    store
        .read_blocking(|db| {
            let mut all = String::new();
            for query in [
                "SELECT id || reference || subject || channel || status || started_at || updated_at FROM interactions ORDER BY seq",
                "SELECT id || author_name || sent_at || text || coalesce(html, '') FROM messages ORDER BY seq",
                "SELECT id || file_name || media_type || sha256 FROM attachments ORDER BY seq",
                "SELECT interaction_seq || at || from_whom || to_whom FROM handoffs ORDER BY 1",
                "SELECT interaction_seq || ' ' || other_seq FROM related_interactions ORDER BY 1",
            ] {
                let mut statement = db.prepare(query)?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    all.push_str(&row.get::<_, String>(0)?);
                    all.push('\n');
                }
            }
            Ok(all)
        })
        .unwrap()
}

#[test]
fn the_same_moment_gives_the_same_demonstration() {
    let (one, _one) = seeded();
    let (other, _other, _) = told_anew();
    assert!(everything(&one) == everything(&other));
}

#[test]
fn an_internal_note_is_kept_and_is_no_message() {
    let (store, _folder) = seeded();
    let kept =
        format!("SELECT count(*) FROM internal_notes WHERE text LIKE '%{INTERNAL_NOTE_SENTINEL}%'");
    assert_eq!(number(&store, &kept), 1);
    assert!(!everything(&store).contains(INTERNAL_NOTE_SENTINEL));
    assert_eq!(
        number(
            &store,
            "SELECT count(*) FROM search WHERE search MATCH 'sentinel'"
        ),
        0
    );
}

#[test]
fn a_customer_who_is_here_already_is_left_alone() {
    let (store, folder, first) = told_anew();
    assert_eq!((first.customers, first.known_customers), (7, 0));
    let before = everything(&store);
    let later = now().plus_seconds(24 * 60 * 60);
    let again = seed(&store, &Files::in_directory(folder.path()), later).unwrap();
    assert_eq!((again.customers, again.known_customers), (0, 7));
    assert!(everything(&store) == before);
}

#[test]
fn the_demonstration_holds_every_channel_and_nothing_from_the_future() {
    let (store, _folder) = seeded();
    let missing: Vec<&str> = portal_contract::interaction::Channel::KNOWN
        .iter()
        .map(|channel| channel.as_str())
        .filter(|channel| {
            let query = format!(
                "SELECT count(*) FROM interactions JOIN login_addresses USING (customer_id)
                  WHERE address = 'maya.lindqvist@example.com' AND channel = '{channel}'"
            );
            number(&store, &query) == 0
        })
        .collect();
    assert_eq!(missing, [""; 0]);
    let now = now().millis();
    assert_eq!(
        number(
            &store,
            &format!("SELECT count(*) FROM messages WHERE sent_at > {now}")
        ),
        0
    );
    assert_eq!(
        number(
            &store,
            &format!("SELECT count(*) FROM interactions WHERE ended_at > {now}")
        ),
        0
    );
}

#[test]
fn the_pathological_customer_has_it_all() {
    let (store, _folder) = seeded();
    let edge = |condition: &str| {
        number(
            &store,
            &format!("SELECT count(*) FROM interactions WHERE {condition}"),
        )
    };
    assert_eq!(edge("subject = '<script>alert(1)</script>'"), 1);
    assert_eq!(edge("message_count = 10000"), 1);
    assert_eq!(
        edge("channel = 'carrier_pigeon' AND status = 'escalated'"),
        1
    );
    assert_eq!(edge("subject = ''"), 1);
    assert_eq!(
        number(&store, "SELECT max(length(text)) FROM messages"),
        200_000
    );
    let hostile = "SELECT count(*) FROM messages WHERE html LIKE '%has to be readable%' AND html NOT LIKE '%<script%'
                    AND html NOT LIKE '%onerror=%' AND html NOT LIKE '%<iframe%'";
    assert_eq!(number(&store, hostile), 1);
    assert_eq!(
        number(&store, "SELECT count(*) FROM login_addresses a WHERE address = 'new.customer@example.com'
                         AND NOT EXISTS (SELECT 1 FROM interactions i WHERE i.customer_id = a.customer_id)"),
        1
    );
}

#[test]
fn what_customers_chose_over_time_is_in_their_history() {
    let (store, folder) = seeded();
    let changes = "SELECT count(*) FROM preference_changes JOIN login_addresses USING (customer_id)
                    WHERE address = 'maya.lindqvist@example.com' AND subject = 'preferences'";
    for _ in 0..2 {
        assert_eq!(number(&store, changes), 6);
        seed(&store, &Files::in_directory(folder.path()), now()).unwrap();
    }
    let everything_off = "SELECT json_extract(settings, '$.\"/global_opt_out\"') FROM preferences
                          JOIN login_addresses USING (customer_id) WHERE address = 'jonas.weber@example.com'";
    assert_eq!(number(&store, everything_off), 1);
}

#[test]
fn what_customers_decided_over_time_is_recorded_with_receipts() {
    let (store, folder) = seeded();
    let of = |what: &str, address: &str| {
        format!(
            "SELECT {what} JOIN login_addresses USING (customer_id) WHERE address = '{address}'"
        )
    };
    let maya = "maya.lindqvist@example.com";
    for _ in 0..2 {
        let records = of("count(*) FROM consent_decisions", maya);
        assert_eq!(number(&store, &records), 5);
        let entries = of("count(*) FROM preference_changes", maya) + " AND subject = 'consent'";
        assert_eq!(number(&store, &entries), 5);
        let receipts = of(
            "sum(json_valid(CAST(receipt AS TEXT))) FROM consent_decisions",
            maya,
        );
        assert_eq!(number(&store, &receipts), 5);
        seed(&store, &Files::in_directory(folder.path()), now()).unwrap();
    }
    let old_notice = of("count(*) FROM consent_decisions", maya)
        + " AND purpose_id = 'personal_offers' AND notice_version = '2024-05'";
    assert_eq!(number(&store, &old_notice), 1);
}

#[test]
fn a_long_history_has_as_many_interactions_as_one_asks_for() {
    let (store, folder) = seeded();
    let files = Files::in_directory(folder.path());
    for _ in 0..2 {
        seed_archive(&store, &files, 250, now(), &Progress::hidden()).unwrap();
        assert_eq!(
            number(
                &store,
                "SELECT count(*) FROM interactions JOIN login_addresses USING (customer_id)
                             WHERE address = 'archive@example.com'"
            ),
            250
        );
    }
}

#[test]
fn the_demonstration_holds_contact_points_of_every_kind_and_standing() {
    let (store, _folder) = seeded();
    let of_maya = "FROM contact_points JOIN login_addresses AS l USING (customer_id)
                    WHERE l.address = 'maya.lindqvist@example.com'";
    let kinds = number(&store, &format!("SELECT count(DISTINCT kind) {of_maya}"));
    assert_eq!(kinds, 6);
    for standing in [
        "verified_at IS NULL",
        "preferred = 1",
        "deliverability = 'bouncing'",
        "deliverability = 'blocked'",
        "valid_from > '2026-03-01'",
    ] {
        let some = number(&store, &format!("SELECT count(*) {of_maya} AND {standing}"));
        assert!(some > 0, "{standing}");
    }
    let at_the_edge = number(
        &store,
        "SELECT count(*) FROM contact_points JOIN login_addresses AS l USING (customer_id)
          WHERE l.address = 'edge.case@example.com'",
    );
    assert_eq!(at_the_edge, 7);
}

#[test]
fn calls_are_planned_within_the_companys_hours_and_told_the_same_every_time() {
    let (store, _folder) = seeded();
    let calls = |store: &Store| {
        store
            .read_blocking(|db| {
                let mut statement =
                    db.prepare("SELECT state, starts_at, uid FROM callbacks ORDER BY starts_at")?;
                let rows = statement.query_map([], |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, Moment>(1)?,
                        row.get::<_, String>(2)?,
                    ))
                })?;
                Ok(rows.collect::<Result<Vec<_>, _>>()?)
            })
            .unwrap()
    };
    let told = calls(&store);
    let states: Vec<&str> = told.iter().map(|(state, ..)| state.as_str()).collect();
    assert_eq!(states, ["done", "missed", "planned", "planned"]);
    let ways = ways();
    let way = ways.all.iter().find(|way| way.booking.is_some()).unwrap();
    for (state, starts_at, _) in &told {
        if state == "planned" {
            let (hours, booking) = (way.hours.as_ref().unwrap(), way.booking.as_ref().unwrap());
            assert!(crate::contact::slots::slot_at(hours, booking, now(), *starts_at).is_some());
        }
    }
    let (other, _other, _) = told_anew();
    assert_eq!(calls(&other), told);
}
