//! Answering, saying something unasked, changing it and taking it back.

use super::answers::{self, Answers};
use super::entries::{self, EntryRow};
use super::ledger::UNASKED;
use super::{DAY_SECONDS, Ledger, requests};
use crate::http::{ApiError, ApiResult};
use crate::store::ids;
use crate::store::interactions::Seq;
use portal_contract::feedback::{
    AnswerValue, Feedback, FeedbackAction, FeedbackKind, FeedbackRequest, FeedbackRequestState,
    FeedbackStatus, NewFeedback, Question,
};
use portal_contract::interaction::Action;
use portal_contract::{FeedbackId, FeedbackRequestId, FieldCode, FieldError, QuestionId};
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

/// What is new, checked.
struct Said {
    kind: FeedbackKind,
    request: Option<i64>,
    interaction: Option<Seq>,
    service: Option<String>,
    questions: Vec<Question>,
    answers: Answers,
    text: Option<String>,
    contact_allowed: bool,
}

fn error(pointer: &str, code: FieldCode, detail: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        pointer: pointer.to_owned(),
        code,
        detail: Some(detail.to_owned()),
        limit,
    }
}

/// The words that a problem document has for what may be done.
fn words(allowed: Vec<FeedbackAction>) -> Vec<Action> {
    let word = |action: FeedbackAction| Action::from(action.as_str());
    allowed.into_iter().map(word).collect()
}

impl Ledger {
    /// Rather not, this time. Declining again is as good.
    ///
    /// # Errors
    /// `not-found` when there is no such request of this customer's, `invalid-state` when it was answered or ran out.
    pub fn decline(&self, tx: &Connection, id: &FeedbackRequestId) -> ApiResult<FeedbackRequest> {
        let row = requests::find(tx, self, id)?.ok_or_else(ApiError::not_found)?;
        match row.state {
            FeedbackRequestState::Open => {
                let declined = FeedbackRequestState::Declined;
                requests::set_state(tx, &self.customer, &row, &declined, self.now)?;
            }
            FeedbackRequestState::Declined => {}
            FeedbackRequestState::Answered
            | FeedbackRequestState::Expired
            | FeedbackRequestState::Other(_) => {
                return Err(ApiError::invalid_state(Vec::new()).reason(row.state.as_str()));
            }
        }
        self.request(tx, id)
    }

    /// Enters an answer to a request, or what is said unasked.
    ///
    /// # Errors
    /// `validation` for what cannot be taken, `duplicate-active-request` when the request has an answer, `invalid-state` when it ran
    /// out.
    pub fn give(&self, tx: &Connection, new: NewFeedback) -> ApiResult<Feedback> {
        match new.request_id.clone() {
            Some(id) => self.answer(tx, &id, new),
            None => {
                let said = self.unasked(tx, new)?;
                self.enter(tx, &said)
            }
        }
    }

    fn answer(
        &self,
        tx: &Connection,
        id: &FeedbackRequestId,
        new: NewFeedback,
    ) -> ApiResult<Feedback> {
        let Some(request) = requests::find(tx, self, id)? else {
            let detail = "there is no such request";
            return Err(ApiError::field(
                "/request_id",
                FieldCode::Unknown,
                detail,
                None,
            ));
        };
        if let Some(existing) = &request.answer {
            return Err(ApiError::duplicate_active_request(existing.as_str()));
        }
        if request.state == FeedbackRequestState::Expired {
            return Err(ApiError::invalid_state(Vec::new()).reason("expired"));
        }
        let unasked = [
            ("/kind", new.kind.is_some()),
            ("/about", new.about.is_some()),
            ("/text", new.text.is_some()),
        ];
        if let Some((pointer, _)) = unasked.into_iter().find(|(_, given)| *given) {
            let detail = "with request_id, the answers say it all";
            return Err(ApiError::field(
                pointer,
                FieldCode::NotOffered,
                detail,
                None,
            ));
        }
        let questions = request.questions(self)?;
        let given = new.answers.unwrap_or_default();
        let answers = answers::kept(&questions, &given).map_err(ApiError::validation)?;
        let said = Said {
            kind: FeedbackKind::Answer,
            request: Some(request.seq),
            interaction: request.interaction,
            service: None,
            questions,
            answers,
            text: None,
            contact_allowed: new.contact_allowed,
        };
        let feedback = self.enter(tx, &said)?;
        let answered = FeedbackRequestState::Answered;
        requests::set_state(tx, &self.customer, &request, &answered, self.now)?;
        Ok(feedback)
    }

