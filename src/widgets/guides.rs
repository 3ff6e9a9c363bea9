use crate::api::{Read, use_api};
use crate::i18n::{t, text};
use crate::loading::Loaded;
use crate::routes::{Area, Route, Way, use_areas};
use crate::ui::{Icon, IconName};
use portal_contract::TopicId;
use portal_contract::guide::GuideSummary;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The guides on offer, those about `topic` first; nothing where the company has none.
pub fn guides(topic: Memo<Option<TopicId>>) -> View {
    let areas = use_areas();
    let is_there = memo(move || !areas.lack(Area::Guides));
    let shown = move || {
        if is_there.get() {
            part(topic)
        } else {
            ().alone()
        }
    };
    shown.alone()
}

fn part(topic: Memo<Option<TopicId>>) -> View {
    let read: Read<Vec<GuideSummary>> =
        use_api().read(|client| async move { client.guides(None).await.map(|page| page.items) });
    view! {
        <Loaded from=read failed=text::GUIDE_LIST_FAILED skeleton=bones let:all>
            {move || section(&all.get(), topic.get().as_ref())}
        </Loaded>
    }
    .alone()
}

fn section(all: &[GuideSummary], topic: Option<&TopicId>) -> Option<View> {
    let mut sorted: Vec<&GuideSummary> = all.iter().collect();
    // A stable sort: those that suit alike stay in the company's order.
    sorted.sort_by_key(|guide| {
        let suits = topic.is_some() && guide.topic.as_ref().map(|topic| &topic.id) == topic;
        !suits
    });
    let rows: Vec<View> = sorted.into_iter().map(row).collect();
    (!rows.is_empty()).then(|| framed(rows))
}

fn framed(rows: Vec<View>) -> View {
    view! {
        <section class="section" aria-labelledby="guides-title">
            <div class="section__head">
                <h2 id="guides-title">{text::GUIDE_LIST_TITLE}</h2>
            </div>
            <ul class="acts">{rows}</ul>
        </section>
    }
    .alone()
}

fn row(guide: &GuideSummary) -> View {
    let GuideSummary {
        id,
        title,
        description,
        lang,
        questions,
        ..
    } = guide.clone();
    let href = Route::Guide(id, Way::default()).href();
    let questions = questions.map(|most| {
        let most = t(text::guide_list_questions(most));
        view! { " " <span class="act__text">{most}</span> }
    });
    view! {
        <li>
            <a class="act" href=href>
                <Icon name=IconName::Help />
                <span class="act__name" lang=lang.clone()>
                    <bdi>{title}</bdi>
                </span>
                " "
                <span class="act__text" lang=lang>
                    <bdi>{description}</bdi>
                </span>
                {questions}
            </a>
        </li>
    }
    .alone()
}

fn bones() -> View {
    let one = || {
        view! {
            <li>
                <div class="act">
                    <span class="bone icon" data-size="icon"></span>
                    <span class="act__name"><span class="bone"></span></span>
                    <span class="act__text"><span class="bone" data-size="full"></span></span>
                </div>
            </li>
        }
    };
    view! {
        <section class="section skeleton" aria-hidden="true">
            <div class="section__head"><h2><span class="bone"></span></h2></div>
            <ul class="acts">{one()} {one()} {one()}</ul>
        </section>
    }
    .alone()
}
