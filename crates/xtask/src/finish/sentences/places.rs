//! Where the sources use which sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::FIRST;

/// What one part of the sources says itself, and which widgets it shows.
#[derive(Default)]
struct Place {
    sentences: BTreeSet<String>,
    widgets: BTreeSet<String>,
}

/// The names of the sentences (`help_title` for `help.title`) that each part of the portal can come to say: each folder of
/// `pages/`, and `first` for all that is not in one.
pub fn used(src: &Path) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let exported = exported(&read(&src.join("widgets.rs"))?);
    let drawn = drawn(&read(&src.join("pages.rs"))?)?;
    let mut parts: BTreeMap<String, Place> = BTreeMap::new();
    let mut widgets: BTreeMap<String, Place> = BTreeMap::new();
    for path in files_below(src)? {
        let text = without_comments(&read(&path)?);
        let inside = path.strip_prefix(src).expect("it was found there");
        let place = match (part_of("pages", inside), part_of("widgets", inside)) {
            // What stands behind no door is drawn before anything else can be asked for.
            (Some(page), _) if drawn.values().any(|folder| *folder == page) => parts.entry(page),
            (_, Some(widget)) => widgets.entry(widget),
            _ => parts.entry(FIRST.to_owned()),
        }
        .or_default();
        place.sentences.extend(said(&text));
        for name in shown(&text) {
            let widget = exported.get(&name).cloned();
            place.widgets.insert(widget.unwrap_or(name));
        }
    }
    for widget in parts.values().flat_map(|part| &part.widgets) {
        ensure!(
            widgets.contains_key(widget),
            "no file of src/widgets has `{widget}`: see finish/sentences/places.rs"
        );
    }
    Ok(parts
        .into_iter()
        .map(|(part, place)| (part, with_widgets(place, &widgets)))
        .collect())
}

/// Which folder of `pages/` draws behind a door of another name: `quiet_hours` is in `preferences`.
pub fn folders(pages: &Path) -> Result<BTreeMap<String, String>> {
    let mut folders = drawn(&read(pages)?)?;
    folders.retain(|door, folder| door != folder);
    Ok(folders)
}

/// Which folder of `pages/` draws behind each door, of rows such as `QUIET_HOURS = quiet_hours, preferences::quiet_hours;`. Behind
/// the door to the changes nothing is drawn, and nothing said: it is in no row.
fn drawn(pages: &str) -> Result<BTreeMap<String, String>> {
    let (_, rows) = pages
        .split_once("\ndoors! {")
        .context("src/pages.rs has no `doors!`")?;
    let rows = rows.lines().filter_map(|row| row.split_once(" = "));
    rows.map(|(_, row)| {
        let (name, draws) = row.split_once(", ")?;
        let (folder, _) = draws.split_once("::")?;
        Some((name.to_owned(), folder.to_owned()))
    })
    .map(|row| row.context("a row of `doors!` in src/pages.rs is `DOOR = part, folder::function;`"))
    .collect()
}

/// What a part says itself, and what its widgets and theirs say.
fn with_widgets(place: Place, widgets: &BTreeMap<String, Place>) -> BTreeSet<String> {
    let mut said = place.sentences;
    let mut seen = BTreeSet::new();
    let mut next: Vec<String> = place.widgets.into_iter().collect();
    while let Some(name) = next.pop() {
        if let Some(widget) = widgets.get(&name)
            && seen.insert(name)
        {
            said.extend(widget.sentences.iter().cloned());
            next.extend(widget.widgets.iter().cloned());
        }
    }
    said
}

/// The first folder or file below `folder` that a file of the sources belongs to.
fn part_of(folder: &str, inside: &Path) -> Option<String> {
    let below = inside.strip_prefix(folder).ok()?;
    let first = Path::new(below.components().next()?.as_os_str());
    Some(first.file_stem()?.to_string_lossy().into_owned())
}

