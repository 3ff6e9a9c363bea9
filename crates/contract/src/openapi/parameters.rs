//! The parameters of operations: headers, parts of an address, queries.

use super::parts::text;
use crate::filter::{MAX_QUERY_CHARACTERS, MAX_VALUES};
use crate::link::MAX_LINK_TOKEN_CHARACTERS;
use crate::page::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::starting::MAX_SUBJECT_CHARACTERS;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Ref, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{RefOr, Required};

fn whole_number(minimum: u64, maximum: u64, default: u64) -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let number = number.minimum(Some(minimum)).maximum(Some(maximum));
    number.default(Some(default.into())).into()
}

/// No upper bound: whoever asks for more gets as many as a page holds.
fn limit() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let number = number.minimum(Some(1));
    number.default(Some(DEFAULT_LIMIT.into())).into()
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
pub(super) fn all() -> Vec<(&'static str, Parameter)> {
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
                "`1`. A form of another site cannot set it, so a request without it changes nothing.",
                text().enum_values(Some(["1"])),
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
            "OptionalIdempotencyKey",
            parameter(
                "Idempotency-Key",
                ParameterIn::Header,
                Required::False,
                "As where it is needed, and looked at before `If-Match`: a change that is repeated with its key is answered like the \
                 first time, and not refused as stale. Without one, the version alone decides.",
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
            "CategoryId",
            path(
                "category_id",
                "The category of the inventory.",
                "InventoryCategoryId",
            ),
        ),
        (
            "AttributeKey",
            path(
                "key",
                "The attribute of the customer's record.",
                "AttributeKey",
            ),
        ),
        (
            "DataRequestId",
            path("data_request_id", "The data request.", "DataRequestId"),
        ),
        (
            "ArtifactId",
            path("artifact_id", "The artifact.", "ArtifactId"),
        ),
        (
            "DelegationId",
            path("delegation_id", "The delegation.", "DelegationId"),
        ),
        (
            "DownloadToken",
            parameter(
                "download_token",
                ParameterIn::Path,
                Required::True,
                "What `POST …/downloads` answered with; good once.",
                text(),
            ),
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
                &format!("The most items to answer with; more than {MAX_LIMIT} is {MAX_LIMIT}."),
                limit(),
            ),
        ),
        (
            "OnBehalf",
            query(
                "on_behalf",
                "The delegation under which the customer acts for another: it is about that person's data then, as far as the delegation \
                 goes. One that does not hold answers `not-found`.",
                reference("DelegationId"),
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
