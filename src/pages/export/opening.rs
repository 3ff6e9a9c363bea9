//! Opening an export: its directory, its manifest, every file against its digest, and then its conversations.

use super::checking::{self, File, State, compare, hexadecimal, to_read};
use super::history::History;
use super::manifest::{self, Manifest, NoManifest};
use super::records::{Records, is_flat_enough};
use super::zip::{self, Crc32, Directory, Entry, Method, Refusal};
use crate::browser::bytes::{Content, Fault, Pace, Source};
use crate::browser::json;
use portal_contract::Json;

/// Where the conversations, their messages and their files stand in the archive.
const CONVERSATIONS: &str = "data/interactions.json";
const MESSAGES: &str = "data/messages.json";
const FILES: &str = "data/attachments.json";

/// How many bytes of a list are read at once.
const BLOCK: usize = 64 << 10;

/// Why it was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// It is no ZIP, or one that is refused.
    Archive(Refusal),
    /// It has no manifest, or none that can be read.
    Manifest(NoManifest),
    /// The device or the browser could not.
    Fault(Fault),
}

impl From<Refusal> for NotOpened {
    fn from(refusal: Refusal) -> Self {
        Self::Archive(refusal)
    }
}

impl From<Fault> for NotOpened {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// An export that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The file on the device.
    pub source: Source,
    /// What it says of itself.
    pub manifest: Manifest,
    /// What became of each of its files.
    pub files: Vec<File>,
    /// Its conversations; nothing where their file is not as it was made.
    pub history: Option<History>,
    /// Their messages, as their file has them.
    pub messages: Option<Content>,
    /// Whether the whole file is the one that was announced; nothing where none was.
    pub is_announced: Option<bool>,
}

/// How far it is, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What was read.
    pub done: u64,
    /// What is to be read; nothing while that is not known.
    pub of: u64,
}

/// Opens it. `announced` is the digest under which it was prepared, where somebody knows it.
pub async fn open(
    source: Source,
    announced: Option<String>,
    told: impl Fn(Progress),
) -> Result<Opened, NotOpened> {
    let entries = directory(&source).await?;
    let manifest = read_manifest(&source, &entries).await?;
    let mut files = compare(&manifest, entries);
    let is_announced = match announced {
        Some(digest) => Some(whole(&source).await? == Some(digest)),
        None => None,
    };
    let Checked {
        conversations,
        messages,
        attached,
    } = check(&source, &mut files, told).await?;
    let history = match conversations {
        Some(list) => read_history(&list, messages.as_ref(), attached.as_ref()).await,
        None => None,
    };
    Ok(Opened {
        source,
        manifest,
        files,
        history,
        messages,
        is_announced,
    })
}

async fn directory(source: &Source) -> Result<Vec<Entry>, NotOpened> {
    let size = source.size();
    let tail = source.read(size.saturating_sub(zip::TAIL)..size).await?;
    let directory = Directory::find(&tail, size)?;
    let bytes = source.read(directory.range.clone()).await?;
    Ok(directory.read(&bytes)?)
}

async fn read_manifest(source: &Source, entries: &[Entry]) -> Result<Manifest, NotOpened> {
    let broken = NotOpened::Manifest(NoManifest::Broken);
    let entry = entries.iter().find(|entry| entry.name == manifest::NAME);
    let entry = entry.ok_or(NotOpened::Manifest(NoManifest::NotAnExport))?;
    if entry.size > manifest::LARGEST {
        return Err(broken);
    }
    let content = match content(source, entry, |_| {}).await {
        Ok(content) => content,
        Err(Fault::Wrong) => return Err(broken),
        Err(fault) => return Err(fault.into()),
    };
    let bytes = content.read(0..content.size());
    let json = Some(bytes).filter(|bytes| is_flat_enough(bytes));
    let json = json.and_then(|bytes| json::parse(&String::from_utf8(bytes).ok()?));
    let manifest = Manifest::read(&json.ok_or(broken)?);
    manifest.map_err(NotOpened::Manifest)
}

