//! The cookies: of the session, and of the browser that somebody signed in from.

use super::devices;
use super::store::Token;
use crate::config::Config;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// Over https. The prefix makes browsers refuse it without `Secure` and `Path=/`, or with a `Domain`, so that no
/// neighbouring host can plant one.
const SECURE: &str = "__Host-";

/// On plain `http://localhost`, where a `Secure` cookie would not be kept everywhere.
const DEVELOPMENT: &str = "dev-";

const SESSION: &str = "session";
const DEVICE: &str = "device";
const DEPARTURE: &str = "departure";

/// Each way to the company's own sign-in has a cookie of its own: two tabs can be on their way at once.
fn way(state: &str) -> String {
    format!("sign-in-{state}")
}

fn name(config: &Config, of: &str) -> String {
    let prefix = if config.is_https() {
        SECURE
    } else {
        DEVELOPMENT
    };
    format!("{prefix}{of}")
}

/// The cookies of a request.
pub(crate) struct Cookies<'a>(&'a HeaderMap);

impl<'a> Cookies<'a> {
    pub(crate) fn of(headers: &'a HeaderMap) -> Self {
        Self(headers)
    }

    /// The session's token, if there is one.
    pub(crate) fn session(&self, config: &Config) -> Option<Token> {
        self.token(&name(config, SESSION))
    }

    /// The browser's token, if somebody has signed in from it.
    pub(super) fn device(&self, config: &Config) -> Option<Token> {
        self.token(&name(config, DEVICE))
    }

    /// The cookie of one way to the company's own sign-in.
    pub(super) fn way(&self, config: &Config, state: &str) -> Option<&'a str> {
        self.value(&name(config, &way(state)))
    }

    /// The token of a way to the company's own sign-out.
    pub(super) fn departure(&self, config: &Config) -> Option<Token> {
        self.token(&name(config, DEPARTURE))
    }

    fn token(&self, name: &str) -> Option<Token> {
        self.value(name).and_then(Token::parse)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.0
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(cookie, _)| *cookie == name)
            .map(|(_, value)| value)
    }
}

/// `Set-Cookie` that begins. Without `Max-Age` it goes when the browser closes; the server ends it before that if need be.
pub(super) fn setting(config: &Config, token: &Token) -> HeaderValue {
    line(config, SESSION, token.as_str(), "")
}

/// `Set-Cookie` that ends.
pub(super) fn clearing(config: &Config) -> HeaderValue {
    line(config, SESSION, "", "; Max-Age=0")
}

/// `Set-Cookie` by which a browser is known again. It outlives the session.
pub(super) fn knowing(config: &Config, token: &Token) -> HeaderValue {
    let life = format!("; Max-Age={}", devices::LIFE_SECONDS);
    line(config, DEVICE, token.as_str(), &life)
}

/// `Set-Cookie` of a way to the company's own sign-in. `Lax`: the way back is a link of another site, with which `Strict` does not go.
pub(super) fn setting_out(config: &Config, state: &str, value: &str, seconds: i64) -> HeaderValue {
    let life = format!("; Max-Age={seconds}");
    bound(config, &way(state), value, "Lax", &life)
}

/// `Set-Cookie` that ends it.
pub(super) fn arriving(config: &Config, state: &str) -> HeaderValue {
    bound(config, &way(state), "", "Lax", "; Max-Age=0")
}

/// `Set-Cookie` of a way to the company's own sign-out.
pub(super) fn departing(config: &Config, token: &Token, seconds: u64) -> HeaderValue {
    line(
        config,
        DEPARTURE,
        token.as_str(),
        &format!("; Max-Age={seconds}"),
    )
}

/// `Set-Cookie` that ends it.
pub(super) fn departed(config: &Config) -> HeaderValue {
    line(config, DEPARTURE, "", "; Max-Age=0")
}

fn line(config: &Config, of: &str, value: &str, more: &str) -> HeaderValue {
    bound(config, of, value, "Strict", more)
}

fn bound(config: &Config, of: &str, value: &str, same_site: &str, more: &str) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    HeaderValue::try_from(format!(
        "{}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{more}",
        name(config, of)
    ))
    .expect("a value is digits and letters, the rest is fixed text")
}
