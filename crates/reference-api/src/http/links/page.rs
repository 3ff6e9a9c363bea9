//! The page of a one-click address for whoever opens it in a browser: what it is about, and one button. It works without a
//! script.

use crate::config::Company;
use crate::html::escape;
use crate::mail::Language;
use crate::secrets::{hex, random};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use portal_contract::link::{ONE_CLICK_NAME, ONE_CLICK_VALUE, Unsubscribe};
use std::fmt::Write;

const STYLE: &str = "body{font:1.125rem/1.5 system-ui,sans-serif;max-inline-size:34rem;margin:3rem auto;padding-inline:1rem;\
color-scheme:light dark}button{font:inherit;padding:.75rem 1.25rem;min-block-size:3rem;cursor:pointer}";

/// The words of the page.
struct Words {
    /// `{address}` stands for the masked address.
    ask: &'static str,
    done: &'static str,
    button: &'static str,
    more: &'static str,
    kept: &'static str,
}

const ENGLISH: Words = Words {
    ask: "No more of this to {address}?",
    done: "Nothing more of this goes to {address}",
    button: "Stop these messages",
    more: "Choose more exactly",
    kept: "Messages that have to come, such as a change of contract, still do.",
};

const GERMAN: Words = Words {
    ask: "Nichts mehr davon an {address}?",
    done: "Davon geht nichts mehr an {address}",
    button: "Diese Nachrichten abbestellen",
    more: "Genauer auswählen",
    kept: "Nachrichten, die kommen müssen, etwa zu einer Änderung des Vertrags, kommen weiterhin.",
};

const ARABIC: Words = Words {
    ask: "ألا نرسل هذا بعد الآن إلى {address}؟",
    done: "لن يُرسل شيء من هذا بعد الآن إلى {address}",
    button: "إيقاف هذه الرسائل",
    more: "اختيار أدق",
    kept: "تظل الرسائل التي لا بد منها تصلك، مثل إشعار تغيير العقد.",
};

fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::Arabic => &ARABIC,
    }
}

/// The page before the button, or after it.
pub(super) fn page(
    company: &Company,
    locale: Option<&str>,
    told: &Unsubscribe,
    is_done: bool,
) -> Response {
    let language = Language::choose(locale, company);
    let nonce = hex(&random()[..16]);
    let html = document(
        company,
        language,
        told,
        is_done || told.unsubscribed,
        &nonce,
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::try_from(policy).expect("hexadecimal digits stand in a header"),
        ),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (StatusCode::OK, headers, html).into_response()
}

fn document(
    company: &Company,
    language: Language,
    told: &Unsubscribe,
    is_done: bool,
    nonce: &str,
) -> String {
    let words = words(language);
    let direction = match language {
        Language::Arabic => "rtl",
        Language::English | Language::German => "ltr",
    };
    let address = format!("<bdi>{}</bdi>", escape(&told.address));
    let heading = if is_done { words.done } else { words.ask }.replace("{address}", &address);
    let mut body = format!("<h1>{heading}</h1><ul>");
    for topic in &told.topics {
        append(
            &mut body,
            format_args!("<li><bdi>{}</bdi></li>", escape(&topic.label)),
        );
    }
    body.push_str("</ul>");
    if is_done {
        append(&mut body, format_args!("<p>{}</p>", words.kept));
    } else {
        append(
            &mut body,
            format_args!(
                "<form method=\"post\"><input type=\"hidden\" name=\"{ONE_CLICK_NAME}\" value=\"{ONE_CLICK_VALUE}\">\
                 <button>{}</button></form>",
                words.button
            ),
        );
    }
    if let Some(url) = &told.manage_url {
        append(
            &mut body,
            format_args!("<p><a href=\"{}\">{}</a></p>", escape(url), words.more),
        );
    }
    format!(
        "<!doctype html><html lang=\"{}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>{}</title>\
         <style nonce=\"{nonce}\">{STYLE}</style></head><body><main>{body}</main></body></html>",
        language.tag(),
        escape(&company.name),
    )
}

fn append(body: &mut String, part: std::fmt::Arguments<'_>) {
    body.write_fmt(part).expect("writing to a string succeeds");
}
