//! The query of an address, read as browsers write it (`application/x-www-form-urlencoded`).
//!
//! The router's own map decodes twice, so that a search for `%41` would become one for `A`.

use super::{Asked, Begin, Next, Way, segment};
use portal_contract::contact_point::ContactPointKind;
use portal_contract::data_request::DataRequestKind;
use portal_contract::feedback::FeedbackKind;
use portal_contract::filter::InteractionFilter;
use portal_contract::{DelegationId, InteractionId};

/// Where to go after signing in, if the query says a place of this portal.
#[must_use]
pub fn next_of(search: &str) -> Option<Next> {
    let next = pairs(search)
        .into_iter()
        .find(|(name, _)| name == segment::NEXT)?;
    Next::parse(&next.1)
}

/// Why the company's own sign-in signed nobody in, if the query says so.
#[must_use]
pub fn problem_of(search: &str) -> Option<String> {
    let mut pairs = pairs(search).into_iter();
    pairs.find_map(|(name, value)| (name == segment::PROBLEM).then_some(value))
}

/// The kind of contact point that a link asks to add (`?add=phone`).
#[must_use]
pub fn kind_to_add(search: &str) -> Option<ContactPointKind> {
    let (_, kind) = pairs(search)
        .into_iter()
        .find(|(name, _)| name == segment::ADD)?;
    let kind = ContactPointKind::from(kind.as_str());
    ContactPointKind::KNOWN.contains(&kind).then_some(kind)
}

/// What sort of feedback a link begins, and about which interaction (`?kind=complaint&interaction=…`).
#[must_use]
pub fn said_about(search: &str) -> (Option<FeedbackKind>, Option<InteractionId>) {
    let pairs = pairs(search);
    let value = |wanted: &str| {
        let (_, value) = pairs.iter().find(|(name, _)| name == wanted)?;
        Some(value.as_str())
    };
    let kind = value(segment::KIND).map(FeedbackKind::from);
    (
        kind,
        value(segment::INTERACTION).and_then(|id| id.parse().ok()),
    )
}

/// Which right is used, and about what (`?kind=erasure&interaction=…`).
#[must_use]
pub fn asked_of(search: &str) -> Asked {
    let pairs = pairs(search);
    let value = |wanted: &str| {
        let (_, value) = pairs.iter().find(|(name, _)| name == wanted)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    };
    Asked {
        kind: value(segment::KIND).map(DataRequestKind::from),
        category: value(segment::CATEGORY).and_then(|id| id.parse().ok()),
        interaction: value(segment::INTERACTION).and_then(|id| id.parse().ok()),
        field: value(segment::FIELD).map(str::to_owned),
        on_behalf: on_behalf_of(search),
    }
}

/// In whose name (`?for=dlg_1`), where that is not the customer's own.
#[must_use]
pub fn on_behalf_of(search: &str) -> Option<DelegationId> {
    let pairs = pairs(search);
    let (_, id) = pairs.iter().find(|(name, _)| name == segment::FOR)?;
    id.parse().ok()
}

/// What a conversation is to begin with (`?topic=billing&option=write`).
#[must_use]
pub fn begin_of(search: &str) -> Begin {
    let pairs = pairs(search);
    let value = |wanted: &str| {
        let (_, value) = pairs.iter().find(|(name, _)| name == wanted)?;
        Some(value.as_str())
    };
    Begin {
        topic: value(segment::TOPIC).and_then(|id| id.parse().ok()),
        option: value(segment::OPTION).and_then(|id| id.parse().ok()),
        interaction: value(segment::INTERACTION).and_then(|id| id.parse().ok()),
    }
}

/// The way through a guide that the query says (`?at=lights&answer=amber&answer=firm`). It ends at what can be no answer.
#[must_use]
pub fn way_of(search: &str) -> Way {
    let pairs = pairs(search);
    let values = |wanted: &'static str| {
        let named = pairs.iter().filter(move |(name, _)| name == wanted);
        named.map(|(_, value)| value.as_str())
    };
    Way {
        from: values(segment::AT).find_map(|id| id.parse().ok()),
        answers: values(segment::ANSWER)
            .map_while(|id| id.parse().ok())
            .collect(),
    }
}

