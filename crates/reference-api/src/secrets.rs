//! The server's own keys, and what is made with them.

use crate::store::{Store, StoreError};
use hmac::{Hmac, Mac};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

/// 256 bits.
pub(crate) type Hash = [u8; 32];

/// The master key. Each use has a name of its own, so that a value made for one is of no use for another.
#[derive(Clone)]
pub(crate) struct Secrets {
    key: Hash,
}

impl Secrets {
    /// The key of the configuration, or the one that the database keeps, or a fresh one that it keeps from now on.
    pub(crate) fn load(configured: Option<&str>, store: &Store) -> Result<Self, StoreError> {
        if let Some(text) = configured {
            return Ok(Self {
                key: Sha256::digest(text.as_bytes()).into(),
            });
        }
        store.write_blocking(|tx| {
            let kept: Option<Vec<u8>> = tx
                .query_row(
                    "SELECT value FROM server_keys WHERE name = 'master'",
                    [],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(key) = kept.and_then(|bytes| Hash::try_from(bytes).ok()) {
                return Ok(Self { key });
            }
            let key = random();
            tx.execute(
                "INSERT OR REPLACE INTO server_keys (name, value) VALUES ('master', ?1)",
                [&key[..]],
            )?;
            Ok(Self { key })
        })
    }

    /// HMAC-SHA256 of the parts under the key of this use. The lengths are mixed in, so that parts cannot run together.
    pub(crate) fn mac(&self, usage: &str, parts: &[&[u8]]) -> Hash {
        self.keyed(usage, parts).finalize().into_bytes().into()
    }

    /// Whether `expected` is the [`mac`](Self::mac) of the parts, in a time that does not tell how much of it is right.
    pub(crate) fn verify(&self, usage: &str, parts: &[&[u8]], expected: &[u8]) -> bool {
        self.keyed(usage, parts).verify_slice(expected).is_ok()
    }

    fn keyed(&self, usage: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        for part in std::iter::once(&usage.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        mac
    }
}

/// 256 random bits of the operating system.
pub(crate) fn random() -> Hash {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .expect("the operating system gives random bytes; without them nothing here is safe");
    bytes
}

/// Six random digits, each code as likely as any other.
pub(crate) fn six_digits() -> String {
    const CODES: u32 = 1_000_000;
    loop {
        let bytes = random();
        let number = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        // The few numbers above the last whole multiple would make low codes likelier.
        if number < u32::MAX - u32::MAX % CODES {
            return format!("{:06}", number % CODES);
        }
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string succeeds");
            text
        })
}

/// The bytes behind lower-case hexadecimal. Upper case is none: some bytes have one text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |character: u8| match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks();
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    let bytes = pairs.iter().map(byte).collect();
    if rest.is_empty() { bytes } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_the_database_stays_the_same() {
        let store = Store::in_memory().unwrap();
        let one = Secrets::load(None, &store).unwrap().mac("a", &[b"x"]);
        let two = Secrets::load(None, &store).unwrap();
        assert!(two.verify("a", &[b"x"], &one));
        assert!(!two.verify("b", &[b"x"], &one));
        assert!(!two.verify("a", &[b"", b"x"], &one));
    }

    #[test]
    fn codes_have_six_digits() {
        for _ in 0..1000 {
            let code = six_digits();
            assert!(
                code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()),
                "{code}"
            );
        }
    }

    #[test]
    fn some_bytes_have_one_text() {
        assert_eq!(unhex("00ff0a"), Some(vec![0, 255, 10]));
        assert_eq!(unhex(&hex(&[1, 2, 254])), Some(vec![1, 2, 254]));
        assert_eq!(unhex(""), Some(Vec::new()));
        for none in ["0", "0f0", "0F", "+1", " 1", "0x", "ü", "zz"] {
            assert_eq!(unhex(none), None, "{none}");
        }
    }
}
