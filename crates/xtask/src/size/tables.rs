//! The tables of the built portal, which say what files of the program a screen needs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::finish::{BEFORE, part_file, screen_file, table_file};

/// Both tables, and where they stand.
pub struct Tables {
    all: Value,
    all_at: String,
    rest: Value,
    rest_at: String,
}

/// What a screen needs of the program.
pub struct Needed {
    /// Its files.
    pub files: Vec<String>,
    /// The tables that say which.
    pub tables: Vec<String>,
}

impl Tables {
    /// Reads them; `digest` is that of the first one, which the page says.
    pub fn read(dist: &Path, digest: &Value) -> Result<Self> {
        let all_at = table_file(text(digest));
        let all = read(dist, &all_at)?;
        let rest_at = table_file(text(&all["rest"]));
        let rest = read(dist, &rest_at)?;
        Ok(Self {
            all,
            all_at,
            rest,
            rest_at,
        })
    }

    /// The screens.
    pub fn screens(&self) -> impl Iterator<Item = &str> {
        let screens = self.all["screens"].as_object().into_iter().flatten();
        screens.map(|(screen, _)| screen.as_str())
    }

    /// What a screen needs that is opened by its address. What it adds to the overview is one file, where it is much. Of what it takes one
    /// by one the first table has some digests, and for the others the second is asked, as `src/boot.js` does.
    pub fn needed(&self, screen: &str) -> Needed {
        let screens = &self.all["screens"];
        let numbers = |screen: &str| listed(&screens[screen]).skip(1);
        let before: Vec<_> = numbers(BEFORE).collect();
        let together = screens[screen][0].as_str();
        let one_by_one =
            numbers(screen).filter(|number| together.is_none() || before.contains(number));
        let mut needed = Needed {
            files: Vec::new(),
            tables: vec![self.all_at.clone()],
        };
        for number in one_by_one.filter_map(Value::as_u64) {
            let told = self.all["files"][number.to_string()].as_str();
            if told.is_none() && !needed.tables.contains(&self.rest_at) {
                needed.tables.push(self.rest_at.clone());
            }
            let digest = told.unwrap_or_else(|| text(&self.rest[number as usize]));
            needed.files.push(part_file(digest));
        }
        needed.files.extend(together.map(screen_file));
        needed
    }
}

fn read(dist: &Path, file: &str) -> Result<Value> {
    let path = dist.join(file);
    let text = fs::read_to_string(&path).context(
        "the built portal does not say the files of its screens: run `cargo xtask build`",
    )?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

fn listed(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tables(files: Value) -> Tables {
        Tables {
            all: json!({
                "files": files,
                "screens": { "overview": [null, 0], "help": [null, 0, 1], "history": ["all-of-it", 0, 1, 2] },
            }),
            all_at: "all".to_owned(),
            rest: json!(["shared", "own", "further"]),
            rest_at: "rest".to_owned(),
        }
    }

    #[test]
    fn what_a_screen_adds_is_one_file_or_needs_the_second_table() {
        let tables = tables(json!({ "0": "shared" }));
        assert_eq!(
            tables.screens().collect::<Vec<_>>(),
            ["help", "history", "overview"]
        );
        let help = tables.needed("help");
        assert_eq!(help.files, [part_file("shared"), part_file("own")]);
        assert_eq!(help.tables, ["all", "rest"]);
        let history = tables.needed("history");
        assert_eq!(
            history.files,
            [part_file("shared"), screen_file("all-of-it")]
        );
        assert_eq!(history.tables, ["all"]);
    }

    #[test]
    fn a_digest_that_the_first_table_does_not_have_costs_the_second() {
        let history = tables(json!({})).needed("history");
        assert_eq!(
            history.files,
            [part_file("shared"), screen_file("all-of-it")]
        );
        assert_eq!(history.tables, ["all", "rest"]);
    }
}
