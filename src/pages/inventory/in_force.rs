//! What the customer has stopped, as long as it is in force: about what, since when, what that means, and ending it.

use crate::announce::use_announcer;
use crate::api::{PortalClient, Read, use_api};
use crate::browser::{focus, task};
use crate::forms::Write;
use crate::i18n::{Text, date, t, text};
use crate::live::use_live;
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Link, Route};
use crate::ui::{Button, Icon, IconName};
use crate::widgets::{ScopeNames, request_standing, request_word, scope_subjects, scope_words};
use portal_client::ApiError;
use portal_contract::DataRequestId;
use portal_contract::data_request::{DataRequest, DataRequestAction, DataRequestKind, ScopeKind};
use portal_contract::interaction::Standing;
use portal_contract::inventory::{InventoryCategory, RightInForce};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// Where the focus goes when the last of it was ended.
pub const HELD: &str = "held";

/// What is in force, and ending it.
#[derive(Clone, Copy)]
pub struct InForce {
    read: Read<Vec<DataRequest>>,
    names: Memo<ScopeNames>,
    lift: Write<DataRequestId, DataRequest>,
}

/// Asks for it. The categories are called as they are in what is held.
pub fn in_force(held: Read<Vec<InventoryCategory>>) -> InForce {
    let api = use_api();
    let read = api.read(every_one);
    use_live().on_any_of(&["data_request"], move || read.refetch());
    let these = move || read.get().and_then(Result::ok).into_iter().flatten();
    let subjects = scope_subjects(move || these().collect());
    let names = memo(move || {
        let held = held.get().and_then(Result::ok).into_iter().flatten();
        ScopeNames {
            categories: held.map(|it| (it.id, it.label)).collect(),
            subjects: subjects.get(),
            ..ScopeNames::default()
        }
    });
    // One press, one key: the client repeats with it until there is an answer.
    let lift = Write::new(move |id: DataRequestId| {
        let client = api.client();
        async move {
            let key = client.new_key();
            client.lift_data_request(&id, &key).await
        }
    });
    let announcer = use_announcer();
    let was_ended = StoredValue::new(false);
    lift.on_done(move |_| {
        announcer.show(text::DATA_REQUEST_LIFTED);
        was_ended.set_value(true);
        read.refetch();
    });
    // It stands otherwise than was known here: show how.
    lift.on_failed(move |error| {
        if matches!(error, ApiError::NotFound | ApiError::InvalidState { .. }) {
            read.refetch();
        }
    });
    // What was ended is taken away, and the button that ended it with it.
    effect(move || {
        drop(read.get());
        if was_ended.get_value() {
            was_ended.set_value(false);
            task::run(async {
                task::pause(0).await;
                if focus::is_lost() {
                    focus::id(HELD);
                }
            });
        }
    });
    InForce { read, names, lift }
}

/// Those that are in force. Who has no requests here has stopped nothing.
async fn every_one(client: PortalClient) -> Result<Vec<DataRequest>, ApiError> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = match client.data_requests(cursor.as_ref()).await {
            Err(ApiError::NotFound) if cursor.is_none() => return Ok(all),
            answer => answer?,
        };
        all.extend(page.items.into_iter().filter(is_in_force));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

fn is_in_force(request: &DataRequest) -> bool {
    let outcome = request.outcome.as_ref();
    outcome.and_then(|outcome| outcome.in_force) == Some(true)
}

/// Whether it holds for what lies in categories, and not for a sort of use across all of them.
fn is_of_categories(kind: &DataRequestKind) -> bool {
    matches!(
        kind,
        DataRequestKind::Restriction | DataRequestKind::Objection
    )
}

impl InForce {
    /// What is in force: all of it, or these.
    pub fn banners(self, of: Option<Vec<DataRequestId>>) -> View {
        view! {
            <Loaded from=self.read failed=text::INVENTORY_FORCE_FAILED skeleton=View::new let:all>
                {
                    let of = of.clone();
                    move || all.with(|all| self.list(all, of.as_deref()))
                }
            </Loaded>
        }
        .alone()
    }

    fn list(self, all: &[DataRequest], of: Option<&[DataRequestId]>) -> View {
        let is_meant = |it: &&DataRequest| of.is_none_or(|these| these.contains(&it.id));
        let banners: Vec<View> = all
            .iter()
            .filter(is_meant)
            .map(|it| self.banner(it))
            .collect();
        if banners.is_empty() {
            return View::new();
        }
        view! {
            <section class="stack in-force" aria-labelledby="in-force">
                <h2 id="in-force" class="visually-hidden">{text::INVENTORY_FORCE_TITLE}</h2>
                {banners}
                <FailedLine submission=self.lift.submission() except_fields=false />
            </section>
        }
        .alone()
    }

