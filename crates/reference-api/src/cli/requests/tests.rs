use super::*;

#[test]
fn a_reason_that_is_none_is_answered_with_those_that_are() {
    let error = company::reason("because").unwrap_err().to_string();
    assert!(error.contains("legal_hold"), "{error}");
}
