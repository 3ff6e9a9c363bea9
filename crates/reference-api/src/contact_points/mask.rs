//! A part of an address: enough for its owner to know it, too little to write to it.

use portal_contract::contact_point::ContactPointKind;

/// The letters that an email address keeps, and the digits of a number.
const SHOWN_LETTERS: usize = 1;
const SHOWN_DIGITS: usize = 2;

/// The address with its middle gone.
#[must_use]
pub fn masked(kind: &ContactPointKind, value: &str) -> String {
    match kind {
        ContactPointKind::Email => email(value),
        ContactPointKind::Phone => number(value),
        _ => format!("{}…", value.chars().take(SHOWN_LETTERS).collect::<String>()),
    }
}

fn email(value: &str) -> String {
    let (local, domain) = value.rsplit_once('@').unwrap_or((value, ""));
    let begin: String = local.chars().take(SHOWN_LETTERS).collect();
    format!("{begin}…@{domain}")
}

fn number(value: &str) -> String {
    let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
    let end: String = digits[digits.len().saturating_sub(SHOWN_DIGITS)..]
        .iter()
        .collect();
    format!("…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_keeps_what_its_owner_knows_it_by() {
        assert_eq!(
            masked(&ContactPointKind::Email, "maya@example.com"),
            "m…@example.com"
        );
        assert_eq!(
            masked(&ContactPointKind::Email, "用户@例え.jp"),
            "用…@例え.jp"
        );
        assert_eq!(masked(&ContactPointKind::Phone, "+49 30 23125123"), "…23");
        assert_eq!(masked(&ContactPointKind::Social, "@maya"), "@…");
    }
}
