//! The requests of the customer: those that run, and those that are over.

use super::whose::{Whose, filed, use_whose};
use super::{RESOURCE, bones, words};
use crate::api::{Read, use_api};
use crate::i18n::{Text, date, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::widgets::{ScopeNames, request_standing, scope_subjects, scope_words};
use portal_client::ApiError;
use portal_contract::data_request::DataRequest;
use portal_contract::data_request_options::DataRequestOptions;
use portal_contract::interaction::Standing;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// All of them, read together: which of them run is told by each.
#[derive(Clone, Copy)]
pub struct Lists {
    pages: Pages<DataRequest>,
    /// What they are about is called so.
    names: Memo<ScopeNames>,
}

/// What stands in the place of one of the two.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Failed(ApiError),
    These(Vec<DataRequest>),
}

impl Lists {
    /// Asks for them; categories and entries are called as they are in what is on offer.
    pub fn new(options: Read<DataRequestOptions>) -> Self {
        let pages = Pages::new(
            use_api(),
            |request: &DataRequest| request.id.as_str(),
            |client, cursor| client.data_requests(cursor.as_ref()),
        );
        pages.begin();
        use_live().on_any_of(&[RESOURCE], move || pages.begin());
        let items = pages.items();
        let subjects = scope_subjects(move || items.get());
        let names = memo(move || {
            let offered = options.get().and_then(Result::ok);
            ScopeNames {
                subjects: subjects.get(),
                ..offered.map_or_else(ScopeNames::default, ScopeNames::offered)
            }
        });
        Self { pages, names }
    }

    /// Those that run.
    pub fn running(self) -> View {
        let body = self.shown(false, text::DATA_REQUEST_RUNNING_NONE);
        section("running", text::DATA_REQUEST_RUNNING, body)
    }

    /// Those that are over.
    pub fn past(self) -> View {
        let pages = self.pages;
        let body = self.shown(true, text::DATA_REQUEST_PAST_NONE);
        // That nothing could be read is told once.
        let some = memo(move || pages.items().with(|all| !all.is_empty()));
        let more = move || {
            some.get().then(|| {
                view! {
                    <div class="more">
                        <MoreButton
                            paging=pages.paging()
                            label=text::DATA_REQUEST_MORE
                            failed=text::DATA_REQUEST_MORE_FAILED
                            on_more=Callback::new(move |()| pages.load_more())
                            on_retry=Callback::new(move |()| pages.retry())
                        />
                    </div>
                }
            })
        };
        let both = view! {
            {body}
            {more}
        };
        section("past", text::DATA_REQUEST_PAST, both)
    }

    fn shown(self, over: bool, none: Text) -> View {
        let Self { pages, names } = self;
        let whose = use_whose();
        let (items, paging) = (pages.items(), pages.paging());
        let phase = memo(move || {
            let is_one = |request: &&DataRequest| is_over(request) == over;
            let these: Vec<_> = items.with(|all| all.iter().filter(is_one).cloned().collect());
            let nothing_read = items.with(Vec::is_empty);
            match paging.get() {
                Paging::Beginning if nothing_read => Phase::Waiting,
                Paging::Failed(error) if nothing_read => Phase::Failed(error),
                _ => Phase::These(these),
            }
        });
        let view = move || match phase.get() {
            Phase::Waiting => bones(),
            // Told once, where the running ones are looked for.
            Phase::Failed(_) if over => View::new(),
            Phase::Failed(error) => {
                let retry = Callback::new(move |()| pages.retry());
                view! { <ErrorPanel title=text::DATA_REQUEST_FAILED error=error on_retry=retry /> }
                    .alone()
            }
            Phase::These(these) if these.is_empty() => {
                view! { <p class="card__empty">{none.clone()}</p> }.alone()
            }
            Phase::These(these) => {
                let items: Vec<View> = these.iter().map(|it| item(it, names, &whose)).collect();
                view! { <ul class="items">{items}</ul> }.alone()
            }
        };
        view.alone()
    }
}

fn is_over(request: &DataRequest) -> bool {
    // Files that can be fetched are no reason to wait for anything.
    request_standing(&request.state) == Standing::Done
}

fn section(id: &'static str, title: Text, body: View) -> View {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section__head">
                <h2 id=id>{title}</h2>
            </div>
            {body}
        </section>
    }
    .alone()
}

/// One of them in short; its own page has it whole.
fn item(request: &DataRequest, names: Memo<ScopeNames>, whose: &Whose) -> View {
    let filed = filed(request, whose);
    let filed = filed.map(|words| view! { <p class="item__note">{words}</p> });
    let scope = request.scope.clone();
    let about = move || names.with(|names| scope_words(&scope, names));
    let reference = t(text::data_request_reference(request.reference.clone()));
    // Two of one kind would be two links of one name.
    let which = [" · ", &reference].concat();
    let note = [
        t(text::data_request_submitted(date(&request.submitted_at))),
        reference,
    ];
    let unread = request
        .unread
        .then(|| view! { <strong>{text::DATA_REQUEST_NEW}</strong> " · " });
    let due = words::due(request).map(|due| view! { " " {due} });
    view! {
        <li class="item">
            <div class="item__head">
                <h3>
                    <a href=whose.request(request.id.clone()).href()>
                        {whose.word(&request.kind)} <span class="visually-hidden">{which}</span>
                    </a>
                </h3>
                {whose.chip(&request.state)}
            </div>
            <p>{words::next(request, whose)} {due}</p>
            <p class="item__note">
                <bdi>{about}</bdi>
            </p>
            {filed}
            <p class="item__note">{unread} {note.join(" · ")}</p>
        </li>
    }
    .alone()
}
