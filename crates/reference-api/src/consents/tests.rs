//! Deciding, from inside: what is written and what is not.

use super::*;
use crate::preferences::history::Author;
use crate::testing::{NOW, TestApi};
use portal_contract::consent::{ConsentRecord, Decision};
use portal_contract::preference_history::ChangeRoute;
use portal_contract::receipt::ConsentReceipt;

const USUAL: [&str; 2] = ["en", "de"];

struct Scene {
    api: TestApi,
    customer: CustomerId,
}

impl Scene {
    async fn new() -> Self {
        let api = TestApi::new();
        let customer = api.customer("maya@example.com", "Maya").await;
        Self { api, customer }
    }

    fn who(&self) -> Who {
        Who {
            customer: self.customer.clone(),
            mark: "mark".to_owned(),
            author: Author::customer(ChangeRoute::Portal, "Maya"),
        }
    }

    fn decide(&self, purpose: &str, decision: Decision, notice: &str) -> Ruling {
        self.decide_at(purpose, decision, notice, NOW)
    }

    fn decide_at(&self, purpose: &str, decision: Decision, notice: &str, millis: i64) -> Ruling {
        let wish = Wish {
            purpose: purpose.parse().unwrap(),
            decision,
            notice_version: notice.to_owned(),
            language: Some("de".to_owned()),
        };
        let usual = USUAL.map(str::to_owned);
        self.write(|tx| {
            let now = Moment::from_millis(millis);
            decide(tx, &Purposes::demo(), &usual, &self.who(), wish, now)
        })
    }

    fn signal(&self) -> usize {
        let usual = USUAL.map(str::to_owned);
        self.write(|tx| {
            let now = Moment::from_millis(NOW);
            honour(tx, &Purposes::demo(), &usual, &self.customer, "mark", now)
        })
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.api.state.store.write_blocking(work).unwrap()
    }

    fn standing(&self, purpose: &str) -> Standing {
        let read = |db: &Connection| {
            let id = purpose.parse().unwrap();
            let now = Moment::from_millis(NOW);
            standing(db, &Purposes::demo(), &self.customer, &id, now)
        };
        self.api.state.store.read_blocking(read).unwrap().unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        let read = |db: &Connection| Ok(db.query_row(sql, [], |row| row.get(0))?);
        self.api.state.store.read_blocking(read).unwrap()
    }
}

fn recorded(ruling: Ruling) -> ConsentRecord {
    match ruling {
        Ruling::Recorded(record) => record,
        other => panic!("{other:?}"),
    }
}

fn refused(ruling: Ruling) -> Refused {
    match ruling {
        Ruling::Refused(refused) => refused,
        other => panic!("{other:?}"),
    }
}

const RECORDS: &str = "SELECT count(*) FROM consent_decisions";
const HISTORY: &str = "SELECT count(*) FROM preference_changes WHERE subject = 'consent'";
const EVENTS: &str = "SELECT count(*) FROM events WHERE kind = 'consent.updated'";

#[tokio::test]
async fn a_decision_is_a_record_an_entry_and_an_event() {
    let scene = Scene::new().await;
    let record = recorded(scene.decide("personal_offers", Decision::Grant, "2025-11"));
    assert_eq!(record.status_before.as_str(), "not_asked");
    assert_eq!(record.status.as_str(), "granted");
    for table in [RECORDS, HISTORY, EVENTS] {
        assert_eq!(scene.count(table), 1, "{table}");
    }
    assert!(scene.standing("personal_offers").allows_use());
}

#[tokio::test]
async fn the_same_again_is_the_record_in_force() {
    let scene = Scene::new().await;
    let first = recorded(scene.decide("personal_offers", Decision::Withdraw, "2025-11"));
    let again = scene.decide("personal_offers", Decision::Withdraw, "2025-11");
    assert_eq!(again, Ruling::Standing(first));
    for table in [RECORDS, HISTORY, EVENTS] {
        assert_eq!(scene.count(table), 1, "{table}");
    }
}

#[tokio::test]
async fn a_consent_that_ran_out_is_given_anew() {
    const YEARS: i64 = 3 * 366 * 24 * 3600 * 1000;
    let scene = Scene::new().await;
    let long_ago = NOW - YEARS;
    recorded(scene.decide_at("partner_advertising", Decision::Grant, "2024-05", long_ago));
    assert!(!scene.standing("partner_advertising").allows_use());
    recorded(scene.decide("partner_advertising", Decision::Grant, "2024-05"));
    assert!(scene.standing("partner_advertising").allows_use());
}

#[tokio::test]
async fn a_yes_needs_the_notice_in_force_and_a_no_needs_none() {
    let scene = Scene::new().await;
    assert_eq!(
        refused(scene.decide("personal_offers", Decision::Grant, "2024-05")),
        Refused::NoticeChanged(vec![Decision::Grant, Decision::Withdraw])
    );
    assert_eq!(
        refused(scene.decide("personal_offers", Decision::Grant, "never")),
        Refused::NoSuchNotice
    );
    let old = recorded(scene.decide("personal_offers", Decision::Withdraw, "2024-05"));
    assert_eq!(old.notice_version, "2024-05");
    let unknown = recorded(scene.decide("better_service", Decision::Object, "never"));
    assert_eq!(unknown.notice_version, "2025-09");
}

