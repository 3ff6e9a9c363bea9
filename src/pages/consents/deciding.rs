//! Deciding: shown at once, sent, and taken back where it is refused.

use super::{Desk, Standing, words};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::clock;
use crate::forms::Write;
use crate::i18n::{text, use_i18n};
use portal_client::ApiError;
use portal_contract::consent::{
    Consent, ConsentRecord, ConsentStatus, Decision, NewDecision, Purpose,
};
use portal_contract::preference_history::ChangeRoute;
use portal_markup::prelude::*;
use portal_markup::{effect, memo};

/// How a purpose stands, with what was just decided about it.
#[derive(Clone, Copy)]
pub struct Deciding {
    /// As the customer sees it.
    pub consent: Memo<Consent>,
    /// Why the last decision was not taken.
    pub refusal: RwSignal<Option<ApiError>>,
    /// As it will stand, until the server has told how it does.
    expected: RwSignal<Option<Consent>>,
    write: Write<Decision, ConsentRecord>,
    /// What holds before a decision, to word it and to offer the way back.
    before: StoredValue<Option<(Consent, Decision)>>,
}

impl Deciding {
    /// Nothing decided yet.
    pub fn new(desk: Desk, standing: Memo<Option<Standing>>, purpose: Purpose) -> Self {
        let expected = RwSignal::new(None::<Consent>);
        let told = memo(move || standing.with(|it| it.as_ref().map(|it| it.consent.clone())));
        let first = told.get_untracked();
        let consent = memo(move || {
            let now = expected.get().or_else(|| told.get());
            now.or_else(|| first.clone())
                .expect("a purpose is drawn only together with its consent")
        });
        // What the server tells outweighs what was expected.
        effect(move || {
            told.track();
            expected.set(None);
        });
        let deciding = Self {
            consent,
            refusal: RwSignal::new(None),
            expected,
            write: send(&purpose),
            before: StoredValue::new(None),
        };
        deciding.follow(desk, purpose);
        // What is offered in passing belongs to the screen that is left.
        let announcer = use_announcer();
        on_cleanup(move || announcer.dismiss());
        deciding
    }

    /// Whether a decision is on its way.
    pub fn pending(self) -> Signal<bool> {
        self.write.pending()
    }

    /// Decides what stands at this place of what can be decided.
    pub fn decide(self, place: usize) {
        let consent = self.consent.get_untracked();
        if let Some(decision) = consent.allowed_decisions.get(place) {
            self.say(decision.clone());
        }
    }

    fn say(self, decision: Decision) {
        if self.write.pending().get_untracked() {
            return;
        }
        let before = self.consent.get_untracked();
        self.refusal.set(None);
        self.expected.set(Some(expected(&before, &decision)));
        self.before.set_value(Some((before, decision.clone())));
        self.write.send(decision);
    }

    fn follow(self, desk: Desk, purpose: Purpose) {
        let announcer = use_announcer();
        self.write.on_done(move |record| {
            self.expected.update(|expected| {
                if let Some(expected) = expected {
                    expected.decided_at = Some(record.at.clone());
                    expected.record_id = Some(record.id.clone());
                }
            });
            desk.standings.refetch();
            let Some((before, decision)) = self.before.get_value() else {
                return;
            };
            let said = words::said(&before, &decision, &purpose);
            match way_back(&before.status, &decision) {
                Some(back) => {
                    let undo = move || self.say(back.clone());
                    announcer.offer(said, text::PREFERENCES_UNDO, undo);
                }
                None => announcer.show(said),
            }
        });
        self.write.on_failed(move |error| {
            self.expected.set(None);
            // Refused for how it stands now, or perhaps taken after all.
            if matches!(error, ApiError::InvalidState { .. } | ApiError::NotFound)
                || error.may_pass()
            {
                desk.standings.refetch();
            }
            self.refusal.set(Some(error));
        });
    }
}

/// Each press is one intent with its own key; what is said again on the same notice is no second record.
fn send(purpose: &Purpose) -> Write<Decision, ConsentRecord> {
    let api = use_api();
    let id = purpose.id.clone();
    let notice = purpose.notices.first().map(|notice| notice.version.clone());
    Write::new(move |decision| {
        let (client, id) = (api.client(), id.clone());
        let wish = NewDecision {
            decision,
            // The contract promises a notice; without one the server says that it was none.
            notice_version: notice.as_ref().map_or_else(String::new, String::clone),
            language: Some(use_i18n().locale().tag),
        };
        client.decide(&id, &wish, &client.new_key())
    })
}

/// How it stands once the decision is taken, until the server says it.
fn expected(before: &Consent, decision: &Decision) -> Consent {
    let (status, next) = match decision {
        Decision::Grant => (ConsentStatus::Granted, Decision::Withdraw),
        Decision::Withdraw => (ConsentStatus::Withdrawn, Decision::Grant),
        Decision::Object => (ConsentStatus::Objected, Decision::EndObjection),
        Decision::EndObjection => (ConsentStatus::InUse, Decision::Object),
        Decision::Other(_) => return before.clone(),
    };
    Consent {
        status,
        allowed_decisions: vec![next],
        decided_at: clock::timestamp(clock::now()),
        route: Some(ChangeRoute::Portal),
        notice_version: None,
        expires_at: None,
        ..before.clone()
    }
}

/// What takes a decision back; nothing where none of the decisions leads to what was before.
fn way_back(before: &ConsentStatus, decision: &Decision) -> Option<Decision> {
    match (before, decision) {
        (ConsentStatus::Granted, Decision::Withdraw) => Some(Decision::Grant),
        (ConsentStatus::Withdrawn, Decision::Grant) => Some(Decision::Withdraw),
        (ConsentStatus::InUse, Decision::Object) => Some(Decision::EndObjection),
        (ConsentStatus::Objected, Decision::EndObjection) => Some(Decision::Object),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_back_to_what_was_is_offered_as_undo() {
        let back = |status, decision| way_back(&status, &decision);
        assert_eq!(
            back(ConsentStatus::Granted, Decision::Withdraw),
            Some(Decision::Grant)
        );
        assert_eq!(
            back(ConsentStatus::InUse, Decision::Object),
            Some(Decision::EndObjection)
        );
        // Nobody had agreed before: "agree" would be more than taking the refusal back.
        assert_eq!(back(ConsentStatus::NotAsked, Decision::Withdraw), None);
        assert_eq!(back(ConsentStatus::NotAsked, Decision::Grant), None);
        // The notice before cannot be agreed to any more.
        assert_eq!(back(ConsentStatus::Granted, Decision::Grant), None);
        assert_eq!(back(ConsentStatus::Expired, Decision::Withdraw), None);
    }
}
