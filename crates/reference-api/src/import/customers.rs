//! Whose a row is. Where the file names nobody, rows that agree in some columns become one customer with a name that is
//! made up, always the same for the same group.

use super::map::plan::Binder;
use super::map::template::Template;
use super::map::{CustomerMap, MapError};
use super::slug::slug;
use crate::store::customers::NewCustomer;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How a row names its customer.
pub struct CustomerPlan {
    group_by: Vec<Template>,
    address: Template,
    name: Option<Template>,
    locale: Option<String>,
    time_zone: Option<String>,
    max_per_customer: Option<u64>,
    /// How many rows each group had so far; kept only where groups are split.
    seen: HashMap<[u8; 16], u64>,
}

impl CustomerPlan {
    pub(super) fn new(map: &CustomerMap, bind: &Binder<'_>) -> Result<Self, MapError> {
        if map.group_by.is_empty() {
            return Err(MapError::new(
                "customer.group_by",
                "needs at least one column that tells customers apart",
            ));
        }
        if map.max_per_customer == Some(0) {
            return Err(MapError::new(
                "customer.max_per_customer",
                "must be at least 1",
            ));
        }
        if let Some(zone) = &map.time_zone
            && jiff::tz::TimeZone::get(zone).is_err()
        {
            return Err(MapError::new(
                "customer.time_zone",
                format!(
                    "{zone:?} is no time zone; expected an IANA name such as \"Europe/Berlin\""
                ),
            ));
        }
        let group_by = map
            .group_by
            .iter()
            .enumerate()
            .map(|(index, column)| {
                bind.text(
                    &format!("customer.group_by[{index}]"),
                    &format!("{{{column}}}"),
                )
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            group_by,
            address: bind.text("customer.address", &map.address)?,
            name: bind.maybe("customer.name", map.name.as_ref())?,
            locale: map.locale.clone(),
            time_zone: map.time_zone.clone(),
            max_per_customer: map.max_per_customer,
            seen: HashMap::new(),
        })
    }

    /// The customer of a row. The rows of a file have to come in the same order to give the same customers where groups are
    /// split.
    pub(super) fn read(&mut self, row: &[String]) -> Result<NewCustomer, String> {
        let part = self.part_of_group(row);
        let address = self.address(row, part)?;
        let name = self
            .name
            .as_ref()
            .and_then(|name| name.fill_if_any(row))
            .map(|name| name.trim().to_owned());
        Ok(NewCustomer {
            display_name: name.unwrap_or_else(|| made_up_name(&address)),
            addresses: vec![address],
            locale: self.locale.clone(),
            time_zone: self.time_zone.clone(),
            ..NewCustomer::default()
        })
    }

    /// Which customer of the group a row goes to, from 0.
    fn part_of_group(&mut self, row: &[String]) -> u64 {
        let Some(most) = self.max_per_customer else {
            return 0;
        };
        let mut hash = Sha256::new();
        for template in &self.group_by {
            hash.update(template.fill(row).trim().as_bytes());
            hash.update([0]);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hash.finalize()[..16]);
        let seen = self.seen.entry(key).or_insert(0);
        let part = *seen / most;
        *seen += 1;
        part
    }

    fn address(&self, row: &[String], part: u64) -> Result<String, String> {
        let address = if self.address.is_bare_column() {
            self.address.fill(row).trim().to_owned()
        } else {
            tidy(&self.address.fill_with(row, |value| slug(value, '-')))
        };
        let Some((mailbox, domain)) = address.split_once('@') else {
            return Err(format!("customer.address: {address:?} is no email address"));
        };
        let wrong =
            |text: &str| text.is_empty() || text.contains(|c: char| c.is_whitespace() || c == '@');
        if wrong(mailbox) || wrong(domain) {
            return Err(format!("customer.address: {address:?} is no email address"));
        }
        Ok(match part {
            0 => address,
            _ => format!("{mailbox}-{}@{domain}", part + 1),
        })
    }
}

/// Without the dashes that empty columns leave: `customer-33009-@` becomes `customer-33009@`.
fn tidy(address: &str) -> String {
    let mut tidy = address.to_owned();
    while tidy.contains("--") {
        tidy = tidy.replace("--", "-");
    }
    tidy.replace("-@", "@")
}

/// Given names and family names that go together in any pairing and belong to nobody in particular.
const GIVEN: [&str; 24] = [
    "Alex", "Ariel", "Bo", "Casey", "Dana", "Devon", "Emery", "Finley", "Frances", "Gray", "Jamie",
    "Jordan", "Kai", "Kim", "Lee", "Morgan", "Noor", "Quinn", "Reese", "Robin", "Sam", "Skyler",
    "Taylor", "Wren",
];
const FAMILY: [&str; 24] = [
    "Alder",
    "Ashdown",
    "Beechwood",
    "Brook",
    "Cedar",
    "Clearwater",
    "Dale",
    "Elmsworth",
    "Fernley",
    "Greenhill",
    "Hazel",
    "Hollis",
    "Lakeland",
    "Larch",
    "Meadows",
    "Millbrook",
    "Oakley",
    "Pinewood",
    "Rowan",
    "Sandridge",
    "Stonefield",
    "Thornbury",
    "Westbrook",
    "Willow",
];

/// A name for nobody, always the same for the same address.
fn made_up_name(address: &str) -> String {
    let hash = Sha256::digest(address.as_bytes());
    let pick = |byte: u8, names: &[&'static str]| names[usize::from(byte) % names.len()];
    format!("{} {}", pick(hash[0], &GIVEN), pick(hash[1], &FAMILY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_column_leaves_no_dash() {
        assert_eq!(
            tidy("customer-33009-@example.com"),
            "customer-33009@example.com"
        );
        assert_eq!(tidy("customer--fl@example.com"), "customer-fl@example.com");
    }

    #[test]
    fn a_made_up_name_is_always_the_same() {
        let name = made_up_name("customer-33009-fl@example.com");
        assert_eq!(name, made_up_name("customer-33009-fl@example.com"));
        assert!(name.contains(' '));
    }
}
