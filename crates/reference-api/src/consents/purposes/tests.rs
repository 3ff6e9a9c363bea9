use super::*;

fn refused(from: &str, to: &str) -> FileError {
    assert!(DEMO.contains(from), "{from}");
    Purposes::parse("purposes.toml", &DEMO.replace(from, to)).unwrap_err()
}

fn purpose<'a>(purposes: &'a Purposes, id: &str) -> &'a PurposeSource {
    purposes.find(&id.parse().unwrap()).unwrap()
}

#[test]
fn the_demonstration_has_every_kind_of_purpose_in_three_languages() {
    let purposes = Purposes::demo();
    for basis in [
        LawfulBasis::Consent,
        LawfulBasis::Contract,
        LawfulBasis::LegalObligation,
        LawfulBasis::LegitimateInterests,
    ] {
        let is_there = |purpose: &PurposeSource| purpose.lawful_basis == basis;
        assert!(purposes.all.iter().any(is_there), "{basis:?}");
    }
    assert!(purposes.all.iter().any(|purpose| purpose.sale_or_sharing));
    for purpose in &purposes.all {
        let languages: Vec<_> = purpose.text.keys().map(String::as_str).collect();
        assert_eq!(languages, ["ar", "de", "en"], "{}", purpose.id);
    }
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let cases = [
        (
            "email = \"privacy@lumenfold.example\"",
            "email = \"nobody\"",
            "controller.email",
        ),
        ("url = \"https:", "url = \"http:", "controller.url"),
        (
            "id = \"bookkeeping\"",
            "id = \"supply\"",
            "purpose \"supply\"",
        ),
        (
            "keep = \"P10Y\"",
            "keep = \"ten years\"",
            "purpose \"bookkeeping\", keep",
        ),
        (
            "expires = \"P2Y\"",
            "expires = \"-P2Y\"",
            "purpose \"partner_advertising\", expires",
        ),
        (
            "lawful_basis = \"legal_obligation\"",
            "lawful_basis = \"because\"",
            "purpose \"bookkeeping\", lawful_basis",
        ),
        (
            "lawful_basis = \"legal_obligation\"",
            "lawful_basis = \"legal_obligation\"\nsale_or_sharing = true",
            "purpose \"bookkeeping\", sale_or_sharing",
        ),
        (
            "data = [\"fine_readings\"]",
            "data = []",
            "purpose \"consumption_insights\"",
        ),
        ("\"mailing\"", "\"nobody\"", "purpose \"personal_offers\""),
        (
            "label = \"Keeping books\"",
            "label = \" \"",
            "purpose \"bookkeeping\", text.en",
        ),
        (
            "since = \"2025-09-15\"",
            "since = \"2023-09-15\"",
            "purpose \"better_service\"",
        ),
        (
            "version = \"2025-09\"",
            "version = \"2024-05\"",
            "purpose \"better_service\", notice \"2024-05\"",
        ),
        (
            "{ en = \"District\"",
            "{ fr = \"District\"",
            "data.district",
        ),
        ("[methods.ar]", "[methods.fr]", "methods"),
    ];
    for (from, to, place) in cases {
        assert_eq!(refused(from, to).place, place, "{to}");
    }
}

#[test]
fn a_misspelt_key_is_shown_with_its_line() {
    for (from, to) in [
        ("keep = \"P10Y\"", "kept = \"P10Y\""),
        ("id = \"bookkeeping\"", "id = \"book keeping\""),
        ("since = \"2025-09-15\"", "since = \"yesterday\""),
    ] {
        let error = refused(from, to);
        assert!(error.problem.contains("line"), "{error}");
    }
}

#[test]
fn a_file_without_purposes_offers_none() {
    assert_eq!(
        Purposes::parse("purposes.toml", "").unwrap(),
        Purposes::default()
    );
}

#[test]
fn words_are_the_nearest_that_there_are() {
    let purposes = Purposes::demo();
    let (text, usual) = (&purposes.all[0].text, ["de".to_owned()]);
    let language = |tag| in_language(text, tag, &usual).map(|(language, _)| language);
    assert_eq!(language(Some("ar-EG")), Some("ar"));
    assert_eq!(language(Some("fi")), Some("de"));
    assert_eq!(language(None), Some("de"));
    assert_eq!(in_language(text, Some("fi"), &[]).unwrap().0, "ar");
    assert_eq!(in_language(&Local::<String>::new(), None, &usual), None);
}

#[test]
fn the_notice_of_a_day_is_the_one_that_was_in_force() {
    let purposes = Purposes::demo();
    let purpose = purpose(&purposes, "better_service");
    let version = |year, month, day| {
        let day = Date::constant(year, month, day);
        purpose.notice_on(day).version.clone()
    };
    assert_eq!(version(2020, 1, 1), "2024-05");
    assert_eq!(version(2025, 9, 14), "2024-05");
    assert_eq!(version(2025, 9, 15), "2025-09");
    assert_eq!(purpose.notice().version, "2025-09");
    assert!(purpose.has_notice("2024-05") && !purpose.has_notice("2023-01"));
}
