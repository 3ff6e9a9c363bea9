//! The text of a link: which binding, until when, and a seal over both.
//!
//! It says nothing of the customer or the topic: a link ends up in logs of mail programs and of proxies. A link of one use
//! is of no use for another: who reads the address of a one-click unsubscribe in a log cannot open the page with it.

use crate::secrets::{Secrets, hex, unhex};
use crate::store::time::Moment;

/// Bytes of a binding's id, of the moment (seconds since 1970) and of the seal.
const ID: usize = 16;
const UNTIL: usize = 5;
const SEAL: usize = 32;
const WHOLE: usize = ID + UNTIL + SEAL;

/// What a sealed text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// The link in the footer of a mail, exchanged for a bearer.
    Footer,
    /// The address in `List-Unsubscribe` (RFC 8058).
    OneClick,
    /// The bearer that a footer's link was exchanged for.
    Bearer,
}

impl Use {
    fn name(self) -> &'static str {
        match self {
            Self::Footer => "link:footer",
            Self::OneClick => "link:one-click",
            Self::Bearer => "link:bearer",
        }
    }
}

/// The id of a binding.
pub(crate) type BindingId = [u8; ID];

/// What a sealed text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) binding: BindingId,
    /// To the second.
    pub(crate) until: Moment,
}

/// Writes a claim as text of 106 hexadecimal digits.
pub(crate) fn seal(secrets: &Secrets, usage: Use, claim: &Claim) -> String {
    let until = until_bytes(claim.until);
    let mac = secrets.mac(usage.name(), &[&claim.binding, &until]);
    [&claim.binding[..], &until, &mac].map(hex).concat()
}

/// Reads a text that was sealed for this use; `None` for any other. Whether its time has passed is for the caller to see.
pub(crate) fn open(secrets: &Secrets, usage: Use, text: &str) -> Option<Claim> {
    // One claim has one text.
    let bytes: [u8; WHOLE] = unhex(text)?.try_into().ok()?;
    let (binding, rest) = bytes.split_at(ID);
    let (until, mac) = rest.split_at(UNTIL);
    secrets
        .verify(usage.name(), &[binding, until], mac)
        .then(|| Claim {
            binding: binding.try_into().expect("the split leaves as many bytes"),
            until: Moment::from_millis(1000 * seconds(until)),
        })
}

fn until_bytes(until: Moment) -> [u8; UNTIL] {
    let seconds = u64::try_from(until.millis() / 1000).unwrap_or(0);
    let [_, _, _, bytes @ ..] = seconds.to_be_bytes();
    bytes
}

fn seconds(bytes: &[u8]) -> i64 {
    bytes
        .iter()
        .fold(0, |seconds, byte| seconds << 8 | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn secrets() -> Secrets {
        let store = Store::in_memory().unwrap();
        Secrets::load(Some("a secret of at least 32 characters"), &store).unwrap()
    }

    fn claim() -> Claim {
        Claim {
            binding: [7; ID],
            until: Moment::from_millis(1_772_600_767_000),
        }
    }

    #[test]
    fn a_sealed_claim_is_read_again() {
        let text = seal(&secrets(), Use::Footer, &claim());
        assert_eq!(text.len(), 106);
        assert_eq!(open(&secrets(), Use::Footer, &text), Some(claim()));
    }

    #[test]
    fn a_seal_is_good_for_one_use() {
        let uses = [Use::Footer, Use::OneClick, Use::Bearer];
        for made in uses {
            let text = seal(&secrets(), made, &claim());
            for read in uses {
                assert_eq!(open(&secrets(), read, &text).is_some(), made == read);
            }
        }
    }

    #[test]
    fn no_digit_can_be_changed() {
        let secrets = secrets();
        let text = seal(&secrets, Use::Footer, &claim());
        for place in 0..text.len() {
            let mut forged = text.clone().into_bytes();
            forged[place] = if forged[place] == b'0' { b'1' } else { b'0' };
            let forged = String::from_utf8(forged).unwrap();
            assert_eq!(open(&secrets, Use::Footer, &forged), None, "{place}");
        }
        for wrong in [
            "",
            "0",
            &text[1..],
            &format!("{text}0"),
            &text.to_uppercase(),
            &"é".repeat(53),
        ] {
            assert_eq!(open(&secrets, Use::Footer, wrong), None, "{wrong}");
        }
    }
}
