//! Between moments and what a clock on the wall shows in the customer's zone: what date and time fields hold.

use super::days::from_british;
use super::in_british;
use crate::browser::clock;
use portal_contract::Timestamp;

/// What a clock in the customer's zone shows at a moment (milliseconds since 1970), to the minute: `2026-11-21T14:05`. In UTC
/// where the browser cannot say.
#[must_use]
pub fn wall_clock(ms: f64) -> String {
    shown(ms)
        .or_else(|| Some(clock::timestamp(ms)?.as_str().get(..16)?.to_owned()))
        .unwrap_or_default()
}

fn shown(ms: f64) -> Option<String> {
    let options = "year=numeric;month=2-digit;day=2-digit;hour=2-digit;minute=2-digit;\
                   hourCycle=h23;calendar=gregory";
    let text = in_british(ms, options)?;
    let (day, time) = text.split_once(", ")?;
    Some([&from_british(day)?, "T", time].concat())
}

/// The moment at which a clock in the customer's zone shows this (`2026-11-21T14:05`). Where the clock is set back it is one of
/// the two, where it is set forward the clock shows as much later as was left out. Nothing for what no clock shows.
#[must_use]
pub fn moment_at(wall: &str) -> Option<Timestamp> {
    let wanted = as_utc(wall)?;
    let ahead =
        |ms: f64| as_utc(&wall_clock(ms)).map(|shown| shown - (ms / 60_000.0).floor() * 60_000.0);
    // The zone's distance from UTC at about that moment, then at the moment that this leads to.
    let near = wanted - ahead(wanted)?;
    clock::timestamp(wanted - ahead(near)?)
}

/// What a clock shows, read as though it stood in Greenwich.
fn as_utc(wall: &str) -> Option<f64> {
    let at: Timestamp = [wall.get(..16)?, ":00Z"].concat().parse().ok()?;
    Some(clock::parse(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_intl_the_wall_stands_in_greenwich() {
        assert_eq!(wall_clock(1_772_600_767_500.0), "2026-03-04T05:06");
        let moment = moment_at("2026-03-04T05:06").expect("a clock shows it");
        assert_eq!(moment.as_str(), "2026-03-04T05:06:00Z");
    }

    #[test]
    fn what_no_clock_shows_is_no_moment() {
        assert_eq!(moment_at(""), None);
        assert_eq!(moment_at("tomorrow at noon"), None);
    }
}
