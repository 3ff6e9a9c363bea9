//! What the tabs of one browser tell each other: by `BroadcastChannel`, and where that is missing or refused by a storage
//! event.

use super::listener::Listener;
use super::{clock, storage, window};
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};

const CHANNEL: &str = "portal";

thread_local! {
    static OPEN: Option<BroadcastChannel> = BroadcastChannel::new(CHANNEL).ok();
}

/// Tells every other tab.
pub fn tell(message: &str) {
    OPEN.with(|channel| match channel {
        Some(channel) => {
            let _ = channel.post_message(&message.into());
        }
        None => tell_by_storage(message),
    });
}

/// Runs `then` with every message of another tab, for as long as the page lives.
pub fn listen(then: impl Fn(String) + 'static) {
    OPEN.with(|channel| {
        match channel {
            Some(channel) => Listener::new(channel, "message", move |event| {
                if let Some(message) = event
                    .dyn_ref::<MessageEvent>()
                    .and_then(|event| event.data().as_string())
                {
                    then(message);
                }
            }),
            None => Listener::new(&window(), "storage", move |event| {
                if let Some(message) = event.dyn_ref::<StorageEvent>().and_then(stored_message) {
                    then(message);
                }
            }),
        }
        .forever()
    });
}

fn tell_by_storage(message: &str) {
    // The moment makes each one differ, because an unchanged value is no event.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "any number that changes will do"
    )]
    let moment = clock::now() as i64;
    storage::set(storage::TABS, &[message, " ", &moment.to_string()].concat());
    storage::remove(storage::TABS);
}

fn stored_message(event: &StorageEvent) -> Option<String> {
    let is_ours = event.key().as_deref() == Some(storage::TABS_NAME);
    let value = event.new_value().filter(|_| is_ours)?;
    value.split_once(' ').map(|(message, _)| message.to_owned())
}
