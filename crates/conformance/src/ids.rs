//! Where the ids that stand in paths come from: lists of the customer's own.

use crate::http::Who;
use crate::kit::Kit;
use crate::operations::Operation;
use crate::rule::Stop;
use serde_json::Value;

/// Where the values of a path's parameter are found.
pub(crate) struct Source {
    pub(crate) parameter: &'static str,
    /// What lists them, with the parameters before it.
    list: &'static str,
    /// Where in the answer; `*` is every item.
    pointer: &'static str,
    /// Whether each belongs to one customer. Others are the company's: the same for everybody.
    pub(crate) owned: bool,
}

const fn owned(parameter: &'static str, list: &'static str, pointer: &'static str) -> Source {
    Source {
        parameter,
        list,
        pointer,
        owned: true,
    }
}

const fn shared(parameter: &'static str, list: &'static str, pointer: &'static str) -> Source {
    Source {
        parameter,
        list,
        pointer,
        owned: false,
    }
}

/// Every parameter of a path but tokens, which are found nowhere.
pub(crate) const SOURCES: [Source; 18] = [
    owned("id", "/v1/interactions?limit=100", "/items/*/id"),
    owned(
        "message_id",
        "/v1/interactions/{id}/messages?limit=100",
        "/items/*/id",
    ),
    owned(
        "attachment_id",
        "/v1/interactions/{id}/messages?limit=100",
        "/items/*/attachments/*/id",
    ),
    owned("signal_id", "/v1/interactions/{id}", "/signals/*/id"),
    owned(
        "contact_point_id",
        "/v1/contact-points?limit=100",
        "/items/*/id",
    ),
    owned(
        "verification_id",
        "/v1/contact-points/{id}",
        "/verification/under_way/id",
    ),
    owned(
        "change_id",
        "/v1/preferences/history?limit=100",
        "/items/*/id",
    ),
    owned(
        "record_id",
        "/v1/consents/{id}/records?limit=100",
        "/items/*/id",
    ),
    owned("notice_id", "/v1/notices?limit=100", "/items/*/id"),
    owned(
        "request_id",
        "/v1/feedback-requests?limit=100",
        "/items/*/id",
    ),
    owned("feedback_id", "/v1/feedback?limit=100", "/items/*/id"),
    owned(
        "data_request_id",
        "/v1/data-requests?limit=100",
        "/items/*/id",
    ),
    owned("artifact_id", "/v1/data-requests/{id}", "/artifacts/*/id"),
    owned("delegation_id", "/v1/delegations?limit=100", "/items/*/id"),
    shared("purpose_id", "/v1/purposes?limit=100", "/items/*/id"),
    shared("option_id", "/v1/contact-options", "/options/*/id"),
    shared("guide_id", "/v1/guides?limit=100", "/items/*/id"),
    shared("category_id", "/v1/data-inventory?limit=100", "/items/*/id"),
];

/// Parameters that no list gives: secrets, and names that say nothing of whose they are.
#[cfg(test)]
pub(crate) const UNLISTED: [(&str, &str); 3] = [
    ("token", "a mail alone holds it"),
    ("download_token", "it is given once, for one use"),
    (
        "key",
        "a name of the company's for a kind of thing, not an id",
    ),
];

/// How many of a kind are looked through for one that has what stands below it.
const TRIED: usize = 40;

/// Where the parameter is found.
pub(crate) fn source(parameter: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.parameter == parameter)
}

/// What fills the operation's path with things of this customer, as many ways as there are; empty when they have none.
///
/// # Errors
/// When there was no answer at all. A list that cannot be read holds nothing here.
pub(crate) async fn of(
    kit: &Kit,
    who: &Who,
    operation: &Operation,
) -> Result<Vec<Vec<String>>, Stop> {
    let mut ways = vec![Vec::new()];
    for parameter in &operation.path_parameters {
        let Some(source) = source(parameter) else {
            return Ok(Vec::new());
        };
        let mut longer = Vec::new();
        for way in ways.iter().take(TRIED) {
            for id in listed(kit, who, source, way).await? {
                longer.push(way.iter().cloned().chain([id]).collect::<Vec<_>>());
            }
        }
        ways = longer;
    }
    Ok(ways)
}

async fn listed(
    kit: &Kit,
    who: &Who,
    source: &Source,
    way: &[String],
) -> Result<Vec<String>, Stop> {
    let path = match way.last() {
        Some(id) => source.list.replace("{id}", id),
        None => source.list.to_owned(),
    };
    match kit.read_once(who, &path).await {
        Ok(list) => Ok(pick(list.json(), source.pointer)),
        Err(Stop::Skipped(_)) => Ok(Vec::new()),
        Err(broken) => Err(broken),
    }
}

/// The texts at a pointer in which `*` stands for every item.
pub(crate) fn pick(value: &Value, pointer: &str) -> Vec<String> {
    let Some((head, rest)) = pointer.split_once("/*") else {
        let found = value.pointer(pointer).and_then(Value::as_str);
        return found.map(str::to_owned).into_iter().collect();
    };
    let items = value.pointer(head).and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .flat_map(|item| pick(item, rest))
        .collect()
}

/// An id of the same form that nobody has.
pub(crate) fn nowhere(id: &str) -> String {
    let (prefix, rest) = id.split_at(id.find('_').map_or(0, |at| at + 1));
    let turned = rest.chars().rev().map(|c| match c {
        '0'..='8' => char::from(c as u8 + 1),
        '9' => '0',
        c => c,
    });
    format!("{prefix}{}", turned.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::operations;
    use serde_json::json;

    #[test]
    fn every_parameter_of_a_path_is_known() {
        for operation in operations() {
            for parameter in &operation.path_parameters {
                let unlisted = UNLISTED.iter().any(|(known, _)| known == parameter);
                assert!(
                    unlisted || source(parameter).is_some(),
                    "{}: say in SOURCES where a {parameter} is found",
                    operation.title()
                );
            }
        }
    }

    #[test]
    fn a_pointer_goes_through_lists() {
        let value =
            json!({ "items": [{ "files": [{ "id": "a" }, { "id": "b" }] }, { "files": [] }] });
        assert_eq!(pick(&value, "/items/*/files/*/id"), ["a", "b"]);
    }

    #[test]
    fn an_id_of_nobody_has_the_same_form() {
        assert_eq!(nowhere("int_01a9"), "int_0a21");
    }
}
