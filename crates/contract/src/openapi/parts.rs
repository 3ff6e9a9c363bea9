//! What several operations share: headers, ways to sign in, tags.

use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Ref, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};

pub(super) const CAPABILITIES: &str = "Capabilities";
pub(super) const SESSION: &str = "Session";
pub(super) const ME: &str = "Me";
pub(super) const OVERVIEW: &str = "Overview";
pub(super) const INTERACTIONS: &str = "Interactions";
pub(super) const MESSAGES: &str = "Messages";
pub(super) const ATTACHMENTS: &str = "Attachments";
pub(super) const EVENTS: &str = "Events";
pub(super) const CONTACT_POINTS: &str = "Contact points";
pub(super) const PREFERENCES: &str = "Preferences";
pub(super) const CONSENTS: &str = "Consents";
pub(super) const CONTACT: &str = "Getting in touch";
pub(super) const GUIDES: &str = "Guides";
pub(super) const NOTICES: &str = "Notices";
pub(super) const SIGNALS: &str = "Signals";
pub(super) const FEEDBACK: &str = "Feedback";
pub(super) const INVENTORY: &str = "Data inventory";
pub(super) const DATA_REQUESTS: &str = "Data requests";
pub(super) const DELEGATIONS: &str = "On behalf of another";
pub(super) const UNSUBSCRIBE: &str = "Unsubscribe";

/// The groups of operations, each with what it is about.
pub(super) const TAGS: [(&str, &str); 20] = [
    (
        CAPABILITIES,
        "What the API offers. The portal hides what is not here.",
    ),
    (
        SESSION,
        "Who is signed in, signing in and out, and proving it anew.",
    ),
    (ME, "The customer's own record."),
    (OVERVIEW, "What waits, at one glance."),
    (INTERACTIONS, "The history across every channel."),
    (MESSAGES, "The thread of an interaction."),
    (ATTACHMENTS, "The files of an interaction."),
    (EVENTS, "That something changed, as a long poll."),
    (
        CONTACT_POINTS,
        "Where the company can reach the customer, and the proof that it is theirs.",
    ),
    (
        PREFERENCES,
        "What the customer wants to be told, over which channel, how often and when; who changed it; and what would come of it.",
    ),
    (
        CONSENTS,
        "What the company uses personal data for, on which ground, and what the customer decided about it.",
    ),
    (
        CONTACT,
        "Every way to reach the company, and when it can call.",
    ),
    (
        GUIDES,
        "Questions that lead to an answer, or to the right way to get in touch.",
    ),
    (
        NOTICES,
        "What the company tells by itself, as far as the customer's preferences let it.",
    ),
    (
        SIGNALS,
        "What the company inferred from an interaction, and the customer's word against it.",
    ),
    (
        FEEDBACK,
        "What the customer says about the company, asked and unasked; what the company answered, and what changed because of it.",
    ),
    (
        INVENTORY,
        "What is held about the customer: by category, and down to the records.",
    ),
    (
        DATA_REQUESTS,
        "Access, portability, erasure and the other rights over one's data, with the legal clock and what they bring.",
    ),
    (
        DELEGATIONS,
        "Acting for somebody else: a parent, an agent, an executor. Narrow, confirmed, and over at a day.",
    ),
    (UNSUBSCRIBE, "For mail programs: one click of RFC 8058."),
];

/// The security requirement of everything that is about a customer.
pub(super) const COOKIE: &str = "session";

/// The other way, of a frame on the company's site.
pub(super) const FRAME: &str = "frame";

/// The third way, of what the link of an email's footer may do.
pub(super) const LINK: &str = "link";

pub(super) fn security_schemes() -> [(&'static str, SecurityScheme); 3] {
    let description = "Set by the API after sign-in: `Secure; HttpOnly; SameSite=Strict; Path=/`, with a fresh value at \
        every sign-in. On plain `http://localhost` a cookie without the `__Host-` prefix stands in.";
    let cookie = ApiKeyValue::with_description("__Host-session", description);
    let frame = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "From `POST /v1/session/embed`, for 10 minutes, in memory alone. It may do what a cookie may, but for `step_up` and \
             `contact_points:write`, and no cookie goes with it.",
        ));
    let link = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "From `POST /v1/session/link`, for 10 to 30 minutes, in memory alone. It may only reduce contact, and no cookie goes with it.",
        ));
    [
        (COOKIE, SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        (FRAME, SecurityScheme::Http(frame.build())),
        (LINK, SecurityScheme::Http(link.build())),
    ]
}

/// A reference to one of [`parameters`](super::parameters::all).
pub(super) fn parameter_ref(name: &str) -> Ref {
    Ref::new(format!("#/components/parameters/{name}"))
}

/// A reference to one of [`headers`].
pub(super) fn header_ref(name: &str) -> Ref {
    Ref::new(format!("#/components/headers/{name}"))
}

pub(super) fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// Every header of answers by the name under which they refer to it.
pub(super) fn headers() -> Vec<(&'static str, Header)> {
    let header = |description, schema: ObjectBuilder| {
        let schema = HeaderBuilder::new().schema(Some(schema));
        schema.description(Some(description)).build()
    };
    let seconds = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(0));
    vec![
        (
            "RequestId",
            header("What to quote to the company's engineers.", text()),
        ),
        (
            "NoStore",
            header(
                "`no-store`: nothing about a customer is kept by anybody on the way.",
                text().examples(["no-store"]),
            ),
        ),
        (
            "ETag",
            header(
                "The version, in quotes; the same as `etag` in the body.",
                text(),
            ),
        ),
        (
            "Replayed",
            header(
                "`true` when this repeats the first answer to the same key.",
                text().examples(["true"]),
            ),
        ),
        (
            "RetryAfter",
            header("When it may be tried again, in seconds from now.", seconds),
        ),
        (
            "ContentDisposition",
            header(
                "`attachment` with the file's name: a file is never shown as a page.",
                text(),
            ),
        ),
        (
            "ContentSecurityPolicy",
            header(
                "A policy that lets the document load nothing but what was asked for.",
                text(),
            ),
        ),
    ]
}
