//! The company's own sign-in, with a provider that misbehaves on purpose.

mod back_channel;
mod proofs;
mod provider;
mod ways;

use crate::store::customers::{self, NewCustomer};
use crate::testing::{Answer, Call, TestApi};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use openidconnect::url::Url;
use provider::Provider;
use serde_json::json;
use std::collections::HashMap;

/// What the browser was sent out with.
struct Way {
    /// The query of the provider's address.
    query: HashMap<String, String>,
    /// The cookie of the way.
    cookie: String,
}

/// A customer of this number.
async fn customer(api: &TestApi, reference: &str, address: &str) {
    let customer = NewCustomer {
        reference: Some(reference.to_owned()),
        display_name: reference.to_owned(),
        addresses: vec![address.to_owned()],
        ..NewCustomer::default()
    };
    let now = api.state.clock.now();
    let written = api
        .state
        .store
        .write(move |tx| customers::insert(tx, &customer, now));
    written.await.expect("a fresh customer can be written");
}

/// An API with Maya, who is C-1 at the company, and Jonas, who is C-2.
async fn api_of(provider: &Provider) -> TestApi {
    let api = provider.api(|_| {});
    customer(&api, "C-1", "maya@example.com").await;
    customer(&api, "C-2", "jonas@example.com").await;
    api
}

fn cookies(answer: &Answer) -> Vec<String> {
    let set = answer.headers.get_all(SET_COOKIE).iter();
    set.filter_map(|line| Some(line.to_str().ok()?.to_owned()))
        .collect()
}

/// The cookie of this name that an answer sets, as a browser sends it.
fn set(answer: &Answer, name: &str) -> String {
    let all = cookies(answer);
    let found = all.iter().find(|line| line.starts_with(name));
    found
        .and_then(|line| line.split(';').next())
        .unwrap_or_default()
        .to_owned()
}

/// Out to the provider, which is told the nonce that it will sign.
async fn out(api: &TestApi, provider: &Provider, query: &str, session: &str) -> Way {
    let call = Call::get(&format!("/v1/session/company?{query}")).cookie(session);
    let answer = api.send(call).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = Url::parse(answer.header("location")).expect("it leads to the provider");
    assert!(
        to.as_str()
            .starts_with(&format!("{}/authorize?", provider.issuer))
    );
    let query: HashMap<_, _> = to.query_pairs().into_owned().collect();
    let nonce = query["nonce"].clone();
    provider.script(|script| script.claims = json!({ "nonce": nonce }));
    Way {
        cookie: set(&answer, "__Host-sign-in-"),
        query,
    }
}

/// Back from it, with this query besides the state.
async fn back_with(api: &TestApi, way: &Way, query: &str) -> Answer {
    let path = format!(
        "/v1/session/company/callback?state={}&{query}",
        way.query["state"]
    );
    api.send(Call::get(&path).cookie(&way.cookie)).await
}

/// Back from it as usual.
async fn back(api: &TestApi, provider: &Provider, way: &Way) -> Answer {
    back_with(api, way, &format!("code=good&iss={}", provider.issuer)).await
}

/// In by the company's sign-in; the cookie.
async fn in_by(api: &TestApi, provider: &Provider) -> String {
    let way = out(api, provider, "", "").await;
    let answer = back(api, provider, &way).await;
    let session = set(&answer, "__Host-session=");
    assert!(!session.is_empty(), "{}", answer.header("location"));
    session
}

/// Where somebody is led whom the portal tells of a problem.
fn problem(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(set(answer, "__Host-session="), "", "nobody comes in");
    let query = answer
        .header("location")
        .strip_prefix("/portal/sign-in?problem=");
    query
        .unwrap_or_default()
        .split('&')
        .next()
        .unwrap_or_default()
        .to_owned()
}
