//! One guide: a question at a time, what it came to, and whether that solved the matter.

mod answered;
mod contact;
mod outcome;
mod question;
mod solved;
mod walk;

use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{focus, page as tab};
use crate::i18n::{Text, number, text};
use crate::loading::Loaded;
use crate::routes::{Link, Route, Way, use_location, way_of};
use crate::ui::{Button, Icon, IconName};
use crate::widgets::PageHead;
use leptos::html;
use portal_contract::GuideId;
use portal_contract::guide::{Guide, GuideNode};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo_from, view};
use question::Answered;
use walk::{Place, walk};

/// The id of the heading of the question or the outcome.
const STEP: &str = "guide-step";

/// The screen.
pub fn page() -> View {
    let id: GuideId = expect_context();
    let guide = use_api().read(move |client| {
        let id = id.clone();
        client.guide(&id)
    });
    view! {
        <div class="page" data-width="reading">
            <Link to=Route::Contact(None) class="page__back">
                <Icon name=IconName::Back />
                {text::CONTACT_TITLE}
            </Link>
            <Loaded from=guide failed=text::GUIDE_FAILED is_page=true skeleton=bones let:guide>
                {shown(guide)}
            </Loaded>
        </div>
    }
    .alone()
}

/// The guide does not change while it is gone through: what is read is what the way was walked by.
fn shown(guide: Signal<Guide>) -> View {
    let guide = StoredValue::new(guide.get_untracked());
    let place = place_of_address(guide);
    let print = Callback::new(|()| tab::print());
    let (title, description) =
        guide.with_value(|guide| (guide.title.clone(), guide.description.clone()));
    let is_first = StoredValue::new(true);
    let answered = StoredValue::new(None);
    let step = move || {
        let place = place.get();
        let is_first = is_first.try_update_value(|first| std::mem::replace(first, false));
        guide.with_value(|guide| step(guide, &place, is_first == Some(true), answered))
    };
    view! {
        <PageHead title=title lede=description>
            <Button on_press=print>
                <Icon name=IconName::Print />
                {text::PRINT}
            </Button>
        </PageHead>
        {step}
    }
    .alone()
}

/// Where the address leads. While another screen takes this one's place the address is no longer ours.
fn place_of_address(guide: StoredValue<Guide>) -> Memo<Place> {
    let location = use_location();
    let own = guide.with_value(|guide| Route::Guide(guide.id.clone(), Way::default()).href());
    memo_from(move |before: Option<&Place>| {
        let path = location.pathname.get();
        let way = location.search.with(|search| way_of(search));
        match before.filter(|_| path.trim_end_matches('/') != own) {
            Some(before) => before.clone(),
            None => guide.with_value(|guide| walk(guide, &way)),
        }
    })
}

/// A question or an outcome, with what was answered before.
fn step(guide: &Guide, place: &Place, is_first: bool, answered: Answered) -> View {
    let Some(node) = guide.nodes.get(&place.at) else {
        return ().alone();
    };
    let moved_on = (!place.fits).then(|| {
        view! {
            <div class="banner" data-tone="warn" data-shape="inline" role="status">
                <Icon name=IconName::Info />
                <p>{text::GUIDE_MOVED_ON}</p>
            </div>
        }
        .alone()
    });
    let said = progress(place, node);
    let heading = heading(node, is_first, said.clone());
    let matter = match &node.outcome {
        None => question::question(guide, place, node, heading, answered),
        Some(outcome) => outcome::outcome(guide, place, node, outcome, heading),
    };
    view! {
        <div class="guide">
            {moved_on} <p class="guide__progress">{said}</p> {matter} {ways_back(guide, place)}
            {answered::answered(guide, place)}
        </div>
    }
    .alone()
}

/// How far it is, as honestly as it is known.
fn progress(place: &Place, node: &GuideNode) -> Text {
    let this = number(place.steps.len() + 1);
    match (&node.outcome, node.questions_ahead) {
        (Some(_), _) => text::GUIDE_RESULT,
        (None, Some(0)) => text::guide_progress_last(this),
        (None, Some(ahead)) => text::guide_progress_more(ahead, this),
        (None, None) => text::guide_progress_open(this),
    }
}

/// The heading of a step takes the focus, so that it is read, and with it how far it is. On the first the focus is the screen's.
fn heading(node: &GuideNode, is_first: bool, progress: Text) -> View {
    let announcer = use_announcer();
    let element = NodeRef::<html::H2>::new();
    effect(move || {
        if let (Some(element), false) = (element.get(), is_first) {
            focus::element(&element);
            announcer.say(progress.clone());
        }
    });
    let words = node.text.clone();
    view! {
        <h2 id=STEP tabindex="-1" dir="auto" node_ref=element>
            {words}
        </h2>
    }
    .alone()
}

/// One question back, and the beginning.
fn ways_back(guide: &Guide, place: &Place) -> Option<View> {
    let count = place.steps.len();
    let before = Route::Guide(guide.id.clone(), place.way.until(count.checked_sub(1)?));
    let start = Route::Guide(guide.id.clone(), Way::default());
    let again = (count > 1).then(|| view! { <Link to=start>{text::GUIDE_AGAIN}</Link> });
    let back = view! {
        <div class="cluster guide__back">
            <Link to=before class="button">
                <Icon name=IconName::Back />
                {text::GUIDE_BACK}
            </Link>
            {again}
        </div>
    };
    Some(back.alone())
}

fn bones() -> View {
    let answer =
        || view! { <li><div class="act"><span class="bone" data-size="large"></span></div></li> };
    view! {
        <div class="skeleton" aria-hidden="true">
            <div class="page__head">
                <div><p class="guide__title"><span class="bone" data-size="large"></span></p></div>
            </div>
            <div class="guide">
                <p class="guide__progress"><span class="bone"></span></p>
                <p><span class="bone" data-size="large"></span></p>
                <ul class="acts" data-kind="answers">{answer()} {answer()} {answer()}</ul>
            </div>
        </div>
    }
    .alone()
}