#[tokio::test]
async fn an_interest_is_objected_to_and_never_withdrawn() {
    let scene = Scene::new().await;
    for decision in [Decision::Withdraw, Decision::Grant, "else".into()] {
        assert_eq!(
            refused(scene.decide("better_service", decision, "2025-09")),
            Refused::NotDecidable(vec![Decision::Object])
        );
    }
    assert_eq!(
        refused(scene.decide("better_service", Decision::EndObjection, "2025-09")),
        Refused::NotDecidable(vec![Decision::Object])
    );
    recorded(scene.decide("better_service", Decision::Object, "2025-09"));
    assert!(!scene.standing("better_service").allows_use());
    recorded(scene.decide("better_service", Decision::EndObjection, "2025-09"));
    assert!(scene.standing("better_service").allows_use());
}

#[tokio::test]
async fn a_contract_and_a_law_leave_nothing_to_decide() {
    let scene = Scene::new().await;
    for purpose in ["supply", "bookkeeping"] {
        for decision in Decision::KNOWN {
            assert_eq!(
                refused(scene.decide(purpose, decision.clone(), "2024-05")),
                Refused::NotDecidable(Vec::new())
            );
        }
    }
    assert_eq!(
        refused(scene.decide("unheard-of", Decision::Grant, "1")),
        Refused::NoSuchPurpose
    );
    assert_eq!(scene.count(RECORDS), 0);
}

#[tokio::test]
async fn a_decision_is_never_changed() {
    let scene = Scene::new().await;
    recorded(scene.decide("personal_offers", Decision::Grant, "2025-11"));
    let change = scene.api.state.store.write_blocking(|tx| {
        Ok(tx.execute("UPDATE consent_decisions SET decision = 'withdraw'", [])?)
    });
    assert!(change.unwrap_err().to_string().contains("never changed"));
}

#[tokio::test]
async fn a_signal_says_no_once_to_every_sale_and_to_nothing_else() {
    let scene = Scene::new().await;
    recorded(scene.decide("partner_advertising", Decision::Grant, "2024-05"));
    recorded(scene.decide("personal_offers", Decision::Grant, "2025-11"));
    assert_eq!(scene.signal(), 2);
    assert_eq!(scene.signal(), 0);
    for purpose in ["partner_advertising", "reach_measurement"] {
        let standing = scene.standing(purpose);
        assert!(!standing.allows_use(), "{purpose}");
        assert_eq!(
            standing.signal_honoured_since,
            Some(Moment::from_millis(NOW))
        );
    }
    assert!(scene.standing("personal_offers").allows_use());
}

#[tokio::test]
async fn what_the_customer_allows_after_a_signal_stands() {
    let scene = Scene::new().await;
    scene.signal();
    recorded(scene.decide("partner_advertising", Decision::Grant, "2024-05"));
    assert_eq!(scene.signal(), 0);
    let standing = scene.standing("partner_advertising");
    assert!(standing.allows_use());
    assert_eq!(standing.signal_honoured_since, None);
}

#[tokio::test]
async fn a_signal_that_changes_nothing_is_recorded_and_makes_no_entry() {
    let scene = Scene::new().await;
    recorded(scene.decide("partner_advertising", Decision::Withdraw, "2024-05"));
    assert_eq!(scene.count(HISTORY), 1);
    assert_eq!(scene.signal(), 2);
    assert_eq!(scene.count(RECORDS), 3);
    assert_eq!(scene.count(HISTORY), 2);
}

#[tokio::test]
async fn a_receipt_says_what_was_told_in_the_language_it_was_told_in() {
    let scene = Scene::new().await;
    let record = recorded(scene.decide("partner_advertising", Decision::Grant, "2024-05"));
    let read = |db: &Connection| receipt_of(db, &scene.customer, &record.purpose_id, &record.id);
    let bytes = scene.api.state.store.read_blocking(read).unwrap().unwrap();
    let receipt: ConsentReceipt = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(receipt.schema_version, "ISO/IEC TS 27560:2023");
    assert_eq!(receipt.pii_principal_id, "mark");
    assert_eq!(receipt.pii_processing.language, "de");
    let purpose = &receipt.pii_processing.purposes[0];
    assert_eq!(purpose.purpose, "Werbung von Partnern");
    assert_eq!(purpose.pii_controllers, ["lumenfold"]);
    assert_eq!(receipt.party_identification[0].party_id, "lumenfold");
    assert_eq!(purpose.pii_information[1].pii_type, "Bezirk");
    assert_eq!(
        purpose.recipient_third_parties[0].safeguard.as_deref(),
        Some("Standardvertragsklauseln")
    );
    let event = &receipt.events[0];
    assert_eq!(
        (event.event_type.as_str(), event.event_state.as_str()),
        ("grant", "granted")
    );
    assert_eq!(event.validity_duration.as_deref(), Some("P2Y"));
    assert_eq!(event.event_time, record.at);
}
