//! One operation, said in a few words: what all operations share is added here.

use super::parts::{COOKIE, FRAME, LINK, header_ref, parameter_ref};
use super::problems;
use crate::endpoints;
use crate::link::{ONE_CLICK_NAME, ONE_CLICK_VALUE};
use crate::problem::{Problem, ProblemKind};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Ref, Schema, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{RefOr, Required};

type Named = (String, RefOr<Schema>);

/// An operation in the making.
pub(super) struct Entry {
    path: &'static str,
    method: HttpMethod,
    operation: OperationBuilder,
    schemas: Vec<Named>,
    problems: Vec<ProblemKind>,
    signed_in: bool,
    by_link: bool,
    at_top_level: bool,
    answer: Option<(String, ResponseBuilder)>,
    /// Says that nothing was made, with the same schema as the answer that something was.
    stands: Option<&'static str>,
}

/// The name and address of an operation; `id` is what generated clients call it.
pub(super) fn on(
    method: HttpMethod,
    path: &'static str,
    id: &str,
    tag: &str,
    summary: &str,
) -> Entry {
    let operation = OperationBuilder::new()
        .operation_id(Some(id))
        .tag(tag)
        .summary(Some(summary));
    // A mail program sends neither a cookie nor a header that would guard one, and a frame has no cookie.
    // Reading changes nothing, so there is nothing to guard.
    let is_unguarded = method == HttpMethod::Get
        || matches!(path, endpoints::UNSUBSCRIBE | endpoints::SESSION_EMBED);
    let operation = if is_unguarded {
        operation
    } else {
        operation.parameter_ref(parameter_ref("Csrf"))
    };
    let entry = Entry {
        path,
        method,
        operation,
        schemas: Vec::new(),
        problems: vec![
            ProblemKind::Unauthenticated,
            ProblemKind::ScopeInsufficient,
            ProblemKind::QuotaExceeded,
            ProblemKind::UpstreamUnavailable,
        ],
        signed_in: true,
        by_link: false,
        at_top_level: false,
        answer: None,
        stands: None,
    };
    let in_path = [
        ("{id}", "InteractionId"),
        ("{message_id}", "MessageId"),
        ("{attachment_id}", "AttachmentId"),
        ("{contact_point_id}", "ContactPointId"),
        ("{verification_id}", "VerificationId"),
        ("{change_id}", "ChangeId"),
        ("{purpose_id}", "PurposeId"),
        ("{record_id}", "RecordId"),
        ("{option_id}", "OptionId"),
        ("{guide_id}", "GuideId"),
        ("{notice_id}", "NoticeId"),
        ("{signal_id}", "SignalId"),
        ("{request_id}", "FeedbackRequestId"),
        ("{feedback_id}", "FeedbackId"),
        ("{category_id}", "CategoryId"),
        ("{key}", "AttributeKey"),
        ("{data_request_id}", "DataRequestId"),
        ("{artifact_id}", "ArtifactId"),
        ("{delegation_id}", "DelegationId"),
        ("{download_token}", "DownloadToken"),
        ("{token}", "Token"),
    ];
    in_path
        .into_iter()
        .filter(|(placeholder, _)| path.contains(placeholder))
        .fold(entry, |entry, (_, name)| {
            entry.takes(&[name]).refuses(&[ProblemKind::NotFound])
        })
        .knows::<Problem>()
}

impl Entry {
    /// More than the summary says.
    pub(super) fn says(mut self, description: &str) -> Self {
        self.operation = self.operation.description(Some(description));
        self
    }

    /// It needs nobody to be signed in.
    pub(super) fn public(mut self) -> Self {
        self.signed_in = false;
        self.problems
            .retain(|kind| *kind != ProblemKind::Unauthenticated);
        if self.method == HttpMethod::Get || self.path == endpoints::UNSUBSCRIBE {
            // Writes keep it: one that another site made the browser send is refused so.
            self.problems
                .retain(|kind| *kind != ProblemKind::ScopeInsufficient);
        }
        self
    }

    /// The bearer of a footer's link will do too.
    pub(super) fn by_link(mut self) -> Self {
        self.by_link = true;
        self
    }

    /// No cookie will do, only the bearer of a footer's link.
    pub(super) fn by_link_alone(mut self) -> Self {
        self.signed_in = false;
        self.by_link()
    }

