//! The only user of `web_sys` and `js_sys`: everything else asks here in its own words.
//!
//! Whatever a browser may deny or lack (storage, channels, random numbers) is dealt with in the module that asks for it,
//! so that no caller has to think of it. Logic that needs no browser is kept in plain functions and tested natively.

pub mod address;
pub mod base;
pub mod boot;
pub mod bytes;
pub mod clipboard;
pub mod clock;
pub mod console;
pub mod dialog;
pub mod download;
pub mod files;
pub mod focus;
pub mod frame;
pub mod intl;
pub mod json;
pub mod later;
pub mod letters;
mod listener;
pub mod network;
pub mod observe;
pub mod page;
pub mod panic;
pub mod program;
pub mod storage;
pub mod tabs;
pub mod task;
pub mod transport;
pub mod uuid;
pub mod viewport;

/// The window. There always is one: the portal runs in no worker.
fn window() -> web_sys::Window {
    web_sys::window().expect("the portal runs in a page, which has a window")
}

/// The document of the window.
fn document() -> web_sys::Document {
    window().document().expect("a page's window has a document")
}
