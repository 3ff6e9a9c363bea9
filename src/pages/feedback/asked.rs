//! What the company asks at the moment.

use super::{begun, words};
use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::forms::Write;
use crate::i18n::{date, t, text};
use crate::loading::{FailedLine, Loaded};
use crate::routes::Route;
use crate::ui::{Button, Icon, IconName, Size, Tone};
use portal_contract::feedback::FeedbackRequest;
use portal_contract::{FeedbackRequestId, Page};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// The id of the heading, where the focus goes when what it was on is gone.
const HEADING: &str = "asked";

/// The section.
pub fn section(requests: Read<Page<FeedbackRequest>>) -> View {
    view! {
        <section class="section" aria-labelledby=HEADING>
            <div class="section__head">
                <h2 id=HEADING tabindex="-1">
                    {text::FEEDBACK_ASKED}
                </h2>
            </div>
            <Loaded from=requests failed=text::FEEDBACK_ASKED_FAILED skeleton=super::bones let:page>
                {list(requests, page)}
            </Loaded>
        </section>
    }
    .alone()
}

fn list(requests: Read<Page<FeedbackRequest>>, page: Signal<Page<FeedbackRequest>>) -> View {
    let ids = memo(move || {
        page.with(|page| {
            let ids = page.items.iter().map(|request| request.id.clone());
            ids.collect::<Vec<_>>()
        })
    });
    let is_empty = memo(move || ids.with(Vec::is_empty));
    // Here and not with the button: what it declines takes the button away.
    let decline = declining();
    let announcer = use_announcer();
    decline.on_done(move |_| {
        announcer.show(text::SURVEY_DECLINED);
        crate::browser::focus::id(HEADING);
        requests.refetch();
    });
    decline.on_failed(move |_| requests.refetch());
    let one = move |id: FeedbackRequestId| {
        let request = page.with_untracked(|page| page.items.iter().find(|it| it.id == id).cloned());
        request.map(|request| item(&request, decline))
    };
    let shown = move || {
        if is_empty.get() {
            return view! { <p class="card__empty">{text::FEEDBACK_ASKED_NONE}</p> }.alone();
        }
        view! {
            <ul class="items">
                <For each=move || ids.get() key=|id: &FeedbackRequestId| id.clone() children=one />
            </ul>
        }
        .alone()
    };
    view! {
        {shown}
        <FailedLine submission=decline.submission() except_fields=false />
    }
}

/// Rather not answering, this time.
pub fn declining() -> Write<FeedbackRequestId, FeedbackRequest> {
    let api = use_api();
    Write::new(move |id: FeedbackRequestId| {
        let client = api.client();
        client.decline_feedback_request(&id, &client.new_key())
    })
}

fn item(request: &FeedbackRequest, decline: Write<FeedbackRequestId, FeedbackRequest>) -> View {
    let about = words::about(&request.about).map_or_else(|| t(text::SURVEY_TITLE_ANY), t);
    let id = request.id.clone();
    let begun = begun::is_begun(id.as_str()).then(|| view! { " · " {text::FEEDBACK_BEGUN} });
    let press = Callback::new(move |()| decline.send(id.clone()));
    let meant =
        |about: String| view! { <span class="visually-hidden">": " <bdi>{about}</bdi></span> };
    let (first, second) = (meant(about.clone()), meant(about.clone()));
    view! {
        <li class="item">
            <div class="item__head">
                <h3>{about}</h3>
                <span class="status" data-status="you">
                    <Icon name=IconName::Clock />
                    {text::feedback_until(date(&request.expires_at))}
                </span>
            </div>
            <p class="item__note">{text::feedback_questions(request.questions.len())} {begun}</p>
            <div class="cluster">
                <a class="button" data-size="small" data-tone="primary" href=Route::FeedbackRequest(request.id.clone()).href()>
                    {text::FEEDBACK_ANSWER}
                    {first}
                </a>
                <Button size=Size::Small tone=Tone::Quiet pending=decline.pending() on_press=press>
                    {text::SURVEY_DECLINE}
                    {second}
                </Button>
            </div>
        </li>
    }
    .alone()
}
