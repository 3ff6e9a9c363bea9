//! "Would this reach me?": the server's answer for a cell and a moment, and its reasons in order.

use super::Doors;
use super::options::address;
use super::screen::{Screen, by, once_read};
use crate::api::use_api;
use crate::browser::clock;
use crate::i18n::{Text, date_time, moment_at, t, text, wall_clock};
use crate::routes::{Link, Route};
use crate::ui::{Dialog, Icon, IconName};
use crate::widgets::plain_words;
use portal_client::preferences::Cell;
use portal_contract::ContactPointId;
use portal_contract::reach::{Reach, ReachAnswer, ReachCode, ReachEffect, ReachReason};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// What is asked, for whoever draws the answer.
#[derive(Clone)]
struct Asking {
    screen: Screen,
    cell: Cell,
    close: Callback<()>,
}

/// The dialog, while something is asked. It begins anew with each question.
pub fn reach_dialog(screen: Screen) -> View {
    let asked = screen.asked;
    let draw = move || asked.get().map(|cell| untrack(|| dialog(screen, cell)));
    draw.alone()
}

fn dialog(screen: Screen, cell: Cell) -> View {
    let close = Callback::new(move |()| screen.asked.set(None));
    let title = t(text::reach_title(
        screen.label(&cell.topic),
        by(&cell.channel),
    ));
    let Doors { reach, .. } = expect_context();
    provide_context(Asking {
        screen,
        cell,
        close,
    });
    view! {
        <Dialog open=true title=title close_label=t(text::CLOSE) on_close=close id="reach">
            {reach()}
        </Dialog>
    }
    .alone()
}

/// What stands in the dialog.
pub fn body() -> View {
    let Asking {
        screen,
        cell,
        close,
    } = expect_context();
    // The moment in the field: now, until another is chosen.
    let wall = RwSignal::new(wall_clock(clock::now()));
    let moment = RwSignal::new(None);
    let reach = RwSignal::new(None::<Reach>);
    let read = use_api().read(move |client| {
        let (cell, at) = (cell.clone(), moment.get());
        async move {
            reach.set(Some(client.reach(&cell, at.as_ref()).await?));
            Ok(())
        }
    });
    let told = move || {
        let told = move || reach.with(|reach| reach.as_ref().map(reasons));
        told.alone()
    };
    let answered = move || {
        let is_known = !matches!(read.get(), Some(Err(_)));
        let told = |reach: &Option<Reach>| reach.as_ref().map(|reach| answer(screen, reach));
        is_known.then(|| reach.with(told))
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        moment.set(moment_at(&chosen));
        wall.set(chosen);
    };
    view! {
            <div class="dialog__body">
                // It is here before the answer is, which is not spoken otherwise; a dialog hears of no region outside of it.
                <div role="status">{answered}</div>
                {once_read(read, text::REACH_FAILED, false, bones, Box::new(told))}
                <div class="field">
                    <label class="field__label" for="reach-when">
                        {text::REACH_WHEN}
                    </label>
                    <input
                        class="input"
                        type="datetime-local"
                        id="reach-when"
                        prop:value=move || wall.get()
                        on:change=choose
                    />
                </div>
            </div>
            <div class="dialog__actions">
                <button class="button" data-tone="primary" type="button" on:click=move |_| close.run(())>
                    {text::CLOSE}
                </button>
            </div>
    }
    .alone()
}

fn bones() -> View {
    view! {
        <p class="answer" aria-hidden="true">
            <span class="bone icon" data-size="icon"></span>
            <span>
                <span class="bone" data-size="large"></span>
            </span>
        </p>
    }
    .alone()
}

fn answer(screen: Screen, reach: &Reach) -> View {
    let later = || reach.at.as_ref().map_or_else(String::new, date_time);
    let (name, icon, words) = match &reach.answer {
        ReachAnswer::Yes => ("yes", IconName::Check, text::REACH_YES),
        ReachAnswer::Later => ("later", IconName::Clock, text::reach_later(later())),
        ReachAnswer::No => ("no", IconName::Close, text::REACH_NO),
        ReachAnswer::Other(_) => ("later", IconName::Help, text::REACH_UNKNOWN),
    };
    let target = reach.contact_point_id.as_ref();
    let target = target
        .and_then(|id| value(screen, id))
        .map(text::reach_where);
    view! {
        <p class="answer" data-answer=name>
            <Icon name=icon />
            <span>{words} " " {target.map(t)}</span>
        </p>
    }
}