    fn banner(self, request: &DataRequest) -> View {
        let (name, means) = words(&request.kind);
        let scope = request.scope.clone();
        let names = self.names;
        let about = is_of_categories(&request.kind).then(|| {
            let scope = move || names.with(|names| scope_words(&scope, names));
            view! { ": " <bdi>{scope}</bdi> }
        });
        let since = request.in_force_since.as_ref();
        let since = date(since.unwrap_or(&request.submitted_at));
        let since = t(text::inventory_force_since(since));
        let waits = request_standing(&request.state) != Standing::Done;
        let looked_at = waits.then(|| view! { " " {text::INVENTORY_FORCE_LOOKED_AT} });
        let word = t(request_word(&request.kind));
        let lift = request.allowed_actions.contains(&DataRequestAction::Lift).then(|| {
            let (id, word) = (request.id.clone(), word.clone());
            let lift = self.lift;
            view! {
                <Button pending=lift.pending() on_press=Callback::new(move |()| lift.send(id.clone()))>
                    {text::DATA_REQUEST_LIFT}
                    <span class="visually-hidden">": " {word}</span>
                </Button>
            }
        });
        view! {
            <div class="banner" data-tone="info" data-shape="inline">
                <Icon name=icon(&request.kind) />
                <p>
                    <strong>{name} {about}</strong>
                    " · "
                    {since}
                    ". "
                    {means.map(t)}
                    {looked_at}
                    " "
                    <Link to=Route::DataRequest(request.id.clone())>
                        {text::INVENTORY_SEE_REQUEST}
                        <span class="visually-hidden">": " {word}</span>
                    </Link>
                </p>
                {lift}
            </div>
        }
        .alone()
    }
}

/// That something is in force for a category or a record, beside its name.
pub fn flags(rights: &[RightInForce]) -> View {
    let flags: Vec<View> = rights.iter().map(flag).collect();
    if flags.is_empty() {
        return View::new();
    }
    view! { <div class="cluster">{flags}</div> }.alone()
}

fn flag(right: &RightInForce) -> View {
    let (name, _) = words(&right.kind);
    let since = t(text::inventory_force_since(date(&right.since)));
    let is_part = matches!(right.scope, ScopeKind::Interactions | ScopeKind::Field);
    let part = is_part.then(|| [" · ", &*t(text::INVENTORY_FORCE_PART)].concat());
    view! {
        <span class="status" data-status="us">
            <Icon name=icon(&right.kind) />
            <span>{name} {part} " · " {since}</span>
        </span>
        " "
    }
    .alone()
}

/// What is in force, and what that means.
fn words(kind: &DataRequestKind) -> (Text, Option<Text>) {
    match kind {
        DataRequestKind::Restriction => (
            text::INVENTORY_FORCE_RESTRICTION,
            Some(text::INVENTORY_FORCE_MEANS_RESTRICTION),
        ),
        DataRequestKind::Objection => (
            text::INVENTORY_FORCE_OBJECTION,
            Some(text::INVENTORY_FORCE_MEANS_OBJECTION),
        ),
        DataRequestKind::OptOutSaleSharing => (
            text::INVENTORY_FORCE_OPT_OUT,
            Some(text::INVENTORY_FORCE_MEANS_OPT_OUT),
        ),
        DataRequestKind::LimitSensitive => (
            text::INVENTORY_FORCE_SENSITIVE,
            Some(text::INVENTORY_FORCE_MEANS_SENSITIVE),
        ),
        DataRequestKind::AutomatedDecisionReview => (
            text::INVENTORY_FORCE_REVIEW,
            Some(text::INVENTORY_FORCE_MEANS_REVIEW),
        ),
        DataRequestKind::Access
        | DataRequestKind::Portability
        | DataRequestKind::Erasure
        | DataRequestKind::Rectification
        | DataRequestKind::Other(_) => (request_word(kind), None),
    }
}

fn icon(kind: &DataRequestKind) -> IconName {
    match kind {
        DataRequestKind::Restriction => IconName::Pause,
        DataRequestKind::OptOutSaleSharing => IconName::Shield,
        DataRequestKind::LimitSensitive => IconName::Lock,
        _ => IconName::Close,
    }
}
