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

fn names() -> Names {
    Names::new(text::KEYS.iter().map(|key| (*key).to_owned()))
}

/// A language as a company brings it.
fn whole(messages: &Json) -> (Catalogue, Vec<Fault>) {
    let mut catalogue = Catalogue::default();
    let faults = catalogue.put_own(messages, &names(), true);
    (catalogue, faults)
}

fn english() -> Catalogue {
    let file = json(include_str!("../../public/locales/en.json"));
    let (mut catalogue, faults) = whole(file.get("messages"));
    assert_eq!(faults, []);
    std::mem::swap(&mut catalogue.own, &mut catalogue.shipped);
    catalogue
}

#[test]
fn every_shipped_language_reads_without_a_fault() {
    for file in [
        include_str!("../../public/locales/de.json"),
        include_str!("../../public/locales/ar.json"),
    ] {
        let (_, faults) = whole(json(file).get("messages"));
        assert_eq!(faults, []);
    }
}

#[test]
fn sentences_come_by_number_and_as_they_are_needed() {
    let mut catalogue = Catalogue::default();
    let number = |key: &str| {
        text::KEYS
            .iter()
            .position(|known| known.split(' ').next() == Some(key))
            .expect("it is a key")
    };
    let first = format!(
        r#"{{"{}": "Hello, {{0}}", "{}": {{"one": "One", "other": "{{0}} problems"}}}}"#,
        number("overview.greeting"),
        number("form.problems")
    );
    catalogue.put_shipped(&json(&first));
    let say = |text: Text| catalogue.render(&text, &English);
    assert_eq!(say(text::overview_greeting("Maya")), "Hello, Maya");
    assert_eq!(say(text::form_problems(1_u64)), "One");
    assert_eq!(say(text::form_problems(3_u64)), "3 problems");
    assert_eq!(say(text::OVERVIEW_TITLE), "");
    let more = format!(r#"{{"{}": "Overview"}}"#, number("overview.title"));
    catalogue.put_shipped(&json(&more));
    assert_eq!(
        catalogue.render(&text::OVERVIEW_TITLE, &English),
        "Overview"
    );
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
    let catalogue = english();
    let text = text::interaction_took(text::TIME_UNDER_A_MINUTE);
    assert_eq!(catalogue.render(&text, &English), "in less than a minute");
}

#[test]
fn the_companys_own_words_replace_single_sentences() {
    let mut catalogue = english();
    assert_eq!(
        catalogue.put_own(
            &json(r#"{"interactions.title": "Contacts"}"#),
            &names(),
            false
        ),
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
    let own = json(
        r#"{"interactions.title": 7, "interactions.titel": "Contacts", "overview.greeting": "Hello!", "form.problems": {"one": "One"}}"#,
    );
    let faults = catalogue.put_own(&own, &names(), false);
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "\"form.problems\" is not a text, or not an object of texts with \"other\"",
            "\"interactions.title\" is not a text, or not an object of texts with \"other\"",
            "\"overview.greeting\" lacks the placeholder name",
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

    let mut swedish = Catalogue::new(true);
    let faults = swedish.put_own(&json(r#"{"overview.title": "Översikt"}"#), &names(), true);
    assert!(faults.iter().all(|fault| fault.reason == Reason::Missing));
    swedish.shipped = english().shipped;
    assert_eq!(swedish.render(&text::OVERVIEW_TITLE, &Asked), "Översikt");
    assert_eq!(
        swedish.render(&text::form_problems(1_u64), &Asked),
        "There is a problem"
    );
}

#[test]
fn a_broken_brace_in_a_file_is_only_a_character() {
    let (odd, _) = whole(&json(
        r#"{"overview.greeting": "{{ \"' } {name} {nobody} {"}"#,
    ));
    assert_eq!(
        odd.render(&text::overview_greeting("Maya"), &English),
        "{{ \"' } Maya {nobody} {"
    );
}
