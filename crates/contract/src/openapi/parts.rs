//! What several operations share: parameters, headers, ways to sign in, tags.

use crate::filter::{MAX_QUERY_CHARACTERS, MAX_VALUES};
use crate::link::MAX_LINK_TOKEN_CHARACTERS;
use crate::page::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::starting::MAX_SUBJECT_CHARACTERS;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Ref, Schema, SchemaFormat, Type,
};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{RefOr, Required};

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
pub(super) const UNSUBSCRIBE: &str = "Unsubscribe";

/// The groups of operations, each with what it is about.
pub(super) const TAGS: [(&str, &str); 17] = [
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
    (UNSUBSCRIBE, "For mail programs: one click of RFC 8058."),
];

/// The security requirement of everything that is about a customer.
pub(super) const COOKIE: &str = "session";

/// The other way, of what the link of an email's footer may do.
pub(super) const LINK: &str = "link";

pub(super) fn security_schemes() -> [(&'static str, SecurityScheme); 2] {
    let description = "Set by the API after sign-in: `Secure; HttpOnly; SameSite=Strict; Path=/`, with a fresh value at \
        every sign-in. On plain `http://localhost` a cookie without the `__Host-` prefix stands in.";
    let cookie = ApiKeyValue::with_description("__Host-session", description);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "From `POST /v1/session/link`, for 10 to 30 minutes, in memory alone. It may only reduce contact, and no cookie goes with it.",
        ));
    [
        (COOKIE, SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        (LINK, SecurityScheme::Http(bearer.build())),
    ]
}

/// A reference to one of [`parameters`].
pub(super) fn parameter_ref(name: &str) -> Ref {
    Ref::new(format!("#/components/parameters/{name}"))
}

/// A reference to one of [`headers`].
pub(super) fn header_ref(name: &str) -> Ref {
    Ref::new(format!("#/components/headers/{name}"))
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn whole_number(minimum: u64, maximum: u64, default: u64) -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let number = number.minimum(Some(minimum)).maximum(Some(maximum));
    number.default(Some(default.into())).into()
}

fn several(name: &str) -> Schema {
    let items = Ref::from_schema_name(name);
    ArrayBuilder::new()
        .items(items)
        .max_items(Some(MAX_VALUES))
        .into()
}

fn parameter(
    name: &str,
    place: ParameterIn,
    required: Required,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}

/// Every parameter by the name under which operations refer to it.
pub(super) fn parameters() -> Vec<(&'static str, Parameter)> {
    let mut all = header_parameters();
    all.extend(path_parameters());
    all.extend(query_parameters());
    all
}

fn header_parameters() -> Vec<(&'static str, Parameter)> {
    let header = |name, description, schema: ObjectBuilder| {
        parameter(
            name,
            ParameterIn::Header,
            Required::True,
            description,
            schema,
        )
    };
    vec![
        (
            "Csrf",
            header(
                "X-Portal-CSRF",
                "Any value; the portal sends `1`. A form of another site cannot set it, so a request without it changes nothing.",
                text().examples(["1"]),
            ),
        ),
        (
            "IdempotencyKey",
            header(
                "Idempotency-Key",
                "One UUID per intent of the customer, kept for 24 hours. The same key with the same request repeats the \
                 first answer with `Idempotency-Replayed: true`; with another request it is refused.",
                text().examples(["7b0c6f0e-8f0f-4a57-9d0c-3a3f1f0f6a10"]),
            ),
        ),
        (
            "IfMatch",
            header(
                "If-Match",
                "The `etag` of the object as the customer saw it, in quotes.",
                text().examples(["\"v7\""]),
            ),
        ),
        (
            "LastEventId",
            parameter(
                "Last-Event-ID",
                ParameterIn::Header,
                Required::False,
                "The `id` that a stream of events last had, by which a browser goes on where it was; above `cursor`.",
                text(),
            ),
        ),
        (
            "ContentDisposition",
            header(
                "Content-Disposition",
                "The file's name: `attachment; filename*=UTF-8''…` (RFC 6266, RFC 8187).",
                text().examples(["attachment; filename*=UTF-8''Z%C3%A4hler.png"]),
            ),
        ),
    ]
}

