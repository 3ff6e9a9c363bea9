//! A file of the export saved by itself: read anew, and only when it is still as it was made.

use super::opening::{Opened, good_content};
use crate::announce::Announcer;
use crate::browser::task;
use crate::i18n::text;
use std::rc::Rc;

/// Saves the file at this path of the archive under this name.
pub fn save(announcer: Announcer, opened: &Rc<Opened>, path: &str, name: &str) {
    let opened = Rc::clone(opened);
    let (path, name) = (path.to_owned(), name.to_owned());
    task::run(async move {
        let file = opened.files.iter().find(|file| file.path == path);
        let content = match file {
            Some(file) => good_content(&opened.source, file, |_| {}).await.ok(),
            None => None,
        };
        match content {
            Some(content) => content.save(&name),
            None => announcer.show(text::export_not_saved(name)),
        }
    });
}
