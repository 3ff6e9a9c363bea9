//! A contact point in words.

use crate::browser::{clock, letters};
use crate::i18n::{Text, date, day, t, text, today};
use crate::ui::IconName;
use portal_contract::contact_point::{
    ContactPoint, ContactPointKind, Deliverability, DeliverabilityReason, DeliverabilityState,
    PostalAddress, RemovalObstacle, VerificationStatus,
};

/// The heading of a kind's section and its id; `None` is for kinds that this portal does not know.
pub fn heading(kind: Option<&ContactPointKind>) -> (&'static str, Text) {
    match kind {
        Some(ContactPointKind::Email) => ("points-email", text::CONTACT_POINT_EMAIL),
        Some(ContactPointKind::Phone) => ("points-phone", text::CONTACT_POINT_PHONE),
        Some(ContactPointKind::Postal) => ("points-postal", text::CONTACT_POINT_POSTAL),
        Some(ContactPointKind::Push) => ("points-push", text::CONTACT_POINT_PUSH),
        Some(ContactPointKind::Messaging) => ("points-messaging", text::CONTACT_POINT_MESSAGING),
        Some(ContactPointKind::Social) => ("points-social", text::CONTACT_POINT_SOCIAL),
        Some(ContactPointKind::Other(_)) | None => ("points-other", text::CONTACT_POINT_OTHER),
    }
}

/// A kind as one chooses it.
pub fn kind_word(kind: &ContactPointKind) -> Text {
    match kind {
        ContactPointKind::Email => text::CONTACT_POINT_KIND_EMAIL,
        ContactPointKind::Phone => text::CONTACT_POINT_KIND_PHONE,
        ContactPointKind::Postal => text::CONTACT_POINT_KIND_POSTAL,
        ContactPointKind::Push => text::CONTACT_POINT_KIND_PUSH,
        ContactPointKind::Messaging => text::CONTACT_POINT_KIND_MESSAGING,
        ContactPointKind::Social | ContactPointKind::Other(_) => text::CONTACT_POINT_KIND_SOCIAL,
    }
}

/// That there is none yet, for the kinds by which most people are reached.
pub fn none_yet(kind: &ContactPointKind) -> Option<Text> {
    match kind {
        ContactPointKind::Email => Some(text::CONTACT_POINT_NONE_EMAIL),
        ContactPointKind::Phone => Some(text::CONTACT_POINT_NONE_PHONE),
        ContactPointKind::Postal => Some(text::CONTACT_POINT_NONE_POSTAL),
        ContactPointKind::Push
        | ContactPointKind::Messaging
        | ContactPointKind::Social
        | ContactPointKind::Other(_) => None,
    }
}

/// The longest address that stands whole in a sentence, in characters: a device's can have thousands.
const LONGEST: usize = 80;

/// The address on one line, for sentences and names.
pub fn line(point: &ContactPoint) -> String {
    let line = point.value.replace('\n', ", ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => [&line[..end], "…"].concat(),
        None => line,
    }
}

/// The same where it is told from others: one number can be that of a telephone and of a messenger.
pub fn named(point: &ContactPoint) -> String {
    let line = line(point);
    match &point.service {
        Some(service) => [&service_name(service), ", ", &line].concat(),
        None => line,
    }
}

/// Which way the address runs: what machines read runs from left to right.
pub fn dir(kind: &ContactPointKind) -> &'static str {
    match kind {
        ContactPointKind::Email | ContactPointKind::Phone | ContactPointKind::Push => "ltr",
        ContactPointKind::Postal
        | ContactPointKind::Messaging
        | ContactPointKind::Social
        | ContactPointKind::Other(_) => "auto",
    }
}

/// How it stands: the tone of the chip, its drawing, its words.
pub fn status(point: &ContactPoint) -> (&'static str, IconName, Text) {
    let since = point.deliverability.since.as_ref().map(date);
    match (&point.deliverability.state, since) {
        (DeliverabilityState::Bouncing, Some(since)) => {
            return ("you", IconName::Alert, text::contact_point_bouncing(since));
        }
        (DeliverabilityState::Blocked, Some(since)) => {
            return ("you", IconName::Alert, text::contact_point_blocked(since));
        }
        (DeliverabilityState::Bouncing | DeliverabilityState::Blocked, None) => {
            return ("you", IconName::Alert, text::CONTACT_POINT_NOT_REACHED);
        }
        (DeliverabilityState::Ok | DeliverabilityState::Other(_), _) => {}
    }
    match point.verification.status {
        VerificationStatus::Verified => ("done", IconName::Check, text::CONTACT_POINT_VERIFIED),
        VerificationStatus::Pending => ("you", IconName::Clock, text::CONTACT_POINT_PENDING),
        VerificationStatus::Unverified | VerificationStatus::Other(_) => {
            ("you", IconName::Alert, text::CONTACT_POINT_UNVERIFIED)
        }
    }
}

