//! What a message and a call asked for have in common before they are sent.

use super::carried;
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::browser::focus;
use crate::forms::{About, Carried, Draft, Field, Write};
use crate::i18n::{Text, t, text};
use crate::loading::Loaded;
use crate::routes::{Begin, Link, NavigateOptions, Route, begin_of, use_location, use_navigate};
use crate::session::use_session;
use crate::ui::{Icon, IconName, Notice, NoticeKind};
use crate::widgets::{PageHead, SendFile, Writing, came_before, subject as subject_of};
use leptos::html;
use portal_client::ApiError;
use portal_contract::callback::RequestCallback;
use portal_contract::contact::{ContactOption, ContactOptionKind, ContactOptions};
use portal_contract::interaction::{Action, Interaction, Topic};
use portal_contract::starting::{MAX_SUBJECT_CHARACTERS, NewInteraction};
use portal_contract::{FieldError, InteractionId, TopicId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};
use std::rc::Rc;

/// The id of the field for the topic.
const TOPIC: &str = "new-topic";

/// A conversation that is about to begin.
#[derive(Clone, Copy)]
pub struct Beginning {
    pub writing: Writing,
    pub option: StoredValue<ContactOption>,
    topics: StoredValue<Vec<Topic>>,
    pub topic: RwSignal<Option<TopicId>>,
    pub subject: Field<String>,
    pub guide: RwSignal<Option<Carried>>,
    /// What is wrong with the answers that come from a guide.
    pub guide_problem: RwSignal<Option<Text>>,
    /// The conversation that it is about, where there is one already: then a call is asked for in it, and nothing begins.
    pub within: StoredValue<Option<InteractionId>>,
    topic_problem: RwSignal<Option<Text>>,
}

/// A subject of one line.
fn subject(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    if raw.is_empty() {
        Err(text::MESSAGE_SUBJECT_REQUIRED)
    } else if raw.chars().count() > MAX_SUBJECT_CHARACTERS {
        Err(text::field_too_long(MAX_SUBJECT_CHARACTERS))
    } else {
        Ok(raw.to_owned())
    }
}

impl Beginning {
    /// It as it was left, or as the address says; `None` where no way of this kind is offered.
    pub fn resume(
        ways: &ContactOptions,
        kind: &ContactOptionKind,
        within: Option<InteractionId>,
    ) -> Option<Self> {
        let writing = Writing::resume(draft(within.as_ref()), unsent());
        let kept = writing
            .about()
            .get_untracked()
            .unwrap_or_else(About::nothing);
        let address = use_location().search.with_untracked(|it| begin_of(it));
        let wanted = address.option.or(kept.option_id);
        let of_kind = |option: &&ContactOption| option.kind == *kind;
        let mut fitting = ways.options.iter().filter(of_kind);
        let option = fitting
            .clone()
            .find(|option| wanted.as_ref() == Some(&option.id))
            .or_else(|| fitting.next())?;
        let known = |id: &TopicId| ways.topics.iter().any(|topic| topic.id == *id);
        let beginning = Self {
            writing,
            option: StoredValue::new(option.clone()),
            topics: StoredValue::new(ways.topics.clone()),
            topic: RwSignal::new(address.topic.or(kept.topic_id).filter(known)),
            subject: Field::new("new-subject", subject),
            guide: RwSignal::new(kept.guide),
            guide_problem: RwSignal::new(None),
            within: StoredValue::new(within),
            topic_problem: RwSignal::new(None),
        };
        beginning.subject.raw().set(kept.subject);
        beginning.keep();
        Some(beginning)
    }

    /// What it is about is kept with words and files.
    fn keep(self) {
        let about = move || About {
            option_id: Some(self.option.with_value(|option| option.id.clone())),
            topic_id: self.topic.get(),
            subject: self.subject.raw().get(),
            guide: self.guide.get(),
        };
        effect(move || {
            let about = about();
            self.writing.about().set(Some(about));
        });
    }

    /// The fields around the words, for the summary of what is wrong.
    pub fn problems(self) -> Vec<(&'static str, RwSignal<Option<Text>>)> {
        vec![
            (carried::ID, self.guide_problem),
            (TOPIC, self.topic_problem),
            (self.subject.id(), self.subject.problem()),
        ]
    }

    /// Counts an attempt that failed; the summary takes the focus.
    pub fn refused(self) {
        self.writing.attempts().update(|count| *count += 1);
    }

