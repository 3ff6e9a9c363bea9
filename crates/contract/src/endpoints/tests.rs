//! The templates are filled.

use super::*;

#[test]
fn templates_are_filled_in_order() {
    let id = "i1".parse().unwrap();
    assert_eq!(
        attachment(&id, &"a2".parse().unwrap()),
        "/v1/interactions/i1/attachments/a2"
    );
    assert_eq!(
        message_document(&id, &"m3".parse().unwrap()),
        "/v1/interactions/i1/messages/m3/document"
    );
    assert_eq!(close(&id), "/v1/interactions/i1/close");
    assert_eq!(
        verification_confirm(&"c1".parse().unwrap(), &"v2".parse().unwrap()),
        "/v1/contact-points/c1/verifications/v2/confirm"
    );
    assert_eq!(
        consent_receipt(&"news".parse().unwrap(), &"r3".parse().unwrap()),
        "/v1/consents/news/records/r3/receipt"
    );
}
