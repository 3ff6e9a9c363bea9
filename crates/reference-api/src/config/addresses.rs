//! Where customers reach the portal and the API: both may stand below a path, the API on an origin of its own.

use super::Config;

impl Config {
    /// The origin at which customers reach the portal, if it is known: [`Config::public_url`] without its path.
    #[must_use]
    pub fn public_origin(&self) -> Option<&str> {
        self.public_url.as_deref().map(origin)
    }

    /// Below which path of its origin customers reach the portal, without the slash at its end: nothing at the root.
    #[must_use]
    pub fn portal_base(&self) -> &str {
        let whole = self.public_url.as_deref().unwrap_or_default();
        &whole[origin(whole).len()..]
    }

    /// Where the API is reached from outside, when customers reach the portal at `portal`: there too, unless the configuration says
    /// otherwise.
    pub(crate) fn api_address<'a>(&'a self, portal: &'a str) -> &'a str {
        self.api_url.as_deref().unwrap_or_else(|| origin(portal))
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + "://".len());
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}

/// Whether this is an origin, perhaps with a path below it: nothing that a mail or a header would take apart.
pub(super) fn is_place(text: &str) -> bool {
    let plain = |part: &str| {
        let is_dots = part.chars().all(|c| c == '.');
        !is_dots
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c))
    };
    let start = origin(text);
    let path = text[start.len()..].trim_start_matches('/');
    super::load::is_origin(start) && (start == text || path.split('/').all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(public_url: &str) -> Config {
        Config {
            public_url: Some(public_url.to_owned()),
            ..Config::default()
        }
    }

    #[test]
    fn an_address_has_an_origin_and_perhaps_a_path() {
        let deep = at("https://www.example.com/help/portal");
        assert_eq!(deep.public_origin(), Some("https://www.example.com"));
        assert_eq!(deep.portal_base(), "/help/portal");
        let plain = at("https://help.example.com:8443");
        assert_eq!(plain.public_origin(), Some("https://help.example.com:8443"));
        assert_eq!(plain.portal_base(), "");
        assert_eq!(Config::default().portal_base(), "");
    }

    #[test]
    fn the_api_stands_on_the_portals_origin_unless_it_is_said_to_stand_elsewhere() {
        let portal = "https://www.example.com/portal";
        assert_eq!(at(portal).api_address(portal), "https://www.example.com");
        let elsewhere = Config {
            api_url: Some("https://api.example.com/gateway".to_owned()),
            ..at(portal)
        };
        assert_eq!(
            elsewhere.api_address(portal),
            "https://api.example.com/gateway"
        );
    }

    #[test]
    fn only_plain_addresses_are_taken() {
        for good in [
            "https://a.example",
            "http://127.0.0.1:8080",
            "https://a.example/portal",
            "https://a.example/a/b-c",
        ] {
            assert!(is_place(good), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "ftp://a.example",
            "https://",
            "https:///portal",
            "https://a.example/a//b",
            "https://a.example/../b",
            "https://a.example/a?b",
            "https://a.example/a#b",
            "https://a.example/a;b",
            "https://u@a.example/",
        ] {
            assert!(!is_place(bad), "{bad}");
        }
    }
}
