//! What the company sets without a rebuild: `public/config.json`, read once at start.

use crate::browser::base;
use crate::routes::AreaSet;
use portal_contract::{DecodeError, FromJson, Json, Place};
use portal_markup::prelude::{expect_context, provide_context};
use std::fmt;

/// A company's settings.
#[derive(Debug)]
pub struct Config {
    /// The company's name.
    pub name: String,
    /// Address of the logo, which the settings name by its path within the portal; without one the name stands alone.
    pub logo: Option<String>,
    /// Ways out of the portal.
    pub links: Links,
    /// What the company does not want, though its API has it.
    pub off: AreaSet,
    /// BCP 47 tags of the languages on offer, the fallback first.
    pub locales: Vec<String>,
    /// Sentences that the company words otherwise: by language, then by key.
    pub texts: Json,
    /// What stands before the paths of the API, `https://api.example.com/portal` or `/gateway`; empty for the root of the portal's
    /// own origin.
    pub api: String,
}

/// Ways out of the portal, each shown only where it is set.
#[derive(Debug, Default)]
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

const KEYS: [&str; 9] = [
    "$schema",
    "name",
    "logo",
    "links",
    "features",
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
        let locales = texts_of(
            &place.member("locales"),
            is_tag,
            "the tag of a language, such as pt-BR",
        );
        if locales.is_empty() {
            let at = place.member("locales");
            at.expected("a list with at least one language");
        }
        // Who runs in a frame reads them by itself (`src/embed`). They are exact: a wildcard would let in a page that nobody meant,
        // and a path is nothing that a browser tells of a parent.
        texts_of(
            &place.member("frame_parents"),
            is_parent,
            "an origin alone, such as https://www.example.com",
        );
        let api = address(
            &place.member("api"),
            is_api,
            "an https:// address or a path that begins with /, without a slash at its end",
        );
        let name = place.member("name");
        if name.text().is_empty() {
            name.expected("the company's name");
        }
        let logo = place.member("logo");
        let logo = address(&logo, is_path, "a path that begins with /");
        Self {
            name: name.text().to_owned(),
            logo: logo.map(|path| base::address(&path)),
            links: place.field::<Option<Links>>("links").unwrap_or_default(),
            off: off(&place.member("features")),
            locales,
            texts: texts(&place.member("texts")),
            api: api.unwrap_or_default(),
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
    if *place.json == Json::Null {
        return None;
    }
    let text = place.text();
    if !is_good(text) {
        place.expected(expected);
    }
    Some(text.to_owned())
}

/// The features that are `false`.
fn off(place: &Place) -> AreaSet {
    let mut off = AreaSet::default();
    for (name, is_on) in members(place) {
        match (AreaSet::named(name), is_on) {
            (Some(areas), Json::Bool(false)) => off = off.and(areas),
            (Some(_), Json::Bool(true)) => {}
            _ => place
                .member(name)
                .expected("a feature of docs/configuring.md, true or false"),
        }
    }
    off
}

/// Sentences by language; what is wrong with one of them is said when its language is put on (`i18n`), and the usual one stays.
fn texts(place: &Place) -> Json {
    for (language, sentences) in members(place) {
        if !matches!(sentences, Json::Object(_)) {
            place.member(language).expected("an object of sentences");
        }
    }
    place.json.clone()
}

/// The members of an object that may be left out.
fn members<'a>(place: &'a Place) -> &'a [(String, Json)] {
    match place.json {
        Json::Null => &[],
        _ => place.members(),
    }
}

/// A list of texts, each of which is good.
fn texts_of(place: &Place, is_good: fn(&str) -> bool, expected: &'static str) -> Vec<String> {
    for text in place.places() {
        if !is_good(text.text()) {
            text.expected(expected);
        }
    }
    Option::read(place).unwrap_or_default()
}

/// A BCP 47 tag; it becomes the name of a file.
fn is_tag(text: &str) -> bool {
    let of_a_tag = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.is_empty() && text.bytes().all(of_a_tag)
}

/// Where the API stands, without the slash at its end: paths that begin with one are put behind it.
fn is_api(text: &str) -> bool {
    let is_here = text.starts_with("http://127.0.0.1");
    (is_url(text) || is_here) && !text.ends_with('/')
}

/// Whether a browser names a page's origin so: no path, no capitals, `http` for the machine's own alone.
fn is_parent(origin: &str) -> bool {
    let (host, is_local) = match origin.split_once("://") {
        Some(("https", host)) => (host, false),
        Some(("http", host)) => (host, true),
        _ => return false,
    };
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let of_a_host =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    !name.is_empty()
        && name.bytes().all(of_a_host)
        && (!is_local || name == "localhost" || name == "127.0.0.1")
        && (1..=5).contains(&port.len())
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://localhost") || is_path(text)
}

fn is_path(text: &str) -> bool {
    // A second slash, or what browsers take for one, would make a host of what follows.
    text.strip_prefix('/')
        .is_some_and(|rest| !rest.starts_with(['/', '\\']))
}

/// Makes the settings known to everything below.
pub fn provide_config(config: &'static Config) {
    provide_context(config);
}

/// The settings.
#[must_use]
pub fn use_config() -> &'static Config {
    expect_context()
}

#[cfg(test)]
mod tests;
