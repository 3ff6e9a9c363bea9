//! Moments, as the wire carries them.

use crate::{FromJson, Json, Place, ToJson};
use std::fmt;

/// A moment in UTC as RFC 3339 writes it: `2026-03-04T05:06:07Z`, with a fraction of a second where it matters.
///
/// Only the shape is checked here; the calendar belongs to whoever computes with it (`Intl` in the browser).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
pub struct Timestamp(String);

/// The text is no UTC moment by RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a UTC moment by RFC 3339, such as 2026-03-04T05:06:07Z")
    }
}

impl std::error::Error for InvalidTimestamp {}

impl Timestamp {
    /// The moment as it travels.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The calendar day in UTC, `2026-03-04`.
    #[must_use]
    pub fn day(&self) -> &str {
        &self.0[..10]
    }
}

fn has_shape(raw: &str) -> bool {
    const PATTERN: &[u8] = b"0000-00-00T00:00:00";
    let bytes = raw.as_bytes();
    let Some(fraction) = bytes
        .get(PATTERN.len()..)
        .and_then(|rest| rest.strip_suffix(b"Z"))
    else {
        return false;
    };
    let fraction_fits = match fraction.split_first() {
        None => true,
        Some((point, digits)) => {
            *point == b'.' && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        }
    };
    fraction_fits
        && bytes.iter().zip(PATTERN).all(|(byte, shape)| {
            if *shape == b'0' {
                byte.is_ascii_digit()
            } else {
                byte == shape
            }
        })
}

impl TryFrom<String> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        if has_shape(&raw) {
            Ok(Self(raw))
        } else {
            Err(InvalidTimestamp)
        }
    }
}

impl std::str::FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::try_from(raw.to_owned())
    }
}

impl From<Timestamp> for String {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromJson for Timestamp {
    fn read(place: &Place) -> Self {
        let raw = String::read(place);
        if !has_shape(&raw) {
            place.expected("a UTC moment by RFC 3339");
        }
        Self(raw)
    }
}

impl ToJson for Timestamp {
    fn to_json(&self) -> Json {
        Json::String(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utc_moments_by_rfc_3339_are_taken() {
        for good in ["2026-03-04T05:06:07Z", "2026-03-04T05:06:07.125Z"] {
            assert!(good.parse::<Timestamp>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "2026-03-04",
            "2026-03-04T05:06:07+01:00",
            "2026-03-04T05:06:07.Z",
            "2026-03-04 05:06:07Z",
            "aé",
        ] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }
}
