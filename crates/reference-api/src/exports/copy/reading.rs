//! The pages for people: conversations with all that was said in them, every other set record by record.

use super::{ATTACHMENTS, Plan, Work, place};
use crate::exports::ExportError;
use crate::exports::archive::NewFile;
use crate::exports::page::{encoded, escape};
use crate::exports::row::Row;
use crate::exports::sets::{INTERACTIONS, MESSAGES};
use crate::exports::source::Reader;
use serde_json::Value;
use std::collections::HashMap;
use std::io::{self, Seek, Write};

/// How many conversations, and how many other records, one page holds: more is slow to open.
const CONVERSATIONS: u64 = 100;
const RECORDS: u64 = 500;

/// What the head of a conversation shows; the rest stands behind a press.
const HEAD: &[&str] = &[
    "reference",
    "channel",
    "direction",
    "status",
    "started_at",
    "ended_at",
];

/// The first page of each set that has one: set and path.
pub type Pages = Vec<(&'static str, String)>;

/// The files of a conversation by their ids: what they are called, and where they stand.
type Sent = HashMap<String, (String, Option<String>)>;

/// The pages of one set: each begun when it is needed, ended when it is full.
struct Sheaf<'a> {
    /// How their files are called, before the number.
    stem: &'a str,
    title: String,
    category: &'static str,
    most: u64,
    page: u64,
    on_page: u64,
}

impl Sheaf<'_> {
    fn path(&self, page: u64) -> String {
        format!("read/{}-{page}.html", self.stem)
    }

    /// Makes room for a record: on this page, or on a new one.
    fn turn<W: Write + Seek>(&mut self, work: &mut Work<'_, W>) -> Result<(), ExportError> {
        if self.page > 0 && self.on_page < self.most {
            self.on_page += 1;
            return Ok(());
        }
        if self.page > 0 {
            self.close(work, true)?;
        }
        self.page += 1;
        self.on_page = 1;
        work.archive.begin(NewFile {
            path: self.path(self.page),
            media_type: "text/html; charset=utf-8",
            category: Some(self.category),
            ..NewFile::default()
        })?;
        let manner = &work.about.manner;
        let title = match self.page {
            1 => self.title.clone(),
            page => format!("{} · {} {page}", self.title, manner.words.page("page")),
        };
        manner.begin(&mut work.archive, &title)?;
        manner.ways(&mut work.archive, self.before().as_deref(), None)?;
        Ok(())
    }

    fn close<W: Write + Seek>(
        &self,
        work: &mut Work<'_, W>,
        more: bool,
    ) -> Result<(), ExportError> {
        let next = more.then(|| self.beside(self.page + 1));
        let manner = &work.about.manner;
        manner.ways(&mut work.archive, self.before().as_deref(), next.as_deref())?;
        manner.end(&mut work.archive)?;
        work.archive.end(None)?;
        Ok(())
    }

    fn before(&self) -> Option<String> {
        (self.page > 1).then(|| self.beside(self.page - 1))
    }

    /// The address of another page of the same folder.
    fn beside(&self, page: u64) -> String {
        format!("{}-{page}.html", self.stem)
    }
}

