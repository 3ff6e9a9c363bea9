//! The answer to one question, in the form that the question gives it.

use crate::{DecodeError, FromJson, Json, Place, ToJson};

/// An answer: a number on a scale, a text (words, a thumb, a choice), or several choices.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Json", into = "Json")
)]
pub enum AnswerValue {
    /// A point of a scale.
    Number(u64),
    /// Words, `up` or `down`, or the one choice.
    Text(String),
    /// Several choices.
    Several(Vec<String>),
    /// A form that this version does not know; kept as it came.
    Other(Json),
}

impl TryFrom<Json> for AnswerValue {
    type Error = DecodeError;

    fn try_from(json: Json) -> Result<Self, DecodeError> {
        if let Ok(number) = u64::from_json(&json) {
            return Ok(Self::Number(number));
        }
        if let Ok(choices) = Vec::from_json(&json) {
            return Ok(Self::Several(choices));
        }
        match json {
            Json::Null => Err(DecodeError::expected("an answer")),
            Json::String(text) => Ok(Self::Text(text)),
            other => Ok(Self::Other(other)),
        }
    }
}

impl From<AnswerValue> for Json {
    fn from(value: AnswerValue) -> Self {
        match value {
            AnswerValue::Number(number) => number.to_json(),
            AnswerValue::Text(text) => Self::String(text),
            AnswerValue::Several(choices) => choices.to_json(),
            AnswerValue::Other(json) => json,
        }
    }
}

impl FromJson for AnswerValue {
    fn read(place: &Place) -> Self {
        Self::try_from(place.json.clone()).unwrap_or_else(|error| {
            place.note(error);
            Self::Number(0)
        })
    }
}

impl ToJson for AnswerValue {
    fn to_json(&self) -> Json {
        self.clone().into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for AnswerValue {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
        let text = || ObjectBuilder::new().schema_type(Type::String);
        OneOfBuilder::new()
            .item(
                ObjectBuilder::new()
                    .schema_type(Type::Integer)
                    .minimum(Some(0)),
            )
            .item(text())
            .item(ArrayBuilder::new().items(text()))
            .description(Some(
                "The answer to a question: a point of its scale, words, `up` or `down`, the `value` of an option, or a list of them.",
            ))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for AnswerValue {}

/// What a merge patch says of an answer: the new one, or `null`. For the document alone: utoipa has no map of what may be null.
#[cfg(feature = "openapi")]
pub(super) struct AnswerChange;

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for AnswerChange {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Ref, Type};
        OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .item(Ref::from_schema_name("AnswerValue"))
            .description(Some("The answer from now on; `null` takes it out."))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for AnswerChange {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_by_its_form_and_an_unknown_form_is_kept() {
        let several = Json::Array(vec![Json::String("a".into())]);
        assert_eq!(
            AnswerValue::from_json(&Json::Number(7.0)),
            Ok(AnswerValue::Number(7))
        );
        assert_eq!(
            AnswerValue::from_json(&several),
            Ok(AnswerValue::Several(vec!["a".into()]))
        );
        let odd = AnswerValue::from_json(&Json::Bool(true)).unwrap();
        assert_eq!(odd, AnswerValue::Other(Json::Bool(true)));
        assert_eq!(odd.to_json(), Json::Bool(true));
        assert!(AnswerValue::from_json(&Json::Null).is_err());
    }
}
