//! The language that a request asks for: `Accept-Language` (RFC 9110, section 12.5.4).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The most languages of one request that are looked at.
const MOST: usize = 20;

/// The language asked for most of those in which the company writes, as it was asked for (`de-AT` where the company writes `de`);
/// `None` when it writes none of them, or none was asked for.
///
/// Who uses the portal reads in the language that they chose there; their record says in which the company writes to them.
pub(in crate::http) fn asked(headers: &HeaderMap, offered: &[String]) -> Option<String> {
    let lists = headers.get_all(ACCEPT_LANGUAGE).iter();
    let ranges = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','));
    let mut best: Option<(f32, &str)> = None;
    for (tag, weight) in ranges.take(MOST).filter_map(weighed) {
        let is_better = best.is_none_or(|(before, _)| weight > before);
        if is_better && weight > 0.0 && offered.iter().any(|one| is_same_language(one, tag)) {
            best = Some((weight, tag));
        }
    }
    best.map(|(_, tag)| tag.to_owned())
}

/// A range and its weight; `None` for what is no language.
fn weighed(range: &str) -> Option<(&str, f32)> {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let tag = tag.trim();
    let is_tag = (2..=35).contains(&tag.len())
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let weight = parameters.trim().strip_prefix("q=");
    let weight = weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
    is_tag.then_some((tag, weight))
}

fn is_same_language(one: &str, other: &str) -> bool {
    let language = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    language(one) == language(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accepted: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accepted.parse().unwrap());
        asked(&headers, &["en".into(), "de".into(), "ar".into()])
    }

    #[test]
    fn the_language_that_is_asked_for_most_and_written_is_taken() {
        assert_eq!(chosen("de").as_deref(), Some("de"));
        assert_eq!(chosen("de-AT, en;q=0.5").as_deref(), Some("de-AT"));
        assert_eq!(chosen("fr, en;q=0.3, ar; q=0.7").as_deref(), Some("ar"));
        assert_eq!(
            chosen("en, de").as_deref(),
            Some("en"),
            "the first of equals"
        );
    }

    #[test]
    fn what_is_not_written_or_no_language_is_not_asked_for() {
        for accepted in ["fr", "*", "", "de;q=0", "de;q=many", "../de", ";q=1"] {
            assert_eq!(chosen(accepted), None, "{accepted}");
        }
        assert_eq!(asked(&HeaderMap::new(), &["en".into()]), None);
    }
}
