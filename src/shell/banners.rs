use crate::announce::use_announcer;
use crate::browser::{network, program};
use crate::i18n::text;
use crate::live::use_live;
use crate::ui::{Button, Icon, IconName};
use portal_markup::prelude::*;
use portal_markup::view;

/// What concerns every screen at this moment: being offline, and a program that is no longer the newest.
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
                    <p>{text::SHELL_OFFLINE}</p>
                </div>
            }
        })
    };
    let live = use_live();
    let update = move || {
        live.is_outdated().then(|| {
            view! {
                <div class="banner" data-tone="info">
                    <Icon name=IconName::Info />
                    <p>{text::SHELL_UPDATE}</p>
                    <Button on_press=Callback::new(|()| program::reload())>{text::SHELL_RELOAD}</Button>
                </div>
            }
        })
    };
    view! {
        <div class="shell__notice" role="status">
            {offline} {update}
        </div>
    }
}
