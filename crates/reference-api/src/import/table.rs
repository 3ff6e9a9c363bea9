//! A CSV file as rows of text, read as a stream: memory holds one row, whatever the size of the file.
//!
//! The framing is done here and not by the `csv` crate, because that one takes an unclosed quote for the rest of the file as one
//! field and says nothing. Here such a row is rejected by its line, and reading goes on with the next line.

mod scan;

use scan::{Scan, Step};
use std::fmt;
use std::io::{self, Read};

/// The largest row, in bytes. Longer than that, a quote was left open.
pub const MAX_ROW_BYTES: usize = 16 * 1024 * 1024;

const CHUNK: usize = 64 * 1024;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// How the file separates and quotes its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two fields; `,` by RFC 4180.
    pub delimiter: u8,
    /// What stands around a field that holds delimiters or line breaks, doubled to stand for itself; `"` by RFC 4180.
    pub quote: u8,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            delimiter: b',',
            quote: b'"',
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its fields.
    pub fields: Vec<String>,
}

/// Why a row cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadRow {
    /// A quote was opened and the file or [`MAX_ROW_BYTES`] ended before it closed.
    UnclosedQuote {
        /// The line on which it was opened.
        opened: u64,
    },
    /// A closing quote is followed by something that is neither a delimiter nor the end of the line; most often a quote
    /// further up was left open.
    TextAfterQuote {
        /// The line on which the field was opened.
        opened: u64,
        /// The line of the stray text.
        line: u64,
    },
    /// It is longer than [`MAX_ROW_BYTES`].
    TooLong,
    /// It is not UTF-8.
    NotUtf8 {
        /// The line of the first wrong byte.
        line: u64,
        /// The place of the first wrong byte in the file, from 0.
        byte: u64,
    },
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedQuote { opened } => write!(
                f,
                "the quote opened on line {opened} is never closed; close it, or double it if it is part of the text"
            ),
            Self::TextAfterQuote { opened, line } => write!(
                f,
                "text follows the closing quote on line {line}; the field was opened on line {opened}: close it there, or \
                 double the quote if it is part of the text"
            ),
            Self::TooLong => write!(f, "the row is longer than {MAX_ROW_BYTES} bytes"),
            Self::NotUtf8 { line, byte } => write!(
                f,
                "byte {byte} of the file (line {line}) is not UTF-8; save the file as UTF-8"
            ),
        }
    }
}

/// A row, or why one cannot be read and where it begins.
pub type RowResult = Result<Row, (u64, BadRow)>;

/// The rows of a file, in order. Empty lines are passed over.
pub struct Table<R> {
    input: R,
    dialect: Dialect,
    /// What was read and belongs to no finished row.
    window: Vec<u8>,
    /// Where the next row begins in `window`.
    at: usize,
    /// Where `window` begins in the file.
    offset: u64,
    line: u64,
    input_ended: bool,
}

