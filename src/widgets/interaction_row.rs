//! One interaction as a list shows it: one link; first what it is, then what matters now.

mod facts;

use crate::i18n::{t, text};
use crate::routes::Route;
use crate::ui::Icon;
use crate::widgets::channel::channel_icon;
use crate::widgets::moment::Moment;
use crate::widgets::status::{StatusChip, standing_name};
use facts::facts;
use portal_contract::interaction::{Excerpt, InteractionSummary};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// Whether a row says where the matter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standings {
    /// It does.
    Shown,
    /// The heading above the rows has said it.
    Said,
}

/// The row, seen from `now` (milliseconds since 1970). A function and not a component: a thousand of them are drawn.
#[must_use]
pub fn interaction_row(item: &InteractionSummary, now: f64, standings: Standings) -> View {
    let standing = item.status.standing();
    let chip = (standings == Standings::Shown).then(|| {
        view! {
            <span class="row__status">
                <StatusChip standing=standing />
            </span>
        }
    });
    let unread = item
        .unread
        .then(|| view! { <strong>{text::ROW_UNREAD}</strong> " · " });
    view! {
        <a class="row" href=Route::Interaction(item.id.clone()).href() data-status=standing_name(standing)>
            <Icon name=channel_icon(&item.channel) />
            <span class="row__subject">
                <bdi>{subject(&item.subject)}</bdi>
                {pause()}
            </span>
            <span class="row__facts">{unread} {facts(item, now)} {item.excerpt.as_ref().map(excerpt)} {pause()}</span>
            {chip}
            <Moment class="row__time" at=item.updated_at.clone() now=now />
        </a>
    }
    .alone()
}

/// The link's name is read in one go: what stands in lines of its own is parted by a full stop there.
fn pause() -> View {
    view! { <span class="visually-hidden">". "</span> }.alone()
}

/// The subject, or the words that stand where there is none.
#[must_use]
pub fn subject(subject: &str) -> String {
    let subject = subject.trim();
    if subject.is_empty() {
        t(text::ROW_NO_SUBJECT)
    } else {
        subject.to_owned()
    }
}

/// Where a search found it. Punctuation at its edges belongs to it, whatever the direction of the page.
fn excerpt(excerpt: &Excerpt) -> View {
    let Excerpt { before, hit, after } = excerpt.clone();
    view! {
        <bdi class="row__excerpt">
            {before} <mark>{hit}</mark> {after}
        </bdi>
    }
}

/// Rows that are on their way: the size of real ones.
#[must_use]
pub fn row_bones(count: usize) -> View {
    let row = || {
        view! {
            <li>
                <div class="row">
                    <span class="bone icon" data-size="icon"></span>
                    <span class="row__subject">
                        <span class="bone" data-size="large"></span>
                    </span>
                    <span class="row__facts">
                        <span class="bone" data-size="large"></span>
                    </span>
                    <span class="row__status">
                        <span class="status">
                            <span class="bone"></span>
                        </span>
                    </span>
                    <span class="row__time">
                        <span class="bone" data-size="small"></span>
                    </span>
                </div>
            </li>
        }
    };
    view! { <ul class="rows">{(0..count).map(|_| row()).collect_view()}</ul> }.alone()
}
