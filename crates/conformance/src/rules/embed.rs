//! Identity in a frame: an assertion that is wrong in any way is nobody's, and a good one gives less than a page of its own.

mod assertion;

use super::common::with_body;
use super::rule;
use crate::http::{Call, Exchange, Who};
use crate::kit::{EmbedKey, Kit, lists, text};
use crate::operations::operations;
use crate::rule::{Outcome, Rule, Stop, broken, finding, skip, unless};
use assertion::{Claims, nonce, signed};
use portal_contract::endpoints;
use serde_json::json;
use std::sync::Arc;

const SESSIONS: &str = "sessions of a frame for A (they end after ten minutes)";

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "embed.nonsense",
            Embed,
            "What is no assertion is refused: `unauthenticated`, 401.",
            "Verify the signature before anything of the claims is believed.",
            nonsense
        ),
        rule!(
            "embed.assertions", Embed,
            "An assertion with a wrong signature, key, algorithm, issuer, audience, nonce or time, or without `jti`, is refused.",
            "Take ES256 and EdDSA by the key that `kid` names, never what the header says; check every claim.",
            writes SESSIONS, assertions
        ),
        rule!(
            "embed.single-use", Embed,
            "An assertion is good once.",
            "Keep each `jti` until its `exp` is over.",
            writes SESSIONS, single_use
        ),
        rule!(
            "embed.session", Embed,
            "A good assertion gives a bearer for at most ten minutes that is signed in as `mode: embed`, without `step_up` and `contact_points:write`.",
            "Give the frame's session its scopes when it is made.",
            writes SESSIONS, session
        ),
        rule!(
            "embed.scope", Embed,
            "What a frame may not do is refused to its bearer: `scope-insufficient`, with `required_scope`.",
            "Require `step_up` or `contact_points:write` where the contract lists no frame.",
            writes SESSIONS, scope
        ),
    ]
}

fn key(kit: &Kit) -> Result<&EmbedKey, Stop> {
    kit.given
        .embed
        .as_ref()
        .ok_or_else(|| skip("no key was given that signs assertions (--embed-key)"))
}

/// The server's own time, in seconds.
async fn now(kit: &Kit) -> Result<i64, Stop> {
    let session = kit.read(Who::Nobody, endpoints::SESSION).await?;
    let told = jiff::fmt::rfc2822::parse(session.header("date")).map(|now| now.timestamp());
    Ok(told.unwrap_or_else(|_| jiff::Timestamp::now()).as_second())
}

async fn exchange(kit: &Kit, assertion: &str, nonce: &str) -> Result<Arc<Exchange>, Stop> {
    let body = json!({ "assertion": assertion, "nonce": nonce });
    let call = Call::post(endpoints::SESSION_EMBED, &body)
        .without("idempotency-key")
        .without("x-portal-csrf");
    kit.send(Who::Nobody, call).await
}

/// The session of a good assertion.
async fn framed(kit: &Kit) -> Result<Arc<Exchange>, Stop> {
    let (key, nonce) = (key(kit)?, nonce());
    let claims = Claims::good(key, now(kit).await?, &nonce);
    let answer = exchange(kit, &signed(key, &claims)?, &nonce).await?;
    if answer.is_success() {
        return Ok(answer);
    }
    Err(broken(
        format!("a good assertion answered {}", answer.outcome()),
        &[&answer],
    ))
}

async fn nonsense(kit: &Kit) -> Outcome {
    let mut findings = Vec::new();
    for assertion in ["conformance", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
        let answer = exchange(kit, assertion, &nonce()).await?;
        if !answer.is_problem("unauthenticated") {
            findings.push(finding(
                format!("what is no assertion answered {}", answer.outcome()),
                &[&answer],
            ));
        }
    }
    unless(findings, "refused")
}

async fn assertions(kit: &Kit) -> Outcome {
    let key = key(kit)?;
    let now = now(kit).await?;
    let mut findings = Vec::new();
    let wrong = assertion::wrong(key, now)?;
    for (what, nonce, assertion) in &wrong {
        let answer = exchange(kit, assertion, nonce).await?;
        if !answer.is_problem("unauthenticated") {
            findings.push(finding(
                format!("an assertion with {what} answered {}", answer.outcome()),
                &[&answer],
            ));
        }
    }
    unless(findings, format!("{} wrong ones are refused", wrong.len()))
}

async fn single_use(kit: &Kit) -> Outcome {
    let (key, nonce) = (key(kit)?, nonce());
    let assertion = signed(key, &Claims::good(key, now(kit).await?, &nonce))?;
    let first = exchange(kit, &assertion, &nonce).await?;
    if !first.is_success() {
        return Err(skip(format!(
            "a good assertion answered {}",
            first.outcome()
        )));
    }
    let again = exchange(kit, &assertion, &nonce).await?;
    if again.is_problem("unauthenticated") {
        return Ok("the second use is refused".to_owned());
    }
    Err(broken(
        format!(
            "the second use of an assertion answered {}",
            again.outcome()
        ),
        &[&first, &again],
    ))
}

async fn session(kit: &Kit) -> Outcome {
    let framed = framed(kit).await?;
    let said = &framed.json()["session"];
    let scopes = &said["scopes"];
    if said["mode"] != "embed" || lists(scopes, "step_up") || lists(scopes, "contact_points:write")
    {
        return Err(broken(
            "the session of a frame has another mode, or may do what needs a page of its own",
            &[&framed],
        ));
    }
    let ends: Option<jiff::Timestamp> = text(framed.json(), "expires_at").parse().ok();
    let lasts = ends.map_or(i64::MAX, |ends| ends.as_second()) - now(kit).await?;
    if lasts > 600 {
        return Err(broken(
            "the bearer of a frame is good for more than ten minutes",
            &[&framed],
        ));
    }
    let bearer = Who::Bearer(text(framed.json(), "bearer").to_owned());
    let own = kit.read(Who::A, endpoints::SESSION).await?;
    let theirs = kit.read(bearer, endpoints::SESSION).await?;
    if own.json()["subject"] != theirs.json()["subject"] {
        return Err(broken(
            "the frame's session is not that of customer A",
            &[&theirs],
        ));
    }
    Ok("ten minutes, and less than a page of its own".to_owned())
}

async fn scope(kit: &Kit) -> Outcome {
    let framed = framed(kit).await?;
    let bearer = Who::Bearer(text(framed.json(), "bearer").to_owned());
    let (mut findings, mut asked) = (Vec::new(), 0);
    let refused = operations()
        .iter()
        .filter(|operation| operation.signed_in && !operation.by_frame && kit.offers(operation));
    for operation in refused {
        let answer = kit
            .send(
                bearer.clone(),
                with_body(operation, &operation.at_nobodys()),
            )
            .await?;
        asked += 1;
        if !answer.is_problem("scope-insufficient")
            || text(answer.json(), "required_scope").is_empty()
        {
            findings.push(finding(
                format!(
                    "a frame's bearer at {} answered {}",
                    operation.title(),
                    answer.outcome()
                ),
                &[&answer],
            ));
        }
    }
    unless(findings, format!("{asked} operations refuse it"))
}
