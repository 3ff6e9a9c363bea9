//! theme.css: which tokens it reassigns, where, and what is wrong with that.

use std::path::Path;

use cssparser::{Delimiter, ParseError, Parser, ParserInput, SourceLocation, Token};

use super::place::Spot;
use super::schema::nearest;
use super::tokens::{Kind, Tokens};
use super::{Finding, contrast};

/// A token and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// `--brand-source`.
    pub name: String,
    /// What is given.
    pub value: String,
    /// Where it stands.
    pub spot: Spot,
}

/// What a style sheet of tokens says.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The tokens, in their order.
    pub declarations: Vec<Declaration>,
    /// What is not understood, or not allowed.
    pub faults: Vec<(Spot, String)>,
}

/// Everything that is wrong with a theme: what it may not say, values that are none, and colours that cannot be read.
pub fn check(file: &Path, css: &str) -> Vec<Finding> {
    let sheet = Sheet::read(css);
    let mut faults = sheet.faults;
    let tokens = Tokens::delivered();
    let all = tokens.clone().with(pairs(&sheet.declarations));
    let mut good = Vec::new();
    for one in sheet.declarations {
        match wrong(&tokens, &all, &one) {
            Some(what) => faults.push((one.spot, what)),
            None => good.push(one),
        }
    }
    faults.extend(contrast::check(&tokens, &good));
    let found = |(spot, what)| Finding {
        file: file.to_owned(),
        spot,
        what,
    };
    faults.into_iter().map(found).collect()
}

/// What declarations assign.
pub fn pairs(declarations: &[Declaration]) -> impl Iterator<Item = (&str, &str)> {
    declarations.iter().map(|one| (&*one.name, &*one.value))
}

fn wrong(tokens: &Tokens, all: &Tokens, one: &Declaration) -> Option<String> {
    let Declaration { name, value, .. } = one;
    let Some(kind) = tokens.kind(name) else {
        let near = nearest(name, &tokens.names());
        let near = near.map_or_else(
            || "the tokens stand in style/tokens.css, and docs/branding.md says which are made to be changed".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        return Some(format!("there is no token {name}; {near}"));
    };
    if kind == Kind::Own {
        return Some(format!("{name} is not made to be changed"));
    }
    all.takes(kind, value)
        .err()
        .map(|why| format!("{name}: {why}"))
}

impl Sheet {
    /// Reads a style sheet.
    pub fn read(css: &str) -> Self {
        let mut sheet = Self::default();
        let mut input = ParserInput::new(css);
        let mut parser = Parser::new(&mut input);
        while sheet.rule(&mut parser) {}
        sheet
    }

    fn rule(&mut self, parser: &mut Parser) -> bool {
        parser.skip_whitespace();
        let (start, spot) = (parser.position(), spot(parser.current_source_location()));
        loop {
            let before = parser.position();
            match parser.next_including_whitespace_and_comments().cloned() {
                Err(_) => {
                    if !parser.slice_from(start).trim().is_empty() {
                        self.faults
                            .push((spot, "this is no rule: :root { … } is expected".into()));
                    }
                    return false;
                }
                Ok(Token::CurlyBracketBlock) => {
                    let prelude = parser.slice(start..before).trim();
                    self.block(prelude, spot, parser);
                    return true;
                }
                Ok(Token::Semicolon) => {
                    let what = parser.slice_from(start).trim();
                    self.faults.push((
                        spot,
                        format!(
                            "{what} is not for a theme: it has :root {{ … }} and @font-face alone"
                        ),
                    ));
                    return true;
                }
                Ok(Token::Comment(_)) if parser.slice(start..before).trim().is_empty() => {
                    return true;
                }
                Ok(_) => {}
            }
        }
    }

    fn block(&mut self, prelude: &str, at: Spot, parser: &mut Parser) {
        let is_font = prelude.eq_ignore_ascii_case("@font-face");
        if prelude != ":root" && !is_font {
            let hint = if prelude.contains("dark") || prelude.contains("light") {
                "; for another colour in the dark write light-dark(…, …)"
            } else {
                ""
            };
            let what = format!(
                "\"{prelude}\" is not for a theme: it reassigns tokens in :root, and nothing else is promised to stay{hint}"
            );
            self.faults.push((at, what));
        }
        let nested: Result<(), ParseError<()>> = parser.parse_nested_block(|inner| {
            if is_font {
                self.font(at, inner);
            } else if prelude == ":root" {
                while self.declaration(inner) {}
            }
            while inner.next().is_ok() {}
            Ok(())
        });
        if nested.is_err() {
            self.faults.push((at, "this block cannot be read".into()));
        }
    }

    /// Fonts come from the portal's own origin: the content security policy allows no other.
    fn font(&mut self, at: Spot, parser: &mut Parser) {
        let start = parser.position();
        while parser.next().is_ok() {}
        let text = parser.slice_from(start);
        if text.contains("//") && text.contains("url(") {
            self.faults.push((at, "a font of another origin is never loaded: put the file beside theme.css, url(\"your-sans.woff2\")".into()));
        }
        if !text.contains("font-display") {
            self.faults.push((
                at,
                "without font-display: swap nothing is read until the font is there".into(),
            ));
        }
    }

    fn declaration(&mut self, parser: &mut Parser) -> bool {
        parser.skip_whitespace();
        let at = spot(parser.current_source_location());
        let name = match parser.next().cloned() {
            Err(_) => return false,
            Ok(Token::Semicolon) => return true,
            Ok(Token::Ident(name)) => Some(name.to_string()),
            Ok(_) => None,
        };
        let has_colon = name.is_some() && parser.expect_colon().is_ok();
        let mut value = "";
        let rest: Result<(), ParseError<()>> =
            parser.parse_until_after(Delimiter::Semicolon, |inner| {
                inner.skip_whitespace();
                let start = inner.position();
                while inner.next_including_whitespace_and_comments().is_ok() {}
                value = inner.slice_from(start).trim();
                Ok(())
            });
        match name {
            Some(name) if has_colon && rest.is_ok() && name.starts_with("--") => {
                self.declarations.push(Declaration {
                    name,
                    value: value.to_owned(),
                    spot: at,
                })
            }
            Some(name) if has_colon => {
                self.faults.push((
                    at,
                    format!("{name} is no token: a theme reassigns --… and nothing else"),
                ));
            }
            _ => self.faults.push((
                at,
                "this is no declaration: --token: value; is expected".into(),
            )),
        }
        true
    }
}

fn spot(location: SourceLocation) -> Spot {
    Spot {
        line: location.line as usize + 1,
        column: location.column as usize,
    }
}
