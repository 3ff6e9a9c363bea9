//! What was asked exactly, so that it can be read and printed later.

use super::section;
use crate::i18n::{date_time, day, list, t, text};
use crate::routes::{Link, Route};
use crate::widgets::{ScopeNames, fact, scope_days, scope_matter, subject};
use portal_contract::InteractionId;
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::{DataRequest, ProposedValue, ScopeKind};
use portal_markup::{Child, View, view};

/// The section.
pub fn section_of(request: &DataRequest, names: &ScopeNames) -> View {
    let asked = view! { <time datetime=request.submitted_at.to_string()>{date_time(&request.submitted_at)}</time> };
    let text = request.text.clone().map(|words| {
        let words = view! { <p dir="auto"><bdi>{words}</bdi></p> }.alone();
        fact(text::DATA_REQUEST_FACT_WORDS, words)
    });
    let formats: Vec<String> = request.formats.iter().map(format_word).collect();
    let formats =
        (!formats.is_empty()).then(|| fact(text::DATA_REQUEST_FORMATS, list(&formats).alone()));
    let proposed: Vec<View> = request.proposed.iter().map(proposed).collect();
    let body = view! {
        <dl class="facts">
            {fact(text::DATA_REQUEST_FACT_ASKED, asked.alone())}
            {fact(text::DATA_REQUEST_SCOPE, scope(request, names))}
            {formats}
            {proposed}
            {text}
        </dl>
    };
    section("facts", text::DATA_REQUEST_FACTS, body.alone())
}

fn format_word(format: &ExportFormat) -> String {
    match format {
        ExportFormat::Json => "JSON".to_owned(),
        ExportFormat::Csv => "CSV".to_owned(),
        ExportFormat::Other(name) => name.to_string(),
    }
}

fn scope(request: &DataRequest, names: &ScopeNames) -> View {
    let scope = &request.scope;
    let days = scope_days(scope).map(|days| view! { <br /> <span class="soft">{days}</span> });
    let what = match scope.kind {
        ScopeKind::Interactions => interactions(&scope.interaction_ids, names),
        _ => view! { <bdi>{scope_matter(scope, names)}</bdi> }.alone(),
    };
    view! {
        {what}
        {days}
    }
}

fn interactions(ids: &[InteractionId], names: &ScopeNames) -> View {
    let link = |(at, id): (usize, &InteractionId)| {
        let words = match names.subject(id) {
            Some(name) => subject(name),
            None if ids.len() == 1 => t(text::DATA_REQUEST_SCOPE_SEE),
            None => t(text::data_request_scope_see_one(at as u64 + 1)),
        };
        view! {
            <li>
                <Link to=Route::Interaction(id.clone())>
                    <bdi>{words}</bdi>
                </Link>
            </li>
        }
        .alone()
    };
    let links: Vec<View> = ids.iter().enumerate().map(link).collect();
    view! {
        {text::data_request_scope_interactions(ids.len() as u64)}
        <ul>{links}</ul>
    }
}

/// What an entry said, and what it should say. A day is kept as machines write it, and read as people do.
fn proposed(one: &ProposedValue) -> View {
    let is_day = one.field == "date_of_birth";
    let said = |value: &str| if is_day { day(value) } else { value.to_owned() };
    let before = one.current.as_deref().map(said).map(|before| {
        view! {
            <span class="visually-hidden">{text::HISTORY_FROM}</span>
            " "
            <del dir="auto">{before}</del>
            " "
            <span class="visually-hidden">{text::HISTORY_TO}</span>
            " "
        }
    });
    let after = if one.value.is_empty() {
        t(text::DATA_REQUEST_FACT_REMOVED)
    } else {
        said(&one.value)
    };
    let body = view! {
        <span class="change">
            {before} <ins dir="auto">{after}</ins>
        </span>
    };
    fact(text::DATA_REQUEST_FACT_SHOULD, body.alone())
}
