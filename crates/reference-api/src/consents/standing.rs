//! How a purpose stands with a customer: what follows from its ground and from what was decided.

use super::purposes::PurposeSource;
use super::records::Record;
use crate::store::time::Moment;
use jiff::Span;
use jiff::tz::TimeZone;
use portal_contract::ConsentRecordId;
use portal_contract::consent::{ConsentStatus, Decision, LawfulBasis};
use portal_contract::preference_history::ChangeRoute;

/// How a purpose stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// In a word.
    pub status: ConsentStatus,
    /// The decision in force; none when nothing was decided.
    pub in_force: Option<InForce>,
    /// Until when a consent holds.
    pub expires_at: Option<Moment>,
    /// Since when Global Privacy Control is honoured, unless the customer decided otherwise later.
    pub signal_honoured_since: Option<Moment>,
}

/// The decision in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// Its record.
    pub record: ConsentRecordId,
    /// What it was.
    pub decision: Decision,
    /// When it was made.
    pub at: Moment,
    /// The way that it came.
    pub route: ChangeRoute,
    /// The version of the notice that it was made on.
    pub notice_version: String,
}

impl Standing {
    /// From every record of the purpose, the oldest first.
    #[must_use]
    pub fn of(purpose: &PurposeSource, records: &[Record], now: Moment) -> Self {
        let last = records.last();
        let expires_at = last
            .filter(|record| record.decision == Decision::Grant)
            .and_then(|record| expiry(purpose, record.at));
        let status = match last {
            Some(record) => match status_after(&purpose.lawful_basis, &record.decision) {
                ConsentStatus::Granted if expires_at.is_some_and(|end| end <= now) => {
                    ConsentStatus::Expired
                }
                status => status,
            },
            None => untouched(&purpose.lawful_basis),
        };
        Self {
            status,
            expires_at,
            in_force: last.map(in_force),
            signal_honoured_since: honoured_since(records),
        }
    }

    /// Whether data may be used for the purpose.
    #[must_use]
    pub fn allows_use(&self) -> bool {
        matches!(self.status, ConsentStatus::Granted | ConsentStatus::InUse)
    }
}

fn in_force(record: &Record) -> InForce {
    InForce {
        record: record.id.clone(),
        decision: record.decision.clone(),
        at: record.at,
        route: record.author.route.clone(),
        notice_version: record.notice_version.clone(),
    }
}

/// How a purpose stands about which nothing was decided.
fn untouched(basis: &LawfulBasis) -> ConsentStatus {
    match basis {
        LawfulBasis::Consent => ConsentStatus::NotAsked,
        LawfulBasis::Contract
        | LawfulBasis::LegalObligation
        | LawfulBasis::VitalInterests
        | LawfulBasis::PublicTask
        | LawfulBasis::LegitimateInterests
        | LawfulBasis::Other(_) => ConsentStatus::InUse,
    }
}

/// How it stands after this decision. A decision of a ground that the purpose had before says nothing about the one it has now.
pub(super) fn status_after(basis: &LawfulBasis, decision: &Decision) -> ConsentStatus {
    match (kind(basis), decision) {
        (Choice::Consent, Decision::Grant) => ConsentStatus::Granted,
        (Choice::Consent, Decision::Withdraw) => ConsentStatus::Withdrawn,
        (Choice::Objection, Decision::Object) => ConsentStatus::Objected,
        // Whoever withdrew from a purpose that the company now bases on an interest has said no to it.
        (Choice::Objection, Decision::Withdraw) => ConsentStatus::Objected,
        // Whoever objected before was never asked, and has said no too.
        (Choice::Consent, Decision::Object) => ConsentStatus::Withdrawn,
        _ => untouched(basis),
    }
}

/// What there is to choose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Consent,
    Objection,
    Nothing,
}

fn kind(basis: &LawfulBasis) -> Choice {
    match basis {
        LawfulBasis::Consent => Choice::Consent,
        LawfulBasis::LegitimateInterests | LawfulBasis::PublicTask => Choice::Objection,
        LawfulBasis::Contract
        | LawfulBasis::LegalObligation
        | LawfulBasis::VitalInterests
        | LawfulBasis::Other(_) => Choice::Nothing,
    }
}

/// What can be decided, as the purpose stands. A consent can be given again when the notice is a new one.
#[must_use]
pub fn allowed_decisions(purpose: &PurposeSource, standing: &Standing) -> Vec<Decision> {
    let on_old_notice = standing
        .in_force
        .as_ref()
        .is_some_and(|decision| decision.notice_version != purpose.notice().version);
    match (kind(&purpose.lawful_basis), &standing.status) {
        (Choice::Nothing, _) => Vec::new(),
        (Choice::Consent, ConsentStatus::Granted) if on_old_notice => {
            vec![Decision::Withdraw, Decision::Grant]
        }
        (Choice::Consent, ConsentStatus::Granted) => vec![Decision::Withdraw],
        (Choice::Consent, ConsentStatus::Withdrawn) => vec![Decision::Grant],
        (Choice::Consent, _) => vec![Decision::Grant, Decision::Withdraw],
        (Choice::Objection, ConsentStatus::Objected) => vec![Decision::EndObjection],
        (Choice::Objection, _) => vec![Decision::Object],
    }
}

/// The decision that says no to a purpose of this ground; none where there is nothing to decide.
pub(super) fn refusal(basis: &LawfulBasis) -> Option<Decision> {
    match kind(basis) {
        Choice::Consent => Some(Decision::Withdraw),
        Choice::Objection => Some(Decision::Object),
        Choice::Nothing => None,
    }
}

/// Whether this decision belongs to purposes of this ground.
pub(super) fn belongs(basis: &LawfulBasis, decision: &Decision) -> bool {
    match kind(basis) {
        Choice::Consent => matches!(decision, Decision::Grant | Decision::Withdraw),
        Choice::Objection => matches!(decision, Decision::Object | Decision::EndObjection),
        Choice::Nothing => false,
    }
}

fn expiry(purpose: &PurposeSource, granted_at: Moment) -> Option<Moment> {
    let span: Span = purpose.expires.as_deref()?.parse().ok()?;
    let end = granted_at
        .to_jiff()
        .to_zoned(TimeZone::UTC)
        .checked_add(span);
    Some(Moment::from_millis(end.ok()?.timestamp().as_millisecond()))
}

/// When the signal was first honoured; what the customer allows later outweighs it for good.
fn honoured_since(records: &[Record]) -> Option<Moment> {
    let is_signal = |record: &&Record| record.author.route == ChangeRoute::Signal;
    let signal = records.iter().find(is_signal)?;
    let allowed_later = records.iter().any(|record| {
        record.seq > signal.seq
            && matches!(record.decision, Decision::Grant | Decision::EndObjection)
    });
    (!allowed_later).then_some(signal.at)
}

#[cfg(test)]
mod tests;
