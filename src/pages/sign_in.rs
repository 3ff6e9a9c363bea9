//! Signing in: in the place of whatever screen was asked for, or at its own address with where to go then.

use crate::i18n::{t, text};
use crate::routes::{NavigateOptions, Route, Screen, next_of, use_location, use_navigate};
use crate::session::{Session, use_session};
use crate::widgets::{PageHead, SignInForm};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The screen.
pub fn page() -> View {
    let session = use_session();
    leave_when_signed_in();
    let done = Callback::new(move |answer| session.signed_in(answer));
    view! {
        <PageHead title=t(text::SIGN_IN_TITLE) lede=t(text::SIGN_IN_LEDE) />
        <SignInForm on_done=done />
    }
    .alone()
}

/// The form alone, over the screen on which the session ran out.
pub fn again() -> View {
    let session = use_session();
    let done = Callback::new(move |answer| session.signed_in(answer));
    view! { <SignInForm on_done=done /> }.alone()
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
        if here && matches!(session.get(), Session::SignedIn(_)) {
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
