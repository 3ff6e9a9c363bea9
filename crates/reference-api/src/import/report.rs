//! What was not taken, and why.

use crate::exports::neutral;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;

/// Where in a file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(u64),
    /// A message of a mailbox.
    Message {
        /// Its number, from 1.
        ordinal: u64,
        /// Where it begins in the file, from 0.
        byte: u64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Message { ordinal, byte } => write!(f, "message {ordinal} (byte {byte})"),
        }
    }
}

/// Something that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub reason: String,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

type Listener<'a> = Box<dyn FnMut(&Rejection) -> io::Result<()> + 'a>;

/// Tells everybody who wants to know of each rejection, as it happens: nothing is gathered in memory.
#[derive(Default)]
pub struct Report<'a> {
    listeners: Vec<Listener<'a>>,
    count: u64,
}

impl<'a> Report<'a> {
    /// A report that only counts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells `listener` too.
    #[must_use]
    pub fn and(mut self, listener: impl FnMut(&Rejection) + 'a) -> Self {
        let mut listener = listener;
        self.listeners.push(Box::new(move |rejection| {
            listener(rejection);
            Ok(())
        }));
        self
    }

    /// Writes a CSV file too: place and reason.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn and_file(mut self, path: &Path) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(File::create(path)?);
        writer.write_record(["line_or_message", "byte", "reason"])?;
        writer.flush()?;
        self.listeners.push(Box::new(move |rejection| {
            let (number, byte) = match rejection.place {
                Place::Line(line) => (line, String::new()),
                Place::Message { ordinal, byte } => (ordinal, byte.to_string()),
            };
            writer.write_record([
                number.to_string(),
                byte,
                neutral(&rejection.reason).into_owned(),
            ])?;
            writer.flush()
        }));
        Ok(self)
    }

    pub(super) fn reject(&mut self, place: Place, reason: impl Into<String>) -> io::Result<()> {
        self.count += 1;
        self.tell(place, reason)
    }

    /// Tells of something that was left out of a row, of which the rest was taken.
    pub(super) fn tell(&mut self, place: Place, reason: impl Into<String>) -> io::Result<()> {
        let rejection = Rejection {
            place,
            reason: reason.into(),
        };
        self.listeners
            .iter_mut()
            .try_for_each(|listener| listener(&rejection))
    }

    /// How many there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }
}
