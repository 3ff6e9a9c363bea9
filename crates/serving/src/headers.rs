//! What is said with every answer, so that a browser lets the portal do what it needs and nothing else.

use crate::{FOR_EVERYBODY, NEVER_FRAMED};

/// All that a page could ask a browser for.
const PERMISSIONS: [&str; 23] = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
];

/// What the headers depend on.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Whether it is reached over https, which browsers are then told to insist on (HSTS, RFC 6797).
    pub https: bool,
    /// The API's origin, where it is another than the portal's.
    pub api: Option<String>,
    /// The origins whose pages may show the portal in a frame.
    pub parents: Vec<String>,
}

/// Whose an address is, as far as headers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A screen or a file, which the named pages may frame.
    Usual,
    /// A screen that nobody frames ([`NEVER_FRAMED`]).
    Unframed,
    /// A file that pages of other origins load ([`FOR_EVERYBODY`]).
    Everybody,
}

impl Whose {
    /// Whose a path of the portal is.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let path = path.trim_matches('/');
        if NEVER_FRAMED.contains(&path) {
            Self::Unframed
        } else if FOR_EVERYBODY.contains(&path) {
            Self::Everybody
        } else {
            Self::Usual
        }
    }
}

/// The headers of a site: names in lower case, with their values.
pub struct Headers<'a>(pub &'a Site);

impl Headers<'_> {
    /// All headers but those of keeping.
    #[must_use]
    pub fn all(&self, whose: Whose) -> Vec<(&'static str, String)> {
        let is_framed = !self.0.parents.is_empty() && whose != Whose::Unframed;
        let shared = match whose {
            Whose::Usual | Whose::Unframed => "same-origin",
            Whose::Everybody => "cross-origin",
        };
        let mut headers = vec![
            ("content-security-policy", self.policy(is_framed)),
            ("x-content-type-options", "nosniff".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            ("permissions-policy", permissions()),
            ("cross-origin-opener-policy", "same-origin".to_owned()),
            ("cross-origin-resource-policy", shared.to_owned()),
        ];
        if self.0.https {
            let year = "max-age=31536000".to_owned();
            headers.push(("strict-transport-security", year));
        }
        if !is_framed {
            headers.push(("x-frame-options", "DENY".to_owned()));
        }
        if whose == Whose::Everybody {
            // A module script is asked for by CORS. It says nothing of anybody.
            headers.push(("access-control-allow-origin", "*".to_owned()));
        }
        headers
    }

    /// The content security policy. `frame-src` is for HTML mail, which the API serves as a document with a policy of its own into a
    /// sandboxed frame.
    fn policy(&self, is_framed: bool) -> String {
        let ancestors = if is_framed {
            self.0.parents.join(" ")
        } else {
            "'none'".to_owned()
        };
        let api = self.0.api.as_deref();
        let home = api.map_or("'self'".to_owned(), |api| format!("'self' {api}"));
        [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            &format!("connect-src {home}"),
            &format!("frame-src {home}"),
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            &format!("frame-ancestors {ancestors}"),
            "require-trusted-types-for 'script'",
            // No string ever becomes markup here, so that no policy is needed which would let one.
            "trusted-types 'none'",
        ]
        .join("; ")
    }
}

fn permissions() -> String {
    PERMISSIONS.map(|name| format!("{name}=()")).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(site: &Site, path: &str, name: &str) -> Option<String> {
        let headers = Headers(site).all(Whose::of(path));
        headers
            .into_iter()
            .find_map(|(own, value)| (own == name).then_some(value))
    }

    #[test]
    fn an_api_elsewhere_is_connected_to_and_nothing_else_is() {
        let site = Site {
            api: Some("https://api.example.com".to_owned()),
            ..Site::default()
        };
        let policy = header(&site, "/", "content-security-policy").unwrap();
        assert!(policy.contains("connect-src 'self' https://api.example.com; "));
        assert!(policy.contains("frame-src 'self' https://api.example.com; "));
        let policy = header(&Site::default(), "/", "content-security-policy").unwrap();
        assert!(policy.contains("connect-src 'self'; frame-src 'self'; "));
    }

    #[test]
    fn whoever_may_frame_the_portal_frames_no_screen_that_proves_who_somebody_is() {
        let site = Site {
            parents: vec!["https://www.example.com".to_owned()],
            ..Site::default()
        };
        let ancestors = |path: &str| {
            let policy = header(&site, path, "content-security-policy").unwrap();
            let (_, ancestors) = policy.split_once("frame-ancestors ").unwrap();
            ancestors.split(';').next().unwrap().to_owned()
        };
        assert_eq!(ancestors("/interactions"), "https://www.example.com");
        assert_eq!(header(&site, "/interactions", "x-frame-options"), None);
        for never in ["/sign-in", "/sign-in/", "//p", "/people", "/track"] {
            assert_eq!(ancestors(never), "'none'", "{never}");
            assert_eq!(
                header(&site, never, "x-frame-options").as_deref(),
                Some("DENY")
            );
        }
    }

    #[test]
    fn only_the_loader_of_the_frame_is_for_other_sites() {
        let site = Site::default();
        let shared = |path: &str| header(&site, path, "cross-origin-resource-policy").unwrap();
        assert_eq!(shared("/embed.js"), "cross-origin");
        assert_eq!(shared("/config.json"), "same-origin");
        let open = |path: &str| header(&site, path, "access-control-allow-origin");
        assert_eq!(open("/embed.js").as_deref(), Some("*"));
        assert_eq!(open("/config.json"), None);
    }

    #[test]
    fn https_is_insisted_on_where_it_is_used() {
        let name = "strict-transport-security";
        assert_eq!(header(&Site::default(), "/", name), None);
        let site = Site {
            https: true,
            ..Site::default()
        };
        assert!(header(&site, "/", name).is_some());
    }
}
