//! The whole: what every screen finds around it, and which screen stands at which address.

use crate::announce::{LiveRegions, provide_announcer};
use crate::api::{self, PortalClient, provide_api};
use crate::browser::boot::{self, Failure};
use crate::browser::{console, json, page, panic, task};
use crate::config::{Config, provide_config};
use crate::forms::provide_problems;
use crate::i18n::{self, provide_i18n, use_i18n};
use crate::live::{provide_live, provide_updates};
use crate::pages::{self, footer_link, people_link, track};
use crate::routes::{Route, Screen, provide_areas, provide_router, use_areas, use_location};
use crate::session::{self, provide_session};
use crate::shell::{Door, Shell};
use crate::theme::provide_theme;
use crate::widgets::keep_moments_true;
use leptos::mount::mount_to;
use portal_markup::prelude::*;
use portal_markup::{Child, memo, view};

/// Starts the portal: what the boot module asked for is picked up, then everything is drawn at once over the skeleton.
pub fn start() {
    panic::set_panic_hook();
    let link = Link::here();
    if let Some(link) = link {
        link.take_token();
    }
    task::run(async move {
        let Some(config) = read_config().await else {
            return boot::fail(Failure::Config);
        };
        // The settings stand as long as the page does: they are handed out, and never copied.
        let config: &'static Config = Box::leak(Box::new(config));
        let settings = i18n::Settings {
            offered: &config.locales,
            texts: &config.texts,
        };
        if provide_i18n(settings).await.is_err() {
            return boot::fail(Failure::Asset);
        }
        let client = api::connect(&config.api);
        if let Some(link) = link {
            return start_link(link, config, client);
        }
        let session = session::ask(&client).await;
        let Some(root) = page::element("app") else {
            return boot::fail(Failure::Asset);
        };
        page::remove("skeleton");
        mount_to(root, move || {
            provide_config(config);
            provide_areas(config.off);
            provide_api(client);
            provide_theme();
            provide_announcer();
            provide_problems();
            keep_moments_true();
            provide_session(session);
            provide_live(pages::follow);
            footer_link::provide_visit();
            pages::interactions::provide_memory();
            pages::preferences::provide_memory();
            // What remembers hears of Back before the router, which draws the screen that it leads to at once.
            provide_router();
            view! { <App /> }
        })
        .forget();
    });
}

/// A screen that a link opens by itself, whoever follows it.
#[derive(Clone, Copy)]
enum Link {
    /// Of a mail's footer.
    Footer,
    /// Of a deletion.
    Track,
    /// Of what is done, or asked, in somebody's name.
    People,
}

impl Link {
    /// The one whose address the page has.
    fn here() -> Option<Self> {
        let path = page::path();
        let is_at = |route: Route| path.trim_end_matches('/') == route.href();
        [
            (Route::FooterLink, Self::Footer),
            (Route::Track, Self::Track),
            (Route::PeopleLink, Self::People),
        ]
        .into_iter()
        .find_map(|(route, link)| is_at(route).then_some(link))
    }

    fn take_token(self) -> bool {
        match self {
            Self::Footer => footer_link::take_token(),
            Self::Track => track::take_token(),
            Self::People => people_link::take_token(),
        }
    }
}

/// The screen of a mail's link stands alone. It speaks for nobody who is signed in in this browser: no session is asked for, no
/// changes are followed, and without a router every way out opens another page, which leaves the link behind.
fn start_link(link: Link, config: &'static Config, client: PortalClient) {
    let Some(root) = page::element("app") else {
        return boot::fail(Failure::Asset);
    };
    page::remove("skeleton");
    mount_to(root, move || {
        provide_config(config);
        provide_areas(config.off);
        provide_api(client);
        provide_theme();
        provide_announcer();
        provide_problems();
        provide_updates();
        footer_link::provide_visit().follow_links();
        view! { <LinkApp link=link /> }
    })
    .forget();
}

/// The company's settings; the console names the key that is wrong.
async fn read_config() -> Option<Config> {
    let text = boot::config().await?;
    let Some(json) = json::parse(&text) else {
        console::error("config.json is no JSON: look for a missing comma or quotation mark.");
        return None;
    };
    Config::read(&json)
        .map_err(|error| console::error(&error.to_string()))
        .ok()
}

/// Everything, in the language of the moment. Another language draws everything anew: a sentence is then worded once, when
/// it is drawn, and need not watch the language for the rest of its life.
#[component]
fn App() -> impl IntoView {
    let language = memo(|| use_i18n().locale());
    let screens = move || {
        language.track();
        view! {
            <Shell>
                <Screens />
            </Shell>
        }
    };
    screens.alone()
}

/// The screen of a link, in the language of the moment.
#[component]
fn LinkApp(link: Link) -> impl IntoView {
    let language = memo(|| use_i18n().locale());
    let screen = move || {
        language.track();
        let screen = match link {
            Link::Footer => footer_link(),
            Link::Track => track(),
            Link::People => people_link(),
        };
        view! { <Door>{screen}</Door> }.alone()
    };
    view! {
        {screen}
        <LiveRegions />
    }
}

/// The screen at the address of the moment. Another query of the same path is the same screen, which follows it by itself.
#[component]
fn Screens() -> impl IntoView {
    let path = use_location().pathname;
    let areas = use_areas();
    // What the API or the company does without is nothing at all, as soon as that is known.
    let screen =
        memo(move || path.with(|path| Screen::at(path).filter(|_| !areas.lack_screen(path))));
    (move || pages::screen(screen.get())).alone()
}
