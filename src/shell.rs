//! What stands around every screen, and which screen may stand at all.

mod banners;
mod bar;
mod door;
mod places;
mod sign_in_again;
mod you_menu;

pub use door::Door;

use crate::announce::LiveRegions;
use crate::api::learn_areas;
use crate::browser::focus;
use crate::i18n::text;
use crate::loading::ErrorPanel;
use crate::pages;
use crate::routes::{Link, Route, Screen, use_location};
use crate::session::{Session, use_session};
use banners::Banners;
use bar::Bar;
use places::Places;
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{Child, memo, view};
use sign_in_again::SignInAgain;

/// What may be shown. A session that ran out leaves the screen where it is, so this does not change with it.
#[derive(Clone, PartialEq)]
enum Gate {
    /// The screens of this customer.
    Open { subject: String },
    /// Signing in.
    SignIn,
    /// A screen that needs no sign-in.
    Public(Screen),
    /// The server could not be asked who is there.
    Unreached(Option<ApiError>),
}

fn gate() -> Memo<Gate> {
    let session = use_session();
    let path = use_location().pathname;
    memo(move || match session.get() {
        Session::Unknown(error) => Gate::Unreached(error),
        Session::SignedIn(customer) | Session::Expired(customer) => Gate::Open {
            subject: customer.subject,
        },
        Session::SignedOut => path
            .with(|path| public(path))
            .map_or(Gate::SignIn, Gate::Public),
    })
}

fn public(path: &str) -> Option<Screen> {
    Screen::at(path).filter(Screen::is_public)
}

/// The frame of every screen.
#[component]
pub fn Shell(children: ChildrenFn) -> impl IntoView {
    let gate = gate();
    let shown = move || match gate.get() {
        Gate::Open { .. } => {
            let children = children.clone();
            view! { <Frame>{children()}</Frame> }.alone()
        }
        Gate::SignIn => view! { <Door><Banners /> {pages::sign_in()}</Door> }.alone(),
        Gate::Public(screen) => view! {
            <Door>
                <Banners />
                {pages::public(&screen)}
                <p>
                    <Link to=Route::SignIn { next: None } class="button">
                        {text::SIGN_IN_TITLE}
                    </Link>
                </p>
            </Door>
        }
        .alone(),
        Gate::Unreached(error) => {
            view! { <Unreached error=error.unwrap_or(ApiError::Unreachable) /> }.alone()
        }
    };
    view! {
        {shown}
        <SignInAgain />
        <LiveRegions />
    }
}

/// The signed-in frame: skip link, bar, places, the screen.
#[component]
fn Frame(children: Children) -> impl IntoView {
    learn_areas();
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::id("main");
    };
    view! {
        <div class="shell">
            <a class="skip-link" href="#main" on:click=skip>
                {text::SHELL_SKIP}
            </a>
            <Bar />
            <Banners />
            <Places />
            <main class="main" id="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
}

/// The server could not be asked who is there.
#[component]
fn Unreached(error: ApiError) -> impl IntoView {
    let session = use_session();
    let retry = Callback::new(move |()| session.refresh());
    view! {
        <Door>
            <ErrorPanel title=text::SHELL_UNREACHED error=error is_page=true pending=session.refreshing() on_retry=retry />
        </Door>
    }
}
