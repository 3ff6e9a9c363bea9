//! One of them: how it stands, what it covers, what can be done about it, and what was done under it.

use super::{RESOURCE, bones, steps, words};
use crate::announce::use_announcer;
use crate::api::{PortalClient, Read, use_api};
use crate::browser::{focus, task};
use crate::forms::Write;
use crate::i18n::{Text, date, date_time, t, text};
use crate::live::use_live;
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Asked, Link, Route};
use crate::ui::{Button, Dialog, Icon, IconName, Tone};
use crate::widgets::{PageHead, StepUp, StepUpDialog, data_nav, delegated_kinds, fact};
use portal_client::ApiError;
use portal_contract::delegation::{Delegation, DelegationAction, DelegationSide, DelegationState};
use portal_contract::{DelegationId, IdempotencyKey};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};
use std::future::Future;
use std::pin::Pin;

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Desk {
    read: Read<Delegation>,
    one: Signal<Delegation>,
    step_up: StepUp,
    /// What is asked once more before it is done.
    asking: RwSignal<Option<Act>>,
}

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Accept,
    Refuse,
    Revoke,
    GiveUp,
}

type Answer = Pin<Box<dyn Future<Output = Result<Delegation, ApiError>>>>;

impl Act {
    const ALL: [Self; 4] = [Self::Accept, Self::Refuse, Self::Revoke, Self::GiveUp];

    fn action(self) -> DelegationAction {
        match self {
            Self::Accept => DelegationAction::Accept,
            Self::Refuse => DelegationAction::Refuse,
            Self::Revoke => DelegationAction::Revoke,
            Self::GiveUp => DelegationAction::GiveUp,
        }
    }

    /// On its button.
    fn word(self) -> Text {
        match self {
            Self::Accept => text::PEOPLE_ACCEPT,
            Self::Refuse => text::PEOPLE_REFUSE,
            Self::Revoke => text::PEOPLE_REVOKE,
            Self::GiveUp => text::PEOPLE_GIVE_UP,
        }
    }

    /// The question, and what will happen.
    fn question(self, one: &Delegation) -> (Text, Text) {
        let name = words::name(one);
        match self {
            Self::Accept => (
                text::people_accept_title(name),
                text::people_accept_body(date(&one.ends_at)),
            ),
            Self::Refuse => (text::PEOPLE_REFUSE_TITLE, text::PEOPLE_REFUSE_BODY),
            Self::Revoke => (text::PEOPLE_REVOKE_TITLE, text::people_revoke_body(name)),
            Self::GiveUp => (text::PEOPLE_GIVE_UP_TITLE, text::people_give_up_body(name)),
        }
    }

    fn done(self) -> Text {
        match self {
            Self::Accept => text::PEOPLE_DONE_ACCEPT,
            Self::Refuse => text::PEOPLE_DONE_REFUSE,
            Self::Revoke => text::PEOPLE_DONE_REVOKE,
            Self::GiveUp => text::PEOPLE_DONE_GIVE_UP,
        }
    }

    fn send(self, client: PortalClient, id: DelegationId, key: IdempotencyKey) -> Answer {
        Box::pin(async move {
            match self {
                Self::Accept => client.accept_delegation(&id, &key).await,
                Self::Refuse => client.refuse_delegation(&id, &key).await,
                Self::Revoke => client.revoke_delegation(&id, &key).await,
                Self::GiveUp => client.give_up_delegation(&id, &key).await,
            }
        })
    }
}

/// The screen.
pub fn page() -> View {
    let id: DelegationId = expect_context();
    let asked = id.clone();
    let read = use_api().read(move |client| {
        let id = asked.clone();
        client.delegation(&id)
    });
    use_live().on_any_of(&[RESOURCE], move || read.refetch());
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            <Link to=Route::People class="page__back">
                <Icon name=IconName::Back />
                {text::PEOPLE_TITLE}
            </Link>
            <Loaded from=read failed=text::PEOPLE_ONE_FAILED is_page=true skeleton=bones let:one>
                {screen(Desk { read, one, step_up: StepUp::new(), asking: RwSignal::new(None) })}
            </Loaded>
        </div>
    }
    .alone()
}

fn screen(desk: Desk) -> View {
    let one = desk.one;
    let first = one.get_untracked();
    let chip = move || one.with(words::chip);
    let next = move || one.with(|one| t(words::next(one)));
    view! {
        <PageHead title=words::name(&first)>
            {chip}
        </PageHead>
        <div class="stack">
            <p class="lead" id="next" tabindex="-1">
                {next}
            </p>
            {acts(desk)}
        </div>
        <section class="section" aria-labelledby="facts">
            <div class="section__head">
                <h2 id="facts">{text::PEOPLE_FACTS}</h2>
            </div>
            {move || one.with(facts)}
        </section>
        {steps::section(one)}
        {dialog(desk)}
        <StepUpDialog of=desk.step_up why=text::DATA_REQUEST_PROOF_WHY />
    }
}

