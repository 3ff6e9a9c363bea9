//! What was asked exactly, so that it can be read and printed later.

use super::section;
use crate::i18n::{date_time, day, list, t, text};
use crate::routes::{Link, Route};
use crate::widgets::{fact, plain_words};
use portal_contract::InventoryCategoryId;
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::{DataRequest, ProposedValue, ScopeKind};
use portal_contract::data_request_options::OfferedCategory;
use portal_markup::{Child, View, view};

/// The section.
pub fn section_of(request: &DataRequest, categories: &[OfferedCategory]) -> View {
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
            {fact(text::DATA_REQUEST_SCOPE, scope(request, categories))}
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

fn scope(request: &DataRequest, categories: &[OfferedCategory]) -> View {
    let scope = &request.scope;
    let days = match (&scope.from, &scope.to) {
        (Some(from), Some(to)) => Some(text::data_request_scope_between(day(from), day(to))),
        (Some(from), None) => Some(text::data_request_scope_from(day(from))),
        (None, Some(to)) => Some(text::data_request_scope_to(day(to))),
        (None, None) => None,
    };
    let days = days.map(|days| view! { <br /> <span class="soft">{t(days)}</span> });
    let what = match scope.kind {
        ScopeKind::Interactions => interactions(request),
        ScopeKind::Categories => {
            // Until the words for them are there, or where one is not on offer any more, their ids are close to words.
            let name = |id: &InventoryCategoryId| {
                let offered = categories.iter().find(|offered| offered.id == *id);
                offered.map_or_else(|| plain_words(id.as_str()), |offered| offered.label.clone())
            };
            let names: Vec<String> = scope.categories.iter().map(name).collect();
            list(&names).alone()
        }
        ScopeKind::Field => t(text::DATA_REQUEST_SCOPE_FIELD).alone(),
        ScopeKind::Everything | ScopeKind::Other(_) => {
            t(text::DATA_REQUEST_SCOPE_EVERYTHING).alone()
        }
    };
    view! {
        {what}
        {days}
    }
}

fn interactions(request: &DataRequest) -> View {
    let ids = &request.scope.interaction_ids;
    let link = |(at, id): (usize, &portal_contract::InteractionId)| {
        let words = if ids.len() == 1 {
            text::DATA_REQUEST_SCOPE_SEE
        } else {
            text::data_request_scope_see_one(at as u64 + 1)
        };
        view! {
            <li>
                <Link to=Route::Interaction(id.clone())>{t(words)}</Link>
            </li>
        }
        .alone()
    };
    let links: Vec<View> = ids.iter().enumerate().map(link).collect();
    view! {
        {t(text::data_request_scope_interactions(ids.len() as u64))}
        <ul>{links}</ul>
    }
}

/// What an entry said, and what it should say.
fn proposed(one: &ProposedValue) -> View {
    let before = one.current.clone().map(|before| {
        view! {
            <del dir="auto">{before}</del>
            " "
        }
    });
    let after = if one.value.is_empty() {
        t(text::DATA_REQUEST_FACT_REMOVED)
    } else {
        one.value.clone()
    };
    let body = view! {
        <span class="change">
            {before} <ins dir="auto">{after}</ins>
        </span>
    };
    fact(text::DATA_REQUEST_FACT_SHOULD, body.alone())
}
