//! The call that an interaction has: when, where, and what can be done about it.

use super::{Context, Shown};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{clock, focus, task};
use crate::forms::{ErrorSummary, Submission, Write};
use crate::i18n::{
    Text, date_time_in, hour_in, is_elsewhere, language_name, own_zone, t, text, zone_name,
};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Dialog, Icon, IconName, Tone};
use crate::widgets::{Slots, fact, slots_view};
use portal_client::ApiError;
use portal_contract::callback::{Callback as Call, CallbackState, RescheduleCallback};
use portal_contract::interaction::{Action, Interaction};
use portal_contract::{IdempotencyKey, Timestamp, endpoints};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The id of the heading: the focus goes there when the button that had it is gone.
const TITLE: &str = "callback-title";

/// Which dialog stands open.
#[derive(Clone, Copy, PartialEq)]
enum Task {
    Move,
    Cancel,
}

/// What the parts of the card share.
#[derive(Clone, Copy)]
struct Card {
    context: Context,
    call: Memo<Option<Call>>,
    task: RwSignal<Option<Task>>,
}

/// The card, as long as there is a call: the screen takes it away with it.
pub fn card() -> View {
    let Shown { context, about } = expect_context();
    let call = memo(move || about.with(|about| about.callback.clone()));
    let card = Card {
        context,
        call,
        task: RwSignal::new(None),
    };
    let allows = move |action: Action| {
        memo(move || about.with(|about| about.allowed_actions.contains(&action)))
    };
    let (may_move, may_cancel) = (
        allows(Action::RescheduleCallback),
        allows(Action::CancelCallback),
    );
    view! {
        <section class="card" data-raised="" aria-labelledby=TITLE>
            {move || call.with(|call| call.as_ref().map(facts))}
            <div class="cluster">
                {move || may_cancel.get().then(|| calendar(card))}
                {move || may_move.get().then(|| button(card, Task::Move))}
                {move || may_cancel.get().then(|| button(card, Task::Cancel))}
            </div>
        </section>
        {move || card.task.get().map(|task| dialog(card, task))}
    }
    .alone()
}

/// When it is, on the customer's clock: day, beginning and end.
fn when(call: &Call) -> String {
    let zone = own_zone();
    t(text::contact_hours_span(
        date_time_in(&call.starts_at, &zone),
        hour_in(&call.ends_at, &zone, false),
    ))
}

/// The same on the company's clock, where that shows something else.
fn theirs(call: &Call) -> Option<Text> {
    let (at, zone) = (clock::parse(&call.starts_at), &call.time_zone);
    let name = zone_name(at, zone).unwrap_or_else(|| zone.clone());
    let when = || date_time_in(&call.starts_at, zone);
    is_elsewhere(at, zone).then(|| text::contact_their_time(when(), name))
}

fn facts(call: &Call) -> View {
    let title = match call.state {
        CallbackState::Planned => text::CALLBACK_CARD_PLANNED,
        CallbackState::Done => text::CALLBACK_CARD_DONE,
        CallbackState::Missed => text::CALLBACK_CARD_MISSED,
        CallbackState::Cancelled => text::CALLBACK_CARD_CANCELLED,
        CallbackState::Other(_) => text::CALLBACK_CARD_OTHER,
    };
    let theirs = theirs(call).map(|words| view! { <span class="fact__note">{words}</span> });
    let number = call.number.clone();
    let language = call
        .language
        .as_ref()
        .map(|tag| fact(text::CALLBACK_LANGUAGE, language_name(tag).alone()));
    let at = view! { <time datetime=call.starts_at.to_string()>{when(call)}</time> " " {theirs} };
    view! {
        <div class="card__head">
            <h2 id=TITLE tabindex="-1">
                {title}
            </h2>
        </div>
        <dl class="facts">
            {fact(text::CALLBACK_WHEN, at.alone())}
            {fact(text::CALLBACK_WHERE, view! { <bdi dir="ltr">{number}</bdi> }.alone())}
            {language}
        </dl>
    }
    .alone()
}

/// The calendar's file, which the browser saves or opens.
fn calendar(card: Card) -> View {
    let path = card.context.id.with_value(endpoints::callback_calendar);
    let href = use_api().client().transport().address(&path);
    view! {
        <a class="button" href=href download="" rel="external">
            <Icon name=IconName::Calendar />
            {text::CALLBACK_CALENDAR}
        </a>
    }
    .alone()
}

fn button(card: Card, task: Task) -> View {
    let (tone, word) = match task {
        Task::Move => (Tone::Plain, text::CALLBACK_MOVE),
        Task::Cancel => (Tone::Quiet, text::CALLBACK_CANCEL),
    };
    view! {
        <Button tone=tone on_press=Callback::new(move |()| card.task.set(Some(task)))>
            {word}
        </Button>
    }
    .alone()
}

