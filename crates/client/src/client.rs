//! One typed call for each endpoint of the contract.

mod asked;
mod changes;
mod consents;
mod contact;
mod contact_points;
mod data_requests;
mod delegations;
mod feedback;
mod guides;
mod inventory;
mod notices;
mod preferences;
mod session;
mod signals;
#[cfg(test)]
mod tests;

pub use asked::Asked;
pub use changes::{Change, ContactPointChanges, FeedbackChanges, MeChanges};
pub use session::WaysIn;

use asked::Outcome;

use crate::engine::{self, Answer, CALL_LIMIT, Call, UPLOAD_LIMIT};
use crate::error::{ApiError, Garbled};
use crate::transport::{Body, Method, Progress, Transport};
use crate::{paths, query};
use portal_contract::attachment::Attachment;
use portal_contract::capabilities::Capabilities;
use portal_contract::endpoints::{self, IDEMPOTENCY_HEADER};
use portal_contract::event::Events;
use portal_contract::filter::InteractionFilter;
use portal_contract::interaction::{Interaction, InteractionFacets, InteractionSummary};
use portal_contract::me::Me;
use portal_contract::message::{Message, NewMessage};
use portal_contract::overview::Overview;
use portal_contract::{
    Cursor, Etag, FromJson, IdempotencyKey, InteractionId, Json, Page, Place, ToJson,
};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Calls the API. Cheap to clone, and one word; all clones are one client.
pub struct Client<T: Transport>(Rc<Inner<T>>);

/// In whose name the calls go.
struct Inner<T> {
    line: Rc<Line<T>>,
    bearer: Option<Rc<str>>,
    on_behalf: Option<Rc<str>>,
}

/// What carries the calls of all of them.
struct Line<T> {
    transport: T,
    signed_out: RefCell<Option<Rc<dyn Fn()>>>,
}

impl<T: Transport> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

/// Where a reader of the change feed begins.
#[derive(Clone, Copy, Debug)]
pub enum Since<'a> {
    /// Just after what was told before.
    Place(&'a Cursor),
    /// So many seconds ago, and no further on than that: what was read since then may be older than a change. 0 is "now".
    Ago(u64),
}

/// A file that the customer adds.
pub struct NewFile<U> {
    /// Its content.
    pub content: U,
    /// What the device says that it is (`image/png`); the server looks for itself.
    pub media_type: String,
    /// Its name, without any path.
    pub file_name: String,
}

