//! Rules of the style sheets.

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// Where colours are named; everywhere else they are read.
const COLOUR_FILES: &[&str] = &["style/tokens.css", "style/themes.css", "public/theme.css"];

const PHYSICAL: &[&str] = &[
    "left",
    "right",
    "top",
    "bottom",
    "width",
    "height",
    "min-width",
    "min-height",
    "max-width",
    "max-height",
    "margin-left",
    "margin-right",
    "margin-top",
    "margin-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "padding-bottom",
    "border-left",
    "border-right",
    "border-top",
    "border-bottom",
    "border-left-width",
    "border-right-width",
    "overflow-x",
    "overflow-y",
];

/// A property and its value, with the line that it stands in.
struct Declaration<'a> {
    line: usize,
    property: &'a str,
    value: &'a str,
}

fn sheets(files: &[File]) -> impl Iterator<Item = &File> {
    files
        .iter()
        .filter(|file| file.has_extension("css") && (file.is_in("style") || file.is_in("public")))
}

/// Our sheets are formatted: a declaration begins its line and a selector ends in a brace.
fn declarations(text: &str) -> Vec<Declaration<'_>> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (line, raw) in text.lines().enumerate() {
        let code = raw.trim();
        let starts_comment = code.starts_with("/*");
        let skipped = in_comment || starts_comment;
        in_comment = skipped && !code.contains("*/");
        if skipped || code.ends_with('{') {
            continue;
        }
        if let Some((property, value)) = code.split_once(':') {
            found.push(Declaration {
                line,
                property: property.trim(),
                value: value.trim(),
            });
        }
    }
    found
}

fn physical_directions(files: &[File]) -> Vec<String> {
    sheets(files)
        .flat_map(|file| wrong_declarations(file, is_physical))
        .collect()
}

fn is_physical(declaration: &Declaration<'_>) -> bool {
    let sided = matches!(declaration.property, "text-align" | "float" | "clear");
    let names_a_side = sided
        && ["left", "right"]
            .iter()
            .any(|side| declaration.value.starts_with(side));
    PHYSICAL.contains(&declaration.property) || names_a_side
}

fn loose_colours(files: &[File]) -> Vec<String> {
    let elsewhere = sheets(files).filter(|file| !COLOUR_FILES.contains(&file.path.as_str()));
    elsewhere
        .flat_map(|file| wrong_declarations(file, names_a_colour))
        .collect()
}

fn names_a_colour(declaration: &Declaration<'_>) -> bool {
    // `oklch(from var(--ink) …)` derives from a token, which is what tokens are for.
    let derived = declaration.value.replace("(from ", "");
    let functions = [
        "oklch(", "oklab(", "rgb(", "rgba(", "hsl(", "hsla(", "lch(", "lab(",
    ];
    let called = |function: &&str| {
        derived
            .match_indices(*function)
            .any(|(at, _)| !derived[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    let taken_from_a_token = declaration.value.contains("(from ");
    let hex = declaration
        .value
        .split(|c: char| c.is_whitespace() || "(),;".contains(c))
        .any(is_hex_colour);
    hex || (!taken_from_a_token && functions.iter().any(called))
}

fn is_hex_colour(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
    })
}

fn wrong_declarations(file: &File, wrong: fn(&Declaration<'_>) -> bool) -> Vec<String> {
    let declarations = declarations(&file.text);
    let wrong = declarations.iter().filter(|declaration| wrong(declaration));
    wrong
        .map(|one| file.at(one.line, &format!("{}: {}", one.property, one.value)))
        .collect()
}

#[test]
fn directions_are_logical() {
    assert_kept(
        physical_directions,
        "Arabic mirrors the page by itself with logical properties (margin-inline-start, inset-block-end, inline-size, text-align: start):",
    );
    assert_caught(
        physical_directions,
        &[("style/a.css", "p {\n  margin-left: 1rem;\n}\n")],
    );
    assert_caught(
        physical_directions,
        &[("style/a.css", "p {\n  text-align: right;\n}\n")],
    );
    assert_allowed(
        physical_directions,
        &[(
            "style/a.css",
            "/* left: is not used */\np:hover {\n  margin-inline-start: 1rem;\n}\n@media (width >= 60rem) {\n}\n",
        )],
    );
}

#[test]
fn colours_are_named_among_the_tokens_alone() {
    assert_kept(
        loose_colours,
        "Name the colour in style/tokens.css and read it with var():",
    );
    assert_caught(
        loose_colours,
        &[("style/components/a.css", "p {\n  color: #fff;\n}\n")],
    );
    assert_caught(
        loose_colours,
        &[(
            "style/components/a.css",
            "p {\n  color: oklch(0.5 0 0);\n}\n",
        )],
    );
    assert_allowed(
        loose_colours,
        &[
            ("style/tokens.css", ":root {\n  --ink: #000;\n}\n"),
            (
                "style/components/a.css",
                "#way-out {\n  color: oklch(from var(--ink) l c h);\n}\n",
            ),
        ],
    );
}
