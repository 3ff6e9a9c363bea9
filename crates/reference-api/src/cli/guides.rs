//! `reference-api guides`

use crate::contact::Ways;
use crate::guides::{self, Guides as Checked, Names, Tally};
use crate::store::{Store, StoreError};
use anyhow::Result;
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// What to do with guides.
#[derive(Subcommand)]
pub(super) enum Guides {
    /// Check guide files, and say everything that is wrong with them
    Check {
        /// The files, or folders of them
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The file of "company.contact", whose topics and ways to get in touch the guides may name
        #[arg(long, value_name = "FILE")]
        contact: Option<PathBuf>,
        /// A database whose topics the guides may name too; without either, topics are not looked up
        #[arg(long, value_name = "FILE")]
        database: Option<PathBuf>,
    },
    /// Say, by guide and outcome, whether it solved the matter
    Report(Report),
}

/// Where the answers stand.
#[derive(clap::Args)]
pub(super) struct Report {
    #[command(flatten)]
    place: super::Place,
    /// Show the newest words that customers added, so many for each outcome
    #[arg(long, value_name = "N", default_value_t = 0)]
    words: u32,
}

pub(super) fn run(act: &Guides) -> Result<()> {
    match act {
        Guides::Check {
            files,
            contact,
            database,
        } => check(files, &names(contact.as_deref(), database.as_deref())?),
        Guides::Report(options) => report(options),
    }
}

fn names(contact: Option<&Path>, database: Option<&Path>) -> Result<Names> {
    let topics = database.map(topics).transpose()?;
    let Some(contact) = contact else {
        return Ok(Names {
            topics,
            options: None,
        });
    };
    let ways = Ways::load(contact)?;
    Ok(Names::of(topics.unwrap_or_default(), &ways))
}

fn check(files: &[PathBuf], names: &Names) -> Result<()> {
    let mut all = Vec::new();
    for path in files {
        if path.is_dir() {
            all.extend(guides::files_of(path)?);
        } else {
            all.push(path.clone());
        }
    }
    let checked =
        Checked::of_files(&all, names).map_err(|faults| anyhow::anyhow!("{}", faults.told()))?;
    for guide in checked.all() {
        let questions = match guide.questions() {
            Some(most) => format!("at most {most} questions"),
            None => "a question can come again".to_owned(),
        };
        say!(
            "{}: good; {} nodes, {questions}",
            guide.id,
            guide.nodes.len()
        );
    }
    Ok(())
}

fn topics(database: &Path) -> Result<std::collections::BTreeSet<portal_contract::TopicId>> {
    anyhow::ensure!(
        database.is_file(),
        "there is no database {} whose topics could be looked up",
        database.display()
    );
    Ok(Store::open(database)?.read_blocking(guides::known_topics)?)
}

fn report(options: &Report) -> Result<()> {
    let store = super::existing(&options.place)?;
    let most = options.words;
    let told = store.read_blocking(|db| {
        let tallies = guides::tally(db)?.into_iter();
        tallies
            .map(|tally| {
                let words = guides::words(db, &tally.guide, &tally.node, most)?;
                Ok((tally, words))
            })
            .collect::<Result<Vec<_>, StoreError>>()
    })?;
    print!("{}", table(&told));
    Ok(())
}

/// A line an outcome; the guide's own line first, with how many interactions began with it.
fn table(told: &[(Tally, Vec<String>)]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    if told.is_empty() {
        text.push_str("Nobody has said yet whether a guide solved anything.\n");
    }
    let mut last = "";
    for (tally, words) in told {
        if tally.guide != last {
            let _ = writeln!(
                text,
                "{} (interactions that began with it: {})",
                tally.guide, tally.led_to_contact
            );
            last = &tally.guide;
        }
        let said = tally.solved + tally.unsolved;
        let _ = writeln!(
            text,
            "  {}: solved {} of {said} ({} %)",
            tally.node,
            tally.solved,
            (tally.solved * 100 + said / 2) / said.max(1),
        );
        for words in words {
            let _ = writeln!(text, "    {words:?}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_says_by_guide_and_outcome_how_many_it_helped() {
        let tally = |node: &str, solved, unsolved| {
            let tally = Tally {
                guide: "moving".to_owned(),
                node: node.to_owned(),
                solved,
                unsolved,
                led_to_contact: 4,
            };
            (tally, vec!["Too\nlong".to_owned()])
        };
        assert_eq!(
            table(&[tally("done", 2, 1), tally("visit", 0, 3)]),
            "moving (interactions that began with it: 4)\n  done: solved 2 of 3 (67 %)\n    \"Too\\nlong\"\n  \
             visit: solved 0 of 3 (0 %)\n    \"Too\\nlong\"\n"
        );
        assert!(table(&[]).contains("Nobody"));
    }
}
