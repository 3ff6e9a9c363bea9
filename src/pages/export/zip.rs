//! The directory of a ZIP (PKWARE APPNOTE 6.3.10), read as strictly as an export is written.
//!
//! A file that somebody was handed is not to be trusted: whatever two readers could understand differently (names twice,
//! entries that share bytes, bytes that belong to nobody before the directory) is refused, and not interpreted. Since no entry
//! overlaps another and deflate makes at most 1,032 bytes of one, what an archive can unfold to is bounded by its own size.
//!
//! Arithmetic alone: whoever calls reads the bytes.

mod bytes;
mod crc;
mod names;
#[cfg(test)]
mod tests;

pub use crc::Crc32;

use bytes::{Reader, find_end};
use std::collections::BTreeSet;
use std::ops::Range;

/// So many bytes of the end are enough to find the directory: the end record with the longest comment, and what zip64 puts
/// before it.
pub const TAIL: u64 = END + 65_535 + LOCATOR + END64;

/// The most entries that are read: a hundred thousand files and room for more.
const MOST_ENTRIES: u64 = 200_000;

/// The most bytes of a directory: its entries with long names.
const MOST_DIRECTORY: u64 = 64 << 20;

const END: u64 = 22;
const LOCATOR: u64 = 20;
const END64: u64 = 56;
/// The size of a local header before its name.
pub const LOCAL: u64 = 30;

const SIGN_END: u32 = 0x0605_4b50;
const SIGN_LOCATOR: u32 = 0x0706_4b50;
const SIGN_END64: u32 = 0x0606_4b50;
const SIGN_ENTRY: u32 = 0x0201_4b50;
const SIGN_LOCAL: u32 = 0x0403_4b50;

/// Says "the number stands in the zip64 field".
const ELSEWHERE: u32 = u32::MAX;
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const NAME_IS_UTF8: u16 = 1 << 11;
const ZIP64_FIELD: u16 = 1;

/// Why an archive is not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has no end as a ZIP has it: something else, or cut off.
    NoEnd,
    /// Its directory is not where its end says, or is not whole.
    BrokenDirectory,
    /// It has more entries, or a longer directory, than any export.
    TooLarge,
    /// This entry is not written as exports are: encrypted, packed by another method, or in a shape that readers disagree on.
    Foreign(String),
    /// This name could lead out of the folder into which somebody unpacks it.
    UnsafeName(String),
    /// This name stands there twice.
    Twice(String),
    /// This entry shares bytes with another.
    Overlap(String),
}

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Not at all.
    Stored,
    /// Deflate (RFC 1951).
    Deflated,
}

/// One file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, with the folders before it.
    pub name: String,
    /// How it is packed.
    pub method: Method,
    /// The checksum of its content (CRC-32 of ISO 3309).
    pub crc32: u32,
    /// How many bytes it has in the archive.
    pub packed: u64,
    /// How many bytes its content has.
    pub size: u64,
    /// Where its local header stands.
    pub at: u64,
    /// Where the next thing stands: it ends before that.
    pub until: u64,
}

/// Where the directory stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// Its bytes.
    pub range: Range<u64>,
    /// How many entries it lists.
    pub entries: u64,
}

