//! The zone whose clock the windows mean.

use super::editor::Editor;
use crate::browser::{clock, intl};
use crate::i18n::{Arg, Text, t, text, time_in, zone_name};
use crate::session::use_session;
use leptos::html;
use portal_contract::preferences::QuietHours;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// The zone that holds: the chosen one, or the account's, or the device's.
#[must_use]
pub fn in_force(hours: &QuietHours) -> String {
    let chosen = hours.time_zone.clone();
    chosen.unwrap_or_else(of_account)
}

/// The zone of the account; the device's where it has none.
#[must_use]
pub fn of_account() -> String {
    let customer = use_session().customer();
    let account = customer.and_then(|customer| customer.time_zone);
    account
        .or_else(intl::device_zone)
        .unwrap_or_else(|| "UTC".to_owned())
}

/// A zone as people read it: "America/St Johns". Isolated where it stands within a sentence.
#[must_use]
pub fn words(zone: &str) -> Arg {
    Arg::User(readable(zone))
}

fn readable(zone: &str) -> String {
    zone.replace('_', " ")
}

/// Choosing it: the device's and the account's first, then every one that the browser knows, by region.
pub fn zone(editor: Editor) -> View {
    let hours = editor.hours();
    let chosen = memo(move || hours.with(in_force));
    let node = NodeRef::<html::Select>::new();
    // The options stand before one of them can be the chosen one.
    effect(move || {
        let chosen = chosen.get();
        if let Some(select) = node.get() {
            select.set_value(&chosen);
        }
    });
    let change = move |event| {
        let zone = event_target_value(&event);
        editor.act(move |hours| hours.time_zone = Some(zone));
    };
    let now = move || {
        let (zone, now) = (chosen.get(), clock::now());
        let time = time_in(now, &zone)?;
        let name = zone_name(now, &zone).unwrap_or_else(|| readable(&zone));
        Some(t(text::quiet_zone_now(time, name)))
    };
    view! {
        <div class="field">
            <label class="field__label" for="quiet-zone">
                {text::QUIET_ZONE}
            </label>
            <p class="field__hint" id="quiet-zone-now">
                {now}
            </p>
            <select class="input" id="quiet-zone" aria-describedby="quiet-zone-now" node_ref=node on:change=change>
                {options(&chosen.get_untracked())}
            </select>
        </div>
    }
    .alone()
}

fn options(chosen: &str) -> Vec<View> {
    let mut first = Vec::new();
    for zone in [
        intl::device_zone(),
        Some(of_account()),
        Some(chosen.to_owned()),
    ] {
        first.extend(zone.filter(|zone| !first.contains(zone)));
    }
    let rest: Vec<String> = intl::time_zones()
        .into_iter()
        .filter(|zone| !first.contains(zone))
        .collect();
    let ours = first.iter().map(|zone| (zone.as_str(), readable(zone)));
    let mut groups = vec![group(text::QUIET_ZONE_DEVICE, ours.collect())];
    for (region, name) in REGIONS {
        let of = rest.iter().filter(|zone| region_of(zone) == region);
        let of: Vec<_> = of.map(|zone| (zone.as_str(), place(zone))).collect();
        if !of.is_empty() {
            groups.push(group(name, of));
        }
    }
    groups
}

/// The regions of the IANA database that have zones of today, and the rest.
const REGIONS: [(&str, Text); 11] = [
    ("Africa", text::QUIET_REGION_AFRICA),
    ("America", text::QUIET_REGION_AMERICA),
    ("Antarctica", text::QUIET_REGION_ANTARCTICA),
    ("Arctic", text::QUIET_REGION_ARCTIC),
    ("Asia", text::QUIET_REGION_ASIA),
    ("Atlantic", text::QUIET_REGION_ATLANTIC),
    ("Australia", text::QUIET_REGION_AUSTRALIA),
    ("Europe", text::QUIET_REGION_EUROPE),
    ("Indian", text::QUIET_REGION_INDIAN),
    ("Pacific", text::QUIET_REGION_PACIFIC),
    ("", text::QUIET_REGION_OTHER),
];

/// The region of a zone; empty for one that has none (`UTC`).
fn region_of(zone: &str) -> &str {
    let region = zone.split_once('/').map_or("", |(region, _)| region);
    let known = REGIONS.iter().any(|(known, _)| *known == region);
    if known { region } else { "" }
}

/// A zone within its region: "St Johns", "Argentina, Buenos Aires".
fn place(zone: &str) -> String {
    let place = zone.split_once('/').map_or(zone, |(_, place)| place);
    readable(place).replace('/', ", ")
}

fn group(name: Text, zones: Vec<(&str, String)>) -> View {
    let option = |(zone, words): (&str, String)| {
        view! { <option value=zone.to_owned()>{words}</option> }
    };
    view! {
        <optgroup label=t(name)>{zones.into_iter().map(option).collect::<Vec<_>>()}</optgroup>
    }
    .alone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_stands_in_its_region_by_its_place() {
        assert_eq!(region_of("America/St_Johns"), "America");
        assert_eq!(place("America/St_Johns"), "St Johns");
        let far = "America/Argentina/Buenos_Aires";
        assert_eq!(
            (region_of(far), place(far).as_str()),
            ("America", "Argentina, Buenos Aires")
        );
        assert_eq!((region_of("UTC"), place("UTC").as_str()), ("", "UTC"));
    }
}
