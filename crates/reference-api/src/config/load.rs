//! From settings to a configuration.

use super::addresses::is_place;
use super::read::{ConfigError, Settings, list, number, switch, text};
use super::{Config, Mail, MailTls};
use crate::company_file::FileError;
use crate::consents::Purposes;
use crate::contact::Ways;
use crate::erasure::Retention;
use crate::feedback::Surveys;
use crate::guides::{Guides, Names};
use crate::notices::CheckIns;
use crate::preferences::Catalogue;
use portal_contract::PreferenceTopicId;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every setting there is.
pub(super) const KEYS: &[&str] = &[
    "listen",
    "database",
    "attachments",
    "portal",
    "secret",
    "public_url",
    "api_url",
    "allowed_origins",
    "trust_forwarded_for",
    "company.name",
    "company.locales",
    "company.purposes",
    "company.catalogue",
    "company.contact",
    "company.surveys",
    "company.check_ins",
    "company.guides",
    "company.retention",
    "mail.host",
    "mail.port",
    "mail.tls",
    "mail.username",
    "mail.password",
    "mail.from",
    "session.idle_minutes",
    "session.absolute_hours",
    "sign_in.codes_per_address",
    "sign_in.codes_per_network",
    "sign_in.modes",
    "sign_in.openid_connect.issuer",
    "sign_in.openid_connect.client_id",
    "sign_in.openid_connect.client_secret",
    "sign_in.openid_connect.client_secret_file",
    "sign_in.openid_connect.scopes",
    "sign_in.openid_connect.customer_claim",
    "sign_in.openid_connect.acr_values",
    "data_rights.cooling_off_days",
    "data_rights.artifact_days",
    "data_rights.answer_days",
    "data_rights.regime",
    "data_rights.region",
    "data_rights.time_zone",
    "data_rights.holidays",
    "data_rights.complaint_url",
    "data_rights.appeal_url",
    "limits.json_bytes",
    "limits.attachment_bytes",
    "limits.attachments_per_message",
    "limits.attachment_types",
    "limits.message_characters",
    "limits.stalled_seconds",
    "limits.writes_per_day",
    "embed.parents",
    "embed.issuer",
    "embed.audience",
    "embed.jwks_url",
    "embed.jwks_file",
    "webhooks",
    "log.format",
    "log.filter",
];

/// The largest file that can be allowed: 1 GiB.
const LARGEST: u64 = 1 << 30;

impl Config {
    /// Reads the file, if one is named, and over it the variables whose names begin with `PORTAL_API_`.
    ///
    /// # Errors
    /// With the setting, where it stands, and what it takes.
    pub fn load(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut settings = Settings::default();
        if let Some(path) = file {
            settings.read_file(path)?;
        }
        settings.read_environment(variables, KEYS)?;
        let mut config = Self::default();
        config.take_places(&mut settings)?;
        config.take_web(&mut settings)?;
        config.take_company(&mut settings)?;
        config.mail = mail(&mut settings)?;
        config.take_sign_in(&mut settings)?;
        config.data_rights.take(&mut settings)?;
        let embed = super::embed::take(&mut settings)?;
        (config.frame_ancestors, config.embed) = (embed.parents, embed.host);
        config.webhooks = super::webhooks::take(&mut settings)?;
        config.take_limits(&mut settings)?;
        config.take_log(&mut settings)?;
        settings.finish(KEYS)?;
        Ok(config)
    }

    fn take_places(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let path = |value: &toml::Value| text(value).map(PathBuf::from);
        set(
            &mut self.listen,
            settings.take(
                "listen",
                "an address and a port, such as 127.0.0.1:8080",
                |value| text(value)?.parse().ok(),
            )?,
        );
        set(
            &mut self.database,
            settings.take("database", "the path of a file", path)?,
        );
        set(
            &mut self.attachments,
            settings.take("attachments", "the path of a folder", path)?,
        );
        let portal = settings.take(
            "portal",
            "the path of the folder that the portal was built into",
            path,
        )?;
        self.portal = portal.or(self.portal.take());
        Ok(())
    }

