//! Reading a locale file as it is written: in its order, and with doubled keys noticed.

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// One locale file.
#[derive(Debug)]
pub struct Locale {
    /// BCP 47 tag: the file's name.
    pub tag: String,
    /// The sentences, in the file's order.
    pub messages: Vec<(String, Message)>,
}

/// One sentence.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "a sentence is a text, or an object of texts by plural category, each once"
)]
pub enum Message {
    /// The same for every number.
    Plain(String),
    /// By CLDR plural category of the argument `count`.
    Plural(Object<String>),
}

impl Message {
    /// Every form, with its category where it has one.
    pub fn forms(&self) -> Vec<(Option<&str>, &str)> {
        match self {
            Self::Plain(text) => vec![(None, text)],
            Self::Plural(forms) => forms
                .0
                .iter()
                .map(|(category, text)| (Some(&**category), &**text))
                .collect(),
        }
    }

    /// The sentence for "several", which every language has.
    pub fn usual(&self) -> &str {
        let forms = self.forms();
        forms
            .iter()
            .find(|(category, _)| *category == Some("other"))
            .or(forms.first())
            .map_or("", |(_, text)| text)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "meta")]
    _meta: Meta,
    messages: Object<Message>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meta {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "dir")]
    _dir: Direction,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Ltr,
    Rtl,
}

/// Reads a file.
///
/// # Errors
/// When it is no JSON, a key stands twice, or a sentence is neither a text nor an object of texts.
pub fn parse(tag: &str, text: &str) -> Result<Locale, String> {
    let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(Locale {
        tag: tag.to_owned(),
        messages: file.messages.0,
    })
}

/// An object whose members keep their order, and of which none may stand twice.
#[derive(Debug)]
pub struct Object<T>(pub Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<(String, T)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format!("\"{key}\" stands twice")));
            }
            let value = map
                .next_value()
                .map_err(|error| A::Error::custom(format!("\"{key}\": {error}")))?;
            members.push((key, value));
        }
        Ok(Object(members))
    }
}
