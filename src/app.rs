//! The whole: what every screen finds around it, and which screen stands at which address.

use crate::announce::provide_announcer;
use crate::api::{self, provide_api};
use crate::browser::{boot, page, task};
use crate::config::provide_config;
use crate::i18n::{provide_i18n, use_i18n};
use crate::live::provide_live;
use crate::pages;
use crate::session::provide_session;
use crate::shell::Shell;
use crate::theme::provide_theme;
use crate::widgets::provide_visits;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route as Screen, Router};
use leptos_router::path;

/// Starts the portal: what the boot module asked for is picked up, then everything is drawn at once over the skeleton.
pub fn start() {
    page::report_panics();
    task::run(async {
        let config = match boot::config().await {
            Ok(config) => config,
            Err(error) => return boot::fail(boot::Failure::Config, &error.to_string()),
        };
        let texts = boot::texts(&config).await;
        let client = api::connect(&config.api);
        let session = client.session().await;
        page::mount(move || {
            provide_i18n(texts);
            provide_config(config);
            provide_api(client);
            provide_theme();
            provide_announcer();
            provide_visits();
            provide_session(session);
            provide_live();
            view! { <App /> }
        });
    });
}

/// Everything, in the language of the moment. Another language draws everything anew: a sentence is then worded once, when
/// it is drawn, and need not watch the language for the rest of its life.
#[component]
fn App() -> impl IntoView {
    let i18n = use_i18n();
    let screens = move || {
        i18n.track();
        view! {
            <Shell>
                <Screens />
            </Shell>
        }
    };
    view! { <Router>{screens}</Router> }
}

/// The route table. A screen is one function that gives one view, so that a screen can be loaded apart one day.
#[component]
fn Screens() -> impl IntoView {
    view! {
        <FlatRoutes fallback=pages::not_found::page>
            <Screen path=path!("/") view=pages::overview::page />
            <Screen path=path!("/interactions") view=pages::interactions::page />
            <Screen path=path!("/interactions/:id") view=pages::interaction::page />
            <Screen path=path!("/sign-in") view=pages::sign_in::page />
            <Screen path=path!("/help") view=pages::help::page />
        </FlatRoutes>
    }
}