fn dialog(card: Card, task: Task) -> View {
    let close = Callback::new(move |()| card.task.set(None));
    let title = match task {
        Task::Move => text::CALLBACK_MOVE_TITLE,
        Task::Cancel => text::CALLBACK_CANCEL_TITLE,
    };
    let body = move || match task {
        Task::Move => moving(card, close),
        Task::Cancel => cancelling(card, close),
    };
    view! {
        <Dialog id="callback-task" open=Signal::stored(true) title=t(title) close_label=t(text::CLOSE) on_close=close>
            {body()}
        </Dialog>
    }
    .alone()
}

/// Another time: the same choice as when it was asked for.
fn moving(card: Card, close: Callback<()>) -> View {
    let option = card
        .call
        .with_untracked(|call| call.as_ref().map(|call| call.option_id.clone()));
    let Some(option) = option else {
        return ().alone();
    };
    let slots = Slots::of(option);
    let attempts = RwSignal::new(0);
    let write = rescheduling(card, slots, attempts, close);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match slots.check() {
            Some(starts_at) => write.send(starts_at),
            None => attempts.update(|count| *count += 1),
        }
    };
    let pending = write.pending();
    let word = move || {
        t(if pending.get() {
            text::CALLBACK_MOVING
        } else {
            text::CALLBACK_MOVE_DO
        })
    };
    let others = memo(move || match write.submission().get() {
        Submission::Failed(error) if is_taken(&error) => Submission::Idle,
        other => other,
    });
    view! {
        <form novalidate on:submit=submit>
            <div class="dialog__body stack">
                <ErrorSummary fields=vec![slots.problem()] attempts=attempts />
                {slots_view(slots)}
                <FailedLine submission=others except_fields=true />
            </div>
            <div class="dialog__actions">
                {keep(close)}
                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
            </div>
        </form>
    }
    .alone()
}

/// Whether somebody else was faster.
fn is_taken(error: &ApiError) -> bool {
    match error {
        ApiError::InvalidState { reason, .. } => reason.as_deref() == Some("slot_taken"),
        ApiError::Validation(errors) => errors.iter().any(|it| it.pointer.ends_with("starts_at")),
        _ => false,
    }
}

/// Moves it. The same time sent again is the same act, with the same key; another time is another.
fn rescheduling(
    card: Card,
    slots: Slots,
    attempts: RwSignal<u32>,
    close: Callback<()>,
) -> Write<Timestamp, Interaction> {
    let api = use_api();
    let announcer = use_announcer();
    let intent = StoredValue::new(None::<(Timestamp, IdempotencyKey)>);
    let write = Write::new(move |starts_at: Timestamp| {
        let (client, id) = (api.client(), card.context.id.get_value());
        let same = intent
            .get_value()
            .filter(|(before, _)| *before == starts_at);
        let key = same.map_or_else(|| client.new_key(), |(_, key)| key);
        intent.set_value(Some((starts_at.clone(), key.clone())));
        async move {
            let to = RescheduleCallback { starts_at };
            client.reschedule_callback(&id, &to, &key).await
        }
    });
    write.on_done(move |moved: Interaction| {
        card.context.about.refetch();
        if let Some(call) = &moved.callback {
            announcer.show(text::callback_moved(when(call)));
        }
        close.run(());
    });
    write.on_failed(move |error| {
        if is_taken(&error) {
            slots.taken();
            attempts.update(|count| *count += 1);
        } else if matches!(error, ApiError::InvalidState { .. }) {
            card.context.about.refetch();
        }
    });
    write
}

/// The question before it is called off, with what comes of it.
fn cancelling(card: Card, close: Callback<()>) -> View {
    let api = use_api();
    let announcer = use_announcer();
    let key = StoredValue::new(api.client().new_key());
    let write = Write::new(move |()| {
        let (client, id, key) = (api.client(), card.context.id.get_value(), key.get_value());
        client.cancel_callback(&id, &key)
    });
    write.on_done(move |_| {
        card.context.about.refetch();
        announcer.show(text::CALLBACK_CANCELLED);
        close.run(());
        // The button that was pressed goes with the call.
        task::run(async {
            task::pause(0).await;
            focus::id(TITLE);
        });
    });
    write.on_failed(move |_| card.context.about.refetch());
    let at = card
        .call
        .with_untracked(|call| call.as_ref().map_or_else(String::new, when));
    view! {
        <div class="dialog__body">
            <p>{text::callback_cancel_body(at)}</p>
            <FailedLine submission=write.submission() except_fields=false />
        </div>
        <div class="dialog__actions">
            {keep(close)}
            <Button tone=Tone::Primary pending=write.pending() on_press=Callback::new(move |()| write.send(()))>
                {text::CALLBACK_CANCEL_DO}
            </Button>
        </div>
    }
    .alone()
}

fn keep(close: Callback<()>) -> View {
    view! {
        <Button tone=Tone::Quiet on_press=close>
            {text::CALLBACK_CANCEL_KEEP}
        </Button>
    }
    .alone()
}