/// `text::SOME_KEY` and `text::some_key(…)`, by the name in small letters.
fn said(text: &str) -> Vec<String> {
    let mut said = Vec::new();
    for (at, mark) in text.match_indices("text::") {
        if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            said.push(name_at(&text[at + mark.len()..]).to_lowercase());
        }
    }
    said.retain(|name| !name.is_empty());
    said
}

/// What a file takes from the widgets.
fn shown(text: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for (at, mark) in text.match_indices("widgets::") {
        let rest = &text[at + mark.len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                let names = list.split(',').map(|name| name_at(name.trim()).to_owned());
                shown.extend(names.filter(|name| !name.is_empty()));
            }
            None => shown.push(name_at(rest).to_owned()),
        }
    }
    shown
}

/// Which file of the widgets each name comes from.
fn exported(widgets: &str) -> BTreeMap<String, String> {
    let mut exported = BTreeMap::new();
    for line in without_comments(widgets).split("pub use ").skip(1) {
        let line = line.split(';').next().unwrap_or_default();
        let file = name_at(line).to_owned();
        for name in line[file.len()..].split(['{', '}', ',', ':']) {
            let name = name_at(name.trim());
            if !name.is_empty() {
                exported.insert(name.to_owned(), file.clone());
            }
        }
    }
    exported
}

fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    &text[..end.unwrap_or(text.len())]
}

fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_where_they_are_used() {
        let source = "t(text::HELP_TITLE); t(text::help_more(name)); // text::NO\n  // text::NEVER\ncontext::this()";
        let said = said(&without_comments(source));
        assert_eq!(&said[..2], ["help_title", "help_more"]);
        assert!(!said.contains(&"never".to_owned()) && !said.contains(&"this".to_owned()));
    }

    #[test]
    fn a_door_leads_to_the_folder_that_draws_behind_it() {
        let pages = "mod preferences;\n\ndoors! {\n    QUIET_HOURS = quiet_hours, preferences::quiet_hours;\n}\n";
        let drawn = drawn(pages).expect("its rows are rows");
        assert_eq!(drawn["quiet_hours"], "preferences");
    }

    #[test]
    fn a_door_that_cannot_be_read_is_no_door_without_sentences() {
        assert!(drawn("mod preferences;\n").is_err());
        assert!(drawn("\ndoors! {\n    QUIET_HOURS = preferences::quiet_hours;\n}\n").is_err());
    }

    #[test]
    fn a_widget_is_found_behind_the_names_that_it_gives() {
        let exported = exported(
            "mod code_step;\npub use code_step::{CodeIds, CodeStep};\npub use fact::fact;",
        );
        assert_eq!(exported["CodeStep"], "code_step");
        assert_eq!(exported["fact"], "fact");
        let source =
            "use crate::widgets::{\n    CodeStep,\n    PageHead,\n};\nuse crate::widgets::fact;";
        assert_eq!(shown(source), ["CodeStep", "PageHead", "fact"]);
    }

    #[test]
    fn a_part_says_what_its_widgets_and_theirs_say() {
        let place = |sentences: &[&str], widgets: &[&str]| Place {
            sentences: sentences.iter().map(|it| (*it).to_owned()).collect(),
            widgets: widgets.iter().map(|it| (*it).to_owned()).collect(),
        };
        let widgets = [
            ("outer".to_owned(), place(&["b"], &["inner"])),
            ("inner".to_owned(), place(&["c"], &["outer"])),
        ];
        let said = with_widgets(place(&["a"], &["outer"]), &widgets.into());
        assert_eq!(said, ["a", "b", "c"].map(str::to_owned).into());
    }

    #[test]
    fn a_file_belongs_to_the_folder_of_its_screen() {
        let page = |path: &str| part_of("pages", Path::new(path));
        assert_eq!(page("pages/help.rs").as_deref(), Some("help"));
        assert_eq!(
            page("pages/preferences/less.rs").as_deref(),
            Some("preferences")
        );
        assert_eq!(page("pages.rs"), None);
    }
}
