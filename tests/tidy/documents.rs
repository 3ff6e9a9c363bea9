//! Documents point at things that are there, by names that stay.

use std::collections::BTreeSet;

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

fn dead_links(files: &[File]) -> Vec<String> {
    let paths = files
        .iter()
        .flat_map(|file| folders_and_self(&file.path))
        .collect::<BTreeSet<_>>();
    let documents = || files.iter().filter(|file| file.has_extension("md"));
    let headings = documents()
        .flat_map(|file| headings(&file.text).map(|name| format!("{}#{name}", file.path)))
        .collect::<BTreeSet<_>>();
    documents()
        .flat_map(|file| dead_in_document(file, &paths, &headings))
        .collect()
}

/// The names by which a document's headings are linked to, as the usual readers of Markdown make them.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let prose = text.split("```").step_by(2).flat_map(str::lines);
    prose.filter_map(|line| {
        let title = line.trim_start_matches('#').strip_prefix(' ')?;
        let is_kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
        let name = title.trim().to_lowercase();
        let name: String = name.chars().filter(is_kept).collect();
        line.starts_with('#').then(|| name.replace(' ', "-"))
    })
}

fn folders_and_self(path: &str) -> Vec<String> {
    let parts = path.split('/').collect::<Vec<_>>();
    (1..=parts.len())
        .map(|count| parts[..count].join("/"))
        .collect()
}

fn dead_in_document(
    file: &File,
    paths: &BTreeSet<String>,
    headings: &BTreeSet<String>,
) -> Vec<String> {
    let mut dead = Vec::new();
    for (line, text) in file.text.lines().enumerate() {
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', ' ']).next())
        {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (target, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match target {
                "" => file.path.clone(),
                target => resolved(&file.path, target),
            };
            let is_there = paths.contains(&target)
                && (heading.is_empty() || headings.contains(&format!("{target}#{heading}")));
            if !is_there {
                dead.push(file.at(line, link));
            }
        }
    }
    dead
}

/// The path from the root that a relative link in a document leads to.
fn resolved(document: &str, link: &str) -> String {
    let mut parts = document.split('/').collect::<Vec<_>>();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn line_numbers(files: &[File]) -> Vec<String> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.has_extension("md")) {
        let lines = file
            .text
            .lines()
            .enumerate()
            .filter(|(_, text)| names_a_line(text));
        violations.extend(lines.map(|(line, text)| file.at(line, text)));
    }
    violations
}

fn names_a_line(text: &str) -> bool {
    const SOURCES: &[&str] = &[
        ".rs:", ".ts:", ".css:", ".js:", ".toml:", ".html:", ".rs#L", ".ts#L", ".css#L",
    ];
    SOURCES.iter().any(|source| {
        text.split(source)
            .skip(1)
            .any(|after| after.starts_with(|first: char| first.is_ascii_digit()))
    })
}

#[test]
fn links_between_documents_lead_somewhere() {
    assert_kept(dead_links, "Point these links at something that is there:");
    assert_caught(dead_links, &[("docs/a.md", "see [b](b.md)\n")]);
    assert_caught(dead_links, &[("docs/a.md", "# Here\n[there](#there)\n")]);
    assert_caught(
        dead_links,
        &[("docs/a.md", "```sh\n# there\n```\n[there](#there)\n")],
    );
    assert_allowed(
        dead_links,
        &[
            (
                "docs/a.md",
                "[up](../README.md#how-its-done) [folder](decisions) [out](https://example.org#there)\n",
            ),
            ("README.md", "## How it's `done`\n"),
            ("docs/decisions/one.md", ""),
        ],
    );
}

#[test]
fn documents_point_at_names() {
    assert_kept(
        line_numbers,
        "Line numbers are wrong after the next change: name the function or type:",
    );
    assert_caught(line_numbers, &[("docs/a.md", "see src/main.rs:12\n")]);
    assert_allowed(
        line_numbers,
        &[("docs/a.md", "see `Route` in src/routes.rs: all paths\n")],
    );
}