/// The buttons; the server decides which.
fn acts(desk: Desk) -> View {
    let allowed = memo(move || desk.one.with(|one| one.allowed_actions.clone()));
    let buttons = move || {
        let allowed = allowed.get();
        let button = |act: Act| {
            let press = Callback::new(move |()| desk.asking.set(Some(act)));
            allowed
                .contains(&act.action())
                .then(|| view! { <Button on_press=press>{act.word()}</Button> " " })
        };
        let buttons: Vec<View> = Act::ALL.into_iter().filter_map(button).collect();
        view! {
            {ways(&desk.one.get_untracked())}
            {buttons}
        }
    };
    view! { <div class="cluster">{buttons}</div> }.alone()
}

/// The ways to the requests in the other one's name.
fn ways(one: &Delegation) -> View {
    let may_ask = one.allowed_actions.contains(&DelegationAction::MakeRequest);
    let asked = Asked {
        on_behalf: Some(one.id.clone()),
        ..Asked::default()
    };
    let make = may_ask.then(|| {
        view! {
            <a class="button" data-tone="primary" href=Route::NewDataRequest(asked).href()>
                {text::PEOPLE_MAKE}
            </a>
            " "
        }
    });
    let is_seen = one.side == DelegationSide::Delegate && one.state == DelegationState::Active;
    let see = is_seen.then(|| {
        view! {
            <Link to=Route::RequestsFor(one.id.clone()) class="button">
                {text::PEOPLE_SEE_REQUESTS}
            </Link>
            " "
        }
    });
    view! {
        {make}
        {see}
    }
}

fn facts(one: &Delegation) -> View {
    let moment = |term: Text, at: &portal_contract::Timestamp| {
        let words = date_time(at);
        fact(
            term,
            view! { <time datetime=at.to_string()>{words}</time> }.alone(),
        )
    };
    let said = |term: Text, words: &Option<String>| {
        let words = words.clone()?;
        Some(fact(
            term,
            view! { <p dir="auto"><bdi>{words}</bdi></p> }.alone(),
        ))
    };
    let began = one.began_at.as_ref();
    view! {
        <dl class="facts">
            {fact(text::PEOPLE_FACT_ADDRESS, view! { <bdi>{one.address.clone()}</bdi> }.alone())}
            {fact(text::PEOPLE_FACT_ROLE, t(words::role(&one.role)).alone())}
            {fact(text::PEOPLE_FACT_KINDS, delegated_kinds(&one.kinds))}
            {fact(text::PEOPLE_FACT_DATA, words::categories(&one.categories).alone())}
            {moment(text::PEOPLE_FACT_ASKED, &one.requested_at)}
            {began.map(|at| moment(text::PEOPLE_FACT_BEGAN, at))}
            {moment(text::PEOPLE_FACT_UNTIL, &one.ends_at)}
            {said(text::PEOPLE_FACT_WHY, &one.text)}
            {said(text::PEOPLE_FACT_NOTE, &one.note)}
        </dl>
    }
    .alone()
}

/// The question before an act, while it is asked.
fn dialog(desk: Desk) -> View {
    let shown = move || {
        desk.asking.get().map(|act| {
            let close = Callback::new(move |()| desk.asking.set(None));
            let (title, body) = desk.one.with_untracked(|one| act.question(one));
            view! {
                <Dialog id="sure" open=true title=t(title) close_label=t(text::CLOSE) on_close=close>
                    {question(desk, act, body.clone(), close)}
                </Dialog>
            }
        })
    };
    shown.alone()
}

fn question(desk: Desk, act: Act, body: Text, close: Callback<()>) -> View {
    let api = use_api();
    let announcer = use_announcer();
    // Pressed again after a lost answer it is the same.
    let key = StoredValue::new(api.client().new_key());
    let write = Write::new(move |()| {
        let (client, key) = (api.client(), key.get_value());
        let id = desk.one.with_untracked(|one| one.id.clone());
        desk.step_up
            .through(move || act.send(client.clone(), id.clone(), key.clone()))
    });
    write.on_done(move |_| {
        announcer.show(act.done());
        desk.read.refetch();
        close.run(());
        // The button that opened the dialog goes.
        task::run(async {
            task::pause(0).await;
            focus::id("next");
        });
    });
    // It stands otherwise than it was drawn.
    write.on_failed(move |error| {
        if matches!(error, ApiError::InvalidState { .. }) {
            desk.read.refetch();
        }
    });
    view! {
        <div class="dialog__body">
            <p>{body}</p>
            <FailedLine submission=write.submission() except_fields=false />
        </div>
        <div class="dialog__actions">
            <Button tone=Tone::Quiet on_press=close>
                {text::PEOPLE_LEAVE}
            </Button>
            <Button tone=Tone::Primary pending=write.pending() on_press=Callback::new(move |()| write.send(()))>
                {act.word()}
            </Button>
        </div>
    }
}
