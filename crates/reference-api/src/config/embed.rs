//! The company's pages that show the portal in a frame, and whose word it takes there: `[embed]`.

use super::load::origin_list;
use super::read::{ConfigError, Settings, text};
use crate::embed::{Host, KeySet, Source};
use crate::outgoing::trusted;
use std::path::{Path, PathBuf};

const PARENTS: &str = "embed.parents";
const ISSUER: &str = "embed.issuer";
const AUDIENCE: &str = "embed.audience";
const JWKS_URL: &str = "embed.jwks_url";
const JWKS_FILE: &str = "embed.jwks_file";

/// What the table says.
pub(super) struct Taken {
    pub(super) parents: Vec<String>,
    pub(super) host: Option<Host>,
}

/// Takes the table.
pub(super) fn take(settings: &mut Settings) -> Result<Taken, ConfigError> {
    let of_identity = [ISSUER, AUDIENCE, JWKS_URL, JWKS_FILE];
    let because = of_identity.into_iter().find(|key| settings.has(key));
    let origins = "a list of origins, such as https://www.example.com, without a path";
    let parents = settings.take(PARENTS, origins, origin_list)?;
    Ok(Taken {
        parents: parents.unwrap_or_default(),
        host: because.map(|because| host(settings, because)).transpose()?,
    })
}

fn host(settings: &mut Settings, because: &str) -> Result<Host, ConfigError> {
    let mut name = |key: &str, expected: &str| {
        let name = settings.take(key, expected, |value| {
            text(value).filter(|name| !name.chars().any(char::is_control))
        })?;
        name.ok_or_else(|| missing(key, because))
    };
    let issuer = name(ISSUER, "what the host's assertions name as iss")?;
    let audience = name(AUDIENCE, "what the host's assertions name as aud")?;
    Ok(Host {
        issuer,
        audience,
        keys: keys(settings, because)?,
    })
}

fn keys(settings: &mut Settings, because: &str) -> Result<Source, ConfigError> {
    let address = "an https address, or http on the same machine";
    let url = settings.take(JWKS_URL, address, |value| trusted(&text(value)?))?;
    let file = settings.take(JWKS_FILE, "the path of a file", |value| {
        text(value).map(PathBuf::from)
    })?;
    match (url, file) {
        (Some(url), None) => Ok(Source::Url(url)),
        (None, Some(file)) => {
            check(&file)?;
            Ok(Source::File(file))
        }
        (None, None) => Err(missing(JWKS_URL, because)),
        (Some(_), Some(_)) => Err(ConfigError::Content {
            key: JWKS_FILE.to_owned(),
            reason: format!("\"{JWKS_URL}\" is set as well: the keys are in one place"),
        }),
    }
}

/// A file without keys shows now, and not when the first customer comes.
fn check(file: &Path) -> Result<(), ConfigError> {
    let read = std::fs::read(file).map_err(|error| error.to_string());
    let keys = read.and_then(|bytes| KeySet::parse(&bytes).map_err(|error| error.to_string()));
    keys.map(drop).map_err(|reason| ConfigError::Content {
        key: JWKS_FILE.to_owned(),
        reason: format!("{}: {reason}", file.display()),
    })
}

fn missing(key: &str, because: &str) -> ConfigError {
    ConfigError::Missing {
        key: key.to_owned(),
        because: because.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::Config;
    use crate::embed::Source;

    fn load(table: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys.json");
        std::fs::write(&keys, "{\"keys\": []}").unwrap();
        let file = folder.path().join("settings.toml");
        let table = table.replace("KEYS", &keys.display().to_string());
        std::fs::write(&file, format!("[embed]\n{table}")).unwrap();
        Config::load(Some(&file), []).map_err(|error| error.to_string())
    }

    const NAMES: &str = "issuer = \"https://www.example.com\"\naudience = \"portal\"\n";

    #[test]
    fn a_host_has_a_name_and_keys() {
        let config = load(&format!(
            "{NAMES}parents = [\"https://www.example.com/\"]\njwks_url = \"https://www.example.com/keys\""
        ))
        .unwrap();
        assert_eq!(config.frame_ancestors, ["https://www.example.com"]);
        let host = config.embed.unwrap();
        assert_eq!(host.audience, "portal");
        let url = "https://www.example.com/keys".parse().unwrap();
        assert_eq!(host.keys, Source::Url(url));
    }

    #[test]
    fn pages_may_show_the_portal_where_nobody_is_signed_in_by_them() {
        let config = load("parents = [\"https://www.example.com\"]").unwrap();
        assert_eq!((config.embed, config.frame_ancestors.len()), (None, 1));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for (table, expected) in [
            (
                "issuer = \"a\"".to_owned(),
                "\"embed.audience\" is needed when \"embed.issuer\" is set",
            ),
            (
                NAMES.to_owned(),
                "\"embed.jwks_url\" is needed when \"embed.issuer\" is set",
            ),
            (
                format!("{NAMES}jwks_url = \"http://www.example.com/keys\""),
                "expected an https address",
            ),
            (
                format!("{NAMES}jwks_file = \"KEYS\""),
                "it has no key for ES256",
            ),
            (
                format!("{NAMES}jwks_file = \"absent.json\""),
                "\"embed.jwks_file\": absent.json",
            ),
            (
                format!("{NAMES}jwks_url = \"https://a.example\"\njwks_file = \"KEYS\""),
                "the keys are in one place",
            ),
            (
                "parents = [\"https://a.example; script-src *\"]".to_owned(),
                "\"embed.parents\"",
            ),
        ] {
            let refused = load(&table).unwrap_err();
            assert!(refused.contains(expected), "{table}: {refused}");
        }
    }
}
