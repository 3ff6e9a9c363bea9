//! What an attached file is called in the archive: its own name, made safe for every system that unpacks it.

use crate::store::attachments::name::clean;

/// The longest part of a name that is kept, in bytes: with the folder and the number it stays below what Windows takes.
const LONGEST: usize = 120;

/// `attachments/0001-invoice.pdf`: the number makes it unlike every other, also where large and small letters are the same.
#[must_use]
pub fn path(number: u64, file_name: &str) -> String {
    format!("attachments/{number:04}-{}", safe(file_name))
}

/// Letters and digits of every script, and of the signs those that no file system, shell or ZIP program takes for something else.
fn safe(file_name: &str) -> String {
    let cleaned = clean(file_name);
    let mut name: String = cleaned
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    while name.contains("..") {
        name = name.replace("..", ".");
    }
    shorten(&name)
}

fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let room = LONGEST - extension.len();
    format!("{}{extension}", &stem[..stem.floor_char_boundary(room)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere() {
        for (given, expected) in [
            ("invoice.pdf", "attachments/0007-invoice.pdf"),
            ("../../etc/passwd", "attachments/0007-passwd"),
            ("C:\\temp\\a.txt", "attachments/0007-a.txt"),
            ("", "attachments/0007-file"),
            ("..", "attachments/0007-file"),
            ("CON", "attachments/0007-CON"),
            ("a b&c$(x).txt", "attachments/0007-a_b_c__x_.txt"),
            ("a..b...c", "attachments/0007-a.b.c"),
            ("=1+2.csv", "attachments/0007-_1_2.csv"),
            ("فاتورة.pdf", "attachments/0007-فاتورة.pdf"),
            ("a\0b\r\n.txt", "attachments/0007-ab.txt"),
        ] {
            assert_eq!(path(7, given), expected, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = path(12_345, &format!("{}.pdf", "ü".repeat(400)));
        assert!(name.starts_with("attachments/12345-ü") && name.ends_with("ü.pdf"));
        assert!(name.len() <= "attachments/12345-".len() + LONGEST);
    }
}
