//! A request for feedback: its questions, and what happens when they are answered.

use super::answers::told;
use super::begun::{Begun, came_before};
use super::survey::{Answers, Survey};
use super::thanks::thanks;
use super::{contact_choice, nav, unasked, words};
use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::forms::Write;
use crate::i18n::{Text, date, t, text};
use crate::live::use_live;
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Route, use_navigate};
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use crate::widgets::PageHead;
use portal_client::ApiError;
use portal_contract::feedback::{
    AboutKind, Feedback, FeedbackRequest, FeedbackRequestState, NewFeedback, Question,
};
use portal_contract::{FeedbackId, FeedbackRequestId, InteractionId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Desk {
    request: Read<FeedbackRequest>,
    /// What was answered here.
    given: RwSignal<Option<Feedback>>,
}

/// What stands on the screen.
#[derive(Clone, PartialEq)]
enum Phase {
    Asking,
    /// It was answered here, just now.
    Given(Box<Feedback>),
    /// It was answered before, or in another tab.
    Answered(Option<FeedbackId>),
    Expired,
}

/// The screen.
pub fn page() -> View {
    let id: FeedbackRequestId = expect_context();
    let request = use_api().read(move |client| {
        let id = id.clone();
        client.feedback_request(&id)
    });
    use_live().on_any_of(&["feedback_request"], move || request.refetch());
    let desk = Desk {
        request,
        given: RwSignal::new(None),
    };
    view! {
        <div class="page" data-width="reading">
            {nav()}
            <Loaded from=request failed=text::SURVEY_FAILED is_page=true skeleton=bones let:request>
                {screen(desk, request)}
            </Loaded>
        </div>
    }
    .alone()
}

fn screen(desk: Desk, request: Signal<FeedbackRequest>) -> View {
    let phase = memo(move || match desk.given.get() {
        Some(given) => Phase::Given(Box::new(given)),
        None => request.with(|request| match request.state {
            FeedbackRequestState::Answered => Phase::Answered(request.feedback_id.clone()),
            FeedbackRequestState::Expired => Phase::Expired,
            FeedbackRequestState::Open
            | FeedbackRequestState::Declined
            | FeedbackRequestState::Other(_) => Phase::Asking,
        }),
    });
    let shown = move || match phase.get() {
        Phase::Asking => asking(desk, request.get_untracked()),
        Phase::Given(given) => thanks(&given),
        Phase::Answered(id) => answered(request.get_untracked(), id),
        Phase::Expired => expired(request.get_untracked()),
    };
    (move || untrack_in(phase, shown)).alone()
}

/// Follows the phase alone.
fn untrack_in(phase: Memo<Phase>, shown: impl Fn() -> View) -> View {
    phase.track();
    untrack(shown)
}

fn title(request: &FeedbackRequest) -> String {
    t(if request.about.kind == AboutKind::Interaction {
        text::SURVEY_TITLE
    } else {
        text::SURVEY_TITLE_ANY
    })
}

fn asking(desk: Desk, request: FeedbackRequest) -> View {
    let about = words::about(&request.about).map(t);
    let until = text::survey_until(date(&request.expires_at));
    view! {
        <PageHead title=title(&request) lede=about />
        <div class="stack">
            <p class="soft">{until} " " {words::way_to(&request.about)}</p>
            {form(desk, request)}
        </div>
    }
}

fn form(desk: Desk, request: FeedbackRequest) -> View {
    let id = request.id.clone();
    let (begun, said) = Begun::resume(id.as_str());
    let contact = RwSignal::new(said.as_ref().is_some_and(|said| said.contact_allowed));
    let answers = said
        .and_then(|said| said.answers)
        .unwrap_or_else(Answers::new);
    let survey = Survey::new(request.questions, answers);
    let new = move |answers: Answers| NewFeedback {
        request_id: Some(id.clone()),
        answers: Some(answers),
        kind: None,
        about: None,
        text: None,
        contact_allowed: contact.get(),
    };
    let new = StoredValue::new(new);
    effect(move || {
        let answers = survey.every_answer();
        let is_empty = answers.is_empty() && !contact.get();
        begun.keep(new.with_value(|new| new(answers)), is_empty);
    });
    let give = giving(desk, begun, survey);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(answers) = survey.read() {
            give.send(untrack(|| new.with_value(|new| new(answers))));
        }
    };
    let pending = give.pending();
    let word = move || {
        t(if pending.get() {
            text::REPLY_SENDING
        } else {
            text::SURVEY_SEND
        })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            {survey.summary()}
            {survey.view()}
            {contact_choice(contact)}
            <FailedLine submission=give.submission() except_fields=true />
            <div class="form__actions">
                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
                {not_this_time(desk, begun, request.id, request.state)}
                {begun.told()}
            </div>
        </form>
    }
    .alone()
}

