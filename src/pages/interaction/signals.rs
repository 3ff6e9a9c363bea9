//! What the company concluded about the customer from an interaction, and the customer's word against it.

use super::{Context, Shown};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{focus, task};
use crate::forms::{Press, Write};
use crate::i18n::{date, t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::ApiError;
use portal_contract::SignalId;
use portal_contract::signal::{
    ContestSignal, MAX_CONTEST_CHARACTERS, Signal as Inferred, SignalAction,
};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// The heading, where the focus goes when what had it is gone.
const HEADING: &str = "signals";
/// The field of the customer's words.
const WORDS: &str = "signal-words";

/// What a customer says of a signal.
#[derive(Clone)]
enum Word {
    Contest(Option<String>),
    Uncontest,
}

/// What the signals share.
#[derive(Clone, Copy)]
struct Desk {
    /// Which one is being contested.
    open: RwSignal<Option<SignalId>>,
    words: RwSignal<String>,
    say: Press<(SignalId, Word)>,
}

/// The section; nothing where nothing was concluded.
pub fn section() -> View {
    let Shown { context, about } = expect_context();
    let desk = desk(context);
    let keys = memo(move || {
        about.with(|about| {
            let key = |it: &Inferred| {
                (
                    it.id.clone(),
                    it.contested_at.clone(),
                    it.contest_words.clone(),
                )
            };
            about.signals.iter().map(key).collect::<Vec<_>>()
        })
    });
    let one = move |(id, ..): (SignalId, _, _)| {
        let found =
            about.with_untracked(|about| about.signals.iter().find(|it| it.id == id).cloned());
        found.map(|signal| item(&signal, desk))
    };
    view! {
        <section class="section stack" aria-labelledby=HEADING>
            <h2 id=HEADING tabindex="-1">
                {text::SIGNALS_TITLE}
            </h2>
            <p class="soft">{text::SIGNALS_LEDE}</p>
            <ul class="items">
                <For each=move || keys.get() key=Clone::clone children=one />
            </ul>
        </section>
    }
    .alone()
}

fn desk(context: Context) -> Desk {
    let api = use_api();
    let announcer = use_announcer();
    let open = RwSignal::new(None);
    let words = RwSignal::new(String::new());
    let write = Write::new(move |(id, word): (SignalId, Word)| {
        let (client, interaction) = (api.client(), context.id.get_value());
        async move {
            // One press, one key: the client repeats with it until there is an answer.
            let key = client.new_key();
            match word {
                Word::Contest(words) => {
                    let contest = ContestSignal { words };
                    client
                        .contest_signal(&interaction, &id, &contest, &key)
                        .await
                }
                Word::Uncontest => client.uncontest_signal(&interaction, &id, &key).await,
            }
        }
    });
    write.on_done(move |signal: Inferred| {
        open.set(None);
        words.set(String::new());
        announcer.show(match signal.contested_at {
            Some(_) => text::SIGNALS_CONTESTED_DONE,
            None => text::SIGNALS_UNCONTESTED_DONE,
        });
        // The button goes with what it was about.
        focus::id(HEADING);
        context.about.refetch();
    });
    // It stands otherwise than was known here: show how.
    write.on_failed(move |error| {
        if matches!(error, ApiError::NotFound | ApiError::InvalidState { .. }) {
            context.about.refetch();
        }
    });
    Desk {
        open,
        words,
        say: write.press(),
    }
}

fn item(signal: &Inferred, desk: Desk) -> View {
    let (id, value, lang) = (signal.id.clone(), signal.value.clone(), signal.lang.clone());
    let form = move || (desk.open.get().as_ref() == Some(&id)).then(|| form(id.clone(), desk));
    let heading = t(text::signals_what(signal.label.clone()));
    view! {
        <li class="item">
            <h3>
                {heading} " " <bdi lang=lang>{value}</bdi>
            </h3>
            <p class="item__note">{text::signals_basis(signal.basis.clone())}</p>
            <p class="item__note">
                {text::signals_by(signal.inferred_by.clone(), date(&signal.inferred_at))}
            </p>
            {standing(signal)}
            <div class="cluster">{acts(signal, desk)}</div>
            {form}
        </li>
    }
    .alone()
}

/// Whether it is used, and what the customer said of it.
fn standing(signal: &Inferred) -> Option<View> {
    let Some(at) = &signal.contested_at else {
        return (!signal.in_use)
            .then(|| view! { <p class="item__note">{text::SIGNALS_NOT_USED}</p> }.alone());
    };
    let words = signal.contest_words.clone().map(|words| {
        view! { <p>{text::signals_your_words(words)}</p> }
    });
    Some(
        view! {
            <p class="cluster">
                <Icon name=IconName::Check />
                <span>{text::signals_contested(date(at))}</span>
            </p>
            {words}
        }
        .alone(),
    )
}

fn acts(signal: &Inferred, desk: Desk) -> View {
    let allows = |action| signal.allowed_actions.contains(&action);
    let is_contested = signal.contested_at.is_some();
    let (pending, value) = (desk.say.pending(), signal.value.clone());
    let uncontest = allows(SignalAction::Uncontest).then(|| {
        let id = signal.id.clone();
        view! {
            <button
                class="button"
                data-size="small"
                type="button"
                aria-label=t(text::signals_uncontest_of(value.clone()))
                aria-disabled=move || pending.get().then_some("true")
                on:click=move |_| desk.say.send((id.clone(), Word::Uncontest))
            >
                {text::SIGNALS_UNCONTEST}
            </button>
        }
    });
    let contest = (allows(SignalAction::Contest) && !is_contested).then(|| {
        let (id, opened) = (signal.id.clone(), signal.id.clone());
        let is_open = move || desk.open.get().as_ref() == Some(&opened);
        let toggle = move |_| {
            let is_open = desk.open.with_untracked(|open| open.as_ref() == Some(&id));
            desk.open.set((!is_open).then(|| id.clone()));
            // The field is drawn after the press.
            task::run(async {
                task::pause(0).await;
                focus::id(WORDS);
            });
        };
        view! {
            <button
                class="button"
                data-size="small"
                type="button"
                aria-label=t(text::signals_contest_of(value))
                aria-expanded=move || if is_open() { "true" } else { "false" }
                on:click=toggle
            >
                {text::SIGNALS_CONTEST}
            </button>
        }
    });
    view! { {contest} {uncontest} }.alone()
}

/// What is right instead: a word of the customer's own, and never needed.
fn form(id: SignalId, desk: Desk) -> View {
    let is_long = memo(move || {
        desk.words
            .with(|words| words.chars().count() > MAX_CONTEST_CHARACTERS)
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_long.get_untracked() {
            focus::id(WORDS);
            return;
        }
        let words = desk.words.get_untracked().trim().to_owned();
        let words = Some(words).filter(|words| !words.is_empty());
        desk.say.send((id.clone(), Word::Contest(words)));
    };
    let long = move || {
        is_long.get().then(|| {
            view! {
                <p class="field__error" id="signal-words-error">
                    <Icon name=IconName::Alert />
                    <span>{text::signals_words_long(MAX_CONTEST_CHARACTERS as u64)}</span>
                </p>
            }
        })
    };
    view! {
        <form class="form" novalidate on:submit=send>
            <div class="field">
                <label class="field__label" for=WORDS>
                    {text::SIGNALS_WORDS}
                </label>
                <p class="field__hint" id="signal-words-hint">
                    {text::SIGNALS_WORDS_HINT}
                </p>
                {long}
                <textarea
                    class="input"
                    id=WORDS
                    dir="auto"
                    aria-describedby="signal-words-hint signal-words-error"
                    aria-invalid=move || is_long.get().then_some("true")
                    prop:value=move || desk.words.get()
                    on:input=move |event| desk.words.set(event_target_value(&event))
                ></textarea>
            </div>
            <FailedLine submission=desk.say.submission() except_fields=false />
            <div class="form__actions cluster">
                <Button on_press=Callback::new(move |()| desk.open.set(None))>{text::CANCEL}</Button>
                " "
                <Button kind=ButtonKind::Submit tone=Tone::Primary pending=desk.say.pending()>
                    {text::SIGNALS_SEND}
                </Button>
            </div>
        </form>
    }
    .alone()
}
