//! Which language, and how one is chosen among those on offer.

/// The direction of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dir {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Dir {
    /// As HTML's `dir` has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// A language that the portal speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// BCP 47 tag, as its file is named.
    pub tag: String,
    /// Its direction.
    pub dir: Dir,
}

/// The language that others are filled from, and the last resort.
pub const SOURCE: &str = "en";

/// The language on offer that suits best: for each wish in order the exact tag, then its language alone (RFC 4647,
/// lookup).
#[must_use]
pub fn best_match<'a>(
    wishes: impl IntoIterator<Item = &'a str>,
    offered: &[String],
) -> Option<String> {
    wishes.into_iter().find_map(|wish| {
        let language = wish.split('-').next().unwrap_or_default();
        let is = |tag: &'a str| {
            offered
                .iter()
                .find(move |one| one.eq_ignore_ascii_case(tag))
                .cloned()
        };
        is(wish).or_else(|| is(language))
    })
}

/// The tag to format by: the reader's own variant of the language in use, where the browser names one. English sentences
/// with `en-GB` in the browser have "21 November 2026, 14:05".
#[must_use]
pub fn regional(tag: &str, wishes: &[String]) -> String {
    let variant = |wish: &&String| {
        wish.split('-')
            .next()
            .is_some_and(|language| language.eq_ignore_ascii_case(tag))
    };
    wishes
        .iter()
        .find(variant)
        .map_or_else(|| tag.to_owned(), String::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(wishes: &[&str]) -> Option<String> {
        best_match(
            wishes.iter().copied(),
            &["en".into(), "pt-BR".into(), "ar".into()],
        )
    }

    #[test]
    fn dates_are_written_as_the_reader_writes_them() {
        let wishes = ["fr-CH".to_owned(), "en-GB".to_owned(), "en".to_owned()];
        assert_eq!(regional("en", &wishes), "en-GB");
        assert_eq!(regional("de", &wishes), "de");
        assert_eq!(regional("pt-BR", &["pt-PT".to_owned()]), "pt-BR");
    }

    #[test]
    fn the_first_wish_on_offer_wins_and_its_language_will_do() {
        assert_eq!(choose(&["sv", "ar-EG", "en"]).as_deref(), Some("ar"));
        assert_eq!(choose(&["PT-br"]).as_deref(), Some("pt-BR"));
        assert_eq!(choose(&["pt-PT"]), None);
        assert_eq!(choose(&["", "x"]), None);
    }
}
