//! The way to the company's own sign-in: a link that leaves the portal and comes back to where it left.

use crate::api::{Read, place, use_api};
use crate::browser::page;
use crate::i18n::use_i18n;
use portal_client::{WaysIn, query};
use portal_markup::prelude::*;
use portal_markup::view;

/// What of it the portal shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways {
    /// Where the company's own sign-in begins, where there is one.
    pub company: Option<String>,
    /// Whether it is the preferred way.
    pub company_first: bool,
    /// Whether codes by email are one.
    pub by_code: bool,
}

/// What the company's own sign-in is drawn with, in the midst of signing in.
#[derive(Clone)]
pub struct CompanyPlace {
    /// Where it begins.
    pub at: String,
    /// All the ways that there are.
    pub ways: Ways,
    /// Whether it stands at the head of a screen, and not within one.
    pub is_head: bool,
}

/// Asks for it.
pub fn ways() -> Read<Ways> {
    use_api().read(|client| async move {
        let WaysIn {
            modes, login_url, ..
        } = client.ways_in().await?;
        let has = |name: &str| modes.iter().any(|mode| mode == name);
        let company = login_url.filter(|_| has("redirect"));
        Ok(Ways {
            company_first: modes.first().is_some_and(|mode| mode == "redirect"),
            // What nobody can use is no way in: where nothing else is known there is the code.
            by_code: has("email_code") || company.is_none(),
            company: company.and_then(|url| place(&client, &url)),
        })
    })
}

/// How it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// As the company has it: who is signed in there comes back at once.
    Usual,
    /// Whoever is signed in there is asked again.
    Anew,
    /// A fresh proof for the session that there is.
    Proof,
}

/// The link.
#[component]
pub fn CompanyLink(
    /// Where the company's own sign-in begins.
    at: String,
    /// Where to go then: a path of this origin.
    next: String,
    /// How it is asked for.
    asking: Asking,
    /// Whether it is the next step of the screen.
    #[prop(optional)]
    is_primary: bool,
    children: Children,
) -> impl IntoView {
    let mut href = at;
    query::add(&mut href, "next", &next);
    query::add(&mut href, "ui_locales", &use_i18n().locale().tag);
    match asking {
        Asking::Usual => {}
        Asking::Anew => query::add(&mut href, "prompt", "login"),
        Asking::Proof => query::add(&mut href, "max_age", "0"),
    }
    // With a target it is the browser's: the router takes no link over that has one.
    view! {
        <a class="button" data-tone=is_primary.then_some("primary") href=href target="_self">
            {children()}
        </a>
    }
}

/// The name of what stands in the fragment of an address that a fresh proof led back to.
const PROVEN: &str = "proven";

/// Where a fresh proof leads back to: here.
#[must_use]
pub fn proven_here() -> String {
    [&page::address(), "#", PROVEN, "=1"].concat()
}

/// Whether the page was just led back to by a fresh proof.
#[must_use]
pub fn was_proven() -> bool {
    page::take_from_fragment(PROVEN).is_some()
}

/// The address that a proof was to lead back to, of a proof that did not come about.
#[must_use]
pub fn unproven(next: &str) -> String {
    next.split('#').next().unwrap_or_default().to_owned()
}
