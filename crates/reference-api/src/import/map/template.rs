//! Texts with columns in them: `{Product}: {Issue}`.

use super::MapError;

/// Which column of the row has which name.
pub struct Header {
    names: Vec<String>,
}

impl Header {
    /// The first row of a file.
    ///
    /// # Errors
    /// When a name stands there twice: it would be a guess which one is meant.
    pub fn new(names: Vec<String>) -> Result<Self, MapError> {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                return Err(MapError::new(
                    "",
                    format!("the file has two columns named {name:?}; rename one"),
                ));
            }
        }
        Ok(Self { names })
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    fn column(&self, key: &str, name: &str) -> Result<usize, MapError> {
        self.names.iter().position(|n| n == name).ok_or_else(|| {
            MapError::new(
                key,
                format!(
                    "names the column {name:?}, which the file does not have; it has {}",
                    quoted(&self.names)
                ),
            )
        })
    }
}

/// `"a", "b", "c"`
pub(super) fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|n| format!("{:?}", n.as_ref())).collect();
    names.join(", ")
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Column(usize),
}

/// A text with columns in it, bound to a file's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

impl Template {
    /// Reads `text`, the value of the map's `key`.
    pub fn new(key: &str, text: &str, header: &Header) -> Result<Self, MapError> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            literal.push_str(&rest[..brace]);
            let (here, behind) = (&rest[brace..=brace], &rest[brace + 1..]);
            if behind.starts_with(here) {
                literal.push_str(here);
                rest = &behind[1..];
                continue;
            }
            let Some(end) = behind.find('}').filter(|_| here == "{") else {
                return Err(MapError::new(
                    key,
                    "has a brace without its partner; a column is written `{Column}`, a brace `{{`",
                ));
            };
            parts.extend(non_empty(&mut literal));
            parts.push(Part::Column(header.column(key, &behind[..end])?));
            rest = &behind[end + 1..];
        }
        literal.push_str(rest);
        parts.extend(non_empty(&mut literal));
        Ok(Self { parts })
    }

    /// Whether it is one column and nothing else.
    pub fn is_bare_column(&self) -> bool {
        matches!(self.parts.as_slice(), [Part::Column(_)])
    }

    /// The text for a row. The columns' values are taken byte for byte.
    pub fn fill(&self, row: &[String]) -> String {
        self.fill_with(row, |value| value.to_owned())
    }

    /// The text for a row, its columns' values changed on the way.
    pub fn fill_with(&self, row: &[String], change: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Column(index) => text.push_str(&change(&row[*index])),
            }
        }
        text
    }

    /// The text for a row, or nothing when it has columns and all of them are empty.
    pub fn fill_if_any(&self, row: &[String]) -> Option<String> {
        let mut columns = self
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Column(index) => Some(&row[*index]),
                Part::Literal(_) => None,
            })
            .peekable();
        let has_columns = columns.peek().is_some();
        let any = columns.any(|value| !value.trim().is_empty());
        (any || !has_columns).then(|| self.fill(row))
    }
}

fn non_empty(literal: &mut String) -> Option<Part> {
    (!literal.is_empty()).then(|| Part::Literal(std::mem::take(literal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header::new(vec!["A".into(), "B b".into()]).unwrap()
    }

    fn fill(text: &str) -> String {
        let row = ["1".to_owned(), String::new()];
        Template::new("key", text, &header()).unwrap().fill(&row)
    }

    #[test]
    fn columns_stand_in_braces_and_doubled_braces_for_themselves() {
        assert_eq!(fill("{A}: {B b}!"), "1: !");
        assert_eq!(fill("{{A}} {A}"), "{A} 1");
    }

    #[test]
    fn an_unknown_column_is_named_with_those_that_exist() {
        let error = Template::new("subject", "{C}", &header()).unwrap_err();
        assert_eq!(error.key, "subject");
        assert!(error.problem.contains("\"C\"") && error.problem.contains("\"B b\""));
    }

    #[test]
    fn a_brace_alone_is_refused() {
        for text in ["{A", "A}", "{"] {
            assert!(Template::new("key", text, &header()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_text_whose_columns_are_all_empty_is_none() {
        let row = ["1".to_owned(), " ".to_owned()];
        let fill = |text| {
            Template::new("key", text, &header())
                .unwrap()
                .fill_if_any(&row)
        };
        assert_eq!(fill("x {B b}"), None);
        assert_eq!(fill("x {A}").as_deref(), Some("x 1"));
        assert_eq!(fill("x").as_deref(), Some("x"));
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        assert!(Header::new(vec!["A".into(), " A".into()]).is_err());
    }
}
