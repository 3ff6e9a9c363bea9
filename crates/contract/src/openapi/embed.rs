//! Identity in a frame on the company's site.

use super::operation::{Entry, on};
use super::parts;
use crate::embed::{EmbedAssertion, EmbedSession};
use crate::endpoints;
use crate::problem::ProblemKind as Kind;
use utoipa::openapi::path::HttpMethod::Post;

/// All of it.
pub(super) fn all() -> Vec<Entry> {
    vec![
        on(Post, endpoints::SESSION_EMBED, "openFrame", parts::SESSION, "Exchange a host page's assertion")
            .says(
                "What the host page's backend signed becomes a bearer that lives in the frame's memory. Takes no cookie and no CSRF header: \
                 the assertion is the proof. Whatever is wrong with it answers `unauthenticated`, with a `detail` for the engineer that names \
                 the claim and never says whether there is such a customer. An assertion is good once, so a lost answer needs a new one. \
                 Carries no `Idempotency-Key`.",
            )
            .public()
            .reads::<EmbedAssertion>("application/json")
            .answers::<EmbedSession>(200, "The bearer, and whom it speaks for.")
            .refuses(&[Kind::Validation, Kind::NotFound, Kind::Unauthenticated]),
    ]
}
