use super::*;
use crate::i18n::text;

struct English;

impl Language for English {
    fn category(&self, count: f64, _in_source: bool) -> String {
        if count == 1.0 { "one" } else { "other" }.to_owned()
    }

    fn number(&self, number: f64) -> String {
        format!("{number}")
    }

    fn is_rtl(&self) -> bool {
        false
    }
}

fn json(text: &str) -> Json {
    Json::from(serde_json::from_str::<serde_json::Value>(text).unwrap())
}

fn english() -> Catalogue {
    let file = json(include_str!("../../public/locales/en.json"));
    let (catalogue, faults) = Catalogue::read(file.get("messages"));
    assert_eq!(faults, []);
    catalogue
}

#[test]
fn every_shipped_language_reads_without_a_fault() {
    for file in [
        include_str!("../../public/locales/de.json"),
        include_str!("../../public/locales/ar.json"),
    ] {
        let (catalogue, faults) = Catalogue::read(json(file).get("messages"));
        assert_eq!(faults, []);
        assert!(catalogue.is_whole());
    }
}

#[test]
fn a_count_chooses_its_form() {
    let say = |count: u64| english().render(&text::form_problems(count), &English);
    assert_eq!(say(1), "There is a problem");
    assert_eq!(say(3), "There are 3 problems");
}

#[test]
fn what_people_wrote_is_isolated_only_where_it_could_turn_the_sentence() {
    let say = |name: &str| english().render(&text::overview_greeting(name), &English);
    assert_eq!(say("Maya"), "Hello, Maya");
    assert_eq!(say("أمل"), "Hello, \u{2068}أمل\u{2069}");
}

#[test]
fn an_argument_is_never_read_as_a_placeholder() {
    let say = |name: &str| english().render(&text::overview_greeting(name), &English);
    assert_eq!(say("{name} {count} {{"), "Hello, {name} {count} {{");
}

#[test]
fn a_sentence_can_stand_in_a_sentence() {
    let catalogue = Catalogue {
        messages: english().messages,
        ..Catalogue::default()
    };
    let text = text::interaction_took(text::TIME_UNDER_A_MINUTE);
    assert_eq!(catalogue.render(&text, &English), "in less than a minute");
}

#[test]
fn the_companys_own_words_replace_single_sentences() {
    let mut catalogue = english();
    assert_eq!(
        catalogue.put_over(&json(r#"{"interactions.title": "Contacts"}"#)),
        []
    );
    assert_eq!(
        catalogue.render(&text::INTERACTIONS_TITLE, &English),
        "Contacts"
    );
    assert_eq!(
        catalogue.render(&text::OVERVIEW_TITLE, &English),
        "Overview"
    );
}

#[test]
fn a_bad_override_is_named_and_the_usual_sentence_stays() {
    let mut catalogue = english();
    let faults = catalogue.put_over(&json(
        r#"{"interactions.title": 7, "interactions.titel": "Contacts", "overview.greeting": "Hello!", "form.problems": {"one": "One"}}"#,
    ));
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "\"overview.greeting\" lacks the placeholder name",
            "\"interactions.title\" is not a text, or not an object of texts with \"other\"",
            "\"form.problems\" is not a text, or not an object of texts with \"other\"",
            "\"interactions.titel\" is not a key of en.json",
        ]
    );
    assert_eq!(
        catalogue.render(&text::INTERACTIONS_TITLE, &English),
        "Interactions"
    );
}

#[test]
fn what_a_language_lacks_is_english_with_english_plurals() {
    struct Asked;

    impl Language for Asked {
        fn category(&self, _count: f64, in_source: bool) -> String {
            if in_source { "one" } else { "many" }.to_owned()
        }

        fn number(&self, number: f64) -> String {
            format!("{number}")
        }

        fn is_rtl(&self) -> bool {
            false
        }
    }

    let (mut swedish, faults) = Catalogue::read(&json(r#"{"overview.title": "Översikt"}"#));
    assert!(faults.iter().all(|fault| fault.reason == Reason::Missing));
    assert!(!swedish.is_whole());
    swedish.fill_from(&english());
    assert!(swedish.is_whole());
    assert_eq!(swedish.render(&text::OVERVIEW_TITLE, &Asked), "Översikt");
    assert_eq!(
        swedish.render(&text::form_problems(1_u64), &Asked),
        "There is a problem"
    );
}

#[test]
fn a_broken_brace_in_a_file_is_only_a_character() {
    let (mut odd, _) = Catalogue::read(&json(
        r#"{"overview.greeting": "{{ \"' } {name} {nobody} {"}"#,
    ));
    odd.fill_with_keys();
    assert_eq!(
        odd.render(&text::overview_greeting("Maya"), &English),
        "{{ \"' } Maya {nobody} {"
    );
    assert_eq!(
        odd.render(&text::OVERVIEW_TITLE, &English),
        "overview.title"
    );
}
