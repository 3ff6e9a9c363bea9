use super::*;

#[test]
fn a_word_that_is_none_is_answered_with_those_that_are() {
    let known = DataRequestState::KNOWN.iter().map(DataRequestState::as_str);
    let error = one_of(Some("finished"), known, "state").unwrap_err();
    assert!(error.to_string().contains("awaiting_customer"), "{error}");
    let known = DataRequestState::KNOWN.iter().map(DataRequestState::as_str);
    one_of(Some("denied"), known, "state").unwrap();
    let error = company::reason("because").unwrap_err().to_string();
    assert!(error.contains("legal_hold"), "{error}");
}