    fn unasked(&self, tx: &Connection, new: NewFeedback) -> ApiResult<Said> {
        let mut errors = Vec::new();
        let offered = self.surveys.is_offered();
        let kind = match new.kind {
            Some(kind) if offered && UNASKED.contains(&kind) => kind,
            Some(kind) => {
                errors.push(error("/kind", FieldCode::NotOffered, "not on offer", None));
                kind
            }
            None => {
                errors.push(error("/kind", FieldCode::Required, "what it is", None));
                FeedbackKind::Remark
            }
        };
        if new.answers.is_some_and(|answers| !answers.is_empty()) {
            let detail = "answers need the request_id of what asked";
            errors.push(error("/answers", FieldCode::NotOffered, detail, None));
        }
        let text = self.text(new.text.as_deref(), &mut errors);
        let about = new
            .about
            .unwrap_or(portal_contract::feedback::NewFeedbackAbout {
                interaction_id: None,
                service_id: None,
            });
        if about.interaction_id.is_some() && about.service_id.is_some() {
            let detail = "an interaction or a service, not both";
            errors.push(error(
                "/about/service_id",
                FieldCode::NotOffered,
                detail,
                None,
            ));
        }
        let interaction = match &about.interaction_id {
            Some(id) => requests::own_interaction(tx, self, id)?,
            None => None,
        };
        if about.interaction_id.is_some() && interaction.is_none() {
            let detail = "there is no such interaction";
            errors.push(error(
                "/about/interaction_id",
                FieldCode::Unknown,
                detail,
                None,
            ));
        }
        let unknown = |id: &&String| self.surveys.service(id).is_none();
        if about.service_id.as_ref().filter(unknown).is_some() {
            let detail = "there is no such service";
            errors.push(error("/about/service_id", FieldCode::Unknown, detail, None));
        }
        if !errors.is_empty() {
            return Err(ApiError::validation(errors));
        }
        Ok(Said {
            kind,
            request: None,
            interaction,
            service: about.service_id,
            questions: Vec::new(),
            answers: Answers::new(),
            text,
            contact_allowed: new.contact_allowed,
        })
    }

