//! What a request brings to say who sends it. Nothing else reads a bearer.

use super::session::Cookies;
use super::session::store::{Carrier, Token};
use crate::config::Config;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// What the bearer of a frame begins with, so that nobody takes one for another, nor a scanner of leaked secrets for nothing.
const FRAME: &str = "frame_";

/// What a request brings.
pub(super) enum Credential<'r> {
    /// A session's token, and what it came in.
    Session(Token, Carrier),
    /// The bearer of a link from an email's footer.
    Link(&'r str),
    /// Nothing.
    Nothing,
}

impl<'r> Credential<'r> {
    /// Of these headers. A bearer was chosen by whoever sends it, and a cookie beside it was not.
    pub(super) fn of(headers: &'r HeaderMap, config: &Config) -> Self {
        if let Some(bearer) = bearer(headers) {
            let token = bearer.strip_prefix(FRAME).and_then(Token::parse);
            return match token {
                Some(token) => Self::Session(token, Carrier::Frame),
                None => Self::Link(bearer),
            };
        }
        match Cookies::of(headers).session(config) {
            Some(token) => Self::Session(token, Carrier::Cookie),
            None => Self::Nothing,
        }
    }
}

/// What a frame has to send (RFC 6750).
pub(super) fn frame_bearer(token: &Token) -> String {
    format!("{FRAME}{}", token.as_str())
}

/// Whether a request brings a bearer, good or not.
pub(super) fn has_bearer(headers: &HeaderMap) -> bool {
    bearer(headers).is_some()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, bearer) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| bearer.trim())
}
