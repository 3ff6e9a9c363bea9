//! The OpenAPI 3.1 document, put together from the types, the paths and the problem types of this crate.
//!
//! `docs/openapi.json` is [`text`], committed; a test says when the two differ. To write it anew:
//! `cargo run -p reference-api -- openapi > docs/openapi.json`.
//!
//! Of the rules `spectral:oas` it keeps all but `info-contact`: whom to turn to is known by each company that answers by it, not here.

mod contact;
mod data_requests;
mod delegations;
mod embed;
mod feedback;
mod guides;
mod inventory;
mod notices;
mod operation;
mod operations;
mod parameters;
mod parts;
mod preference_centre;
mod problems;

use crate::{CONTRACT_VERSION, Json};
use std::collections::BTreeMap;
use utoipa::openapi::schema::{ArrayBuilder, Components, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::server::ServerBuilder;
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Paths, RefOr, Response,
};

const DESCRIPTION: &str = "\
The API that the customer portal talks to. A company implements it, or puts a thin gateway in front of what it has.

- **Everything is relative to the signed-in customer.** No customer id stands in a URL. Another customer's object answers \
exactly like one that does not exist.
- **The server decides, the portal shows.** What may be done (`allowed_actions`), deadlines and texts come from the server.
- **Enums are open.** A reader keeps a value that it does not know.
- **JSON, `snake_case`, RFC 3339 moments in UTC, opaque ids; `null` and absence mean the same.** A list is never `null`.
- **Refusals are problem documents** (RFC 9457). A reader switches on `type` alone.
- **A `POST` of the customer carries `Idempotency-Key`**; a change of an object carries `If-Match` with its `etag`, and a key where it likes.
- **Answers about a customer are never cached**: `Cache-Control: no-store`.

Changes are additive: a reader passes over members, values and headers that it does not know.";

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let mut paths = Paths::new();
    let mut schemas = BTreeMap::new();
    let mut refusals = BTreeMap::new();
    for entry in operations::all()
        .into_iter()
        .chain(embed::all())
        .chain(preference_centre::all())
        .chain(contact::all())
        .chain(guides::all())
        .chain(feedback::all())
        .chain(notices::all())
        .chain(data_requests::all())
        .chain(delegations::all())
        .chain(inventory::all())
    {
        schemas.extend(entry.schemas().iter().cloned());
        refusals.extend(entry.refusals());
        let (path, method, operation) = entry.finish();
        paths.add_path_operation(path, vec![method], operation);
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Customer portal API")
                .version(CONTRACT_VERSION)
                .description(Some(DESCRIPTION))
                .license(Some(
                    LicenseBuilder::new()
                        .name("MIT OR Apache-2.0")
                        .identifier(Some("MIT OR Apache-2.0"))
                        .build(),
                ))
                .build(),
        )
        .servers(Some([ServerBuilder::new()
            .url("/")
            .description(Some(
                "The origin of the portal, or the one that its configuration names.",
            ))
            .build()]))
        .tags(Some(parts::TAGS.map(|(name, description)| {
            TagBuilder::new()
                .name(name)
                .description(Some(description))
                .build()
        })))
        .paths(paths)
        .components(Some(components(schemas, refusals)))
        .build()
}

/// The document as it is committed: indented, its members in a fixed order, a newline at the end.
#[must_use]
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&document())
        .expect("the document holds texts, numbers and maps with text keys alone");
    text.push('\n');
    text
}

fn components(
    schemas: BTreeMap<String, RefOr<Schema>>,
    refusals: BTreeMap<String, Response>,
) -> Components {
    let mut components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .responses_from_iter(refusals);
    for (name, parameter) in parameters::all() {
        components = components.parameter(name, parameter);
    }
    for (name, header) in parts::headers() {
        components = components.header(name, header);
    }
    for (name, scheme) in parts::security_schemes() {
        components = components.security_scheme(name, scheme);
    }
    components.build()
}

/// The schema of an open enum: any text, with the values that this version knows. Not a closed `enum`, which would have a
/// generated client fail on the first new value.
pub(crate) fn open_enum(values: &[&str]) -> RefOr<Schema> {
    let known: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    let description = format!(
        "Open: other values may come, and are kept. Known: {}.",
        known.join(", ")
    );
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .examples(values.iter().copied())
        .into()
}

impl utoipa::PartialSchema for Json {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new()
            .schema_type(SchemaType::from_iter([
                Type::Object,
                Type::Array,
                Type::String,
                Type::Number,
                Type::Boolean,
            ]))
            // Tools of OpenAPI 3.0 want to hear what an array is of, although JSON Schema does not demand it.
            .items(ObjectBuilder::new().schema_type(SchemaType::AnyValue))
            .description(Some(
                "A value of the contract, by the schema of what it stands for.",
            ))
            .into()
    }
}

impl utoipa::ToSchema for Json {}
