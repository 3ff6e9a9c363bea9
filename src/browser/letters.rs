//! Letters, by the browser's tables: Rust's own would be thirty kilobytes of the program.

use js_sys::JsString;

/// The words in small letters, for comparing.
#[must_use]
pub fn small(words: &str) -> String {
    if cfg!(target_arch = "wasm32") {
        JsString::from(words).to_lower_case().into()
    } else {
        words.to_lowercase()
    }
}

/// The words as a sentence begins.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut rest = words.chars();
    let first: String = rest.next().into_iter().collect();
    let first: String = if cfg!(target_arch = "wasm32") {
        JsString::from(first).to_upper_case().into()
    } else {
        first.to_uppercase()
    };
    [&first, rest.as_str()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capital("at once"), "At once");
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
    }
}
