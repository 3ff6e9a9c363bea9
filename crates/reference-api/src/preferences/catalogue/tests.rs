use super::*;
use crate::company_file::FileError;

const SMALLEST: &str = r#"
[[group]]
id = "news"
text.en = { label = "News", description = "" }
[[group.topic]]
id = "letter"
text.en = { label = "Newsletter", description = "Once in a while." }
channels = ["post", "email"]
"#;

fn parse(text: &str) -> Result<Catalogue, FileError> {
    Catalogue::parse("topics.toml", text)
}

#[test]
fn what_is_left_out_has_its_usual_meaning() {
    let catalogue = parse(SMALLEST).unwrap();
    let topic = catalogue.topic("letter").unwrap();
    assert_eq!(topic.channels, [Channel::Email, Channel::Post]);
    assert_eq!(topic.frequencies, [Frequency::AtOnce]);
    assert!(topic.on.is_empty() && topic.required.is_empty() && !topic.urgent);
    assert!(catalogue.topic("other").is_none());
    assert!(parse("").unwrap().groups.is_empty());
}

#[test]
fn a_text_is_read_in_the_readers_language_or_the_usual_one() {
    let german = "text.de = { label = \"Rundbrief\", description = \"\" }\nchannels";
    let catalogue = parse(&SMALLEST.replace("channels", german)).unwrap();
    let topic = catalogue.topic("letter").unwrap();
    for (locale, label) in [
        (Some("de"), "Rundbrief"),
        (Some("de-AT"), "Rundbrief"),
        (Some("fr"), "Newsletter"),
        (None, "Newsletter"),
    ] {
        assert_eq!(topic.text.get(locale).label, label);
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_reason() {
    let cases = [
        (
            "id = \"letter\"",
            "id = \"a/b\"",
            "topic \"a/b\"",
            "is no id",
        ),
        (
            "\"post\", \"email\"",
            "\"fax\"",
            "topic \"letter\", channels",
            "\"fax\" is no channel",
        ),
        (
            "[\"post\", \"email\"]",
            "[]",
            "topic \"letter\", channels",
            "one at least",
        ),
        (
            "channels =",
            "on = [\"sms\"]\nchannels =",
            "topic \"letter\", on",
            "\"sms\" does not stand",
        ),
        (
            "channels =",
            "required = [\"email\"]\nchannels =",
            "topic \"letter\", required_because",
            "is missing",
        ),
        (
            "channels =",
            "required_because.en = \"x\"\nchannels =",
            "topic \"letter\", required_because",
            "without \"required\"",
        ),
        (
            "channels =",
            "frequencies = [\"hourly\"]\nchannels =",
            "topic \"letter\", frequencies",
            "\"hourly\" is no frequency",
        ),
        (
            "label = \"News\"",
            "label = \" \"",
            "group \"news\", text",
            "in \"en\" is empty",
        ),
        (
            "[[group]]",
            "time_zone = \"Mars/Olympus\"\n[[group]]",
            "time_zone",
            "\"Mars/Olympus\" is no IANA zone",
        ),
        (
            "[[group]]",
            "digest = { time = \"9\", weekday = \"monday\", day_of_month = 1 }\n[[group]]",
            "digest, time",
            "no time of day",
        ),
        (
            "[[group]]",
            "digest = { time = \"09:00\", weekday = \"monday\", day_of_month = 31 }\n[[group]]",
            "digest, day_of_month",
            "31 is not from 1 to 28",
        ),
        ("channels", "chanels", "the file", "chanels"),
    ];
    for (from, to, place, problem) in cases {
        let error = parse(&SMALLEST.replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.place, place, "{error}");
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(error.file, "topics.toml");
    }
    let twice = parse(&format!(
        "{SMALLEST}{}",
        SMALLEST.replace("\"news\"", "\"more\"")
    ));
    assert_eq!(twice.unwrap_err().place, "topic \"letter\"");
}

#[test]
fn a_purpose_that_the_company_does_not_have_is_named() {
    let catalogue =
        parse(&SMALLEST.replace("channels =", "purpose = \"ads\"\nchannels =")).unwrap();
    assert!(catalogue.check_purposes("f", |_| true).is_ok());
    let error = catalogue.check_purposes("f", |_| false).unwrap_err();
    assert_eq!(error.place, "topic \"letter\", purpose");
}

#[test]
fn the_demonstration_has_about_a_dozen_topics_in_every_language() {
    let catalogue = crate::demo::catalogue();
    assert_eq!(catalogue.groups.len(), 4);
    assert_eq!(catalogue.topics().count(), 14);
    let purposes = crate::consents::Purposes::demo();
    let knows = |purpose: &PurposeId| purposes.find(purpose).is_some();
    assert_eq!(catalogue.check_purposes("demo", knows), Ok(()));
    for text in catalogue
        .topics()
        .map(|topic| &topic.text)
        .chain(catalogue.groups.iter().map(|group| &group.text))
    {
        for language in ["en", "de", "ar"] {
            assert!(text.0.contains_key(language), "{text:?}");
        }
    }
}