impl<R: Read> Table<R> {
    /// The rows of `input`, a byte order mark passed over.
    ///
    /// # Errors
    /// When it cannot be read, or is UTF-16.
    pub fn new(input: R, dialect: Dialect) -> io::Result<Self> {
        let mut table = Self {
            input,
            dialect,
            window: Vec::new(),
            at: 0,
            offset: 0,
            line: 1,
            input_ended: false,
        };
        table.fill()?;
        if table.window.starts_with(b"\xff\xfe") || table.window.starts_with(b"\xfe\xff") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the file is UTF-16; save it as UTF-8",
            ));
        }
        if table.window.starts_with(BOM) {
            table.at = BOM.len();
        }
        Ok(table)
    }

    /// How many bytes of the file are done with, for a progress bar.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.offset + self.at as u64
    }

    /// The next row.
    ///
    /// # Errors
    /// When the file cannot be read any further. A row that cannot be read is no such error: reading goes on behind it.
    pub fn next_row(&mut self) -> io::Result<Option<RowResult>> {
        loop {
            self.drop_what_is_done();
            let mut scan = Scan::new(self.dialect, self.line);
            let step = self.scan(&mut scan)?;
            match step {
                Step::More if scan.is_blank() => return Ok(None),
                Step::More | Step::Done => {
                    let row = self.finish(scan);
                    if let Some(row) = row {
                        return Ok(Some(row));
                    }
                }
                Step::Bad(reason) => return Ok(Some(Err((self.skip_a_line(), reason)))),
            }
        }
    }

    /// Feeds the scan until it has a row, or the file ends.
    fn scan(&mut self, scan: &mut Scan) -> io::Result<Step> {
        loop {
            while let Some(&byte) = self.window.get(self.at + scan.length()) {
                let step = scan.feed(byte);
                if !matches!(step, Step::More) {
                    return Ok(step);
                }
                if scan.length() > MAX_ROW_BYTES {
                    return Ok(Step::Bad(scan.too_long()));
                }
            }
            if self.input_ended {
                return Ok(scan.end());
            }
            self.fill()?;
        }
    }

    /// The row that was scanned; nothing for an empty line.
    fn finish(&mut self, scan: Scan) -> Option<RowResult> {
        let raw = &self.window[self.at..self.at + scan.length()];
        let line = self.line;
        let utf8 = std::str::from_utf8(raw).map_err(|error| {
            let good = error.valid_up_to();
            BadRow::NotUtf8 {
                line: line + count_lines(&raw[..good]),
                byte: self.offset + (self.at + good) as u64,
            }
        });
        let result = utf8.map(|_| ());
        self.at += scan.length();
        self.line = scan.next_line();
        match result {
            Err(bad) => Some(Err((line, bad))),
            Ok(()) => {
                let fields = scan.into_fields();
                let blank = matches!(fields.as_slice(), [only] if only.is_empty());
                (!blank).then_some(Ok(Row { line, fields }))
            }
        }
    }

    /// Goes on behind the first line of a row that cannot be framed. Gives that line.
    fn skip_a_line(&mut self) -> u64 {
        let rest = &self.window[self.at..];
        let length = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(rest.len(), |newline| newline + 1);
        self.at += length;
        let line = self.line;
        self.line += 1;
        line
    }

    fn drop_what_is_done(&mut self) {
        if self.at >= CHUNK {
            self.window.drain(..self.at);
            self.offset += self.at as u64;
            self.at = 0;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let length = self.window.len();
        self.window.resize(length + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.window[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.window.truncate(length + *read.as_ref().unwrap_or(&0));
        self.input_ended = read? == 0;
        Ok(())
    }
}

fn count_lines(raw: &[u8]) -> u64 {
    raw.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<RowResult> {
        read_as(text, Dialect::default())
    }

    fn read_as(text: &[u8], dialect: Dialect) -> Vec<RowResult> {
        let mut table = Table::new(text, dialect).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = table.next_row().unwrap() {
            rows.push(row);
        }
        rows
    }

    fn row(line: u64, fields: &[&str]) -> RowResult {
        Ok(Row {
            line,
            fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        })
    }

    #[test]
    fn commas_quotes_and_line_breaks_inside_quotes_belong_to_the_field() {
        let rows = read(b"a,\"b,\"\"c\"\"\r\nd\",e\r\nf,g,h");
        assert_eq!(
            rows,
            [
                row(1, &["a", "b,\"c\"\r\nd", "e"]),
                row(3, &["f", "g", "h"])
            ]
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_name() {
        assert_eq!(
            read(b"\xef\xbb\xbfName\nx\n"),
            [row(1, &["Name"]), row(2, &["x"])]
        );
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        assert_eq!(
            read(b"a,\r\n\r\nb,\nc,\rd,"),
            [
                row(1, &["a", ""]),
                row(3, &["b", ""]),
                row(4, &["c", ""]),
                row(5, &["d", ""])
            ]
        );
    }

    #[test]
    fn other_delimiters_and_quotes_are_taken() {
        let dialect = Dialect {
            delimiter: b';',
            quote: b'\'',
        };
        assert_eq!(
            read_as(b"a;'b;c';\"d", dialect),
            [row(1, &["a", "b;c", "\"d"])]
        );
    }

    #[test]
    fn an_unclosed_quote_costs_one_line_and_names_it() {
        assert_eq!(
            read(b"a,b\nc,\"d\ne,f\n"),
            [
                row(1, &["a", "b"]),
                Err((2, BadRow::UnclosedQuote { opened: 2 })),
                row(3, &["e", "f"])
            ]
        );
    }

    #[test]
    fn an_unclosed_quote_that_runs_into_the_next_one_is_noticed() {
        assert_eq!(
            read(b"a,\"b\nc,\"d\"\n"),
            [
                Err((1, BadRow::TextAfterQuote { opened: 1, line: 2 })),
                row(2, &["c", "d"])
            ]
        );
    }

    #[test]
    fn a_wrong_byte_is_named_by_line_and_place() {
        assert_eq!(
            read(b"a\n\"x\ny\xff\"\nb\n"),
            [
                row(1, &["a"]),
                Err((2, BadRow::NotUtf8 { line: 3, byte: 6 })),
                row(4, &["b"])
            ]
        );
    }

    #[test]
    fn a_row_across_many_reads_stays_whole() {
        let long = "ä\"\"\n".repeat(60_000);
        let text = format!("first,1\n\"{long}\",2\nlast,3\n");
        let rows = read(text.as_bytes());
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].as_ref().unwrap().fields[0], "ä\"\n".repeat(60_000));
        assert_eq!(rows[2], row(60_003, &["last", "3"]));
    }

    #[test]
    fn an_utf_16_file_is_refused_in_plain_words() {
        let error = Table::new(&b"\xff\xfea\0"[..], Dialect::default())
            .err()
            .unwrap();
        assert!(error.to_string().contains("UTF-16"));
    }
}
