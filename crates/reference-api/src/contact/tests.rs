use super::*;

fn refusal(text: &str) -> String {
    Ways::parse("ways.toml", text).unwrap_err().to_string()
}

/// A file with one way, which `more` goes on about.
fn way(kind: &str, more: &str) -> String {
    format!("[[option]]\nid = \"one\"\nkind = \"{kind}\"\ntext.en.label = \"One\"\n{more}")
}

#[test]
fn the_demonstrations_ways_are_told_in_every_language_of_its_company() {
    let ways = crate::demo::ways();
    let languages = ["ar", "de", "en"];
    for way in &ways.all {
        let told: Vec<&String> = way.text.keys().collect();
        assert_eq!(told, languages, "{}", way.id);
        for text in way.cost.iter().filter(|cost| !cost.detail.is_empty()) {
            assert_eq!(text.detail.len(), 3, "{}", way.id);
        }
        let exceptions = way.hours.iter().flat_map(|hours| &hours.exceptions);
        assert!(
            exceptions.into_iter().all(|day| day.because.len() == 3),
            "{}",
            way.id
        );
    }
    assert!(ways.topics.iter().all(|topic| topic.label.len() == 3));
    let zones: std::collections::BTreeSet<&str> = ways
        .all
        .iter()
        .filter_map(|way| Some(way.hours.as_ref()?.zone_name.as_str()))
        .collect();
    assert!(zones.len() >= 3, "{zones:?}");
}

#[test]
fn what_is_wrong_is_told_with_file_place_and_what_to_do() {
    let hours = "[hours.h]\ntime_zone = \"Europe/Berlin\"\nweek = [{ days = [\"mon\"], start = \"08:00\", end = \"20:00\" }]\n";
    let booking = "callback = { minutes = 15, capacity = 1, days = 14 }";
    let twice = way("message", "") + &way("message", "");
    for (text, place, problem) in [
        (
            way("pigeon", ""),
            "option \"one\", kind",
            "is none of message, callback",
        ),
        (way("phone", ""), "option \"one\", address", "is missing"),
        (
            way("phone", "address.email = \"a@b.example\""),
            "option \"one\", address",
            "has no \"number\"",
        ),
        (
            way("phone", "address.number = \"030 23125\""),
            "option \"one\", address",
            "begin with +",
        ),
        (
            way("phone", "address.number = \"+49 30 23125 123 ext. 4\""),
            "address",
            "is no telephone number",
        ),
        (
            way("email", "address.email = \"a@b@c\""),
            "address",
            "is no email address",
        ),
        (
            way("chat", "address.url = \"http://a.example\""),
            "address",
            "is no https address",
        ),
        (
            way("chat", "address.url = \"https://a.example/\\\"onclick\""),
            "address",
            "is no https address",
        ),
        (
            way("chat", "address.url = \"javascript:alert(1)\""),
            "address",
            "is no https address",
        ),
        (
            way("post", "address.lines = []\naddress.country = \"DE\""),
            "address",
            "1 to 8 lines",
        ),
        (
            way(
                "post",
                "address.lines = [\"a\"]\naddress.country = \"Germany\"",
            ),
            "address",
            "two capital letters",
        ),
        (
            way("message", "address.number = \"+49 30 23125 123\""),
            "address",
            "happens in the portal",
        ),
        (
            way("message", "hours = \"never\""),
            "option \"one\", hours",
            "there is no [hours.never]",
        ),
        (
            way("message", "topics = [\"moon\"]"),
            "option \"one\", topics",
            "there is no [[topic]] \"moon\"",
        ),
        (
            way("message", "languages = [\"German\"]"),
            "languages",
            "is no language tag",
        ),
        (
            way("message", "accessibility = [\"ramp\"]"),
            "accessibility",
            "is none of relay_service",
        ),
        (
            way("message", "cost = { kind = \"charged\" }"),
            "cost",
            "without a \"detail\"",
        ),
        (
            way("message", "wait_minutes = 1000000"),
            "wait_minutes",
            "not a whole number from 0",
        ),
        (
            way("message", booking),
            "callback",
            "for the kind \"callback\" alone",
        ),
        (way("callback", ""), "callback", "is missing"),
        (way("callback", booking), "callback", "needs \"hours\""),
        (
            way(
                "callback",
                "hours = \"h\"\ncallback = { minutes = 1, capacity = 1, days = 14 }",
            ) + "\n"
                + hours,
            "option \"one\", callback",
            "minutes is 1, not a whole number from 5 to 240",
        ),
        (
            way("message", "text.de.label = \" \""),
            "option \"one\", text",
            "is empty in \"de\"",
        ),
        (twice, "option \"one\"", "stands twice"),
        (
            way("message", "").replace("\"one\"", "\"One way\""),
            "option \"One way\"",
            "is no id",
        ),
        (hours.to_owned(), "hours \"h\"", "are those of no option"),
        (
            hours.replace("Berlin", "Atlantis"),
            "hours \"h\", time_zone",
            "is no IANA zone",
        ),
        (
            hours.replace("08:00", "8:00"),
            "hours \"h\", week",
            "\"8:00\" is no time of day",
        ),
        (
            hours.replace("20:00", "24:00"),
            "hours \"h\", week",
            "\"24:00\" is no time of day",
        ),
        (
            hours.replace("\"mon\"", "\"Monday\""),
            "hours \"h\", week",
            "\"Monday\" is no day",
        ),
        (
            format!("{hours}except = [{{ date = \"2026-02-30\" }}]"),
            "except \"2026-02-30\"",
            "is no day, such as",
        ),
        (
            format!("{hours}except = [{{ date = \"12-24\" }}, {{ date = \"12-24\" }}]"),
            "except \"12-24\"",
            "stands twice",
        ),
        (
            "[[topic]]\nid = \"a\"\nlabel = {}".to_owned(),
            "topic \"a\", label",
            "is in no language",
        ),
        (
            "options = 1".to_owned(),
            "the file",
            "unknown field `options`",
        ),
        (
            way("message", "colour = 1"),
            "the file",
            "unknown field `colour`",
        ),
    ] {
        let told = refusal(&text);
        assert!(told.starts_with("ways.toml, "), "{told}");
        assert!(told.contains(place), "{place}: {told}");
        assert!(told.contains(problem), "{problem}: {told}");
    }
    let absent = Ways::load(std::path::Path::new("absent.toml")).unwrap_err();
    assert!(
        absent
            .to_string()
            .contains("absent.toml, the file: cannot be read"),
        "{absent}"
    );
}

#[test]
fn a_costly_number_of_the_companys_own_can_be_told() {
    let told = address::number("+49 180 5 123456").unwrap();
    assert_eq!(told.uri.as_deref(), Some("tel:+491805123456"));
}

#[test]
fn a_mail_address_becomes_one_link_whatever_stands_in_it() {
    let told = address::email("a&b=c?d@example.com").unwrap();
    assert_eq!(
        told.uri.as_deref(),
        Some("mailto:a%26b%3Dc%3Fd@example.com")
    );
}
