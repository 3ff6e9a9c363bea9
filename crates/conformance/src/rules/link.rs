//! Links of mails: the footer's reduces and does nothing else; one click of a mail program unsubscribes, and looking does not.

use super::common::with_body;
use super::rule;
use crate::http::{Call, Exchange, Who};
use crate::kit::{Kit, items, text};
use crate::operations::operations;
use crate::rule::{Outcome, Rule, Stop, broken, finding, skip, unless};
use portal_contract::endpoints;
use portal_contract::link::{ONE_CLICK_NAME, ONE_CLICK_VALUE};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "link.exchange",
            Link,
            "Exchanging a footer's token changes nothing, says nothing of whose it is but a masked address, and gives the one scope `preferences:reduce`.",
            "Sign the token, look nothing up that writes, and mask the address.",
            exchange
        ),
        rule!(
            "link.scope",
            Link,
            "The bearer of a footer's link is refused by every other operation: `scope-insufficient`, 403.",
            "Check the scope of every operation in one place, and refuse by default.",
            scope
        ),
        rule!(
            "link.reduces", Link,
            "The bearer of a footer's link may only reduce contact: a patch to more of it is refused whole.",
            "Compare the document before and after: every choice may only go down.",
            writes "nothing, where the API is right: a patch that is refused", reduces
        ),
        rule!(
            "link.unknown-token",
            Link,
            "A token that was never issued is refused: `not-found`, or `link-expired` where it once was good.",
            "Check the signature before anything else.",
            unknown
        ),
        rule!(
            "link.looking",
            Link,
            "`GET` and `HEAD` of a `List-Unsubscribe` address change nothing.",
            "Act on `POST` alone: mail programs and scanners follow every link.",
            looking
        ),
        rule!(
            "link.one-click", Link,
            "`POST` of `List-Unsubscribe=One-Click` needs no cookie and no header of the portal's, takes effect, and answers 200 again when it is repeated (RFC 8058).",
            "Take the form of both encodings without the guard against forgery: the token is the proof.",
            writes "a topic of A's is switched off by one click, and on again", one_click
        ),
    ]
}

/// The token that was given, exchanged.
async fn exchanged(kit: &Kit) -> Result<Arc<Exchange>, Stop> {
    let token = kit
        .given
        .footer_token
        .as_ref()
        .ok_or_else(|| skip("no footer's token of A was given (--footer-token)"))?;
    let call =
        Call::post(endpoints::SESSION_LINK, &json!({ "token": token })).without("idempotency-key");
    kit.write(Who::Nobody, call).await
}

fn bearer(exchange: &Exchange) -> Who {
    Who::Bearer(text(exchange.json(), "bearer").to_owned())
}

async fn preferences(kit: &Kit) -> Result<Value, Stop> {
    Ok(kit
        .read(Who::A, endpoints::PREFERENCES)
        .await?
        .json()
        .clone())
}

async fn exchange(kit: &Kit) -> Outcome {
    let before = preferences(kit).await?;
    let session = exchanged(kit).await?;
    let said = &session.json()["session"];
    let right = said["mode"] == "link"
        && said["customer"].is_null()
        && said["scopes"] == json!(["preferences:reduce"]);
    if !right {
        return Err(broken(
            "the session of a link is more than `mode: link` with `preferences:reduce`",
            &[&session],
        ));
    }
    if kit
        .given
        .known_address
        .as_deref()
        .is_some_and(|known| text(session.json(), "address").eq_ignore_ascii_case(known))
    {
        return Err(broken("the address is not masked", &[&session]));
    }
    if preferences(kit).await?["etag"] != before["etag"] {
        return Err(broken("the exchange changed the preferences", &[&session]));
    }
    Ok("nothing changed, nobody named".to_owned())
}

async fn scope(kit: &Kit) -> Outcome {
    let bearer = bearer(&*exchanged(kit).await?);
    let (mut findings, mut asked) = (Vec::new(), 0);
    for operation in operations()
        .iter()
        .filter(|operation| operation.signed_in && !operation.by_link && kit.offers(operation))
    {
        if kit.given.read_only && !operation.is_safe() {
            continue;
        }
        let path = super::common::with_query(kit, operation, operation.at_nobodys()).await?;
        let answer = kit
            .send(bearer.clone(), with_body(operation, &path))
            .await?;
        asked += 1;
        if !answer.is_problem("scope-insufficient") {
            findings.push(finding(
                format!(
                    "a link's bearer at {} answered {}",
                    operation.title(),
                    answer.outcome()
                ),
                &[&answer],
            ));
        }
    }
    findings.truncate(12);
    unless(findings, format!("{asked} operations refuse it"))
}

