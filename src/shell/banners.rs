use crate::announce::use_announcer;
use crate::browser::network;
use crate::i18n::{t, text};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;
use portal_markup::view;

/// What concerns every screen at this moment: being offline.
#[component]
pub fn Banners() -> impl IntoView {
    let (online, set_online) = signal(network::is_online());
    let announcer = use_announcer();
    network::on_change(move |now| {
        set_online.set(now);
        if now {
            announcer.say(text::SHELL_ONLINE);
        }
    });
    let offline = move || {
        (!online.get()).then(|| {
            view! {
                <div class="banner" data-tone="warn">
                    <Icon name=IconName::Offline />
                    <p>{t(text::SHELL_OFFLINE)}</p>
                </div>
            }
        })
    };
    view! {
        <div class="shell__notice" role="status">
            {offline}
        </div>
    }
}
