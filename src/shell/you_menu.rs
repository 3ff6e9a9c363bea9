use crate::i18n::{language_name, t, text, use_i18n};
use crate::pages;
use crate::ui::{Icon, IconName};
use portal_markup::prelude::*;
use portal_markup::view;

/// The person's menu. A popover, so that the browser closes it, on Escape too, and gives the focus back. What stands in it is a
/// part that the first frame does not wait for.
#[component]
pub fn YouMenu() -> impl IntoView {
    view! {
        <button class="icon-button" type="button" popovertarget="you" aria-label=t(text::SHELL_YOU)>
            <Icon name=IconName::Person />
        </button>
        <div class="menu" id="you" popover data-align="end">
            {pages::you()}
        </div>
    }
}

/// The languages alone, where nobody is signed in.
#[component]
pub fn LanguageMenu() -> impl IntoView {
    view! {
        <button type="button" popovertarget="languages">
            <Icon name=IconName::Language />
            {language_name(&use_i18n().locale().tag)}
        </button>
        <div class="menu" id="languages" popover>
            {pages::languages()}
        </div>
    }
}