fn giving(desk: Desk, begun: Begun, survey: Survey) -> Write<NewFeedback, Feedback> {
    let give = begun.giving();
    give.on_done(move |given| desk.given.set(Some(given)));
    give.on_failed(move |error| match error {
        ApiError::Validation(errors) => survey.refuse(&errors),
        // It was answered by an earlier press, or its time ran out: how it stands now leads on.
        ApiError::InvalidState { .. } => desk.request.refetch(),
        error if came_before(&error) => desk.request.refetch(),
        _ => {}
    });
    give
}

/// Rather not: it is asked no more, and what was begun is thrown away.
fn not_this_time(
    desk: Desk,
    begun: Begun,
    id: FeedbackRequestId,
    state: FeedbackRequestState,
) -> Option<View> {
    let navigate = use_navigate();
    let announcer = use_announcer();
    let decline = super::asked::declining();
    decline.on_done(move |_| {
        begun.forget();
        announcer.show(text::SURVEY_DECLINED);
        navigate(&Route::Feedback.href(), Default::default());
    });
    decline.on_failed(move |_| desk.request.refetch());
    let press = Callback::new(move |()| decline.send(id.clone()));
    (state != FeedbackRequestState::Declined).then(|| {
        view! {
            <Button tone=Tone::Quiet pending=decline.pending() on_press=press>
                {text::SURVEY_DECLINE}
            </Button>
        }
    })
}

/// It has an answer: the one that stands leads on.
fn answered(request: FeedbackRequest, id: Option<FeedbackId>) -> View {
    let (begun, _) = Begun::resume(request.id.as_str());
    begun.forget();
    let way = id.map_or(Route::Feedback, Route::FeedbackEntry);
    instead(
        &request,
        IconName::Check,
        "good",
        t(text::SURVEY_ANSWERED),
        way,
        text::SURVEY_SEE_ANSWER,
    )
}

fn expired(request: FeedbackRequest) -> View {
    let interaction = request.about.interaction_id.clone();
    let carried = carry(&request, interaction.as_ref());
    let way = Route::NewFeedback(None, interaction);
    let mut words = t(text::survey_expired(date(&request.expires_at)));
    if carried {
        words = [&words, " ", &t(text::SURVEY_CARRIED)].concat();
    }
    instead(
        &request,
        IconName::Clock,
        "info",
        words,
        way,
        text::SURVEY_SAY_ANYWAY,
    )
}

/// Puts what was answered in time and not sent where it can still be said; gives whether something of it is there.
fn carry(request: &FeedbackRequest, interaction: Option<&InteractionId>) -> bool {
    let (begun, said) = Begun::resume(request.id.as_str());
    let answers = said
        .and_then(|said| said.answers)
        .unwrap_or_else(Answers::new);
    let (unasked, kept) = Begun::resume(unasked::draft_of(interaction));
    if answers.is_empty() {
        return kept.is_some();
    }
    let one = |question: &Question| {
        let answer = told(question, answers.get(&question.id)?);
        Some([&question.text, "\n", &answer].concat())
    };
    let lines = request.questions.iter().filter_map(one);
    unasked.keep(unasked::with_words(kept, lines.collect()), false);
    begun.forget();
    true
}

/// What stands in the place of the questions, and the way on.
fn instead(
    request: &FeedbackRequest,
    icon: IconName,
    tone: &'static str,
    words: String,
    way: Route,
    act: Text,
) -> View {
    view! {
        <PageHead title=title(request) lede=words::about(&request.about).map(t) />
        <div class="stack">
            <div class="banner" data-tone=tone data-shape="inline">
                <Icon name=icon />
                <p>{words}</p>
            </div>
            <p>
                <a class="button" href=way.href()>
                    {act}
                </a>
            </p>
        </div>
    }
}

fn bones() -> View {
    let question = || {
        view! {
            <p class="field__label">
                <span class="bone" data-size="large"></span>
            </p>
            <span class="bone" data-size="block"></span>
        }
    };
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="page__head">
                <span class="bone" data-size="large"></span>
            </p>
            <div class="form">{question()} {question()}</div>
        </div>
    }
    .alone()
}
