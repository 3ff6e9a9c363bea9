//! What index.html says of the place where it is served: the one file of a built portal that knows it.

use serde_json::Value;

use super::html::{escaped, words};

/// What every page has, and what stands before the path in it.
const BASE: &str = "<meta name=\"portal-base\" content=\"";
const API: &str = "<meta name=\"portal-api\" content=\"";
const LOCALES: &str = "<meta name=\"portal-locales\" content=\"";

/// The page of a built portal for this path of its origin (a slash at both ends), with what these settings say for who runs no script.
pub fn stamp(page: &str, prefix: &str, configuration: &Value) -> String {
    let said = |pointer: &str| configuration.pointer(pointer).and_then(words);
    let before = between(page, BASE).unwrap_or("/");
    let lines = page.lines().filter(|line| !line.contains(API));
    let lines = lines.flat_map(|line| {
        let mut lines = vec![moved(line, before, prefix)];
        if let Some(locales) = said("/locales").filter(|_| line.contains(LOCALES)) {
            lines = vec![with(line, LOCALES, &locales)];
        }
        if let Some(name) = said("/name").filter(|_| line.starts_with("<title>")) {
            lines = vec![format!("<title>{}</title>", escaped(&name))];
        }
        if let Some(company) = company(line, &said) {
            lines = company.into_iter().collect();
        }
        let api = said("/api").filter(|api| line.contains(BASE) && !api.is_empty());
        lines.extend(api.map(|api| format!("{API}{}\" />", escaped(&api))));
        lines
    });
    let mut stamped = lines.collect::<Vec<_>>().join("\n");
    if page.ends_with('\n') {
        stamped.push('\n');
    }
    stamped
}

/// The line with its addresses below another path.
fn moved(line: &str, before: &str, prefix: &str) -> String {
    let mut line = if line.contains(BASE) {
        with(line, BASE, prefix)
    } else {
        line.to_owned()
    };
    for attribute in [" href=\"", " src=\""] {
        line = line.replace(
            &format!("{attribute}{before}"),
            &format!("{attribute}{prefix}"),
        );
    }
    line
}

/// How the company is reached, as of these settings: nothing in the place of what they do not say, and the line as it is where it is
/// about something else.
fn company(line: &str, said: &impl Fn(&str) -> Option<String>) -> Option<Option<String>> {
    let (start, after) = line.split_once("data-company=\"")?;
    let (key, _) = after.split_once('"')?;
    let value = match key {
        "name" => said("/name"),
        other => said(&format!("/links/{other}")),
    };
    let made = value.map(|value| {
        let value = escaped(&value);
        match key {
            "phone" => format!("{start}data-company=\"phone\" href=\"tel:{value}\">{value}</a>"),
            "email" => format!("{start}data-company=\"email\" href=\"mailto:{value}\">{value}</a>"),
            _ => format!("{start}data-company=\"{key}\">{value}</strong>"),
        }
    });
    Some(made)
}

fn between<'a>(page: &'a str, start: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(start)?;
    after.split_once('"').map(|(value, _)| value)
}

fn with(line: &str, start: &str, value: &str) -> String {
    match between(line, start) {
        Some(old) => line.replacen(
            &format!("{start}{old}"),
            &format!("{start}{}", escaped(value)),
            1,
        ),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const PAGE: &str = r#"<!doctype html>
<meta name="portal-locales" content="en de" />
<meta name="portal-base" content="/" />
<title>Lumenfold</title>
<script type="module" src="/assets/boot-01.js"></script>
<link rel="stylesheet" href="/theme.css" />
<link id="portal-wasm" href="/assets/portal-01.wasm" data-parts='{"files":["a/b="]}'/>
<a class="button" href="">Reload</a>
<strong data-company="name">Lumenfold</strong>
<a data-company="phone" href="tel:+1">+1</a>
<a data-company="email" href="mailto:a@b.example">a@b.example</a>
"#;

    #[test]
    fn every_address_stands_below_the_path_and_nothing_else_changes() {
        let stamped = stamp(PAGE, "/portal/", &json!({}));
        for there in [
            r#"<meta name="portal-base" content="/portal/" />"#,
            r#"src="/portal/assets/boot-01.js""#,
            r#"href="/portal/theme.css""#,
            r#"href="/portal/assets/portal-01.wasm" data-parts='{"files":["a/b="]}'"#,
            r#"<a class="button" href="">"#,
        ] {
            assert!(stamped.contains(there), "{there}");
        }
        assert!(!stamped.contains("portal-api"));
    }

    #[test]
    fn a_page_that_was_stamped_can_be_stamped_again() {
        let settings = json!({ "name": "Lumenfold", "locales": ["en", "de"],
            "links": { "phone": "+1", "email": "a@b.example" } });
        let there = stamp(PAGE, "/help/portal/", &settings);
        assert_eq!(stamp(&there, "/", &settings), PAGE);
    }

    #[test]
    fn the_settings_of_today_stand_where_no_script_runs() {
        let stamped = stamp(
            PAGE,
            "/",
            &json!({ "name": "A & B", "locales": ["pt"], "api": "/gateway", "links": { "phone": "+2" } }),
        );
        for there in [
            "<title>A &amp; B</title>",
            r#"<meta name="portal-locales" content="pt" />"#,
            r#"<meta name="portal-api" content="/gateway" />"#,
            r#"<strong data-company="name">A &amp; B</strong>"#,
            r#"<a data-company="phone" href="tel:+2">+2</a>"#,
        ] {
            assert!(stamped.contains(there), "{there}");
        }
        assert!(!stamped.contains("mailto:"));
    }
}
