//! Ways of getting in touch in words.

use crate::i18n::{Text, language_name, list, t, text};
use crate::ui::IconName;
use crate::widgets::{channel_icon, plain_words};
use portal_contract::contact::{
    Accessibility, ContactOption, ContactOptionKind, CostKind, OptionReason,
};
use portal_contract::interaction::Channel;
use portal_markup::{Child, View, view};

/// The drawing of a way.
#[must_use]
pub fn icon(option: &ContactOption) -> IconName {
    match &option.kind {
        ContactOptionKind::Message => IconName::Interactions,
        ContactOptionKind::Callback => IconName::Calendar,
        ContactOptionKind::Phone => IconName::Phone,
        ContactOptionKind::Email => IconName::Email,
        ContactOptionKind::Chat => IconName::Chat,
        ContactOptionKind::Messaging => IconName::Messaging,
        ContactOptionKind::Store => IconName::Store,
        ContactOptionKind::Post => IconName::Post,
        ContactOptionKind::Social => IconName::Social,
        ContactOptionKind::Other(_) => channel_icon(&option.channel),
    }
}

/// Why it stands where it stands; nothing where the server does not say. Of all but the first only what the customer's own choices
/// and matter are the reason for: that it is open, free, or in their language is seen anyway.
#[must_use]
pub fn because(option: &ContactOption, is_first: bool) -> Option<Text> {
    let is_own = |reason: &&OptionReason| {
        let seen = [
            OptionReason::SpeaksLanguage,
            OptionReason::OpenNow,
            OptionReason::Free,
        ];
        is_first || !seen.contains(reason)
    };
    let reasons = option.reasons.iter().filter(is_own).filter_map(|reason| {
        Some(t(match reason {
            OptionReason::SuitsTopic => text::CONTACT_REASON_TOPIC,
            OptionReason::PreferredChannel if option.channel == Channel::Phone => {
                text::CONTACT_REASON_CALL
            }
            OptionReason::PreferredChannel => text::CONTACT_REASON_CHANNEL,
            OptionReason::MeetsNeeds => text::CONTACT_REASON_NEEDS,
            OptionReason::SpeaksLanguage => text::CONTACT_REASON_LANGUAGE,
            OptionReason::OpenNow => text::CONTACT_REASON_OPEN,
            OptionReason::Free => text::CONTACT_REASON_FREE,
            OptionReason::Other(_) => return None,
        }))
    });
    let reasons: Vec<String> = reasons.collect();
    let sentence = if is_first {
        text::contact_first_because
    } else {
        text::contact_because
    };
    (!reasons.is_empty()).then(|| sentence(list(&reasons)))
}

/// What it costs.
#[must_use]
pub fn cost(kind: &CostKind) -> String {
    t(match kind {
        CostKind::Free => text::CONTACT_COST_FREE,
        CostKind::BasicRate => text::CONTACT_COST_BASIC,
        CostKind::LocalRate => text::CONTACT_COST_LOCAL,
        CostKind::Charged => text::CONTACT_COST_CHARGED,
        CostKind::Other(other) => return plain_words(other),
    })
}

/// Languages by their own names, as those who speak them look for them, each to be read as itself.
#[must_use]
pub fn languages(tags: &[String]) -> View {
    // The browser joins marks that no text has; what stands between them is the list's own.
    let mark = |at: usize| char::from_u32(FIRST_MARK + at as u32);
    let marks: Vec<String> = (0..tags.len()).filter_map(mark).map(String::from).collect();
    let joined = list(&marks);
    let tag = |piece: char| {
        let at = (piece as u32).checked_sub(FIRST_MARK)?;
        tags.get(at as usize)
    };
    // What stands between two names stays in one piece: letter by letter it would be spelled.
    let piece = |piece: &str| {
        let mark = piece.chars().next_back().and_then(tag);
        let between = match mark {
            Some(_) => piece.trim_end_matches(|it| tag(it).is_some()),
            None => piece,
        };
        let name =
            mark.map(|tag| view! { <bdi lang=tag.clone()>{language_name(tag)}</bdi> }.alone());
        view! { {between.to_owned()} {name} }
    };
    let pieces = joined.split_inclusive(|it| tag(it).is_some());
    pieces.map(piece).collect::<Vec<View>>().alone()
}

/// The first character of those that mean nothing by themselves (Unicode, private use).
const FIRST_MARK: u32 = 0xE000;

/// What makes a way possible for somebody, or easier.
#[must_use]
pub fn accessibility(all: &[Accessibility]) -> String {
    let one = |it: &Accessibility| {
        t(match it {
            Accessibility::RelayService => text::CONTACT_RELAY_SERVICE,
            Accessibility::RealTimeText => text::CONTACT_REAL_TIME_TEXT,
            Accessibility::SignLanguage => text::CONTACT_SIGN_LANGUAGE,
            Accessibility::EasyLanguage => text::CONTACT_EASY_LANGUAGE,
            Accessibility::LargePrint => text::CONTACT_LARGE_PRINT,
            Accessibility::Braille => text::CONTACT_BRAILLE,
            Accessibility::Interpreter => text::CONTACT_INTERPRETER,
            Accessibility::StepFree => text::CONTACT_STEP_FREE,
            Accessibility::HearingLoop => text::CONTACT_HEARING_LOOP,
            Accessibility::Other(other) => return plain_words(other),
        })
    };
    let names: Vec<String> = all.iter().map(one).collect();
    list(&names)
}

/// A reason that the company gives, behind what it explains.
#[must_use]
pub fn reason(reason: &Option<String>) -> Option<View> {
    let reason = reason.clone()?;
    Some(view! { <span>" (" <bdi>{reason}</bdi> ")"</span> })
}
