//! A purpose and what was decided about it, in words.

use crate::i18n::{Text, date, t, text};
use crate::ui::IconName;
use crate::widgets::plain_words;
use portal_contract::consent::{Consent, ConsentStatus, Decision, LawfulBasis, Purpose};
use portal_contract::preference_history::ChangeRoute;

/// How it stands: the tone of the chip, its drawing, its words.
pub fn status(consent: &Consent) -> (&'static str, IconName, String) {
    let decided = consent.decided_at.as_ref().map_or_else(String::new, date);
    let by_signal =
        consent.signal_honoured_since.is_some() && consent.route == Some(ChangeRoute::Signal);
    let (tone, icon, words) = match &consent.status {
        ConsentStatus::Withdrawn | ConsentStatus::Objected if by_signal => {
            ("done", IconName::Shield, text::CONSENT_BY_SIGNAL)
        }
        ConsentStatus::NotAsked => ("done", IconName::Close, text::CONSENT_NOT_ASKED),
        ConsentStatus::Granted => ("done", IconName::Check, text::consent_granted(decided)),
        ConsentStatus::Withdrawn => ("done", IconName::Close, text::consent_withdrawn(decided)),
        ConsentStatus::Expired => {
            let end = consent.expires_at.as_ref().map_or_else(String::new, date);
            ("done", IconName::Close, text::consent_expired(end))
        }
        ConsentStatus::InUse if consent.allowed_decisions.is_empty() => {
            ("us", IconName::Info, text::CONSENT_IN_USE)
        }
        ConsentStatus::InUse => ("us", IconName::Info, text::CONSENT_IN_USE_OBJECT),
        ConsentStatus::Objected => ("done", IconName::Close, text::consent_objected(decided)),
        ConsentStatus::Other(other) => return ("us", IconName::Info, plain_words(other)),
    };
    (tone, icon, t(words))
}

/// A decision as the word on its button.
pub fn act(consent: &Consent, decision: &Decision) -> String {
    t(match decision {
        Decision::Grant if consent.status == ConsentStatus::Granted => text::CONSENT_AGREE_AGAIN,
        Decision::Grant => text::CONSENT_AGREE,
        Decision::Withdraw if consent.status == ConsentStatus::Granted => text::CONSENT_WITHDRAW,
        Decision::Withdraw => text::CONSENT_REFUSE,
        Decision::Object => text::CONSENT_OBJECT,
        Decision::EndObjection => text::CONSENT_END_OBJECTION,
        Decision::Other(other) => return plain_words(other),
    })
}

/// What was just decided, in a sentence.
pub fn said(before: &Consent, decision: &Decision, purpose: &Purpose) -> Text {
    let name = purpose.label.clone();
    match decision {
        Decision::Grant | Decision::Other(_) => text::consent_said_granted(name),
        Decision::Withdraw if before.status == ConsentStatus::Granted => {
            text::consent_said_withdrawn(name)
        }
        Decision::Withdraw => text::consent_said_refused(name),
        Decision::Object => text::consent_said_objected(name),
        Decision::EndObjection => text::consent_said_ended(name),
    }
}

/// A decision of the past.
pub fn recorded(decision: &Decision) -> String {
    t(match decision {
        Decision::Grant => text::CONSENT_RECORD_GRANT,
        Decision::Withdraw => text::CONSENT_RECORD_WITHDRAW,
        Decision::Object => text::CONSENT_RECORD_OBJECT,
        Decision::EndObjection => text::CONSENT_RECORD_END,
        Decision::Other(other) => return plain_words(other),
    })
}

/// The ground on which data is used.
pub fn basis(basis: &LawfulBasis) -> String {
    t(match basis {
        LawfulBasis::Consent => text::CONSENT_BASIS_CONSENT,
        LawfulBasis::Contract => text::CONSENT_BASIS_CONTRACT,
        LawfulBasis::LegalObligation => text::CONSENT_BASIS_LAW,
        LawfulBasis::VitalInterests => text::CONSENT_BASIS_VITAL,
        LawfulBasis::PublicTask => text::CONSENT_BASIS_PUBLIC,
        LawfulBasis::LegitimateInterests => text::CONSENT_BASIS_INTERESTS,
        LawfulBasis::Other(other) => return plain_words(other),
    })
}

/// Why there is nothing to decide.
pub fn why_fixed(basis: &LawfulBasis) -> Text {
    match basis {
        LawfulBasis::Contract => text::CONSENT_WHY_CONTRACT,
        LawfulBasis::LegalObligation => text::CONSENT_WHY_LAW,
        LawfulBasis::VitalInterests => text::CONSENT_WHY_VITAL,
        LawfulBasis::Consent
        | LawfulBasis::PublicTask
        | LawfulBasis::LegitimateInterests
        | LawfulBasis::Other(_) => text::CONSENT_WHY_OTHER,
    }
}

/// By which way a decision came.
pub fn route(route: &ChangeRoute, actor: Option<&str>) -> Text {
    match (route, actor) {
        (ChangeRoute::Portal, _) => text::HISTORY_BY_YOU,
        (ChangeRoute::Link, _) => text::HISTORY_BY_LINK,
        (ChangeRoute::OneClick, _) => text::HISTORY_BY_ONE_CLICK,
        (ChangeRoute::Agent, Some(name)) => text::history_by_agent(name),
        (ChangeRoute::Agent, None) => text::HISTORY_BY_AGENT_UNNAMED,
        (ChangeRoute::Import, _) => text::HISTORY_BY_IMPORT,
        (ChangeRoute::Signal, _) => text::HISTORY_BY_SIGNAL,
        (ChangeRoute::System, _) => text::HISTORY_BY_SYSTEM,
        (ChangeRoute::Other(other), _) => text::history_by_other(plain_words(other)),
    }
}