fn path_parameters() -> Vec<(&'static str, Parameter)> {
    let path = |name, description, schema| {
        let schema = Ref::from_schema_name(schema);
        parameter(name, ParameterIn::Path, Required::True, description, schema)
    };
    vec![
        (
            "InteractionId",
            path("id", "The interaction.", "InteractionId"),
        ),
        ("MessageId", path("message_id", "The message.", "MessageId")),
        (
            "AttachmentId",
            path("attachment_id", "The file.", "AttachmentId"),
        ),
        (
            "ContactPointId",
            path("contact_point_id", "The contact point.", "ContactPointId"),
        ),
        (
            "VerificationId",
            path(
                "verification_id",
                "The code that was sent.",
                "VerificationId",
            ),
        ),
        (
            "ChangeId",
            path("change_id", "The change.", "PreferenceChangeId"),
        ),
        ("PurposeId", path("purpose_id", "The purpose.", "PurposeId")),
        (
            "RecordId",
            path("record_id", "The decision.", "ConsentRecordId"),
        ),
        (
            "OptionId",
            path("option_id", "The way to get in touch.", "ContactOptionId"),
        ),
        ("GuideId", path("guide_id", "The guide.", "GuideId")),
        ("NoticeId", path("notice_id", "The notice.", "NoticeId")),
        ("SignalId", path("signal_id", "The signal.", "SignalId")),
        (
            "FeedbackRequestId",
            path("request_id", "The request.", "FeedbackRequestId"),
        ),
        (
            "FeedbackId",
            path("feedback_id", "The entry of the ledger.", "FeedbackId"),
        ),
        (
            "Token",
            parameter(
                "token",
                ParameterIn::Path,
                Required::True,
                "The token of one mail to one address, signed.",
                text().max_length(Some(MAX_LINK_TOKEN_CHARACTERS)),
            ),
        ),
    ]
}

fn query_parameters() -> Vec<(&'static str, Parameter)> {
    fn query(name: &str, description: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
        parameter(
            name,
            ParameterIn::Query,
            Required::False,
            description,
            schema,
        )
    }
    let required = |name, description, schema| {
        parameter(
            name,
            ParameterIn::Query,
            Required::True,
            description,
            schema,
        )
    };
    let reference = Ref::from_schema_name::<&str>;
    let date = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    vec![
        (
            "Cursor",
            query(
                "cursor",
                "Where the page begins; without it, at the beginning.",
                reference("Cursor"),
            ),
        ),
        (
            "Limit",
            query(
                "limit",
                "The most items to answer with.",
                whole_number(1, MAX_LIMIT, DEFAULT_LIMIT),
            ),
        ),
        (
            "Query",
            query(
                "q",
                "Words to find in subject, reference and messages.",
                text().max_length(Some(MAX_QUERY_CHARACTERS)),
            ),
        ),
        (
            "Channel",
            query("channel", "Only these channels.", several("Channel")),
        ),
        (
            "Direction",
            query(
                "direction",
                "Only what this side began.",
                reference("Direction"),
            ),
        ),
        (
            "Status",
            query(
                "status",
                "Only these statuses.",
                several("InteractionStatus"),
            ),
        ),
        (
            "Topic",
            query("topic", "Only these topics.", several("TopicId")),
        ),
        (
            "From",
            query(
                "from",
                "Begun on this day or later, in the customer's zone.",
                date(),
            ),
        ),
        (
            "To",
            query(
                "to",
                "Begun on this day or earlier, in the customer's zone.",
                date(),
            ),
        ),
        (
            "NoticeState",
            query(
                "state",
                "Which notices; `current` when absent.",
                reference("NoticeState"),
            ),
        ),
        (
            "Sort",
            query(
                "sort",
                "The order; `newest` when absent.",
                reference("Sort"),
            ),
        ),
        (
            "Ago",
            query(
                "ago",
                "Where to begin without a `cursor`: so many seconds before now.",
                whole_number(0, 86_400, 0),
            ),
        ),
        (
            "Wait",
            query(
                "wait",
                "How many seconds to wait for a first change.",
                whole_number(0, 30, 0),
            ),
        ),
        (
            "ReachTopic",
            required(
                "topic",
                "The topic to ask about.",
                reference("PreferenceTopicId"),
            ),
        ),
        (
            "ReachChannel",
            required("channel", "The channel to ask about.", reference("Channel")),
        ),
        (
            "At",
            query(
                "at",
                "The moment to ask about; now when absent.",
                text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))),
            ),
        ),
        (
            "ContactTopic",
            query("topic", "What it is about.", reference("TopicId")),
        ),
        (
            "SimilarSubject",
            query(
                "subject",
                "What it is about, in the customer's words.",
                text().max_length(Some(MAX_SUBJECT_CHARACTERS)),
            ),
        ),
        (
            "SlotsFrom",
            query(
                "from",
                "Slots that begin at this moment or later; now when absent.",
                text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))),
            ),
        ),
        (
            "SlotsTo",
            query(
                "to",
                "Slots that begin before this moment, at most 62 days after `from`; as far as they can be booked when absent.",
                text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))),
            ),
        ),
        (
            "Images",
            query(
                "images",
                "`allow` loads the images that stand elsewhere; each tells its sender that the mail was opened.",
                text().examples(["allow"]),
            ),
        ),
    ]
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
