//! A customer begins an interaction: by a message, or by asking for a call.

use super::files::send_files;
use super::words::{self, fault};
use crate::config::Config;
use crate::contact::callbacks::{self, Order};
use crate::contact::now::is_closed;
use crate::contact::{Subject, Way, in_language};
use crate::guides;
use crate::http::{ApiError, ApiResult};
use crate::secrets::random;
use crate::store::interactions::{self, Seq, Viewer};
use crate::store::messages::{self, Draft};
use crate::store::time::Moment;
use crate::store::{events, ids};
use portal_contract::callback::RequestCallback;
use portal_contract::contact::{ContactOptionKind, ExpectationBasis};
use portal_contract::event::EventKind;
use portal_contract::guide::GuideAnswers;
use portal_contract::interaction::{Direction, InteractionStatus, Role};
use portal_contract::starting::{MAX_SUBJECT_CHARACTERS, NewInteraction};
use portal_contract::{FieldCode, FieldError, InteractionId};
use rusqlite::{Transaction, params};

/// Who begins, in what, when.
pub struct Beginning<'b> {
    /// The customer.
    pub viewer: &'b Viewer,
    /// The customer's name.
    pub name: &'b str,
    /// The company's ways and bounds.
    pub config: &'b Config,
    /// When.
    pub now: Moment,
}

/// What was asked for, looked at and found good.
struct Checked<'b> {
    way: &'b Way,
    subject: String,
    text: String,
    order: Option<Order>,
    guide: Option<GuideAnswers>,
}

