use super::*;
use crate::consents::purposes::Purposes;
use crate::preferences::history::Author;
use crate::testing::NOW;

const YEAR: i64 = 366 * 24 * 3600;

fn purpose(id: &str) -> PurposeSource {
    Purposes::demo().find(&id.parse().unwrap()).unwrap().clone()
}

fn now() -> Moment {
    Moment::from_millis(NOW)
}

/// A decision with its route and its notice.
type Told<'a> = (&'a str, &'a str, &'a str);

/// A purpose, what was decided, how it stands then, and what can be decided.
type Case<'a> = (&'a str, &'a [Told<'a>], &'a str, &'a [&'a str]);

/// Records with these decisions, routes and notices, the oldest first, the last one at this moment.
fn records(purpose: &PurposeSource, told: &[Told<'_>], last: Moment) -> Vec<Record> {
    let count = i64::try_from(told.len()).unwrap();
    (1..)
        .zip(told)
        .map(|(seq, (decision, route, notice))| Record {
            seq,
            id: format!("cdr_{seq}").parse().unwrap(),
            purpose: purpose.id.clone(),
            decision: (*decision).into(),
            status_before: ConsentStatus::NotAsked,
            status: ConsentStatus::NotAsked,
            at: last.plus_seconds(seq - count),
            author: Author::nobody((*route).into()),
            notice_version: (*notice).to_owned(),
            language: None,
        })
        .collect()
}

fn stands(id: &str, told: &[Told<'_>]) -> (String, Vec<String>) {
    let purpose = purpose(id);
    let standing = Standing::of(&purpose, &records(&purpose, told, now()), now());
    let allowed = allowed_decisions(&purpose, &standing);
    (
        standing.status.as_str().to_owned(),
        allowed.iter().map(|one| one.as_str().to_owned()).collect(),
    )
}

#[test]
fn how_a_purpose_stands_follows_from_its_ground_and_the_last_decision() {
    let old = ("grant", "portal", "2024-05");
    let new = ("grant", "portal", "2025-11");
    let no = ("withdraw", "portal", "2025-11");
    let object = ("object", "portal", "2025-09");
    let end = ("end_objection", "portal", "2025-09");
    let cases: [Case<'_>; 11] = [
        ("supply", &[], "in_use", &[]),
        ("bookkeeping", &[], "in_use", &[]),
        ("personal_offers", &[], "not_asked", &["grant", "withdraw"]),
        ("personal_offers", &[new], "granted", &["withdraw"]),
        ("personal_offers", &[old], "granted", &["withdraw", "grant"]),
        ("personal_offers", &[new, no], "withdrawn", &["grant"]),
        ("personal_offers", &[no], "withdrawn", &["grant"]),
        ("personal_offers", &[no, new], "granted", &["withdraw"]),
        ("better_service", &[], "in_use", &["object"]),
        ("better_service", &[object], "objected", &["end_objection"]),
        ("better_service", &[object, end], "in_use", &["object"]),
    ];
    for (id, told, status, allowed) in cases {
        let (stood, possible) = stands(id, told);
        assert_eq!(stood, status, "{id} {told:?}");
        assert_eq!(possible, allowed, "{id} {told:?}");
    }
}

#[test]
fn a_no_outlives_a_change_of_the_ground() {
    let mut purpose = purpose("personal_offers");
    let records = records(&purpose, &[("withdraw", "portal", "2025-11")], now());
    purpose.lawful_basis = LawfulBasis::LegitimateInterests;
    let standing = Standing::of(&purpose, &records, now());
    assert_eq!(standing.status, ConsentStatus::Objected);
    let yes = self::records(&purpose, &[("grant", "portal", "2025-11")], now());
    purpose.lawful_basis = LawfulBasis::PublicTask;
    assert_eq!(
        Standing::of(&purpose, &yes, now()).status,
        ConsentStatus::InUse
    );
}

#[test]
fn a_consent_runs_out_where_the_purpose_says_so() {
    let purpose = purpose("partner_advertising");
    let told = [("grant", "portal", "2024-05")];
    let at = |seconds: i64| {
        let granted = now().plus_seconds(-seconds);
        Standing::of(&purpose, &records(&purpose, &told, granted), now())
    };
    assert_eq!(at(YEAR).status, ConsentStatus::Granted);
    assert!(at(YEAR).allows_use());
    assert_eq!(
        at(0).expires_at.unwrap().to_timestamp().as_str(),
        "2028-03-04T05:06:07Z"
    );
    let late = at(3 * YEAR);
    assert_eq!(late.status, ConsentStatus::Expired);
    assert!(!late.allows_use());
    assert_eq!(
        allowed_decisions(&purpose, &late),
        [Decision::Grant, Decision::Withdraw]
    );
}

#[test]
fn a_signal_is_honoured_until_the_customer_allows_it_knowingly() {
    let purpose = purpose("partner_advertising");
    let honoured = |told: &[Told<'_>]| {
        let records = records(&purpose, told, now());
        let standing = Standing::of(&purpose, &records, now());
        standing.signal_honoured_since.map(Moment::millis)
    };
    let signal = ("withdraw", "signal", "2024-05");
    let grant = ("grant", "portal", "2024-05");
    let withdraw = ("withdraw", "portal", "2024-05");
    assert_eq!(honoured(&[]), None);
    assert_eq!(honoured(&[withdraw]), None);
    assert_eq!(honoured(&[signal]), Some(NOW));
    assert_eq!(honoured(&[grant, signal]), Some(NOW));
    assert_eq!(honoured(&[signal, withdraw]), Some(NOW - 1000));
    assert_eq!(honoured(&[signal, grant]), None);
    assert_eq!(honoured(&[signal, grant, withdraw]), None);
}
