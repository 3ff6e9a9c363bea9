//! An endpoint of the company, as its configuration names it.

use super::signature::Secret;
use crate::outgoing;
use axum::http::Uri;
use portal_contract::data_request_event::DataRequestEventKind;
use serde::Deserialize;

/// Where messages go, which, and how they are signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// What the operator calls it.
    pub name: String,
    /// Its address: https, or http on the same machine.
    pub url: Uri,
    /// The secrets that sign: the present one, and while they change the next.
    pub secrets: Vec<Secret>,
    /// Which types of messages; empty for all.
    pub events: Vec<String>,
    /// Whether it may stand within the company's own network.
    pub private_network: bool,
    /// How many days it may fail before nothing is sent any more.
    pub give_up_days: u32,
}

/// The same as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    name: String,
    url: String,
    secrets: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    private_network: bool,
    #[serde(default = "five")]
    give_up_days: u32,
}

const fn five() -> u32 {
    5
}

/// The prefix of the types that tell of a step.
pub(super) const STEP: &str = "data_request.";

/// Reads `[[webhooks]]`.
///
/// # Errors
/// With which one is wrong, and what it takes. Secrets are never shown.
pub(crate) fn read(value: toml::Value) -> Result<Vec<Endpoint>, String> {
    let sources: Vec<Source> = value
        .try_into()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    let mut all: Vec<Endpoint> = Vec::new();
    for source in sources {
        if all.iter().any(|one| one.name == source.name) {
            return Err(format!("{:?} is the name of two", source.name));
        }
        all.push(checked(source)?);
    }
    Ok(all)
}

fn checked(source: Source) -> Result<Endpoint, String> {
    let name = source.name.trim().to_owned();
    let wrong = |what: &str| format!("{name:?}: {what}");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.len() > 60 || !name.chars().all(is_plain) {
        return Err(wrong("\"name\" takes letters, digits, '-', '_' and '.'"));
    }
    let secrets: Option<Vec<Secret>> = source
        .secrets
        .iter()
        .map(|text| Secret::parse(text))
        .collect();
    let secrets = secrets
        .filter(|secrets| (1..=3).contains(&secrets.len()))
        .ok_or_else(|| {
            wrong("\"secrets\" takes one to three of whsec_ and 24 to 64 bytes in Base64, such as `echo whsec_$(openssl rand -base64 32)` gives")
        })?;
    if let Some(unknown) = source.events.iter().find(|event| !is_known(event)) {
        return Err(wrong(&format!(
            "\"events\" takes types such as data_request.submitted and data_request.state_changed; there is no {unknown:?}"
        )));
    }
    if !(1..=30).contains(&source.give_up_days) {
        return Err(wrong("\"give_up_days\" takes a number from 1 to 30"));
    }
    let url = outgoing::trusted(&source.url).ok_or_else(|| {
        wrong("\"url\" takes an https address without a user and a fragment, or http on 127.0.0.1, [::1] or localhost")
    })?;
    Ok(Endpoint {
        name,
        url,
        secrets,
        events: source.events,
        private_network: source.private_network,
        give_up_days: source.give_up_days,
    })
}

fn is_known(event: &str) -> bool {
    event.strip_prefix(STEP).is_some_and(|kind| {
        DataRequestEventKind::KNOWN
            .iter()
            .any(|one| one.as_str() == kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(more: &str) -> Result<Vec<Endpoint>, String> {
        let text = format!(
            "[[webhooks]]\nname = \"desk\"\nsecrets = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]\n{more}\n"
        );
        let mut table: toml::Table = text.parse().unwrap();
        read(table.remove("webhooks").unwrap())
    }

    #[test]
    fn an_address_is_one_that_nobody_on_the_way_can_read() {
        for good in [
            "https://desk.example.com/in?x=1",
            "http://127.0.0.1:9/",
            "http://[::1]:9/a",
            "http://localhost/",
        ] {
            assert_eq!(of(&format!("url = {good:?}")).unwrap()[0].url, *good);
        }
        for bad in [
            "http://desk.example.com/",
            "https://user:word@desk.example.com/",
            "https://desk.example.com/#a",
            "ftp://x/",
            "desk.example.com",
            "http://127.0.0.1.example.com/",
            "",
        ] {
            let refused = of(&format!("url = {bad:?}")).unwrap_err();
            assert!(refused.contains("\"url\" takes"), "{bad}: {refused}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_no_secret_is_shown() {
        let url = "url = \"https://desk.example.com\"\n";
        let refused = of(&format!("{url}events = [\"data_request.state\"]")).unwrap_err();
        assert!(
            refused.contains("there is no \"data_request.state\""),
            "{refused}"
        );
        assert!(of(&format!("{url}events = [\"data_request.state_changed\"]")).is_ok());
        assert!(
            of(&format!("{url}give_up_days = 0"))
                .unwrap_err()
                .contains("from 1 to 30")
        );
        assert!(
            of(&format!("{url}secret = \"whsec_x\""))
                .unwrap_err()
                .contains("secret")
        );
        let mut table: toml::Table =
            "[[webhooks]]\nname = \"a\"\nurl = \"https://a.example\"\nsecrets = [\"hunter2\"]"
                .parse()
                .unwrap();
        let refused = read(table.remove("webhooks").unwrap()).unwrap_err();
        assert!(
            refused.contains("\"secrets\" takes") && !refused.contains("hunter2"),
            "{refused}"
        );
    }
}
