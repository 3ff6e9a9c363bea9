//! Who is signed in, and by what.

use super::{Asked, Client, decode};
use crate::error::ApiError;
use crate::transport::{Method, Transport};
use portal_contract::embed::{EmbedAssertion, EmbedSession};
use portal_contract::link::{LinkSession, StartLinkSession};
use portal_contract::session::{Challenge, ConfirmChallenge, Session, Signals, StartEmailSignIn};
use portal_contract::{FromJson, Json, Place, ToJson, endpoints};

impl<T: Transport + 'static> Client<T> {
    /// Who is signed in; also nobody is an answer.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn session(&self) -> Asked<Session> {
        let call = self.call(Method::Get, endpoints::SESSION.to_owned());
        Asked::new(self.quietly(call), decode)
    }

    /// How customers sign in here, read no further than the portal shows it.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn ways_in(&self) -> Asked<WaysIn> {
        self.get(endpoints::CAPABILITIES.to_owned())
    }

    /// Ends the session. That it had ended already is as good.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn sign_out(&self) -> Asked<()> {
        let call = self.call(Method::Delete, endpoints::SESSION.to_owned());
        Asked::new(self.quietly(call), |answer| match answer {
            Ok(_) | Err(ApiError::Unauthenticated) => Ok(()),
            Err(error) => Err(error),
        })
    }

    /// Has a one-time code sent to an address. The answer is the same for an address that nobody has. Not repeated by
    /// itself: each repetition would send another mail.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn start_email_sign_in(&self, start: &StartEmailSignIn) -> Asked<Challenge> {
        self.post(endpoints::SESSION_EMAIL, start)
    }

    /// Signs in with the code that arrived. Not repeated by itself: a code is good once.
    ///
    /// # Errors
    /// [`ApiError::VerificationFailed`] when the code is wrong or no longer good.
    pub fn confirm_email(&self, confirm: &ConfirmChallenge) -> Asked<Session> {
        self.post(endpoints::SESSION_EMAIL_CONFIRM, confirm)
    }

    /// Has a code sent to the signed-in customer for a fresh proof.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn start_step_up(&self) -> Asked<Challenge> {
        self.post(endpoints::SESSION_STEP_UP, &Json::Object(Vec::new()))
    }

    /// Proves anew who is there, with the code that arrived.
    ///
    /// # Errors
    /// [`ApiError::VerificationFailed`] when the code is wrong or no longer good.
    pub fn confirm_step_up(&self, confirm: &ConfirmChallenge) -> Asked<Session> {
        self.post(endpoints::SESSION_STEP_UP_CONFIRM, confirm)
    }

    /// Reports what the browser asks for by itself, where no header told the server (`navigator.globalPrivacyControl`). `false` takes
    /// nothing back.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn report_signals(&self, signals: &Signals) -> Asked<Session> {
        let path = endpoints::SESSION_SIGNALS.to_owned();
        self.repeatably(self.posting(path, &signals.to_json()))
    }

    /// Exchanges the token of an email's footer for a bearer; changes nothing. Go on with [`bearing`](Client::bearing).
    ///
    /// # Errors
    /// [`ApiError::LinkExpired`] when it ran out or was disowned, [`ApiError::NotFound`] when it never was one.
    pub fn open_link(&self, start: &StartLinkSession) -> Asked<LinkSession> {
        let path = endpoints::SESSION_LINK.to_owned();
        self.repeatably(self.posting(path, &start.to_json()))
    }

    /// Exchanges what the host page's backend signed for a frame's bearer. Not repeated by itself: an assertion is good once. Go on with
    /// [`bearing`](Client::bearing).
    ///
    /// # Errors
    /// [`ApiError::Unauthenticated`] when the API does not take the assertion.
    pub fn open_frame(&self, assertion: &EmbedAssertion) -> Asked<EmbedSession> {
        self.post(endpoints::SESSION_EMBED, assertion)
    }

    /// "This isn't me": nothing more is sent to the address that the link came to. For a client that bears a link's bearer.
    ///
    /// # Errors
    /// [`ApiError::Unauthenticated`] when the bearer ran out.
    pub fn disown_link(&self) -> Asked<()> {
        let path = endpoints::SESSION_LINK_DISOWN.to_owned();
        let mut call = self.posting(path, &Json::Object(Vec::new()));
        call.repeatable = true;
        Asked::new(self.answer(call), |answer| answer.map(|_| ()))
    }
}

/// How customers sign in: what the capabilities say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaysIn {
    /// As [`AuthMode`](portal_contract::capabilities::AuthMode) has them, the preferred one first.
    pub modes: Vec<String>,
    /// Where the company's own sign-in begins: an address, or a path of the API.
    pub login_url: Option<String>,
    /// Where the company's own sign-out stands, alike.
    pub logout_url: Option<String>,
}

impl FromJson for WaysIn {
    fn read(place: &Place) -> Self {
        let auth = place.member("auth");
        Self {
            modes: auth.field("modes"),
            login_url: auth.field("login_url"),
            logout_url: auth.field("logout_url"),
        }
    }
}
