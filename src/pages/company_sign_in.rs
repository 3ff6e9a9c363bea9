//! The company's own sign-in: the way there, and what became of the last one.

use crate::browser::page;
use crate::config::use_config;
use crate::i18n::{Text, t, text};
use crate::routes::{Route, Screen, next_of, problem_of, use_location};
use crate::session::{Session, use_session};
use crate::ui::{Icon, IconName};
use crate::widgets::{Asking, CompanyLink, CompanyPlace, PageHead, Ways, unproven};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// It, where the ways are known.
pub fn block() -> View {
    let CompanyPlace { at, ways, is_head } = expect_context();
    let company = use_config().name.clone();
    let search = use_location().search.get_untracked();
    let problem = problem_of(&search);
    let head = is_head.then(|| {
        let lede = t(text::sign_in_company_lede(company.clone()));
        view! { <PageHead title=t(text::SIGN_IN_TITLE) lede=lede /> }
    });
    let told = problem.as_deref().map(|problem| banner(problem, &company));
    let is_signed_in = matches!(use_session().signal().get_untracked(), Session::SignedIn(_));
    let way = if is_signed_in {
        proof_again(at, &search)
    } else {
        way_in(at, &ways, &search, &company, problem.as_deref())
    };
    view! { {head} {told} {way} }.alone()
}

/// What became of the last way, in a sentence.
fn banner(problem: &str, company: &str) -> View {
    let sentence = sentence(problem, company.to_owned());
    view! {
        <div class="banner" data-tone="warn" data-shape="inline" role="alert">
            <Icon name=IconName::Alert />
            <p>{sentence}</p>
        </div>
    }
    .alone()
}

fn sentence(problem: &str, company: String) -> Text {
    match problem {
        "cancelled" => text::SIGN_IN_COMPANY_CANCELLED,
        "not_proven" => text::SIGN_IN_COMPANY_NOT_PROVEN,
        "unknown_customer" => text::sign_in_company_unknown(company),
        "other_customer" => text::SIGN_IN_COMPANY_SOMEONE_ELSE,
        "unavailable" => text::sign_in_company_unavailable(company),
        "stale" => text::SIGN_IN_COMPANY_STALE,
        _ => text::SIGN_IN_COMPANY_FAILED,
    }
}

/// In, and then to the screen that was asked for: this one, or the one that its address names.
fn way_in(at: String, ways: &Ways, search: &str, company: &str, problem: Option<&str>) -> View {
    let here = page::path();
    let next = if Screen::at(&here) == Some(Screen::SignIn) {
        next_or_overview(search)
    } else {
        page::address()
    };
    let another = (problem == Some("unknown_customer")).then(|| {
        view! {
            <CompanyLink at=at.clone() next=next.clone() asking=Asking::Anew>
                {text::SIGN_IN_COMPANY_OTHER}
            </CompanyLink>
        }
    });
    let or = (ways.by_code && ways.company_first).then(|| {
        view! { <h2>{text::SIGN_IN_COMPANY_OR}</h2> }
    });
    let act = t(text::sign_in_company_act(company.to_owned()));
    view! {
        <p class="form__actions">
            <CompanyLink at=at next=next asking=Asking::Usual is_primary=ways.company_first>
                {act}
            </CompanyLink>
            {another}
        </p>
        {or}
    }
    .alone()
}

/// Once more for a fresh proof that did not come about, or back without one.
fn proof_again(at: String, search: &str) -> View {
    let next = next_or_overview(search);
    let back = unproven(&next);
    view! {
        <p class="form__actions">
            <CompanyLink at=at next=next asking=Asking::Proof is_primary=true>
                {text::SIGN_IN_COMPANY_RETRY}
            </CompanyLink>
            <a class="button" href=back>
                {text::SIGN_IN_COMPANY_BACK}
            </a>
        </p>
    }
    .alone()
}

fn next_or_overview(search: &str) -> String {
    next_of(search).map_or_else(|| Route::Overview.href(), |next| next.href())
}
