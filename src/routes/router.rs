//! Where the reader is, and going elsewhere without loading the page anew.
//!
//! Leptos' router resolves relative paths, keeps maps of parameters and of queries, and matches nested routes: a twentieth of the
//! program for what a dozen flat addresses do not have (docs/decisions/0013).

use crate::browser::address::{self, Address};
use crate::browser::{focus, page, task};
use portal_markup::prelude::*;
use portal_markup::{effect, memo};

/// Where the reader is.
#[derive(Clone, Copy)]
pub struct Location {
    /// The path of the address.
    pub pathname: Memo<String>,
    /// Its query, with the question mark.
    pub search: Memo<String>,
}

/// How to go somewhere.
#[derive(Clone, Copy, Debug)]
pub struct NavigateOptions {
    /// Whether it takes the place of this entry in the browser's history.
    pub replace: bool,
    /// Whether the page is read from the top there.
    pub scroll: bool,
}

impl Default for NavigateOptions {
    fn default() -> Self {
        Self {
            replace: false,
            scroll: true,
        }
    }
}

#[derive(Clone, Copy)]
struct Router {
    here: RwSignal<Address>,
    location: Location,
}

/// Makes the address known to everything below, and takes the links within the portal over.
pub fn provide_router() {
    let here = RwSignal::new(Address::here());
    let part = move |of: fn(&Address) -> &String| memo(move || here.with(|it| of(it).clone()));
    let location = Location {
        pathname: part(|address| &address.path),
        search: part(|address| &address.search),
    };
    provide_context(Router { here, location });
    let arriving = StoredValue::new(None::<Address>);
    address::on_travel(move || here.set(Address::here()));
    address::on_link(move |to| {
        if here.with_untracked(|here| here.path == to.path) {
            return go(here, to, NavigateOptions::default());
        }
        focus::count_screen();
        arriving.set_value(Some(to.clone()));
        here.set(to);
    });
    // The screen that is left remembers how far it was read: the address bar and the place on the page are changed only
    // once the next one is drawn.
    effect(move || {
        location.pathname.track();
        if let Some(to) = arriving.try_update_value(Option::take).flatten() {
            task::run(async move { arrive(&to, NavigateOptions::default()) });
        }
    });
}

fn go(here: RwSignal<Address>, to: Address, options: NavigateOptions) {
    if here.with_untracked(|here| *here != to) {
        here.set(to.clone());
    }
    arrive(&to, options);
}

fn arrive(to: &Address, options: NavigateOptions) {
    // Where the reader is already, another entry of the history would be one to go back to for nothing.
    if options.replace || Address::here() != *to {
        to.write(options.replace);
    }
    let target = to.fragment.strip_prefix('#').and_then(page::element);
    match target {
        Some(target) => target.scroll_into_view(),
        None if options.scroll => page::scroll_to(0.0),
        None => {}
    }
}

/// Where the reader is.
#[must_use]
pub fn use_location() -> Location {
    expect_context::<Router>().location
}

/// Goes to a path of the portal.
pub fn use_navigate() -> impl Fn(&str, NavigateOptions) + Copy + 'static {
    let Router { here, .. } = expect_context();
    move |to, options| go(here, Address::read(to), options)
}