impl<T: Transport + 'static> Client<T> {
    /// A client over `transport`.
    #[must_use]
    pub fn new(transport: T) -> Self {
        let line = Rc::new(Line {
            transport,
            signed_out: RefCell::new(None),
        });
        Self::over(line, None, None)
    }

    fn over(line: Rc<Line<T>>, bearer: Option<Rc<str>>, on_behalf: Option<Rc<str>>) -> Self {
        Self(Rc::new(Inner {
            line,
            bearer,
            on_behalf,
        }))
    }

    /// This client in the name of whoever holds `bearer`: it goes with every call as `Authorization` (RFC 6750), and the transport
    /// leaves cookies out. That it ran out is not told to the observer: the session of the tab is another.
    #[must_use]
    pub fn bearing(&self, bearer: &str) -> Self {
        Self::over(Rc::clone(&self.0.line), Some(bearer.into()), None)
    }

    /// `observer` is told of every answer that says that nobody is signed in (any longer), so that one place can ask to
    /// sign in again. Asking who is signed in, and signing out, are not told.
    pub fn on_unauthenticated(&self, observer: impl Fn() + 'static) {
        self.0.line.signed_out.replace(Some(Rc::new(observer)));
    }

    /// What carries the calls.
    #[must_use]
    pub fn transport(&self) -> &T {
        &self.0.line.transport
    }

    /// A key for a new intent of the customer: made with the form, kept with its draft, sent with every try.
    #[must_use]
    pub fn new_key(&self) -> IdempotencyKey {
        self.0.line.transport.new_key()
    }

    /// What the API offers.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn capabilities(&self) -> Asked<Capabilities> {
        self.get(endpoints::CAPABILITIES.to_owned())
    }

    /// Of what the API offers, the profiles and features alone: all that a first screen needs to know.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn offer(&self) -> Asked<Offer> {
        self.get(endpoints::CAPABILITIES.to_owned())
    }

    /// The customer's own record.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn me(&self) -> Asked<Me> {
        self.get(endpoints::ME.to_owned())
    }

    /// Changes the customer's own record as it stood at `etag`.
    ///
    /// # Errors
    /// [`ApiError::PreconditionFailed`] with the record as it stands now, when it was changed elsewhere.
    pub fn change_me(&self, changes: &MeChanges, etag: &Etag, key: &IdempotencyKey) -> Asked<Me> {
        let call = self.patching(endpoints::ME.to_owned(), &changes.to_json(), etag);
        self.keyed(call, key)
    }

    /// What waits, for the customer and for the company.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn overview(&self) -> Asked<Overview> {
        self.get(endpoints::OVERVIEW.to_owned())
    }

    /// A page of the history.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when a filter is refused, its pointer `?name`.
    pub fn interactions(
        &self,
        filter: &InteractionFilter,
        cursor: Option<&Cursor>,
    ) -> Asked<Page<InteractionSummary>> {
        self.get(paths::interactions(filter, cursor))
    }

    /// What the history can be filtered by.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn facets(&self) -> Asked<InteractionFacets> {
        self.get(endpoints::INTERACTION_FACETS.to_owned())
    }

    /// One interaction.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id, or it is another customer's.
    pub fn interaction(&self, id: &InteractionId) -> Asked<Interaction> {
        self.get(endpoints::interaction(id))
    }

    /// What an interaction is about, in the words of whoever began: for a screen that needs no more of it.
    ///
    /// # Errors
    /// As [`interaction`](Self::interaction).
    pub fn subject(&self, id: &InteractionId) -> Asked<String> {
        let call = self.call(Method::Get, endpoints::interaction(id));
        Asked::new(self.answer(call), |answer| {
            decode(answer).map(|Subject(subject)| subject)
        })
    }

    /// A page of a thread, newest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such interaction.
    pub fn messages(&self, id: &InteractionId, cursor: Option<&Cursor>) -> Asked<Page<Message>> {
        self.get(paths::messages(id, cursor))
    }

    /// Writes a message.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when the interaction takes none, [`ApiError::Validation`] when the words are refused.
    pub fn reply(
        &self,
        id: &InteractionId,
        message: &NewMessage,
        key: &IdempotencyKey,
    ) -> Asked<Message> {
        let call = self.posting(endpoints::messages(id), &message.to_json());
        self.keyed(call, key)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// [`ApiError::TooLarge`] and [`ApiError::UnsupportedType`] for a file that is not taken, [`ApiError::InvalidState`]
    /// when the interaction takes none.
    pub fn attach(
        &self,
        id: &InteractionId,
        file: NewFile<T::Upload>,
        progress: Option<Progress>,
        key: &IdempotencyKey,
    ) -> Asked<Attachment> {
        self.upload(endpoints::attachments(id), file, progress, key)
    }

    fn upload(
        &self,
        path: String,
        file: NewFile<T::Upload>,
        progress: Option<Progress>,
        key: &IdempotencyKey,
    ) -> Asked<Attachment> {
        let mut disposition = "attachment; filename*=UTF-8''".to_owned();
        query::encode(&mut disposition, &file.file_name);
        let mut call = self
            .call(Method::Post, path)
            .body(media_type(&file.media_type), Body::Upload(file.content))
            .header("content-disposition", disposition);
        call.limit = UPLOAD_LIMIT;
        call.request.progress = progress;
        self.keyed(call, key)
    }

    /// Says that the matter is done.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it cannot be closed now.
    pub fn close(&self, id: &InteractionId, key: &IdempotencyKey) -> Asked<Interaction> {
        self.act(endpoints::close(id), key)
    }

    /// Takes the matter up again.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it cannot be reopened now.
    pub fn reopen(&self, id: &InteractionId, key: &IdempotencyKey) -> Asked<Interaction> {
        self.act(endpoints::reopen(id), key)
    }

    /// What changed since `cursor`; without one, nothing but where "now" is. Waits up to `wait_seconds` for a change.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn events(&self, since: Since<'_>, wait_seconds: u64) -> Asked<Events> {
        let mut call = self.call(Method::Get, paths::events(since, wait_seconds));
        call.limit = CALL_LIMIT + Duration::from_secs(wait_seconds);
        self.asked(call)
    }

    fn get<D: FromJson>(&self, path: String) -> Asked<D> {
        self.asked(self.call(Method::Get, path))
    }

    fn post<D: FromJson>(&self, path: &str, body: &impl ToJson) -> Asked<D> {
        self.asked(self.posting(path.to_owned(), &body.to_json()))
    }

    /// For what changes nothing by being said twice, though it is posted.
    fn repeatably<D: FromJson>(&self, mut call: Call<T::Upload>) -> Asked<D> {
        call.repeatable = true;
        self.asked(call)
    }

    /// An act that needs no words.
    fn act<D: FromJson>(&self, path: String, key: &IdempotencyKey) -> Asked<D> {
        let call = self.posting(path, &Json::Object(Vec::new()));
        self.keyed(call, key)
    }

    fn keyed<D: FromJson>(&self, call: Call<T::Upload>, key: &IdempotencyKey) -> Asked<D> {
        self.repeatably(call.header(IDEMPOTENCY_HEADER, key.as_str().to_owned()))
    }

    fn asked<D: FromJson>(&self, call: Call<T::Upload>) -> Asked<D> {
        Asked::new(self.answer(call), decode)
    }

    fn posting(&self, path: String, body: &Json) -> Call<T::Upload> {
        let body = Body::Json(self.0.line.transport.write(body));
        self.call(Method::Post, path).body("application/json", body)
    }

    fn patching(&self, path: String, patch: &Json, etag: &Etag) -> Call<T::Upload> {
        let patch = Body::Json(self.0.line.transport.write(patch));
        self.call(Method::Patch, path)
            .body("application/merge-patch+json", patch)
            .header("if-match", quoted(etag))
    }

    fn call(&self, method: Method, mut path: String) -> Call<T::Upload> {
        if let Some(delegation) = &self.0.on_behalf
            && path.starts_with(endpoints::DATA_REQUESTS)
        {
            query::add(&mut path, endpoints::ON_BEHALF, delegation);
        }
        let call = Call::new(method, path);
        match &self.0.bearer {
            Some(bearer) => call.header("authorization", ["Bearer ", bearer].concat()),
            None => call,
        }
    }

    fn answer(&self, call: Call<T::Upload>) -> Outcome {
        let client = self.clone();
        let answer = self.quietly(call);
        Box::pin(async move {
            let answer = answer.await;
            if client.0.bearer.is_none() && matches!(answer, Err(ApiError::Unauthenticated)) {
                // Cloned out first: the observer may well call back into the client.
                let observer = client.0.line.signed_out.borrow().clone();
                if let Some(observer) = observer {
                    observer();
                }
            }
            answer
        })
    }

    /// Like [`answer`](Self::answer), where nobody has to hear that nobody is signed in.
    fn quietly(&self, call: Call<T::Upload>) -> Outcome {
        let line = Rc::clone(&self.0.line);
        Box::pin(async move { engine::run(&line.transport, &call).await })
    }
}

