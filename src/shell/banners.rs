use crate::announce::use_announcer;
use crate::browser::{network, program, task};
use crate::i18n::{t, text};
use crate::ui::{Button, Icon, IconName};
use leptos::prelude::*;
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
                    <p>{t(text::SHELL_OFFLINE)}</p>
                </div>
            }
        })
    };
    let outdated = watch_for_update();
    let update = move || {
        outdated.get().then(|| {
            view! {
                <div class="banner" data-tone="info">
                    <Icon name=IconName::Info />
                    <p>{t(text::SHELL_UPDATE)}</p>
                    <Button on_press=Callback::new(|()| program::reload())>{t(text::SHELL_RELOAD)}</Button>
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

/// Whether a newer program is served, looked for whenever the reader comes back to the page. It is offered and no more: when
/// a page is loaded anew is for the one to say who has something half written in it.
fn watch_for_update() -> RwSignal<bool> {
    let outdated = RwSignal::new(program::was_outdated());
    let look = move || {
        task::run(async move {
            let found = program::is_outdated().await;
            let _ = outdated.try_set(found);
        });
    };
    StoredValue::new_local(network::on_visible(look));
    outdated
}
