use super::segment;
use crate::browser::base;

/// Where to go after signing in: a path within the portal ([`Route::path`](super::Route::path)), or nothing. What comes from
/// outside is never more than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(String);

impl Next {
    /// Reads a target from outside. `//host`, `/\host`, a scheme and control characters are all refused, because browsers
    /// read some of them as another origin; and so are dots that a path becomes `//host` by (`/a/..//host`).
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let rest = raw.strip_prefix('/')?;
        let path = rest.split(['?', '#']).next()?;
        let leaves = path.starts_with('/')
            || path.contains("//")
            || path.split('/').any(is_dots)
            || raw.contains('\\')
            || raw.chars().any(char::is_control);
        let sign_in = path.split('/').next() == Some(segment::SIGN_IN);
        (!leaves && !sign_in).then(|| Self(raw.to_owned()))
    }

    /// The address, from the root of this origin.
    #[must_use]
    pub fn href(&self) -> String {
        base::address(&self.0)
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether browsers take this part of a path for "here" or "one up".
fn is_dots(part: &str) -> bool {
    matches!(
        part.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_is_a_path_of_this_origin_or_nothing() {
        for good in [
            "/",
            "/interactions?q=a",
            "/interactions?q=a//..",
            "/interactions/int_1",
        ] {
            assert!(Next::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "https://evil.test",
            "//evil.test",
            "/\\evil.test",
            "\\/evil.test",
            "/a\nb",
            "javascript:alert(1)",
            "/sign-in?next=/",
            "/.//evil.test",
            "/a/..//evil.test",
            "/a/%2E%2e/b",
            "/a//b",
        ] {
            assert_eq!(Next::parse(bad), None, "{bad}");
        }
    }
}
