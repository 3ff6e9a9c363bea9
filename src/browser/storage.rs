//! What a browser keeps for us. It may be denied, full or throwing: then nothing is remembered, and nothing breaks.

use super::window;
use std::borrow::Cow;
use web_sys::Storage;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    /// For every tab, until it is removed. Nothing personal stands here.
    Local,
    /// For this tab, until it is closed or the customer signs out.
    Session,
}

/// Where something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    area: Area,
    name: Cow<'static, str>,
}

impl Key {
    const fn local(name: &'static str) -> Self {
        Self {
            area: Area::Local,
            name: Cow::Borrowed(name),
        }
    }
}

/// The chosen theme; boot.js reads it too.
pub const THEME: Key = Key::local("portal.theme");
/// The chosen language; boot.js reads it too.
pub const LOCALE: Key = Key::local("portal.locale");
/// How tabs talk where there is no `BroadcastChannel`.
pub(super) const TABS: Key = Key::local(TABS_NAME);
pub(super) const TABS_NAME: &str = "portal.tabs";

const DRAFT_PREFIX: &str = "portal.draft.";

/// What was begun and not sent, under a name of its own.
#[must_use]
pub fn draft(name: &str) -> Key {
    Key {
        area: Area::Session,
        name: [DRAFT_PREFIX, name].concat().into(),
    }
}

/// What is kept there.
#[must_use]
pub fn get(key: Key) -> Option<String> {
    area(key.area)?.get_item(&key.name).ok().flatten()
}

/// Keeps a text; `false` when the browser would not.
pub fn set(key: Key, value: &str) -> bool {
    area(key.area).is_some_and(|storage| storage.set_item(&key.name, value).is_ok())
}

/// Forgets it; `false` when the browser would not.
pub fn remove(key: Key) -> bool {
    area(key.area).is_some_and(|storage| storage.remove_item(&key.name).is_ok())
}

/// Forgets the drafts of this tab whose names are to be forgotten.
pub fn clear_drafts(is_over: impl Fn(&str) -> bool) {
    let Some(storage) = area(Area::Session) else {
        return;
    };
    let count = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .collect();
    for name in &names {
        if name.strip_prefix(DRAFT_PREFIX).is_some_and(&is_over) {
            let _ = storage.remove_item(name);
        }
    }
}

/// Forgets everything that this tab kept for its customer.
pub fn clear_session() {
    if let Some(storage) = area(Area::Session) {
        let _ = storage.clear();
    }
}

fn area(area: Area) -> Option<Storage> {
    match area {
        Area::Local => window().local_storage(),
        Area::Session => window().session_storage(),
    }
    .ok()
    .flatten()
}
