//! The token by which a provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0, section 2.4).
//!
//! The crate reads ID tokens, which always have a subject; a logout token may name a session alone. So its parts are read here, and its
//! signature is checked by the crate's keys.

use super::proof::{ALGORITHMS, SKEW, machine_seconds};
use super::{CompanySignIn, Problem};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The event that it tells of.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// How old one may be, in seconds, whatever it says of its end itself.
const OLDEST: i64 = 10 * 60;

/// What one says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogoutToken {
    /// Whose sessions end; only the one of `sid` where that is named too.
    pub(crate) sub: Option<String>,
    /// Which of the provider's sessions ended.
    pub(crate) sid: Option<String>,
    /// Its own name, which is good once.
    pub(crate) jti: String,
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Body {
    iss: String,
    aud: Audience,
    iat: i64,
    exp: i64,
    jti: String,
    sub: Option<String>,
    sid: Option<String>,
    events: Map<String, Value>,
    nonce: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Why one is not believed; for the engineer at the provider.
type Why = &'static str;

impl CompanySignIn {
    /// Checks one and reads it.
    ///
    /// # Errors
    /// With what is wrong; nothing of a token is in it.
    pub(crate) async fn logout_token(&self, raw: &str) -> Result<LogoutToken, Why> {
        let header: Header = part(raw, 0)?;
        let is_logout = |typ: &str| {
            let typ = typ.to_ascii_lowercase();
            let typ = typ.strip_prefix("application/").unwrap_or(&typ).to_owned();
            typ == "logout+jwt" || typ == "jwt"
        };
        if !ALGORITHMS.contains(&header.alg) {
            return Err("its algorithm is not taken");
        }
        if header.crit.is_some() || !header.typ.as_deref().is_none_or(is_logout) {
            return Err("its header says that it is something else");
        }
        self.check_signature(raw, &header).await?;
        let body: Body = part(raw, 1)?;
        self.check(&body)?;
        Ok(LogoutToken {
            sub: body.sub,
            sid: body.sid,
            jti: body.jti,
        })
    }

    async fn check_signature(&self, raw: &str, header: &Header) -> Result<(), Why> {
        let unreached = |_: Problem| "the provider's keys cannot be read at the moment";
        let known = self.keys(false).await.map_err(unreached)?;
        if is_signed(raw, header, &known) {
            return Ok(());
        }
        let anew = self.keys(true).await.map_err(unreached)?;
        is_signed(raw, header, &anew)
            .then_some(())
            .ok_or("its signature is not the provider's")
    }

    fn check(&self, body: &Body) -> Result<(), Why> {
        let config = self.config();
        let now = machine_seconds();
        let is_for_us = match &body.aud {
            Audience::One(aud) => *aud == config.client_id,
            Audience::Many(all) => all.contains(&config.client_id),
        };
        let checks = [
            (body.iss == config.issuer, "iss is another"),
            (is_for_us, "aud does not name this client"),
            (body.exp > now - SKEW, "it has run out (exp)"),
            (body.iat <= now + SKEW, "it is not good yet (iat)"),
            (body.iat > now - OLDEST, "it is too old (iat)"),
            (
                body.events.get(EVENT).is_some_and(Value::is_object),
                "events does not hold the event of a logout",
            ),
            (
                body.nonce.is_none(),
                "it has a nonce, and so is no logout token",
            ),
            (
                body.sub.is_some() || body.sid.is_some(),
                "it names neither sub nor sid",
            ),
            (!body.jti.is_empty(), "it has no jti"),
        ];
        match checks.iter().find(|(holds, _)| !holds) {
            Some((_, why)) => Err(why),
            None => Ok(()),
        }
    }
}

fn bytes(raw: &str, number: usize) -> Option<Vec<u8>> {
    let mut parts = raw.split('.');
    let part = parts.nth(number)?;
    URL_SAFE_NO_PAD.decode(part).ok()
}

fn part<T: for<'de> Deserialize<'de>>(raw: &str, number: usize) -> Result<T, Why> {
    let bytes = bytes(raw, number).filter(|_| raw.split('.').count() == 3);
    let bytes = bytes.ok_or("it is no signed token in three parts")?;
    serde_json::from_slice(&bytes).map_err(|_| "it lacks what a logout token has to say")
}

fn is_signed(raw: &str, header: &Header, keys: &CoreJsonWebKeySet) -> bool {
    let Some((message, _)) = raw.rsplit_once('.') else {
        return false;
    };
    let Some(signature) = bytes(raw, 2) else {
        return false;
    };
    let fits = |kid: Option<&str>| {
        header
            .kid
            .as_deref()
            .is_none_or(|wanted| kid == Some(wanted))
    };
    let mut keys = keys.keys().iter().filter(|key| {
        let is_for_signing = key
            .key_use()
            .is_none_or(openidconnect::JsonWebKeyUse::allows_signature);
        is_for_signing && fits(key.key_id().map(|kid| kid.as_str()))
    });
    keys.any(|key| {
        let checked = key.verify_signature(&header.alg, message.as_bytes(), &signature);
        checked.is_ok()
    })
}
