//! Roles, states and steps in sentences, as the reader's side sees them.

use crate::i18n::{Text, date, list, t, text};
use crate::ui::{Icon, IconName};
use crate::widgets::delegated_word;
use portal_contract::Timestamp;
use portal_contract::data_request::DataRequestKind;
use portal_contract::delegation::{
    CoveredCategory, Delegation, DelegationRole, DelegationSide, DelegationState,
};
use portal_markup::{Child, View, view};

/// As what somebody acts.
pub fn role(role: &DelegationRole) -> Text {
    match role {
        DelegationRole::Parent => text::PEOPLE_ROLE_PARENT,
        DelegationRole::Agent => text::PEOPLE_ROLE_AGENT,
        DelegationRole::Executor => text::PEOPLE_ROLE_EXECUTOR,
        DelegationRole::Other(_) => text::PEOPLE_ROLE_OTHER,
    }
}

/// When it suits.
pub fn role_hint(role: &DelegationRole) -> Option<Text> {
    Some(match role {
        DelegationRole::Parent => text::PEOPLE_ROLE_PARENT_HINT,
        DelegationRole::Agent => text::PEOPLE_ROLE_AGENT_HINT,
        DelegationRole::Executor => text::PEOPLE_ROLE_EXECUTOR_HINT,
        DelegationRole::Other(_) => return None,
    })
}

/// What the other one is called, as far as the reader may know.
pub fn name(of: &Delegation) -> String {
    of.name.clone().unwrap_or_else(|| of.address.clone())
}

/// The rights that it covers, in one line.
pub fn kinds(kinds: &[DataRequestKind]) -> String {
    let words = kinds.iter().map(|kind| t(delegated_word(kind)));
    words.collect::<Vec<_>>().join(" · ")
}

/// The categories that it covers.
pub fn categories(covered: &[CoveredCategory]) -> String {
    if covered.is_empty() {
        return t(text::PEOPLE_FACT_DATA_ALL);
    }
    let labels = covered.iter().map(|category| category.label.clone());
    list(&labels.collect::<Vec<_>>())
}

/// Whether something may still come of it.
pub fn is_over(of: &Delegation) -> bool {
    match of.state {
        DelegationState::AwaitingPerson
        | DelegationState::AwaitingCompany
        | DelegationState::Active => false,
        DelegationState::Refused
        | DelegationState::Expired
        | DelegationState::Revoked
        | DelegationState::GivenUp
        | DelegationState::Ended
        | DelegationState::Other(_) => true,
    }
}

/// Whether it waits for the reader.
pub fn waits_for_reader(of: &Delegation) -> bool {
    of.state == DelegationState::AwaitingPerson && of.side == DelegationSide::Person
}

/// How it stands, in a few words.
pub fn chip(of: &Delegation) -> View {
    let (status, icon, words) = match of.state {
        DelegationState::AwaitingPerson if waits_for_reader(of) => {
            ("you", IconName::Reply, text::PEOPLE_WAITING)
        }
        DelegationState::AwaitingPerson => ("us", IconName::Clock, text::PEOPLE_STATE_PERSON),
        DelegationState::AwaitingCompany => ("us", IconName::Clock, text::PEOPLE_STATE_COMPANY),
        DelegationState::Active => ("done", IconName::Check, text::PEOPLE_STATE_ACTIVE),
        DelegationState::Refused => ("done", IconName::Close, text::PEOPLE_STATE_REFUSED),
        DelegationState::Expired => ("done", IconName::Close, text::PEOPLE_STATE_EXPIRED),
        DelegationState::Revoked => ("done", IconName::Close, text::PEOPLE_STATE_REVOKED),
        DelegationState::GivenUp => ("done", IconName::Close, text::PEOPLE_STATE_GIVEN_UP),
        DelegationState::Ended | DelegationState::Other(_) => {
            ("done", IconName::Close, text::PEOPLE_STATE_ENDED)
        }
    };
    view! {
        <span class="status" data-status=status>
            <Icon name=icon />
            {words}
        </span>
    }
    .alone()
}

/// How it stands and what happens next, in a sentence.
pub fn next(of: &Delegation) -> Text {
    let day = |at: &Option<Timestamp>| date(at.as_ref().unwrap_or(&of.ends_at));
    let is_person = of.side == DelegationSide::Person;
    match of.state {
        DelegationState::AwaitingPerson if is_person => {
            text::people_next_answer(name(of), day(&of.decide_by))
        }
        DelegationState::AwaitingPerson => text::people_next_asked(day(&of.decide_by)),
        DelegationState::AwaitingCompany => text::people_next_company(day(&of.decide_by)),
        DelegationState::Active if is_person => {
            text::people_next_active_you(name(of), date(&of.ends_at))
        }
        DelegationState::Active => text::people_next_active_for(date(&of.ends_at)),
        DelegationState::Refused => text::PEOPLE_NEXT_REFUSED,
        DelegationState::Expired => text::PEOPLE_NEXT_EXPIRED,
        DelegationState::Revoked => text::people_next_revoked(day(&of.closed_at)),
        DelegationState::GivenUp => text::people_next_given_up(day(&of.closed_at)),
        DelegationState::Ended | DelegationState::Other(_) => {
            text::people_next_ended(day(&of.closed_at))
        }
    }
}
