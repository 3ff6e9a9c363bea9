use crate::i18n::{Text, date_time};
use crate::ui::{Icon, IconName};
use portal_contract::Timestamp;
use portal_markup::{Child, View, view};

/// A step of a history (`<ol>`): what happened, when, by whom where that is known, and what was said to it.
pub fn history_step(
    (icon, words): (IconName, Text),
    at: &Timestamp,
    by: Option<String>,
    note: Option<String>,
) -> View {
    let by = by.map(|by| view! { " · " <bdi>{by}</bdi> });
    let note = note.map(|note| view! { <br /> <bdi>{note}</bdi> });
    view! {
        <li class="reason">
            <Icon name=icon />
            <span>
                {words}
                " "
                <span class="soft">
                    <time datetime=at.to_string()>{date_time(at)}</time>
                    {by}
                </span>
                {note}
            </span>
        </li>
    }
    .alone()
}
