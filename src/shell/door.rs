use super::you_menu::LanguageMenu;
use crate::config::use_config;
use crate::i18n::text;
use crate::routes::{Link, Route};
use portal_markup::prelude::*;
use portal_markup::view;

/// The frame of a screen that needs no sign-in: the company's name, the screen, and the ways out.
#[component]
pub fn Door(children: Children) -> impl IntoView {
    let config = use_config();
    let logo = config
        .logo
        .as_deref()
        .map(|src| view! { <img src=src alt="" width="32" height="32" /> });
    let privacy = config
        .links
        .privacy
        .as_deref()
        .map(|href| view! { <a href=href rel="external">{text::SHELL_PRIVACY}</a> });
    view! {
        <div class="door">
            <header class="door__head">
                <Link to=Route::Overview>{logo} <span>{config.name.as_str()}</span></Link>
            </header>
            <main class="door__main" id="main" tabindex="-1">
                {children()}
            </main>
            <footer class="door__foot">
                <LanguageMenu />
                <Link to=Route::Help>{text::SHELL_HELP}</Link>
                {privacy}
            </footer>
        </div>
    }
}
