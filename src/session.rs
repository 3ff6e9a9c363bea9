//! Who is signed in. The server holds the truth; this is what it last said, the same in every tab within a second.

use crate::api::{PortalClient, use_api};
use crate::browser::{page, storage, tabs, task};
use crate::forms::{Draft, Write};
use crate::i18n::use_i18n;
use portal_client::ApiError;
use portal_contract::session::{Scope, Session as Answer, SessionMode, SessionState, Signals};
use portal_markup::prelude::*;

/// The signed-in customer, as every screen may show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// An opaque mark of which customer it is: what one left behind is not shown to another.
    pub subject: String,
    /// The name.
    pub display_name: String,
    /// IANA name of the chosen zone.
    pub time_zone: Option<String>,
    /// Whether they can prove anew here who they are. A frame on another page is no place for that.
    pub may_prove: bool,
    /// Whether they can change here where the company reaches them.
    pub may_change_contact_points: bool,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub enum Session {
    /// The server could not be asked yet.
    Unknown(Option<ApiError>),
    /// Nobody.
    SignedOut,
    /// This customer.
    SignedIn(Customer),
    /// This customer until a moment ago. The screen stays, so that nothing typed is lost; signing in again goes on.
    Expired(Customer),
}

impl Session {
    fn from_answer(answer: Answer) -> Self {
        // Only a frame's session is held to its list: an API that is older than a scope gives it to every other.
        let is_held = answer.mode == Some(SessionMode::Embed);
        let may = |scope| !is_held || answer.scopes.contains(&scope);
        let may_prove = may(Scope::StepUp);
        let may_change_contact_points = may(Scope::ContactPointsWrite);
        match (answer.state, answer.customer) {
            (SessionState::Authenticated, Some(customer)) => Self::SignedIn(Customer {
                subject: answer.subject.unwrap_or_default(),
                display_name: customer.display_name,
                time_zone: customer.time_zone,
                may_prove,
                may_change_contact_points,
            }),
            (SessionState::Authenticated | SessionState::Anonymous | SessionState::Other(_), _) => {
                Self::SignedOut
            }
        }
    }

    /// The customer whose screen this is, signed in or asked to sign in again.
    #[must_use]
    pub fn customer(&self) -> Option<&Customer> {
        match self {
            Self::SignedIn(customer) | Self::Expired(customer) => Some(customer),
            Self::Unknown(_) | Self::SignedOut => None,
        }
    }
}

/// What tabs of one browser tell each other.
const SIGNED_OUT: &str = "signed-out";
const SIGNED_IN: &str = "signed-in";
/// What the page around a frame says by the same way, and the tag behind it.
const LANGUAGE: &str = "language ";

/// The session, and the few things that change it.
#[derive(Clone, Copy)]
pub struct SessionStore {
    session: RwSignal<Session>,
    /// How often something was refused for want of a session.
    refusals: RwSignal<u32>,
    refresh: Write<(), Answer>,
    sign_out: Write<(), ()>,
    /// Where whoever signs out goes on to.
    further: StoredValue<Option<String>>,
    /// Whether the server heeds that this browser asks for privacy.
    heeded: RwSignal<bool>,
    report: Write<(), Answer>,
}

/// Asks who is signed in, and speaks their language from then on.
///
/// # Errors
/// As any reading of the API.
pub async fn ask(client: &PortalClient) -> Result<Answer, ApiError> {
    let answer = client.session().await?;
    speak_with(&answer).await;
    Ok(answer)
}

/// Speaks the language of whom the answer names.
async fn speak_with(answer: &Answer) {
    let customer = answer.customer.as_ref();
    let locale = customer.and_then(|customer| customer.locale.as_deref());
    use_i18n().follow_record(locale).await;
}

/// Makes the session known to everything below, and keeps it true: across tabs, and when a page comes back from the
/// browser's memory.
pub fn provide_session(first: Result<Answer, ApiError>) {
    let told = first.as_ref().ok().cloned();
    let session = match first {
        Ok(answer) => Session::from_answer(answer),
        Err(error) => Session::Unknown(Some(error)),
    };
    show_times_for(&session);
    forget_others(&session);
    let api = use_api();
    let store = SessionStore {
        session: RwSignal::new(session),
        refusals: RwSignal::new(0),
        refresh: Write::new(move |()| async move { ask(&api.client()).await }),
        sign_out: Write::new(move |()| api.client().sign_out()),
        further: StoredValue::new(None),
        heeded: RwSignal::new(false),
        report: Write::new(move |()| async move {
            let signals = Signals { gpc: true };
            api.client().report_signals(&signals).await
        }),
    };
    store.refresh.on_done(move |answer| store.take(answer));
    store
        .refresh
        .on_failed(move |error| store.not_reached(error));
    store.sign_out.on_done(move |()| store.leave());
    store
        .report
        .on_done(move |answer| store.heeded.set(answer.signals.gpc));
    if let Some(answer) = told {
        store.heed_signals(&answer);
    }
    api.on_unauthenticated(move || store.expire());
    tabs::listen(move |message: String| match message.as_str() {
        SIGNED_OUT => store.end(),
        SIGNED_IN => store.refresh(),
        other => {
            if let Some(tag) = other.strip_prefix(LANGUAGE) {
                let tag = tag.to_owned();
                // Where it cannot be had, the one in use stays; the console has said why.
                task::run(async move { drop(use_i18n().set_locale(&tag).await) });
            }
        }
    });
    // A page that comes back from the browser's memory may belong to somebody who has left (safety: back after sign-out).
    page::on_return(move || store.refresh());
    provide_context(store);
}