impl<W: Write + Seek> Work<'_, W> {
    /// Writes every page, and says where each set begins.
    pub(super) fn pages(&mut self, planned: &[Plan]) -> Result<Pages, ExportError> {
        let has = |name| planned.iter().any(|plan| plan.set.name == name);
        let mut pages = Pages::new();
        for plan in planned.iter().filter(|plan| plan.records > 0) {
            let name = plan.set.name;
            let told_with_its_matter = name == MESSAGES.name || name == ATTACHMENTS.name;
            let path = if name == INTERACTIONS.name {
                self.conversations(plan, has(MESSAGES.name), has(ATTACHMENTS.name))?
            } else {
                self.sheaf_of(plan)?
            };
            // In a copy with conversations, that is where one reads what was said in them.
            let path = match pages.first() {
                Some((_, first)) if told_with_its_matter && has(INTERACTIONS.name) => {
                    conversations_of(&pages).unwrap_or_else(|| first.clone())
                }
                _ => path,
            };
            pages.push((name, path));
        }
        Ok(pages)
    }

    /// Record by record.
    fn sheaf_of(&mut self, plan: &Plan) -> Result<String, ExportError> {
        let mut sheaf = Sheaf {
            stem: plan.set.name,
            title: self.about.manner.words.set(plan.set.name),
            category: plan.set.category,
            most: RECORDS,
            page: 0,
            on_page: 0,
        };
        let (store, extent) = (self.store, self.extent);
        plan.set.walk(store, extent, &mut |mut row| {
            sheaf.turn(self)?;
            if plan.set.name == ATTACHMENTS.name {
                place(&mut row, &self.contents);
            }
            self.archive.write_all(b"<article>")?;
            let manner = &self.about.manner;
            manner.fields(&mut self.archive, named(&plan.columns, &row.cells))?;
            self.archive.write_all(b"</article>\n")?;
            self.steps.step()
        })?;
        if sheaf.page > 0 {
            sheaf.close(self, false)?;
        }
        Ok(sheaf.path(1))
    }

    /// Conversation by conversation, each with what was said and sent in it.
    fn conversations(
        &mut self,
        plan: &Plan,
        messages: bool,
        files: bool,
    ) -> Result<String, ExportError> {
        let mut sheaf = Sheaf {
            stem: "conversations",
            title: self.about.manner.words.page("conversations"),
            category: plan.set.category,
            most: CONVERSATIONS,
            page: 0,
            on_page: 0,
        };
        let (store, extent) = (self.store, self.extent);
        let mut matters = Reader::of(&INTERACTIONS.sources[0], store, extent);
        let mut said = Reader::of(&MESSAGES.sources[0], store, extent);
        let mut sent = Reader::of(&ATTACHMENTS.sources[0], store, extent);
        while let Some((row, place)) = matters.next()? {
            sheaf.turn(self)?;
            self.head(plan, &row)?;
            let mut names = Sent::new();
            while let Some(file) = sent.next_of(&place)?.filter(|_| files) {
                self.remember(file, &mut names);
            }
            while let Some(message) = said.next_of(&place)?.filter(|_| messages) {
                self.message(&message, &names)?;
            }
            self.archive.write_all(b"</article>\n")?;
            self.steps.step()?;
        }
        if sheaf.page > 0 {
            sheaf.close(self, false)?;
        }
        Ok(sheaf.path(1))
    }

    fn head(&mut self, plan: &Plan, row: &Row) -> Result<(), ExportError> {
        let manner = &self.about.manner;
        let to = &mut self.archive;
        let fields = || named(&plan.columns, &row.cells);
        let subject = fields()
            .find(|(name, _)| *name == "subject")
            .map(|(_, value)| value);
        let subject = subject.and_then(Value::as_str).unwrap_or("");
        write!(to, "<article><h2 dir=\"auto\">{}</h2>", escape(subject))?;
        manner.fields(to, fields().filter(|(name, _)| HEAD.contains(name)))?;
        let details = manner.words.page("details");
        write!(to, "<details><summary>{}</summary>", escape(&details))?;
        let rest = |name: &str| name != "subject" && !HEAD.contains(&name);
        manner.fields(to, fields().filter(|(name, _)| rest(name)))?;
        to.write_all(b"</details>\n")?;
        Ok(())
    }

    /// What a file is called, and where the archive has it.
    fn remember(&self, mut row: Row, sent: &mut Sent) {
        place(&mut row, &self.contents);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let path = row.cells.iter().rev().nth(1).and_then(text);
        let name = super::text(&row, super::FILE_NAME).to_owned();
        if let Some(id) = row.cells.first().and_then(text) {
            sent.insert(id, (name, path));
        }
    }

    fn message(&mut self, row: &Row, sent: &Sent) -> io::Result<()> {
        let manner = &self.about.manner;
        let to = &mut self.archive;
        let text = |place: usize| row.cells[place].as_str().unwrap_or("");
        let author = row.cells[AUTHOR]["display_name"].as_str().unwrap_or("");
        write!(
            to,
            "<div class=\"message\"><div class=\"quiet\"><bdi>{}</bdi> · {} · {}</div><p dir=\"auto\">{}</p>",
            escape(author),
            escape(&manner.text("channel", text(CHANNEL))),
            escape(&manner.text("sent_at", text(SENT_AT))),
            escape(text(TEXT))
        )?;
        let ids = row.cells[FILES].as_array().into_iter().flatten();
        for id in ids.filter_map(Value::as_str) {
            match sent.get(id) {
                Some((name, Some(path))) => {
                    let (path, name) = (encoded(path), escape(name));
                    write!(to, "<p><a href=\"../{path}\"><bdi>{name}</bdi></a></p>")?;
                }
                Some((name, None)) => {
                    let missing = manner.words.page("file_missing");
                    write!(
                        to,
                        "<p><bdi>{}</bdi>: {}</p>",
                        escape(name),
                        escape(&missing)
                    )?;
                }
                None => {}
            }
        }
        to.write_all(b"</div>\n")
    }
}

/// Where the parts of a message stand among its values.
const AUTHOR: usize = 2;
const CHANNEL: usize = 3;
const SENT_AT: usize = 4;
const TEXT: usize = 5;
const FILES: usize = 9;

fn conversations_of(pages: &Pages) -> Option<String> {
    pages
        .iter()
        .find(|(name, _)| *name == INTERACTIONS.name)
        .map(|(_, path)| path.clone())
}

fn named<'a>(
    columns: &'a [String],
    cells: &'a [Value],
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    columns.iter().map(String::as_str).zip(cells)
}
