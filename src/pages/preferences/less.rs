//! Fewer, later, elsewhere, or nothing: one calm screen that takes no for an answer.

use super::acts::{act, act_button};
use super::days::{begin_of, in_days};
use super::matrix::bones;
use super::saved::{notices, saved};
use super::screen::{Screen, topics};
use super::with_screen;
use crate::browser::focus;
use crate::i18n::{Text, day, t, text};
use crate::routes::{Link, Route};
use crate::ui::IconName;
use crate::widgets::{PageHead, back_to_messages, section_nav};
use portal_client::preferences::{Cell, Edit};
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::Frequency;
use portal_contract::preferences::{ChannelChoice, LockedReason};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// A pause by one press, in days.
const LATER_DAYS: i64 = 30;

/// The screen.
pub fn page() -> View {
    let document = super::store::use_document();
    view! {
        <div class="page" data-width="reading">
            {section_nav()}
            {back_to_messages()}
            <PageHead title=t(text::LESS_TITLE) lede=t(text::LESS_LEDE)>
                {saved(document)}
            </PageHead>
            {with_screen(document, bones, shown)}
        </div>
    }
    .alone()
}

fn shown(screen: Screen) -> View {
    let later = move |()| {
        if let Some(until) = begin_of(&in_days(LATER_DAYS)) {
            act(screen, Edit::PausedUntil(Some(until)));
        }
    };
    let later_text = text::less_later_text(day(&in_days(LATER_DAYS)));
    let nothing = move |()| act(screen, Edit::GlobalOptOut(true));
    let less = Offer {
        edits: fewer,
        icon: IconName::Calendar,
        name: text::LESS_FEWER,
        about: text::LESS_FEWER_TEXT,
        done: text::PREFERENCES_SAID_FEWER,
    };
    let away = Offer {
        edits: elsewhere,
        icon: IconName::Email,
        name: text::LESS_ELSEWHERE,
        about: text::LESS_ELSEWHERE_TEXT,
        done: text::PREFERENCES_SAID_ELSEWHERE,
    };
    view! {
        {notices(screen)}
        <div class="stack">
            <ul class="acts">
                {less.shown(screen)}
                {one(IconName::Pause, text::LESS_LATER, later_text, Callback::new(later))}
                {away.shown(screen)}
                {one(IconName::Silence, text::LESS_NOTHING, text::LESS_NOTHING_TEXT, Callback::new(nothing))}
            </ul>
            <p>
                <Link to=Route::Preferences>{text::LESS_LEAVE}</Link>
            </p>
        </div>
    }
    .alone()
}

/// Something less that depends on what is chosen; not offered where it would change nothing.
struct Offer {
    edits: fn(Screen) -> Vec<Edit>,
    icon: IconName,
    name: Text,
    about: Text,
    done: Text,
}

impl Offer {
    fn shown(self, screen: Screen) -> View {
        let Self { edits, done, .. } = self;
        let changes = memo(move || !edits(screen).is_empty());
        let press = Callback::new(move |()| {
            screen
                .document
                .submit(untrack(|| edits(screen)), done.clone());
            // It would change nothing a second time: the button that was pressed is gone.
            focus::heading();
        });
        let button = move || {
            changes
                .get()
                .then(|| one(self.icon, self.name.clone(), self.about.clone(), press))
        };
        button.alone()
    }
}

fn one(icon: IconName, name: Text, about: Text, press: Callback<()>) -> View {
    view! { <li>{act_button(icon, name, about, false, press)}</li> }
}

/// Everything that comes more often than once a week, at most weekly. Nothing comes more often than before.
fn fewer(screen: Screen) -> Vec<Edit> {
    screen.catalogue.with_value(|catalogue| {
        let mut edits = Vec::new();
        for topic in topics(catalogue) {
            for offer in &topic.channels {
                let cell = Cell {
                    topic: topic.id.clone(),
                    channel: offer.channel.clone(),
                };
                let is_more = screen.choice(&cell).is_some_and(|choice| {
                    choice.enabled
                        && matches!(choice.frequency, Some(Frequency::AtOnce | Frequency::Daily))
                });
                let rarer = [Frequency::Weekly, Frequency::Monthly]
                    .into_iter()
                    .find(|one| offer.frequencies.contains(one));
                if let (true, Some(rarer)) = (is_more, rarer) {
                    edits.push(Edit::Frequency(cell, rarer));
                }
            }
        }
        edits
    })
}

/// Every other channel off, where the topic comes by email already or can be switched on there.
fn elsewhere(screen: Screen) -> Vec<Edit> {
    let is_required = |choice: &ChannelChoice| choice.locked_reason == Some(LockedReason::Required);
    let mut edits = Vec::new();
    for cell in screen.cells() {
        let here = screen.choice(&cell);
        let comes = here.is_some_and(|here| here.enabled && !is_required(&here));
        if cell.channel == Channel::Email || !comes {
            continue;
        }
        let by_email = Cell {
            topic: cell.topic.clone(),
            channel: Channel::Email,
        };
        match screen.choice(&by_email) {
            Some(email) if email.enabled => {}
            Some(email) if !email.locked => edits.push(Edit::Enabled(by_email, true)),
            _ => continue,
        }
        edits.push(Edit::Enabled(cell, false));
    }
    edits
}
