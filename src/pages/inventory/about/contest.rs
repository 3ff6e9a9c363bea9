//! The customer's word against what was inferred about them: the same words, and the same way, as beside an interaction.

use super::entry::{ATTRIBUTE, Entry, How};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{focus, task};
use crate::forms::{Press, Write};
use crate::i18n::{t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Tone};
use portal_client::ApiError;
use portal_contract::AttributeKey;
use portal_contract::me::Me;
use portal_contract::signal::{ContestSignal, MAX_CONTEST_CHARACTERS};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The field of the customer's words.
const WORDS: &str = "about-words";

/// What a customer says: that it is not right, and perhaps what is; or that it is.
#[derive(Clone)]
enum Word {
    Contest(Option<String>),
    Uncontest,
}

/// What the forms share.
#[derive(Clone, Copy)]
pub struct Contesting {
    open: RwSignal<Option<String>>,
    words: RwSignal<String>,
    say: Press<(String, Word)>,
}

/// Its machinery; `words` is what was typed, and `awaited` whose button has the focus once it is drawn anew.
pub fn contesting(
    open: RwSignal<Option<String>>,
    words: RwSignal<String>,
    awaited: StoredValue<Option<String>>,
    refetch: Callback<()>,
) -> Contesting {
    let (api, announcer) = (use_api(), use_announcer());
    let about = RwSignal::new(String::new());
    let write = Write::new(move |(name, word): (String, Word)| {
        about.set(name.clone());
        let client = api.client();
        async move {
            let key: Option<AttributeKey> = name
                .strip_prefix(ATTRIBUTE)
                .and_then(|key| key.parse().ok());
            let attribute = key.ok_or(ApiError::NotFound)?;
            // One press, one key: the client repeats with it until there is an answer.
            let key = client.new_key();
            match word {
                Word::Contest(words) => {
                    let contest = ContestSignal { words };
                    client.contest_attribute(&attribute, &contest, &key).await
                }
                Word::Uncontest => client.uncontest_attribute(&attribute, &key).await,
            }
        }
    });
    write.on_done(move |me: Me| {
        open.set(None);
        let name = about.get_untracked();
        let is_contested = me.attributes.iter().any(|it| {
            it.contested_at.is_some() && name.strip_prefix(ATTRIBUTE) == Some(it.key.as_str())
        });
        announcer.show(if is_contested {
            text::SIGNALS_CONTESTED_DONE
        } else {
            text::SIGNALS_UNCONTESTED_DONE
        });
        refetch.run(());
        super::back_to(&name);
        awaited.set_value(Some(name));
    });
    // It stands otherwise than was known here: show how.
    write.on_failed(move |error| {
        if matches!(error, ApiError::NotFound | ApiError::InvalidState { .. }) {
            refetch.run(());
        }
    });
    Contesting {
        open,
        words,
        say: write.press(),
    }
}

/// "That's not right", or that it is after all.
pub fn acts(entry: &Entry, desk: Contesting) -> View {
    let (name, id) = (entry.name.clone(), super::button_id(&entry.name));
    let pending = desk.say.pending();
    if entry.how == How::Uncontest {
        return view! {
            <button
                class="button"
                data-size="small"
                type="button"
                id=id
                aria-label=t(text::signals_uncontest_of(entry.label.clone()))
                aria-disabled=move || pending.get().then_some("true")
                on:click=move |_| desk.say.send((name.clone(), Word::Uncontest))
            >
                {text::SIGNALS_UNCONTEST}
            </button>
        }
        .alone();
    }
    let opened = name.clone();
    let is_open = move || desk.open.with(|open| open.as_ref() == Some(&opened));
    let toggle = move |_| {
        let is_open = desk
            .open
            .with_untracked(|open| open.as_ref() == Some(&name));
        desk.words.set(String::new());
        desk.open.set((!is_open).then(|| name.clone()));
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
            id=id
            aria-label=t(text::signals_contest_of(entry.label.clone()))
            aria-expanded=move || if is_open() { "true" } else { "false" }
            on:click=toggle
        >
            {text::SIGNALS_CONTEST}
        </button>
    }
    .alone()
}

/// What is right instead: a word of the customer's own, and never needed.
pub fn form(entry: &Entry, desk: Contesting) -> View {
    let (name, cancelled) = (entry.name.clone(), entry.name.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = desk.words.get_untracked().trim().to_owned();
        let words = Some(words).filter(|words| !words.is_empty());
        desk.say.send((name.clone(), Word::Contest(words)));
    };
    let cancel = Callback::new(move |()| {
        desk.open.set(None);
        super::back_to(&cancelled);
    });
    view! {
        <form class="form" novalidate on:submit=send>
            <div class="field">
                <label class="field__label" for=WORDS>{text::SIGNALS_WORDS}</label>
                <p class="field__hint" id="about-words-hint">{text::SIGNALS_WORDS_HINT}</p>
                <textarea
                    class="input"
                    id=WORDS
                    dir="auto"
                    maxlength=MAX_CONTEST_CHARACTERS.to_string()
                    aria-describedby="about-words-hint"
                    prop:value=move || desk.words.get()
                    on:input=move |event| desk.words.set(event_target_value(&event))
                ></textarea>
            </div>
            <FailedLine submission=desk.say.submission() except_fields=false />
            <div class="form__actions cluster">
                <Button on_press=cancel>{text::CANCEL}</Button>
                " "
                <Button kind=ButtonKind::Submit tone=Tone::Primary pending=desk.say.pending()>
                    {text::SIGNALS_SEND}
                </Button>
            </div>
        </form>
    }
    .alone()
}
