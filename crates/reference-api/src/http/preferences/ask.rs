//! "Would this reach me?"

use super::Desk;
use crate::http::Query;
use crate::http::{ApiError, ApiResult, AppState, CurrentCustomer};
use crate::preferences::answer::reach as answer;
use crate::preferences::catalogue::CHANNELS;
use crate::store::time::Moment;
use axum::Json;
use axum::extract::State;
use portal_contract::interaction::Channel;
use portal_contract::reach::Reach;
use portal_contract::session::Scope;
use portal_contract::{FieldCode, FieldError, PreferenceTopicId, Timestamp};

/// What is asked.
struct Question {
    topic: PreferenceTopicId,
    channel: Channel,
    at: Moment,
}

pub(super) async fn reach(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Reach>> {
    customer.require(&Scope::PreferencesRead)?;
    let desk = Desk::new(&state, &customer);
    let question = read(&query, &desk).map_err(ApiError::validation)?;
    let reach = state
        .store
        .read(move |db| {
            let (stored, around) = desk.load(db)?;
            let topic = desk
                .config
                .catalogue
                .topic(question.topic.as_str())
                .expect("a question is about a topic of the catalogue");
            let catalogue = &desk.config.catalogue;
            let Question { channel, at, .. } = &question;
            Ok(answer(
                catalogue,
                &stored.settings,
                &around,
                topic,
                channel,
                *at,
            ))
        })
        .await?;
    Ok(Json(reach))
}

/// The question, or everything that is wrong with it.
fn read(query: &Query, desk: &Desk) -> Result<Question, Vec<FieldError>> {
    let topic = read_topic(query, desk);
    let channel = read_channel(query);
    let at = read_moment(query, desk.now);
    match (topic, channel, at) {
        (Ok(topic), Ok(channel), Ok(at)) => Ok(Question { topic, channel, at }),
        (topic, channel, at) => Err([topic.err(), channel.err(), at.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

fn read_topic(query: &Query, desk: &Desk) -> Result<PreferenceTopicId, FieldError> {
    let id = query.get("topic").ok_or_else(|| missing("topic"))?;
    let topic = desk.config.catalogue.topic(id);
    topic
        .map(|topic| topic.id.clone())
        .ok_or_else(|| wrong("topic", FieldCode::Unknown, "no topic of the catalogue"))
}

fn read_channel(query: &Query) -> Result<Channel, FieldError> {
    let name = query.get("channel").ok_or_else(|| missing("channel"))?;
    let channel = Channel::from(name);
    if CHANNELS.contains(&channel) {
        Ok(channel)
    } else {
        let detail = "email, sms, phone, push, messaging or post";
        Err(wrong("channel", FieldCode::Unknown, detail))
    }
}

fn read_moment(query: &Query, now: Moment) -> Result<Moment, FieldError> {
    let Some(text) = query.get("at") else {
        return Ok(now);
    };
    text.parse::<Timestamp>()
        .ok()
        .and_then(|timestamp| Moment::from_timestamp(&timestamp))
        .ok_or_else(|| {
            let detail = "a UTC moment by RFC 3339, such as 2026-03-04T05:06:07Z";
            wrong("at", FieldCode::InvalidFormat, detail)
        })
}

fn missing(name: &str) -> FieldError {
    wrong(name, FieldCode::Required, "it is needed")
}

fn wrong(name: &str, code: FieldCode, detail: &str) -> FieldError {
    FieldError {
        pointer: format!("?{name}"),
        code,
        detail: Some(detail.to_owned()),
        limit: None,
    }
}
