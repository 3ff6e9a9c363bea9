//! What the customer said once: how it stands, what the company answered, what changed because of it.

use super::answers::answers;
use super::{changing, improvements, nav, withdrawing, words};
use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::i18n::{Text, date, date_time, t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::Route;
use crate::ui::{Button, Icon, IconName};
use crate::widgets::{PageHead, history_step};
use portal_contract::FeedbackId;
use portal_contract::feedback::{
    Feedback, FeedbackAction, FeedbackReply, FeedbackStatus, FeedbackStep,
};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// The id of the button that opens the form, and of the heading beside it: the focus goes back there.
pub const CHANGE: &str = "change";
pub const SAID: &str = "said";

/// What the parts of the screen share.
#[derive(Clone, Copy)]
pub struct Desk {
    pub read: Read<Feedback>,
    /// Whether it is being changed.
    pub changing: RwSignal<bool>,
    /// Whether it is asked if it is to be taken back.
    pub withdrawing: RwSignal<bool>,
}

/// The screen.
pub fn page() -> View {
    let id: FeedbackId = expect_context();
    let read = use_api().read(move |client| {
        let id = id.clone();
        client.feedback_entry(&id)
    });
    use_live().on_any_of(&["feedback", "improvement"], move || read.refetch());
    let desk = Desk {
        read,
        changing: RwSignal::new(false),
        withdrawing: RwSignal::new(false),
    };
    view! {
        <div class="page" data-width="reading">
            {nav()}
            <a class="page__back" href=Route::Feedback.href()>
                <Icon name=IconName::Back />
                {text::FEEDBACK_TITLE}
            </a>
            <Loaded from=read failed=text::FEEDBACK_ENTRY_FAILED is_page=true skeleton=super::bones let:entry>
                {screen(desk, entry)}
            </Loaded>
        </div>
    }
    .alone()
}

fn screen(desk: Desk, entry: Signal<Feedback>) -> View {
    tell_news(entry);
    let first = entry.get_untracked();
    if changing::is_begun(&first) {
        desk.changing.set(true);
    }
    let status = memo(move || entry.with(|it| it.status.clone()));
    let reply = memo(move || entry.with(|it| it.reply.clone()));
    let steps = memo(move || entry.with(|it| it.history.clone()));
    let improvement = memo(move || entry.with(|it| it.improvement.clone()));
    let changed = move || {
        improvement
            .get()
            .map(|it| view! { <ul class="items"><li class="item">{improvements::item(&it, false)}</li></ul> })
    };
    view! {
        <PageHead title=words::kind_word(&first.kind) lede=words::about(&first.about).map(t)>
            {move || words::status_chip(&status.get())}
        </PageHead>
        <div class="stack">
            <p class="soft">{move || entry.with(given)} " " {words::way_to(&first.about)}</p>
        </div>
        {section(SAID, text::FEEDBACK_YOU_SAID, said(desk, entry))}
        {section("answered", text::FEEDBACK_WE_ANSWERED, (move || reply.with(answered)).alone())}
        {section(
            "became",
            text::FEEDBACK_BECAME,
            view! {
                <ol>{move || steps.with(|steps| steps.iter().map(step).collect::<Vec<_>>())}</ol>
                {changed}
            },
        )}
        {withdrawing::dialog(desk, entry)}
    }
}

/// Says once that something came of it, while it is looked at.
fn tell_news(entry: Signal<Feedback>) {
    let announcer = use_announcer();
    let outcome = memo(move || entry.with(|it| (it.status.clone(), it.reply.clone())));
    let before = StoredValue::new(outcome.get_untracked());
    effect(move || {
        let now = outcome.get();
        // What the customer did is said where it was done.
        let is_own = matches!(now.0, FeedbackStatus::Withdrawn | FeedbackStatus::Received);
        let is_new = before.with_value(|before| *before != now);
        before.set_value(now);
        if is_new && !is_own {
            announcer.show(text::FEEDBACK_NEWS);
        }
    });
}

fn section(id: &'static str, title: Text, body: View) -> View {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section__head">
                <h2 id=id tabindex="-1">
                    {title}
                </h2>
            </div>
            {body}
        </section>
    }
    .alone()
}

/// When it was said, and when it was changed last.
fn given(entry: &Feedback) -> String {
    let edited = entry.edited_at.as_ref().map(date_time);
    let given = date(&entry.given_at);
    t(match edited {
        Some(edited) => text::feedback_given_edited(given, edited),
        None => text::feedback_given(given),
    })
}

/// What was said, or the form in its place while it is changed.
fn said(desk: Desk, entry: Signal<Feedback>) -> View {
    // While it is changed the form stands as it is, whatever is read anew.
    let shown = memo(move || (!desk.changing.get()).then(|| entry.get()));
    let view = move || match shown.get() {
        None => untrack(|| changing::form(desk, entry)),
        Some(entry) => view! { <div class="stack">{as_it_stands(desk, &entry)}</div> }.alone(),
    };
    view.alone()
}

fn as_it_stands(desk: Desk, entry: &Feedback) -> View {
    if entry.status == FeedbackStatus::Withdrawn {
        return view! { <p class="card__empty">{text::FEEDBACK_GONE}</p> }.alone();
    }
    let words = entry.text.clone().map(|words| {
        view! {
            <div class="letter">
                <p class="letter__text" dir="auto">
                    {words}
                </p>
            </div>
        }
    });
    let contact = if entry.contact_allowed {
        text::FEEDBACK_CONTACT_YES
    } else {
        text::FEEDBACK_CONTACT_NO
    };
    view! {
        {words}
        {answers(entry)}
        <p class="soft">{contact}</p>
        {acts(desk, entry)}
    }
}

/// What can be done about it now; the server decides.
fn acts(desk: Desk, entry: &Feedback) -> View {
    let allows = |action| entry.allowed_actions.contains(&action);
    let change = allows(FeedbackAction::Edit).then(|| {
        view! {
            <Button id=CHANGE on_press=Callback::new(move |()| desk.changing.set(true))>
                {text::FEEDBACK_CHANGE}
            </Button>
        }
    });
    let until = date_time(&entry.editable_until);
    let until = t(if change.is_some() {
        text::feedback_change_until(until)
    } else {
        text::feedback_change_over(until)
    });
    let withdraw = allows(FeedbackAction::Withdraw).then(|| {
        view! {
            <Button on_press=Callback::new(move |()| desk.withdrawing.set(true))>
                {text::FEEDBACK_WITHDRAW}
            </Button>
        }
    });
    view! {
        <p class="soft">{until}</p>
        <div class="cluster">{change} {withdraw}</div>
    }
}

fn answered(reply: &Option<FeedbackReply>) -> View {
    let Some(reply) = reply else {
        return view! { <p class="card__empty">{text::FEEDBACK_NO_ANSWER}</p> }.alone();
    };
    view! {
        <article class="message" data-from="company" aria-labelledby="by">
            <header class="message__head">
                <h3 class="message__author" id="by">
                    <bdi>{reply.by.display_name.clone()}</bdi>
                </h3>
                " "
                <time class="message__time" datetime=reply.at.to_string()>
                    {date_time(&reply.at)}
                </time>
            </header>
            <div class="letter">
                <p class="letter__text" dir="auto" lang=reply.lang.clone()>
                    {reply.text.clone()}
                </p>
            </div>
        </article>
    }
    .alone()
}

fn step(step: &FeedbackStep) -> View {
    let (words, icon) = words::step_words(&step.status);
    history_step((icon, words), &step.at, None, step.note.clone())
}
