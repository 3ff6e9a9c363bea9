//! Who is signed in, and by what.

use super::{Client, decode};
use crate::error::ApiError;
use crate::transport::{Method, Transport};
use portal_contract::embed::{EmbedAssertion, EmbedSession};
use portal_contract::link::{LinkSession, StartLinkSession};
use portal_contract::session::{Challenge, ConfirmChallenge, Session, Signals, StartEmailSignIn};
use portal_contract::{FromJson, Json, Place, ToJson, endpoints};

impl<T: Transport> Client<T> {
    /// Who is signed in; also nobody is an answer.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn session(&self) -> Result<Session, ApiError> {
        let call = self.call(Method::Get, endpoints::SESSION.to_owned());
        decode(self.quietly(&call).await?)
    }

    /// How customers sign in here, read no further than the portal shows it.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn ways_in(&self) -> Result<WaysIn, ApiError> {
        self.get(endpoints::CAPABILITIES.to_owned()).await
    }

    /// Ends the session. That it had ended already is as good.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn sign_out(&self) -> Result<(), ApiError> {
        let call = self.call(Method::Delete, endpoints::SESSION.to_owned());
        match self.quietly(&call).await {
            Ok(_) | Err(ApiError::Unauthenticated) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Has a one-time code sent to an address. The answer is the same for an address that nobody has. Not repeated by
    /// itself: each repetition would send another mail.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn start_email_sign_in(
        &self,
        start: &StartEmailSignIn,
    ) -> Result<Challenge, ApiError> {
        self.post(endpoints::SESSION_EMAIL, start).await
    }

    /// Signs in with the code that arrived. Not repeated by itself: a code is good once.
    ///
    /// # Errors
    /// [`ApiError::VerificationFailed`] when the code is wrong or no longer good.
    pub async fn confirm_email(&self, confirm: &ConfirmChallenge) -> Result<Session, ApiError> {
        self.post(endpoints::SESSION_EMAIL_CONFIRM, confirm).await
    }

    /// Has a code sent to the signed-in customer for a fresh proof.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn start_step_up(&self) -> Result<Challenge, ApiError> {
        self.post(endpoints::SESSION_STEP_UP, &Json::Object(Vec::new()))
            .await
    }

    /// Proves anew who is there, with the code that arrived.
    ///
    /// # Errors
    /// [`ApiError::VerificationFailed`] when the code is wrong or no longer good.
    pub async fn confirm_step_up(&self, confirm: &ConfirmChallenge) -> Result<Session, ApiError> {
        self.post(endpoints::SESSION_STEP_UP_CONFIRM, confirm).await
    }

    /// Reports what the browser asks for by itself, where no header told the server (`navigator.globalPrivacyControl`). `false` takes
    /// nothing back.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn report_signals(&self, signals: &Signals) -> Result<Session, ApiError> {
        let mut call = self.posting(endpoints::SESSION_SIGNALS.to_owned(), &signals.to_json());
        call.repeatable = true;
        decode(self.answer(&call).await?)
    }

    /// Exchanges the token of an email's footer for a bearer; changes nothing. Go on with [`bearing`](Client::bearing).
    ///
    /// # Errors
    /// [`ApiError::LinkExpired`] when it ran out or was disowned, [`ApiError::NotFound`] when it never was one.
    pub async fn open_link(&self, start: &StartLinkSession) -> Result<LinkSession, ApiError> {
        let mut call = self.posting(endpoints::SESSION_LINK.to_owned(), &start.to_json());
        call.repeatable = true;
        decode(self.answer(&call).await?)
    }

    /// Exchanges what the host page's backend signed for a frame's bearer. Not repeated by itself: an assertion is good once. Go on with
    /// [`bearing`](Client::bearing).
    ///
    /// # Errors
    /// [`ApiError::Unauthenticated`] when the API does not take the assertion.
    pub async fn open_frame(&self, assertion: &EmbedAssertion) -> Result<EmbedSession, ApiError> {
        self.post(endpoints::SESSION_EMBED, assertion).await
    }

    /// "This isn't me": nothing more is sent to the address that the link came to. For a client that bears a link's bearer.
    ///
    /// # Errors
    /// [`ApiError::Unauthenticated`] when the bearer ran out.
    pub async fn disown_link(&self) -> Result<(), ApiError> {
        let path = endpoints::SESSION_LINK_DISOWN.to_owned();
        let mut call = self.posting(path, &Json::Object(Vec::new()));
        call.repeatable = true;
        self.answer(&call).await.map(|_| ())
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
