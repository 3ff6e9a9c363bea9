//! How the company keeps to the rights of its customers over their data.

use super::read::{ConfigError, Settings, list, number, text};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use portal_contract::data_request::Regime;

/// Rights over one's data.
#[derive(Clone, Debug)]
pub struct DataRights {
    /// How many days an erasure can be called off before it runs.
    pub cooling_off_days: u32,
    /// How many days a copy can be fetched.
    pub artifact_days: u32,
    /// How many days an answer to a question of the company is waited for.
    pub answer_days: u32,
    /// The rules for customers of whom no jurisdiction is known: `gdpr`, `uk_gdpr` or `ccpa`.
    pub regime: String,
    /// The ISO 3166 code of the country, or the state, whose holidays count for them.
    pub region: String,
    /// IANA name of the zone whose days count for them.
    pub time_zone: String,
    /// Days on which the company does not work, besides weekends and the public holidays that are known here.
    pub holidays: Vec<Date>,
    /// Where customers complain: the supervisory authority; what is usual for their regime when absent.
    pub complaint_url: Option<String>,
    /// Where they appeal: the company; by mail to its data protection contact when absent.
    pub appeal_url: Option<String>,
}

impl Default for DataRights {
    fn default() -> Self {
        Self {
            cooling_off_days: 14,
            artifact_days: 7,
            answer_days: 30,
            regime: "gdpr".to_owned(),
            region: "DE".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            holidays: Vec::new(),
            complaint_url: None,
            appeal_url: None,
        }
    }
}

impl DataRights {
    pub(super) fn take(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        self.take_days(settings)?;
        let regimes = "gdpr, uk_gdpr or ccpa";
        let regime = settings.take("data_rights.regime", regimes, |value| {
            text(value).filter(|name| Regime::KNOWN.contains(&name.as_str().into()))
        })?;
        set(&mut self.regime, regime);
        let region = settings.take(
            "data_rights.region",
            "the code of a country or a state, such as DE or US-CA",
            |value| text(value).filter(|code| code.len() >= 2),
        )?;
        set(&mut self.region, region);
        let zone = settings.take(
            "data_rights.time_zone",
            "the name of a time zone, such as Europe/Berlin",
            |value| text(value).filter(|name| TimeZone::get(name).is_ok()),
        )?;
        set(&mut self.time_zone, zone);
        let holidays = settings.take(
            "data_rights.holidays",
            "a list of days, such as 2026-12-24",
            |value| list(value)?.iter().map(|day| day.parse().ok()).collect(),
        )?;
        set(&mut self.holidays, holidays);
        let address =
            "an address, such as https://www.example.com/appeal or mailto:privacy@example.com";
        let address = |settings: &mut Settings, key: &str| {
            settings.take(key, address, |value| {
                text(value).filter(|url| {
                    ["https://", "mailto:"]
                        .iter()
                        .any(|scheme| url.starts_with(scheme))
                })
            })
        };
        self.complaint_url = address(settings, "data_rights.complaint_url")?;
        self.appeal_url = address(settings, "data_rights.appeal_url")?;
        Ok(())
    }

    fn take_days(&mut self, settings: &mut Settings) -> Result<(), ConfigError> {
        let mut days = |key: &str, least: u32, most: u32| {
            let expected = format!("a number of days from {least} to {most}");
            settings.take(key, &expected, |value| {
                u32::try_from(number(value, u64::from(least)..=u64::from(most))?).ok()
            })
        };
        // The law wants an erasure done within a month.
        let cooling_off = days("data_rights.cooling_off_days", 0, 28)?;
        set(&mut self.cooling_off_days, cooling_off);
        set(
            &mut self.artifact_days,
            days("data_rights.artifact_days", 1, 90)?,
        );
        set(
            &mut self.answer_days,
            days("data_rights.answer_days", 1, 180)?,
        );
        Ok(())
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