    fn take_web(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let origins = "a list of origins, such as https://help.example.com, without a path";
        let at_least_32 = "a secret of at least 32 characters";
        self.secret = settings.take("secret", at_least_32, |value| {
            text(value).filter(|secret| secret.len() >= 32)
        })?;
        let place = |value: &toml::Value| {
            text(value)
                .map(|url| url.trim_end_matches('/').to_owned())
                .filter(|url| is_place(url))
        };
        self.public_url = settings.take(
            "public_url",
            "an address, such as https://help.example.com or https://www.example.com/portal",
            place,
        )?;
        self.api_url = settings.take(
            "api_url",
            "an address, such as https://api.example.com",
            place,
        )?;
        set(
            &mut self.allowed_origins,
            settings.take("allowed_origins", origins, origin_list)?,
        );
        set(
            &mut self.trust_forwarded_for,
            settings.take("trust_forwarded_for", "true or false", switch)?,
        );
        Ok(())
    }

    fn take_company(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        set(
            &mut self.company.name,
            settings.take("company.name", "a name", |value| {
                text(value).filter(|name| !name.chars().any(char::is_control))
            })?,
        );
        set(
            &mut self.company.locales,
            settings.take(
                "company.locales",
                "a list of language tags, such as en, de",
                |value| list(value).filter(|tags| !tags.is_empty()),
            )?,
        );
        let purposes = content(settings, "company.purposes", Purposes::load)?;
        set(&mut self.purposes, purposes.map(Arc::new));
        let retention = content(settings, "company.retention", Retention::load)?;
        set(&mut self.retention, retention.map(Arc::new));
        self.take_catalogue(settings)?;
        self.take_surveys(settings)?;
        self.take_ways(settings)?;
        self.take_check_ins(settings)?;
        self.take_guides(settings)
    }

    /// After the catalogue: mails about feedback belong to a topic of it.
    fn take_surveys(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let knows = |topic: &str| self.catalogue.topic(topic).is_some();
        let surveys = content(settings, "company.surveys", |path| {
            let surveys = Surveys::load(path)?;
            surveys.check_topic(&path.display().to_string(), knows)?;
            Ok(surveys)
        })?;
        set(&mut self.surveys, surveys.map(Arc::new));
        Ok(())
    }

    /// After the purposes: a topic names one of them.
    fn take_catalogue(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let knows = |purpose: &_| self.purposes.find(purpose).is_some();
        let catalogue = content(settings, "company.catalogue", |path| {
            let catalogue = Catalogue::load(path)?;
            catalogue.check_purposes(&path.display().to_string(), knows)?;
            Ok(catalogue)
        })?;
        set(&mut self.catalogue, catalogue.map(Arc::new));
        Ok(())
    }

    /// After the catalogue: a rule names a topic of it.
    fn take_check_ins(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let knows = |topic: &PreferenceTopicId| self.catalogue.topic(topic.as_str()).is_some();
        let rules = content(settings, "company.check_ins", |path| {
            let rules = CheckIns::load(path)?;
            rules.check_topics(&path.display().to_string(), knows)?;
            Ok(rules)
        })?;
        set(&mut self.check_ins, rules.map(Arc::new));
        Ok(())
    }

    fn take_ways(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let ways = content(settings, "company.contact", Ways::load)?;
        set(&mut self.ways, ways.map(Arc::new));
        Ok(())
    }

    fn take_guides(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let folder = settings.take("company.guides", "the path of a folder", |value| {
            text(value).map(PathBuf::from)
        })?;
        let Some(folder) = folder else {
            return Ok(());
        };
        let guides = Guides::read(&folder, &Names::default());
        self.guides = guides
            .map_err(|faults| ConfigError::Content {
                key: "company.guides".to_owned(),
                reason: faults.told(),
            })?
            .into();
        Ok(())
    }

    fn take_sign_in(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let mut whole = |key: &str, least: u32, most: u32| {
            let expected = format!("a whole number from {least} to {most}");
            settings.take(key, &expected, |value| {
                u32::try_from(number(value, u64::from(least)..=u64::from(most))?).ok()
            })
        };
        set(
            &mut self.session.idle_minutes,
            whole("session.idle_minutes", 5, 24 * 60)?,
        );
        set(
            &mut self.session.absolute_hours,
            whole("session.absolute_hours", 1, 24 * 30)?,
        );
        set(
            &mut self.sign_in.codes_per_address,
            whole("sign_in.codes_per_address", 1, 1000)?,
        );
        set(
            &mut self.sign_in.codes_per_network,
            whole("sign_in.codes_per_network", 1, 1_000_000)?,
        );
        let taken = super::company_sign_in::take(settings)?;
        self.sign_in_modes = taken.modes;
        self.openid_connect = taken.provider;
        Ok(())
    }

