//! One way to the provider and back.
//!
//! What the way is for lies in a cookie of this one way, sealed by this server; nothing of it is kept here, so that nobody can fill the
//! database by beginning what they never end. The nonce and the verifier of PKCE are made from the state and a key of the server: the
//! browser never has them.

use crate::secrets::{Secrets, hex, random, unhex};
use crate::store::time::Moment;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How long the way may take, in seconds: customers look for a second factor.
pub(crate) const LIFE_SECONDS: i64 = 10 * 60;

/// What the way is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Signing in. The session before, if there is one, ends with it.
    SignIn { before: Option<i64> },
    /// A fresh proof that it is this customer, for this session.
    StepUp { session: i64, mark: String },
}

/// One way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transaction {
    /// What the provider gives back: 128 random bits.
    pub(crate) state: String,
    /// What it is for.
    pub(crate) purpose: Purpose,
    /// Where to go then: a path of the portal's origin.
    pub(crate) next: String,
    /// When it began.
    pub(crate) began: Moment,
}

impl Transaction {
    pub(crate) fn begin(purpose: Purpose, next: String, now: Moment) -> Self {
        Self {
            state: hex(&random()[..16]),
            purpose,
            next,
            began: now,
        }
    }

    /// Binds the ID token to this way.
    pub(crate) fn nonce(&self, secrets: &Secrets) -> String {
        self.derived(secrets, "openid connect nonce")
    }

    /// The verifier of PKCE: 43 characters (RFC 7636, section 4.1).
    pub(crate) fn verifier(&self, secrets: &Secrets) -> String {
        self.derived(secrets, "openid connect verifier")
    }

    fn derived(&self, secrets: &Secrets, usage: &str) -> String {
        URL_SAFE_NO_PAD.encode(secrets.mac(usage, &[self.state.as_bytes()]))
    }

    /// The value of its cookie.
    pub(crate) fn seal(&self, secrets: &Secrets) -> String {
        let (kind, session, mark) = match &self.purpose {
            Purpose::SignIn { before } => ("in", before.unwrap_or_default(), ""),
            Purpose::StepUp { session, mark } => ("up", *session, mark.as_str()),
        };
        let next = URL_SAFE_NO_PAD.encode(&self.next);
        let body = format!("{kind}.{}.{session}.{mark}.{next}", self.began.millis());
        let mac = hex(&secrets.mac(USAGE, &[self.state.as_bytes(), body.as_bytes()]));
        format!("{body}.{mac}")
    }

    /// The way of this state, if this is its cookie's value and it has not taken too long.
    pub(crate) fn open(secrets: &Secrets, state: &str, value: &str, now: Moment) -> Option<Self> {
        let (body, mac) = value.rsplit_once('.')?;
        let mac = unhex(mac)?;
        if !secrets.verify(USAGE, &[state.as_bytes(), body.as_bytes()], &mac) {
            return None;
        }
        let mut parts = body.split('.');
        let kind = parts.next()?;
        let began = Moment::from_millis(parts.next()?.parse().ok()?);
        let session: i64 = parts.next()?.parse().ok()?;
        let mark = parts.next()?.to_owned();
        let next = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        if !(0..=LIFE_SECONDS * 1000).contains(&(now.millis() - began.millis())) {
            return None;
        }
        let purpose = match kind {
            "up" => Purpose::StepUp { session, mark },
            _ => Purpose::SignIn {
                before: (session != 0).then_some(session),
            },
        };
        Some(Self {
            state: state.to_owned(),
            purpose,
            next: String::from_utf8(next).ok()?,
            began,
        })
    }
}

const USAGE: &str = "openid connect transaction";

/// Where to go, if it is a path of the portal's own origin. `//host`, `/\host` and control characters are refused, because browsers read
/// some of them as another origin; and so are dots that a path becomes `//host` by.
pub(crate) fn own_path(raw: &str) -> Option<&str> {
    /// No address of the portal is longer.
    const LONGEST: usize = 2_000;
    let path = raw.split(['?', '#']).next()?;
    let is_dots = |part: &str| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        part == "." || part == ".."
    };
    let stays = raw.starts_with('/')
        && raw.len() <= LONGEST
        && !path.contains("//")
        && !path.split('/').any(is_dots)
        && raw.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    stays.then_some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn secrets() -> Secrets {
        Secrets::load(None, &Store::in_memory().expect("it can be made")).expect("it can be read")
    }

    #[test]
    fn a_way_comes_back_as_it_was_and_to_no_other_state() {
        let (secrets, now) = (secrets(), Moment::from_millis(1_790_000_000_000));
        for purpose in [
            Purpose::SignIn { before: None },
            Purpose::SignIn { before: Some(7) },
            Purpose::StepUp {
                session: 9,
                mark: "ab12".to_owned(),
            },
        ] {
            let way = Transaction::begin(purpose, "/data?q=a.b".to_owned(), now);
            let value = way.seal(&secrets);
            let opened = Transaction::open(&secrets, &way.state, &value, now);
            assert_eq!(opened.as_ref(), Some(&way));
            let other = Transaction::begin(Purpose::SignIn { before: None }, "/".into(), now);
            assert_eq!(Transaction::open(&secrets, &other.state, &value, now), None);
            let bent = value.replacen(['i', 'u'], "x", 1);
            assert_eq!(Transaction::open(&secrets, &way.state, &bent, now), None);
            let late = now.plus_seconds(LIFE_SECONDS + 1);
            assert_eq!(Transaction::open(&secrets, &way.state, &value, late), None);
        }
        for nonsense in ["", ".", "a.b", "in.1.0..Lw.zz"] {
            assert_eq!(Transaction::open(&secrets, "s", nonsense, now), None);
        }
    }

    #[test]
    fn the_verifier_is_none_of_the_nonce() {
        let secrets = secrets();
        let now = Moment::from_millis(0);
        let way = Transaction::begin(Purpose::SignIn { before: None }, "/".into(), now);
        assert_eq!(way.verifier(&secrets).len(), 43);
        assert_ne!(way.verifier(&secrets), way.nonce(&secrets));
        assert_eq!(way.verifier(&secrets), way.verifier(&secrets));
    }

    #[test]
    fn next_is_a_path_of_this_origin_or_nothing() {
        for good in [
            "/",
            "/portal/data?q=a//..#x",
            "/data/requests/new?kind=erasure",
        ] {
            assert_eq!(own_path(good), Some(good));
        }
        for bad in [
            "",
            "data",
            "//evil.test",
            "/\\evil.test",
            "https://evil.test",
            "/a\nb",
            "/a/..//evil.test",
            "/.//evil.test",
            "/a/%2E%2e/b",
            "/é",
            "javascript:alert(1)",
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }
}
