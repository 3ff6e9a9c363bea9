//! Who wanted no advertising when they left, and comes back by an import.

use super::{Bench, fixture, now};
use crate::config::Config;
use crate::import::mailbox::{MailboxOptions, Whose, import_mailbox};
use crate::import::map::Map;
use crate::import::{Progress, Report, import_csv};
use crate::secrets::Secrets;
use crate::store::time::Moment;

const COMPLAINTS: &str = include_str!("../../../maps/consumer-complaints.toml");
/// Somebody of the slice.
const THEIRS: &str = "customer-30349-ga@example.com";

/// Remembers an address as an erasure does.
fn suppress(bench: &Bench, address: &str, since: Moment) {
    let secrets = Secrets::load(None, &bench.store).unwrap();
    let mac = secrets.mac("suppressed", &[address.as_bytes()]);
    bench
        .store
        .write_blocking(|tx| {
            tx.execute(
                "INSERT INTO suppressed_addresses (mac, since) VALUES (?1, ?2)",
                rusqlite::params![mac, since],
            )?;
            Ok(())
        })
        .unwrap();
}

fn import(bench: &Bench) {
    let config = Config::default();
    let map = Map::parse(COMPLAINTS).unwrap();
    let input = std::fs::File::open(fixture("consumer-complaints-slice.csv")).unwrap();
    let (mut report, progress) = (Report::new(), Progress::hidden());
    import_csv(&bench.intake(&config), input, &map, &mut report, &progress).unwrap();
}

/// Who is opted out of everything.
fn opted_out(bench: &Bench) -> String {
    bench.text(
        "SELECT coalesce(group_concat(DISTINCT l.address), '') FROM preferences AS p JOIN login_addresses AS l USING (customer_id)
          WHERE p.settings LIKE '%global_opt_out%true%'",
    )
}

#[test]
fn an_opt_out_is_honoured_by_the_import_that_brings_its_address_back() {
    let bench = Bench::new();
    suppress(&bench, THEIRS, now());
    import(&bench);
    assert_eq!(opted_out(&bench), THEIRS);
    let how = "SELECT group_concat(route) FROM preference_changes";
    assert_eq!(bench.text(how), "system");
    // The next rows of the same customer, and the whole file again, change nothing more.
    import(&bench);
    assert_eq!(bench.text(how), "system");
}

#[test]
fn an_opt_out_is_honoured_by_the_mailbox_that_brings_its_address_back() {
    let bench = Bench::new();
    suppress(&bench, "clara@example.com", now());
    let config = Config::default();
    let options = MailboxOptions {
        whose: Whose::Customer("Clara@Example.com".to_owned()),
        company_domains: Vec::new(),
        lang: None,
    };
    let (mut report, progress) = (Report::new(), Progress::hidden());
    import_mailbox(
        &bench.intake(&config),
        &fixture("mailbox.mbox"),
        &options,
        &mut report,
        &progress,
    )
    .unwrap();
    assert_eq!(opted_out(&bench), "clara@example.com");
}

#[test]
fn who_was_here_before_or_has_decided_since_is_left_alone() {
    let bench = Bench::new();
    import(&bench);
    // The address went with somebody else's account after this customer had come.
    suppress(&bench, THEIRS, now().plus_seconds(60));
    import(&bench);
    assert_eq!(opted_out(&bench), "");

    let bench = Bench::new();
    suppress(&bench, THEIRS, now());
    import(&bench);
    bench
        .store
        .write_blocking(|tx| {
            tx.execute("UPDATE preferences SET settings = '{}'", [])?;
            Ok(())
        })
        .unwrap();
    import(&bench);
    assert_eq!(opted_out(&bench), "", "their own word counts more");
}

#[test]
fn an_address_that_is_not_proven_tells_nobody_who_left() {
    for (verified, expected) in [("NULL", "0"), ("1", "1")] {
        let bench = Bench::new();
        import(&bench);
        suppress(&bench, THEIRS, now().plus_seconds(60));
        // Entered later, as by anybody who would know whether it is on the list.
        let later = format!(
            "UPDATE contact_points SET verified_at = {verified}, created_at = ?1 WHERE value = ?2"
        );
        bench
            .store
            .write_blocking(move |tx| {
                let at = now().plus_seconds(120);
                Ok(tx.execute(&later, rusqlite::params![at, THEIRS])?)
            })
            .unwrap();
        import(&bench);
        let opted = "SELECT CAST(count(*) AS TEXT) FROM preferences WHERE settings LIKE '%global_opt_out%true%'";
        assert_eq!(bench.text(opted), expected, "verified_at {verified}");
    }
}
