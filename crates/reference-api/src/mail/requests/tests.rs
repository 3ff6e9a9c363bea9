use super::*;
use portal_contract::data_request::{DataRequestKind, DataRequestReason};

const STEPS: [Step; 10] = [
    Step::Received,
    Step::Unconfirmed,
    Step::Question,
    Step::Extended,
    Step::Ready,
    Step::Done,
    Step::DoneInPart,
    Step::Denied,
    Step::Scheduled,
    Step::Expired,
];

fn company() -> Company {
    Company {
        name: "Lumenfold".into(),
        locales: vec!["en".into()],
    }
}

fn mail(step: Step, locale: &str) -> RequestMail {
    RequestMail {
        customer: CustomerId::try_from("cus_1".to_owned()).unwrap(),
        to: "a@example.com".into(),
        locale: Some(locale.to_owned()),
        step,
        reference: "DR-2026-7KQ4MX".into(),
        kind: "erasure".into(),
        at: Some(Moment::from_millis(1_790_000_000_000)),
        time_zone: "Europe/Berlin".into(),
        words: Some("Line one {link}\nline two".into()),
        reason: Some("legal_hold".into()),
        link: "https://help.example.com/data/requests/dr_1".into(),
        ways: (
            Some("https://authority.example".into()),
            Some("mailto:privacy@example.com".into()),
        ),
    }
}

#[test]
fn every_step_is_said_in_every_language_with_number_and_link() {
    for step in STEPS {
        for locale in ["en", "de", "ar"] {
            let letter = compose(&company(), &mail(step, locale));
            assert_eq!(letter.locale, locale);
            let body = &letter.body;
            assert!(
                body.contains("DR-2026-7KQ4MX") && body.contains("Lumenfold"),
                "{body}"
            );
            assert!(
                body.contains("\nhttps://help.example.com/data/requests/dr_1\n"),
                "{body}"
            );
            assert!(!letter.subject.contains(['{', '\n']), "{}", letter.subject);
            assert!(!body.replace("{link}", "").contains(['{', '}']), "{body}");
        }
    }
}

#[test]
fn days_are_written_as_people_write_them_and_an_erasure_to_the_minute() {
    let body = |step, locale| compose(&company(), &mail(step, locale)).body;
    assert!(body(Step::Received, "en").contains("by 21 September 2026 at"));
    assert!(body(Step::Received, "de").contains("am 21. September 2026."));
    assert!(body(Step::Received, "ar").contains("21 سبتمبر 2026"));
    assert!(body(Step::Scheduled, "en").contains("21 September 2026, 16:13 (Europe/Berlin)"));
}

#[test]
fn a_refusal_says_why_and_where_to_complain_and_appeal() {
    let body = compose(&company(), &mail(Step::Denied, "en")).body;
    assert!(
        body.contains("a law has us keep it.\n\n    Line one {link}\n    line two\n"),
        "{body}"
    );
    assert!(
        body.contains("https://authority.example") && body.contains("mailto:privacy@example.com")
    );
    let body = compose(&company(), &mail(Step::Received, "en")).body;
    assert!(
        !body.contains("authority") && body.contains("If that was not you"),
        "{body}"
    );
}

#[test]
fn every_right_and_every_reason_has_a_name() {
    for kind in DataRequestKind::KNOWN {
        assert!(FILE.kinds.contains_key(kind.as_str()), "{kind:?}");
    }
    for reason in DataRequestReason::KNOWN {
        assert!(FILE.reasons.contains_key(reason.as_str()), "{reason:?}");
    }
}
