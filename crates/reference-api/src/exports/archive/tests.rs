use super::*;
use std::io::{Cursor, Read};

fn file(path: &str, media_type: &'static str) -> NewFile<'static> {
    NewFile {
        path: path.to_owned(),
        media_type,
        ..NewFile::default()
    }
}

#[test]
fn what_is_written_is_read_again_and_summed() {
    let mut archive = Archive::new(
        Cursor::new(Vec::new()),
        Moment::from_millis(1_772_600_767_000),
    );
    archive
        .begin(file("data/a.json", "application/json"))
        .unwrap();
    archive.write_all(b"[\n").unwrap();
    archive.write_all(b"]\n").unwrap();
    archive.end(Some(0)).unwrap();
    archive
        .begin(file("attachments/0001-é.png", "image/png"))
        .unwrap();
    archive.write_all(b"picture").unwrap();
    archive.end(None).unwrap();
    let listed = archive.files().to_vec();
    let bytes = archive.finish(b"{}").unwrap().into_inner();

    assert_eq!(listed[0].sha256, hex(&Sha256::digest(b"[\n]\n")));
    assert_eq!((listed[0].size, listed[0].records), (4, Some(0)));
    let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = read
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    assert_eq!(names, ["data/a.json", "attachments/0001-é.png", MANIFEST]);
    let mut text = String::new();
    let mut entry = read.by_name("attachments/0001-é.png").unwrap();
    assert_eq!(
        entry.compression(),
        CompressionMethod::Stored,
        "a picture is small already"
    );
    entry.read_to_string(&mut text).unwrap();
    assert_eq!(text, "picture");
    let at = entry.last_modified().unwrap();
    assert_eq!(
        (at.year(), at.month(), at.day(), at.hour()),
        (2026, 3, 4, 5)
    );
}

#[test]
fn nothing_is_written_between_two_files() {
    let mut archive = Archive::new(Cursor::new(Vec::new()), Moment::from_millis(0));
    assert!(archive.write_all(b"lost").is_err());
}

#[test]
fn a_moment_that_a_zip_cannot_say_is_its_first() {
    assert_eq!(moment(Moment::from_millis(0)), DateTime::default());
}

#[test]
fn what_comes_in_pieces_of_any_size_is_the_same_file() {
    let mut archive = Archive::new(Cursor::new(Vec::new()), Moment::from_millis(0));
    archive.begin(file("data/a.txt", "text/plain")).unwrap();
    let mut whole = Vec::new();
    for length in [1, 7, PIECE - 8, PIECE, 0, PIECE + 1, 3 * PIECE, 5] {
        let piece = vec![b'a' + u8::try_from(whole.len() % 26).unwrap(); length];
        archive.write_all(&piece).unwrap();
        whole.extend(piece);
    }
    archive.end(None).unwrap();
    let listed = archive.files()[0].clone();
    let bytes = archive.finish(b"{}").unwrap().into_inner();
    assert_eq!(listed.size, whole.len() as u64);
    assert_eq!(listed.sha256, hex(&Sha256::digest(&whole)));
    let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    let mut entry = read.by_name("data/a.txt").unwrap();
    entry.read_to_end(&mut found).unwrap();
    assert!(found == whole);
}