    /// Words that were said unasked: there have to be some.
    fn text(&self, text: Option<&str>, errors: &mut Vec<FieldError>) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let limit = self.surveys.text_characters;
        match text {
            None => errors.push(error("/text", FieldCode::Required, "some words", None)),
            Some(text) if text.chars().count() as u64 > limit => {
                let detail = "fewer words, please";
                errors.push(error("/text", FieldCode::TooLong, detail, Some(limit)));
            }
            Some(_) => {}
        }
        text.map(str::to_owned)
    }

    fn enter(&self, tx: &Connection, said: &Said) -> ApiResult<Feedback> {
        let id: FeedbackId = ids::fresh("fbk", self.now);
        let days = i64::from(self.surveys.editable_days);
        tx.prepare_cached(
            "INSERT INTO feedback (id, customer_id, kind, request_seq, interaction_seq, service_id, questions, answers, text,
                                   contact_allowed, given_at, editable_until, status, version)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0)",
        )?
        .execute(params![
            id.as_str(),
            self.customer,
            said.kind.as_str(),
            said.request,
            said.interaction,
            said.service,
            kept(&said.questions),
            kept(&said.answers),
            said.text,
            said.contact_allowed,
            self.now,
            self.now.plus_seconds(days * DAY_SECONDS),
            FeedbackStatus::Received.as_str(),
        ])?;
        let seq = tx.last_insert_rowid();
        entries::step(tx, seq, &FeedbackStatus::Received, None, self.now)?;
        entries::changed(tx, &self.customer, seq, self.now)?;
        self.entry(tx, &id)
    }

    /// Changes what was said, by a merge patch, on a version that `check` accepts.
    ///
    /// # Errors
    /// What `check` refuses with; `invalid-state` when it cannot be changed any more; `validation` for what cannot be taken.
    pub fn edit(
        &self,
        tx: &Connection,
        id: &FeedbackId,
        patch: &Map<String, Value>,
        check: impl FnOnce(&Feedback) -> ApiResult<()>,
    ) -> ApiResult<Feedback> {
        let row = entries::find(tx, &self.customer, id)?.ok_or_else(ApiError::not_found)?;
        check(&self.entry(tx, id)?)?;
        let allowed = row.allowed_actions(self.now);
        if !allowed.contains(&FeedbackAction::Edit) {
            return Err(ApiError::invalid_state(words(allowed)));
        }
        let after = self.patched(&row, patch)?;
        if after.answers == row.answers
            && after.text == row.text
            && after.contact_allowed == row.contact_allowed
        {
            return self.entry(tx, id);
        }
        tx.prepare_cached(
            "UPDATE feedback SET answers = ?2, text = ?3, contact_allowed = ?4, edited_at = ?5 WHERE seq = ?1",
        )?
        .execute(params![
            row.seq,
            kept(&after.answers),
            after.text,
            after.contact_allowed,
            self.now
        ])?;
        if row.status == FeedbackStatus::Read {
            // What was read is not what it says now.
            entries::step(tx, row.seq, &FeedbackStatus::Received, None, self.now)?;
        }
        entries::changed(tx, &self.customer, row.seq, self.now)?;
        self.entry(tx, id)
    }

    fn patched(&self, row: &EntryRow, patch: &Map<String, Value>) -> ApiResult<Patched> {
        let mut after = Patched {
            answers: row.answers.clone(),
            text: row.text.clone(),
            contact_allowed: row.contact_allowed,
        };
        let mut errors = Vec::new();
        let asked = row.kind == FeedbackKind::Answer;
        for (name, value) in patch {
            match (name.as_str(), value) {
                ("contact_allowed", Value::Bool(allowed)) => after.contact_allowed = *allowed,
                ("contact_allowed", _) => errors.push(error(
                    "/contact_allowed",
                    FieldCode::InvalidFormat,
                    "true or false",
                    None,
                )),
                ("text", Value::Null) if !asked => after.text = self.text(None, &mut errors),
                ("text", Value::String(text)) if !asked => {
                    after.text = self.text(Some(text), &mut errors);
                }
                ("answers", Value::Object(changes)) if asked => {
                    merge(&mut after.answers, changes, &mut errors);
                    match answers::kept(&row.questions, &after.answers) {
                        Ok(kept) => after.answers = kept,
                        Err(refused) => errors.extend(refused),
                    }
                }
                (name, _) => errors.push(error(
                    &format!("/{name}"),
                    FieldCode::NotOffered,
                    "this cannot be changed here",
                    None,
                )),
            }
        }
        if errors.is_empty() {
            Ok(after)
        } else {
            Err(ApiError::validation(errors))
        }
    }

    /// Takes it back: its words and answers are removed, and what the company wrote about them.
    ///
    /// # Errors
    /// `not-found` when there is no such entry of this customer's, `invalid-state` when it was taken back already.
    pub fn withdraw(&self, tx: &Connection, id: &FeedbackId) -> ApiResult<Feedback> {
        let row = entries::find(tx, &self.customer, id)?.ok_or_else(ApiError::not_found)?;
        if row.status == FeedbackStatus::Withdrawn {
            return Err(ApiError::invalid_state(Vec::new()));
        }
        tx.prepare_cached(
            "UPDATE feedback
                SET questions = '[]', answers = '{}', text = NULL, contact_allowed = 0, improvement_seq = NULL,
                    reply_at = NULL, reply_by = NULL, reply_text = NULL, reply_lang = NULL, company_acted_at = NULL,
                    tell_at = NULL
              WHERE seq = ?1",
        )?
        .execute([row.seq])?;
        tx.prepare_cached("UPDATE feedback_steps SET note = NULL WHERE feedback_seq = ?1")?
            .execute([row.seq])?;
        entries::step(tx, row.seq, &FeedbackStatus::Withdrawn, None, self.now)?;
        entries::changed(tx, &self.customer, row.seq, self.now)?;
        self.entry(tx, id)
    }
}

/// What is said after a patch.
struct Patched {
    answers: Answers,
    text: Option<String>,
    contact_allowed: bool,
}

fn merge(answers: &mut Answers, changes: &Map<String, Value>, errors: &mut Vec<FieldError>) {
    for (name, value) in changes {
        let Ok(id) = name.parse::<QuestionId>() else {
            errors.push(error(
                "/answers",
                FieldCode::Unknown,
                "no such question",
                None,
            ));
            continue;
        };
        match AnswerValue::try_from(portal_contract::Json::from(value.clone())) {
            Ok(value) => drop(answers.insert(id, value)),
            // `null` is no answer: it takes one out.
            Err(_) => drop(answers.remove(&id)),
        }
    }
}

/// A value of the contract as it is kept.
fn kept(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("the contract's types are texts, numbers and lists")
}
