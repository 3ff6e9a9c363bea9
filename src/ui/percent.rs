/// A part of a drawing's width or height as an attribute, in per cent: two digits are less than a pixel. Less than nothing is nothing.
#[must_use]
pub fn percent(share: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a drawing has a hundred per cent, and what is left of it is cut off"
    )]
    let hundredths = (share * 100.0 + 0.5) as u64;
    hundredths_of_a_percent(hundredths)
}

/// Hundredths of a per cent as an attribute: 183 is `1.83%`. Rust's own way to write a fraction is ten kilobytes of the program.
#[must_use]
pub fn hundredths_of_a_percent(hundredths: u64) -> String {
    let rest = hundredths % 100;
    let zero = if rest < 10 { "0" } else { "" };
    [
        &(hundredths / 100).to_string(),
        ".",
        zero,
        &rest.to_string(),
        "%",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_keep_their_zeros() {
        assert_eq!(hundredths_of_a_percent(183), "1.83%");
        assert_eq!(hundredths_of_a_percent(10_005), "100.05%");
        assert_eq!(percent(3.0), "3.00%");
    }

    #[test]
    fn a_share_is_rounded_and_never_below_nothing() {
        assert_eq!(percent(66.666_666), "66.67%");
        assert_eq!(percent(-1.0), "0.00%");
    }
}
