//! Reading an assertion, and everything that can be wrong with one.

use super::Host;
use super::keys::Key;
use crate::store::time::Moment;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use portal_contract::embed::{MAX_ASSERTION_CHARACTERS, MAX_ASSERTION_SECONDS};
use serde::Deserialize;

/// How far the clocks of the two may differ.
pub(crate) const LEEWAY_SECONDS: i64 = 10;

/// The longest `sub` and `jti`.
const LONGEST_NAME: usize = 255;

/// What an assertion says that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asserted {
    /// The customer's number at the company.
    pub(crate) subject: String,
    /// The assertion's own name.
    pub(crate) jti: String,
    /// When the customer last proved to the company who they are.
    pub(crate) auth_time: Moment,
    /// From when on it is refused for its age.
    pub(crate) over_at: Moment,
}

/// Why an assertion is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Something in it: which claim, and what was expected. It repeats nothing that the assertion says.
    Wrong(String),
    /// The keys of the host cannot be read.
    NoKeys,
}

fn wrong<T>(what: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Wrong(what.into()))
}

/// The name of the key that an assertion says it was signed with, and how.
pub(super) fn head(token: &str) -> Result<(String, Algorithm), Refusal> {
    if token.len() > MAX_ASSERTION_CHARACTERS {
        return wrong(format!(
            "assertion: longer than {MAX_ASSERTION_CHARACTERS} characters"
        ));
    }
    let Ok(header) = decode_header(token) else {
        return wrong("assertion: expected a JWT, signed with ES256 or EdDSA");
    };
    if header.crit.is_some() {
        return wrong("crit: nothing critical is known here");
    }
    let is_plain = |typ: &str| typ.eq_ignore_ascii_case("JWT");
    if !header.typ.as_deref().is_none_or(is_plain) {
        return wrong("typ: expected JWT, or nothing");
    }
    match header.kid {
        Some(kid) => Ok((kid, header.alg)),
        None => wrong("kid: expected the name of a key of the host's JWK Set"),
    }
}

/// What an assertion says, if it is good.
pub(super) fn check(
    token: &str,
    algorithm: Algorithm,
    key: &Key,
    host: &Host,
    nonce: &str,
    now: Moment,
) -> Result<Asserted, Refusal> {
    if algorithm != key.algorithm {
        return wrong(format!("alg: the key is one for {:?}", key.algorithm));
    }
    let data = decode::<Claims>(token, &key.decoding, &validation(key, host));
    let claims = data.map_err(|error| Refusal::Wrong(explain(&error, host)))?;
    claims.claims.check(host, nonce, now)
}

/// What the crate checks. Moments are checked by [`Claims::check`], by this server's clock.
fn validation(key: &Key, host: &Host) -> Validation {
    let mut validation = Validation::new(key.algorithm);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[&host.issuer]);
    validation.set_audience(&[&host.audience]);
    validation.validate_exp = false;
    validation
}

fn explain(error: &Error, host: &Host) -> String {
    match error.kind() {
        ErrorKind::InvalidSignature => "signature: the key did not make it".to_owned(),
        ErrorKind::InvalidIssuer => format!("iss: expected {}", host.issuer),
        ErrorKind::InvalidAudience => format!("aud: expected {} alone", host.audience),
        ErrorKind::MissingRequiredClaim(claim) => format!("{claim}: is missing"),
        ErrorKind::Json(error) => format!("claims: {error}"),
        _ => "assertion: expected a JWT, signed with ES256 or EdDSA".to_owned(),
    }
}

/// The claims, each of which has to be there.
#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    iat: Seconds,
    exp: Seconds,
    nbf: Option<Seconds>,
    jti: String,
    nonce: String,
    auth_time: Seconds,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    /// Whoever else an assertion is meant for could use it here.
    fn is(&self, expected: &str) -> bool {
        match self {
            Self::One(audience) => audience == expected,
            Self::Many(all) => matches!(all.as_slice(), [only] if only == expected),
        }
    }
}

/// Seconds since 1970 (`NumericDate`), which may have a fraction.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "f64")]
struct Seconds(Moment);

impl TryFrom<f64> for Seconds {
    type Error = &'static str;

    fn try_from(seconds: f64) -> Result<Self, Self::Error> {
        // The year 9999.
        const LAST: f64 = 253_402_300_799.0;
        if !(0.0..=LAST).contains(&seconds) {
            return Err("expected seconds since 1970");
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the bounds leave far less than an i64 holds"
        )]
        let millis = (seconds * 1000.0) as i64;
        Ok(Self(Moment::from_millis(millis)))
    }
}

impl Claims {
    fn check(self, host: &Host, nonce: &str, now: Moment) -> Result<Asserted, Refusal> {
        if self.iss != host.issuer {
            return wrong(format!("iss: expected {}", host.issuer));
        }
        if !self.aud.is(&host.audience) {
            return wrong(format!("aud: expected {} alone", host.audience));
        }
        self.check_moments(now)?;
        if self.nonce != nonce {
            return wrong("nonce: expected the one that the frame made for this exchange");
        }
        for (name, text) in [("sub", &self.sub), ("jti", &self.jti)] {
            if text.is_empty() || text.len() > LONGEST_NAME {
                return wrong(format!("{name}: expected 1 to {LONGEST_NAME} bytes"));
            }
        }
        Ok(Asserted {
            subject: self.sub,
            jti: self.jti,
            auth_time: self.auth_time.0.min(now),
            over_at: self.exp.0.plus_seconds(LEEWAY_SECONDS),
        })
    }

    fn check_moments(&self, now: Moment) -> Result<(), Refusal> {
        let (issued, ends) = (self.iat.0, self.exp.0);
        let soon = now.plus_seconds(LEEWAY_SECONDS);
        if issued > soon {
            return wrong("iat: lies in the future; is the clock right?");
        }
        if self.nbf.is_some_and(|from| from.0 > soon) {
            return wrong("nbf: lies in the future; is the clock right?");
        }
        if ends <= issued || ends > issued.plus_seconds(MAX_ASSERTION_SECONDS) {
            return wrong(format!(
                "exp: expected 1 to {MAX_ASSERTION_SECONDS} seconds after iat"
            ));
        }
        if ends.plus_seconds(LEEWAY_SECONDS) <= now {
            return wrong("exp: has passed; is the clock right?");
        }
        if self.auth_time.0 > issued.plus_seconds(LEEWAY_SECONDS) {
            return wrong("auth_time: expected a moment before iat");
        }
        Ok(())
    }
}
