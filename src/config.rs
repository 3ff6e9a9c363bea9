//! What the company sets without a rebuild: `public/config.json`, read once at start.

use crate::browser::base;
use portal_contract::{DecodeError, FromJson, Json, Place};
use portal_markup::prelude::{StoredValue, expect_context, provide_context};
use std::fmt;

/// A company's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The company's name.
    pub name: String,
    /// Address of the logo, which the settings name by its path within the portal; without one the name stands alone.
    pub logo: Option<String>,
    /// Ways out of the portal.
    pub links: Links,
    /// BCP 47 tags of the languages on offer, the fallback first.
    pub locales: Vec<String>,
    /// Sentences that the company words otherwise: by language, then by key.
    pub texts: Json,
    /// Where the API stands, such as `https://api.example.com`; empty for the portal's own origin.
    pub api: String,
    /// Origins whose pages may show the portal in a frame. What runs in a frame alone reads them by itself (`src/embed`); here
    /// they are checked.
    pub frame_parents: Vec<String>,
}

/// Ways out of the portal, each shown only where it is set.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Links {
    /// The company's own site.
    pub home: Option<String>,
    /// The privacy notice.
    pub privacy: Option<String>,
    /// The accessibility statement.
    pub accessibility: Option<String>,
    /// A telephone number, as people read it.
    pub phone: Option<String>,
    /// An email address.
    pub email: Option<String>,
}

/// Why the settings cannot be used: the key, and what is expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The key, `links.privacy`; empty for the whole file.
    pub key: String,
    /// What is expected there.
    pub expected: &'static str,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "config.json: \"{}\" should be {}",
            self.key, self.expected
        )
    }
}

impl From<DecodeError> for ConfigError {
    fn from(error: DecodeError) -> Self {
        Self {
            key: error.pointer.trim_start_matches('/').replace('/', "."),
            expected: error.expected,
        }
    }
}

const KEYS: [&str; 8] = [
    "$schema",
    "name",
    "logo",
    "links",
    "locales",
    "texts",
    "api",
    "frame_parents",
];
const LINK_KEYS: [&str; 5] = ["home", "privacy", "accessibility", "phone", "email"];

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// When a key is missing, unknown, or not what it should be.
    pub fn read(json: &Json) -> Result<Self, ConfigError> {
        Ok(Self::from_json(json)?)
    }
}

impl FromJson for Config {
    fn read(place: &Place) -> Self {
        only_known(place, &KEYS);
        let locales: Vec<String> = place.field("locales");
        if locales.is_empty() {
            let at = place.member("locales");
            at.expected("a list with at least one language");
        }
        let logo = place.member("logo");
        let logo = address(&logo, is_path, "a path that begins with /");
        Self {
            name: place.field("name"),
            logo: logo.map(|path| base::address(&path)),
            links: place.field::<Option<Links>>("links").unwrap_or_default(),
            locales,
            texts: place.field("texts"),
            api: place.field::<Option<String>>("api").unwrap_or_default(),
            frame_parents: frame_parents(&place.member("frame_parents")),
        }
    }
}

impl FromJson for Links {
    fn read(place: &Place) -> Self {
        only_known(place, &LINK_KEYS);
        let url = |key| {
            let expected = "an https:// address or a path that begins with /";
            address(&place.member(key), is_url, expected)
        };
        Self {
            home: url("home"),
            privacy: url("privacy"),
            accessibility: url("accessibility"),
            phone: place.field("phone"),
            email: place.field("email"),
        }
    }
}

/// A misspelt key would otherwise be a setting that silently does nothing.
fn only_known(place: &Place, known: &[&str]) {
    for (key, _) in place.members() {
        if !known.contains(&key.as_str()) {
            let at = place.member(key);
            at.expected("one of the keys in docs/configuring.md");
        }
    }
}

fn address(place: &Place, is_good: fn(&str) -> bool, expected: &'static str) -> Option<String> {
    let address = Option::<String>::read(place)?;
    if !is_good(&address) {
        place.expected(expected);
    }
    Some(address)
}

/// Exact origins: a wildcard would let in a page that nobody meant, and a path is nothing that a browser tells of a parent.
fn frame_parents(place: &Place) -> Vec<String> {
    let origins = Option::<Vec<String>>::read(place).unwrap_or_default();
    if !origins.iter().all(|origin| is_parent(origin)) {
        place.expected("origins alone, such as https://www.example.com");
    }
    origins
}

/// Whether a browser names a page's origin so: no path, no capitals, `http` for the machine's own alone.
fn is_parent(origin: &str) -> bool {
    let (host, is_local) = match origin.split_once("://") {
        Some(("https", host)) => (host, false),
        Some(("http", host)) => (host, true),
        _ => return false,
    };
    let (name, port) = host.split_once(':').unwrap_or((host, "1"));
    let of_a_host =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    !name.is_empty()
        && name.bytes().all(of_a_host)
        && (!is_local || name == "localhost" || name == "127.0.0.1")
        && port.parse::<u16>().is_ok()
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://localhost") || is_path(text)
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//")
}

/// Makes the settings known to everything below.
pub fn provide_config(config: Config) {
    provide_context(StoredValue::new(config));
}

/// The settings.
#[must_use]
pub fn use_config() -> Config {
    expect_context::<StoredValue<Config>>().get_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Result<Config, ConfigError> {
        Config::read(&Json::from(
            serde_json::from_str::<serde_json::Value>(text).unwrap(),
        ))
    }

    #[test]
    fn the_shipped_configuration_is_good() {
        let config = config(include_str!("../public/config.json")).unwrap();
        assert_eq!(config.locales, ["en", "de", "ar"]);
    }

    #[test]
    fn the_wrong_key_is_named() {
        let wrong = |text| config(text).unwrap_err().key;
        assert_eq!(wrong(r#"{"locales":["en"]}"#), "name");
        assert_eq!(wrong(r#"{"name":"A","locales":[]}"#), "locales");
        assert_eq!(
            wrong(r#"{"name":"A","locales":["en"],"logos":"/a.svg"}"#),
            "logos"
        );
        assert_eq!(
            wrong(r#"{"name":"A","locales":["en"],"links":{"privacy":"javascript:alert(1)"}}"#),
            "links.privacy"
        );
        assert_eq!(
            wrong(r#"{"name":"A","locales":["en"],"links":{"phone":7}}"#),
            "links.phone"
        );
        assert_eq!(
            wrong(r#"{"name":"A","locales":["en"],"logo":"//evil.test/a.svg"}"#),
            "logo"
        );
        assert_eq!(wrong("[]"), "");
    }
}