impl Directory {
    /// Finds it by the end of the archive: `tail` are its last bytes, [`TAIL`] of them where it has so many.
    ///
    /// # Errors
    /// When there is no end, or none of a whole archive.
    pub fn find(tail: &[u8], archive: u64) -> Result<Self, Refusal> {
        let end = find_end(tail, SIGN_END).ok_or(Refusal::NoEnd)?;
        let start = archive - tail.len() as u64;
        let mut at = Reader::new(tail.get(end + 4..).unwrap_or(&[]));
        let broken = || Refusal::BrokenDirectory;
        let disks = (at.u16().ok_or_else(broken)?, at.u16().ok_or_else(broken)?);
        let (here, all) = (at.u16().ok_or_else(broken)?, at.u16().ok_or_else(broken)?);
        let (size, from) = (at.u32().ok_or_else(broken)?, at.u32().ok_or_else(broken)?);
        let is_large = all == u16::MAX || size == ELSEWHERE || from == ELSEWHERE;
        let (entries, range, stands_at) = if is_large {
            large(tail, end, start).ok_or_else(broken)?
        } else if disks == (0, 0) && here == all {
            let (size, from) = (u64::from(size), u64::from(from));
            (u64::from(all), from..from + size, start + end as u64)
        } else {
            return Err(broken());
        };
        // Anything between the directory and its end, or a shift between the two, is something that readers disagree on.
        if range.end != stands_at {
            return Err(broken());
        }
        if entries > MOST_ENTRIES || range.end - range.start > MOST_DIRECTORY {
            return Err(Refusal::TooLarge);
        }
        Ok(Self { range, entries })
    }

    /// The files that it lists, in the order in which they stand in the archive. `bytes` are those of its range.
    ///
    /// # Errors
    /// When it is not whole, or lists what no export has.
    pub fn read(&self, bytes: &[u8]) -> Result<Vec<Entry>, Refusal> {
        let mut at = Reader::new(bytes);
        let mut entries = Vec::new();
        let mut names = BTreeSet::new();
        for _ in 0..self.entries {
            let entry = read_entry(&mut at)?;
            if !names.insert(entry.name.clone()) {
                return Err(Refusal::Twice(entry.name));
            }
            entries.push(entry);
        }
        if !at.is_at_end() {
            return Err(Refusal::BrokenDirectory);
        }
        self.part(&mut entries)?;
        // A folder is no file; that it is empty was seen when it was read.
        entries.retain(|entry| !entry.name.ends_with('/'));
        Ok(entries)
    }

    /// Sees that each has bytes of its own.
    fn part(&self, entries: &mut [Entry]) -> Result<(), Refusal> {
        entries.sort_by_key(|entry| entry.at);
        let starts: Vec<u64> = entries.iter().skip(1).map(|next| next.at).collect();
        let ends = starts.into_iter().chain([self.range.start]);
        for (entry, until) in entries.iter_mut().zip(ends) {
            let least = entry.at.checked_add(LOCAL + entry.name.len() as u64);
            let least = least.and_then(|least| least.checked_add(entry.packed));
            if least.is_none_or(|least| least > until) {
                return Err(Refusal::Overlap(std::mem::take(&mut entry.name)));
            }
            entry.until = until;
        }
        Ok(())
    }
}

/// The end of an archive with numbers of 64 bits: how many entries, where the directory is, and where what follows it begins.
fn large(tail: &[u8], end: usize, start: u64) -> Option<(u64, Range<u64>, u64)> {
    let locator = end.checked_sub(usize::try_from(LOCATOR).ok()?)?;
    let mut at = Reader::new(tail.get(locator..end)?);
    (at.u32()? == SIGN_LOCATOR && at.u32()? == 0).then_some(())?;
    let stands_at = at.u64()?;
    let record = usize::try_from(stands_at.checked_sub(start)?).ok()?;
    let mut at = Reader::new(tail.get(record..locator)?);
    (at.u32()? == SIGN_END64).then_some(())?;
    let rest = at.u64()?;
    (stands_at.checked_add(12)?.checked_add(rest)? == start + locator as u64).then_some(())?;
    at.skip(4)?;
    (at.u32()? == 0 && at.u32()? == 0).then_some(())?;
    let (here, all, size, from) = (at.u64()?, at.u64()?, at.u64()?, at.u64()?);
    (here == all).then_some(())?;
    Some((all, from..from.checked_add(size)?, stands_at))
}

