//! Every operation of the contract, read from its OpenAPI document: a new one is judged without anybody adding it here.

use crate::profile;
use portal_contract::capabilities::{Feature, Profile};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An operation of the contract.
#[derive(Debug)]
pub struct Operation {
    /// What the document calls it (`listInteractions`).
    pub id: String,
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: String,
    /// Its path with its parameters in braces.
    pub path: String,
    /// The profile that it belongs to.
    pub profile: Profile,
    /// The feature without which it need not be there.
    pub feature: Option<Feature>,
    /// The parameters of its path, in order.
    pub path_parameters: Vec<String>,
    /// The names under which the document refers to its parameters.
    pub parameters: Vec<String>,
    /// Its query parameters without which it refuses, with their schemas.
    pub required_query: Vec<(String, Value)>,
    /// The media type of its body and the body's schema.
    pub body: Option<(String, Value)>,
    /// The schema of each answer by status and media type; `Null` where an answer has no body.
    pub answers: BTreeMap<u16, BTreeMap<String, Value>>,
    /// Whether somebody must be signed in.
    pub signed_in: bool,
    /// Whether the bearer of a footer's link will do.
    pub by_link: bool,
    /// Whether the bearer of a frame will do.
    pub by_frame: bool,
}

impl Operation {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.method == "GET"
    }

    /// Whether it takes a parameter that the document names so.
    #[must_use]
    pub fn takes(&self, parameter: &str) -> bool {
        self.parameters.iter().any(|known| known == parameter)
    }

    /// `GET /v1/interactions/{id}`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Its path with the parameters filled in, in order.
    #[must_use]
    pub fn at(&self, ids: &[String]) -> String {
        let mut path = self.path.clone();
        for id in ids {
            if let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
                path.replace_range(start..=end, id);
            }
        }
        path
    }

    /// Its path with ids that nobody has.
    #[must_use]
    pub fn at_nobodys(&self) -> String {
        self.at(&vec!["conformance".to_owned(); self.path_parameters.len()])
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let known: Vec<&str> = self.path.split('/').collect();
        let asked: Vec<&str> = path.split('/').collect();
        self.method == method
            && known.len() == asked.len()
            && known
                .iter()
                .zip(&asked)
                .all(|(known, asked)| known.starts_with('{') || known == asked)
    }
}

/// The document itself.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    serde_json::to_value(portal_contract::openapi::document())
        .expect("the document holds texts, numbers and maps with text keys alone")
});

static ALL: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let paths = DOCUMENT["paths"].as_object();
    paths
        .into_iter()
        .flatten()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.filter_map(move |(method, said)| read(path, method, said))
        })
        .collect()
});

/// All of them.
#[must_use]
pub fn operations() -> &'static [Operation] {
    &ALL
}

/// The operation that a request was for. A fixed path goes before one with a parameter at the same place.
pub(crate) fn find(method: &str, path: &str) -> Option<&'static Operation> {
    let path = path.split('?').next().unwrap_or(path);
    let method = if method == "HEAD" { "GET" } else { method };
    ALL.iter()
        .filter(|operation| operation.matches(method, path))
        .min_by_key(|operation| operation.path_parameters.len())
}

/// The operation of this id.
pub(crate) fn named(id: &str) -> Option<&'static Operation> {
    ALL.iter().find(|operation| operation.id == id)
}

/// What a `$ref` of the document leads to.
pub(crate) fn resolved(value: &Value) -> &Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or(value),
        None => value,
    }
}

fn read(path: &str, method: &str, said: &Value) -> Option<Operation> {
    let tag = said["tags"][0].as_str().unwrap_or_default();
    let listed = || said["parameters"].as_array().into_iter().flatten();
    let parameters = listed()
        .filter_map(|parameter| parameter["$ref"].as_str()?.rsplit('/').next())
        .map(str::to_owned);
    let required_query = listed()
        .map(resolved)
        .filter(|parameter| parameter["in"] == "query" && parameter["required"] == true)
        .map(|parameter| (text(&parameter["name"]), parameter["schema"].clone()));
    let security = || said["security"].as_array().into_iter().flatten();
    let has = |scheme: &str| security().any(|one| one.get(scheme).is_some());
    let in_path = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    Some(Operation {
        id: text(&said["operationId"]),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        profile: profile::of(path, tag)?,
        feature: profile::feature(path, tag),
        path_parameters: in_path.map(str::to_owned).collect(),
        parameters: parameters.collect(),
        required_query: required_query.collect(),
        body: media(&said["requestBody"]["content"]).into_iter().next(),
        answers: answers(&said["responses"]),
        signed_in: has("session"),
        by_link: has("link"),
        by_frame: has("frame"),
    })
}

fn answers(said: &Value) -> BTreeMap<u16, BTreeMap<String, Value>> {
    let listed = said.as_object().into_iter().flatten();
    listed
        .filter_map(|(status, answer)| {
            Some((status.parse().ok()?, media(&resolved(answer)["content"])))
        })
        .collect()
}

fn media(content: &Value) -> BTreeMap<String, Value> {
    let listed = content.as_object().into_iter().flatten();
    listed
        .map(|(media_type, said)| (media_type.clone(), said["schema"].clone()))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_document_has_a_profile() {
        let paths = DOCUMENT["paths"].as_object().unwrap();
        let count: usize = paths
            .values()
            .map(|methods| methods.as_object().unwrap().len())
            .sum();
        assert_eq!(count, ALL.len(), "a tag is placed in `profile::of`");
    }

    #[test]
    fn a_fixed_path_goes_before_one_with_a_parameter() {
        assert_eq!(
            find("GET", "/v1/interactions/facets?x=1").unwrap().id,
            "getInteractionFacets"
        );
        assert_eq!(
            find("GET", "/v1/interactions/int_1").unwrap().id,
            "getInteraction"
        );
        assert!(find("GET", "/v2/interactions").is_none());
    }
}
