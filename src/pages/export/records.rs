//! The records of a list in JSON, one after the other, however long the list is: found by its brackets while its bytes pass by.

/// The longest record, in bytes.
const LONGEST: usize = 32 << 20;

/// How deep a record may be nested. A reader that recurses would otherwise fall over a file of brackets alone.
const DEEPEST: usize = 64;

/// The bytes are no list of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoList;

/// A record and where it stands in the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its JSON.
    pub text: &'a str,
    /// Where its first byte stands.
    pub from: usize,
    /// Where the next byte after it stands.
    pub to: usize,
}

/// What comes next in the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Opening,
    First,
    Record,
    CommaOrEnd,
    Nothing,
}

/// Finds the records of one list.
pub struct Records {
    next: Next,
    /// The record that is being read, and how deep in it the last byte was.
    record: Vec<u8>,
    depth: usize,
    in_text: bool,
    is_escaped: bool,
    at: usize,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            next: Next::Opening,
            record: Vec::new(),
            depth: 0,
            in_text: false,
            is_escaped: false,
            at: 0,
        }
    }
}

impl Records {
    /// Takes the next bytes, and gives each record that ends in them.
    ///
    /// # Errors
    /// When they do not go on as a list of objects does.
    pub fn push(&mut self, bytes: &[u8], mut each: impl FnMut(Record)) -> Result<(), NoList> {
        for byte in bytes {
            self.at += 1;
            if self.depth == 0 {
                self.between(*byte)?;
            } else if self.within(*byte)? {
                let text = std::str::from_utf8(&self.record).map_err(|_| NoList)?;
                let (from, to) = (self.at - self.record.len(), self.at);
                each(Record { text, from, to });
                self.record.clear();
            }
        }
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// When the list has not ended.
    pub fn end(&self) -> Result<(), NoList> {
        if self.next == Next::Nothing {
            Ok(())
        } else {
            Err(NoList)
        }
    }

    fn between(&mut self, byte: u8) -> Result<(), NoList> {
        self.next = match (self.next, byte) {
            (next, b' ' | b'\n' | b'\r' | b'\t') => next,
            (Next::Opening, b'[') => Next::First,
            (Next::First | Next::CommaOrEnd, b']') => Next::Nothing,
            (Next::CommaOrEnd, b',') => Next::Record,
            (Next::First | Next::Record, b'{') => {
                self.depth = 1;
                self.record.push(byte);
                Next::CommaOrEnd
            }
            (Next::Opening | Next::First | Next::Record | Next::CommaOrEnd | Next::Nothing, _) => {
                return Err(NoList);
            }
        };
        Ok(())
    }

    /// Whether the record ends with this byte.
    fn within(&mut self, byte: u8) -> Result<bool, NoList> {
        self.record.push(byte);
        if self.record.len() > LONGEST {
            return Err(NoList);
        }
        if self.in_text {
            self.in_text = self.is_escaped || byte != b'"';
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            return Ok(false);
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        if self.depth > DEEPEST {
            Err(NoList)
        } else {
            Ok(self.depth == 0)
        }
    }
}

/// Whether a JSON text is nested no deeper than a reader that recurses can follow.
#[must_use]
pub fn is_flat_enough(json: &[u8]) -> bool {
    let (mut depth, mut in_text, mut is_escaped) = (0usize, false, false);
    json.iter().all(|byte| {
        if in_text {
            in_text = is_escaped || *byte != b'"';
            is_escaped = *byte == b'\\' && !is_escaped;
        } else {
            match byte {
                b'"' => in_text = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        depth <= DEEPEST
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str, piece: usize) -> Result<Vec<String>, NoList> {
        let mut records = Records::default();
        let mut found = Vec::new();
        for bytes in list.as_bytes().chunks(piece) {
            records.push(bytes, |record| {
                assert_eq!(&list[record.from..record.to], record.text);
                found.push(record.text.to_owned());
            })?;
        }
        records.end()?;
        Ok(found)
    }

    #[test]
    fn records_are_found_wherever_the_pieces_part() {
        let list = "[\n{\"a\":\"}],{\\\"\\\\\",\"b\":[{\"c\":1}]},\n{\"ü\":\"漢\"}\n]\n";
        for piece in 1..list.len() {
            let found = read(list, piece).unwrap();
            assert_eq!(
                found,
                [r#"{"a":"}],{\"\\","b":[{"c":1}]}"#, r#"{"ü":"漢"}"#]
            );
        }
        assert_eq!(read("[\n]\n", 1), Ok(vec![]));
        assert_eq!(read("[{},{}]", 3).unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_list_of_records_is_refused() {
        for list in [
            "",
            "{}",
            "[1]",
            "[{}",
            "[{},]",
            "[,{}]",
            "[{}{}]",
            "[] []",
            "[{}]]",
            "[{\"a\":\"}]",
            "x",
        ] {
            assert_eq!(read(list, 2), Err(NoList), "{list}");
        }
        let deep = ["[{\"a\":", &"[".repeat(1_000), &"]".repeat(1_000), "}]"].concat();
        assert_eq!(read(&deep, 100), Err(NoList));
        assert_eq!(
            Records::default().push(b"[{\"\xff\"}]", |_| panic!("it is no text")),
            Err(NoList)
        );
    }

    #[test]
    fn brackets_within_words_are_no_depth() {
        assert!(is_flat_enough(
            ["{\"a\":\"", &"[".repeat(1_000), "\"}"].concat().as_bytes()
        ));
        assert!(!is_flat_enough("[".repeat(1_000).as_bytes()));
        assert!(is_flat_enough("[{}],".repeat(1_000).as_bytes()));
    }
}