/// Why nothing arrives there and what to do; `None` while everything does.
pub fn trouble(deliverability: &Deliverability) -> Option<Text> {
    let blocked = match deliverability.state {
        DeliverabilityState::Ok | DeliverabilityState::Other(_) => return None,
        DeliverabilityState::Bouncing => false,
        DeliverabilityState::Blocked => true,
    };
    let why = match deliverability.reason.as_ref() {
        Some(DeliverabilityReason::MailboxFull) => text::CONTACT_POINT_WHY_MAILBOX_FULL,
        Some(DeliverabilityReason::NoSuchAddress) => text::CONTACT_POINT_WHY_NO_SUCH_ADDRESS,
        Some(DeliverabilityReason::ProviderUnreachable) => {
            text::CONTACT_POINT_WHY_PROVIDER_UNREACHABLE
        }
        Some(DeliverabilityReason::RefusedByProvider) => {
            text::CONTACT_POINT_WHY_REFUSED_BY_PROVIDER
        }
        Some(DeliverabilityReason::ReportedAsUnwanted) => {
            text::CONTACT_POINT_WHY_REPORTED_AS_UNWANTED
        }
        Some(DeliverabilityReason::NumberReassigned) => text::CONTACT_POINT_WHY_NUMBER_REASSIGNED,
        Some(DeliverabilityReason::Moved) => text::CONTACT_POINT_WHY_MOVED,
        Some(DeliverabilityReason::PermissionWithdrawn) => {
            text::CONTACT_POINT_WHY_PERMISSION_WITHDRAWN
        }
        Some(DeliverabilityReason::NotThisPerson) => text::CONTACT_POINT_WHY_NOT_THIS_PERSON,
        Some(DeliverabilityReason::Other(_)) | None if blocked => {
            text::CONTACT_POINT_WHY_UNKNOWN_BLOCKED
        }
        Some(DeliverabilityReason::Other(_)) | None => text::CONTACT_POINT_WHY_UNKNOWN,
    };
    Some(why)
}

/// What else is to be said of it, in the order in which it matters: what it is called, its service, whether it is preferred,
/// signing in, its time, what it takes the place of.
pub fn notes(point: &ContactPoint, replaced: Option<String>) -> Vec<Text> {
    let mut notes = Vec::new();
    if let Some(label) = &point.label {
        notes.push(text::contact_point_called(label.clone()));
    }
    if let Some(service) = &point.service {
        notes.push(text::contact_point_with_service(service_name(service)));
    }
    if point.preferred {
        notes.push(text::CONTACT_POINT_PREFERRED);
    }
    if point.signs_in {
        notes.push(text::CONTACT_POINT_SIGNS_IN);
    }
    notes.extend(time(point));
    notes.extend(replaced.map(text::contact_point_replaces));
    if let Some(at) = &point.verification.verified_at {
        notes.push(text::contact_point_verified_on(date(at)));
    }
    notes
}

/// A service as people write it.
fn service_name(service: &str) -> String {
    if service == "whatsapp" {
        return "WhatsApp".to_owned();
    }
    letters::capital(service)
}

/// The time in which it is used, where that is not always.
pub fn time(point: &ContactPoint) -> Option<Text> {
    let now = today(clock::now());
    let is_over = |last: &String| now.as_ref().is_some_and(|now| last < now);
    match (&point.valid_from, &point.valid_to) {
        (_, Some(last)) if is_over(last) => Some(text::contact_point_was_until(day(last))),
        (Some(first), Some(last)) => Some(text::contact_point_from_to(day(first), day(last))),
        (Some(first), None) => Some(text::contact_point_from(day(first))),
        (None, Some(last)) => Some(text::contact_point_to(day(last))),
        (None, None) => None,
    }
}

/// Why it cannot be removed, and what would help; `topics` are the names of those that need it.
pub fn obstacle(obstacle: &RemovalObstacle, topics: Option<String>) -> Text {
    match (obstacle, topics) {
        (RemovalObstacle::LastSignIn, _) => text::CONTACT_POINT_LAST_SIGN_IN,
        (RemovalObstacle::OpenMatter, _) => text::CONTACT_POINT_OPEN_MATTER,
        (RemovalObstacle::RequiredTopic, Some(topics)) => text::contact_point_needed_for(topics),
        (RemovalObstacle::RequiredTopic, None) => text::CONTACT_POINT_NEEDED,
        (RemovalObstacle::Other(_), _) => text::CONTACT_POINT_NOT_REMOVABLE,
    }
}

/// A postal address as lines to be shown, its country the last.
pub fn postal_lines(postal: &PostalAddress) -> Vec<String> {
    let mut lines = postal.lines.clone();
    // Most people write it into a line; where they did not, it is shown all the same.
    if let Some(code) = &postal.postal_code
        && !lines.iter().any(|line| line.contains(code.as_str()))
    {
        lines.push(code.clone());
    }
    lines.push(super::countries::name(&postal.country));
    lines
}

/// Notes one after the other.
pub fn joined(notes: Vec<Text>) -> String {
    notes.into_iter().map(t).collect::<Vec<_>>().join(" · ")
}