impl Beginning<'_> {
    /// Begins the interaction, with its first message, its files, its call; and gives its row.
    ///
    /// # Errors
    /// `validation` with all that is wrong with it, `invalid-state` where the way is closed or the slot is taken.
    pub fn begin(&self, tx: &Transaction<'_>, new: &NewInteraction) -> ApiResult<Seq> {
        let checked = self.check(tx, new)?;
        if is_closed(tx, &checked.way.id, self.now)? {
            return Err(ApiError::invalid_state(Vec::new()).reason("closed"));
        }
        let seq = self.write(tx, new, &checked)?;
        if let Some(order) = &checked.order {
            let whose = (seq, &self.viewer.customer);
            callbacks::book(tx, checked.way, whose, order, true, self.now)?;
        }
        if let Some(answers) = &checked.guide {
            guides::carry(tx, seq, answers)?;
        }
        self.first_message(tx, seq, new, &checked)?;
        let customer = &self.viewer.customer;
        events::emit(tx, customer, seq, &EventKind::InteractionCreated, self.now)?;
        Ok(seq)
    }

    /// Asks for a call in an interaction that takes one; what is said before it stands in the thread.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    pub fn ask_for_call(
        &self,
        tx: &Transaction<'_>,
        seq: Seq,
        asked: RequestCallback,
    ) -> ApiResult<()> {
        let new = NewInteraction {
            option_id: asked.option_id,
            topic_id: None,
            subject: None,
            text: asked.text,
            attachment_ids: asked.attachment_ids,
            callback: Some(asked.callback),
            guide: None,
        };
        if self.way(&new)?.kind != ContactOptionKind::Callback {
            let detail = "this way is no call";
            let code = FieldCode::NotOffered;
            return Err(ApiError::field("/option_id", code, detail, None));
        }
        let checked = self.check(tx, &new)?;
        if let Some(order) = &checked.order {
            let whose = (seq, &self.viewer.customer);
            callbacks::book(tx, checked.way, whose, order, false, self.now)?;
        }
        interactions::add_participant(tx, seq, &Role::Customer, self.name)?;
        self.first_message(tx, seq, &new, &checked)?;
        interactions::customer_replied(tx, seq, self.now)?;
        Ok(())
    }

    /// Everything that can be said before something is written, all at once.
    fn check(&self, tx: &Transaction<'_>, new: &NewInteraction) -> ApiResult<Checked<'_>> {
        let way = self.way(new)?;
        let is_call = way.kind == ContactOptionKind::Callback;
        let ways = &self.config.ways;
        let topic = new.topic_id.as_ref().map(|id| ways.topic(id));
        let mut errors = Vec::new();
        if topic == Some(None) {
            let detail = "one of the topics on offer";
            errors.push(fault("/topic_id", FieldCode::Unknown, detail, None));
        }
        let subject = one_line(new.subject.as_deref().unwrap_or_default());
        errors.extend(wrong_subject(&subject, is_call));
        let text = words::kept(&new.text);
        let (files, limits) = (new.attachment_ids.len(), &self.config.limits);
        errors.extend(words::faults(&text, files, is_call, limits));
        errors.extend(wrong_call(new.callback.is_some(), is_call));
        let order = match new.callback.as_ref().filter(|_| is_call) {
            Some(call) => self.order(tx, way, call, &mut errors)?,
            None => None,
        };
        let guide = self.guide(tx, new, &mut errors)?;
        if !errors.is_empty() {
            return Err(ApiError::validation(errors));
        }
        let subject = if subject.is_empty() {
            self.usual_subject(topic.flatten(), way)
        } else {
            subject
        };
        Ok(Checked {
            way,
            subject,
            text,
            order,
            guide,
        })
    }

    /// What a call is about that nobody gave a subject: the topic, or else the way.
    fn usual_subject(&self, topic: Option<&Subject>, way: &Way) -> String {
        let locale = self.viewer.locale.as_deref();
        let usual = &self.config.company.locales;
        let named = topic.and_then(|topic| in_language(&topic.label, locale, usual));
        let of_way = || in_language(&way.text, locale, usual).map(|text| &text.label);
        named.or_else(of_way).cloned().unwrap_or_default()
    }

    fn way(&self, new: &NewInteraction) -> ApiResult<&Way> {
        let refused = |code, detail| Err(ApiError::field("/option_id", code, detail, None));
        match self.config.ways.find(&new.option_id) {
            None => refused(FieldCode::Unknown, "one of the ways on offer"),
            Some(way)
                if matches!(
                    way.kind,
                    ContactOptionKind::Message | ContactOptionKind::Callback
                ) =>
            {
                Ok(way)
            }
            Some(_) => refused(
                FieldCode::NotOffered,
                "this way does not begin in the portal",
            ),
        }
    }

    fn order(
        &self,
        tx: &Transaction<'_>,
        way: &Way,
        call: &portal_contract::callback::NewCallback,
        errors: &mut Vec<FieldError>,
    ) -> ApiResult<Option<Order>> {
        match Order::read(tx, way, &self.viewer.customer, call, self.now)? {
            Ok(order) => Ok(Some(order)),
            Err(wrong) => {
                errors.extend(wrong);
                Ok(None)
            }
        }
    }

    fn guide(
        &self,
        tx: &Transaction<'_>,
        new: &NewInteraction,
        errors: &mut Vec<FieldError>,
    ) -> ApiResult<Option<GuideAnswers>> {
        let Some(trail) = &new.guide else {
            return Ok(None);
        };
        let locale = self.viewer.locale.as_deref();
        match guides::spelled_out(tx, self.config, trail, locale)? {
            Ok(answers) => Ok(Some(answers)),
            Err(error) => {
                errors.push(FieldError {
                    pointer: format!("/guide{}", error.pointer),
                    ..error
                });
                Ok(None)
            }
        }
    }

    fn write(
        &self,
        tx: &Transaction<'_>,
        new: &NewInteraction,
        checked: &Checked<'_>,
    ) -> ApiResult<Seq> {
        let id: InteractionId = ids::fresh("int", self.now);
        let topic = new.topic_id.as_ref();
        if let Some(topic) = topic.and_then(|id| self.config.ways.topic(id)) {
            self.know(tx, topic)?;
        }
        let promised = checked.way.first_answer.as_ref();
        let promised = promised.filter(|(_, basis)| *basis == ExpectationBasis::Promised);
        let answer_by = promised.and_then(|(minutes, _)| checked.way.answer_by(self.now, *minutes));
        let seq = tx
            .prepare_cached(
                "INSERT INTO interactions (id, customer_id, reference, subject, channel, direction, status, topic_id,
                                           started_at, updated_at, first_response_by, customer_seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?9)",
            )?
            .insert(params![
                id.as_str(),
                self.viewer.customer,
                reference(self.now),
                checked.subject,
                checked.way.channel().as_str(),
                Direction::Inbound.as_str(),
                InteractionStatus::Open.as_str(),
                topic.map(portal_contract::TopicId::as_str),
                self.now,
                answer_by,
            ])?;
        interactions::add_participant(tx, seq, &Role::Customer, self.name)?;
        Ok(seq)
    }

    /// A topic that no interaction was about before stands in the database from now on.
    fn know(&self, tx: &Transaction<'_>, topic: &Subject) -> ApiResult<()> {
        let usual = in_language(&topic.label, None, &self.config.company.locales);
        let known = tx
            .prepare_cached("INSERT OR IGNORE INTO topics (id, label) VALUES (?1, ?2)")?
            .execute((topic.id.as_str(), usual))?;
        if known == 0 {
            return Ok(());
        }
        for (language, label) in &topic.label {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO topic_labels (topic_id, locale, label) VALUES (?1, ?2, ?3)",
            )?
            .execute((topic.id.as_str(), language, label))?;
        }
        Ok(())
    }

    /// Who asks for a call need not say more.
    fn first_message(
        &self,
        tx: &Transaction<'_>,
        seq: Seq,
        new: &NewInteraction,
        checked: &Checked<'_>,
    ) -> ApiResult<()> {
        if checked.text.trim().is_empty() && new.attachment_ids.is_empty() {
            return Ok(());
        }
        let draft = Draft {
            role: &Role::Customer,
            author: self.name,
            // The words were written here, also those that go before a call.
            channel: &checked.way.channel(),
            text: &checked.text,
            sent_at: self.now,
        };
        let message = messages::insert(tx, seq, &draft)?;
        send_files(tx, seq, message, &new.attachment_ids)?;
        let customer = &self.viewer.customer;
        events::emit(tx, customer, seq, &EventKind::MessageCreated, self.now)?;
        Ok(())
    }
}

fn wrong_subject(subject: &str, is_call: bool) -> Option<FieldError> {
    let limit = Some(MAX_SUBJECT_CHARACTERS as u64);
    if subject.chars().count() > MAX_SUBJECT_CHARACTERS {
        let (code, detail) = (FieldCode::TooLong, "too many characters");
        return Some(fault("/subject", code, detail, limit));
    }
    let is_missing = subject.is_empty() && !is_call;
    is_missing.then(|| fault("/subject", FieldCode::Required, "a few words", None))
}

fn wrong_call(has_call: bool, is_call: bool) -> Option<FieldError> {
    let (code, detail) = match (has_call, is_call) {
        (false, true) => (FieldCode::Required, "when to call, and where"),
        (true, false) => (FieldCode::NotOffered, "this way is no call"),
        (true, true) | (false, false) => return None,
    };
    Some(fault("/callback", code, detail, None))
}

/// What people typed as one line: every break and every run of spaces is a space.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number that people can quote on the telephone: the day, and letters and digits that are not taken for one another
/// (Crockford's base 32).
fn reference(now: Moment) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let day = now.to_jiff().strftime("%y%m%d");
    let mut reference = format!("{day}-");
    for byte in &random()[..6] {
        reference.push(char::from(ALPHABET[usize::from(byte & 31)]));
    }
    reference
}
