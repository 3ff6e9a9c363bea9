//! Ids and addresses out of what people wrote.

use sha2::{Digest, Sha256};

/// The letters and digits of `text` in lower case, everything between them as one `separator`. Letters beyond ASCII become
/// their code points, so that two different texts stay two.
#[must_use]
pub fn slug(text: &str, separator: char) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for character in text.chars() {
        if !character.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push(separator);
        }
        gap = false;
        if character.is_ascii() {
            slug.push(character.to_ascii_lowercase());
        } else {
            slug.push_str(&format!("u{:x}", u32::from(character)));
        }
    }
    slug
}

/// The id of a topic with this name; nothing for a name without a letter or digit. A long one is cut and told apart by a hash.
#[must_use]
pub fn topic_id(name: &str) -> Option<String> {
    const LONGEST: usize = 100;
    let slug = slug(name, '-');
    if slug.len() <= LONGEST {
        return (!slug.is_empty()).then_some(slug);
    }
    let hash = Sha256::digest(slug.as_bytes());
    Some(format!(
        "{}-{:02x}{:02x}{:02x}{:02x}",
        &slug[..LONGEST],
        hash[0],
        hash[1],
        hash[2],
        hash[3]
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_stay_and_the_rest_is_one_separator() {
        assert_eq!(
            slug(" Credit card, or  prepaid! ", '-'),
            "credit-card-or-prepaid"
        );
        assert_eq!(slug("Postal mail", '_'), "postal_mail");
        assert_eq!(slug("", '-'), "");
        assert_ne!(slug("ä", '-'), slug("ö", '-'));
    }
}
