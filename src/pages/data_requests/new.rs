//! Using a right: about what, what it means, and one press.

mod begun;
mod fields;
mod form;
mod preflight;
mod scope;
mod sending;

use super::whose::use_whose;
use super::{bones, rights, words};
use crate::api::{PortalClient, use_api};
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::{Asked, Link, asked_of, use_location};
use crate::session::use_session;
use crate::ui::{Icon, IconName, Notice, NoticeKind};
use crate::widgets::{Elsewhere, PageHead};
use form::{Form, Offer};
use portal_client::ApiError;
use portal_contract::data_request_options::{DataRequestOffer, DataRequestOptions};
use portal_contract::{DataRequestId, InteractionId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What can be asked for, and what the conversation that it may be about is called.
#[derive(Clone, PartialEq)]
struct Found {
    options: DataRequestOptions,
    subject: Option<String>,
}

/// The screen. Another right in the address draws it anew.
pub fn page() -> View {
    let search = use_location().search;
    let asked = memo(move || search.with(|search| asked_of(search)));
    let options = use_api().read(move |client| {
        let about = asked.with(|asked| asked.interaction.clone());
        async move { find(&client, about).await }
    });
    use_live().on_any_of(&[super::RESOURCE], move || options.refetch());
    view! {
        <Link to=use_whose().requests() class="page__back">
            <Icon name=IconName::Back />
            {text::DATA_REQUEST_TITLE}
        </Link>
        <Loaded from=options failed=text::DATA_REQUEST_RIGHTS_FAILED is_page=true skeleton=bones let:found>
            {screen(asked, found)}
        </Loaded>
    }
}

async fn find(client: &PortalClient, about: Option<InteractionId>) -> Result<Found, ApiError> {
    let options = client.data_request_options().await?;
    let subject = match about {
        Some(id) => match client.subject(&id).await {
            Ok(subject) => Some(subject),
            // A link that names nothing of this customer's: then it is about something else.
            Err(ApiError::NotFound) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    Ok(Found { options, subject })
}

fn options(found: Signal<Found>) -> Signal<DataRequestOptions> {
    Signal::derive(move || found.with(|found| found.options.clone()))
}

/// What stands there.
#[derive(Clone, PartialEq)]
enum Shown {
    /// Which right, is still to be said.
    Choice,
    /// One that is not on offer.
    NotOffered,
    /// One of them runs already.
    Runs(DataRequestOffer, DataRequestId),
    /// Its form.
    Form(DataRequestOffer),
}

fn screen(asked: Memo<Asked>, found: Signal<Found>) -> View {
    let shown = memo(move || {
        let Some(kind) = asked.with(|asked| asked.kind.clone()) else {
            return Shown::Choice;
        };
        let offer = found.with(|it| {
            let mut kinds = it.options.kinds.iter();
            kinds.find(|offer| offer.kind == kind).cloned()
        });
        match offer {
            None => Shown::NotOffered,
            Some(offer) => match offer.running_id.clone() {
                Some(id) => Shown::Runs(offer, id),
                None => Shown::Form(offer),
            },
        }
    });
    // What is half written stays, whatever else is read anew: only another right draws another form.
    let shown_before = StoredValue::new(None::<(Shown, Asked)>);
    let which = memo(move || {
        let now = (shown.get(), asked.get());
        let before = shown_before.get_value();
        let stays = match (&before, &now) {
            (Some((Shown::Form(old), there)), (Shown::Form(new), here)) => {
                old.kind == new.kind && there == here
            }
            // It was sent from here: whoever sent it is on the way to it.
            (Some((Shown::Form(old), _)), (Shown::Runs(new, _), _)) => old.kind == new.kind,
            _ => false,
        };
        let next = before.filter(|_| stays).unwrap_or(now);
        shown_before.set_value(Some(next.clone()));
        next
    });
    let view = move || {
        let (shown, asked) = which.get();
        untrack(|| draw(shown, asked, found))
    };
    view.alone()
}

fn draw(shown: Shown, asked: Asked, found: Signal<Found>) -> View {
    match shown {
        Shown::Choice => view! {
            <PageHead title=t(text::DATA_REQUEST_RIGHTS) />
            {rights::offered(options(found))}
        },
        Shown::NotOffered => view! {
            <PageHead title=t(text::DATA_REQUEST_RIGHTS) lede=t(text::DATA_REQUEST_NOT_OFFERED) />
            {rights::offered(options(found))}
        },
        Shown::Runs(offer, id) => runs(&offer, id),
        Shown::Form(offer) => {
            let Found { options, subject } = found.get_untracked();
            let whose = use_whose();
            let about = words::about(&offer.kind).filter(|_| !whose.is_another());
            let head = view! { <PageHead title=t(whose.word(&offer.kind)) lede=about.map(t) /> };
            if offer.step_up && !use_session().may_prove() {
                return view! {
                    {head}
                    <Elsewhere why=text::ELSEWHERE_WHY />
                };
            }
            let form = Form::begin(Offer::new(offer, options, subject), &asked);
            view! {
                {head}
                {form.view()}
            }
        }
    }
}

/// There is one of this right already, and the law counts one at a time.
fn runs(offer: &DataRequestOffer, id: DataRequestId) -> View {
    let whose = use_whose();
    view! {
        <PageHead title=t(whose.word(&offer.kind)) />
        <Notice kind=NoticeKind::Empty icon=IconName::Clock title=t(text::DATA_REQUEST_RUNS_TITLE)>
            <p>{text::DATA_REQUEST_RUNS_ALREADY}</p>
            <Link to=whose.request(id) class="button">
                {text::DATA_REQUEST_RUNS_GO}
            </Link>
        </Notice>
    }
}
