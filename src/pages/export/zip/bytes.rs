//! Little-endian numbers, one after the other.

/// Reads from the front; `None` where nothing is left.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Begins at the first of these.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next so many.
    pub fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// Passes over so many.
    pub fn skip(&mut self, count: usize) -> Option<()> {
        self.bytes(count).map(|_| ())
    }

    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// The next number of 16 bits.
    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.bytes(2)?.try_into().ok()?))
    }

    /// The next number of 32 bits.
    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?))
    }

    /// The next number of 64 bits.
    pub fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes(8)?.try_into().ok()?))
    }
}

/// Where the end record begins: the last place whose comment ends exactly where the bytes do.
pub fn find_end(tail: &[u8], sign: u32) -> Option<usize> {
    const RECORD: usize = 22;
    let last = tail.len().checked_sub(RECORD)?;
    (0..=last).rev().find(|at| {
        let mut record = Reader::new(&tail[*at..]);
        let is_end = record.u32() == Some(sign) && record.skip(16).is_some();
        is_end
            && record
                .u16()
                .is_some_and(|comment| at + RECORD + usize::from(comment) == tail.len())
    })
}