fn reasons(reach: &Reach) -> View {
    let reasons: Vec<View> = reach.reasons.iter().map(reason).collect();
    view! {
        <section aria-labelledby="reach-why">
            <h3 id="reach-why">{text::REACH_WHY}</h3>
            <ol>{reasons}</ol>
        </section>
    }
    .alone()
}

fn value(screen: Screen, id: &ContactPointId) -> Option<String> {
    screen
        .points
        .with(|points| points.iter().find(|point| point.id == *id).map(address))
}

fn reason(reason: &ReachReason) -> View {
    let (name, icon) = match (&reason.effect, &reason.code) {
        (ReachEffect::Delays, _) => (Some("later"), IconName::Clock),
        (ReachEffect::Stops, _) => (Some("no"), IconName::Close),
        (_, ReachCode::Bouncing) => (None, IconName::Alert),
        (ReachEffect::Allows | ReachEffect::Other(_), _) => (None, IconName::Check),
    };
    let mend = (reason.effect == ReachEffect::Stops)
        .then(|| mend(&reason.code))
        .flatten();
    let link = mend.map(|(to, words)| view! { " " <Link to=to>{words}</Link> });
    view! {
        <li class="reason" data-answer=name>
            <Icon name=icon />
            <span>{words(reason)} {link}</span>
        </li>
    }
}

/// Where what stops it can be mended.
fn mend(code: &ReachCode) -> Option<(Route, Text)> {
    match code {
        ReachCode::NoContactPoint
        | ReachCode::NotInItsTime
        | ReachCode::NotVerified
        | ReachCode::Blocked => Some((Route::ContactPoints, text::REACH_MEND_CONTACT_POINTS)),
        ReachCode::ConsentMissing
        | ReachCode::ConsentWithdrawn
        | ReachCode::Objected
        | ReachCode::PrivacySignal => Some((Route::Consents, text::REACH_MEND_CONSENTS)),
        _ => None,
    }
}

fn words(reason: &ReachReason) -> Text {
    let until = || reason.until.as_ref().map_or_else(String::new, date_time);
    match &reason.code {
        ReachCode::NotOffered => text::REACH_NOT_OFFERED,
        ReachCode::NoContactPoint => text::REACH_NO_CONTACT_POINT,
        ReachCode::NotInItsTime => text::REACH_NOT_IN_ITS_TIME,
        ReachCode::NotVerified => text::REACH_NOT_VERIFIED,
        ReachCode::Bouncing => text::REACH_BOUNCING,
        ReachCode::Blocked => text::REACH_BLOCKED,
        ReachCode::Required => text::REACH_REQUIRED,
        ReachCode::Restricted => text::REACH_RESTRICTED,
        ReachCode::ConsentMissing => text::REACH_CONSENT_MISSING,
        ReachCode::ConsentWithdrawn => text::REACH_CONSENT_WITHDRAWN,
        ReachCode::Objected => text::REACH_OBJECTED,
        ReachCode::PrivacySignal => text::REACH_PRIVACY_SIGNAL,
        ReachCode::GlobalOptOut => text::REACH_GLOBAL_OPT_OUT,
        ReachCode::TopicOff => text::REACH_TOPIC_OFF,
        ReachCode::TopicOn => text::REACH_TOPIC_ON,
        ReachCode::Urgent => text::REACH_URGENT,
        ReachCode::Paused => text::reach_paused(until()),
        ReachCode::Digest => text::reach_digest(until()),
        ReachCode::QuietHoursHold => text::reach_quiet_hours_hold(until()),
        ReachCode::QuietHoursDrop => text::REACH_QUIET_HOURS_DROP,
        ReachCode::Other(code) => text::reach_other_reason(plain_words(code)),
    }
}
