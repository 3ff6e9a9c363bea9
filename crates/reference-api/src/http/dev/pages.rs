//! Plain pages for a person at a demonstration.

use super::outbox::{self, Letter};
use crate::html::escape;
use crate::http::{ApiResult, AppState};
use crate::store::StoreError;
use axum::extract::State;
use axum::response::Html;
use std::fmt::Write;

/// No script, no frame, nothing from elsewhere; the style is the one below and no other.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'sha256-pEsm1fnOSog0zJT41zMIQM9AjgfhGZuSvtYh6G/kRcM='; \
                                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-inline-size:44rem;margin:2rem auto;padding-inline:1rem;\
color-scheme:light dark}article{border-block-start:1px solid;padding-block:1rem}\
code{font:600 2rem/1.3 ui-monospace,monospace;letter-spacing:.15em;user-select:all}\
pre{white-space:pre-wrap;font:inherit}li{margin-block:.25rem}";

/// How many addresses are listed.
const LISTED: u32 = 40;

/// Where everything is, and who can sign in.
pub(super) async fn index(State(state): State<AppState>) -> ApiResult<Html<String>> {
    let people = state.store.read(people).await?;
    let mut body = String::from(
        "<h1>Demonstration</h1><ul><li><a href=\"/\">The portal</a></li>\
         <li><a href=\"/dev/outbox\">Its mail</a></li></ul><h2>Who can sign in</h2><ul>",
    );
    for (address, name) in &people {
        write!(
            body,
            "<li><bdi>{}</bdi>: {}</li>",
            escape(name),
            escape(address)
        )
        .expect("writing to a string succeeds");
    }
    body.push_str("</ul>");
    sample_form(&mut body, &state, &people);
    Ok(page("Demonstration", "", &body))
}

/// A form that sends a sample of a topic's mail, where there is something to send and somebody to send it to.
fn sample_form(body: &mut String, state: &AppState, people: &[(String, String)]) {
    let topics: Vec<(&str, &str)> = state
        .config
        .catalogue
        .topics()
        .map(|topic| (topic.id.as_str(), topic.text.get(Some("en")).label.as_str()))
        .collect();
    if topics.is_empty() || people.is_empty() {
        return;
    }
    body.push_str(
        "<h2>Send a sample</h2><form method=\"post\" action=\"/dev/mail/topic\"><p><label>Of <select name=\"topic\">",
    );
    for (id, label) in topics {
        option(body, id, label);
    }
    body.push_str("</select></label> <label>to <select name=\"customer\">");
    for (address, name) in people {
        option(body, address, name);
    }
    body.push_str("</select></label> <button>Send</button></p></form>");
}

fn option(body: &mut String, value: &str, text: &str) {
    write!(
        body,
        "<option value=\"{}\">{}</option>",
        escape(value),
        escape(text)
    )
    .expect("writing to a string succeeds");
}

/// What became of a sample that was asked for by the form.
pub(super) fn sample(sent: bool, reasons: &[String]) -> Html<String> {
    let heading = if sent { "Sent" } else { "Not sent" };
    let mut body =
        format!("<h1>{heading}</h1><p>Why, in the order in which it was looked at:</p><ol>");
    for reason in reasons {
        write!(body, "<li>{}</li>", escape(reason)).expect("writing to a string succeeds");
    }
    body.push_str("</ol><ul><li><a href=\"/dev/outbox\">The mail</a></li><li><a href=\"/dev\">Another</a></li></ul>");
    page(heading, "", &body)
}

fn people(db: &rusqlite::Connection) -> Result<Vec<(String, String)>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT a.written_as, c.display_name FROM login_addresses a JOIN customers c ON c.id = a.customer_id
             ORDER BY c.created_at, a.address LIMIT ?1",
        )?
        .query_map([LISTED], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// The mail, the newest first; it reads itself again every two seconds.
pub(super) async fn outbox(State(state): State<AppState>) -> ApiResult<Html<String>> {
    let letters = outbox::letters(&state).await?;
    let mut body = String::from("<h1>Mail that was sent</h1>");
    if letters.is_empty() {
        body.push_str(
            "<p>None yet. Ask for a code on the portal's sign-in page; it appears here.</p>",
        );
    }
    for letter in &letters {
        article(&mut body, letter);
    }
    Ok(page(
        "Mail",
        "<meta http-equiv=\"refresh\" content=\"2\">",
        &body,
    ))
}

fn article(body: &mut String, letter: &Letter) {
    let code = letter
        .code
        .as_deref()
        .map(|code| format!("<p><code>{}</code></p>", escape(code)));
    write!(
        body,
        "<article><h2 dir=\"auto\">{}</h2><p>To {} by {} at {}</p>{}<pre lang=\"{}\" dir=\"auto\">{}</pre>",
        escape(&letter.subject),
        escape(&letter.to),
        escape(&letter.channel),
        letter.sent_at,
        code.unwrap_or_default(),
        escape(&letter.locale),
        escape(&letter.text),
    )
    .expect("writing to a string succeeds");
    links(body, letter);
    body.push_str("</article>");
}

/// The addresses in a letter and its headers, to be followed.
fn links(body: &mut String, letter: &Letter) {
    let words = [&letter.text, &letter.headers]
        .into_iter()
        .flat_map(|text| text.split(|c: char| c.is_whitespace() || "<>".contains(c)));
    for url in words.filter(|word| word.starts_with("http://") || word.starts_with("https://")) {
        let url = escape(url);
        write!(
            body,
            "<p><a href=\"{url}\" rel=\"noreferrer\">{url}</a></p>"
        )
        .expect("writing to a string succeeds");
    }
}

fn page(title: &str, head: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\">{head}<title>{title}</title><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_style_and_no_other() {
        let digest = base64(&Sha256::digest(STYLE.as_bytes()));
        assert!(
            POLICY.contains(&format!("'sha256-{digest}'")),
            "the style's digest is {digest}"
        );
    }

    /// Base64 with padding (RFC 4648).
    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let mut group = [0; 4];
            group[1..=chunk.len()].copy_from_slice(chunk);
            let bits = u32::from_be_bytes(group);
            for position in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * position) & 63) as usize];
                text.push(if position <= chunk.len() {
                    char::from(letter)
                } else {
                    '='
                });
            }
        }
        text
    }
}
