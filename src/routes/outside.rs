/// Ways out of the portal that a press may take.
const OUT: [&str; 3] = ["https://", "tel:", "mailto:"];

/// An address outside of the portal that a press may lead to, as the API names it. Whatever else it is (`javascript:`, `data:`, plain
/// `http:`) is no place to go to, and is shown as what it is at most.
#[must_use]
pub fn outside(address: &str) -> Option<String> {
    let is_safe = |way: &&str| {
        let start = address.as_bytes().get(..way.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(way.as_bytes()))
    };
    OUT.iter().any(is_safe).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::outside;

    #[test]
    fn a_press_leads_to_sites_numbers_and_mailboxes_and_nowhere_else() {
        for good in [
            "https://example.com",
            "HTTPS://example.com",
            "tel:+491",
            "mailto:a@b.c",
        ] {
            assert_eq!(outside(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            " https://example.com",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "http://example.com",
            "//example.com",
            "/sign-in",
            "blob:https://example.com/1",
            "té",
        ] {
            assert_eq!(outside(bad), None, "{bad}");
        }
    }
}