    /// Shows what the server refused of what a message and a call have in common. What is left is the caller's.
    pub fn refuse(self, errors: &[FieldError]) -> Vec<&FieldError> {
        let mut words = Vec::new();
        let mut left = Vec::new();
        for error in errors {
            match error.pointer.split('/').nth(1) {
                Some("subject") => self.subject.refuse(error),
                Some("topic_id") => self.topic_problem.set(Some(text::FIELD_INVALID)),
                Some("guide") => self.guide_problem.set(Some(text::MESSAGE_GUIDE_OLD)),
                Some("text" | "attachment_ids") => words.push(error),
                Some(_) | None => left.push(error),
            }
        }
        if words.is_empty() {
            self.refused();
        } else {
            self.writing.refuse_words(&words);
        }
        left
    }

    /// The act that begins it; `refused` is told of the fields that are its caller's. Afterwards the new conversation is shown.
    pub fn sending(
        self,
        sent: Text,
        refused: impl Fn(&ApiError) + 'static,
    ) -> Write<NewInteraction, Interaction> {
        let api = use_api();
        let announcer = use_announcer();
        let navigate = use_navigate();
        let send = Write::new(move |new: NewInteraction| {
            let (client, intent) = (api.client(), self.writing.intent());
            let within = self.within.get_value();
            async move {
                match (within, new.callback.clone()) {
                    (Some(id), Some(callback)) => {
                        let asked = RequestCallback {
                            option_id: new.option_id,
                            text: new.text,
                            attachment_ids: new.attachment_ids,
                            callback,
                        };
                        client.request_callback(&id, &asked, &intent).await
                    }
                    _ => client.start_interaction(&new, &intent).await,
                }
            }
        });
        send.on_done(move |begun: Interaction| {
            self.writing.renew();
            announcer.show(sent.clone());
            let there = Route::Interaction(begun.id).href();
            // Back leads to where the customer came from, and not to an empty form.
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&there, options);
        });
        send.on_failed(move |error| {
            if came_before(&error) {
                self.writing.mean_anew();
            }
            refused(&error);
        });
        send
    }
}

/// The draft of this customer.
fn draft(within: Option<&InteractionId>) -> Draft {
    let owner = use_session().subject();
    within.map_or_else(|| Draft::message(&owner), |id| Draft::call(&owner, id))
}

/// Files wait for the message that names them: there is no thread yet that they could go to.
fn unsent() -> SendFile {
    let api = use_api();
    Rc::new(move |file, progress, key| {
        let client = api.client();
        Box::pin(client.attach_unsent(file, Some(progress), &key))
    })
}

/// What refusals mean that are no field's.
pub fn told(error: &ApiError) -> Option<Text> {
    let ApiError::InvalidState { reason, .. } = error else {
        return None;
    };
    match reason.as_deref() {
        Some("closed") => Some(text::MESSAGE_NOW_CLOSED),
        Some("already_booked") => Some(text::CALLBACK_ALREADY),
        Some("too_many_planned") => Some(text::CALLBACK_TOO_MANY),
        // Said where the times stand.
        Some("slot_taken") => Some(text::CALLBACK_TAKEN),
        Some(_) | None => None,
    }
}

/// What it is about, of the company's topics. The choice stands in the address too.
pub fn topic_field(beginning: Beginning, here: fn(Begin) -> Route) -> View {
    let navigate = use_navigate();
    let node = NodeRef::<html::Select>::new();
    let chosen = beginning.topic;
    // The options stand before one of them can be the chosen one.
    effect(move || {
        let id = chosen.get();
        if let Some(select) = node.get() {
            select.set_value(id.as_ref().map_or("", TopicId::as_str));
        }
    });
    let change = move |event| {
        let id = event_target_value(&event).parse().ok();
        beginning.topic_problem.set(None);
        chosen.set(id);
        let begin = Begin {
            topic: chosen.get_untracked(),
            option: Some(beginning.option.with_value(|option| option.id.clone())),
            interaction: None,
        };
        let options = NavigateOptions {
            replace: true,
            scroll: false,
        };
        navigate(&here(begin).href(), options);
    };
    let one = |topic: &Topic| {
        let (id, label) = (topic.id.to_string(), topic.label.clone());
        view! { <option value=id>{label}</option> }.alone()
    };
    let all: Vec<View> = beginning
        .topics
        .with_value(|all| all.iter().map(one).collect());
    view! {
        <div class="field">
            <label class="field__label" for=TOPIC>
                {text::CONTACT_TOPIC_TITLE} " " <span class="field__optional">{text::FIELD_OPTIONAL}</span>
            </label>
            <select class="input" id=TOPIC node_ref=node on:change=change>
                <option value="">{text::MESSAGE_TOPIC_NONE}</option>
                {all}
            </select>
        </div>
    }
    .alone()
}

