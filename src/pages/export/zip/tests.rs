//! Archives as they should be, and as somebody who means ill builds them.

use super::*;

/// An archive that is being built byte by byte, so that each byte can be wrong.
#[derive(Default)]
struct Builder {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

/// What an entry says of itself.
#[derive(Clone, Copy)]
struct Said {
    flags: u16,
    method: u16,
    disk: u16,
    at: Option<u32>,
    size: Option<u32>,
    packed: Option<u32>,
}

const USUAL: Said = Said {
    flags: NAME_IS_UTF8,
    method: 0,
    disk: 0,
    at: None,
    size: None,
    packed: None,
};

impl Builder {
    fn add(mut self, name: &[u8], content: &[u8], said: Said, extra: &[u8]) -> Self {
        let at = u32::try_from(self.bytes.len()).unwrap();
        let length = u32::try_from(content.len()).unwrap();
        let mut crc = Crc32::default();
        crc.add(content);
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let extra_length = u16::try_from(extra.len()).unwrap().to_le_bytes();
        let shared = [
            &said.flags.to_le_bytes()[..],
            &said.method.to_le_bytes(),
            &[0; 4],
            &crc.value().to_le_bytes(),
            &said.packed.unwrap_or(length).to_le_bytes(),
            &said.size.unwrap_or(length).to_le_bytes(),
            &name_length,
        ]
        .concat();
        let local = [
            &SIGN_LOCAL.to_le_bytes()[..],
            &[20, 0],
            &shared,
            &[0, 0],
            name,
            content,
        ];
        self.bytes.extend(local.concat());
        let listed = [
            &SIGN_ENTRY.to_le_bytes()[..],
            &[20, 0, 20, 0],
            &shared,
            &extra_length,
            &[0, 0],
            &said.disk.to_le_bytes(),
            &[0; 6],
            &said.at.unwrap_or(at).to_le_bytes(),
            name,
            extra,
        ];
        self.directory.extend(listed.concat());
        self.entries += 1;
        self
    }

    fn file(self, name: &str, content: &[u8]) -> Self {
        self.add(name.as_bytes(), content, USUAL, &[])
    }

    fn said(self, name: &str, said: Said) -> Self {
        self.add(name.as_bytes(), b"content", said, &[])
    }

    fn end(self) -> Vec<u8> {
        let from = u32::try_from(self.bytes.len()).unwrap();
        let size = u32::try_from(self.directory.len()).unwrap();
        [
            &self.bytes[..],
            &self.directory,
            &end_record(self.entries, size, from, &[]),
        ]
        .concat()
    }

