//! In whose name a screen of data requests stands: the customer's own, or that of somebody for whom they act. The two never mix:
//! another name in the address is another drawing, with a client that asks in that name alone.

use super::bones;
use crate::announce::use_announcer;
use crate::api::{provide_api, use_api};
use crate::i18n::{Text, t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::{Asked, Link, Route, on_behalf_of, use_location};
use crate::ui::{Icon, IconName, Notice, NoticeKind};
use crate::widgets::{data_nav, delegated_word, request_chip, request_word};
use portal_contract::data_request::{DataRequest, DataRequestKind, DataRequestState};
use portal_contract::delegation::{Delegation, DelegationSide, DelegationState};
use portal_contract::{DataRequestId, DelegationId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// The door to acting for another, which few go through.
#[derive(Clone, Copy)]
pub struct Acting(pub fn() -> View);

/// Whose name the address says, and the screen that is drawn in it.
#[derive(Clone)]
struct Other {
    id: DelegationId,
    draw: fn() -> View,
}

/// For whom the customer acts on this screen; nobody, where it is their own.
#[derive(Clone)]
pub struct Whose(Option<Delegation>);

/// In whose name this screen stands.
pub fn use_whose() -> Whose {
    use_context().unwrap_or(Whose(None))
}

impl Whose {
    /// Whether it is another's.
    pub fn is_another(&self) -> bool {
        self.0.is_some()
    }

    /// What the other one is called.
    pub fn name(&self) -> Option<String> {
        let other = self.0.as_ref()?;
        Some(other.name.clone().unwrap_or_else(|| other.address.clone()))
    }

    fn id(&self) -> Option<DelegationId> {
        self.0.as_ref().map(|other| other.id.clone())
    }

    /// The list of requests in this name.
    pub fn requests(&self) -> Route {
        self.id().map_or(Route::DataRequests, Route::RequestsFor)
    }

    /// One of them.
    pub fn request(&self, request: DataRequestId) -> Route {
        match self.id() {
            Some(id) => Route::RequestFor(id, request),
            None => Route::DataRequest(request),
        }
    }

    /// Using a right in this name.
    pub fn asking(&self, kind: DataRequestKind) -> Route {
        Route::NewDataRequest(Asked {
            on_behalf: self.id(),
            ..Asked::kind(kind)
        })
    }

    /// The name of a draft about this: one in another's name is another draft.
    pub fn draft(&self, about: &str) -> String {
        match self.id() {
            Some(id) => [about, ".", id.as_str()].concat(),
            None => about.to_owned(),
        }
    }

    /// What a right is called, as it concerns the customer or another.
    pub fn word(&self, kind: &DataRequestKind) -> Text {
        if self.is_another() {
            delegated_word(kind)
        } else {
            request_word(kind)
        }
    }

    /// Whether it waits for a confirmation that only the other one can give.
    pub fn awaits_the_other(&self, state: &DataRequestState) -> bool {
        self.is_another() && *state == DataRequestState::AwaitingConfirmation
    }

    /// How a request stands.
    pub fn chip(&self, state: &DataRequestState) -> View {
        if !self.awaits_the_other(state) {
            return request_chip(state);
        }
        view! {
            <span class="status" data-status="us">
                <Icon name=IconName::Clock />
                {text::PEOPLE_STATE_CONFIRM}
            </span>
        }
        .alone()
    }
}

/// Who asked for it, where that was not the customer; nothing on a screen of whoever asked.
pub fn filed(request: &DataRequest, whose: &Whose) -> Option<Text> {
    let filed = request.filed_by.as_ref().filter(|_| !whose.is_another())?;
    Some(match &filed.name {
        Some(name) => text::people_filed(name.clone()),
        None => text::PEOPLE_FILED_FORGOTTEN,
    })
}

/// A screen, drawn in the name that the address says.
pub fn screen(draw: fn() -> View) -> View {
    let search = use_location().search;
    let other = memo(move || search.with(|search| on_behalf_of(search)));
    let Acting(acting) = expect_context();
    let content = move || match other.get() {
        None => untrack(draw),
        Some(id) => untrack(|| {
            provide_context(Other { id, draw });
            acting()
        }),
    };
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            {content}
        </div>
    }
    .alone()
}

/// The screen in another's name.
pub fn in_the_name_of() -> View {
    let Other { id, draw } = expect_context();
    let api = use_api();
    let client = api.client().on_behalf(&id);
    let read = api.read(move |client| {
        let id = id.clone();
        client.delegation(&id)
    });
    use_live().on_any_of(&["delegation"], move || read.refetch());
    provide_api(client);
    view! {
        <Loaded from=read failed=text::PEOPLE_ONE_FAILED is_page=true skeleton=bones let:other>
            {acting(other, draw)}
        </Loaded>
    }
    .alone()
}

/// The screen while it is allowed; what it says when it is not any more, at that moment.
fn acting(other: Signal<Delegation>, draw: fn() -> View) -> View {
    let holds = memo(move || {
        other.with(|it| it.state == DelegationState::Active && it.side == DelegationSide::Delegate)
    });
    let announcer = use_announcer();
    let held = StoredValue::new(holds.get_untracked());
    effect(move || {
        let now = holds.get();
        if held.get_value() && !now {
            let whose = Whose(Some(other.get_untracked()));
            announcer.say(text::people_over_title(
                whose.name().into_iter().collect::<String>(),
            ));
        }
        held.set_value(now);
    });
    let shown = move || {
        let holds = holds.get();
        untrack(|| {
            let whose = Whose(Some(other.get_untracked()));
            if !holds {
                return over(&whose);
            }
            let banner = banner(&whose);
            provide_context(whose);
            view! {
                {banner}
                {draw()}
            }
        })
    };
    shown.alone()
}

fn banner(whose: &Whose) -> View {
    let name: String = whose.name().into_iter().collect();
    let to = whose.id().map_or(Route::People, Route::Delegation);
    view! {
        <div class="banner" data-tone="info" data-shape="inline" role="note">
            <Icon name=IconName::Person />
            <p>
                {text::people_acting(name)}
                " "
                <Link to=to>{text::PEOPLE_ACTING_MORE}</Link>
            </p>
        </div>
    }
    .alone()
}

fn over(whose: &Whose) -> View {
    let name: String = whose.name().into_iter().collect();
    let to = whose.id().map_or(Route::People, Route::Delegation);
    view! {
        <Notice
            kind=NoticeKind::Empty
            icon=IconName::Person
            title=t(text::people_over_title(name))
            is_page=true
        >
            <p>{text::PEOPLE_OVER_BODY}</p>
            <Link to=to class="button">
                {text::PEOPLE_HISTORY}
            </Link>
        </Notice>
    }
    .alone()
}
