//! Out to the provider.

use super::{company, go, outside, told, with_cookie};
use crate::company_sign_in::{LIFE_SECONDS, Purpose, Transaction, Wish, own_path};
use crate::http::ApiResult;
use crate::http::session::store::{self, Carrier, Live, Presence};
use crate::http::session::{Cookies, cookies, mark_of};
use crate::http::state::AppState;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

/// The longest language tag, and the longest hint, that is passed on.
const LONGEST_TAG: usize = 35;
const LONGEST_HINT: usize = 254;

/// What the portal, or a link on the company's site, asks for.
#[derive(Deserialize)]
pub(super) struct Asked {
    next: Option<String>,
    ui_locales: Option<String>,
    login_hint: Option<String>,
    prompt: Option<String>,
    max_age: Option<String>,
}

pub(super) async fn begin(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> ApiResult<Response> {
    let company = company(&state)?;
    let config = &state.config;
    let home = format!("{}/", config.portal_base());
    let next = asked.next.as_deref().and_then(own_path).unwrap_or(&home);
    let live = match Cookies::of(&headers).session(config) {
        Some(token) => store::find(&state, token, Carrier::Cookie, Presence::Active).await?,
        None => None,
    };
    let is_fresh = asked.max_age.as_deref() == Some("0");
    let purpose = purpose(&state, live.as_ref(), is_fresh);
    let way = Transaction::begin(purpose, next.to_owned(), state.clock.now());
    let callback = match outside(config, &headers, super::CALLBACK) {
        Ok(callback) => callback,
        Err(problem) => return Ok(told(config, problem, Some(next))),
    };
    let oldest = u64::from(config.session.absolute_hours) * 60 * 60;
    let wish = Wish {
        callback,
        ui_locales: asked.ui_locales.filter(|tag| is_tag(tag)),
        login_hint: asked
            .login_hint
            .filter(|hint| hint.len() <= LONGEST_HINT && !hint.chars().any(char::is_control)),
        // Some providers take a `max_age` of 0 for none.
        prompts: is_fresh || asked.prompt.as_deref() == Some("login"),
        max_age: if is_fresh { 0 } else { oldest },
    };
    let address = match company.address(&state.secrets, &way, wish).await {
        Ok(address) => address,
        Err(problem) => return Ok(told(config, problem, Some(next))),
    };
    let value = way.seal(&state.secrets);
    let cookie = cookies::setting_out(config, &way.state, &value, LIFE_SECONDS);
    Ok(with_cookie(go(&address), cookie))
}

/// A fresh proof is of somebody; where nobody is signed in any more it is a sign-in.
fn purpose(state: &AppState, live: Option<&Live>, is_fresh: bool) -> Purpose {
    match live {
        Some(live) if is_fresh => Purpose::StepUp {
            session: live.customer.session_id.0,
            mark: mark_of(state, &live.customer.id),
        },
        Some(live) => Purpose::SignIn {
            before: Some(live.customer.session_id.0),
        },
        None => Purpose::SignIn { before: None },
    }
}

fn is_tag(tag: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !tag.is_empty() && tag.len() <= LONGEST_TAG && tag.chars().all(is_plain)
}
