//! One request: how it stands, what happens next, what can be done, and everything that happened to it.

mod acts;
mod cancelling;
mod events;
mod facts;
mod files;
mod messages;
mod tracking;

pub use messages::section as messages;

use super::whose::{filed, use_whose};
use super::{RESOURCE, bones, clock, outcome, words};
use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::i18n::{Text, t, text};
use crate::live::use_live;
use crate::loading::{Loaded, Pages};
use crate::routes::Link;
use crate::ui::{Icon, IconName};
use crate::widgets::{
    PageHead, ScopeNames, StepUp, StepUpDialog, request_state_word, scope_subjects,
};
use portal_contract::DataRequestId;
use portal_contract::data_request::{DataRequest, DataRequestAction, ScopeKind};
use portal_contract::data_request_event::DataRequestEvent;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Desk {
    read: Read<DataRequest>,
    request: Signal<DataRequest>,
    step_up: StepUp,
}

impl Desk {
    fn id(self) -> DataRequestId {
        self.request.with_untracked(|request| request.id.clone())
    }

    /// Whether the server allows it now.
    fn allows(self, action: DataRequestAction) -> Memo<bool> {
        memo(move || self.request.with(|it| it.allowed_actions.contains(&action)))
    }
}

/// What draws what was said about the request: a part of the program of its own, which comes after what is to be known first.
#[derive(Clone, Copy)]
pub struct Talking(pub fn() -> View);

/// The screen.
pub fn page() -> View {
    let id: DataRequestId = expect_context();
    let read = use_api().read(move |client| {
        let id = id.clone();
        client.data_request(&id)
    });
    use_live().on_any_of(&[RESOURCE], move || read.refetch());
    view! {
        <Link to=use_whose().requests() class="page__back">
            <Icon name=IconName::Back />
            {text::DATA_REQUEST_TITLE}
        </Link>
        <Loaded from=read failed=text::DATA_REQUEST_ONE_FAILED is_page=true skeleton=bones let:request>
            {screen(Desk { read, request, step_up: StepUp::new() })}
        </Loaded>
    }
}

fn screen(desk: Desk) -> View {
    let request = desk.request;
    tell_news(request);
    let first = request.get_untracked();
    let state = memo(move || request.with(|it| it.state.clone()));
    let whose = use_whose();
    let title = t(whose.word(&first.kind));
    let filed = filed(&first, &whose).map(|words| view! { <p>{words}</p> });
    let chip = {
        let whose = whose.clone();
        move || whose.chip(&state.get())
    };
    let next = move || request.with(|it| t(words::next(it, &whose)));
    let names = names(&first);
    let asked = first.clone();
    let facts = move || facts::section_of(&asked, &names.get());
    let events = steps(desk);
    let happened = events.items();
    provide_context(desk);
    let Talking(talk) = expect_context();
    let clock = move || request.with(|it| happened.with(|steps| clock::view(it, steps)));
    view! {
        <PageHead
            title=title
            lede=t(text::data_request_reference(first.reference.clone()))
        >
            {chip}
        </PageHead>
        <div class="stack">
            <p class="lead" id="next" tabindex="-1">
                {next}
            </p>
            {filed}
            {acts::view(desk)}
        </div>
        {files::section_of(desk)}
        {move || request.with(outcome::section)}
        {section("clock", text::DATA_REQUEST_CLOCK, clock.alone())}
        {facts}
        {tracking::section_of(request)}
        {talk()}
        {events::section_of(events)}
        <StepUpDialog of=desk.step_up why=text::DATA_REQUEST_PROOF_WHY />
    }
}

/// What that which it is about is called; the server says it in the customer's language.
fn names(request: &DataRequest) -> Memo<ScopeNames> {
    let is_offered = matches!(request.scope.kind, ScopeKind::Categories | ScopeKind::Field);
    let options = use_api().read(move |client| async move {
        if is_offered {
            client.data_request_options().await.map(Some)
        } else {
            Ok(None)
        }
    });
    let request = request.clone();
    let subjects = scope_subjects(move || vec![request.clone()]);
    memo(move || {
        let offered = options.get().and_then(Result::ok).flatten();
        ScopeNames {
            subjects: subjects.get(),
            ..offered.map_or_else(ScopeNames::default, ScopeNames::offered)
        }
    })
}

/// What happened to it, which the clock reads too.
fn steps(desk: Desk) -> Pages<DataRequestEvent> {
    let id = desk.id();
    let pages = Pages::new(
        use_api(),
        |event: &DataRequestEvent| event.id.as_str(),
        move |client, cursor| {
            let id = id.clone();
            client.data_request_events(&id, cursor.as_ref())
        },
    );
    pages.begin();
    use_live().on_any_of(&[RESOURCE], move || pages.begin());
    pages
}

/// Says once that it stands otherwise, while it is looked at.
fn tell_news(request: Signal<DataRequest>) {
    let announcer = use_announcer();
    let state = memo(move || request.with(|it| it.state.clone()));
    let before = StoredValue::new(state.get_untracked());
    effect(move || {
        let now = state.get();
        let is_new = before.with_value(|before| *before != now);
        before.set_value(now.clone());
        if is_new {
            announcer.say(text::data_request_changed(t(request_state_word(&now))));
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
