//! Letters, by the browser's tables: Rust's own would be ten kilobytes of the program.

use js_sys::JsString;

/// The words in small letters, for comparing.
#[must_use]
pub fn small(words: &str) -> String {
    JsString::from(words).to_lower_case().into()
}