fn decode<D: FromJson>(answer: Result<Answer, ApiError>) -> Result<D, ApiError> {
    let Answer { json, request_id } = answer?;
    D::from_json(&json).map_err(|error| ApiError::Garbled {
        what: Garbled::Shape(error),
        request_id,
    })
}

/// A strong entity tag as `If-Match` writes it (RFC 9110).
fn quoted(etag: &Etag) -> String {
    let mut quoted = String::with_capacity(etag.as_str().len() + 2);
    quoted.push('"');
    quoted.push_str(etag.as_str());
    quoted.push('"');
    quoted
}

/// What a file is sent as. A device that knows no type for it says nothing, and the header needs something; the three types
/// that a form of any site can send are refused by servers that guard against such forms, and the server looks for itself.
fn media_type(told: &str) -> &str {
    let guarded = [
        "text/plain",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
    ];
    if told.is_empty() || guarded.iter().any(|form| told.starts_with(form)) {
        "application/octet-stream"
    } else {
        told
    }
}

/// An interaction, read no further than to what it is about.
struct Subject(String);

impl FromJson for Subject {
    fn read(place: &Place) -> Self {
        Self(place.field("subject"))
    }
}

/// What the API offers, read no further than to the names of its profiles and features.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As [`Profile`](portal_contract::capabilities::Profile) has them.
    pub profiles: Vec<String>,
    /// As [`Feature`](portal_contract::capabilities::Feature) has them.
    pub features: Vec<String>,
}

impl FromJson for Offer {
    fn read(place: &Place) -> Self {
        Self {
            profiles: place.field("profiles"),
            features: place.field("features"),
        }
    }
}
