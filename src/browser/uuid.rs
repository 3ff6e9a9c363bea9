//! Names that nobody else has.

use super::window;
use portal_contract::IdempotencyKey;

/// A random UUID (RFC 9562, version 4).
#[must_use]
pub fn random() -> IdempotencyKey {
    let mut bytes = [0; 16];
    let drawn = window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if drawn.is_err() {
        // Old or restricted browsers: it has to be unlike any other, and guards no secret.
        for byte in &mut bytes {
            *byte = random_byte();
        }
    }
    let key = written(bytes).parse();
    key.expect("hexadecimal digits and hyphens are what an id is made of")
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to 255"
)]
fn random_byte() -> u8 {
    (js_sys::Math::random() * 256.0) as u8
}

/// Sixteen random bytes as a UUID, version and variant set.
fn written(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_variant_stand_where_rfc_9562_has_them() {
        assert_eq!(written([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(written([0; 16]), "00000000-0000-4000-8000-000000000000");
    }
}
