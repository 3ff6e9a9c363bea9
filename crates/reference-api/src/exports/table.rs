//! Records as JSON and as CSV. Both are written row by row: a set of any size takes the memory of one row.

use serde_json::Value;
use std::borrow::Cow;
use std::io::{self, Write};

/// The mark by which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 8259: one array, one record a line, so that a reader can take it line by line.
    Json,
    /// RFC 4180: UTF-8 with its mark, a row of names first.
    Csv,
}

impl Format {
    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// The file's type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
        }
    }
}

/// Writes the records of one set.
pub struct Records<W: Write> {
    to: W,
    format: Format,
    columns: Vec<String>,
    written: u64,
}

impl<W: Write> Records<W> {
    /// Begins a file of records with these members.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(mut to: W, format: Format, columns: &[String]) -> io::Result<Self> {
        match format {
            Format::Json => to.write_all(b"[\n")?,
            Format::Csv => {
                to.write_all(BYTE_ORDER_MARK)?;
                write_row(
                    &mut to,
                    columns.iter().map(|name| Cow::Borrowed(name.as_str())),
                )?;
            }
        }
        Ok(Self {
            to,
            format,
            columns: columns.to_vec(),
            written: 0,
        })
    }

    /// Writes one record: as many values as there are members.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, row: &[Value]) -> io::Result<()> {
        debug_assert_eq!(row.len(), self.columns.len());
        match self.format {
            Format::Json => {
                if self.written > 0 {
                    self.to.write_all(b",\n")?;
                }
                self.write_object(row)?;
            }
            Format::Csv => write_row(&mut self.to, row.iter().map(cell))?,
        }
        self.written += 1;
        Ok(())
    }

    /// In the order of the columns, which a map would not keep.
    fn write_object(&mut self, row: &[Value]) -> io::Result<()> {
        for (place, (name, value)) in self.columns.iter().zip(row).enumerate() {
            self.to.write_all(if place == 0 { b"{" } else { b"," })?;
            serde_json::to_writer(&mut self.to, name)?;
            self.to.write_all(b":")?;
            serde_json::to_writer(&mut self.to, value)?;
        }
        self.to.write_all(b"}")
    }

    /// Ends the file, and says how many records it holds.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> io::Result<u64> {
        if self.format == Format::Json {
            let end: &[u8] = if self.written > 0 { b"\n]\n" } else { b"]\n" };
            self.to.write_all(end)?;
        }
        Ok(self.written)
    }
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        // A negative number is a number: taken for a formula it gives itself.
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::String(text) => neutral(text),
        Value::Array(_) | Value::Object(_) => Cow::Owned(value.to_string()),
    }
}

/// The text as a spreadsheet shows it and never computes it: what begins like a formula (OWASP, "CSV injection") gets an apostrophe in
/// front.
pub fn neutral(text: &str) -> Cow<'_, str> {
    let dangerous = |first: char| {
        matches!(
            first,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
        )
    };
    // Some programs skip blanks before they look for a formula.
    let first = text
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .chars()
        .next();
    if first.is_some_and(dangerous) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// One row of RFC 4180. A NUL is left out: it ends the cell in some programs and the file in others.
fn write_row<'a>(to: &mut impl Write, cells: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            to.write_all(b",")?;
        }
        let cell: Cow<'_, str> = if cell.contains('\0') {
            Cow::Owned(cell.replace('\0', ""))
        } else {
            cell
        };
        let quoted = cell.contains(['"', ',', '\r', '\n', ';', '\t'])
            || cell.starts_with(' ')
            || cell.ends_with(' ');
        if quoted {
            write!(to, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            to.write_all(cell.as_bytes())?;
        }
    }
    to.write_all(b"\r\n")
}

#[cfg(test)]
mod tests;
