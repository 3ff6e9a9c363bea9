//! The first page and the manifest: what is in it, what is not, and the sum of every file.

use super::reading::Pages;
use super::{Plan, Work};
use crate::exports::ExportError;
use crate::exports::archive::{ListedFile, NewFile};
use crate::exports::page::{encoded, escape};
use crate::exports::sets;
use portal_contract::Timestamp;
use portal_contract::data_request::{DataRequestScope, ScopeKind};
use rusqlite::OptionalExtension;
use serde::Serialize;
use std::io::{self, Seek, Write};

/// What `manifest.json` says.
#[derive(Serialize)]
pub struct Manifest<'a> {
    /// By what a reader knows it.
    format: &'static str,
    /// Which edition of the format; members may be added to one.
    version: u32,
    request_id: &'a str,
    artifact_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    created_at: Timestamp,
    locale: &'static str,
    company: &'a str,
    customer: &'a str,
    scope: &'a DataRequestScope,
    categories: Vec<Listed>,
    files: &'a [ListedFile],
    left_out: Vec<Missing>,
}

/// A category of the copy.
#[derive(Serialize)]
struct Listed {
    id: &'static str,
    label: String,
    records: u64,
}

/// Something that is held and not in the copy.
#[derive(Serialize)]
pub struct Missing {
    category: &'static str,
    what: String,
    why: String,
}

