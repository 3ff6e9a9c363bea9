//! The framing of an mbox file (RFC 4155), as a stream with the place of every message.

use std::io::{self, BufRead};

/// The largest message, in bytes. Longer ones are reported and passed over.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

/// One message as it stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub ordinal: u64,
    /// Where its separator line begins in the file.
    pub byte: u64,
    /// Its separator line, without `From ` and line end.
    pub separator: String,
    /// The message; `>From ` lines are back to what was sent. Nothing when it was longer than [`MAX_MESSAGE_BYTES`].
    pub raw: Option<Vec<u8>>,
}

/// The messages of an mbox file, in order.
pub struct Mbox<R> {
    input: R,
    /// The separator line that was read and whose message comes next.
    separator: Option<(u64, String)>,
    line: Vec<u8>,
    byte: u64,
    ordinal: u64,
    before_is_blank: bool,
}

impl<R: BufRead> Mbox<R> {
    /// The messages of `input`.
    ///
    /// # Errors
    /// When it cannot be read, or does not begin as an mbox file does.
    pub fn new(input: R) -> io::Result<Self> {
        let mut mbox = Self {
            input,
            separator: None,
            line: Vec::new(),
            byte: 0,
            ordinal: 0,
            before_is_blank: true,
        };
        loop {
            let at = mbox.byte;
            if !mbox.read_line()? {
                return Ok(mbox);
            }
            if mbox.line_is_blank() {
                continue;
            }
            if !mbox.line_separates() {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the file is no mbox: its first line does not begin with \"From \" and hold a time",
                ));
            }
            mbox.separator = Some((at, mbox.separator_text()));
            return Ok(mbox);
        }
    }

    /// How many bytes of the file are done with.
    pub fn bytes_read(&self) -> u64 {
        self.byte
    }

    /// The next message.
    ///
    /// # Errors
    /// When the file cannot be read any further.
    pub fn next_entry(&mut self) -> io::Result<Option<Entry>> {
        let Some((byte, separator)) = self.separator.take() else {
            return Ok(None);
        };
        self.ordinal += 1;
        let mut raw = Some(Vec::new());
        self.before_is_blank = false;
        loop {
            let at = self.byte;
            if !self.read_line()? {
                break;
            }
            if self.before_is_blank && self.line_separates() {
                self.separator = Some((at, self.separator_text()));
                break;
            }
            self.before_is_blank = self.line_is_blank();
            keep(&mut raw, unquoted(&self.line));
        }
        Ok(Some(Entry {
            ordinal: self.ordinal,
            byte,
            separator,
            raw,
        }))
    }

    fn read_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        let length = self.input.read_until(b'\n', &mut self.line)?;
        self.byte += length as u64;
        Ok(length > 0)
    }

    fn line_is_blank(&self) -> bool {
        matches!(self.line.as_slice(), b"\n" | b"\r\n")
    }

    /// `From sender Sat Jan  3 01:05:34 1996`: a line of the text that begins with "From " has no time in it.
    fn line_separates(&self) -> bool {
        self.line.starts_with(b"From ")
            && self.line.windows(5).any(|five| {
                matches!(five, [a, b, b':', c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()))
            })
    }

    fn separator_text(&self) -> String {
        String::from_utf8_lossy(&self.line[5..]).trim().to_owned()
    }
}

fn keep(raw: &mut Option<Vec<u8>>, line: &[u8]) {
    match raw {
        Some(bytes) if bytes.len() + line.len() <= MAX_MESSAGE_BYTES => {
            bytes.extend_from_slice(line)
        }
        _ => *raw = None,
    }
}

/// `>From `, `>>From ` and so on lose one `>` (the "mboxrd" form).
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") {
        &line[1..]
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Entry> {
        let mut mbox = Mbox::new(text.as_bytes()).unwrap();
        std::iter::from_fn(|| mbox.next_entry().unwrap()).collect()
    }

    #[test]
    fn a_message_knows_its_number_and_place() {
        let text = "From a@x Sat Jan  3 01:05:34 1996\nSubject: 1\n\none\n\nFrom b@x Sat Jan  3 01:06:00 1996\nSubject: 2\n\ntwo\n";
        let entries = read(text);
        assert_eq!(entries.len(), 2);
        assert_eq!(
            (entries[1].ordinal, entries[1].byte),
            (2, text.find("From b").unwrap() as u64)
        );
        assert_eq!(
            entries[0].raw.as_deref(),
            Some(&b"Subject: 1\n\none\n\n"[..])
        );
        assert_eq!(entries[1].separator, "b@x Sat Jan  3 01:06:00 1996");
    }

    #[test]
    fn quoted_from_lines_lose_one_mark_and_a_line_of_text_is_no_separator() {
        let text = "From a@x Sat Jan  3 01:05:34 1996\n\n>From here\n>>From there\n\nFrom now on all is well.\n";
        let entries = read(text);
        assert_eq!(entries.len(), 1);
        assert_eq!(
            entries[0].raw.as_deref(),
            Some(&b"\nFrom here\n>From there\n\nFrom now on all is well.\n"[..])
        );
    }

    #[test]
    fn another_kind_of_file_is_refused_and_an_empty_one_is_empty() {
        assert!(Mbox::new(&b"Subject: a single mail\n\nhello\n"[..]).is_err());
        assert!(read("").is_empty());
    }
}
