//! One interaction: its thread, who took part, what was promised, and what the customer can do about it now.

mod callback;
mod closing;
mod composer;
mod entries;
mod facts;
mod feedback;
mod guide;
mod letter;
mod mail;
mod next;
mod promise;
mod rights;
mod roles;
mod signals;
mod thread;

pub use callback::card as planned_call;
pub use composer::page as answering;
pub use signals::section as signals;

use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::{Area, Begin, Link, Route, use_areas};
use crate::ui::{Button, Icon, IconName};
use crate::widgets::{PageHead, StatusChip, subject};
use closing::ClosingButton;
use facts::Facts;
use next::next_step;
use portal_contract::interaction::{Action, Interaction, InteractionStatus, Role};
use portal_contract::{InteractionId, message::Message};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};
use thread::{Thread, ThreadView};

/// The screen. Another interaction's address draws it anew.
pub fn page() -> View {
    one(expect_context())
}

/// What stands in the midst of the screen as a part of the program of its own: what few interactions have, and what comes after
/// the thread was read.
#[derive(Clone, Copy)]
pub struct Doors {
    /// The form for an answer.
    pub answering: fn() -> View,
    /// The call that is planned.
    pub planned_call: fn() -> View,
    /// What was inferred.
    pub signals: fn() -> View,
}

/// What every part of the screen shares.
#[derive(Clone, Copy)]
struct Context {
    id: StoredValue<InteractionId>,
    about: Read<Interaction>,
    thread: Thread,
}

/// What such a part shows: handed to it by the screen.
#[derive(Clone, Copy)]
struct Shown {
    /// The screen.
    context: Context,
    /// The interaction.
    about: Signal<Interaction>,
}

fn one(id: InteractionId) -> View {
    let api = use_api();
    let about = {
        let id = id.clone();
        api.read(move |client| {
            let id = id.clone();
            client.interaction(&id)
        })
    };
    let thread = Thread::new(id.clone());
    let context = Context {
        id: StoredValue::new(id),
        about,
        thread,
    };
    follow(context);
    view! {
        <div class="page">
            <Link to=Route::interactions() class="page__back">
                <Icon name=IconName::Back />
                {text::NAV_INTERACTIONS}
            </Link>
            <Loaded from=about failed=text::INTERACTION_FAILED is_page=true skeleton=skeleton let:about>
                {layout(context, about)}
            </Loaded>
        </div>
    }
    .alone()
}

/// Reads again what changed, and says once that an answer came.
fn follow(context: Context) {
    let announcer = use_announcer();
    let Context { id, about, thread } = context;
    use_live().on_interaction(id.get_value(), move || {
        about.refetch();
        thread.refresh();
    });
    thread.on_new(move |messages: Vec<Message>| {
        let answered = |message: &Message| message.author.role != Role::Customer;
        if messages.iter().any(answered) {
            announcer.show(text::INTERACTION_NEW_ANSWER);
        }
    });
}

fn layout(context: Context, about: Signal<Interaction>) -> View {
    let first = about.get_untracked();
    let subject = subject(&first.subject);
    let may_reply =
        memo(move || about.with(|about| about.allowed_actions.contains(&Action::Reply)));
    let standing = memo(move || about.with(|about| about.status.standing()));
    let is_closed = memo(move || about.with(|about| about.status == InteractionStatus::Closed));
    let may_open =
        memo(move || about.with(|about| about.allowed_actions.contains(&Action::Reopen)));
    provide_context(Shown { context, about });
    let doors: Doors = expect_context();
    let is_inferred = memo(move || about.with(|about| !about.signals.is_empty()));
    let inferred = move || is_inferred.get().then(doors.signals);
    let has_call = memo(move || about.with(|about| about.callback.is_some()));
    let call = move || has_call.get().then(doors.planned_call);
    let answer = move || {
        if may_reply.get() {
            (doors.answering)()
        } else {
            no_reply(is_closed.get(), may_open.get())
        }
    };
    view! {
        <PageHead title=subject lede=t(text::row_reference(first.reference))>
            {move || view! { <StatusChip standing=standing.get() /> }}
            <ClosingButton context=context about=about />
            <PrintButton />
        </PageHead>
        <div class="page__columns">
            <div>
                {call}
                {guide::answers(about)}
                <ThreadView context=context about=about />
                {next_step(about)}
                {answer}
                {asking(about)}
            </div>
            <aside class="page__side" aria-label=t(text::INTERACTION_FACTS)>
                <Facts about=about />
                {feedback::feedback(about)}
                {inferred}
                {rights::rights(first.id)}
            </aside>
        </div>
    }
    .alone()
}

/// The way to a call about it, where the company calls and the server allows one.
fn asking(about: Signal<Interaction>) -> View {
    let areas = use_areas();
    let allowed =
        memo(move || about.with(|it| it.allowed_actions.contains(&Action::RequestCallback)));
    let shown = move || {
        let offered = allowed.get() && !areas.lack(Area::Callback);
        offered.then(|| {
            let begin = Begin {
                interaction: Some(about.with_untracked(|it| it.id.clone())),
                ..Begin::default()
            };
            view! {
                <p>
                    <Link to=Route::NewCallback(begin) class="button">
                        <Icon name=IconName::Calendar />
                        {text::CALLBACK_ASK}
                    </Link>
                </p>
            }
        })
    };
    shown.alone()
}

/// Why there is no place to answer.
fn no_reply(is_closed: bool, may_open: bool) -> View {
    let why = match (may_open, is_closed) {
        (true, _) => text::INTERACTION_REPLY_AFTER_OPENING,
        (false, true) => text::INTERACTION_CLOSED,
        (false, false) => text::INTERACTION_REPLY_NOT_HERE,
    };
    view! { <p class="composer" data-state="closed">{why}</p> }
}

#[component]
fn PrintButton() -> impl IntoView {
    view! {
        <Button on_press=Callback::new(|()| crate::browser::page::print())>
            <Icon name=IconName::Print />
            {text::PRINT}
        </Button>
    }
}

/// Bones of a thread: the head and two letters.
fn skeleton() -> View {
    let letter = || {
        view! {
            <div class="message">
                <p class="message__author"><span class="bone"></span></p>
                <div class="letter">
                    <p><span class="bone" data-size="full"></span></p>
                    <p><span class="bone" data-size="full"></span></p>
                    <p><span class="bone" data-size="large"></span></p>
                </div>
            </div>
        }
    };
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="page__head"><span class="bone" data-size="large"></span></p>
            <div class="thread">{letter()} {letter()}</div>
        </div>
    }
    .alone()
}