    fn end_large(self) -> Vec<u8> {
        let (from, size) = (self.bytes.len() as u64, self.directory.len() as u64);
        let record_at = from + size;
        let entries = u64::from(self.entries).to_le_bytes();
        let record = [
            &SIGN_END64.to_le_bytes()[..],
            &44u64.to_le_bytes(),
            &[45, 0, 45, 0],
            &[0; 8],
            &entries,
            &entries,
            &size.to_le_bytes(),
            &from.to_le_bytes(),
        ];
        let locator = [
            &SIGN_LOCATOR.to_le_bytes()[..],
            &[0; 4],
            &record_at.to_le_bytes(),
            &1u32.to_le_bytes(),
        ];
        let end = end_record(u16::MAX, u32::MAX, u32::MAX, &[]);
        [
            &self.bytes[..],
            &self.directory,
            &record.concat(),
            &locator.concat(),
            &end,
        ]
        .concat()
    }
}

fn end_record(entries: u16, size: u32, from: u32, comment: &[u8]) -> Vec<u8> {
    let comment_length = u16::try_from(comment.len()).unwrap();
    [
        &SIGN_END.to_le_bytes()[..],
        &[0; 4],
        &entries.to_le_bytes(),
        &entries.to_le_bytes(),
        &size.to_le_bytes(),
        &from.to_le_bytes(),
        &comment_length.to_le_bytes(),
        comment,
    ]
    .concat()
}

fn open(archive: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let size = archive.len() as u64;
    let tail = &archive[archive.len().saturating_sub(usize::try_from(TAIL).unwrap())..];
    let directory = Directory::find(tail, size)?;
    let (from, to) = (directory.range.start, directory.range.end);
    directory.read(slice(archive, from..to))
}

fn slice(archive: &[u8], range: Range<u64>) -> &[u8] {
    &archive[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()]
}

fn content(archive: &[u8], entry: &Entry) -> Option<Vec<u8>> {
    let range = entry.content(slice(archive, entry.head()))?;
    Some(slice(archive, range).to_vec())
}

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

fn two() -> Builder {
    Builder::default()
        .file("manifest.json", b"{}")
        .file("attachments/ä.txt", b"words")
}

#[test]
fn an_archive_is_read() {
    let archive = two().end();
    let entries = open(&archive).unwrap();
    assert_eq!(names(&entries), ["manifest.json", "attachments/ä.txt"]);
    assert_eq!(content(&archive, &entries[1]).unwrap(), b"words");
    assert_eq!(open(&Builder::default().end()), Ok(vec![]));
}

#[test]
fn numbers_of_64_bits_are_read() {
    let wide = Said {
        at: Some(ELSEWHERE),
        size: Some(ELSEWHERE),
        packed: Some(ELSEWHERE),
        ..USUAL
    };
    let field = [
        &[7, 0, 2, 0, 9, 9][..],
        &ZIP64_FIELD.to_le_bytes(),
        &24u16.to_le_bytes(),
        &5u64.to_le_bytes(),
        &5u64.to_le_bytes(),
        &0u64.to_le_bytes(),
    ]
    .concat();
    let archive = Builder::default()
        .add(b"a", b"words", wide, &field)
        .end_large();
    let entries = open(&archive).unwrap();
    assert_eq!(
        (entries[0].size, entries[0].packed, entries[0].at),
        (5, 5, 0)
    );
    assert_eq!(content(&archive, &entries[0]).unwrap(), b"words");
    // The same without the field that the numbers stand in.
    let archive = Builder::default().add(b"a", b"words", wide, &[]).end();
    assert_eq!(open(&archive), Err(Refusal::BrokenDirectory));
}

#[test]
fn an_archive_that_is_cut_anywhere_is_refused() {
    let archive = two().end();
    for length in 0..archive.len() {
        let cut = open(&archive[..length]);
        assert!(matches!(cut, Err(Refusal::NoEnd)), "{length}: {cut:?}");
    }
    let archive = two().end_large();
    for length in 0..archive.len() {
        assert!(open(&archive[..length]).is_err(), "{length}");
    }
}

#[test]
fn no_changed_byte_of_an_end_leads_astray() {
    for archive in [two().end(), two().end_large()] {
        let good = open(&archive).unwrap();
        for at in 0..archive.len() {
            for bit in 0..8 {
                let mut changed = archive.clone();
                changed[at] ^= 1 << bit;
                // Whatever it then says, nothing panics, and no content is outside the archive.
                for entry in open(&changed).unwrap_or_default() {
                    assert!(entry.until <= archive.len() as u64);
                    let _ = content(&changed, &entry);
                }
            }
        }
        assert_eq!(good.len(), 2);
    }
}

#[test]
fn what_stands_before_or_between_is_refused() {
    let before = [&b"MZ"[..], &two().end()].concat();
    assert_eq!(open(&before), Err(Refusal::BrokenDirectory));
    let after = [&two().end()[..], b"more"].concat();
    assert_eq!(open(&after), Err(Refusal::NoEnd));
}

#[test]
fn a_comment_that_looks_like_an_end_is_a_comment() {
    let Builder {
        bytes,
        directory,
        entries,
    } = two();
    let (from, size) = (bytes.len() as u32, directory.len() as u32);
    // An end within the comment, which says that there is nothing.
    let comment = end_record(0, 0, 0, b"x");
    let archive = [
        &bytes[..],
        &directory,
        &end_record(entries, size, from, &comment),
    ]
    .concat();
    // The last end whose comment reaches to the end of the file is the one within: and it does not stand behind a directory.
    assert_eq!(open(&archive), Err(Refusal::BrokenDirectory));
}

#[test]
fn a_name_that_leads_out_is_refused() {
    for name in [
        "../../home/.profile",
        "/etc/passwd",
        "a/../../b",
        "C:\\a",
        "a\0.txt",
    ] {
        let refusal = Refusal::UnsafeName(name.into());
        assert_eq!(
            open(&Builder::default().file(name, b"").end()),
            Err(refusal)
        );
    }
    let archive = Builder::default().add(b"\xff\xfe", b"", USUAL, &[]).end();
    assert!(matches!(open(&archive), Err(Refusal::UnsafeName(_))));
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let archive = two().file("manifest.json", b"{\"other\":1}").end();
    assert_eq!(open(&archive), Err(Refusal::Twice("manifest.json".into())));
}

#[test]
fn entries_that_share_bytes_are_refused() {
    let whole = Said {
        at: Some(0),
        ..USUAL
    };
    let archive = two().said("again", whole).end();
    assert!(matches!(open(&archive), Err(Refusal::Overlap(_))));
    // One that reaches into the directory, and one that says it is longer than everything.
    for packed in [200, u32::MAX - 1] {
        let long = Said {
            packed: Some(packed),
            size: Some(packed),
            ..USUAL
        };
        let archive = Builder::default().said("a", long).end();
        assert_eq!(open(&archive), Err(Refusal::Overlap("a".into())));
    }
}

#[test]
fn what_exports_never_are_is_refused() {
    let foreign = [
        Said {
            flags: NAME_IS_UTF8 | 1,
            ..USUAL
        },
        Said {
            method: 12,
            ..USUAL
        },
        Said { disk: 1, ..USUAL },
        // Stored, and yet of another size than it takes.
        Said {
            size: Some(1 << 30),
            ..USUAL
        },
    ];
    for said in foreign {
        let archive = Builder::default().said("a", said).end();
        assert_eq!(open(&archive), Err(Refusal::Foreign("a".into())));
    }
    let folder = Builder::default().file("folder/", b"content").end();
    assert_eq!(open(&folder), Err(Refusal::Foreign("folder/".into())));
    let folder = Builder::default().file("folder/", b"").end();
    assert_eq!(open(&folder), Ok(vec![]));
}

#[test]
fn more_than_any_export_has_is_refused_unread() {
    let many = 1u64 << 40;
    let record = [
        &SIGN_END64.to_le_bytes()[..],
        &44u64.to_le_bytes(),
        &[45, 0, 45, 0],
        &[0; 8],
        &many.to_le_bytes(),
        &many.to_le_bytes(),
        &0u64.to_le_bytes(),
        &0u64.to_le_bytes(),
    ]
    .concat();
    let locator = [
        &SIGN_LOCATOR.to_le_bytes()[..],
        &[0; 4],
        &0u64.to_le_bytes(),
        &1u32.to_le_bytes(),
    ]
    .concat();
    let archive = [
        &record[..],
        &locator,
        &end_record(u16::MAX, u32::MAX, u32::MAX, &[]),
    ]
    .concat();
    assert_eq!(open(&archive), Err(Refusal::TooLarge));
}

#[test]
fn a_local_header_that_tells_another_story_has_no_content() {
    let archive = two().end();
    let entry = open(&archive).unwrap().remove(0);
    let head = slice(&archive, entry.head());
    for (at, why) in [
        (0, "sign"),
        (6, "encrypted"),
        (8, "method"),
        (26, "length of the name"),
        (30, "name"),
    ] {
        let mut changed = head.to_vec();
        changed[at] ^= 1;
        assert_eq!(entry.content(&changed), None, "{why}");
    }
    // An extra field so long that the content would lie in the next entry.
    let mut changed = head.to_vec();
    changed[28] = 200;
    assert_eq!(entry.content(&changed), None);
    assert_eq!(entry.content(&head[..20]), None);
}

#[test]
fn sizes_that_add_up_beyond_all_numbers_make_no_empty_folder() {
    let wide = Said {
        size: Some(ELSEWHERE),
        packed: Some(ELSEWHERE),
        ..USUAL
    };
    let field = [
        &ZIP64_FIELD.to_le_bytes()[..],
        &16u16.to_le_bytes(),
        &u64::MAX.to_le_bytes(),
        &1u64.to_le_bytes(),
    ]
    .concat();
    let archive = Builder::default()
        .add(b"folder/", b"", wide, &field)
        .end_large();
    assert_eq!(open(&archive), Err(Refusal::Foreign("folder/".into())));
}
