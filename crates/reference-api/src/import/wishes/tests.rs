use super::{WishesMap, import_wishes};
use crate::config::Config;
use crate::consents::Purposes;
use crate::import::{Progress, Rejection, Report, Summary};
use crate::preferences::apply::apply;
use crate::preferences::history::{self, Author};
use crate::preferences::store as preferences;
use crate::store::Store;
use crate::store::customers::{CustomerId, NewCustomer, by_address};
use crate::store::ingest;
use crate::store::time::Moment;
use portal_contract::preference_history::ChangeRoute;
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";
const MAP: &str = include_str!("../../../../../tests/fixtures/import/preferences.toml");
const FILE: &str = include_str!("../../../../../tests/fixtures/import/preferences.csv");

struct Bench {
    store: Store,
    config: Config,
}

fn at(moment: &str) -> Moment {
    Moment::from_timestamp(&moment.parse().unwrap()).unwrap()
}

fn now() -> Moment {
    at("2026-03-01T12:00:00Z")
}

impl Bench {
    fn new() -> Self {
        let store = Store::in_memory().unwrap();
        for address in [MAYA, "jonas@example.com"] {
            let customer = NewCustomer {
                display_name: "Somebody".into(),
                addresses: vec![address.into()],
                ..NewCustomer::default()
            };
            store
                .write_blocking(|tx| ingest::customer(tx, &customer, now()).map(drop))
                .unwrap();
        }
        let config = Config {
            catalogue: crate::demo::catalogue().into(),
            purposes: Purposes::demo().into(),
            ..Config::default()
        };
        Self { store, config }
    }

    fn import(&self, file: &str) -> (Summary, Vec<String>) {
        let mut told = Vec::new();
        let mut report = Report::new().and(|one: &Rejection| told.push(one.to_string()));
        let map = WishesMap::parse(MAP).unwrap();
        let summary = import_wishes(
            &self.store,
            &self.config,
            file.as_bytes(),
            &map,
            now(),
            &mut report,
            &Progress::hidden(),
        )
        .unwrap();
        drop(report);
        (summary, told)
    }

    fn maya(&self) -> CustomerId {
        let found = self.store.read_blocking(|db| by_address(db, MAYA));
        found.unwrap().unwrap()
    }

    /// The customer changes something in the portal.
    fn choose(&self, patch: Value, moment: &str) {
        let author = Author::customer(ChangeRoute::Portal, "Maya");
        let Value::Object(patch) = patch else {
            panic!("a patch is an object");
        };
        self.store
            .write_blocking(|tx| {
                apply(tx, &self.config, &self.maya(), &author, &patch, at(moment)).unwrap();
                Ok(())
            })
            .unwrap();
    }

    fn stands(&self, pointer: &str) -> Option<Value> {
        let stored = self
            .store
            .read_blocking(|db| preferences::load(db, &self.maya()));
        stored.unwrap().settings.get(pointer).cloned()
    }

    fn text(&self, query: &str) -> String {
        self.store
            .read_blocking(|db| Ok(db.query_row(query, [], |row| row.get(0))?))
            .unwrap()
    }
}

/// One row of the fixture's columns.
fn row(cells: &str) -> String {
    let header = FILE.lines().next().unwrap();
    format!("{header}\n{cells}\n")
}

#[test]
fn what_was_chosen_before_is_taken_whole_and_once() {
    let bench = Bench::new();
    let (summary, told) = bench.import(FILE);
    assert_eq!((summary.imported, summary.rejected), (2, 3), "{told:?}");
    assert_eq!(
        bench.stands("/topics/newsletter/email/enabled"),
        Some(json!(false))
    );
    assert_eq!(
        bench.stands("/topics/tariff_offers/sms/enabled"),
        Some(json!(true))
    );
    assert_eq!(
        bench.text("SELECT group_concat(kind || ' ' || value, ', ') FROM (SELECT * FROM contact_points WHERE kind <> 'email' ORDER BY kind)"),
        "phone +351 912 345 678, postal Rua das Flores 12\nPorto"
    );
    assert_eq!(
        bench.text("SELECT group_concat(DISTINCT route) FROM (SELECT route FROM preference_changes UNION ALL SELECT route FROM consent_decisions)"),
        "import"
    );
    let entries = "SELECT (SELECT count(*) FROM preference_changes) || ' ' || (SELECT count(*) FROM consent_decisions)";
    let before = bench.text(entries);
    let (again, _) = bench.import(FILE);
    assert_eq!((again.imported, again.unchanged, again.rejected), (0, 2, 3));
    assert_eq!(bench.text(entries), before);
}

#[test]
fn every_row_that_is_not_taken_says_why() {
    let (_, told) = Bench::new().import(FILE);
    let expected = [
        "line 4: customer.address: nobody signs in with \"nobody@example.com\" here; import their interactions first, or correct the address",
        "line 5: preferences[0].enabled: \"perhaps\" is none of \"N\", \"Y\"; add it to `preferences[0].enabled.values`",
        "line 6: contact_points[0]: \"12\": ",
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}");
    }
}

