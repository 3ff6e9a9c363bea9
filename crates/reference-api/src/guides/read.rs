//! The company's guides, read from their files.

use super::check::{Names, parse};
use super::fault::{Fault, Faults, Reason};
use super::guide::Guide;
use portal_contract::GuideId;
use portal_contract::page::MAX_LIMIT;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The company's guides, in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Guides {
    files: Vec<File>,
}

/// A guide and where it stands. The text stays: it is kept with its version, and looked at again once the topics are known.
#[derive(Clone, Debug)]
struct File {
    name: String,
    text: String,
    guide: Arc<Guide>,
}

/// The files of guides in a folder, in the order of their names; never none.
///
/// # Errors
/// When the folder cannot be read, or has none.
pub fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Faults> {
    let refused = |reason| {
        Faults(vec![Fault {
            file: folder.display().to_string(),
            node: None,
            reason,
        }])
    };
    let unreadable = |error: std::io::Error| refused(Reason::Unreadable(error.to_string()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(refused(Reason::NoGuide));
    }
    Ok(files)
}

impl Guides {
    /// Reads every guide of a folder: each file whose name ends in `.toml`, in the order of their names.
    ///
    /// # Errors
    /// With every fault of every file.
    pub fn read(folder: &Path, names: &Names) -> Result<Self, Faults> {
        let files = files_of(folder)?;
        Self::of_files(&files, names)
    }

    /// Reads the guides of these files.
    ///
    /// # Errors
    /// With every fault of every file.
    pub fn of_files(files: &[PathBuf], names: &Names) -> Result<Self, Faults> {
        let (mut texts, mut faults) = (Vec::new(), Vec::new());
        for path in files {
            let name = path.display().to_string();
            match std::fs::read_to_string(path) {
                Ok(text) => texts.push((name, text)),
                Err(error) => faults.push(Fault {
                    file: name,
                    node: None,
                    reason: Reason::Unreadable(error.to_string()),
                }),
            }
        }
        Self::of_texts(texts, names, faults)
    }

    /// Reads guides that are in memory, each with the name of its file.
    ///
    /// # Errors
    /// With every fault of every text.
    pub fn parse<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
        names: &Names,
    ) -> Result<Self, Faults> {
        let owned = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
        Self::of_texts(texts.into_iter().map(owned).collect(), names, Vec::new())
    }

    fn of_texts(
        texts: Vec<(String, String)>,
        names: &Names,
        mut faults: Vec<Fault>,
    ) -> Result<Self, Faults> {
        let most = usize::try_from(MAX_LIMIT).unwrap_or(usize::MAX);
        if let Some((name, _)) = texts.get(most) {
            faults.push(Fault {
                file: name.clone(),
                node: None,
                reason: Reason::TooMany {
                    what: "guides before it",
                    found: texts.len(),
                    most,
                },
            });
        }
        let mut files: Vec<File> = Vec::new();
        let mut known: HashMap<GuideId, String> = HashMap::new();
        for (name, text) in texts {
            let guide = match parse(&name, &text, names) {
                Ok(guide) => Arc::new(guide),
                Err(found) => {
                    faults.extend(found);
                    continue;
                }
            };
            if let Some(other) = known.insert(guide.id.clone(), name.clone()) {
                faults.push(Fault {
                    file: name.clone(),
                    node: None,
                    reason: Reason::SameGuide {
                        id: guide.id.to_string(),
                        other,
                    },
                });
            }
            files.push(File { name, text, guide });
        }
        if faults.is_empty() {
            Ok(Self { files })
        } else {
            Err(Faults(faults))
        }
    }

    /// Looks at every guide again, now that it is known what they may name.
    ///
    /// # Errors
    /// With every fault.
    pub fn check(&self, names: &Names) -> Result<(), Faults> {
        let texts = self
            .files
            .iter()
            .map(|file| (file.name.as_str(), file.text.as_str()));
        Self::parse(texts, names).map(drop)
    }

    /// The guides, in order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Guide>> {
        self.files.iter().map(|file| &file.guide)
    }

    /// Each guide with the text that it was read from.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Guide, &str)> {
        self.files
            .iter()
            .map(|file| (&*file.guide, file.text.as_str()))
    }

    /// The guide of this name.
    #[must_use]
    pub fn find(&self, id: &GuideId) -> Option<&Arc<Guide>> {
        self.all().find(|guide| guide.id == *id)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
