//! The customer portal, in the browser.

mod announce;
mod api;
mod app;
mod browser;
mod config;
mod forms;
mod i18n;
mod live;
mod loading;
mod pages;
mod routes;
mod session;
mod shell;
mod theme;
mod ui;
mod widgets;

fn main() {
    app::start();
}
