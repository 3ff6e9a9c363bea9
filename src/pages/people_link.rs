//! What somebody who acts for another asked of that person, by the link of a mail: nobody signs in, opening it changes nothing, and
//! each press is one decision.

use crate::api::{PortalClient, use_api};
use crate::browser::{focus, page as browser_page, task};
use crate::forms::Write;
use crate::i18n::{Text, date, date_time, list, t, text};
use crate::loading::{FailedLine, Loaded};
use crate::routes::segment;
use crate::ui::{Button, IconName};
use crate::widgets::{
    PageHead, ScopeNames, delegated_kinds, delegated_word, fact, item_bones, notice_page,
    scope_words,
};
use portal_client::ApiError;
use portal_contract::delegation::{
    DelegationAction, DelegationDecision, DelegationLink, DelegationState, DelegationToken,
};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};
use std::cell::RefCell;

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Takes the token out of the address, before anything else is done there. Another one takes its place.
pub fn take_token() -> bool {
    let token = browser_page::take_from_fragment(segment::TOKEN);
    let found = token.is_some();
    if found {
        TOKEN.set(token);
    }
    found
}

fn token() -> Option<String> {
    TOKEN.with_borrow(Clone::clone)
}

/// What the link leads to.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    It(Box<DelegationLink>),
    /// It was used, or its time is over.
    Ended,
    /// There is none of that token.
    Unknown,
    /// The page was loaded anew, or opened without a link.
    Nothing,
}

/// What was decided, and how it stands since.
type Decided = (DelegationAction, DelegationLink);

/// The screen.
pub fn page() -> View {
    take_token();
    let followed = RwSignal::new(());
    let decided = RwSignal::new(None::<Decided>);
    browser_page::on_fragment(move || {
        if take_token() {
            decided.set(None);
            followed.set(());
        }
    });
    let found = use_api().read(move |client| {
        followed.track();
        async move { find(&client).await }
    });
    let shown = move |found: Signal<Found>| {
        move || match (decided.get(), found.get()) {
            (Some((act, link)), _) => untrack(|| done(&act, &link)),
            (None, Found::It(link)) => untrack(|| asked(&link, decided)),
            (None, Found::Ended) => notice(text::PEOPLE_LINK_ENDED_TITLE, text::PEOPLE_LINK_ENDED),
            (None, Found::Unknown) => notice(text::TRACK_UNKNOWN_TITLE, text::TRACK_UNKNOWN),
            (None, Found::Nothing) => notice(text::TRACK_NONE_TITLE, text::TRACK_NONE),
        }
    };
    view! {
        <Loaded from=found failed=text::PEOPLE_LINK_FAILED is_page=true skeleton=bones let:found>
            {shown(found)}
        </Loaded>
    }
    .alone()
}

async fn find(client: &PortalClient) -> Result<Found, ApiError> {
    let Some(token) = token() else {
        return Ok(Found::Nothing);
    };
    match client.delegation_link(&DelegationToken { token }).await {
        Ok(link) => Ok(Found::It(Box::new(link))),
        Err(ApiError::LinkExpired) => Ok(Found::Ended),
        Err(ApiError::NotFound | ApiError::Validation(_)) => Ok(Found::Unknown),
        Err(error) => Err(error),
    }
}

/// What is asked, and what can be decided.
fn asked(link: &DelegationLink, decided: RwSignal<Option<Decided>>) -> View {
    let (title, words) = question(link);
    let runs = link.request.as_ref().and_then(|it| it.runs_at.as_ref());
    let runs = runs
        .filter(|_| {
            link.allowed_actions
                .contains(&DelegationAction::ConfirmErasure)
        })
        .map(|at| view! { <p>{text::people_link_erasure_runs(date_time(at))}</p> });
    let is_spent = link.allowed_actions.is_empty();
    let spent = is_spent.then(|| view! { <p>{text::PEOPLE_LINK_SPENT}</p> });
    let until = (!is_spent).then(|| {
        view! { <p class="soft">{text::people_link_until(date_time(&link.expires_at))}</p> }
    });
    view! {
        <PageHead title=t(title) />
        <div class="stack">
            <p>{words}</p>
            {runs}
            {facts(link)}
            {spent}
            {acts(link, decided)}
            {until}
        </div>
    }
}

/// What it is about: a deletion, what holds, what is asked for, or what is over.
fn question(link: &DelegationLink) -> (Text, Text) {
    let name = link.name.clone();
    let allows = |action| link.allowed_actions.contains(&action);
    if allows(DelegationAction::ConfirmErasure) {
        (
            text::PEOPLE_LINK_ERASURE_TITLE,
            text::people_link_erasure(name),
        )
    } else if allows(DelegationAction::CancelErasure) {
        (
            text::PEOPLE_LINK_ERASURE_TITLE,
            text::people_link_erasure_set(name),
        )
    } else if allows(DelegationAction::Accept) || allows(DelegationAction::Refuse) {
        (
            text::people_link_ask_title(name),
            text::people_link_ask(date(&link.ends_at)),
        )
    } else if link.state == DelegationState::Active {
        (
            text::people_link_active_title(name),
            text::people_link_active(date(&link.ends_at)),
        )
    } else {
        (text::people_link_over_title(name), text::PEOPLE_LINK_OVER)
    }
}