async fn reduces(kit: &Kit) -> Outcome {
    let bearer = bearer(&*exchanged(kit).await?);
    let shown = kit.read(bearer.clone(), endpoints::PREFERENCES).await?;
    let Some((topic, channel)) = switched_off(shown.json()) else {
        return Err(skip(
            "everything that the link shows is on: switch a topic of that address off first",
        ));
    };
    let more = json!({ "topics": { topic: { channel: { "enabled": true } } } });
    let call = Call::patch(endpoints::PREFERENCES, &more).if_match(text(shown.json(), "etag"));
    let answer = kit.send(bearer, call).await?;
    if answer.is_success() {
        return Err(broken("a link's bearer switched something on", &[&answer]));
    }
    Ok(format!("more is refused, {}", answer.outcome()))
}

fn switched_off(preferences: &Value) -> Option<(String, String)> {
    let topics = preferences["topics"].as_object()?;
    topics.iter().find_map(|(topic, channels)| {
        let channels = channels.as_object()?;
        let (channel, _) = channels
            .iter()
            .find(|(_, choice)| choice["enabled"] == false && choice["locked"] == false)?;
        Some((topic.clone(), channel.clone()))
    })
}

async fn unknown(kit: &Kit) -> Outcome {
    let body = json!({ "token": "conformance.0000000000000000000000" });
    let link = kit
        .send(
            Who::Nobody,
            Call::post(endpoints::SESSION_LINK, &body).without("idempotency-key"),
        )
        .await?;
    let path = endpoints::UNSUBSCRIBE.replace("{token}", "conformance.0000000000000000000000");
    let click = kit.send(Who::Nobody, Call::get(&path)).await?;
    let is_refused =
        |answer: &Exchange| answer.is_problem("not-found") || answer.is_problem("link-expired");
    match [&link, &click]
        .into_iter()
        .find(|answer| !is_refused(answer))
    {
        Some(odd) => Err(broken(
            format!("a token that was never issued answered {}", odd.outcome()),
            &[odd],
        )),
        None => Ok("refused".to_owned()),
    }
}

fn one_click_path(kit: &Kit) -> Result<String, Stop> {
    let token = kit.given.one_click_token.as_ref().ok_or_else(|| {
        skip("no token of a `List-Unsubscribe` address of A was given (--one-click-token)")
    })?;
    Ok(endpoints::UNSUBSCRIBE.replace("{token}", token))
}

async fn looking(kit: &Kit) -> Outcome {
    let path = one_click_path(kit)?;
    let before = preferences(kit).await?;
    let got = kit.send(Who::Nobody, Call::get(&path)).await?;
    let head = kit.send(Who::Nobody, Call::new("HEAD", &path)).await?;
    let page = kit
        .send(Who::Nobody, Call::get(&path).header("accept", "text/html"))
        .await?;
    if preferences(kit).await?["etag"] != before["etag"] {
        return Err(broken(
            "looking at the address unsubscribed",
            &[&got, &head, &page],
        ));
    }
    match [&got, &page]
        .into_iter()
        .find(|answer| !answer.is_success())
    {
        Some(odd) => Err(broken(
            format!("looking at the address answered {}", odd.outcome()),
            &[odd],
        )),
        None => Ok("nothing changed".to_owned()),
    }
}

async fn one_click(kit: &Kit) -> Outcome {
    let path = one_click_path(kit)?;
    let before = preferences(kit).await?;
    let form = format!("{ONE_CLICK_NAME}={ONE_CLICK_VALUE}");
    let click = || {
        let call = Call::new("POST", &path)
            .without("x-portal-csrf")
            .without("idempotency-key");
        call.bytes("application/x-www-form-urlencoded", form.as_bytes())
    };
    let first = kit.send(Who::Nobody, click()).await?;
    let again = kit.send(Who::Nobody, click()).await?;
    let after = preferences(kit).await?;
    put_back(kit, &before, &after).await?;
    if first.status != 200 || again.status != 200 {
        return Err(broken(
            format!(
                "one click answered {}, and {} when it was repeated",
                first.outcome(),
                again.outcome()
            ),
            &[&first, &again],
        ));
    }
    let topics: Vec<&str> = items(first.json(), "/topics")
        .map(|topic| text(topic, "id"))
        .collect();
    let on = |topic: &&str| after["topics"][*topic]["email"]["enabled"] == true;
    if topics.iter().any(on) {
        return Err(broken("one click left a topic of the mail on", &[&first]));
    }
    Ok(format!("{} topics off", topics.len()))
}

/// Switches on again what was on.
async fn put_back(kit: &Kit, before: &Value, after: &Value) -> Result<(), Stop> {
    let mut patch = serde_json::Map::new();
    for (topic, channels) in before["topics"].as_object().into_iter().flatten() {
        for (channel, choice) in channels.as_object().into_iter().flatten() {
            let now = &after["topics"][topic][channel]["enabled"];
            if choice["enabled"] == true && *now == false {
                patch.insert(topic.clone(), json!({ channel: { "enabled": true } }));
            }
        }
    }
    if !patch.is_empty() {
        super::preferences::change(kit, &json!({ "topics": patch })).await?;
    }
    Ok(())
}
