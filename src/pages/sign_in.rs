//! Signing in: in the place of whatever screen was asked for, or at its own address with where to go then.

use crate::i18n::{t, text};
use crate::loading::Loaded;
use crate::routes::{
    NavigateOptions, Route, Screen, next_of, problem_of, use_location, use_navigate,
};
use crate::session::{Session, use_session};
use crate::widgets::{CompanyPlace, PageHead, SignInForm, Ways, item_bones, ways};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The door to the company's own sign-in, which only its customers have to load.
#[derive(Clone, Copy)]
pub struct Company(pub fn() -> View);

/// The screen.
pub fn page() -> View {
    leave_when_signed_in();
    by_the_ways(true)
}

/// The form alone, over the screen on which the session ran out.
pub fn again() -> View {
    by_the_ways(false)
}

fn by_the_ways(is_page: bool) -> View {
    let ways = ways();
    view! {
        <Loaded from=ways failed=text::FAILURE_PART is_page=is_page skeleton=|| item_bones(2) let:ways>
            {untrack(move || shown(ways.get(), is_page))}
        </Loaded>
    }
    .alone()
}

fn shown(ways: Ways, is_page: bool) -> View {
    let session = use_session();
    let done = Callback::new(move |answer| session.signed_in(answer));
    let company_first = ways.company.is_some() && ways.company_first;
    let head = (is_page && !company_first).then(|| {
        view! { <PageHead title=t(text::SIGN_IN_TITLE) lede=t(text::SIGN_IN_LEDE) /> }
    });
    // Whoever is led here with a problem of a fresh proof is signed in.
    let is_asked = !matches!(session.signal().get_untracked(), Session::SignedIn(_));
    let form = (ways.by_code && is_asked).then(|| view! { <SignInForm on_done=done /> });
    let company = ways.company.clone().map(|at| {
        let is_head = is_page && company_first;
        provide_context(CompanyPlace { at, ways, is_head });
        (expect_context::<Company>().0)()
    });
    if company_first {
        view! { {company} {form} }.alone()
    } else {
        view! { {head} {form} {company} }.alone()
    }
}

/// At an address of its own there is nothing more to do here once somebody is signed in; elsewhere the screen that was
/// asked for takes this one's place by itself.
fn leave_when_signed_in() {
    let session = use_session();
    let address = use_location();
    let navigate = use_navigate();
    effect(move || {
        let here = address
            .pathname
            .with_untracked(|path| Screen::at(path) == Some(Screen::SignIn));
        let told = address
            .search
            .with_untracked(|search| problem_of(search).is_some());
        if here && !told && matches!(session.get(), Session::SignedIn(_)) {
            let next = address.search.with_untracked(|search| next_of(search));
            let to = next.map_or_else(|| Route::Overview.href(), |next| next.href());
            navigate(
                &to,
                NavigateOptions {
                    replace: true,
                    ..NavigateOptions::default()
                },
            );
        }
    });
}
