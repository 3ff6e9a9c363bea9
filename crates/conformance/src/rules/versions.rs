//! Versions: what is changed on a stale one is not changed.

use super::writes::{given_feedback, withdraw};
use crate::http::{Call, Exchange, Who};
use crate::kit::{Kit, lists, text};
use crate::rule::{Outcome, Stop, broken, skip};
use portal_contract::capabilities::Profile;
use portal_contract::endpoints;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// How many changes are made at once.
const PARALLEL: u32 = 8;

/// Something of A's that can be changed, and what to change of it.
struct Object {
    path: String,
    member: &'static str,
    /// What the member was.
    was: Value,
    etag: String,
    /// Of a feedback entry: it goes again.
    entry: Option<String>,
}

impl Object {
    async fn of(kit: &Kit, profile: &Profile) -> Result<Self, Stop> {
        match profile {
            Profile::Core => Self::record(kit).await,
            Profile::Feedback => Self::entry(kit).await,
            _ => Self::preferences(kit).await,
        }
    }

    async fn record(kit: &Kit) -> Result<Self, Stop> {
        let me = kit.read(Who::A, endpoints::ME).await?;
        let editable = &me.json()["editable"];
        let member = ["preferred_name", "pronouns"]
            .into_iter()
            .find(|name| lists(editable, name));
        let member = member.ok_or_else(|| {
            skip("neither `preferred_name` nor `pronouns` can be changed in place")
        })?;
        Ok(Self::found(endpoints::ME.to_owned(), member, &me))
    }

    async fn preferences(kit: &Kit) -> Result<Self, Stop> {
        let preferences = kit.read(Who::A, endpoints::PREFERENCES).await?;
        Ok(Self::found(
            endpoints::PREFERENCES.to_owned(),
            "survey_snooze_until",
            &preferences,
        ))
    }

    async fn entry(kit: &Kit) -> Result<Self, Stop> {
        let entry = given_feedback(kit).await?;
        let id = text(entry.json(), "id").to_owned();
        let found = Self::found(format!("/v1/feedback/{id}"), "text", &entry);
        Ok(Self {
            entry: Some(id),
            ..found
        })
    }

    fn found(path: String, member: &'static str, answer: &Exchange) -> Self {
        Self {
            path,
            member,
            was: answer.json()[member].clone(),
            etag: text(answer.json(), "etag").to_owned(),
            entry: None,
        }
    }

    /// The `n`th of several changes, each another.
    fn change(&self, n: u32) -> Call {
        let value = match self.member {
            "survey_snooze_until" => json!(format!("2099-01-{:02}T00:00:00Z", n + 1)),
            _ => json!(format!("Check {n}")),
        };
        self.patch(value)
    }

    fn patch(&self, value: Value) -> Call {
        let body: Map<String, Value> = [(self.member.to_owned(), value)].into_iter().collect();
        Call::patch(&self.path, &body.into())
    }

    /// Puts it back as it was.
    async fn restore(&self, kit: &Kit) -> Result<(), Stop> {
        if let Some(id) = &self.entry {
            return withdraw(kit, id).await;
        }
        let now = kit.send(Who::A, Call::get(&self.path)).await?;
        if now.json()[self.member] != self.was {
            let etag = text(now.json(), "etag");
            kit.send(Who::A, self.patch(self.was.clone()).if_match(etag))
                .await?;
        }
        Ok(())
    }

    async fn stands(&self, kit: &Kit) -> Result<Value, Stop> {
        Ok(kit.read(Who::A, &self.path).await?.json()[self.member].clone())
    }
}

/// `….precondition-required`
pub(super) async fn required(kit: &Kit, profile: Profile) -> Outcome {
    let object = Object::of(kit, &profile).await?;
    let answer = kit.send(Who::A, object.change(1)).await?;
    let stands = object.stands(kit).await?;
    object.restore(kit).await?;
    if !answer.is_problem("precondition-required") {
        return Err(broken(
            format!("a change without `If-Match` answered {}", answer.outcome()),
            &[&answer],
        ));
    }
    unchanged(&object, &stands, &answer)
}

fn unchanged(object: &Object, stands: &Value, answer: &Arc<Exchange>) -> Outcome {
    if *stands == object.was {
        return Ok("refused, without effect".to_owned());
    }
    Err(broken(
        "the change was refused and made all the same",
        &[answer],
    ))
}

/// `….precondition-failed`
pub(super) async fn failed(kit: &Kit, profile: Profile) -> Outcome {
    let object = Object::of(kit, &profile).await?;
    let answer = kit
        .send(Who::A, object.change(1).if_match("conformance"))
        .await?;
    let stands = object.stands(kit).await?;
    object.restore(kit).await?;
    if !answer.is_problem("precondition-failed") {
        return Err(broken(
            format!("a change on a stale version answered {}", answer.outcome()),
            &[&answer],
        ));
    }
    if answer.json()["current"]["etag"] != object.etag.as_str() {
        return Err(broken(
            "the refusal does not carry how the object stands as `current`",
            &[&answer],
        ));
    }
    unchanged(&object, &stands, &answer)
}

/// `….one-winner`
pub(super) async fn one_winner(kit: &Kit, profile: Profile) -> Outcome {
    let object = Object::of(kit, &profile).await?;
    let calls = (1..=PARALLEL)
        .map(|n| object.change(n).if_match(&object.etag))
        .collect();
    let answers = kit.together(&Who::A, calls).await?;
    object.restore(kit).await?;
    let winners: Vec<_> = answers
        .iter()
        .filter(|answer| answer.is_success())
        .collect();
    if winners.len() != 1 {
        let seen: Vec<&Arc<Exchange>> = answers.iter().take(2).collect();
        return Err(broken(
            format!(
                "of {PARALLEL} changes on one version {} were made",
                winners.len()
            ),
            &seen,
        ));
    }
    let odd = answers
        .iter()
        .find(|answer| !answer.is_success() && !answer.is_problem("precondition-failed"));
    match odd {
        Some(odd) => Err(broken(
            format!("one that lost answered {}", odd.outcome()),
            &[odd],
        )),
        None => Ok(format!("one of {PARALLEL}")),
    }
}

/// `….key-optional`
pub(super) async fn key_optional(kit: &Kit, profile: Profile) -> Outcome {
    let object = Object::of(kit, &profile).await?;
    let change = object.change(1).if_match(&object.etag);
    let answer = kit.send(Who::A, change.without("idempotency-key")).await?;
    let stands = object.stands(kit).await?;
    object.restore(kit).await?;
    if !answer.is_success() {
        return Err(broken(
            format!(
                "a change on the version that stands answered {} without a key",
                answer.outcome()
            ),
            &[&answer],
        ));
    }
    if stands == object.was {
        return Err(broken(
            "a change without a key succeeded and was not made",
            &[&answer],
        ));
    }
    Ok("made by its version alone".to_owned())
}

/// `….key-before-version`
pub(super) async fn key_first(kit: &Kit, profile: Profile) -> Outcome {
    let object = Object::of(kit, &profile).await?;
    let change = object.change(1).if_match(&object.etag);
    let first = kit.write(Who::A, change.clone()).await?;
    let again = kit.send(Who::A, change).await?;
    object.restore(kit).await?;
    let same = again.status == first.status && again.json()["etag"] == first.json()["etag"];
    if same && again.header("idempotency-replayed") == "true" {
        return Ok("the first answer again".to_owned());
    }
    Err(broken(
        format!("a repeated change answered {}", again.outcome()),
        &[&first, &again],
    ))
}
