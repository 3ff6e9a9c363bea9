//! What a file is called: the name that its sender gave, without what could lead somewhere or hide something.

/// The longest name, in bytes: what common file systems take.
const LONGEST: usize = 255;

/// What a file is called that has no name.
const NAMELESS: &str = "file";

/// The name without any path, without control and invisible direction characters, and no longer than a file system takes (its
/// extension is kept).
#[must_use]
pub fn clean(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or("");
    let visible: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect();
    // A name of dots is a place; Windows drops trailing dots and spaces.
    let trimmed = visible.trim().trim_end_matches(['.', ' ']);
    if trimmed.is_empty() {
        NAMELESS.to_owned()
    } else {
        shorten(trimmed)
    }
}

/// Characters that draw nothing and turn the reading direction: `invoice<U+202E>fdp.exe` reads as `invoiceexe.pdf`.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 && !stem.is_empty() => (stem, extension),
        _ => (name, ""),
    };
    let room = LONGEST
        - if extension.is_empty() {
            0
        } else {
            extension.len() + 1
        };
    let stem = &stem[..stem.floor_char_boundary(room)];
    if extension.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{extension}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_hides_nothing() {
        for (raw, expected) in [
            ("bill.pdf", "bill.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\bill.pdf", "bill.pdf"),
            ("..", "file"),
            ("", "file"),
            ("a/", "file"),
            ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"),
            ("nul\0byte.txt", "nulbyte.txt"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("bill.exe. . ", "bill.exe"),
            ("=cmd|' /C calc'!A0.csv", "C calc'!A0.csv"),
            ("=2+3.csv", "=2+3.csv"),
            ("فاتورة.pdf", "فاتورة.pdf"),
            ("👩‍👩‍👧.png", "👩‍👩‍👧.png"),
        ] {
            assert_eq!(clean(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = clean(&format!("{}.pdf", "ü".repeat(300)));
        assert!(name.len() <= LONGEST && name.ends_with("ü.pdf"), "{name}");
        assert!(clean(&"x".repeat(1000)).len() == LONGEST);
    }
}
