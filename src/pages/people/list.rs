//! All of them: what waits for the customer first, then for whom they act, who acts for them, and what is over.

use super::{RESOURCE, bones, words};
use crate::api::use_api;
use crate::i18n::{Text, date, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::routes::{Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::{PageHead, data_nav};
use portal_client::ApiError;
use portal_contract::delegation::{Delegation, DelegationSide};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What stands below the head.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Failed(ApiError),
    All(Vec<Delegation>),
}

/// The screen.
pub fn page() -> View {
    let pages = Pages::new(
        use_api(),
        |one: &Delegation| one.id.as_str(),
        |client, cursor| client.delegations(cursor.as_ref()),
    );
    pages.begin();
    use_live().on_any_of(&[RESOURCE], move || pages.begin());
    let (items, paging) = (pages.items(), pages.paging());
    let retry = Callback::new(move |()| pages.retry());
    let phase = memo(move || {
        let all = items.get();
        match paging.get() {
            Paging::Beginning if all.is_empty() => Phase::Waiting,
            Paging::Failed(error) if all.is_empty() => Phase::Failed(error),
            _ => Phase::All(all),
        }
    });
    let shown = move || match phase.get() {
        Phase::Waiting => bones(),
        Phase::Failed(error) => {
            view! { <ErrorPanel title=text::PEOPLE_FAILED error=error on_retry=retry /> }.alone()
        }
        Phase::All(all) => groups(&all),
    };
    // That nothing could be read is told once.
    let some = memo(move || !items.with(Vec::is_empty));
    let more = move || {
        some.get().then(|| {
            view! {
                <div class="more">
                    <MoreButton
                        paging=paging
                        label=text::PEOPLE_MORE
                        failed=text::PEOPLE_MORE_FAILED
                        on_more=Callback::new(move |()| pages.load_more())
                        on_retry=retry
                    />
                </div>
            }
        })
    };
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            <PageHead title=t(text::PEOPLE_TITLE) lede=t(text::PEOPLE_LEDE)>
                <Link to=Route::NewDelegation class="button">
                    <Icon name=IconName::Add />
                    {text::PEOPLE_ASK}
                </Link>
            </PageHead>
            {shown}
            {more}
        </div>
    }
    .alone()
}

fn groups(all: &[Delegation]) -> View {
    let of = |is_one: &dyn Fn(&Delegation) -> bool| -> Vec<View> {
        all.iter().filter(|one| is_one(one)).map(item).collect()
    };
    let runs = |one: &Delegation| !words::is_over(one) && !words::waits_for_reader(one);
    let waiting = of(&words::waits_for_reader);
    let for_them = of(&|one| runs(one) && one.side != DelegationSide::Person);
    let for_you = of(&|one| runs(one) && one.side == DelegationSide::Person);
    let past = of(&words::is_over);
    view! {
        {group("waiting", text::PEOPLE_WAITING, waiting, None)}
        {group("for-them", text::PEOPLE_FOR_THEM, for_them, Some(text::PEOPLE_FOR_THEM_NONE))}
        {group("for-you", text::PEOPLE_FOR_YOU, for_you, Some(text::PEOPLE_FOR_YOU_NONE))}
        {group("past", text::PEOPLE_PAST, past, None)}
    }
}

fn group(id: &'static str, title: Text, items: Vec<View>, none: Option<Text>) -> View {
    let body = match (items.is_empty(), none) {
        (true, None) => return View::new(),
        (true, Some(none)) => view! { <p class="card__empty">{none}</p> }.alone(),
        (false, _) => view! { <ul class="items">{items}</ul> }.alone(),
    };
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

fn item(one: &Delegation) -> View {
    let facts = [
        t(words::role(&one.role)),
        words::kinds(&one.kinds),
        [&*t(text::PEOPLE_FACT_UNTIL), " ", &*date(&one.ends_at)].concat(),
    ];
    let name = words::name(one);
    view! {
        <li class="item">
            <div class="item__head">
                <h3>
                    <Link to=Route::Delegation(one.id.clone())>
                        <bdi>{name}</bdi>
                    </Link>
                </h3>
                {words::chip(one)}
            </div>
            <p>{words::next(one)}</p>
            <p class="item__note">{facts.join(" · ")}</p>
        </li>
    }
    .alone()
}
