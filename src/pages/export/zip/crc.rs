//! The checksum of ZIP (CRC-32 of ISO 3309): it tells an accident, where SHA-256 tells intent too.

const POLYNOMIAL: u32 = 0xedb8_8320;

/// A checksum that grows by pieces.
pub struct Crc32 {
    table: [u32; 256],
    so_far: u32,
}

impl Default for Crc32 {
    fn default() -> Self {
        Self {
            table: std::array::from_fn(row),
            so_far: u32::MAX,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a table has 256 rows, so each is told by a byte"
)]
fn row(index: usize) -> u32 {
    (0..8).fold(index as u32, |value, _| {
        (value >> 1) ^ if value & 1 == 1 { POLYNOMIAL } else { 0 }
    })
}

impl Crc32 {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.so_far = bytes.iter().fold(self.so_far, |value, byte| {
            let [low, ..] = value.to_le_bytes();
            (value >> 8) ^ self.table[usize::from(low ^ byte)]
        });
    }

    /// The checksum of all of them.
    #[must_use]
    pub fn value(&self) -> u32 {
        !self.so_far
    }
}

#[cfg(test)]
mod tests {
    use super::Crc32;

    #[test]
    fn the_checksum_is_the_one_that_everybody_computes() {
        let mut crc = Crc32::default();
        assert_eq!(crc.value(), 0);
        crc.add(b"1234");
        crc.add(b"56789");
        // The check value of the catalogue of CRCs.
        assert_eq!(crc.value(), 0xcbf4_3926);
    }
}
