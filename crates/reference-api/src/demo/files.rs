//! Files for the demonstration, made on the spot: a picture of a meter (PNG), a document (PDF), a text.

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::fmt::Write as _;
use std::io::Write as _;

/// The content of a file with this name that says `lines`.
pub(super) fn make(name: &str, lines: &[String]) -> Vec<u8> {
    match name.rsplit('.').next() {
        Some("png") => meter_picture(lines.first().map_or("", String::as_str)),
        Some("pdf") => document(lines),
        _ => (lines.join("\n") + "\n").into_bytes(),
    }
}

/// The digits of a counter, five by seven dots each, the topmost row first.
const DIGITS: [[u8; 7]; 10] = [
    [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e],
    [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e],
    [0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f],
    [0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e],
    [0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02],
    [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e],
    [0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e],
    [0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08],
    [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e],
    [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c],
];
const DOT: usize = 6;
const CELL: usize = 8 * DOT;
const MARGIN: usize = 40;
const HEIGHT: usize = 2 * MARGIN + 11 * DOT;

/// A picture of a meter's counter: white digits in black windows on a grey plate.
fn meter_picture(digits: &str) -> Vec<u8> {
    let digits: Vec<usize> = digits
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|d| usize::from(d - b'0'))
        .collect();
    let width = 2 * MARGIN + digits.len().max(1) * CELL;
    let mut rows = Vec::with_capacity(HEIGHT * (width + 1));
    for y in 0..HEIGHT {
        rows.push(0);
        rows.extend((0..width).map(|x| grey(&digits, x, y, width)));
    }
    let mut header = Vec::new();
    header.extend(u32::try_from(width).unwrap_or(0).to_be_bytes());
    header.extend(u32::try_from(HEIGHT).unwrap_or(0).to_be_bytes());
    // Eight bits of grey.
    header.extend([8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &deflate(&rows));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn grey(digits: &[usize], x: usize, y: usize, width: usize) -> u8 {
    let plate = u8::try_from(200 - (y * 40 / HEIGHT)).unwrap_or(200);
    let inside = (MARGIN..width - MARGIN).contains(&x) && (MARGIN..HEIGHT - MARGIN).contains(&y);
    if !inside {
        return plate;
    }
    let (x, y) = (x - MARGIN, y - MARGIN);
    let (column, row) = ((x % CELL) / DOT, y / DOT);
    let window = (0..7).contains(&column) && (1..10).contains(&row);
    let lit = |digit: &usize| {
        (1..6).contains(&column)
            && (2..9).contains(&row)
            && DIGITS[*digit][row - 2] >> (5 - column) & 1 == 1
    };
    match (window, digits.get(x / CELL).is_some_and(lit)) {
        (_, true) => 245,
        (true, false) => 25,
        (false, false) => 90,
    }
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    png.extend(kind);
    png.extend(data);
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    png.extend(crc.sum().to_be_bytes());
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(data)
        .and_then(|()| encoder.finish())
        .expect("writing into memory cannot fail")
}

/// A one-page PDF (ISO 32000) in a font that every reader has.
fn document(lines: &[String]) -> Vec<u8> {
    let mut content = String::from("BT /F1 12 Tf 60 780 Td 18 TL\n");
    for line in lines {
        let _ = writeln!(content, "({}) Tj T*", pdf_text(line));
    }
    content.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        let _ = write!(pdf, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(pdf, "{place:010} 00000 n ");
    }
    let _ = write!(
        pdf,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    pdf.into_bytes()
}

/// Text within a PDF's parentheses; the letters of Western Europe as octal codes.
fn pdf_text(line: &str) -> String {
    let mut text = String::new();
    for character in line.chars() {
        match character {
            '(' | ')' | '\\' => text.extend(['\\', character]),
            ' '..='~' => text.push(character),
            '\u{a0}'..='\u{ff}' => {
                let _ = write!(text, "\\{:03o}", u32::from(character));
            }
            _ => text.push('?'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_and_the_document_are_what_they_say() {
        let png = make("a.png", &["18342".into()]);
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.ends_with(b"IEND\xaeB`\x82"));
        let pdf = make("a.pdf", &["Größe (1)".into()]);
        assert!(pdf.starts_with(b"%PDF-1.4") && pdf.ends_with(b"%%EOF\n"));
    }
}
