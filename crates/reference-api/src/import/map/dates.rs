//! Dates as a file writes them.

use super::template::{Header, Template, quoted};
use super::{DatesMap, MapError};
use crate::store::time::Moment;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::sync::Arc;

/// How a file writes dates.
pub struct Dates {
    formats: Vec<String>,
    zone: TimeZone,
    time_of_day: Time,
}

impl Dates {
    pub fn new(map: &DatesMap) -> Result<Self, MapError> {
        let zone = match &map.time_zone {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name).map_err(|_| {
                MapError::new(
                    "dates.time_zone",
                    format!(
                        "{name:?} is no time zone; expected an IANA name such as \"Europe/Berlin\""
                    ),
                )
            })?,
        };
        let time_of_day = match &map.time_of_day {
            None => Time::constant(12, 0, 0, 0),
            Some(text) => Time::strptime("%H:%M", text).map_err(|_| {
                MapError::new("dates.time_of_day", format!("{text:?} is not HH:MM"))
            })?,
        };
        for (index, format) in map.formats.iter().enumerate() {
            check_format(index, format)?;
        }
        let formats = if map.formats.is_empty() {
            vec!["%Y-%m-%d".to_owned()]
        } else {
            map.formats.clone()
        };
        Ok(Self {
            formats,
            zone,
            time_of_day,
        })
    }

    /// Reads a moment.
    pub fn parse(&self, text: &str) -> Result<Timestamp, String> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Ok(moment);
        }
        self.formats
            .iter()
            .find_map(|format| self.parse_as(format, text))
            .ok_or_else(|| {
                format!(
                    "{text:?} is no date in any of the formats {}",
                    quoted(&self.formats)
                )
            })
    }

    fn parse_as(&self, format: &str, text: &str) -> Option<Timestamp> {
        if let Ok(zoned) = Zoned::strptime(format, text) {
            return Some(zoned.timestamp());
        }
        if let Ok(moment) = Timestamp::strptime(format, text) {
            return Some(moment);
        }
        let civil = DateTime::strptime(format, text)
            .ok()
            .filter(|_| has_time(format))
            .or_else(|| {
                let day = Date::strptime(format, text).ok()?;
                Some(day.to_datetime(self.time_of_day))
            })?;
        let zoned = civil.to_zoned(self.zone.clone()).ok()?;
        Some(zoned.timestamp())
    }
}

fn has_time(format: &str) -> bool {
    ["%H", "%I", "%k", "%l", "%T", "%R"]
        .iter()
        .any(|directive| format.contains(directive))
}

/// A format that cannot write a date cannot read one either.
fn check_format(index: usize, format: &str) -> Result<(), MapError> {
    let key = format!("dates.formats[{index}]");
    let sample = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    let mut written = String::new();
    match jiff::fmt::strtime::BrokenDownTime::from(&sample).format(format, &mut written) {
        Err(error) => Err(MapError::new(key, format!("{format:?}: {error}"))),
        Ok(()) if written == format => Err(MapError::new(
            key,
            format!("{format:?} holds no directive such as %Y, %m or %d"),
        )),
        Ok(()) => Ok(()),
    }
}

/// A moment of a row.
pub struct DateColumn {
    key: String,
    template: Template,
    dates: Arc<Dates>,
    plus_days: i32,
}

impl DateColumn {
    pub fn new(
        key: &str,
        text: &str,
        plus_days: i32,
        header: &Header,
        dates: &Arc<Dates>,
    ) -> Result<Self, MapError> {
        Ok(Self {
            key: key.to_owned(),
            template: Template::new(key, text, header)?,
            dates: Arc::clone(dates),
            plus_days,
        })
    }

    /// The moment; nothing where the column is empty.
    pub fn read(&self, row: &[String]) -> Result<Option<Moment>, String> {
        let text = self.template.fill(row);
        if text.trim().is_empty() {
            return Ok(None);
        }
        let moment = self
            .dates
            .parse(&text)
            .map_err(|problem| format!("{}: {problem}", self.key))?;
        let moment = Moment::from_millis(moment.as_millisecond());
        Ok(Some(plus_days(moment, self.plus_days)))
    }
}

/// So many days of 24 hours later.
pub fn plus_days(moment: Moment, days: i32) -> Moment {
    moment.plus_seconds(i64::from(days) * 24 * 60 * 60)
}

/// The moment in a column that the map may lack.
pub fn read_maybe(column: Option<&DateColumn>, row: &[String]) -> Result<Option<Moment>, String> {
    match column {
        Some(column) => column.read(row),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(formats: &[&str], zone: &str) -> Dates {
        Dates::new(&DatesMap {
            formats: formats.iter().map(|f| (*f).to_owned()).collect(),
            time_zone: Some(zone.to_owned()),
            time_of_day: None,
        })
        .unwrap()
    }

    fn parse(formats: &[&str], zone: &str, text: &str) -> Result<String, String> {
        dates(formats, zone).parse(text).map(|m| m.to_string())
    }

    #[test]
    fn a_bare_day_is_noon_in_the_files_zone() {
        assert_eq!(
            parse(&["%Y-%m-%d"], "America/New_York", "2023-08-25"),
            Ok("2023-08-25T16:00:00Z".into())
        );
    }

    #[test]
    fn formats_are_tried_in_order_and_offsets_are_kept() {
        let formats = ["%d.%m.%Y %H:%M", "%m/%d/%y", "%Y-%m-%d %H:%M:%S %z"];
        let read = |text| parse(&formats, "Europe/Berlin", text);
        assert_eq!(read("25.08.2023 14:30"), Ok("2023-08-25T12:30:00Z".into()));
        assert_eq!(read("08/25/23"), Ok("2023-08-25T10:00:00Z".into()));
        assert_eq!(
            read("2023-08-25 14:30:00 -0400"),
            Ok("2023-08-25T18:30:00Z".into())
        );
        assert_eq!(
            read("2023-08-25T14:30:00Z"),
            Ok("2023-08-25T14:30:00Z".into())
        );
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert!(parse(&["%Y-%m-%d"], "UTC", "2023-02-30").is_err());
        assert!(parse(&["%Y-%m-%d"], "UTC", "yesterday").is_err());
    }

    #[test]
    fn wrong_zones_times_and_formats_are_named_by_their_key() {
        let key = |map: DatesMap| Dates::new(&map).err().map(|e| e.key);
        let zone = DatesMap {
            time_zone: Some("Mars/Olympus".into()),
            ..DatesMap::default()
        };
        let time = DatesMap {
            time_of_day: Some("noon".into()),
            ..DatesMap::default()
        };
        let format = DatesMap {
            formats: vec!["YYYY-MM-DD".into()],
            ..DatesMap::default()
        };
        assert_eq!(key(zone).as_deref(), Some("dates.time_zone"));
        assert_eq!(key(time).as_deref(), Some("dates.time_of_day"));
        assert_eq!(key(format).as_deref(), Some("dates.formats[0]"));
    }
}