/// The filter that the query says, and whether something in it could not be taken.
#[must_use]
pub fn filter_of(search: &str) -> (InteractionFilter, bool) {
    let pairs = pairs(search);
    let (filter, errors) =
        InteractionFilter::lenient(pairs.iter().map(|(name, value)| (&**name, &**value)));
    (filter, !errors.is_empty())
}

pub(super) fn pairs(search: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    };
    search
        .trim_start_matches('?')
        .split('&')
        .filter(|part| !part.is_empty())
        .map(pair)
        .collect()
}

/// A percent sign that begins no byte stands for itself; bytes that are no UTF-8 become replacement characters.
fn decode(raw: &str) -> String {
    let bytes = raw.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = (bytes[at] == b'%')
            .then(|| raw.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, bytes[at]) {
            (Some(byte), _) => {
                decoded.push(byte);
                at += 2;
            }
            (None, b'+') => decoded.push(b' '),
            (None, other) => decoded.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Route;

    #[test]
    fn a_filter_comes_back_from_its_own_address() {
        for q in ["späte rechnung & mehr", "100%", "%41 + 1", "فاتورة"] {
            let filter = InteractionFilter {
                q: Some(q.into()),
                ..InteractionFilter::default()
            };
            let address = Route::Interactions(filter.clone()).href();
            assert_eq!(
                filter_of(address.split_once('?').unwrap().1),
                (filter, false),
                "{address}"
            );
        }
    }

    #[test]
    fn where_to_go_comes_back_from_its_own_address() {
        for path in ["/help", "/interactions?q=100%25", "/interactions?q=1%2B1"] {
            let next = Next::parse(path);
            assert!(next.is_some(), "{path}");
            let address = Route::SignIn { next: next.clone() }.href();
            assert_eq!(next_of(address.split_once('?').unwrap().1), next);
        }
        assert_eq!(next_of("?q=1"), None);
        assert_eq!(next_of("?next=https%3A%2F%2Fevil.test"), None);
    }

    #[test]
    fn what_a_conversation_begins_with_comes_back_from_its_own_address() {
        let begin = Begin {
            topic: "billing".parse().ok(),
            option: "write".parse().ok(),
            interaction: "int_1".parse().ok(),
        };
        let address = Route::NewMessage(begin.clone()).href();
        assert_eq!(begin_of(address.split_once('?').unwrap().1), begin);
        assert_eq!(begin_of("?topic=%20&option="), Begin::default());
    }

    #[test]
    fn what_a_right_is_used_about_comes_back_from_its_own_address() {
        let asked = Asked {
            on_behalf: "dlg_1".parse().ok(),
            category: "messages".parse().ok(),
            interaction: "int_1".parse().ok(),
            field: Some("attributes/a b".into()),
            ..Asked::kind(DataRequestKind::Rectification)
        };
        let address = Route::NewDataRequest(asked.clone()).href();
        assert_eq!(asked_of(address.split_once('?').unwrap().1), asked);
        assert_eq!(asked_of("?kind=&field="), Asked::default());
    }

    #[test]
    fn a_way_through_a_guide_comes_back_from_its_own_address() {
        let way = Way {
            from: "lights".parse().ok(),
            answers: ["amber", "firm"].map(|id| id.parse().unwrap()).into(),
        };
        let address = Route::Guide("no-internet".parse().unwrap(), way.clone()).href();
        assert_eq!(
            address,
            "/guides/no-internet?at=lights&answer=amber&answer=firm"
        );
        assert_eq!(way_of(address.split_once('?').unwrap().1), way);
        assert_eq!(
            way_of("?at=%20&answer=a&answer=%2F&answer=b").answers.len(),
            1
        );
        assert_eq!(way_of(""), Way::default());
    }

    #[test]
    fn what_cannot_be_taken_is_passed_over_and_told() {
        let (filter, passed_over) = filter_of("?q=late+bill&sort=best&from=yesterday&utm=1");
        assert_eq!(
            filter,
            InteractionFilter {
                q: Some("late bill".into()),
                ..InteractionFilter::default()
            }
        );
        assert!(passed_over);
        assert!(!filter_of("").1);
        assert_eq!(filter_of("q=%zz%").0.q.as_deref(), Some("%zz%"));
    }
}
