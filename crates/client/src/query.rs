//! Paths with a query, written by RFC 3986.

/// Adds `value` to `target` with everything but the unreserved characters percent-encoded. The same set is allowed in the
/// extended value of a header parameter (RFC 8187).
pub fn encode(target: &mut String, value: &str) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            target.push(char::from(byte));
        } else {
            target.push('%');
            target.push(char::from(HEX[usize::from(byte >> 4)]));
            target.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Adds `name=value` to the query of `path`. Names are the contract's own and need no encoding.
pub fn add(path: &mut String, name: &str, value: &str) {
    path.push(if path.contains('?') { '&' } else { '?' });
    path.push_str(name);
    path.push('=');
    encode(path, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(encoded: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = encoded.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let pair = [rest.next().unwrap(), rest.next().unwrap()];
                let pair = std::str::from_utf8(&pair).unwrap();
                bytes.push(u8::from_str_radix(pair, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_character_comes_back_from_its_encoding_and_none_is_left_that_means_something() {
        let everything: String = (0..=0x2FF)
            .chain(0x1F600..=0x1F610)
            .filter_map(char::from_u32)
            .collect();
        let mut encoded = String::new();
        encode(&mut encoded, &everything);
        assert!(
            encoded
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b))
        );
        assert_eq!(decode(&encoded), everything);
    }

    #[test]
    fn pairs_are_joined_as_a_query() {
        let mut path = "/v1/x".to_owned();
        add(&mut path, "q", "late bill & more");
        add(&mut path, "channel", "email");
        assert_eq!(path, "/v1/x?q=late%20bill%20%26%20more&channel=email");
    }
}
