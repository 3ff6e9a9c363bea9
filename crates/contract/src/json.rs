//! A JSON value (RFC 8259) and the two small traits by which the WASM bundle reads and writes the contract.
//!
//! serde's generated visitors cost the bundle about 1.6 kB a type; going through a value costs a tenth of it, because
//! the browser's own `JSON.parse` does the reading. Native code uses serde; both forms come from one declaration.

use std::cell::OnceCell;
use std::fmt;

/// A JSON value. Objects keep the order of their members.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, and what is absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number. The contract's integers are below 2^53, so that a double holds them exactly.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object, its members in order.
    Object(Vec<(String, Json)>),
}

/// Why a value is not what the contract says, and where. It is one word wide: every field of every type that is read hands one on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Fault>);

/// What a [`DecodeError`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands, as a JSON Pointer (RFC 6901); empty for the whole document.
    pub pointer: String,
    /// What the contract has there ("a text").
    pub expected: &'static str,
}

impl std::ops::Deref for DecodeError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl DecodeError {
    /// An error at the value itself; the objects around it add their names as it passes outwards.
    #[cold]
    #[must_use]
    pub fn expected(expected: &'static str) -> Self {
        let pointer = String::new();
        Self(Box::new(Fault { pointer, expected }))
    }

    #[cold]
    pub(crate) fn within(mut self, name: &str) -> Self {
        self.0.pointer = ["/", name, &self.pointer].concat();
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at \"{}\"", self.expected, self.pointer)
    }
}

impl std::error::Error for DecodeError {}

/// Reading a type of the contract from a JSON value.
///
/// What reads a record asks for one member after the other and looks at none of the outcomes: a fault is noted at the [`Place`], and
/// something of the type stands for what could not be read. [`FromJson::from_json`] looks once, at the end, and then gives the
/// fault alone. A way out after each member was two thirds of what reading a type cost the bundle.
pub trait FromJson: Sized {
    /// What stands at a place. Where that is not what the contract says, the fault is noted and anything of the type given: nobody
    /// gets to see it.
    fn read(place: &Place) -> Self;

    /// Reads the value; a member that is absent arrives as [`Json::Null`].
    ///
    /// # Errors
    /// When the value is not what the contract says, with the place and what was expected there.
    fn from_json(json: &Json) -> Result<Self, DecodeError> {
        let fault = OnceCell::new();
        let value = Self::read(&Place::root(json, &fault));
        fault.into_inner().map_or(Ok(value), Err)
    }
}

/// A value within a document that is being read, and where it stands.
pub struct Place<'a> {
    /// The value itself.
    pub json: &'a Json,
    step: Step<'a>,
    fault: &'a OnceCell<DecodeError>,
}

/// How one gets to a place.
enum Step<'a> {
    Whole,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl<'a> Place<'a> {
    fn root(json: &'a Json, fault: &'a OnceCell<DecodeError>) -> Self {
        let step = Step::Whole;
        Self { json, step, fault }
    }

    /// The member `name`, read as a `T`; one that is absent is `null`.
    #[inline(never)]
    pub fn field<T: FromJson>(&self, name: &str) -> T {
        T::read(&self.member(name))
    }

    /// The place of what is called `name`, which `json` is.
    pub(crate) fn named<'b>(&'b self, json: &'b Json, name: &'b str) -> Place<'b> {
        self.within(json, Step::Member(self, name))
    }

    /// Where the member `name` stands; one that is absent is `null`.
    #[inline(never)]
    #[must_use]
    pub fn member<'b>(&'b self, name: &'b str) -> Place<'b> {
        self.named(self.json.get(name), name)
    }

    /// The places of what the list here holds; none where there is no list.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let items = match self.json {
            Json::Array(items) => &items[..],
            _ => &[],
        };
        let place = |(at, item)| self.within(item, Step::Item(self, at));
        items.iter().enumerate().map(place)
    }

    fn within<'b>(&'b self, json: &'b Json, step: Step<'b>) -> Place<'b> {
        let fault = self.fault;
        Place { json, step, fault }
    }

    /// Notes what the contract has here, unless a fault was noted before.
    #[cold]
    #[inline(never)]
    pub fn expected(&self, expected: &'static str) {
        self.note(DecodeError::expected(expected));
    }

    /// Notes a fault below this place, unless one was noted before.
    #[cold]
    #[inline(never)]
    pub fn note(&self, mut error: DecodeError) {
        let mut at = self;
        loop {
            at = match &at.step {
                Step::Whole => break,
                Step::Member(outer, name) => {
                    error = error.within(name);
                    outer
                }
                Step::Item(outer, index) => {
                    error = error.within(&index.to_string());
                    outer
                }
            };
        }
        // The first fault is told; what follows may follow from it.
        let _ = self.fault.set(error);
    }

    /// The text that stands here.
    #[inline(never)]
    #[must_use]
    pub fn text(&self) -> &str {
        self.json.as_str().unwrap_or_else(|| {
            self.expected("a text");
            ""
        })
    }

    /// The list that stands here.
    #[inline(never)]
    fn items(&self) -> &[Json] {
        if let Json::Array(items) = self.json {
            return items;
        }
        self.expected("a list");
        &[]
    }

    /// The members that stand here.
    #[must_use]
    pub fn members(&self) -> &[(String, Json)] {
        if let Json::Object(members) = self.json {
            return members;
        }
        self.expected("an object");
        &[]
    }

    /// Notes it where there is no object.
    #[inline(never)]
    pub fn expect_object(&self) {
        let _members = self.members();
    }
}

