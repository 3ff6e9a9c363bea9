//! The state machine of RFC 4180, one byte at a time.

use super::{BadRow, Dialect};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// A quote inside a quoted field: its end, or the first half of a doubled one.
    AfterQuote,
    /// A carriage return outside of quotes ends the row; a line feed behind it belongs to it.
    AfterReturn,
}

/// What a byte did.
pub(super) enum Step {
    /// The row goes on.
    More,
    /// The row is complete.
    Done,
    /// The row cannot be framed.
    Bad(BadRow),
}

/// One row in the making.
pub(super) struct Scan {
    dialect: Dialect,
    state: State,
    length: usize,
    line: u64,
    opened: u64,
    field: Vec<u8>,
    fields: Vec<Vec<u8>>,
}

impl Scan {
    pub(super) fn new(dialect: Dialect, line: u64) -> Self {
        Self {
            dialect,
            state: State::FieldStart,
            length: 0,
            line,
            opened: line,
            field: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// How many bytes belong to the row so far.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The line behind the row.
    pub(super) fn next_line(&self) -> u64 {
        self.line
    }

    /// Whether no byte came.
    pub(super) fn is_blank(&self) -> bool {
        self.length == 0
    }

    pub(super) fn feed(&mut self, byte: u8) -> Step {
        if self.state == State::AfterReturn {
            self.length += usize::from(byte == b'\n');
            self.line += 1;
            return Step::Done;
        }
        self.length += 1;
        match self.state {
            State::Quoted => self.feed_quoted(byte),
            State::FieldStart if byte == self.dialect.quote => {
                self.opened = self.line;
                self.state = State::Quoted;
                Step::More
            }
            State::AfterQuote if byte == self.dialect.quote => {
                self.field.push(byte);
                self.state = State::Quoted;
                Step::More
            }
            _ => self.feed_unquoted(byte),
        }
    }

    fn feed_quoted(&mut self, byte: u8) -> Step {
        if byte == self.dialect.quote {
            self.state = State::AfterQuote;
        } else {
            self.line += u64::from(byte == b'\n');
            self.field.push(byte);
        }
        Step::More
    }

    fn feed_unquoted(&mut self, byte: u8) -> Step {
        if byte == self.dialect.delimiter {
            self.end_field();
            self.state = State::FieldStart;
            return Step::More;
        }
        match byte {
            b'\n' => {
                self.end_field();
                self.line += 1;
                Step::Done
            }
            b'\r' => {
                self.end_field();
                self.state = State::AfterReturn;
                Step::More
            }
            _ if self.state == State::AfterQuote => Step::Bad(BadRow::TextAfterQuote {
                opened: self.opened,
                line: self.line,
            }),
            _ => {
                self.field.push(byte);
                self.state = State::Plain;
                Step::More
            }
        }
    }

    /// The file ended.
    pub(super) fn end(&mut self) -> Step {
        if self.length == 0 {
            return Step::More;
        }
        match self.state {
            State::Quoted => Step::Bad(BadRow::UnclosedQuote {
                opened: self.opened,
            }),
            State::AfterReturn => {
                self.line += 1;
                Step::Done
            }
            State::FieldStart | State::Plain | State::AfterQuote => {
                self.end_field();
                Step::Done
            }
        }
    }

    pub(super) fn too_long(&self) -> BadRow {
        if self.state == State::Quoted {
            BadRow::UnclosedQuote {
                opened: self.opened,
            }
        } else {
            BadRow::TooLong
        }
    }

    fn end_field(&mut self) {
        self.fields.push(std::mem::take(&mut self.field));
    }

    /// The fields of a row whose bytes are UTF-8 as a whole: delimiters and quotes are ASCII, so each field is too.
    pub(super) fn into_fields(self) -> Vec<String> {
        self.fields
            .into_iter()
            .map(|field| {
                String::from_utf8(field).expect("a part of UTF-8 text between ASCII bytes is UTF-8")
            })
            .collect()
    }
}