#[test]
fn an_opt_out_that_stands_here_is_never_taken_back() {
    let bench = Bench::new();
    bench.choose(
        json!({ "topics": { "newsletter": { "email": { "enabled": false } } } }),
        "2020-01-01T00:00:00Z",
    );
    let later = row("maya@example.com,2025-06-01,Y,,,,,,,");
    let (summary, told) = bench.import(&later);
    assert_eq!((summary.kept, summary.unchanged), (1, 1));
    assert_eq!(
        told,
        ["line 2: newsletter by email: is switched off here, and stays off"]
    );
    assert_eq!(
        bench.stands("/topics/newsletter/email/enabled"),
        Some(json!(false))
    );

    let bench = Bench::new();
    bench.choose(json!({ "global_opt_out": true }), "2020-01-01T00:00:00Z");
    let (summary, _) = bench.import(&later);
    assert_eq!(summary.kept, 1);
    assert_eq!(bench.stands("/topics/newsletter/email/enabled"), None);
}

#[test]
fn what_the_customer_chose_after_the_row_was_written_stays() {
    let bench = Bench::new();
    let off = row("maya@example.com,2025-06-01,N,,,,,,,");
    bench.import(&off);
    bench.choose(
        json!({ "topics": { "newsletter": { "email": { "enabled": true } } } }),
        "2026-02-01T00:00:00Z",
    );
    let (summary, told) = bench.import(&off);
    assert_eq!((summary.unchanged, told.len()), (1, 0));
    assert_eq!(
        bench.stands("/topics/newsletter/email/enabled"),
        Some(json!(true))
    );
    let newer = row("maya@example.com,2026-02-20,N,,,,,,,");
    assert_eq!(bench.import(&newer).0.imported, 1);
    assert_eq!(
        bench.stands("/topics/newsletter/email/enabled"),
        Some(json!(false))
    );
}

#[test]
fn a_contact_point_that_was_removed_here_does_not_come_back() {
    let bench = Bench::new();
    let number = row("maya@example.com,2025-06-01,,,912 345 678,2024-01-01,,,,");
    assert_eq!(bench.import(&number).0.imported, 1);
    bench
        .store
        .write_blocking(|tx| {
            let customer = bench.maya();
            let points = crate::contact_points::all(tx, &customer, now())?;
            let change = crate::contact_points::acts::difference(&points, &[]);
            let author = Author::customer(ChangeRoute::Portal, "Maya");
            let subject = portal_contract::preference_history::ChangeSubject::ContactPoint;
            let entry = history::NewChange::of(&customer, now(), &author, subject, change.values);
            history::record(tx, &entry)?;
            tx.execute("DELETE FROM contact_points WHERE kind = 'phone'", [])?;
            Ok(())
        })
        .unwrap();
    let (summary, told) = bench.import(&number);
    assert_eq!((summary.imported, summary.kept), (0, 1));
    assert!(told[0].contains("was removed here"), "{told:?}");
}

#[test]
fn a_no_to_a_purpose_stays_and_an_older_yes_is_no_news() {
    let bench = Bench::new();
    let decided = |day: &str, word: &str| row(&format!("maya@example.com,{day},,,,,,,,{word}"));
    assert_eq!(bench.import(&decided("2025-03-01", "no")).0.imported, 1);
    let (summary, told) = bench.import(&decided("2025-09-01", "yes"));
    assert_eq!(summary.kept, 1, "{told:?}");
    assert_eq!(bench.import(&decided("2025-03-01", "no")).0.unchanged, 1);
    assert_eq!(
        bench.text("SELECT group_concat(decision) FROM consent_decisions"),
        "withdraw"
    );

    let bench = Bench::new();
    assert_eq!(bench.import(&decided("2025-09-01", "yes")).0.imported, 1);
    assert_eq!(
        bench.import(&decided("2025-03-01", "no")).0.unchanged,
        1,
        "the yes is the later word"
    );
}

#[test]
fn a_map_that_cannot_mean_anything_is_refused_by_its_key() {
    let refused = |map: &str| {
        let map = WishesMap::parse(map).unwrap();
        let bench = Bench::new();
        import_wishes(
            &bench.store,
            &bench.config,
            &b"A,B\n"[..],
            &map,
            now(),
            &mut Report::new(),
            &Progress::hidden(),
        )
        .unwrap_err()
        .to_string()
    };
    let whose = "[customer]\naddress = \"{A}\"\n";
    assert!(refused(whose).contains("[[preferences]]"));
    let keep = format!("{whose}[global_opt_out]\nfrom = \"{{B}}\"\non_unknown = \"keep\"\n");
    assert!(
        refused(&keep).starts_with("`global_opt_out.on_unknown`"),
        "{}",
        refused(&keep)
    );
    let word = format!("{whose}[global_opt_out]\nfrom = \"{{B}}\"\nvalues = {{ Y = \"yes\" }}\n");
    assert!(
        refused(&word).contains("\"yes\" is none of \"on\", \"off\""),
        "{}",
        refused(&word)
    );
    let when = format!("{whose}[[consents]]\npurpose = \"x\"\ndecision = {{ from = \"{{B}}\" }}\n");
    assert!(
        refused(&when).starts_with("`consents[0].at`"),
        "{}",
        refused(&when)
    );
}
