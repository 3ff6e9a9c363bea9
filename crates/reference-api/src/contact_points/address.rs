//! What a customer types, as an address that can be compared and reached.
//!
//! Nothing is forced into one country's shape.

mod email;
mod handle;
mod phone;
mod postal;

use portal_contract::contact_point::PostalAddress;
use portal_contract::{FieldCode, FieldError};

/// An address of one kind, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// As it is shown: as it was typed, without the space around it; a number in international form.
    pub shown: String,
    /// As it is compared, and as machines reach it.
    pub compared: String,
    /// The parts of a postal address.
    pub postal: Option<PostalAddress>,
}

/// Why a text is no address of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which part, as a JSON Pointer below the contact point.
    pub pointer: String,
    /// Why.
    pub code: FieldCode,
    /// For engineers.
    pub detail: String,
    /// The bound that the code speaks of.
    pub limit: Option<u64>,
}

impl Refused {
    fn value(code: FieldCode, detail: &str) -> Self {
        Self::at("/value", code, detail)
    }

    fn at(pointer: &str, code: FieldCode, detail: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            code,
            detail: detail.to_owned(),
            limit: None,
        }
    }

    fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit as u64);
        self
    }
}

impl From<Refused> for FieldError {
    fn from(refused: Refused) -> Self {
        Self {
            pointer: refused.pointer,
            code: refused.code,
            detail: Some(refused.detail),
            limit: refused.limit,
        }
    }
}

pub use email::{compared as compared_email, read as email};
pub use handle::{messaging, plain as handle, token};
pub use phone::{Reach, dialled, reach, read as phone};
pub use postal::read as postal;

/// Whether a character shows nothing and could make one address look like another: controls, and the marks that turn the
/// direction of text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The text without the space and the marks of direction that a paste brings along at its ends.
fn trimmed(typed: &str) -> &str {
    typed.trim_matches(|c: char| c.is_whitespace() || is_hidden(c))
}