    fn take_limits(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let mut whole = |key: &str, most: u64| {
            let expected = format!("a whole number from 1 to {most}");
            settings.take(key, &expected, |value| number(value, 1..=most))
        };
        let limits = &mut self.limits;
        set(&mut limits.json_bytes, whole("limits.json_bytes", LARGEST)?);
        set(
            &mut limits.attachment_bytes,
            whole("limits.attachment_bytes", LARGEST)?,
        );
        set(
            &mut limits.attachments_per_message,
            whole("limits.attachments_per_message", 100)?,
        );
        set(
            &mut limits.message_characters,
            whole("limits.message_characters", 1_000_000)?,
        );
        set(
            &mut limits.stalled_seconds,
            whole("limits.stalled_seconds", 600)?,
        );
        set(
            &mut limits.writes_per_day,
            whole("limits.writes_per_day", 1_000_000)?,
        );
        let types = "a list of media types, such as image/png; */* takes all";
        set(
            &mut limits.attachment_types,
            settings.take("limits.attachment_types", types, |value| {
                list(value).filter(|types| types.iter().all(|media_type| media_type.contains('/')))
            })?,
        );
        Ok(())
    }

    fn take_log(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        set(
            &mut self.log.json,
            settings.take("log.format", "json or text", |value| {
                match text(value)?.as_str() {
                    "json" => Some(true),
                    "text" => Some(false),
                    _ => None,
                }
            })?,
        );
        set(
            &mut self.log.filter,
            settings.take(
                "log.filter",
                "levels, such as info,reference_api=debug",
                text,
            )?,
        );
        Ok(())
    }
}

/// What a file of the company's says, where one is named.
fn content<T>(
    settings: &mut Settings,
    key: &str,
    load: impl FnOnce(&Path) -> Result<T, FileError>,
) -> Result<Option<T>, ConfigError> {
    let file = settings.take(key, "the path of a file", |value| {
        text(value).map(PathBuf::from)
    })?;
    let read = file.map(|path| load(&path)).transpose();
    read.map_err(|error| ConfigError::Content {
        key: key.to_owned(),
        reason: error.to_string(),
    })
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn mail(settings: &mut Settings) -> Result<Option<Mail>, ConfigError> {
    let Some(because) = KEYS
        .iter()
        .find(|key| key.starts_with("mail.") && settings.has(key))
    else {
        return Ok(None);
    };
    let missing = |key: &str| ConfigError::Missing {
        key: key.to_owned(),
        because: (*because).to_owned(),
    };
    let tls = settings.take(
        "mail.tls",
        "implicit, starttls or none",
        |value| match text(value)?.as_str() {
            "implicit" => Some(MailTls::Implicit),
            "starttls" => Some(MailTls::StartTls),
            "none" => Some(MailTls::None),
            _ => None,
        },
    )?;
    let from = settings.take(
        "mail.from",
        "an address, such as Lumenfold <no-reply@example.com>",
        |value| text(value).filter(|from| from.parse::<lettre::message::Mailbox>().is_ok()),
    )?;
    Ok(Some(Mail {
        host: settings
            .take("mail.host", "the host name of a mail server", text)?
            .ok_or_else(|| missing("mail.host"))?,
        port: settings.take("mail.port", "a port, from 1 to 65535", |value| {
            u16::try_from(number(value, 1..=65_535)?).ok()
        })?,
        tls: tls.unwrap_or(MailTls::Implicit),
        username: settings.take("mail.username", "an account's name", text)?,
        password: settings.take("mail.password", "an account's password", text)?,
        from: from.ok_or_else(|| missing("mail.from"))?,
    }))
}

pub(super) fn origin_list(value: &toml::Value) -> Option<Vec<String>> {
    let origins: Vec<String> = list(value)?
        .into_iter()
        .map(|origin| origin.trim_end_matches('/').to_owned())
        .collect();
    origins
        .iter()
        .all(|origin| is_origin(origin))
        .then_some(origins)
}

/// Scheme, host and perhaps port. What else a header would take apart (`;`, spaces) cannot stand in one.
pub(super) fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c))
    })
}
