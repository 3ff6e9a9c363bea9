//! What came of it: why it was refused and what can be done about that, what the company says, what stays and why.

use crate::i18n::{Text, text};
use crate::routes::{Next, outside};
use crate::ui::{Icon, IconName};
use crate::widgets::retained;
use portal_contract::data_request::{DataRequest, DataRequestReason, DataRequestState};
use portal_markup::{Child, View, view};

/// The section; nothing while nothing came of it.
pub fn section(request: &DataRequest) -> View {
    let refused = matches!(
        request.state,
        DataRequestState::Denied | DataRequestState::PartiallyCompleted
    );
    let denied = refused.then(|| denied(request));
    let note = request.outcome.as_ref().and_then(|it| it.note.clone());
    let note = note.map(|note| {
        view! {
            <div class="letter">
                <p class="letter__text" dir="auto">
                    {note}
                </p>
            </div>
        }
    });
    let kept = request
        .outcome
        .as_ref()
        .filter(|it| !it.retained.is_empty())
        .map(|it| {
            view! {
                <h3>{text::DATA_REQUEST_RETAINED}</h3>
                {retained(&it.retained)}
            }
        });
    if denied.is_none() && note.is_none() && kept.is_none() {
        return View::new();
    }
    view! {
        <section class="section" aria-labelledby="outcome">
            <div class="section__head">
                <h2 id="outcome">{text::DATA_REQUEST_OUTCOME}</h2>
            </div>
            <div class="stack">{denied} {note} {kept}</div>
        </section>
    }
    .alone()
}

/// Why, and what can be done about it.
fn denied(request: &DataRequest) -> View {
    let why = request.status_reason.as_ref().map(reason);
    let own = request.status_note.clone();
    let own = own.map(|words| view! { <p dir="auto"><bdi>{words}</bdi></p> });
    let way = |about: Text, act: Text, url: Option<String>| {
        let url = followed(&url?)?;
        Some(view! {
            <p>{about}</p>
            <p>
                <a class="button" href=url rel="external noopener noreferrer" target="_blank">
                    <Icon name=IconName::External />
                    {act}
                </a>
            </p>
        })
    };
    let appeal = way(
        text::DATA_REQUEST_DENIED_APPEAL,
        text::DATA_REQUEST_APPEAL,
        request.appeal_url.clone(),
    );
    let complaint = way(
        text::DATA_REQUEST_DENIED_COMPLAINT,
        text::DATA_REQUEST_COMPLAINT,
        request.complaint_url.clone(),
    );
    view! {
        <h3>{text::DATA_REQUEST_DENIED_TITLE}</h3>
        {why.map(|words| view! { <p>{words}</p> })}
        {own}
        {appeal}
        {complaint}
    }
}

/// The address of a link of the company's that may be followed: a place of the web or of this portal, or mail.
fn followed(url: &str) -> Option<String> {
    let own = Next::parse(url).map(|own| own.href());
    own.or_else(|| outside(url))
}

fn reason(reason: &DataRequestReason) -> Text {
    match reason {
        DataRequestReason::SuspectedFraud => text::DATA_REQUEST_DENIED_FRAUD,
        DataRequestReason::InsufficientVerification => text::DATA_REQUEST_DENIED_VERIFICATION,
        DataRequestReason::NoMatch => text::DATA_REQUEST_DENIED_NO_MATCH,
        DataRequestReason::ClaimNotCovered => text::DATA_REQUEST_DENIED_NOT_COVERED,
        DataRequestReason::OutsideJurisdiction => text::DATA_REQUEST_DENIED_JURISDICTION,
        DataRequestReason::TooManyRequests => text::DATA_REQUEST_DENIED_TOO_MANY,
        DataRequestReason::LegalHold => text::DATA_REQUEST_DENIED_HOLD,
        DataRequestReason::Unlisted | DataRequestReason::Other(_) => {
            text::DATA_REQUEST_DENIED_OTHER
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_the_company_leads_to_the_web_and_runs_nothing() {
        for good in [
            "https://authority.example/complain",
            "mailto:a@b.example",
            "/contact",
        ] {
            assert_eq!(followed(good).as_deref(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "//evil.example",
            "data:text/html,x",
            "http://a.example",
        ] {
            assert_eq!(followed(bad), None, "{bad}");
        }
    }
}
