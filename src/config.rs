//! What the company sets without a rebuild: `public/config.json`, read once at start.

use portal_contract::{DecodeError, Json};
use portal_markup::prelude::{StoredValue, expect_context, provide_context};
use std::fmt;

/// A company's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The company's name.
    pub name: String,
    /// Path of the logo; without one the name stands alone.
    pub logo: Option<String>,
    /// Ways out of the portal.
    pub links: Links,
    /// BCP 47 tags of the languages on offer, the fallback first.
    pub locales: Vec<String>,
    /// Sentences that the company words otherwise: by language, then by key.
    pub texts: Json,
    /// Where the API stands, such as `https://api.example.com`; empty for the portal's own origin.
    pub api: String,
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

const KEYS: [&str; 7] = [
    "$schema", "name", "logo", "links", "locales", "texts", "api",
];
const LINK_KEYS: [&str; 5] = ["home", "privacy", "accessibility", "phone", "email"];

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// When a key is missing, unknown, or not what it should be.
    pub fn read(json: &Json) -> Result<Self, ConfigError> {
        only_known("", json, &KEYS)?;
        let links = json.get("links");
        if *links != Json::Null {
            only_known("links.", links, &LINK_KEYS)?;
        }
        let locales: Vec<String> = json.field("locales")?;
        if locales.is_empty() {
            return Err(ConfigError {
                key: "locales".into(),
                expected: "a list with at least one language",
            });
        }
        Ok(Self {
            name: json.field("name")?,
            logo: path(json, "logo")?,
            links: Links {
                home: url(links, "home")?,
                privacy: url(links, "privacy")?,
                accessibility: url(links, "accessibility")?,
                phone: links.field("phone").map_err(in_links)?,
                email: links.field("email").map_err(in_links)?,
            },
            locales,
            texts: json.get("texts").clone(),
            api: json.field::<Option<String>>("api")?.unwrap_or_default(),
        })
    }
}

/// A misspelt key would otherwise be a setting that silently does nothing.
fn only_known(prefix: &str, json: &Json, known: &[&str]) -> Result<(), ConfigError> {
    let Json::Object(members) = json else {
        return Err(ConfigError {
            key: prefix.trim_end_matches('.').into(),
            expected: "an object",
        });
    };
    match members
        .iter()
        .find(|(key, _)| !known.contains(&key.as_str()))
    {
        Some((key, _)) => Err(ConfigError {
            key: format!("{prefix}{key}"),
            expected: "one of the keys in docs/configuring.md",
        }),
        None => Ok(()),
    }
}

fn in_links(error: DecodeError) -> ConfigError {
    let error = ConfigError::from(error);
    ConfigError {
        key: format!("links.{}", error.key),
        ..error
    }
}

fn url(links: &Json, key: &str) -> Result<Option<String>, ConfigError> {
    let value: Option<String> = links.field(key).map_err(in_links)?;
    match value {
        Some(url)
            if !(url.starts_with("https://")
                || url.starts_with("http://localhost")
                || is_path(&url)) =>
        {
            Err(ConfigError {
                key: format!("links.{key}"),
                expected: "an https:// address or a path that begins with /",
            })
        }
        other => Ok(other),
    }
}

fn path(json: &Json, key: &str) -> Result<Option<String>, ConfigError> {
    match json.field::<Option<String>>(key)? {
        Some(path) if !is_path(&path) => Err(ConfigError {
            key: key.into(),
            expected: "a path that begins with /",
        }),
        other => Ok(other),
    }
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