fn facts(link: &DelegationLink) -> View {
    let data = if link.categories.is_empty() {
        t(text::PEOPLE_FACT_DATA_ALL)
    } else {
        let labels = link.categories.iter().map(|it| it.label.clone());
        list(&labels.collect::<Vec<_>>())
    };
    let why = link.text.clone().map(|words| {
        fact(
            text::PEOPLE_FACT_WHY,
            view! { <p dir="auto"><bdi>{words}</bdi></p> }.alone(),
        )
    });
    let request = link.request.as_ref().map(|request| {
        let names = ScopeNames {
            categories: link
                .categories
                .iter()
                .map(|it| (it.id.clone(), it.label.clone()))
                .collect(),
            ..ScopeNames::default()
        };
        let words = [
            &*t(delegated_word(&request.kind)),
            ": ",
            &*scope_words(&request.scope, &names),
        ]
        .concat();
        view! {
            {fact(text::DATA_REQUEST_SCOPE, view! { <bdi>{words}</bdi> }.alone())}
            {fact(text::DATA_REQUEST_FACTS, request.reference.clone().alone())}
        }
    });
    view! {
        <dl class="facts">
            {fact(text::PEOPLE_FACT_ADDRESS, view! { <bdi>{link.address.clone()}</bdi> }.alone())}
            {request}
            {fact(text::PEOPLE_FACT_KINDS, delegated_kinds(&link.kinds))}
            {fact(text::PEOPLE_FACT_DATA, data.alone())}
            {fact(text::PEOPLE_FACT_UNTIL, date(&link.ends_at).alone())}
            {why}
        </dl>
    }
    .alone()
}

/// A button for each decision, all alike: none is pushed.
fn acts(link: &DelegationLink, decided: RwSignal<Option<Decided>>) -> View {
    let api = use_api();
    let write = Write::new(move |decision: DelegationAction| {
        let client = api.client();
        async move {
            let token = token().ok_or(ApiError::LinkExpired)?;
            let body = DelegationDecision {
                token,
                decision: decision.clone(),
            };
            let now = client.decide_by_link(&body).await?;
            Ok((decision, now))
        }
    });
    write.on_done(move |answer: Decided| {
        decided.set(Some(answer));
        task::run(async {
            task::pause(0).await;
            focus::id("done");
        });
    });
    let button = |action: &DelegationAction| {
        let words = match action {
            DelegationAction::Accept => text::PEOPLE_ACCEPT,
            DelegationAction::Refuse => text::PEOPLE_REFUSE,
            DelegationAction::Revoke => text::PEOPLE_REVOKE,
            DelegationAction::ConfirmErasure => text::PEOPLE_LINK_CONFIRM_ACT,
            DelegationAction::CancelErasure => text::PEOPLE_LINK_CANCEL_ACT,
            DelegationAction::GiveUp
            | DelegationAction::MakeRequest
            | DelegationAction::Other(_) => return None,
        };
        let action = action.clone();
        let press = Callback::new(move |()| write.send(action.clone()));
        Some(view! {
            <Button pending=write.pending() on_press=press>
                {words}
            </Button>
            " "
        })
    };
    let buttons: Vec<View> = link.allowed_actions.iter().filter_map(button).collect();
    view! {
        <div class="cluster">{buttons}</div>
        <FailedLine submission=write.submission() except_fields=false />
    }
}

/// What was decided.
fn done(act: &DelegationAction, link: &DelegationLink) -> View {
    let name = link.name.clone();
    let words = match act {
        DelegationAction::Accept => text::people_link_accepted(name),
        DelegationAction::Refuse => text::people_link_refused(name),
        DelegationAction::Revoke => text::people_link_revoked(name),
        DelegationAction::ConfirmErasure => text::PEOPLE_LINK_CONFIRMED,
        DelegationAction::CancelErasure => text::PEOPLE_LINK_CANCELLED,
        DelegationAction::GiveUp | DelegationAction::MakeRequest | DelegationAction::Other(_) => {
            text::PEOPLE_LINK_SPENT
        }
    };
    view! {
        <PageHead title=t(text::PEOPLE_LINK_DONE_TITLE) keeps_focus=true />
        <p class="lead" id="done" tabindex="-1">
            {words}
        </p>
    }
}

/// Why there is nothing to show, and what to do.
fn notice(title: Text, words: Text) -> View {
    notice_page(IconName::Search, title, view! { <p>{words}</p> }.alone())
}

fn bones() -> View {
    item_bones(1)
}
