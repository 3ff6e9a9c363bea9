//! What a purpose means in full: its ground, the data, who receives them, how long they are kept, and the notices about it.

use super::words;
use crate::i18n::{date, region_name, t, text};
use crate::routes::outside;
use crate::ui::{Icon, IconName};
use crate::widgets::fact;
use portal_contract::consent::{DataCategory, NoticeVersion, Purpose, Recipient};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The facts, folded.
pub fn details(purpose: &Purpose) -> View {
    let basis = words::basis(&purpose.lawful_basis);
    let detail = purpose.basis_detail.clone();
    let basis = view! { {basis} {detail.map(note)} }.alone();
    let about = purpose.label.clone();
    view! {
        <details class="disclosure">
            <summary>
                {text::CONSENT_DETAILS}
                <span class="visually-hidden">": " <bdi>{about}</bdi></span>
                <Icon name=IconName::ChevronDown />
            </summary>
            <dl class="facts">
                {fact(text::CONSENT_BASIS, basis)}
                {fact(text::CONSENT_DATA, listed(purpose.data_categories.iter().map(category)))}
                {fact(text::CONSENT_RECIPIENTS, recipients(&purpose.recipients))}
                {fact(text::CONSENT_RETENTION, purpose.retention.clone().alone())}
                {fact(text::CONSENT_NOTICE, listed(purpose.notices.iter().map(notice)))}
            </dl>
        </details>
    }
    .alone()
}

fn note(words: String) -> View {
    view! { " " <span class="fact__note">{words}</span> }
}

fn listed(lines: impl Iterator<Item = View>) -> View {
    let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul>{lines}</ul> }.alone()
}

fn category(data: &DataCategory) -> View {
    let sensitive = data.sensitive.then(|| note(t(text::CONSENT_SENSITIVE)));
    view! { {data.label.clone()} {sensitive} }.alone()
}

fn recipients(recipients: &[Recipient]) -> View {
    if recipients.is_empty() {
        return t(text::CONSENT_RECIPIENTS_NONE).alone();
    }
    listed(recipients.iter().map(recipient))
}

fn recipient(recipient: &Recipient) -> View {
    let place = recipient.country.as_deref().map(|code| {
        let country = region_name(code);
        t(match &recipient.safeguard {
            Some(safeguard) => text::consent_recipient_safe(country, safeguard.clone()),
            None => text::consent_recipient_in(country),
        })
    });
    view! { {recipient.name.clone()} {recipient.role.clone().map(note)} {place.map(note)} }.alone()
}

/// A version of the notice, what was new in it, and where it stands.
fn notice(notice: &NoticeVersion) -> View {
    let version = notice.version.clone();
    let since = text::consent_notice_version(version.clone(), date(&notice.effective_from));
    let read = notice.url.as_deref().and_then(outside).map(|url| {
        view! { " " <a href=url rel="external">{text::consent_notice_read(version)}</a> }
    });
    view! { {since} {notice.changes.clone().map(note)} {read} }.alone()
}
