//! Where things stand in a file of JSON: what people are told is a line and a column, and what programs say is a pointer (RFC 6901).

use std::collections::HashMap;

use jsonc_parser::ast::{ObjectProp, Value as Ast};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Value;

/// A line and a column, both from one; a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The character in it.
    pub column: usize,
}

impl Spot {
    /// Where the byte at `offset` stands.
    pub fn at(text: &str, offset: usize) -> Self {
        let before = &text[..offset.min(text.len())];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
        }
    }
}

/// The places of a file.
pub struct Document {
    spots: HashMap<String, Spot>,
    doubled: Vec<String>,
}

impl Document {
    /// Reads a file of JSON (RFC 8259): what it says, and where.
    ///
    /// # Errors
    /// When it is none: where, and why.
    pub fn parse(text: &str) -> Result<(Self, Value), (Spot, String)> {
        let json: Value = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line().max(1), error.column().max(1));
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default().to_owned();
            (Spot { line, column }, format!("this is no JSON: {why}"))
        })?;
        let mut document = Self {
            spots: HashMap::new(),
            doubled: Vec::new(),
        };
        let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        if let Some(root) = parsed.ok().and_then(|parsed| parsed.value) {
            document.enter(text, String::new(), root.range().start, &root);
        }
        Ok((document, json))
    }

    fn enter(&mut self, text: &str, pointer: String, start: usize, value: &Ast) {
        match value {
            Ast::Object(object) => {
                for property in &object.properties {
                    self.enter_property(text, &pointer, property);
                }
            }
            Ast::Array(array) => {
                for (at, item) in array.elements.iter().enumerate() {
                    self.enter(text, format!("{pointer}/{at}"), item.range().start, item);
                }
            }
            Ast::StringLit(_) | Ast::NumberLit(_) | Ast::BooleanLit(_) | Ast::NullKeyword(_) => {}
        }
        self.spots.insert(pointer, Spot::at(text, start));
    }

    fn enter_property(&mut self, text: &str, pointer: &str, property: &ObjectProp) {
        let pointer = below(pointer, property.name.as_str());
        if self.spots.contains_key(&pointer) {
            self.doubled.push(pointer.clone());
        }
        self.enter(text, pointer, property.range.start, &property.value);
    }

    /// Where a value stands, with its key; where it does not stand, what is around it.
    pub fn spot(&self, pointer: &str) -> Spot {
        let mut pointer = pointer;
        loop {
            if let Some(spot) = self.spots.get(pointer) {
                return *spot;
            }
            match pointer.rfind('/') {
                Some(end) => pointer = &pointer[..end],
                None => return Spot { line: 1, column: 1 },
            }
        }
    }

    /// The keys that stand twice in their object.
    pub fn doubled(&self) -> impl Iterator<Item = &str> {
        self.doubled.iter().map(String::as_str)
    }
}

/// The pointer of a member.
pub fn below(pointer: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{\n  \"näme\": \"A\", \"links\": {\"home\": 7},\n  \"locales\": [\"en\",\n    \"de\"]\n}";

    fn spot(pointer: &str) -> (usize, usize) {
        let (document, _) = Document::parse(TEXT).unwrap();
        let Spot { line, column } = document.spot(pointer);
        (line, column)
    }

    #[test]
    fn a_member_is_where_its_key_stands() {
        assert_eq!(spot(""), (1, 1));
        assert_eq!(spot("/links"), (2, 16));
        assert_eq!(spot("/links/home"), (2, 26));
        assert_eq!(spot("/locales/1"), (4, 5));
    }

    #[test]
    fn what_is_not_there_is_where_it_would_be() {
        assert_eq!(spot("/links/privacy"), (2, 16));
        assert_eq!(spot("/api"), (1, 1));
    }

    #[test]
    fn a_key_that_stands_twice_is_named() {
        let (document, _) = Document::parse(r#"{"a": {"b": 1, "b": 2}}"#).unwrap();
        assert_eq!(document.doubled().collect::<Vec<_>>(), ["/a/b"]);
    }

    #[test]
    fn what_is_no_json_is_named_with_its_place() {
        let (spot, why) = Document::parse("{\n  \"a\": 1,\n}")
            .map(|_| ())
            .unwrap_err();
        assert_eq!(spot.line, 3);
        assert!(why.contains("trailing comma"), "{why}");
    }
}
