use super::*;

const WHOLE: &str = r#"
[[notice]]
key = "outage-12"
kind = "outage"
severity = "high"
topic = "outages"
about_topic = "outage"
since = "2026-03-04T05:06:07+01:00"
expected_end = "2026-03-04T09:00:00Z"
until = "2026-03-05T00:00:00Z"
customers = ["maya@example.com"]
interaction = "LF-1"
[notice.text.en]
title = "No broadband in your street"
text = "A cable was cut."
link = "What helps meanwhile"
answers = { well = "It works again", not-yet = "It does not" }
[notice.link]
guide = "no-internet"
[[notice.answer]]
id = "well"
[[notice.answer]]
id = "not-yet"
goes_on = true
"#;

fn refusal(text: &str) -> String {
    parse("notices.toml", text, &moment)
        .unwrap_err()
        .to_string()
}

#[test]
fn a_whole_notice_is_read() {
    let notices = parse("notices.toml", WHOLE, &moment).unwrap();
    let [notice] = notices.as_slice() else {
        panic!("{notices:?}")
    };
    assert_eq!(notice.since.to_timestamp().as_str(), "2026-03-04T04:06:07Z");
    assert!(notice.content.answers[1].goes_on);
    assert_eq!(
        notice.audience,
        Audience::Matter {
            customer: "maya@example.com".to_owned(),
            reference: "LF-1".to_owned(),
        }
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let faults = [
        (
            "key = \"outage-12\"",
            "key = \"a b\"",
            "notice \"a b\": \"a b\" is no id",
        ),
        (
            "\"outage\"\nseverity",
            "\"outrage\"\nseverity",
            "kind: \"outrage\" is none of outage, delay",
        ),
        (
            "\"high\"",
            "\"huge\"",
            "severity: \"huge\" is none of low, medium, high",
        ),
        (
            "05:06:07+01:00",
            "05:06",
            "since: \"2026-03-04T05:06\" is no moment by RFC 3339",
        ),
        (
            "2026-03-05T00",
            "2026-03-01T00",
            "until: is not after \"since\"",
        ),
        (
            "2026-03-04T09",
            "2026-03-01T09",
            "expected_end: is not after \"since\"",
        ),
        (
            "customers = [\"maya@example.com\"]",
            "",
            "customers: is missing; name the addresses",
        ),
        (
            "[\"maya@example.com\"]",
            "[\"a@example.com\", \"b@example.com\"]",
            "customers: are several",
        ),
        (
            "interaction = \"LF-1\"",
            "everyone = true",
            "customers: stands beside \"everyone\"",
        ),
        (
            "guide = \"no-internet\"",
            "url = \"http://example.com\"",
            "link: \"http://example.com\" is no address",
        ),
        ("guide = \"no-internet\"", "", "link: names one of"),
        (
            "link = \"What helps meanwhile\"",
            "",
            "text.en: link is missing",
        ),
        (
            "title = \"No broadband in your street\"",
            "title = \" \"",
            "text.en: title is empty",
        ),
        (
            ", not-yet = \"It does not\"",
            "",
            "text.en: answers.not-yet is empty",
        ),
        (
            "{ well",
            "{ maybe = \"Perhaps\", well",
            "text.en: answers.maybe is the label of no answer",
        ),
        (
            "id = \"not-yet\"",
            "id = \"well\"",
            "answer: \"well\" stands twice",
        ),
        ("key = ", "kee = ", "the file: "),
    ];
    for (right, fault, expected) in faults {
        let text = WHOLE.replacen(right, fault, 1);
        assert_ne!(text, WHOLE, "{right}");
        let said = refusal(&text);
        assert!(
            said.starts_with("notices.toml, ") && said.contains(expected),
            "{fault}: {said}"
        );
    }
}

#[test]
fn a_check_in_without_answers_asks_nobody() {
    let silent = r#"
[[notice]]
key = "how"
kind = "check_in"
severity = "low"
topic = "check_ins"
since = "2026-03-04T05:06:07Z"
everyone = true
[notice.text.en]
title = "How is it going?"
text = "Since the repair."
"#;
    assert!(refusal(silent).contains("a check-in asks, so it has answers"));
    let twice = format!("{WHOLE}{WHOLE}");
    assert!(refusal(&twice).contains("notice \"outage-12\": stands twice"));
}
