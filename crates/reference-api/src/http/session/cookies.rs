//! The session's cookie.

use super::store::Token;
use crate::config::Config;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// Over https. The prefix makes browsers refuse it without `Secure` and `Path=/`, or with a `Domain`, so that no
/// neighbouring host can plant one.
const SECURE: &str = "__Host-session";

/// On plain `http://localhost`, where a `Secure` cookie would not be kept everywhere.
const DEVELOPMENT: &str = "dev-session";

fn name(config: &Config) -> &'static str {
    if config.is_https() {
        SECURE
    } else {
        DEVELOPMENT
    }
}

/// The cookies of a request.
pub(crate) struct Cookies<'a>(&'a HeaderMap);

impl<'a> Cookies<'a> {
    pub(crate) fn of(headers: &'a HeaderMap) -> Self {
        Self(headers)
    }

    /// The session's token, if there is one.
    pub(crate) fn session(&self, config: &Config) -> Option<Token> {
        self.0
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(cookie, _)| *cookie == name(config))
            .and_then(|(_, value)| Token::parse(value))
    }
}

/// `Set-Cookie` that begins. Without `Max-Age` it goes when the browser closes; the server ends it before that if need be.
pub(super) fn setting(config: &Config, token: &Token) -> HeaderValue {
    line(config, token.as_str(), "")
}

/// `Set-Cookie` that ends.
pub(super) fn clearing(config: &Config) -> HeaderValue {
    line(config, "", "; Max-Age=0")
}

fn line(config: &Config, value: &str, more: &str) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    HeaderValue::try_from(format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{more}",
        name(config)
    ))
    .expect("a token is hexadecimal digits, the rest is fixed text")
}
