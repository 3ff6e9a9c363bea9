//! What an address says of an export that is looked at. The export itself stands in none: whoever opens such an address on another
//! device is asked for the file.

use super::search::pairs;
use super::segment;
use portal_client::query;
use portal_contract::InteractionId;

/// Which part of an export is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InExport {
    /// The conversations in which these words stand.
    pub q: Option<String>,
    /// Those that began in this year.
    pub year: Option<String>,
    /// This one alone.
    pub interaction: Option<InteractionId>,
    /// The digest under which the file was prepared (SHA-256 in lower-case hexadecimal): a request that leads here knows it, and the
    /// file that is then opened is held against it.
    pub sha256: Option<String>,
}

impl InExport {
    pub(super) fn path(&self) -> String {
        let mut address = format!("/{}/{}", segment::DATA, segment::EXPORT);
        let parts = [
            (segment::SEARCH, self.q.as_deref()),
            (segment::YEAR, self.year.as_deref()),
            (
                segment::INTERACTION,
                self.interaction.as_ref().map(InteractionId::as_str),
            ),
            (segment::SHA256, self.sha256.as_deref()),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                query::add(&mut address, name, value);
            }
        }
        address
    }
}

/// What the query says.
#[must_use]
pub fn export_of(search: &str) -> InExport {
    let pairs = pairs(search);
    let value = |wanted: &str| {
        let (_, value) = pairs.iter().find(|(name, _)| name == wanted)?;
        Some(value.clone()).filter(|value| !value.is_empty())
    };
    InExport {
        q: value(segment::SEARCH),
        year: value(segment::YEAR),
        interaction: value(segment::INTERACTION).and_then(|id| id.parse().ok()),
        sha256: value(segment::SHA256),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_stands_in_the_address() {
        let place = InExport {
            q: Some("späte rechnung & mehr".into()),
            year: Some("2024".into()),
            interaction: "int_1".parse().ok(),
            sha256: Some("0f".repeat(32)),
        };
        let address = place.path();
        let (path, search) = address.split_once('?').expect("it has a query");
        assert_eq!(path, "/data/export");
        assert_eq!(export_of(search), place);
        assert_eq!(InExport::default().path(), "/data/export");
        assert_eq!(export_of("?q=&interaction=%20"), InExport::default());
    }
}
