//! How long a browser keeps what it got.

/// Folders that hold files alone: what is missing in them is missing, and no screen.
pub const FOLDERS: [&str; 2] = ["assets", "locales"];

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// A name that holds its content's digest: whoever has it never needs to ask again.
    Forever,
    /// The address names the content, the file does not: a company's own may take its place without a build.
    Week,
    /// Kept, and asked about each time.
    Ask,
    /// Not at all: what is missing may be there after the next deploy.
    Never,
}

impl Keeping {
    /// What the header `Cache-Control` says (RFC 9111).
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Week => "public, max-age=604800",
            Self::Ask => "no-cache",
            Self::Never => "no-store",
        }
    }

    /// How long a file is kept that was asked for by this name (from the portal's folder, without a slash before it), with this
    /// query.
    #[must_use]
    pub fn of(name: &str, query: Option<&str>) -> Self {
        if is_hashed(name) {
            Self::Forever
        } else if is_picture(name) && query.is_some_and(is_version) {
            Self::Week
        } else {
            Self::Ask
        }
    }
}

/// Whether the name holds a digest of the content: the build writes `assets/name-<digest>.ext`, and puts nothing else there.
#[must_use]
pub fn is_hashed(name: &str) -> bool {
    let stem = name
        .strip_prefix("assets/")
        .and_then(|file| file.split('.').next());
    let digest = stem.and_then(|stem| stem.split_once('-'));
    digest.is_some_and(|(_, digest)| {
        digest.len() >= 16
            && digest
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// Whether it is a drawing.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    name.ends_with(".svg")
}

/// Whether a query names what the file has in it: `icons.svg?0123abcd`.
fn is_version(query: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    query.len() == 8 && query.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_by_its_content_is_kept_and_all_else_is_asked_for() {
        for (name, query, keeping) in [
            ("assets/main-0123456789abcdef.css", None, Keeping::Forever),
            ("assets/part-Ab0-cD-012345678.wasm", None, Keeping::Forever),
            ("assets/screen-Ab0-cD-012345678.bin", None, Keeping::Forever),
            (
                "assets/en-first-0123456789abcdef.json",
                None,
                Keeping::Forever,
            ),
            ("assets/side-panel.css", None, Keeping::Ask),
            ("main-0123456789abcdef.css", None, Keeping::Ask),
            ("icons.svg", Some("0123abcd"), Keeping::Week),
            ("icons.svg", Some("v=1"), Keeping::Ask),
            ("config.json", Some("0123abcd"), Keeping::Ask),
            ("index.html", None, Keeping::Ask),
        ] {
            assert_eq!(Keeping::of(name, query), keeping, "{name}");
        }
    }
}