    /// A frame's bearer will not do: it has a tab opened for it.
    pub(super) fn at_top_level(mut self) -> Self {
        self.at_top_level = true;
        self
    }

    /// It has these parameters.
    pub(super) fn takes(mut self, parameters: &[&str]) -> Self {
        for name in parameters {
            self.operation = self.operation.parameter_ref(parameter_ref(name));
        }
        self
    }

    /// Schemas that only its parameters refer to.
    pub(super) fn knows<T: ToSchema>(mut self) -> Self {
        T::schemas(&mut self.schemas);
        self.schemas.push((T::name().into_owned(), T::schema()));
        self
    }

    /// Its body is a `T`.
    pub(super) fn reads<T: ToSchema>(self, media_type: &str) -> Self {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(T::name())));
        self.knows::<T>().body(media_type, content)
    }

    /// Its body is a file.
    pub(super) fn reads_bytes(self) -> Self {
        self.body("*/*", ContentBuilder::new().schema(Some(any_bytes())))
    }

    /// Its body is the click of a mail program (RFC 8058), in either encoding.
    pub(super) fn reads_one_click(mut self) -> Self {
        let value = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some([ONE_CLICK_VALUE]));
        let form: Schema = ObjectBuilder::new()
            .property(ONE_CLICK_NAME, value)
            .required(ONE_CLICK_NAME)
            .into();
        let content = ContentBuilder::new().schema(Some(form)).build();
        let body = RequestBodyBuilder::new()
            .content("application/x-www-form-urlencoded", content.clone())
            .content("multipart/form-data", content)
            .required(Some(Required::True));
        self.operation = self.operation.request_body(Some(body.build()));
        self.refuses(&[ProblemKind::Malformed])
    }

    /// It is a change of an object as it stood at a version.
    pub(super) fn versioned(self) -> Self {
        self.takes(&["IfMatch"]).refuses(&[
            ProblemKind::PreconditionRequired,
            ProblemKind::PreconditionFailed,
        ])
    }

    fn body(mut self, media_type: &str, content: ContentBuilder) -> Self {
        let body = RequestBodyBuilder::new()
            .content(media_type, content.build())
            .required(Some(Required::True));
        self.operation = self.operation.request_body(Some(body.build()));
        self.refuses(&[ProblemKind::Malformed, ProblemKind::UnsupportedMediaType])
    }

    /// It is a write of the customer: safe to repeat by its key. What alters an object needs none, for its version guards it.
    pub(super) fn keyed(self) -> Self {
        let keyed = match self.method {
            HttpMethod::Patch => self.takes(&["OptionalIdempotencyKey"]),
            _ => self
                .takes(&["IdempotencyKey"])
                .refuses(&[ProblemKind::IdempotencyKeyMissing]),
        };
        let keyed = keyed.refuses(&[
            ProblemKind::IdempotencyInProgress,
            ProblemKind::IdempotencyKeyReused,
        ]);
        keyed.with_header("Idempotency-Replayed", "Replayed")
    }

    /// It succeeds with a `T`.
    pub(super) fn answers<T: ToSchema>(self, status: u16, description: &str) -> Self {
        self.knows::<T>()
            .answers_with(status, description, Ref::from_schema_name(T::name()))
    }

    /// It succeeds with a page of `T`s. utoipa writes a generic type out wherever it stands, so the page gets a name here.
    pub(super) fn answers_page<T: ToSchema>(mut self, name: &str, description: &str) -> Self {
        self = self.knows::<T>().knows::<crate::Cursor>();
        self.schemas.push((name.to_owned(), page_of(&T::name())));
        self.takes(&["Cursor", "Limit"])
            .answers_with(200, description, Ref::from_schema_name(name))
            .refuses(&[ProblemKind::Validation])
    }

    fn answers_with(mut self, status: u16, description: &str, schema: Ref) -> Self {
        let content = ContentBuilder::new().schema(Some(schema));
        let response = ResponseBuilder::new()
            .description(description)
            .content("application/json", content.build());
        self.answer = Some((status.to_string(), response));
        self
    }

    /// Its success comes in another media type too, for who asks for it by `Accept`. Call it after the answer is said.
    pub(super) fn or_as(mut self, media_type: &str, description: &str) -> Self {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(description));
        let content = ContentBuilder::new().schema(Some(schema)).build();
        self.answer = self
            .answer
            .map(|(status, response)| (status, response.content(media_type, content)));
        self
    }

    /// It succeeds with nothing to read.
    pub(super) fn answers_nothing(mut self, description: &str) -> Self {
        let response = ResponseBuilder::new().description(description);
        self.answer = Some(("204".to_owned(), response));
        self
    }

    /// It succeeds with something that is no JSON.
    pub(super) fn answers_bytes(mut self, media_type: &str, description: &str) -> Self {
        let content = ContentBuilder::new().schema(Some(any_bytes()));
        let response = ResponseBuilder::new()
            .description(description)
            .content(media_type, content.build());
        self.answer = Some(("200".to_owned(), response));
        self
    }

    /// A person's browser gets a page instead. Call it after the answer is said.
    pub(super) fn or_a_page(mut self) -> Self {
        let page = ContentBuilder::new().schema(Some(any_bytes())).build();
        self.answer = self
            .answer
            .map(|(status, response)| (status, response.content("text/html", page)));
        self
    }

    /// What is there already answers 200, in the same shape.
    pub(super) fn or_as_it_stands(mut self, description: &'static str) -> Self {
        self.stands = Some(description);
        self
    }

    /// A header of its success. Call it after the answer is said.
    pub(super) fn with_header(mut self, name: &str, component: &str) -> Self {
        self.answer = self
            .answer
            .map(|(status, response)| (status, response.header_ref(name, header_ref(component))));
        self
    }

    /// What it refuses, beyond what every operation may.
    pub(super) fn refuses(mut self, kinds: &[ProblemKind]) -> Self {
        self.problems.extend_from_slice(kinds);
        self
    }

    /// Where it stands.
    pub(super) fn path(&self) -> &'static str {
        self.path
    }

    pub(super) fn schemas(&self) -> &[Named] {
        &self.schemas
    }

    /// The responses by which it refuses, each under the name that [`finish`](Self::finish) refers to.
    pub(super) fn refusals(&self) -> impl Iterator<Item = (String, Response)> {
        let refusals = problems::refusals(&self.problems).into_iter();
        refusals.map(|refusal| (refusal.name, refusal.response))
    }

    /// The operation, whole, and where it stands.
    pub(super) fn finish(self) -> (&'static str, HttpMethod, Operation) {
        let mut operation = self.operation;
        // An empty requirement would say "or nobody"; an empty list says that nobody need be signed in.
        let ways = [
            (COOKIE, self.signed_in),
            (FRAME, self.signed_in && !self.at_top_level),
            (LINK, self.by_link),
        ];
        let ways = ways.into_iter().filter(|(_, will_do)| *will_do);
        operation = operation.securities(Some(
            ways.map(|(way, _)| SecurityRequirement::new(way, [] as [&str; 0])),
        ));
        if let Some((status, response)) = self.answer {
            let response = common_headers(response);
            if let Some(description) = self.stands {
                let mut standing = response.clone();
                standing.description = description.to_owned();
                operation = operation.response("200", standing);
            }
            operation = operation.response(status, response);
        }
        for refusal in problems::refusals(&self.problems) {
            let response = Ref::from_response_name(refusal.name);
            operation = operation.response(refusal.status.to_string(), response);
        }
        (self.path, self.method, operation.build())
    }
}

fn common_headers(response: ResponseBuilder) -> Response {
    response
        .header_ref("X-Request-Id", header_ref("RequestId"))
        .header_ref("Cache-Control", header_ref("NoStore"))
        .build()
}

fn any_bytes() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .content_media_type("application/octet-stream")
        .into()
}

fn page_of(item: &str) -> RefOr<Schema> {
    let cursor = OneOfBuilder::new()
        .item(ObjectBuilder::new().schema_type(Type::Null))
        .item(Ref::from_schema_name("Cursor"))
        .description(Some("Where the next page begins; absent on the last."));
    let items = ArrayBuilder::new()
        .items(Ref::from_schema_name(item))
        .max_items(Some(100));
    ObjectBuilder::new()
        .description(Some(
            "One page of a list. What is added while a reader pages neither repeats nor skips an item.",
        ))
        .property("items", items)
        .property("next_cursor", cursor)
        .property(
            "has_more",
            ObjectBuilder::new()
                .schema_type(Type::Boolean)
                .description(Some("Whether there is a next page.")),
        )
        .required("items")
        .required("has_more")
        .into()
}
