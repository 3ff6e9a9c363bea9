//! Names of files that lead nowhere but into the folder that they stand in, on every system.

/// The longest name, in bytes: what most file systems take for a whole path.
const LONGEST: usize = 1024;

/// Whether a name is relative, has no step outwards and means the same everywhere.
pub fn is_safe(name: &str) -> bool {
    let foreign = |c: char| matches!(c, '\\' | ':') || c.is_control();
    let path = name.strip_suffix('/').unwrap_or(name);
    name.len() <= LONGEST
        && !name.contains(foreign)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_name_stays_in_its_folder() {
        for name in ["a", "attachments/1 – Rechnung.pdf", "..a/b..", "folder/"] {
            assert!(is_safe(name), "{name}");
        }
        for name in [
            "",
            "/",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a/./b",
            "a//b",
            "..",
            "C:/a",
            "a\\..\\b",
            "a\0b",
            "a\nb",
            "./a",
        ] {
            assert!(!is_safe(name), "{name:?}");
        }
        assert!(!is_safe(&"a".repeat(1025)));
    }
}
