//! One purpose: what happens, how it stands, what can be decided.

use super::deciding::Deciding;
use super::{Desk, Standing, details, words};
use crate::i18n::{Text, date, t, text};
use crate::loading::failure;
use crate::ui::{Button, Icon, IconName, Size};
use portal_client::ApiError;
use portal_contract::consent::{Consent, ConsentStatus, Purpose};
use portal_contract::endpoints;
use portal_markup::prelude::*;
use portal_markup::{Child, Show, View, memo, view};

/// What is shown of it. It is drawn anew when the purpose itself changes; what is decided changes in place, so that the focus
/// stays on the button and the facts stay open.
pub fn item(desk: Desk, standing: Memo<Option<Standing>>) -> View {
    let purpose = memo(move || standing.with(|it| it.as_ref().map(|it| it.purpose.clone())));
    let drawn = move || {
        purpose.get().map(|purpose| {
            let deciding = Deciding::new(desk, standing, purpose.clone());
            shown(desk, deciding, purpose)
        })
    };
    drawn.alone()
}

fn shown(desk: Desk, deciding: Deciding, purpose: Purpose) -> View {
    let consent = deciding.consent;
    let latest = purpose.notices.first().cloned();
    let old_notice = move || {
        let latest = latest.as_ref()?;
        let decided_on = consent.with(|it| it.notice_version.clone())?;
        let changes = latest
            .changes
            .as_ref()
            .map_or_else(String::new, String::clone);
        let is_old =
            consent.with(|it| it.status == ConsentStatus::Granted) && decided_on != latest.version;
        is_old.then(|| note(t(text::consent_old_notice(decided_on, changes))))
    };
    let until = move || {
        consent.with(|it| {
            let ends = it.expires_at.as_ref();
            let ends = ends.filter(|_| it.status == ConsentStatus::Granted)?;
            Some(note(t(text::consent_until(date(ends)))))
        })
    };
    let basis = purpose.lawful_basis.clone();
    let is_fixed = memo(move || consent.with(|it| it.allowed_decisions.is_empty()));
    let fixed = move || is_fixed.get().then(|| note(t(words::why_fixed(&basis))));
    view! {
        <div class="item__head">
            <h2>{purpose.label.clone()}</h2>
            {move || consent.with(chip)}
        </div>
        <p>{purpose.description.clone()}</p>
        {purpose.sale_or_sharing.then(|| note(t(text::CONSENT_SALE)))}
        {old_notice}
        {until}
        {fixed}
        {details::details(&purpose)}
        {refused(deciding)}
        <div class="cluster">
            {act(deciding, &purpose, 0)}
            {act(deciding, &purpose, 1)}
            {links(desk, deciding, purpose)}
        </div>
    }
    .alone()
}

fn chip(consent: &Consent) -> View {
    let (tone, icon, words) = words::status(consent);
    view! {
        <span class="status" data-status=tone>
            <Icon name=icon />
            {words}
        </span>
    }
    .alone()
}

fn note(words: String) -> View {
    view! { <p class="item__note">{words}</p> }
}

/// The button of the decision at this place, if there are so many. It stays while its decision becomes another one.
fn act(deciding: Deciding, purpose: &Purpose, place: usize) -> View {
    let consent = deciding.consent;
    let is_there = memo(move || consent.with(|it| it.allowed_decisions.len() > place));
    let name = StoredValue::new(purpose.label.clone());
    let word = move || {
        consent.with(|it| {
            let decision = it.allowed_decisions.get(place);
            decision.map_or_else(String::new, |decision| words::act(it, decision))
        })
    };
    let press = Callback::new(move |()| deciding.decide(place));
    view! {
        <Show when=move || is_there.get()>
            <Button size=Size::Small pending=deciding.pending() on_press=press>
                {word}
                <span class="visually-hidden">": " <bdi>{name.get_value()}</bdi></span>
            </Button>
        </Show>
        " "
    }
}

/// What was decided so far, and the receipt of what holds.
fn links(desk: Desk, deciding: Deciding, purpose: Purpose) -> View {
    let record = memo(move || deciding.consent.with(|it| it.record_id.clone()));
    let id = purpose.id.clone();
    let name = purpose.label.clone();
    let receipt = move || {
        record
            .get()
            .map(|record| super::records::receipt(&endpoints::consent_receipt(&id, &record), &name))
    };
    let about = purpose.label.clone();
    let look = Callback::new(move |()| desk.looked_at.set(Some(purpose.clone())));
    view! {
        <button class="link-button" type="button" aria-haspopup="dialog" on:click=move |_| look.run(())>
            {text::CONSENT_HISTORY}
            <span class="visually-hidden">": " <bdi>{about}</bdi></span>
        </button>
        " "
        {receipt}
    }
}

/// Why a decision was not taken. The region stands there before its words do.
fn refused(deciding: Deciding) -> View {
    let banner = move || {
        deciding.refusal.get().map(|error| {
            view! {
                <div class="banner" data-tone="warn" data-shape="inline">
                    <Icon name=IconName::Alert />
                    <p>{not_taken(&error)} " " {why(&error)}</p>
                </div>
            }
        })
    };
    let role =
        move || (deciding.refusal.get() != Some(ApiError::Unauthenticated)).then_some("alert");
    view! { <div role=role>{banner}</div> }.alone()
}

/// Where the answer was lost, nobody here knows whether it was taken; the list is read again.
fn not_taken(error: &ApiError) -> Text {
    if error.may_pass() {
        text::CONSENT_UNKNOWN
    } else {
        text::CONSENT_REFUSED
    }
}

fn why(error: &ApiError) -> String {
    t(match error {
        ApiError::InvalidState {
            reason: Some(reason),
            ..
        } if reason == "notice_changed" => text::CONSENT_REFUSED_NOTICE,
        ApiError::InvalidState { .. } | ApiError::Validation(_) => text::CONSENT_REFUSED_CHANGED,
        other => failure(other).sentence,
    })
}
