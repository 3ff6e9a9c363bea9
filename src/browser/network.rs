//! Whether the device is online and the page is looked at.

use super::listener::Listener;
use super::{document, window};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AddEventListenerOptions, EventTarget, VisibilityState};

/// Whether the device says that it has a network. `true` is a hope, `false` a fact.
#[must_use]
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether somebody can see the page.
#[must_use]
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Runs `then` with `true` or `false` whenever the network comes or goes, for as long as the page lives.
pub fn on_change(then: impl Fn(bool) + Clone + 'static) {
    let gone = then.clone();
    Listener::new(&window(), "online", move |_| then(true)).forever();
    Listener::new(&window(), "offline", move |_| gone(false)).forever();
}

/// Runs `then` whenever somebody comes back to the page, for as long as it lives.
pub fn on_visible(then: impl Fn() + 'static) {
    Listener::new(&document(), "visibilitychange", move |_| {
        if is_visible() {
            then();
        }
    })
    .forever();
}

/// Resolves at once while the device is online and the page is visible, otherwise as soon as both are so.
pub async fn ready() {
    loop {
        if !is_online() {
            once(&window(), "online").await;
        } else if !is_visible() {
            once(&document(), "visibilitychange").await;
        } else {
            return;
        }
    }
}

async fn once(target: &EventTarget, name: &str) {
    let event = js_sys::Promise::new(&mut |resolve, _| {
        let options = AddEventListenerOptions::new();
        options.set_once(true);
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            name, &resolve, &options,
        );
    });
    let _ = JsFuture::from(event).await;
}
