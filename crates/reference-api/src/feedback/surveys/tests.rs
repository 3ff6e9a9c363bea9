use super::*;

fn refused(from: &str, to: &str) -> FileError {
    assert!(DEMO.contains(from), "{from}");
    let text = DEMO.replacen(from, to, 1);
    Surveys::parse("ours.toml", &text).expect_err(to)
}

#[test]
fn the_demonstration_asks_every_kind_of_question_in_three_languages() {
    let surveys = Surveys::demo();
    let questions = || surveys.all.iter().flat_map(|survey| &survey.questions);
    for kind in QuestionKind::KNOWN {
        assert!(
            questions().any(|question| question.kind == *kind),
            "{kind:?}"
        );
    }
    for question in questions() {
        let languages: Vec<_> = question.text.keys().map(String::as_str).collect();
        assert_eq!(languages, ["ar", "de", "en"], "{:?}", question.id);
    }
    assert!(surveys.services.len() > 1 && surveys.notify.is_some());
}

#[test]
fn a_mistake_is_named_with_file_survey_and_question_and_says_what_to_do() {
    let contact = "survey \"after_contact\"";
    let visit = "survey \"after_visit\"";
    let why = "survey \"after_contact\", question \"why\"";
    let cases = [
        (
            "id = \"why\"",
            "id = \"csat\"",
            "survey \"after_contact\", question \"csat\"",
            "twice",
        ),
        (
            "question = \"csat\", at_most = 3",
            "question = \"cast\", at_most = 3",
            why,
            "no such question",
        ),
        (
            "question = \"csat\", at_most = 3",
            "question = \"ces\", at_most = 3",
            why,
            "comes later",
        ),
        (
            "question = \"csat\", at_most = 3",
            "question = \"csat\", at_most = 6",
            why,
            "no answer to it",
        ),
        (
            "question = \"csat\", at_most = 3",
            "question = \"csat\"",
            why,
            "exactly one of",
        ),
        (
            "question = \"csat\", at_most = 3",
            "question = \"csat\", at_most = 3, answered = true",
            why,
            "exactly one of",
        ),
        (
            "{ en = \"Very satisfied\"",
            "{ fr = \"Très satisfait\"",
            "survey \"after_contact\", question \"csat\"",
            "labels, number 5: the language",
        ),
        (
            "  { en = \"Satisfied\", de = \"Zufrieden\", ar = \"راضٍ\" },\n",
            "",
            "survey \"after_contact\", question \"csat\"",
            "5 points, and 4 labels",
        ),
        (
            "low = { en = \"Strongly disagree\"",
            "lo = { en = \"Strongly disagree\"",
            "the file",
            "line",
        ),
        ("expires_days = 30", "expires_days = 0", visit, "1 to 365"),
        (
            "after = [\"resolved\", \"closed\"]",
            "after = [\"open\"]",
            visit,
            "resolved, closed and cancelled",
        ),
        (
            "channels = [\"email\"",
            "channels = [\"pigeon\"",
            contact,
            "does not know",
        ),
        (
            "kind = \"csat\"",
            "kind = \"stars\"",
            "survey \"after_contact\", question \"csat\"",
            "none of csat, nps",
        ),
        (
            "notify = \"feedback@lumenfold.example\"",
            "notify = \"nobody\"",
            "notify",
            "no email address",
        ),
        (
            "quiet_days = 30",
            "quiet_days = 1000",
            "quiet_days",
            "0 to 365",
        ),
    ];
    for (from, to, place, problem) in cases {
        let error = refused(from, to);
        assert_eq!(error.file, "ours.toml");
        assert_eq!(error.place, place, "{to}: {error}");
        assert!(error.problem.contains(problem), "{to}: {error}");
    }
}

#[test]
fn a_scale_says_what_its_ends_mean() {
    let low = DEMO
        .lines()
        .find(|line| line.starts_with("low = { en = \"Strongly disagree\""));
    let error = refused(low.unwrap(), "");
    assert_eq!(error.place, "survey \"after_contact\", question \"ces\"");
    assert!(error.problem.contains("write low and high"), "{error}");
}

#[test]
fn a_question_is_read_in_one_language_with_every_point_of_its_scale() {
    let surveys = Surveys::demo();
    let questions = &surveys.find("after_contact").unwrap().questions;
    let csat = questions[0].wire(Some("ar-EG"), &[]);
    assert_eq!((csat.lang.as_str(), csat.options.len()), ("ar", 5));
    assert_eq!(csat.options[4].label.as_deref(), Some("راضٍ جدًا"));
    let ces = questions
        .iter()
        .find(|q| q.kind == QuestionKind::Ces)
        .unwrap();
    let ces = ces.wire(Some("ja"), &["de".to_owned()]);
    assert_eq!((ces.lang.as_str(), ces.options.len()), ("de", 7));
    assert!(ces.options.iter().all(|point| point.label.is_none()));
    assert!(ces.low_label.is_some() && ces.high_label.is_some());
}

#[test]
fn a_version_is_the_words_alone() {
    let surveys = Surveys::demo();
    let (hash, questions) = surveys.all[0].version();
    assert_eq!(surveys.all[0].version().0, hash);
    let kept: Vec<QuestionSource> = serde_json::from_str(&questions).unwrap();
    assert_eq!(kept, surveys.all[0].questions);
    assert_ne!(surveys.all[1].version().0, hash);
}

#[test]
fn the_topic_of_its_mails_is_one_of_the_catalogue() {
    let surveys = Surveys::demo();
    let told = surveys.check_topic("ours.toml", |_| false).unwrap_err();
    assert_eq!(told.place, "answers_topic");
    assert!(told.problem.contains("feedback_answers"), "{told}");
    assert_eq!(surveys.check_topic("ours.toml", |_| true), Ok(()));
    let none = Surveys::default();
    assert_eq!(none.check_topic("ours.toml", |_| false), Ok(()));
}