/// That this way is not offered, and where there are others.
fn not_offered() -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Interactions title=t(text::MESSAGE_NOT_OFFERED_TITLE)>
            <p>{text::MESSAGE_NOT_OFFERED}</p>
            <Link to=Route::Contact(None) class="button">
                {text::MESSAGE_ALL_WAYS}
            </Link>
        </Notice>
    }
    .alone()
}

/// What is read before the form can stand.
#[derive(Clone, PartialEq)]
struct Ground {
    ways: ContactOptions,
    /// The conversation of the address.
    about: Option<Interaction>,
}

async fn ground(client: &PortalClient, within: Option<InteractionId>) -> Result<Ground, ApiError> {
    let ways = client.contact_options(None).await?;
    let about = match within {
        Some(id) => match client.interaction(&id).await {
            Ok(about) => Some(about),
            // A link that names nothing of this customer's: then something new begins.
            Err(ApiError::NotFound) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    Ok(Ground { ways, about })
}

/// The screen of one of both: its heading, and its form once the ways are read and one of this kind is on offer.
pub fn screen(title: Text, kind: ContactOptionKind, form: fn(Beginning) -> View) -> View {
    let begin = use_location().search.with_untracked(|it| begin_of(it));
    // Words go into a conversation on its own screen; only a call is asked for here.
    let within = begin
        .interaction
        .filter(|_| kind == ContactOptionKind::Callback);
    let asked = within.clone();
    let ground = use_api().read(move |client| {
        let within = asked.clone();
        async move { ground(&client, within).await }
    });
    let draw = move |Ground { ways, about }: Ground| {
        let takes = |about: &Interaction| about.allowed_actions.contains(&Action::RequestCallback);
        match about {
            Some(about) if !takes(&about) => not_here(about.id),
            about => {
                let told = about.as_ref().map(about_what);
                let within = about.map(|about| about.id);
                let form = match Beginning::resume(&ways, &kind, within) {
                    Some(beginning) => form(beginning),
                    None => not_offered(),
                };
                view! { {told} {form} }.alone()
            }
        }
    };
    view! {
        <div class="page" data-width="reading">
            {back(begin.topic, within)}
            <PageHead title=t(title) />
            <Loaded from=ground failed=text::MESSAGE_FAILED skeleton=bones let:ground>
                {draw(ground.get_untracked())}
            </Loaded>
        </div>
    }
    .alone()
}

/// What the call is about that is asked for in a conversation.
fn about_what(about: &Interaction) -> View {
    let subject = subject_of(&about.subject);
    view! { <p class="lead">{text::callback_about(subject)}</p> }.alone()
}

/// That no call can be asked for in this conversation.
fn not_here(id: InteractionId) -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Calendar title=t(text::CALLBACK_NOT_HERE_TITLE)>
            <p>{text::CALLBACK_NOT_HERE}</p>
            <Link to=Route::Interaction(id) class="button">
                {text::CALLBACK_TO_CONVERSATION}
            </Link>
        </Notice>
    }
    .alone()
}

/// The way back: to the conversation, or to all ways with the topic of the address.
fn back(topic: Option<TopicId>, within: Option<InteractionId>) -> View {
    let (to, word) = match within {
        Some(id) => (Route::Interaction(id), text::CALLBACK_TO_CONVERSATION),
        None => (Route::Contact(topic), text::CONTACT_TITLE),
    };
    view! {
        <Link to=to class="page__back">
            <Icon name=IconName::Back />
            {word}
        </Link>
    }
    .alone()
}

/// Leads the focus to the heading of the words, where what had it is gone.
pub fn to_words() {
    focus::id("words");
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="lead"><span class="bone" data-size="large"></span></p>
            <p><span class="bone" data-size="full"></span></p>
            <p><span class="bone" data-size="full"></span></p>
            <span class="bone" data-size="block"></span>
        </div>
    }
    .alone()
}
