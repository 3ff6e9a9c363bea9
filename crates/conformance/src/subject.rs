//! How to act as a customer: a cookie, a bearer, or headers of the company's own.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// The headers by which the API knows a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Names in lower case, with their values.
    pub headers: Vec<(String, String)>,
}

impl Subject {
    /// Reads `cookie:NAME=VALUE`, `bearer:TOKEN` or `header:NAME: VALUE`, several of them one a line. `@FILE` reads them from a file,
    /// `env:VARIABLE` from the environment: a secret on the command line stands in the list of processes.
    ///
    /// # Errors
    /// When it is none of these, or the file or the variable is not there.
    pub fn read(said: &str) -> Result<Self> {
        let text = reveal(said)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let headers = lines.map(header).collect::<Result<Vec<_>>>()?;
        if headers.is_empty() {
            bail!(
                "a subject is `cookie:NAME=VALUE`, `bearer:TOKEN` or `header:NAME: VALUE`; this one is empty"
            );
        }
        Ok(Self { headers })
    }

    /// Whether a browser would send it by itself, so that another site could use it.
    #[must_use]
    pub fn is_cookie(&self) -> bool {
        self.headers.iter().any(|(name, _)| name == "cookie")
    }
}

/// What is said, or what the file or the variable that it names holds.
///
/// # Errors
/// When that is not there.
pub fn reveal(said: &str) -> Result<String> {
    if let Some(file) = said.strip_prefix('@') {
        return std::fs::read_to_string(Path::new(file))
            .with_context(|| format!("{file} cannot be read"));
    }
    match said.strip_prefix("env:") {
        Some(name) => std::env::var(name)
            .with_context(|| format!("the environment has no variable {name} that is text")),
        None => Ok(said.to_owned()),
    }
}

fn header(line: &str) -> Result<(String, String)> {
    let (kind, rest) = line.split_once(':').unwrap_or((line, ""));
    let rest = rest.trim();
    let found = match kind {
        "cookie" => ("cookie".to_owned(), rest.to_owned()),
        "bearer" => ("authorization".to_owned(), format!("Bearer {rest}")),
        "header" => {
            let (name, value) = rest
                .split_once(':')
                .context("a header is said as `header:NAME: VALUE`")?;
            (name.trim().to_ascii_lowercase(), value.trim().to_owned())
        }
        _ => bail!(
            "a subject begins with `cookie:`, `bearer:` or `header:`, or with `@FILE` or `env:VARIABLE`"
        ),
    };
    if rest.is_empty() {
        bail!("a subject says nothing behind `{kind}:`");
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_said_in_three_ways() {
        let read = |text| Subject::read(text).unwrap().headers;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read("cookie:a=b"), [pair("cookie", "a=b")]);
        assert_eq!(read("bearer:abc"), [pair("authorization", "Bearer abc")]);
        assert_eq!(
            read("header:X-Customer: 7\nheader:X-Key: k:1"),
            [pair("x-customer", "7"), pair("x-key", "k:1")]
        );
    }

    #[test]
    fn what_is_no_subject_is_refused_without_repeating_it() {
        for wrong in [
            "",
            "secret",
            "cookie:",
            "header:secret",
            "@/not/there/at/all",
        ] {
            let error = Subject::read(wrong).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