impl<W: Write + Seek> Work<'_, W> {
    /// The manifest, once everything else is written.
    pub(super) fn manifest(&self, planned: &[Plan]) -> Manifest<'_> {
        let about = self.about;
        Manifest {
            format: "urn:customer-portal:export",
            version: 1,
            request_id: &about.request_id,
            artifact_id: &about.artifact_id,
            reference: about.reference.as_deref(),
            created_at: about.now.to_timestamp(),
            locale: about.manner.words.tag(),
            company: &about.company,
            customer: &about.customer,
            scope: &about.scope,
            categories: self.categories(planned),
            files: self.archive.files(),
            left_out: self.left_out(),
        }
    }

    fn categories(&self, planned: &[Plan]) -> Vec<Listed> {
        let mut listed: Vec<Listed> = Vec::new();
        for plan in planned {
            let id = plan.set.category;
            match listed.iter_mut().find(|listed| listed.id == id) {
                Some(listed) => listed.records += plan.records,
                None => listed.push(Listed {
                    id,
                    label: self.about.manner.words.category(id),
                    records: plan.records,
                }),
            }
        }
        listed
    }

    fn left_out(&self) -> Vec<Missing> {
        let words = self.about.manner.words;
        let missing = |category, key| {
            let (what, why) = words.left_out(key);
            Missing {
                category,
                what,
                why,
            }
        };
        let kept_back = sets::LEFT_OUT
            .iter()
            .filter(|left| self.extent.has_category(left.category))
            .map(|left| missing(left.category, left.words));
        let not_taken_along = self
            .extent
            .without_inferences
            .then(|| missing("inferences", "inferences"));
        kept_back.chain(not_taken_along).collect()
    }

    /// The page that is opened first.
    pub(super) fn index(&mut self, planned: &[Plan], pages: &Pages) -> Result<(), ExportError> {
        self.archive.begin(NewFile {
            path: "index.html".to_owned(),
            media_type: "text/html; charset=utf-8",
            ..NewFile::default()
        })?;
        let manner = self.about.manner.clone();
        manner.begin(&mut self.archive, &manner.words.page("title"))?;
        self.introduction()?;
        self.contents_table(planned, pages)?;
        self.what_is_missing()?;
        let to = &mut self.archive;
        heading(to, &manner.words.page("check"))?;
        paragraph(to, &manner.words.page("check_text"))?;
        paragraph(to, &manner.words.page("files_text"))?;
        manner.end(to)?;
        self.archive.end(None)?;
        Ok(())
    }

    fn introduction(&mut self) -> Result<(), ExportError> {
        let (about, words) = (self.about, self.about.manner.words);
        let made = about.now.to_timestamp();
        let mut facts = vec![
            (words.page("of"), about.customer.clone()),
            (words.page("company"), about.company.clone()),
            (
                words.page("made"),
                about.manner.text("created_at", made.as_str()).into_owned(),
            ),
        ];
        if let Some(reference) = &about.reference {
            facts.push((words.page("request"), reference.clone()));
        }
        facts.push((words.page("scope"), self.scope()?));
        let days = [("from_day", &about.scope.from), ("to_day", &about.scope.to)];
        for (word, day) in days {
            if let Some(day) = day {
                facts.push((words.page(word), day.clone()));
            }
        }
        let zone = about.manner.zone.iana_name().unwrap_or("UTC");
        facts.push((words.page("zone"), zone.to_owned()));
        let to = &mut self.archive;
        paragraph(to, &words.page("intro"))?;
        to.write_all(b"<dl>")?;
        for (name, fact) in facts {
            let (name, fact) = (escape(&name), escape(&fact));
            write!(to, "<dt>{name}</dt><dd><bdi>{fact}</bdi></dd>")?;
        }
        to.write_all(b"</dl>\n")?;
        Ok(())
    }

    /// What was asked for, each part by its name.
    fn scope(&self) -> Result<String, ExportError> {
        let (words, scope) = (self.about.manner.words, &self.about.scope);
        let (kind, names) = match scope.kind {
            ScopeKind::Categories => {
                let categories = scope.categories.iter();
                let names = categories.map(|id| words.category(id.as_str()));
                ("some_categories", names.collect())
            }
            ScopeKind::Interactions => ("some_interactions", self.subjects()?),
            _ => ("everything", Vec::new()),
        };
        let kind = words.page(kind);
        Ok(if names.is_empty() {
            kind
        } else {
            format!("{kind}: {}", names.join(" · "))
        })
    }

    /// What the conversations that were asked for are called.
    fn subjects(&self) -> Result<Vec<String>, ExportError> {
        let ids = &self.about.scope.interaction_ids;
        let subjects = self.store.read_blocking(|db| {
            let mut statement = db.prepare("SELECT subject FROM interactions WHERE id = ?1")?;
            let mut subjects = Vec::new();
            for id in ids {
                let subject: Option<String> = statement
                    .query_row([id.as_str()], |row| row.get(0))
                    .optional()?;
                // One without a subject, or that is held no more, goes by its id.
                let subject = subject.filter(|subject| !subject.trim().is_empty());
                subjects.push(subject.unwrap_or_else(|| id.as_str().to_owned()));
            }
            Ok(subjects)
        })?;
        Ok(subjects)
    }

    fn contents_table(&mut self, planned: &[Plan], pages: &Pages) -> io::Result<()> {
        let words = self.about.manner.words;
        let formats = &self.about.formats;
        let to = &mut self.archive;
        heading(to, &words.page("inside"))?;
        to.write_all(b"<table><thead><tr>")?;
        for column in ["category", "records", "read", "files"] {
            write!(to, "<th scope=\"col\">{}</th>", escape(&words.page(column)))?;
        }
        to.write_all(b"</tr></thead><tbody>\n")?;
        for plan in planned {
            let name = plan.set.name;
            let (category, label) = (words.category(plan.set.category), words.set(name));
            let label = if category == label {
                label
            } else {
                format!("{category}: {label}")
            };
            let (label, records) = (escape(&label), plan.records);
            write!(
                to,
                "<tr><th scope=\"row\">{label}</th><td>{records}</td><td>"
            )?;
            if let Some((_, path)) = pages.iter().find(|(of, _)| *of == name) {
                let (path, read) = (encoded(path), words.page("read"));
                write!(
                    to,
                    "<a href=\"{path}\">{}<span hidden> {label}</span></a>",
                    escape(&read)
                )?;
            }
            to.write_all(b"</td><td>")?;
            for format in formats {
                let ending = format.extension();
                let shown = ending.to_uppercase();
                write!(to, "<a href=\"data/{name}.{ending}\">{shown}</a> ")?;
            }
            to.write_all(b"</td></tr>\n")?;
        }
        to.write_all(b"</tbody></table>\n")
    }

    fn what_is_missing(&mut self) -> io::Result<()> {
        let missing = self.left_out();
        if missing.is_empty() {
            return Ok(());
        }
        let words = self.about.manner.words;
        let to = &mut self.archive;
        heading(to, &words.page("left_out"))?;
        to.write_all(b"<dl>")?;
        for Missing { what, why, .. } in missing {
            write!(to, "<dt>{}</dt><dd>{}</dd>", escape(&what), escape(&why))?;
        }
        to.write_all(b"</dl>\n")
    }
}

fn heading(to: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(to, "<h2>{}</h2>", escape(text))
}

fn paragraph(to: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(to, "<p>{}</p>", escape(text))
}