/// Times are shown in the zone that the customer chose, before anything is drawn for them.
fn show_times_for(session: &Session) {
    use_i18n().set_time_zone(
        session
            .customer()
            .and_then(|customer| customer.time_zone.clone()),
    );
}

/// Whoever signs in finds nothing that another began here, be it before a reload or in another tab.
fn forget_others(session: &Session) {
    if let Session::SignedIn(customer) = session {
        Draft::purge_others(&customer.subject);
    }
}

/// The session.
#[must_use]
pub fn use_session() -> SessionStore {
    expect_context()
}

impl SessionStore {
    /// Who is signed in.
    #[must_use]
    pub fn get(self) -> Session {
        self.session.get()
    }

    /// The signal behind it.
    #[must_use]
    pub fn signal(self) -> ReadSignal<Session> {
        self.session.read_only()
    }

    /// Watches for the next thing that is refused for want of a session.
    pub fn track_refusals(self) {
        self.refusals.track();
    }

    /// The customer at this moment.
    #[must_use]
    pub fn customer(self) -> Option<Customer> {
        self.session
            .with_untracked(|session| session.customer().cloned())
    }

    /// The mark of the customer at this moment, under which drafts are kept; empty, and so nobody's, where nobody is signed in.
    #[must_use]
    pub fn subject(self) -> String {
        self.session.with_untracked(|session| {
            session
                .customer()
                .map_or_else(String::new, |customer| customer.subject.clone())
        })
    }

    /// Whether the customer can prove anew here who they are.
    #[must_use]
    pub fn may_prove(self) -> bool {
        self.customer().is_none_or(|customer| customer.may_prove)
    }

    /// Whether the customer can change here where the company reaches them.
    #[must_use]
    pub fn may_change_contact_points(self) -> bool {
        self.customer()
            .is_none_or(|customer| customer.may_change_contact_points)
    }

    /// Asks the server again.
    pub fn refresh(self) {
        self.refresh.send(());
    }

    /// Whether the server is being asked.
    #[must_use]
    pub fn refreshing(self) -> Signal<bool> {
        self.refresh.pending()
    }

    /// Somebody signed in here. Their language comes first, so that their screen is drawn once.
    pub fn signed_in(self, answer: Answer) {
        task::run(async move {
            speak_with(&answer).await;
            self.take(answer);
            tabs::tell(SIGNED_IN);
        });
    }

    /// Whether this browser asks that data is neither sold nor shared (Global Privacy Control), and the server knows.
    #[must_use]
    pub fn asks_for_privacy(self) -> bool {
        self.heeded.get()
    }

    /// Tells the server what the browser asks for where no header did: between the two may stand what takes headers out.
    fn heed_signals(self, answer: &Answer) {
        self.heeded.set(answer.signals.gpc);
        let is_there = answer.state == SessionState::Authenticated;
        if is_there && !answer.signals.gpc && page::asks_for_privacy() {
            self.report.send(());
        }
    }

    /// Signs out here, at the server and in every tab.
    pub fn sign_out(self) {
        self.sign_out.send(());
    }

    /// Whoever has signed out goes on to this address, the company's own sign-out; whoever is about to, then.
    pub fn go_on_to(self, address: String) {
        self.further.set_value(Some(address));
        if self.customer().is_none() {
            self.go_on();
        }
    }

    fn go_on(self) {
        if let Some(address) = self.further.get_value() {
            page::leave_for(&address);
        }
    }

    /// How signing out goes.
    #[must_use]
    pub fn signing_out(self) -> Write<(), ()> {
        self.sign_out
    }

    fn take(self, answer: Answer) {
        page::reveal();
        self.heed_signals(&answer);
        let next = Session::from_answer(answer);
        let before = self.customer();
        forget_others(&next);
        match (&next, before) {
            // Signed out elsewhere while somebody is in the middle of something: ask, do not take the screen away.
            (Session::SignedOut, Some(customer)) if self.is_signed_in() => {
                self.set(Session::Expired(customer))
            }
            (Session::SignedOut, Some(_)) => {}
            _ => self.set(next),
        }
    }

    fn is_signed_in(self) -> bool {
        self.session
            .with_untracked(|session| matches!(session, Session::SignedIn(_)))
    }

    fn expire(self) {
        self.refusals.update(|count| *count += 1);
        if let (true, Some(customer)) = (self.is_signed_in(), self.customer()) {
            self.set(Session::Expired(customer));
        }
    }

    fn leave(self) {
        self.end();
        tabs::tell(SIGNED_OUT);
        self.go_on();
    }

    fn end(self) {
        Draft::purge();
        storage::clear_session();
        self.set(Session::SignedOut);
    }

    fn not_reached(self, error: ApiError) {
        page::reveal();
        if self
            .session
            .with_untracked(|session| matches!(session, Session::Unknown(_)))
        {
            self.set(Session::Unknown(Some(error)));
        }
    }

    /// Sets only what differs, so that a refreshed session does not draw the screen anew.
    fn set(self, next: Session) {
        if self.session.with_untracked(|now| *now != next) {
            show_times_for(&next);
            self.session.set(next);
        }
    }
}
