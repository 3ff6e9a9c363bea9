//! The rights over one's data, used on this one interaction.

use crate::api::use_api;
use crate::i18n::text;
use crate::routes::{Area, Asked, Link, Route, use_areas};
use crate::ui::{Icon, IconName};
use portal_contract::InteractionId;
use portal_contract::data_request::DataRequestKind;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What can be asked for about one conversation; nothing where the API offers none of it.
pub fn rights(id: InteractionId) -> View {
    let offered = use_api()
        .read(|client| async move { client.capabilities().await.map(|it| it.data_request_kinds) });
    let kinds = memo(move || offered.get().and_then(Result::ok));
    let id = StoredValue::new(id);
    let areas = use_areas();
    let shown = move || {
        let offered = kinds.get().filter(|_| !areas.lack(Area::DataRights))?;
        let links: Vec<View> = [
            (DataRequestKind::Access, text::INTERACTION_RIGHTS_COPY),
            (
                DataRequestKind::Rectification,
                text::INTERACTION_RIGHTS_CORRECT,
            ),
            (
                DataRequestKind::Restriction,
                text::INTERACTION_RIGHTS_RESTRICT,
            ),
            (DataRequestKind::Erasure, text::INTERACTION_RIGHTS_DELETE),
        ]
        .into_iter()
        .filter(|(kind, _)| offered.contains(kind))
        .map(|(kind, words)| {
            let asked = Asked {
                interaction: Some(id.get_value()),
                ..Asked::kind(kind)
            };
            view! {
                <li>
                    <Link to=Route::NewDataRequest(asked)>{words}</Link>
                </li>
            }
            .alone()
        })
        .collect();
        if links.is_empty() {
            return None;
        }
        Some(view! {
            <details class="disclosure">
                <summary>
                    {text::INTERACTION_RIGHTS} <Icon name=IconName::ChevronDown />
                </summary>
                <ul class="links">{links}</ul>
            </details>
        })
    };
    shown.alone()
}