/// Writing a type of the contract as a JSON value.
pub trait ToJson {
    /// The value as it travels.
    fn to_json(&self) -> Json;
}

static NULL: Json = Json::Null;

impl Json {
    /// The member `name`, or `null` where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &Json {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(key, _)| key == name)
                .map_or(&NULL, |(_, value)| value),
            _ => &NULL,
        }
    }

    /// The member `name`, read as `T`.
    ///
    /// # Errors
    /// When it is not a `T`; the error's pointer begins with `name`.
    pub fn field<T: FromJson>(&self, name: &str) -> Result<T, DecodeError> {
        T::from_json(self.get(name)).map_err(|error| error.within(name))
    }

    /// The text of a string value.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

impl FromJson for Json {
    fn read(place: &Place) -> Self {
        place.json.clone()
    }
}

impl ToJson for Json {
    fn to_json(&self) -> Json {
        self.clone()
    }
}

impl FromJson for String {
    #[inline(never)]
    fn read(place: &Place) -> Self {
        place.text().to_owned()
    }
}

impl ToJson for String {
    fn to_json(&self) -> Json {
        Json::String(self.clone())
    }
}

impl FromJson for bool {
    fn read(place: &Place) -> Self {
        if let Json::Bool(value) = place.json {
            return *value;
        }
        place.expected("true or false");
        false
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
}

impl FromJson for u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number from 0 to 2^53"
    )]
    fn read(place: &Place) -> Self {
        match place.json {
            Json::Number(n) if *n >= 0.0 && *n <= 9_007_199_254_740_992.0 && n.trunc() == *n => {
                *n as Self
            }
            _ => {
                place.expected("a whole number");
                0
            }
        }
    }
}

impl ToJson for u64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the contract's integers are below 2^53"
    )]
    fn to_json(&self) -> Json {
        Json::Number(*self as f64)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn read(place: &Place) -> Self {
        match place.json {
            Json::Null => None,
            _ => Some(T::read(place)),
        }
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, ToJson::to_json)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn read(place: &Place) -> Self {
        let item = |(index, item)| T::read(&place.within(item, Step::Item(place, index)));
        place.items().iter().enumerate().map(item).collect()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Json {
        Json::Array(self.iter().map(ToJson::to_json).collect())
    }
}

#[cfg(feature = "serde")]
mod with_serde {
    use super::Json;
    use serde_json::Value;

    impl From<Value> for Json {
        fn from(value: Value) -> Self {
            match value {
                Value::Null => Self::Null,
                Value::Bool(value) => Self::Bool(value),
                Value::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
                Value::String(text) => Self::String(text),
                Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
                Value::Object(members) => Self::Object(
                    members
                        .into_iter()
                        .map(|(k, v)| (k, Self::from(v)))
                        .collect(),
                ),
            }
        }
    }

    impl From<&Json> for Value {
        fn from(json: &Json) -> Self {
            match json {
                Json::Null => Self::Null,
                Json::Bool(value) => Self::Bool(*value),
                Json::Number(number) => whole(*number).unwrap_or_else(|| Self::from(*number)),
                Json::String(text) => Self::String(text.clone()),
                Json::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
                Json::Object(members) => Self::Object(
                    members
                        .iter()
                        .map(|(k, v)| (k.clone(), Self::from(v)))
                        .collect(),
                ),
            }
        }
    }

    /// Whole numbers are written without a fraction, as serde would write an integer.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and within 2^53"
    )]
    fn whole(number: f64) -> Option<Value> {
        (number.trunc() == number && number.abs() <= 9_007_199_254_740_992.0)
            .then(|| Value::from(number as i64))
    }

    impl serde::Serialize for Json {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Value::from(self).serialize(serializer)
        }
    }

    impl<'de> serde::Deserialize<'de> for Json {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Value::deserialize(deserializer).map(Self::from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_place_and_what_was_expected() {
        let json = Json::Object(vec![(
            "items".into(),
            Json::Array(vec![Json::String("a".into()), Json::Bool(true)]),
        )]);
        let error = json.field::<Vec<String>>("items").unwrap_err();
        assert_eq!(
            (error.pointer.as_str(), error.expected),
            ("/items/1", "a text")
        );
    }

    #[test]
    fn what_is_absent_reads_as_null() {
        let json = Json::Object(vec![]);
        assert_eq!(json.field::<Option<String>>("gone"), Ok(None));
        assert!(json.field::<String>("gone").is_err());
    }

    #[test]
    fn a_fraction_is_no_whole_number() {
        assert!(u64::from_json(&Json::Number(1.5)).is_err());
        assert!(u64::from_json(&Json::Number(-1.0)).is_err());
        assert_eq!(u64::from_json(&Json::Number(3.0)), Ok(3));
    }
}
