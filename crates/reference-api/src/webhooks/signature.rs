//! Who a message comes from: HMAC-SHA256 over its id, its moment and its body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// The least and the most bytes of a secret, as the specification has it.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// What a message is signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// The secret of this text, `whsec_` and the bytes in Base64.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.strip_prefix("whsec_")?).ok()?;
        BYTES.contains(&bytes.len()).then_some(Self(bytes))
    }

    fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// The value of `webhook-signature`: one signature a secret, so that a receiver can change to the next at its own time.
pub(super) fn signatures(secrets: &[Secret], id: &str, seconds: i64, body: &str) -> String {
    let all: Vec<String> = secrets
        .iter()
        .map(|secret| secret.sign(id, seconds, body))
        .collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn a_signature_is_the_one_of_the_specification() {
        // The example of the reference libraries.
        let secret = Secret::parse(SECRET).unwrap();
        let signed = secret.sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn while_secrets_change_each_signs() {
        let other = Secret(vec![7; 32]);
        let both = [Secret::parse(SECRET).unwrap(), other];
        assert_eq!(signatures(&both, "msg_1", 0, "{}").split(' ').count(), 2);
    }

    #[test]
    fn a_secret_is_long_enough_and_shown_to_nobody() {
        for wrong in [
            "whsec_",
            "whsec_AAAA",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_?",
        ] {
            assert!(Secret::parse(wrong).is_none(), "{wrong}");
        }
        let shown = format!("{:?}", Secret::parse(SECRET));
        assert!(!shown.contains("MfKQ"), "{shown}");
    }
}