/// The content of a file, as its checksum in the archive has it. `told` hears of each byte.
pub async fn content(source: &Source, entry: &Entry, told: impl Fn(u64)) -> Result<Content, Fault> {
    let head = source.read(entry.head()).await?;
    let range = entry.content(&head).ok_or(Fault::Wrong)?;
    let mut crc = Crc32::default();
    let each = |bytes: &[u8]| {
        crc.add(bytes);
        told(bytes.len() as u64);
    };
    let content = match entry.method {
        Method::Stored => source.copied(range, each).await?,
        Method::Deflated => source.unpacked(range, entry.size, each).await?,
    };
    if crc.value() == entry.crc32 {
        Ok(content)
    } else {
        Err(Fault::Wrong)
    }
}

/// The content of a file that is to be as its manifest says.
pub async fn good_content(
    source: &Source,
    file: &File,
    told: impl Fn(u64),
) -> Result<Content, Fault> {
    let (Some(entry), Some(listed)) = (&file.entry, &file.listed) else {
        return Err(Fault::Wrong);
    };
    let content = content(source, entry, told).await?;
    if hexadecimal(&content.sha256().await?) == listed.sha256 {
        Ok(content)
    } else {
        Err(Fault::Wrong)
    }
}

/// The digest of the file as a whole; nothing for one that is too large.
async fn whole(source: &Source) -> Result<Option<String>, Fault> {
    if source.size() > checking::LARGEST {
        return Ok(None);
    }
    let content = source.copied(0..source.size(), |_| {}).await?;
    Ok(Some(hexadecimal(&content.sha256().await?)))
}

/// What was checked and is read on.
#[derive(Default)]
struct Checked {
    conversations: Option<Content>,
    messages: Option<Content>,
    attached: Option<Content>,
}

async fn check(
    source: &Source,
    files: &mut [File],
    told: impl Fn(Progress),
) -> Result<Checked, NotOpened> {
    let of = to_read(files);
    let done = std::cell::Cell::new(0);
    let mut checked = Checked::default();
    told(Progress { done: 0, of });
    for file in files.iter_mut().filter(|file| file.state.is_none()) {
        let before = done.get();
        let more = |bytes| {
            done.set(done.get() + bytes);
            told(Progress {
                done: done.get(),
                of,
            });
        };
        let state = match good_content(source, file, more).await {
            Ok(content) => {
                match file.path.as_str() {
                    CONVERSATIONS => checked.conversations = Some(content),
                    MESSAGES => checked.messages = Some(content),
                    FILES => checked.attached = Some(content),
                    _ => {}
                }
                State::Good
            }
            Err(Fault::Wrong) => State::Changed,
            Err(Fault::TooMany) => State::TooLarge,
            Err(fault @ (Fault::Unreadable | Fault::OldBrowser)) => return Err(fault.into()),
        };
        file.state = Some(state);
        // One that was given up in its midst counts as read.
        done.set(before + file.entry.as_ref().map_or(0, |entry| entry.size));
    }
    Ok(checked)
}

async fn read_history(
    conversations: &Content,
    messages: Option<&Content>,
    files: Option<&Content>,
) -> Option<History> {
    let mut history = History::default();
    each_record(conversations, |json, _| history.add_conversation(json)).await?;
    if let Some(messages) = messages {
        each_record(messages, |json, at| history.add_message(json, at)).await?;
    }
    if let Some(files) = files {
        each_record(files, |json, _| history.add_file(json)).await?;
    }
    history.arrange();
    Some(history)
}

/// Gives every record of a list; nothing when it is none.
async fn each_record(
    list: &Content,
    mut each: impl FnMut(&Json, std::ops::Range<usize>),
) -> Option<()> {
    let mut records = Records::default();
    let mut pace = Pace::default();
    let mut at = 0;
    while at < list.size() {
        let to = (at + BLOCK).min(list.size());
        let read = records.push(&list.read(at..to), |record| {
            // What is no JSON within its brackets is a record that cannot be read, and is counted as one.
            each(
                &json::parse(record.text).unwrap_or(Json::Null),
                record.from..record.to,
            );
        });
        read.ok()?;
        at = to;
        pace.rest().await;
    }
    records.end().ok()
}
