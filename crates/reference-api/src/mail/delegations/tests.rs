use super::*;
use portal_contract::delegation::DelegationRole;

const STEPS: [DelegationStep; 6] = [
    DelegationStep::Asked,
    DelegationStep::AskedExecutor,
    DelegationStep::Began,
    DelegationStep::Request,
    DelegationStep::Erasure,
    DelegationStep::Ended,
];

fn letter(step: DelegationStep, locale: &str) -> Letter {
    let company = Company {
        name: "Lumenfold".into(),
        locales: vec!["en".into()],
    };
    let mail = DelegationMail {
        customer: CustomerId::try_from("cus_1".to_owned()).unwrap(),
        to: "a@example.com".into(),
        locale: Some(locale.to_owned()),
        step,
        name: Some("Maya\n{link} Lindqvist".into()),
        address: "m…@example.com".into(),
        role: "agent".into(),
        kinds: vec!["access".into(), "erasure".into()],
        covers: Vec::new(),
        ends_at: Moment::from_millis(1_790_000_000_000),
        decide_by: Moment::from_millis(1_780_000_000_000),
        time_zone: "Europe/Berlin".into(),
        reference: Some("DR-2026-7KQ4MX".into()),
        link: (step != DelegationStep::Ended)
            .then(|| "https://help.example.com/people#t=abc".to_owned()),
    };
    compose(&company, &mail)
}

#[test]
fn every_mail_says_who_and_where_to_decide_in_every_language() {
    for step in STEPS {
        for locale in ["en", "de", "ar"] {
            let letter = letter(step, locale);
            assert_eq!(letter.locale, locale);
            let body = &letter.body;
            assert!(
                body.contains("Maya {link} Lindqvist") && body.contains("Lumenfold"),
                "{body}"
            );
            let has_link = body.contains("\nhttps://help.example.com/people#t=abc\n");
            assert_eq!(has_link, step != DelegationStep::Ended, "{body}");
            assert!(!letter.subject.contains(['{', '\n']), "{}", letter.subject);
            assert!(!body.replace("{link}", "").contains(['{', '}']), "{body}");
        }
    }
}

#[test]
fn what_is_asked_is_said_with_its_last_day() {
    let body = letter(DelegationStep::Asked, "en").body;
    assert!(
        body.contains("as authorised agent, until 21 September 2026."),
        "{body}"
    );
    assert!(
        body.contains("a copy of your data, deleting your data."),
        "{body}"
    );
    assert!(body.contains("all that we hold"), "{body}");
}

#[test]
fn every_role_has_a_name() {
    for role in DelegationRole::KNOWN {
        assert!(FILE.roles.contains_key(role.as_str()), "{role:?}");
    }
}