fn read_entry(at: &mut Reader) -> Result<Entry, Refusal> {
    let Some((entry, is_readable)) = parse_entry(at) else {
        return Err(Refusal::BrokenDirectory);
    };
    let entry =
        entry.map_err(|name| Refusal::UnsafeName(String::from_utf8_lossy(name).into_owned()))?;
    let is_folder_with_content = entry.name.ends_with('/') && (entry.size > 0 || entry.packed > 0);
    if !is_readable || is_folder_with_content {
        return Err(Refusal::Foreign(entry.name));
    }
    if !names::is_safe(&entry.name) {
        return Err(Refusal::UnsafeName(entry.name));
    }
    Ok(entry)
}

/// The next entry, or its name where that is no text; and whether it is written as exports are.
fn parse_entry<'a>(at: &mut Reader<'a>) -> Option<(Result<Entry, &'a [u8]>, bool)> {
    (at.u32()? == SIGN_ENTRY).then_some(())?;
    at.skip(4)?;
    let (flags, method) = (at.u16()?, at.u16()?);
    at.skip(4)?;
    let crc32 = at.u32()?;
    let (packed, size) = (at.u32()?, at.u32()?);
    let lengths = (at.u16()?, at.u16()?, at.u16()?);
    let disk = at.u16()?;
    at.skip(6)?;
    let start = at.u32()?;
    let name = at.bytes(lengths.0.into())?;
    let mut extra = zip64_numbers(at.bytes(lengths.1.into())?);
    at.skip(lengths.2.into())?;
    // In this order, and only those that did not fit (APPNOTE 4.5.3).
    let mut wide = |number: u32| {
        if number == ELSEWHERE {
            extra.as_mut()?.u64()
        } else {
            Some(number.into())
        }
    };
    let (size, packed, start) = (wide(size)?, wide(packed)?, wide(start)?);
    let (method, is_known) = match method {
        0 => (Method::Stored, packed == size),
        8 => (Method::Deflated, true),
        _ => (Method::Stored, false),
    };
    let is_named = flags & NAME_IS_UTF8 != 0 || name.is_ascii();
    let entry = match std::str::from_utf8(name) {
        Ok(text) if is_named => Ok(Entry {
            name: text.to_owned(),
            method,
            crc32,
            packed,
            size,
            at: start,
            until: start,
        }),
        Ok(_) | Err(_) => Err(name),
    };
    Some((entry, is_known && flags & ENCRYPTED == 0 && disk == 0))
}

/// The zip64 field among the extra fields.
fn zip64_numbers(extra: &[u8]) -> Option<Reader<'_>> {
    let mut at = Reader::new(extra);
    loop {
        let (kind, length) = (at.u16()?, at.u16()?);
        let field = at.bytes(length.into())?;
        if kind == ZIP64_FIELD {
            return Some(Reader::new(field));
        }
    }
}

impl Entry {
    /// The bytes that begin with its local header and surely hold its name.
    #[must_use]
    pub fn head(&self) -> Range<u64> {
        self.at..(self.at + LOCAL + self.name.len() as u64).min(self.until)
    }

    /// Where its content stands, packed as it is. `head` are the bytes of [`head`](Self::head). `None` when the local header
    /// tells another story than the directory.
    #[must_use]
    pub fn content(&self, head: &[u8]) -> Option<Range<u64>> {
        let mut at = Reader::new(head);
        (at.u32()? == SIGN_LOCAL).then_some(())?;
        at.skip(2)?;
        let (flags, method) = (at.u16()?, at.u16()?);
        let is_same = match self.method {
            Method::Stored => method == 0,
            Method::Deflated => method == 8,
        };
        (is_same && flags & ENCRYPTED == 0).then_some(())?;
        at.skip(16)?;
        let (name, extra) = (at.u16()?, at.u16()?);
        (at.bytes(name.into())? == self.name.as_bytes()).then_some(())?;
        let from = self.at + LOCAL + u64::from(name) + u64::from(extra);
        let to = from.checked_add(self.packed)?;
        (to <= self.until).then_some(from..to)
    }
}
